import type { DayRuler as Ruler, RulerDay } from '#modules/calendar/rules.ts'
import { classes } from '../classes.ts'
import { formatDate, formatDayMonth, formatLongDate, shortWeekdays } from '../format/format.ts'
import { catalogue, useLanguage, useWords } from '../language/language.tsx'
import styles from './day-ruler.module.css'

const words = catalogue(
  {
    caption: 'Các ngày được tính, mỗi dòng một tuần',
    week: 'Tuần',
    off: 'Nghỉ',
    received: 'Nhận',
    today: 'Hôm nay',
    due: 'Hẹn trả',
    skipped: 'Không tính',
    provisional: 'Tạm tính',
    formerDue: 'Hẹn cũ',
    added: 'Hẹn thêm',
    counted: (n: number) => `ngày thứ ${n}`,
    notCounted: (reason: string) => `không tính: ${reason}`,
    gap: (weeks: number, counted: number) => `… ${weeks} tuần nữa, tính ${counted} ngày …`,
  },
  {
    caption: 'Days that count, one week per row',
    week: 'Week',
    off: 'Off',
    received: 'In',
    today: 'Today',
    due: 'Due',
    skipped: 'Not counted',
    provisional: 'Provisional',
    formerDue: 'Former date',
    added: 'Added',
    counted: (n: number) => `day ${n}`,
    notCounted: (reason: string) => `not counted: ${reason}`,
    gap: (weeks: number, counted: number) => `… ${weeks} more weeks, ${counted} days counted …`,
  },
)

/**
 * Weeks as rows: counted days numbered, skipped ones hatched and named, today ringed, the due day filled (dashed while
 * provisional). Of a date that was moved the old day stays, struck through.
 */
export function DayRuler({ ruler }: { ruler: Ruler }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { today, provisional } = ruler
  const shown = (day: RulerDay): string =>
    (day.state === 'received' ? w.received : day.label?.[language]) ??
    (day.ordinal !== null
      ? String(day.ordinal)
      : day.state === 'skipped'
        ? w.off
        : day.state === 'due'
          ? w.due
          : '')
  const spoken = (day: RulerDay): string =>
    [
      formatLongDate(day.date, language),
      day.date === today && w.today,
      day.state === 'received' && day.label?.[language],
      day.state === 'skipped' && w.notCounted(day.reason?.[language] ?? day.label?.[language] ?? w.off),
      day.ordinal !== null && w.counted(day.ordinal),
      day.state === 'former' && w.formerDue,
      day.state === 'due' && (provisional ? `${w.due}, ${w.provisional}` : w.due),
    ]
      .filter(Boolean)
      .join(', ')
  const days = ruler.rows.flatMap((row) => (row.kind === 'week' ? row.days : []))
  const former = days.find((day) => day.state === 'former')
  const legend = [
    days.some((day) => day.date === today) && { look: styles.today, text: w.today },
    {
      look: provisional ? styles.provisional : styles.due,
      text: provisional ? `${w.due}, ${w.provisional.toLowerCase()}` : w.due,
    },
    days.some((day) => day.state === 'skipped') && { look: styles.skipped, text: w.skipped },
    former && { look: styles.former, text: `${w.formerDue} ${formatDate(former.date)}` },
    days.some((day) => day.state === 'added') && { look: styles.added, text: w.added },
  ].filter((item) => typeof item === 'object')
  return (
    <div className={styles.wrap}>
      <table className={styles.ruler}>
        <caption className="visually-hidden">{w.caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles.week}>
              <span className="visually-hidden">{w.week}</span>
            </th>
            {shortWeekdays(language).map((day) => (
              <th key={day} scope="col">
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ruler.rows.map((row, index) =>
            row.kind === 'gap' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never move within one explanation
              <tr key={index}>
                <td className={styles.week} />
                <td colSpan={7} className={styles.gap}>
                  {w.gap(row.weeks, row.counted)}
                </td>
              </tr>
            ) : (
              <tr key={row.days[0]?.date}>
                <th scope="row" className={styles.week}>
                  <span className="visually-hidden">
                    {w.week} {row.days[0] ? formatDayMonth(row.days[0].date) : ''}
                  </span>
                </th>
                {row.days.map((day) => (
                  <td
                    key={day.date}
                    className={classes(
                      styles.cell,
                      styles[day.state],
                      day.state === 'due' && provisional && styles.provisional,
                      day.date === today && styles.today,
                    )}
                  >
                    <span className="visually-hidden">{spoken(day)}</span>
                    <span aria-hidden="true" className={classes(styles.date, 'n')}>
                      {day.date.endsWith('-01')
                        ? `1/${Number(day.date.slice(5, 7))}`
                        : Number(day.date.slice(8))}
                    </span>
                    <span
                      aria-hidden="true"
                      className={classes(styles.word, day.ordinal !== null && styles.count, 'n')}
                      title={day.reason?.[language]}
                    >
                      {shown(day)}
                    </span>
                  </td>
                ))}
              </tr>
            ),
          )}
        </tbody>
      </table>
      <ul className={styles.legend}>
        {legend.map((item) => (
          <li key={item.text}>
            <span className={classes(styles.swatch, item.look)} aria-hidden="true" /> {item.text}
          </li>
        ))}
      </ul>
    </div>
  )
}
