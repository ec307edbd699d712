import { CalendarOff } from 'lucide-react'
import { Fragment } from 'react'
import { showYear } from '#modules/calendar/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { formatLongDate, partsOf } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from './opening-hours.module.css'

const words = catalogue(
  { title: 'Giờ làm việc hôm nay', closed: 'Hôm nay nghỉ', and: 'và ', next: 'Ngày nghỉ sắp tới' },
  { title: 'Opening hours today', closed: 'Closed today', and: 'and ', next: 'Next days off' },
)

const SHOWN = 3

/** Today's sessions and the next holidays, from the working calendar; weekends are not news. */
export function OpeningHours() {
  const w = useWords(words)
  const { language } = useLanguage()
  const today = partsOf(new Date().toISOString()).date
  const { data } = useOperation(showYear, { year: today.slice(0, 4) }, { staleTime: 3_600_000 })
  const day = data?.days.find((one) => one.date === today)
  const holidays = (days: typeof data) =>
    days?.days.filter((one) => one.date > today && !one.working && one.kind !== 'weekend') ?? []
  const thisYear = holidays(data)
  // Tết is near when the year ends.
  const following = useOperation(
    showYear,
    { year: String(Number(today.slice(0, 4)) + 1) },
    { staleTime: 3_600_000, enabled: data !== undefined && thisYear.length < SHOWN },
  )
  if (!data || !day) return null
  const off = [...thisYear, ...holidays(following.data)].slice(0, SHOWN)
  return (
    <section className={styles.hours}>
      <h2>{w.title}</h2>
      <p>
        {formatLongDate(today, language)}:{' '}
        <strong className="n">
          {day.sessions.map((session, index) => (
            <Fragment key={session.from}>
              {index > 0 ? ' ' : null}
              <span className={styles.session}>
                {index > 0 ? w.and : null}
                {session.from}–{session.to}
              </span>
            </Fragment>
          ))}
          {day.sessions.length === 0 ? w.closed : null}
        </strong>
        {day.reason && day.sessions.length === 0 ? ` (${day.reason[language]})` : null}
      </p>
      {off.length > 0 ? (
        <div className={styles.off}>
          <CalendarOff size={20} aria-hidden="true" />
          <div>
            <h3>{w.next}</h3>
            <ul>
              {off.map((one) => (
                <li key={one.date}>
                  <strong className="n">{formatLongDate(one.date, language)}</strong>
                  {one.reason ? `, ${one.reason[language]}` : null}
                </li>
              ))}
            </ul>
          </div>
        </div>
      ) : null}
    </section>
  )
}
