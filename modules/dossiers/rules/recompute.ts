import { type Calendar, dueDate } from '#modules/calendar/rules.ts'
import { type ClockLimit, type DueChange, deriveDues, type Interval } from './clock.ts'

export type Promised = {
  limit: ClockLimit
  due: Date
  provisional: boolean
  intervals: readonly Interval[]
  changes: readonly DueChange[]
}

/** What a changed calendar does to one promised date. */
export type Recomputed =
  | { kind: 'SAME' }
  /** The days off of its year are announced now, and the date stands. */
  | { kind: 'CONFIRMED'; due: Date }
  | { kind: 'CALENDAR'; due: Date; provisional: boolean }
  /** It would come earlier; what was printed for a citizen stands. */
  | { kind: 'PROMISE_KEPT'; due: Date; wouldBe: Date; provisional: boolean }

const UNITS_OF_DAYS = ['WORKING_DAY', 'CALENDAR_DAY', 'MONTH', 'YEAR', 'SAME_DAY', 'IMMEDIATE']
const MINUTE_MS = 60_000

/** A date that was fixed by an apology or a former change, and whose day is one of rest now, moves to the next working day. */
const onWorkingDay = (calendar: Calendar, due: Date, limit: ClockLimit): Date => {
  if (!limit || !UNITS_OF_DAYS.includes(limit.unit)) return due
  const end = dueDate({
    start: new Date(due.getTime() - MINUTE_MS),
    amount: 1,
    unit: 'IMMEDIATE',
    calendar,
  }).due
  return end && end > due ? end : due
}

/** Never earlier than promised: a calendar may give the administration more time, and takes none from what a citizen was told. */
export const recompute = (calendar: Calendar, promised: Promised): Recomputed => {
  const { limit, due: stored, provisional: before, intervals, changes } = promised
  const { due: derived, provisional } = deriveDues(calendar, limit, intervals, changes)
  if (derived === null) return { kind: 'SAME' }
  const due = onWorkingDay(calendar, derived, limit)
  if (due > stored) return { kind: 'CALENDAR', due, provisional }
  if (due < stored) return { kind: 'PROMISE_KEPT', due: stored, wouldBe: due, provisional }
  return before && !provisional ? { kind: 'CONFIRMED', due } : { kind: 'SAME' }
}
