import { CalendarOff } from 'lucide-react'
import { showYear } from '#modules/calendar/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { formatLongDate, partsOf } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from './opening-hours.module.css'

const words = catalogue(
  { title: 'Giờ làm việc hôm nay', closed: 'Hôm nay nghỉ', and: ' và ', next: 'Ngày nghỉ sắp tới' },
  { title: 'Opening hours today', closed: 'Closed today', and: ' and ', next: 'Next days off' },
)

/** Today's sessions and the next holidays, from the working calendar; weekends are not news. */
export function OpeningHours() {
  const w = useWords(words)
  const { language } = useLanguage()
  const today = partsOf(new Date().toISOString()).date
  const { data } = useOperation(showYear, { year: today.slice(0, 4) }, { staleTime: 3_600_000 })
  const day = data?.days.find((one) => one.date === today)
  if (!data || !day) return null
  const off = data.days
    .filter((one) => one.date > today && !one.working && one.kind !== 'weekend')
    .slice(0, 3)
  return (
    <section className={styles.hours}>
      <h2>{w.title}</h2>
      <p>
        {formatLongDate(today, language)}:{' '}
        <strong className="n">
          {day.sessions.length > 0 ? day.sessions.map((s) => `${s.from}–${s.to}`).join(w.and) : w.closed}
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
