import {
  DAY_MS,
  type DayNumber,
  dateOfDay,
  dayNumberOf,
  MINUTE_MS,
  msOfDay,
  weekdayOfDay,
} from '#platform/time/days.ts'
import {
  type CalendarLayer,
  type DayException,
  OutOfCalendar,
  type Session,
  WEEKDAYS,
  type Weekday,
} from './model.ts'

/** The sessions of a day. Few distinct ones exist, so days point at them. */
type DayPlan = { work: readonly Session[]; duty: readonly Session[]; workMs: number }

/**
 * A calendar ready for arithmetic: prefix sums over all days, so that a due date is one look-up and working time between
 * two instants one subtraction. About 0.3 MB; share it.
 */
export type Calendar = {
  readonly firstDay: DayNumber
  /** One past the last day. */
  readonly endDay: DayNumber
  readonly plans: readonly DayPlan[]
  readonly planOf: Uint8Array
  /** Working milliseconds before each day. */
  readonly msBefore: Float64Array
  /** Working days before each day. */
  readonly daysBefore: Uint16Array
  /** Day number of each working day, in order. */
  readonly workingDays: Int32Array
  readonly exceptions: ReadonlyMap<DayNumber, DayException>
  /** Weekdays without sessions in the weekly pattern. */
  readonly restWeekdays: ReadonlySet<number>
  /** Sessions of an ordinary working day, for words. */
  readonly usualSessions: readonly Session[]
  readonly officialYears: ReadonlySet<number>
}

/** The span that is compiled; outside of it nothing is answered. */
export const FIRST_YEAR = 2000
export const LAST_YEAR = 2069

const mergeWeekly = (
  layers: readonly CalendarLayer[],
  part: 'weekly' | 'duty',
): Record<Weekday, readonly Session[]> => {
  const merged: Record<Weekday, readonly Session[]> = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }
  for (const layer of layers) for (const day of WEEKDAYS) merged[day] = layer[part][day] ?? merged[day]
  return merged
}

const minutesOf = (sessions: readonly Session[]): number =>
  sessions.reduce((sum, session) => sum + session.to - session.from, 0)

const keyOf = (sessions: readonly Session[]): string => sessions.map((s) => `${s.from}-${s.to}`).join()

const mergeExceptions = (layers: readonly CalendarLayer[]): Map<DayNumber, DayException> => {
  const merged = new Map<DayNumber, DayException>()
  for (const layer of layers)
    for (const exception of layer.exceptions)
      if (!exception.candidate || exception.adopted) merged.set(dayNumberOf(exception.date), exception)
  return merged
}

/** @param layers from the nation down; the nation's comes first. */
export const compileCalendar = (layers: readonly CalendarLayer[]): Calendar => {
  const weekly = mergeWeekly(layers, 'weekly')
  const weeklyDuty = mergeWeekly(layers, 'duty')
  const exceptions = mergeExceptions(layers)
  const usualSessions = WEEKDAYS.map((day) => weekly[day]).find((sessions) => sessions.length > 0) ?? []
  const firstDay = dayNumberOf(`${FIRST_YEAR}-01-01`)
  const endDay = dayNumberOf(`${LAST_YEAR + 1}-01-01`)

  const plans: DayPlan[] = []
  const planIndex = new Map<string, number>()
  const planFor = (work: readonly Session[], duty: readonly Session[]): number => {
    const key = `${keyOf(work)}|${keyOf(duty)}`
    const known = planIndex.get(key)
    if (known !== undefined) return known
    plans.push({ work, duty, workMs: minutesOf(work) * MINUTE_MS })
    planIndex.set(key, plans.length - 1)
    return plans.length - 1
  }

  const weekdayOf = (day: DayNumber): Weekday => WEEKDAYS[weekdayOfDay(day) - 1] ?? 1
  const sessionsMadeUp = (exception: DayException, day: DayNumber): readonly Session[] => {
    const own =
      weekly[weekdayOf(exception.pairedWith === undefined ? day : dayNumberOf(exception.pairedWith))]
    return own.length > 0 ? own : usualSessions
  }
  const planOfException = (exception: DayException, day: DayNumber): number => {
    if (exception.type === 'OFF') return planFor([], [])
    if (exception.type === 'DUTY') return planFor([], exception.sessions ?? [])
    return planFor(exception.sessions ?? sessionsMadeUp(exception, day), [])
  }
  const usualPlans = WEEKDAYS.map((day) => planFor(weekly[day], weeklyDuty[day]))

  const size = endDay - firstDay
  const planOf = new Uint8Array(size)
  const msBefore = new Float64Array(size + 1)
  const daysBefore = new Uint16Array(size + 1)
  const workingDays: number[] = []
  for (let index = 0; index < size; index += 1) {
    const day = firstDay + index
    const exception = exceptions.get(day)
    const plan = exception ? planOfException(exception, day) : (usualPlans[weekdayOfDay(day) - 1] ?? 0)
    const workMs = plans[plan]?.workMs ?? 0
    planOf[index] = plan
    msBefore[index + 1] = (msBefore[index] ?? 0) + workMs
    daysBefore[index + 1] = workingDays.length + (workMs > 0 ? 1 : 0)
    if (workMs > 0) workingDays.push(day)
  }
  if (plans.length > 256) throw new Error('more than 256 different day plans in one calendar')
  return {
    firstDay,
    endDay,
    plans,
    planOf,
    msBefore,
    daysBefore,
    workingDays: Int32Array.from(workingDays),
    exceptions,
    restWeekdays: new Set(WEEKDAYS.filter((day) => weekly[day].length === 0)),
    usualSessions,
    officialYears: new Set(layers[0]?.officialYears ?? []),
  }
}

/** Throws `OutOfCalendar` outside the compiled years. */
export const indexOfDay = (calendar: Calendar, day: DayNumber): number => {
  if (!(day >= calendar.firstDay && day < calendar.endDay)) throw new OutOfCalendar()
  return day - calendar.firstDay
}

const planAt = (calendar: Calendar, day: DayNumber): DayPlan => {
  const plan = calendar.plans[calendar.planOf[indexOfDay(calendar, day)] ?? 0]
  if (!plan) throw new OutOfCalendar()
  return plan
}

export const workSessions = (calendar: Calendar, day: DayNumber): readonly Session[] =>
  planAt(calendar, day).work
export const dutySessions = (calendar: Calendar, day: DayNumber): readonly Session[] =>
  planAt(calendar, day).duty
export const isWorkingDay = (calendar: Calendar, day: DayNumber): boolean => planAt(calendar, day).workMs > 0

/** How many working days lie before `day`. */
export const workingDaysBefore = (calendar: Calendar, day: DayNumber): number =>
  calendar.daysBefore[indexOfDay(calendar, day)] ?? 0

/** The `n`-th working day (from 1) on or after `day`. */
export const nthWorkingDay = (calendar: Calendar, day: DayNumber, n: number): DayNumber => {
  const found = calendar.workingDays[workingDaysBefore(calendar, day) + n - 1]
  if (found === undefined) throw new OutOfCalendar()
  return found
}

/** When the last session of a working day ends. */
export const endOfWork = (calendar: Calendar, day: DayNumber): number => {
  const last = workSessions(calendar, day).at(-1)
  if (!last) throw new Error(`${dateOfDay(day)} is not a working day`)
  return msOfDay(day, last.to)
}

export const startOfWork = (calendar: Calendar, day: DayNumber): number => {
  const first = workSessions(calendar, day)[0]
  if (!first) throw new Error(`${dateOfDay(day)} is not a working day`)
  return msOfDay(day, first.from)
}

export const yearOfDay = (day: DayNumber): number => new Date(day * DAY_MS).getUTCFullYear()

/** The years from one day to another whose days off are not announced yet: an answer across them is provisional. */
export const unofficialYears = (calendar: Calendar, from: DayNumber, to: DayNumber): number[] => {
  const years: number[] = []
  for (let year = yearOfDay(from); year <= yearOfDay(to); year += 1)
    if (!calendar.officialYears.has(year)) years.push(year)
  return years
}
