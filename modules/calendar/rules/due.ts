import {
  addMonths,
  type DayNumber,
  dateOfDay,
  dayNumberOf,
  dayOfInstant,
  MINUTE_MS,
  msIntoDay,
  msOfDay,
} from '#platform/time/days.ts'
import {
  type Calendar,
  endOfWork,
  indexOfDay,
  isWorkingDay,
  nthWorkingDay,
  unofficialYears,
  workSessions,
} from './compile.ts'
import type { DurationUnit } from './model.ts'
import type { DueRequest } from './request.ts'
import { type DueTrace, traceDue } from './trace.ts'
import { addWorkingMinutes, isBeforeCutoff, isWorking } from './working-time.ts'

export type DueDate = {
  /** Null for NONE only: the law sets no limit. */
  due: Date | null
  /** The way leads through a year whose days off are not announced: "tạm tính". */
  provisional: boolean
  /** Computed when read: lists of thousands do not pay for it. */
  readonly trace: DueTrace
}

const HOURS_PER_DAY = 8
const UNITS_WITHOUT_AMOUNT: readonly DurationUnit[] = ['SAME_DAY', 'IMMEDIATE', 'NONE']
const UNITS_WITH_FRACTION: readonly DurationUnit[] = ['WORKING_DAY', 'WORKING_HOUR', 'HOUR']
/** Twenty years of working days; longer than any limit of the catalogue, shorter than any calendar. */
const LARGEST: Partial<Record<DurationUnit, number>> = {
  WORKING_DAY: 5000,
  CALENDAR_DAY: 7300,
  WORKING_HOUR: 40_000,
  HOUR: 175_200,
  MINUTE: 10_512_000,
  MONTH: 240,
  YEAR: 20,
}

/** What is wrong with an amount, if anything. Half days and half hours occur in the catalogue; days of the calendar are whole. */
export const amountProblem = (amount: number, unit: DurationUnit): 'impossible' | 'too-large' | null => {
  if (UNITS_WITHOUT_AMOUNT.includes(unit)) return null
  if (!Number.isFinite(amount) || amount <= 0) return 'impossible'
  const wholeMinutes = UNITS_WITH_FRACTION.includes(unit) && Number.isInteger(amount * 60)
  if (!Number.isInteger(amount) && !wholeMinutes) return 'impossible'
  return amount > (LARGEST[unit] ?? 0) ? 'too-large' : null
}

const startDay = (request: DueRequest): DayNumber => dayOfInstant(request.start.getTime())

/**
 * The hour of receipt carried to the due day; in a break or after closing, the end of the session before; before opening
 * or received on a day of rest, a whole working day is given.
 */
const sameTimeOn = (calendar: Calendar, due: DayNumber, request: DueRequest): number => {
  const into = msIntoDay(request.start.getTime()) / MINUTE_MS
  const sessions = workSessions(calendar, due)
  if (!isWorkingDay(calendar, startDay(request))) return endOfWork(calendar, due)
  const began = sessions.filter(({ from }) => from <= into).at(-1)
  const opening = sessions[0]?.from ?? 0
  return msOfDay(due, 0) + (began ? Math.min(into, began.to) : opening) * MINUTE_MS
}

const afterWorkingDays = (request: DueRequest): number => {
  const { calendar, amount, start, policy } = request
  if (!Number.isInteger(amount))
    return addWorkingMinutes(calendar, start, amount * HOURS_PER_DAY * 60).getTime()
  const due = nthWorkingDay(calendar, startDay(request) + 1, amount)
  return policy === 'SAME_TIME' ? sameTimeOn(calendar, due, request) : endOfWork(calendar, due)
}

/** Civil Code Art. 148(5): a term whose last day is a day of rest ends with the next working day. */
const endOfTerm = (calendar: Calendar, lastDay: DayNumber): number =>
  endOfWork(calendar, nthWorkingDay(calendar, lastDay, 1))

const afterMonths = (request: DueRequest, months: number): number =>
  endOfTerm(request.calendar, dayNumberOf(addMonths(dateOfDay(startDay(request)), months)))

/** Decree 23/2015 Art. 7: within the day, or within the next working day when received from 15:00 on. */
const sameDay = (request: DueRequest): number => {
  const { calendar, start } = request
  const today = startDay(request)
  return endOfWork(calendar, isBeforeCutoff(calendar, start) ? today : nthWorkingDay(calendar, today + 1, 1))
}

/** Handed over while the person waits: by the end of the working day, or of the next one when nobody worked at receipt. */
const immediately = (request: DueRequest): number => {
  const { calendar, start } = request
  const today = startDay(request)
  const stillToday = isWorkingDay(calendar, today) && start.getTime() < endOfWork(calendar, today)
  return endOfWork(
    calendar,
    stillToday || isWorking(calendar, start) ? today : nthWorkingDay(calendar, today + 1, 1),
  )
}

const ARITHMETIC: Record<Exclude<DurationUnit, 'NONE'>, (request: DueRequest) => number> = {
  WORKING_DAY: afterWorkingDays,
  CALENDAR_DAY: (request) => endOfTerm(request.calendar, startDay(request) + request.amount),
  WORKING_HOUR: ({ calendar, start, amount }) => addWorkingMinutes(calendar, start, amount * 60).getTime(),
  HOUR: ({ start, amount }) => start.getTime() + amount * 60 * MINUTE_MS,
  MINUTE: ({ start, amount }) => start.getTime() + amount * MINUTE_MS,
  MONTH: (request) => afterMonths(request, request.amount),
  YEAR: (request) => afterMonths(request, request.amount * 12),
  SAME_DAY: sameDay,
  IMMEDIATE: immediately,
}

const PLAIN_UNITS: readonly DurationUnit[] = ['HOUR', 'MINUTE', 'NONE']

/**
 * When a term ends. First day not counted, end of the last day (Civil Code Art. 147, 148); hours and minutes run from the
 * moment. Throws `RangeError` for an impossible amount and `OutOfCalendar` beyond the compiled years: check both first
 * with `amountProblem` where they come from outside.
 */
export const dueDate = (request: DueRequest): DueDate => {
  const { unit, amount, calendar } = request
  if (amountProblem(amount, unit)) throw new RangeError(`a term of ${amount} ${unit}`)
  const first = startDay(request)
  indexOfDay(calendar, first)
  const dueMs = unit === 'NONE' ? null : ARITHMETIC[unit](request)
  if (dueMs !== null) indexOfDay(calendar, dayOfInstant(dueMs))
  const due = dueMs === null ? null : new Date(dueMs)
  const provisional =
    dueMs !== null &&
    !PLAIN_UNITS.includes(unit) &&
    unofficialYears(calendar, first, dayOfInstant(dueMs)).length > 0
  let trace: DueTrace | undefined
  return {
    due,
    provisional,
    get trace() {
      trace ??= traceDue(request, due, provisional)
      return trace
    },
  }
}

/** After a supplement the whole term runs again (Decree 118/2025 Art. 19(5)). */
export const restartedDue = (request: DueRequest, completedAt: Date): DueDate =>
  dueDate({ ...request, start: completedAt })
