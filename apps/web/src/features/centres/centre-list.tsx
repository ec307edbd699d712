import { listCentres } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import styles from './centres.module.css'
import { words } from './words.ts'

const SHOWN = 5

/** The first page's answer to "where": a few centres and the way to all of them. */
export function CentreList() {
  const w = useWords(words)
  const { data } = useOperation(listCentres, {}, { staleTime: 600_000 })
  if (!data || data.items.length === 0) return null
  return (
    <section className={styles.where}>
      <h2>{w.where}</h2>
      <p className={styles.small}>{w.anywhere}</p>
      <ul className={styles.centres}>
        {data.items.slice(0, SHOWN).map((centre) => (
          <li key={centre.id}>
            <AppLink href={`/trung-tam/${centre.id}`} lang="vi">
              {centre.name}
            </AppLink>
          </li>
        ))}
      </ul>
      <p className={styles.every}>
        <AppLink href="/trung-tam">{w.every(data.items.length)}</AppLink>
      </p>
      <p className={styles.every}>
        <AppLink href="/cho-doi">{w.quiet}</AppLink>
      </p>
    </section>
  )
}
