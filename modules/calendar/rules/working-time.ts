import { dateOfDay, dayOfInstant, MINUTE_MS, msIntoDay, msOfDay } from '#platform/time/days.ts'
import {
  type Calendar,
  dutySessions,
  endOfWork,
  indexOfDay,
  nthWorkingDay,
  startOfWork,
  workSessions,
} from './compile.ts'
import { OutOfCalendar, type Session } from './model.ts'
import { parameterOn } from './parameters.ts'

/** Working milliseconds from the beginning of the calendar to an instant. */
const workedUntil = (calendar: Calendar, instantMs: number): number => {
  const day = dayOfInstant(instantMs)
  const into = msIntoDay(instantMs)
  let worked = calendar.msBefore[indexOfDay(calendar, day)] ?? 0
  for (const { from, to } of workSessions(calendar, day))
    worked += Math.max(0, Math.min(into, to * MINUTE_MS) - from * MINUTE_MS)
  return worked
}

/** The last day with less than `target` working milliseconds before it. */
const dayReaching = (calendar: Calendar, target: number): number => {
  let low = 0
  let high = calendar.msBefore.length - 1
  if (target > (calendar.msBefore[high] ?? 0)) throw new OutOfCalendar()
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((calendar.msBefore[middle] ?? 0) < target) low = middle
    else high = middle - 1
  }
  return calendar.firstDay + low
}

/** Signed: negative when `to` is before `from`. Fractions are seconds. */
export const workingMinutesBetween = (calendar: Calendar, from: Date, to: Date): number =>
  (workedUntil(calendar, to.getTime()) - workedUntil(calendar, from.getTime())) / MINUTE_MS

/**
 * The earliest instant by which `minutes` of work have passed since `start`: four hours from 07:30 end at 11:30, not at
 * 13:00. None from anywhere is `start` itself.
 */
export const addWorkingMinutes = (calendar: Calendar, start: Date, minutes: number): Date => {
  if (minutes < 0) throw new RangeError('working time is added, never taken back')
  if (minutes === 0) return start
  const target = workedUntil(calendar, start.getTime()) + Math.round(minutes * MINUTE_MS)
  const day = dayReaching(calendar, target)
  let left = target - (calendar.msBefore[indexOfDay(calendar, day)] ?? 0)
  for (const { from, to } of workSessions(calendar, day)) {
    const length = (to - from) * MINUTE_MS
    if (left <= length) return new Date(msOfDay(day, from) + left)
    left -= length
  }
  throw new OutOfCalendar()
}

const within = (sessions: readonly Session[], into: number): boolean =>
  sessions.some(({ from, to }) => into >= from * MINUTE_MS && into < to * MINUTE_MS)

/** Whether work goes on at this instant; a session's last minute is the one before its end. */
export const isWorking = (calendar: Calendar, instant: Date): boolean =>
  within(workSessions(calendar, dayOfInstant(instant.getTime())), msIntoDay(instant.getTime()))

/** Whether people are received: working time, or duty on a day of rest. */
export const isOpen = (calendar: Calendar, instant: Date): boolean =>
  isWorking(calendar, instant) ||
  within(dutySessions(calendar, dayOfInstant(instant.getTime())), msIntoDay(instant.getTime()))

/** The session under way, or the next one, as instants. */
export const nextSession = (calendar: Calendar, instant: Date): { from: Date; to: Date } => {
  const today = dayOfInstant(instant.getTime())
  const into = msIntoDay(instant.getTime())
  const asInstants = (day: number, session: Session) => ({
    from: new Date(msOfDay(day, session.from)),
    to: new Date(msOfDay(day, session.to)),
  })
  const left = workSessions(calendar, today).find(({ to }) => into < to * MINUTE_MS)
  if (left) return asInstants(today, left)
  const day = nthWorkingDay(calendar, today + 1, 1)
  const [first] = workSessions(calendar, day)
  if (!first) throw new OutOfCalendar()
  return asInstants(day, first)
}

/** A pause moves the due date by the working time it took (payment, waiting for the applicant). */
export const movedByPause = (calendar: Calendar, due: Date, pausedAt: Date, resumedAt: Date): Date =>
  addWorkingMinutes(calendar, due, Math.max(0, workingMinutesBetween(calendar, pausedAt, resumedAt)))

/**
 * Minutes since midnight, 15:00 by the decrees in force. A time stamp of that minute stands for the minute that begins there, so
 * it is already after.
 */
const afternoonCutoff = (day: number): number =>
  parameterOn('transfer.cutoff', dateOfDay(day))?.value ?? 24 * 60

/** Whether something received now is still of today: a working day, before 15:00 and before closing. */
export const isBeforeCutoff = (calendar: Calendar, instant: Date): boolean => {
  const day = dayOfInstant(instant.getTime())
  const closing = workSessions(calendar, day).at(-1)?.to ?? 0
  return msIntoDay(instant.getTime()) < Math.min(afternoonCutoff(day), closing) * MINUTE_MS
}

/**
 * When the paper dossier has to leave for the agency (Decree 118/2025 Art. 18(2)): the same day, or, received from 15:00
 * on or on a day of rest, at the start of the next working day; `from` is that opening, `by` the end of that session.
 */
export const paperTransfer = (
  calendar: Calendar,
  receivedAt: Date,
): { from: Date; by: Date; sameDay: boolean } => {
  const today = dayOfInstant(receivedAt.getTime())
  if (isBeforeCutoff(calendar, receivedAt))
    return { from: receivedAt, by: new Date(endOfWork(calendar, today)), sameDay: true }
  const day = nthWorkingDay(calendar, today + 1, 1)
  const first = workSessions(calendar, day)[0]
  return {
    from: new Date(startOfWork(calendar, day)),
    by: new Date(msOfDay(day, first?.to ?? 0)),
    sameDay: false,
  }
}

/** A new date may be announced at least one day before the due date (Decree 118/2025 Art. 19(6)): until midnight before it. */
export const mayAnnounceExtension = (due: Date, now: Date): boolean =>
  dayOfInstant(now.getTime()) < dayOfInstant(due.getTime())

/** For words on the desk ("đến 17:00 thứ Sáu"): the last working moment before the due day. */
export const lastWorkBeforeDueDay = (calendar: Calendar, due: Date): Date => {
  const before = indexOfDay(calendar, dayOfInstant(due.getTime()))
  const day = calendar.workingDays[(calendar.daysBefore[before] ?? 0) - 1]
  if (day === undefined) throw new OutOfCalendar()
  return new Date(endOfWork(calendar, day))
}
