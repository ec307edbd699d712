import { dayNumberOf, dayOfInstant } from '#platform/time/days.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import { type Calendar, unofficialYears } from './compile.ts'
import {
  type CountedDay,
  type DueTrace,
  type SkippedDay,
  walkCalendarDays,
  walkWorkingDays,
} from './trace.ts'

/** The way on from a term's own end to a later promised day: an extension, or a pause that moved it. */
export type Moved = {
  dueOn: LocalDate
  counted: readonly CountedDay[]
  skipped: readonly SkippedDay[]
  provisional: boolean
}

const countsEveryDay = ({ unit }: DueTrace): boolean =>
  unit === 'CALENDAR_DAY' || unit === 'MONTH' || unit === 'YEAR'

/** Day by day from the term's end to the day promised instead, counted as the term counts; null when the day stays. */
export const traceMoved = (calendar: Calendar, trace: DueTrace, promised: LocalDate): Moved | null => {
  if (trace.dueOn === null || promised <= trace.dueOn) return null
  const [first, last] = [dayNumberOf(trace.dueOn) + 1, dayNumberOf(promised)]
  const walk = countsEveryDay(trace)
    ? walkCalendarDays(calendar, first, last, last)
    : walkWorkingDays(calendar, first, last)
  const before = trace.counted.length
  return {
    dueOn: promised,
    counted: walk.counted.map((day) => ({ ...day, ordinal: before + day.ordinal })),
    skipped: walk.skipped,
    provisional: unofficialYears(calendar, dayOfInstant(trace.receivedAt.getTime()), last).length > 0,
  }
}
