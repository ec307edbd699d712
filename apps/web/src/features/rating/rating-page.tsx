import { useParams } from '@tanstack/react-router'
import { getVisitToRate } from '#modules/queue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { Mark } from '../../ui/mark/mark.tsx'
import styles from './rating.module.css'
import { RatingForm } from './rating-form.tsx'
import { words } from './words.ts'

/** How soon a tablet asks after somebody was served. */
const TABLET_EVERY_MS = 3_000

/** A phone with its ticket, or the tablet at a counter: the token says which. */
export function RatingPage() {
  const w = useWords(words)
  const { language, setLanguage } = useLanguage()
  const { token } = useParams({ from: '/danh-gia/$token' })
  const { data } = useOperation(getVisitToRate, { token }, { keep: true })
  const tablet = data?.tablet ?? null
  const other = language === 'vi' ? 'en' : 'vi'
  const counter = tablet?.counter ?? data?.visit?.counter ?? null
  return (
    <div className={styles.page} data-tablet={tablet !== null || undefined}>
      <header className={styles.head}>
        <Mark size={42} />
        <p lang="vi">{data?.centre.name}</p>
        <p className={styles.where}>
          {counter === null ? null : w.counter(counter)}
          {data?.visit ? (
            <>
              {' · '}
              <span className="n">{w.number(data.visit.number)}</span>
            </>
          ) : null}
        </p>
        <button type="button" lang={other} onClick={() => setLanguage(other)}>
          {other === 'en' ? 'English' : 'Tiếng Việt'}
        </button>
      </header>
      <main className={styles.main}>
        <RatingForm token={token} place="PHONE" every={tablet ? TABLET_EVERY_MS : undefined} />
      </main>
    </div>
  )
}
