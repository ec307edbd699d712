import { dayNumberOf, dayOfInstant, isRealDate } from '#platform/time/days.ts'
import { instantOf } from '#platform/time/vietnam.ts'
import { type Calendar, startOfWork, workSessions } from './compile.ts'
import type { Session, Words } from './model.ts'

// A plus that nobody escaped arrives as a space, so a space before the offset is read as one.
const START =
  /^(\d{4}-\d{2}-\d{2})(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(Z|[+ -]\d{2}:\d{2})?)?$/i

const OFFSET = /^([+ -])([01]\d|2[0-3]):([0-5]\d)$/

const offsetMinutes = (text: string | undefined): number | undefined => {
  if (text === undefined) return 7 * 60
  if (text.toUpperCase() === 'Z') return 0
  const match = OFFSET.exec(text)
  if (!match) return undefined
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}

/**
 * Reads a moment: RFC 3339, without offset for Vietnam time, or a plain date, which stands for the opening of that day
 * (midnight on a day of rest). Undefined when it is none of these or names a day that does not exist.
 */
export const readStart = (text: string, calendar: Calendar): Date | undefined => {
  const [, date, hour, minute, second, fraction, zone] = START.exec(text.trim()) ?? []
  if (date === undefined || !isRealDate(date)) return undefined
  if (hour === undefined) {
    const day = dayNumberOf(date)
    const known = day >= calendar.firstDay && day < calendar.endDay
    return known && workSessions(calendar, day).length > 0
      ? new Date(startOfWork(calendar, day))
      : instantOf(date)
  }
  const offset = offsetMinutes(zone)
  if (offset === undefined) return undefined
  const milliseconds = Number((fraction ?? '').padEnd(3, '0').slice(0, 3))
  const local = Date.parse(`${date}T${hour}:${minute}:${second ?? '00'}Z`) + milliseconds
  return new Date(local - offset * 60_000)
}

/** Reads `15`, `1.5` or `1,5`; not-a-number for anything else. */
export const readAmount = (text: string): number => {
  const trimmed = text.trim().replace(',', '.')
  return /^\d{1,12}(\.\d{1,4})?$/.test(trimmed) ? Number(trimmed) : Number.NaN
}

/** What is wrong with the sessions of a day, if anything. */
export const sessionsProblem = (sessions: readonly Session[]): Words | undefined => {
  if (sessions.some(({ from, to }) => from >= to))
    return { vi: 'có buổi kết thúc trước khi bắt đầu', en: 'a session ends before it begins' }
  const overlap = sessions.some(
    (session, index) => index > 0 && session.from < (sessions[index - 1]?.to ?? 0),
  )
  return overlap
    ? { vi: 'các buổi chồng nhau hoặc sai thứ tự', en: 'sessions overlap or are out of order' }
    : undefined
}

/** Whether an instant lies within the compiled years. */
export const isWithin = (calendar: Calendar, instant: Date): boolean => {
  const day = dayOfInstant(instant.getTime())
  return day >= calendar.firstDay && day < calendar.endDay
}
