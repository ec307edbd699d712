import {
  addMonths,
  type DayNumber,
  dateOfDay,
  dayNumberOf,
  dayOfInstant,
  msOfDay,
  weekdayOfDay,
} from '#platform/time/days.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import { type Calendar, dutySessions, isWorkingDay, unofficialYears } from './compile.ts'
import type { DayException, DayPolicy, DurationUnit, ExceptionKind, Session, Words } from './model.ts'
import type { DueRequest } from './request.ts'
import { isWorking, nextSession, workingMinutesBetween } from './working-time.ts'

/** Why a day is not counted, with words for a cell of the ruler and the noun for a sentence. */
export type SkipReason = {
  kind: 'weekend' | 'duty' | ExceptionKind
  /** The weekday rests anyway; sentences then say "cuối tuần". */
  weekend: boolean
  holiday: string | null
  name: Words
  short: Words
  knownByDate: boolean
}

export type CountedDay = {
  date: LocalDate
  /** 1 for the first counted day. */
  ordinal: number
  /** Working minutes used on it; hour units only. */
  minutes?: number
  /** A day of rest by its weekday that a swap made a working day. */
  makeUp: boolean
}

export type SkippedDay = { date: LocalDate; reason: SkipReason }

/** The whole way from receipt to due date, day by day. Plain data: the ruler and the sentences both read it. */
export type DueTrace = {
  unit: DurationUnit
  amount: number
  policy: DayPolicy
  receivedAt: Date
  receivedOn: LocalDate
  /** When hour units begin to run: receipt, or the next session. */
  runsFrom: Date
  receivedOnWorkingDay: boolean
  due: Date | null
  dueOn: LocalDate | null
  /** Where the count alone would have ended; differs from `dueOn` when that is a day of rest. */
  countEndsOn: LocalDate | null
  /** The month had no such day, so its last day was taken. */
  clipped: boolean
  counted: readonly CountedDay[]
  skipped: readonly SkippedDay[]
  provisional: boolean
  /** Years on the way whose days off are not announced. */
  unofficialYears: readonly number[]
  sessions: readonly Session[]
}

const WEEKEND: Words = { vi: 'cuối tuần', en: 'weekend' }
const REST: Words = { vi: 'Nghỉ', en: 'Off' }

const SHORT_OF_KIND: Partial<Record<ExceptionKind, Words>> = {
  compensatory: { vi: 'Bù lễ', en: 'In lieu' },
  'swap-off': { vi: 'Hoán đổi', en: 'Swapped' },
}

const reasonOfException = (exception: DayException, weekend: boolean): SkipReason => ({
  kind: exception.type === 'DUTY' ? 'duty' : exception.kind,
  weekend,
  holiday: exception.holiday ?? null,
  name: exception.name,
  short: SHORT_OF_KIND[exception.kind] ?? exception.short,
  knownByDate: exception.knownByDate ?? false,
})

/** Why nobody's work counts on this day; undefined on a working day. */
export const skipReason = (calendar: Calendar, day: DayNumber): SkipReason | undefined => {
  if (isWorkingDay(calendar, day)) return undefined
  const weekend = calendar.restWeekdays.has(weekdayOfDay(day))
  const exception = calendar.exceptions.get(day)
  if (exception) return reasonOfException(exception, weekend)
  const onDuty = dutySessions(calendar, day).length > 0
  return {
    kind: onDuty ? 'duty' : 'weekend',
    weekend,
    holiday: null,
    name: WEEKEND,
    short: onDuty ? { vi: 'Trực', en: 'Duty' } : REST,
    knownByDate: false,
  }
}

const isMadeUp = (calendar: Calendar, day: DayNumber): boolean =>
  calendar.exceptions.get(day)?.type === 'WORK' && calendar.restWeekdays.has(weekdayOfDay(day))

type Walk = { counted: CountedDay[]; skipped: SkippedDay[] }

/** Counts working days and names the others, `from` and `to` included. */
export const walkWorkingDays = (calendar: Calendar, from: DayNumber, to: DayNumber): Walk => {
  const walk: Walk = { counted: [], skipped: [] }
  for (let day = from; day <= to; day += 1) {
    const reason = skipReason(calendar, day)
    if (reason) walk.skipped.push({ date: dateOfDay(day), reason })
    else
      walk.counted.push({
        date: dateOfDay(day),
        ordinal: walk.counted.length + 1,
        makeUp: isMadeUp(calendar, day),
      })
  }
  return walk
}

/** Every day counts; when the last one rests, it and the days of rest after it are passed over and the due day has no number. */
export const walkCalendarDays = (
  calendar: Calendar,
  first: DayNumber,
  countEnd: DayNumber,
  due: DayNumber,
): Walk => {
  const walk: Walk = { counted: [], skipped: [] }
  const end = countEnd < due ? countEnd : due + 1
  for (let day = first; day < end; day += 1)
    walk.counted.push({ date: dateOfDay(day), ordinal: day - first + 1, makeUp: isMadeUp(calendar, day) })
  for (let day = end; day < due; day += 1) {
    const reason = skipReason(calendar, day)
    if (reason) walk.skipped.push({ date: dateOfDay(day), reason })
  }
  return walk
}

const walkHours = (request: DueRequest, from: DayNumber, dueAt: Date): Walk => {
  const walk = walkWorkingDays(request.calendar, from, dayOfInstant(dueAt.getTime()))
  const used = walk.counted.map((counted) => {
    const day = dayNumberOf(counted.date)
    const begin = new Date(Math.max(request.start.getTime(), msOfDay(day)))
    const end = new Date(Math.min(dueAt.getTime(), msOfDay(day + 1)))
    return { ...counted, minutes: workingMinutesBetween(request.calendar, begin, end) }
  })
  const counted = used
    .filter(({ minutes }) => minutes > 0)
    .map((day, index) => ({ ...day, ordinal: index + 1 }))
  return { counted, skipped: walk.skipped }
}

const monthsOf = ({ unit, amount }: DueRequest): number | null => {
  if (unit === 'MONTH') return amount
  return unit === 'YEAR' ? amount * 12 : null
}

const walkFor = (request: DueRequest, first: DayNumber, countEnd: DayNumber, due: Date): Walk => {
  const { calendar, unit, amount } = request
  const last = dayOfInstant(due.getTime())
  if (unit === 'WORKING_HOUR' || (unit === 'WORKING_DAY' && !Number.isInteger(amount)))
    return walkHours(request, first, due)
  if (unit === 'WORKING_DAY') return walkWorkingDays(calendar, first + 1, last)
  if (unit === 'SAME_DAY' || unit === 'IMMEDIATE')
    return walkWorkingDays(calendar, last === first ? first : first + 1, last)
  if (unit === 'CALENDAR_DAY' || unit === 'MONTH' || unit === 'YEAR')
    return walkCalendarDays(calendar, first + 1, countEnd, last)
  return { counted: [], skipped: [] }
}

/** Where counting alone ends, before a day of rest moves it on. */
const countEndOf = (request: DueRequest, first: DayNumber, due: DayNumber): DayNumber => {
  const months = monthsOf(request)
  if (months !== null) return dayNumberOf(addMonths(dateOfDay(first), months))
  return request.unit === 'CALENDAR_DAY' ? first + request.amount : due
}

export const traceDue = (request: DueRequest, due: Date | null, provisional: boolean): DueTrace => {
  const { calendar, start, unit, amount, policy = 'END_OF_DAY' } = request
  const first = dayOfInstant(start.getTime())
  const last = due === null ? first : dayOfInstant(due.getTime())
  const countEnd = countEndOf(request, first, last)
  const walk = due === null ? { counted: [], skipped: [] } : walkFor(request, first, countEnd, due)
  const months = monthsOf(request)
  return {
    unit,
    amount,
    policy,
    receivedAt: start,
    receivedOn: dateOfDay(first),
    runsFrom: isWorking(calendar, start) ? start : nextSession(calendar, start).from,
    receivedOnWorkingDay: isWorkingDay(calendar, first),
    due,
    dueOn: due === null ? null : dateOfDay(last),
    countEndsOn: due === null ? null : dateOfDay(countEnd),
    clipped: months !== null && dateOfDay(countEnd).slice(8) !== dateOfDay(first).slice(8),
    counted: walk.counted,
    skipped: walk.skipped,
    provisional,
    unofficialYears: provisional ? unofficialYears(calendar, first, last) : [],
    sessions: calendar.usualSessions,
  }
}
