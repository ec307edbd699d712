import type { LocalDate } from './vietnam.ts'

/** Days since 1970-01-01 of Vietnam's calendar: arithmetic on whole numbers, without dates in between. */
export type DayNumber = number

export const DAY_MS = 86_400_000
export const MINUTE_MS = 60_000
const OFFSET_MS = 7 * 60 * MINUTE_MS

export const dayNumberOf = (date: LocalDate): DayNumber => Date.parse(`${date}T00:00:00Z`) / DAY_MS

export const dateOfDay = (day: DayNumber): LocalDate => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** The Vietnamese day that an instant falls in. */
export const dayOfInstant = (instantMs: number): DayNumber => Math.floor((instantMs + OFFSET_MS) / DAY_MS)

/** Milliseconds since Vietnam's midnight of the day the instant falls in. */
export const msIntoDay = (instantMs: number): number =>
  instantMs + OFFSET_MS - dayOfInstant(instantMs) * DAY_MS

/** The instant, in milliseconds, of a minute of a Vietnamese day. */
export const msOfDay = (day: DayNumber, minute = 0): number => day * DAY_MS - OFFSET_MS + minute * MINUTE_MS

/** 1 = Monday … 7 = Sunday. */
export const weekdayOfDay = (day: DayNumber): number => ((((day + 3) % 7) + 7) % 7) + 1

/** The same day `months` later; the last day of the month where that day does not exist. */
export const addMonths = (date: LocalDate, months: number): LocalDate => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const index = year * 12 + (month - 1) + months
  const target = { year: Math.floor(index / 12), month: index % 12 }
  const last = new Date(Date.UTC(target.year, target.month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(target.year, target.month, Math.min(day, last))).toISOString().slice(0, 10)
}

/** Whether `YYYY-MM-DD` names a day that exists: 2026-02-30 does not. */
export const isRealDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text
}
