import { listHalls } from '#modules/queue/contract.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { formatMoment, partsOf } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { CrowdWord } from '../hall/waits.tsx'
import styles from './waiting.module.css'
import { words } from './words.ts'

/** Every hall now: whoever may go anywhere goes where it is quiet. */
export function HallsPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const { data, error, refetch } = useOperation(listHalls, {}, { refetchInterval: 30_000, keep: true })
  const halls = (data?.items ?? []).toSorted(
    (a, b) => Number(b.open) - Number(a.open) || a.waiting - b.waiting,
  )
  return (
    <div className={styles.page}>
      <header>
        <h1>{w.title}</h1>
        <p className={styles.small}>
          {w.hint} {data ? w.at(partsOf(data.at).time) : ''}
        </p>
      </header>
      {error && !data ? (
        <ErrorSummary
          problems={[{ message: messageOf(error, language) }]}
          action={<Button onClick={() => void refetch()}>{w.again}</Button>}
        />
      ) : null}
      {!data && !error ? (
        <Loading>
          <SkeletonRows rows={6} height={84} />
        </Loading>
      ) : null}
      {data?.items.length === 0 ? <EmptyState title={w.none} /> : null}
      <ul className={styles.halls}>
        {halls.map((hall) => (
          <li key={hall.centre}>
            <h2 lang="vi">{hall.name}</h2>
            <p className={styles.line}>
              {hall.open ? (
                <>
                  <CrowdWord crowd={hall.crowd} /> · {w.waiting(hall.waiting)} ·{' '}
                  {w.counters(hall.openCounters)}
                  {hall.closesAt ? ` · ${w.until(partsOf(hall.closesAt).time)}` : ''}
                </>
              ) : (
                w.closed(formatMoment(hall.opensAt))
              )}
            </p>
            <p className={styles.links}>
              <AppLink href={`/lay-so/${hall.centre}`}>{w.take}</AppLink>
              <AppLink href={`/cho-doi/${hall.centre}`}>{w.promises}</AppLink>
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}
