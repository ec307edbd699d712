import { type CentreView, listCentres } from '#modules/organisation/contract.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { OpeningHours } from '../calendar/opening-hours.tsx'
import styles from './centres.module.css'
import { words } from './words.ts'

const LEVELS = ['province', 'district', 'commune'] as const

/** Every centre of the province, by level, with the hours they all keep. */
export function CentresPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const { data, error, refetch } = useOperation(listCentres, {}, { staleTime: 600_000 })
  const groups = LEVELS.map((level) => ({
    level,
    centres: data?.items.filter((one) => one.level === level) ?? [],
  })).filter(({ centres }) => centres.length > 0)
  return (
    <div className={styles.page}>
      <header>
        <h1>{w.title}</h1>
        {data && data.items.length > 0 ? <p className={styles.small}>{w.count(data.items.length)}</p> : null}
      </header>
      {error ? (
        <ErrorSummary
          problems={[{ message: messageOf(error, language) }]}
          action={<Button onClick={() => void refetch()}>{w.again}</Button>}
        />
      ) : null}
      {!data && !error ? (
        <Loading>
          <SkeletonRows rows={6} height={72} />
        </Loading>
      ) : null}
      {data?.items.length === 0 ? <EmptyState title={w.none} /> : null}
      {groups.map(({ level, centres }) => (
        <section key={level}>
          <h2>{w[level]}</h2>
          <ul className={styles.centres}>
            {centres.map((centre) => (
              <CentreRow key={centre.id} centre={centre} />
            ))}
          </ul>
        </section>
      ))}
      <OpeningHours />
    </div>
  )
}

function CentreRow({ centre }: { centre: CentreView }) {
  const w = useWords(words)
  const facts = [
    centre.address ?? (centre.place ? w.serves(centre.place) : null),
    centre.phone ? `${w.phone}: ${centre.phone}` : null,
  ].filter((fact) => fact !== null)
  return (
    <li>
      <AppLink href={`/trung-tam/${centre.id}`} lang="vi">
        {centre.name}
      </AppLink>
      {facts.map((fact) => (
        <p key={fact} className={styles.small}>
          {fact}
        </p>
      ))}
    </li>
  )
}
