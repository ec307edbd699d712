import { dateOfDay, dayNumberOf, weekdayOfDay } from '#platform/time/days.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import type { Words } from './model.ts'
import type { Moved } from './moved.ts'
import type { DueTrace, SkippedDay } from './trace.ts'

/**
 * One cell of the ruler. `outside` days lie before receipt or after the due day. Of a date that was moved the old day is
 * `former`, the days counted after it are `added`.
 */
export type RulerDay = {
  date: LocalDate
  state: 'outside' | 'received' | 'counted' | 'skipped' | 'former' | 'added' | 'due'
  /** Number of a counted day; null elsewhere. */
  ordinal: number | null
  /** What the cell says besides its number: `Nhận`, `Giỗ Tổ`, `Bù lễ`, `3 giờ`. */
  label: Words | null
  /** Why it is not counted, for the cell's title and for who cannot see the hatching. */
  reason: Words | null
}

export type RulerRow =
  | { kind: 'week'; days: readonly RulerDay[] }
  /** Weeks left out of a long term, so that the ruler stays readable: how many, and how many counted days they hold. */
  | { kind: 'gap'; weeks: number; counted: number }

/** "Vì sao ngày này?": weeks as rows from Monday, today for the ring, the due cell dashed while provisional. */
export type DayRuler = {
  rows: readonly RulerRow[]
  today: LocalDate | null
  provisional: boolean
  /** Counted days after the term's own end; 0 while the date stands. */
  added: number
}

const WEEKS_SHOWN_AT_MOST = 10
const WEEKS_KEPT_AT_AN_END = 4

const RECEIVED: Words = { vi: 'Nhận', en: 'Received' }

const hoursLabel = (minutes: number): Words => {
  const hours = Math.round((minutes / 60) * 10) / 10
  return { vi: `${String(hours).replace('.', ',')} giờ`, en: `${hours} h` }
}

const skippedDay = ({ date, reason }: SkippedDay): RulerDay => ({
  date,
  state: 'skipped',
  ordinal: null,
  label: reason.short,
  reason: reason.name,
})

const daysOf = (trace: DueTrace): Map<LocalDate, RulerDay> => {
  const days = new Map<LocalDate, RulerDay>()
  for (const day of trace.skipped) days.set(day.date, skippedDay(day))
  const received = days.get(trace.receivedOn)
  days.set(trace.receivedOn, {
    date: trace.receivedOn,
    state: 'received',
    ordinal: null,
    label: RECEIVED,
    reason: received?.reason ?? null,
  })
  for (const { date, ordinal, minutes } of trace.counted) {
    const label = minutes === undefined ? null : hoursLabel(minutes)
    days.set(date, { date, state: 'counted', ordinal, label, reason: null })
  }
  if (trace.dueOn !== null) {
    const known = days.get(trace.dueOn)
    days.set(trace.dueOn, {
      date: trace.dueOn,
      state: 'due',
      ordinal: known?.ordinal ?? null,
      label: known?.state === 'received' ? null : (known?.label ?? null),
      reason: null,
    })
  }
  return days
}

/** The old day stays where it was, and the days go on to the new one. */
const addMoved = (days: Map<LocalDate, RulerDay>, moved: Moved): void => {
  for (const day of days.values()) if (day.state === 'due') days.set(day.date, { ...day, state: 'former' })
  for (const day of moved.skipped) days.set(day.date, skippedDay(day))
  for (const { date, ordinal } of moved.counted)
    days.set(date, {
      date,
      state: date === moved.dueOn ? 'due' : 'added',
      ordinal,
      label: null,
      reason: null,
    })
}

const weeksOf = (days: Map<LocalDate, RulerDay>, from: LocalDate, to: LocalDate): RulerDay[][] => {
  const first = dayNumberOf(from) - (weekdayOfDay(dayNumberOf(from)) - 1)
  const weeks: RulerDay[][] = []
  for (let monday = first; monday <= dayNumberOf(to); monday += 7)
    weeks.push(
      Array.from({ length: 7 }, (_, offset): RulerDay => {
        const date = dateOfDay(monday + offset)
        return days.get(date) ?? { date, state: 'outside', ordinal: null, label: null, reason: null }
      }),
    )
  return weeks
}

const isCounted = (day: RulerDay): boolean => day.ordinal !== null

export const dayRuler = (
  trace: DueTrace,
  today: LocalDate | null = null,
  moved: Moved | null = null,
): DayRuler => {
  const days = daysOf(trace)
  if (moved) addMoved(days, moved)
  const weeks = weeksOf(days, trace.receivedOn, moved?.dueOn ?? trace.dueOn ?? trace.receivedOn)
  return {
    rows: rowsOf(weeks),
    today,
    provisional: moved?.provisional ?? trace.provisional,
    added: moved?.counted.length ?? 0,
  }
}

const rowsOf = (weeks: RulerDay[][]): RulerRow[] => {
  const asRow = (days: RulerDay[]): RulerRow => ({ kind: 'week', days })
  if (weeks.length <= WEEKS_SHOWN_AT_MOST) return weeks.map(asRow)
  const hidden = weeks.slice(WEEKS_KEPT_AT_AN_END, -WEEKS_KEPT_AT_AN_END)
  const gap: RulerRow = { kind: 'gap', weeks: hidden.length, counted: hidden.flat().filter(isCounted).length }
  return [
    ...weeks.slice(0, WEEKS_KEPT_AT_AN_END).map(asRow),
    gap,
    ...weeks.slice(-WEEKS_KEPT_AT_AN_END).map(asRow),
  ]
}
