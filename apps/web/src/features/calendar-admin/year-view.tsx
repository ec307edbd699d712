import { type KeyboardEvent, useRef } from 'react'
import type { showYear } from '#modules/calendar/contract.ts'
import type { Output } from '#platform/operation.ts'
import { addDays } from '#platform/time/vietnam.ts'
import { classes } from '../../ui/classes.ts'
import { formatLongDate, shortWeekdays } from '../../ui/format/format.ts'
import { catalogue, type Language, useLanguage, useWords } from '../../ui/language/language.tsx'
import { calendarWords } from './calendar-words.ts'
import styles from './year-view.module.css'

const words = catalogue(
  {
    month: (n: number) => `Tháng ${n}`,
    today: 'hôm nay',
    candidate: (name: string) => `ngày dự kiến: ${name}`,
    off: 'Nghỉ có tên',
    weekend: 'Cuối tuần',
    makeUp: 'Làm bù',
    duty: 'Trực',
    dashed: 'Dự kiến, chưa thành luật',
    legend: 'Chú giải',
  },
  {
    month: (n: number) =>
      ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October']
        .concat(['November', 'December'])
        .at(n - 1) ?? '',
    today: 'today',
    candidate: (name: string) => `candidate day: ${name}`,
    off: 'Off, named',
    weekend: 'Weekend',
    makeUp: 'Make-up day',
    duty: 'Duty',
    dashed: 'Candidate, not law yet',
    legend: 'Legend',
  },
)

type Year = Output<typeof showYear>
type Day = Year['days'][number]

type YearViewProps = { data: Year; today: string; selected: string; onSelect: (date: string) => void }

/** Twelve months; arrows walk by day and week across them, and the panel beside follows. */
export function YearView({ data, today, selected, onSelect }: YearViewProps) {
  const w = useWords(words)
  const root = useRef<HTMLDivElement>(null)
  const months = Map.groupBy(data.days, ({ date }) => Number(date.slice(5, 7)))
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7, PageDown: 28, PageUp: -28 }[
      event.key
    ]
    if (step === undefined) return
    event.preventDefault()
    const next = addDays(selected, step)
    if (!next.startsWith(String(data.year))) return
    onSelect(next)
    root.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus()
  }
  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside hold the focus; arrows walk between them */}
      <div ref={root} className={styles.year} onKeyDown={onKeyDown}>
        {[...months].map(([month, days]) => (
          <Month
            key={month}
            month={month}
            days={days}
            candidates={data.candidates}
            today={today}
            selected={selected}
            onSelect={onSelect}
          />
        ))}
      </div>
      <ul className={styles.legend} aria-label={w.legend}>
        {(
          [
            [styles.named, w.off],
            [styles.weekend, w.weekend],
            [styles.makeUp, w.makeUp],
            [styles.duty, w.duty],
            [styles.candidate, w.dashed],
          ] as const
        ).map(([look, label]) => (
          <li key={label}>
            <span className={classes(styles.swatch, look)} aria-hidden="true" /> {label}
          </li>
        ))}
      </ul>
    </div>
  )
}

const lookOf = (day: Day): string | undefined => {
  if (day.kind === 'make-up' || (day.working && day.kind === 'local')) return styles.makeUp
  if (day.kind === 'duty') return styles.duty
  if (day.kind === 'weekend') return styles.weekend
  return day.working ? undefined : styles.named
}

/** `16–20 Tết Nguyên đán`: days of one name that follow one another are one line. */
const runsOf = (days: readonly Day[], language: Language): { days: string; name: string }[] => {
  const runs: { from: string; to: string; name: string }[] = []
  for (const { date, kind, reason } of days) {
    if (kind === 'working' || kind === 'weekend' || !reason) continue
    const last = runs.at(-1)
    if (last && last.name === reason[language] && addDays(last.to, 1) === date) last.to = date
    else runs.push({ from: date, to: date, name: reason[language] })
  }
  const dayOf = (date: string): string => String(Number(date.slice(8)))
  return runs.map(({ from, to, name }) => ({
    days: from === to ? dayOf(from) : `${dayOf(from)}–${dayOf(to)}`,
    name,
  }))
}

type MonthProps = {
  month: number
  days: readonly Day[]
  candidates: Year['candidates']
  today: string
  selected: string
  onSelect: (date: string) => void
}

function Month({ month, days, candidates, today, selected, onSelect }: MonthProps) {
  const w = useWords(words)
  const cw = useWords(calendarWords)
  const { language } = useLanguage()
  const lead = (days[0]?.weekday ?? 1) - 1
  const cells: (Day | undefined)[] = [...Array.from({ length: lead }, () => undefined), ...days]
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => cells[week * 7 + weekday]),
  )
  const here = candidates.filter(({ date }) => days.some((day) => day.date === date))
  const spoken = (day: Day): string =>
    [
      // What is seen comes first, so that it can be said to a voice control.
      Number(day.date.slice(8)),
      formatLongDate(day.date, language),
      cw.kind[day.kind],
      day.reason?.[language],
      here
        .filter(({ date, adopted }) => date === day.date && !adopted)
        .map(({ name }) => w.candidate(name[language]))
        .join(),
      day.date === today && w.today,
    ]
      .filter(Boolean)
      .join(', ')
  return (
    <section className={styles.month}>
      <table className={styles.table}>
        <caption>{w.month(month)}</caption>
        <thead>
          <tr>
            {shortWeekdays(language).map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: weeks never move within a month
            <tr key={index}>
              {week.map((day, weekday) =>
                day ? (
                  <td key={day.date}>
                    <button
                      type="button"
                      data-date={day.date}
                      tabIndex={day.date === selected ? 0 : -1}
                      aria-pressed={day.date === selected}
                      aria-label={spoken(day)}
                      title={day.reason?.[language]}
                      className={classes(
                        styles.day,
                        'n',
                        lookOf(day),
                        here.some(({ date, adopted }) => date === day.date && !adopted) && styles.candidate,
                        day.date === today && styles.today,
                        day.date === selected && styles.selected,
                      )}
                      onClick={() => onSelect(day.date)}
                    >
                      {Number(day.date.slice(8))}
                    </button>
                  </td>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an empty cell is its place
                  <td key={weekday} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className={styles.names}>
        {runsOf(days, language).map((run) => (
          <li key={run.days}>
            <strong className="n">{run.days}</strong> {run.name}
          </li>
        ))}
        {here
          .filter(({ adopted }) => !adopted)
          .map(({ date, name }) => (
            <li key={date} className={styles.planned}>
              <strong className="n">{Number(date.slice(8))}</strong> {w.candidate(name[language])}
            </li>
          ))}
      </ul>
    </section>
  )
}
