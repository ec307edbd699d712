import { useParams } from '@tanstack/react-router'
import { measurePromises } from '#modules/queue/contract.ts'
import type { Output } from '#platform/operation.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines } from '../../ui/feedback/loading.tsx'
import { formatCount } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import styles from './waiting.module.css'
import { words } from './words.ts'

const DAYS = 30
type Promises = Output<typeof measurePromises>

/** What we said and what it was, in public: so that anybody can judge the next promise. */
export function PromisesPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const { centre } = useParams({ from: '/portal/cho-doi/$centre' })
  const { data, error, refetch } = useOperation(
    measurePromises,
    { centre, days: DAYS },
    { staleTime: 600_000 },
  )
  return (
    <div className={styles.page}>
      <p>
        <AppLink href="/cho-doi">{w.all}</AppLink>
      </p>
      {error ? (
        <ErrorSummary
          problems={[{ message: messageOf(error, language) }]}
          action={<Button onClick={() => void refetch()}>{w.again}</Button>}
        />
      ) : null}
      {!data && !error ? (
        <Loading>
          <SkeletonLines lines={8} />
        </Loading>
      ) : null}
      {data ? (
        <>
          <header>
            <h1>{w.promises}</h1>
            <p lang="vi">{data.centre.name}</p>
            <p className={styles.small}>{w.measured(DAYS)}</p>
          </header>
          {data.whole.tickets === 0 ? (
            <EmptyState title={w.nothing}>{w.nothingHint}</EmptyState>
          ) : (
            <Kept promises={data} />
          )}
          <p>
            <AppLink href={`/lay-so/${centre}`}>{w.take}</AppLink>
          </p>
        </>
      ) : null}
    </div>
  )
}

function Kept({ promises: { whole, services, hours } }: { promises: Promises }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const share = Math.round((100 * whole.within) / whole.tickets)
  const minutes = (value: number | null) => (value === null ? w.few : w.minutes(value))
  return (
    <>
      <section className={styles.kept}>
        <p className={styles.share}>
          <span className="n">{w.share(share)}</span>
        </p>
        <p>{w.within(whole.within, whole.tickets)}</p>
        <p className={styles.small}>
          {formatCount(whole.sooner)} {w.sooner}, {formatCount(whole.later)} {w.later}.{' '}
          {w.tooEarly(whole.tooEarly)}
        </p>
      </section>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{w.service}</th>
              <th scope="col">{w.said}</th>
              <th scope="col">{w.was}</th>
              <th scope="col">{w.ninety}</th>
              <th scope="col">{w.tickets}</th>
            </tr>
          </thead>
          <tbody>
            {services
              .filter(({ tickets }) => tickets > 0)
              .map((one) => (
                <tr key={one.prefix}>
                  <th scope="row" lang={language === 'vi' ? 'vi' : undefined}>
                    {language === 'vi' ? one.name : one.nameEn}
                  </th>
                  <td data-label={w.said}>{minutes(one.promised)}</td>
                  <td data-label={w.was}>{minutes(one.waited)}</td>
                  <td data-label={w.ninety}>{minutes(one.ninety)}</td>
                  <td data-label={w.tickets}>{formatCount(one.tickets)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
      <p className={styles.small}>
        {w.median} {w.fewWhy}
      </p>
      {hours.length > 0 ? (
        <section>
          <h2>{w.hours}</h2>
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{w.hour}</th>
                  <th scope="col">{w.was}</th>
                  <th scope="col">{w.ninety}</th>
                  <th scope="col">{w.tickets}</th>
                </tr>
              </thead>
              <tbody>
                {hours.map(({ hour, waited, ninety, tickets }) => (
                  <tr key={hour}>
                    <th scope="row" className="n">
                      {w.hourRange(hour)}
                    </th>
                    <td data-label={w.was}>{w.minutes(waited)}</td>
                    <td data-label={w.ninety}>{w.minutes(ninety)}</td>
                    <td data-label={w.tickets}>{formatCount(tickets)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ) : null}
    </>
  )
}
