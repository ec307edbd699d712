import { dayOfInstant, MINUTE_MS } from '#platform/time/days.ts'
import { type Calendar, workingDaysBefore } from './compile.ts'
import type { DurationUnit } from './model.ts'
import { NO_LIMIT_WORDS } from './no-limit.ts'
import { workingMinutesBetween } from './working-time.ts'

/** Units that end at a moment; all others end with a day, and lateness compares dates. */
const HOUR_UNITS: readonly DurationUnit[] = ['WORKING_HOUR', 'HOUR', 'MINUTE']

export type Standing = {
  state: 'running' | 'due-soon' | 'late' | 'no-limit'
  /** Working days after today up to the due day; after the due day up to today when late. 0 = today. */
  workingDays: number
  /** Working minutes to the due moment, or since it when late. */
  workingMinutes: number
}

const DUE_SOON_MS = 24 * 60 * MINUTE_MS

const workingDaysBetween = (calendar: Calendar, from: number, to: number): number =>
  workingDaysBefore(calendar, to + 1) - workingDaysBefore(calendar, from + 1)

const hasPassed = (due: Date, at: Date, unit: DurationUnit): boolean =>
  HOUR_UNITS.includes(unit)
    ? at.getTime() > due.getTime()
    : dayOfInstant(at.getTime()) > dayOfInstant(due.getTime())

/** How a running dossier stands: due soon is less than 24 hours before the due moment. */
export const standing = (calendar: Calendar, due: Date | null, now: Date, unit: DurationUnit): Standing => {
  if (due === null) return { state: 'no-limit', workingDays: 0, workingMinutes: 0 }
  const today = dayOfInstant(now.getTime())
  const dueDay = dayOfInstant(due.getTime())
  if (hasPassed(due, now, unit))
    return {
      state: 'late',
      workingDays: workingDaysBetween(calendar, dueDay, today),
      workingMinutes: workingMinutesBetween(calendar, due, now),
    }
  return {
    state: due.getTime() - now.getTime() < DUE_SOON_MS ? 'due-soon' : 'running',
    workingDays: workingDaysBetween(calendar, today, dueDay),
    workingMinutes: Math.max(0, workingMinutesBetween(calendar, now, due)),
  }
}

/** Early, on time or late: by date, by moment for hour units; without a limit always on time. */
export const punctuality = (
  due: Date | null,
  completedAt: Date,
  unit: DurationUnit,
): 'early' | 'on-time' | 'late' => {
  if (due === null) return 'on-time'
  if (hasPassed(due, completedAt, unit)) return 'late'
  return dayOfInstant(completedAt.getTime()) < dayOfInstant(due.getTime()) ? 'early' : 'on-time'
}

const chipWords = {
  vi: {
    day: (n: number) => `${n} ngày làm việc`,
    hour: (n: number) => `${n} giờ làm việc`,
    minute: (n: number) => `${n} phút`,
    left: (what: string) => `Còn ${what}`,
    late: (what: string) => `Quá ${what}`,
    dueNow: 'Đến hạn hôm nay',
    justLate: 'Vừa quá hạn',
  },
  en: {
    day: (n: number) => `${n} working ${n === 1 ? 'day' : 'days'}`,
    hour: (n: number) => `${n} working ${n === 1 ? 'hour' : 'hours'}`,
    minute: (n: number) => `${n} ${n === 1 ? 'minute' : 'minutes'}`,
    left: (what: string) => `${what} left`,
    late: (what: string) => `${what} late`,
    dueNow: 'Due today',
    justLate: 'Just past due',
  },
}

/** `Còn 7 ngày làm việc`, `Còn 5 giờ làm việc`, `Quá 1 ngày làm việc`: days from two on, hours below, minutes under one. */
export const standingInWords = (standing: Standing, language: 'vi' | 'en'): string => {
  const words = chipWords[language]
  if (standing.state === 'no-limit') return NO_LIMIT_WORDS.short[language]
  const hours = Math.floor(standing.workingMinutes / 60)
  const short = hours > 0 ? words.hour(hours) : words.minute(Math.floor(standing.workingMinutes))
  if (standing.state === 'late') {
    // The evening or the weekend after the due day: late, and nobody has worked since.
    if (standing.workingDays === 0 && standing.workingMinutes < 1) return words.justLate
    return words.late(standing.workingDays > 0 ? words.day(standing.workingDays) : short)
  }
  if (standing.workingMinutes < 1 && standing.workingDays < 1) return words.dueNow
  return words.left(standing.workingDays > 1 ? words.day(standing.workingDays) : short)
}
