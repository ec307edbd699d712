import { useParams } from '@tanstack/react-router'
import { getCentre, listCentreStaff, type StaffCard } from '#modules/organisation/contract.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines } from '../../ui/feedback/loading.tsx'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { OpeningHours } from '../calendar/opening-hours.tsx'
import styles from './centres.module.css'
import { words } from './words.ts'

/** Where it is, when it is open, which counter does what, and who works there (Decree 118/2025, Article 9(8)). */
export function CentrePage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const { centre: id } = useParams({ from: '/portal/trung-tam/$centre' })
  const centre = useOperation(getCentre, { centre: id }, { staleTime: 600_000 })
  const staff = useOperation(listCentreStaff, { centre: id }, { staleTime: 600_000 })
  const { data } = centre
  const error = centre.error ?? staff.error
  return (
    <div className={styles.page}>
      <p>
        <AppLink href="/trung-tam">{w.all}</AppLink>
      </p>
      {error ? (
        <ErrorSummary
          problems={[{ message: messageOf(error, language) }]}
          action={
            <Button
              onClick={() => {
                void centre.refetch()
                void staff.refetch()
              }}
            >
              {w.again}
            </Button>
          }
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
            <h1 lang="vi">{data.name}</h1>
            {data.place ? <p className={styles.small}>{w.serves(data.place)}</p> : null}
          </header>
          <dl className={styles.facts}>
            <dt>{w.address}</dt>
            <dd>{data.address ?? w.notSaid}</dd>
            <dt>{w.phone}</dt>
            <dd className="n">{data.phone ? <a href={`tel:${data.phone}`}>{data.phone}</a> : w.notSaid}</dd>
          </dl>
          <OpeningHours />
          <p className={styles.hall}>
            <AppLink href={`/lay-so/${data.id}`}>{w.takeNumber}</AppLink>
            <AppLink href={`/cho-doi/${data.id}`}>{w.promises}</AppLink>
          </p>
          {data.receptionPoints.length > 0 ? (
            <section>
              <h2>{w.points}</h2>
              <ul className={styles.centres} lang="vi">
                {data.receptionPoints.map((point) => (
                  <li key={point.name}>
                    <strong>{point.name}</strong>
                    {point.address ? <p className={styles.small}>{point.address}</p> : null}
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          {data.counters.length > 0 ? (
            <section>
              <h2>{w.counters}</h2>
              <ul className={styles.centres}>
                {data.counters.map((counter) => (
                  <li key={counter.id}>
                    <strong>
                      <span className="n">{w.counter(counter.number)}</span>:{' '}
                      <span lang="vi">{counter.name}</span>
                    </strong>
                    {counter.priority && !/ưu tiên/i.test(counter.name) ? <p>{w.priority}</p> : null}
                    {counter.agencies.length > 0 ? (
                      <p className={styles.small} lang="vi">
                        {counter.agencies.map(({ name }) => name).join('; ')}
                      </p>
                    ) : null}
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
        </>
      ) : null}
      {staff.data && data ? (
        <section>
          <h2>{w.people}</h2>
          <p className={styles.small}>{staff.data.items.length > 0 ? w.peopleWhy : w.nobody}</p>
          <ul className={styles.centres}>
            {staff.data.items.map((person) => (
              <Person key={person.id} person={person} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

function Person({ person }: { person: StaffCard }) {
  const w = useWords(words)
  return (
    <li>
      <p className={styles.person}>
        <strong lang="vi">{person.name}</strong>
        {person.leader ? <Chip tone="cham">{w.leader}</Chip> : null}
        {person.counter === null ? null : (
          <Chip>
            <span className="n">{w.counter(person.counter)}</span>
          </Chip>
        )}
      </p>
      <p className={styles.small} lang="vi">
        {[person.position, person.seconded ? w.from(person.unit.name) : '', person.fields.join(', ')]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {person.phone ? (
        <p className="n">
          <a href={`tel:${person.phone}`}>{person.phone}</a>
        </p>
      ) : null}
    </li>
  )
}
