/** Vietnam has one zone without daylight saving; legal days and hours are computed in it whatever the server's zone. */
const OFFSET_MINUTES = 7 * 60

/** A calendar date of Vietnam, `YYYY-MM-DD`. */
export type LocalDate = string
/** Minutes since Vietnam's midnight, 0…1439. */
export type MinuteOfDay = number

const pad = (n: number): string => String(n).padStart(2, '0')

export const localDateOf = (instant: Date): LocalDate =>
  new Date(instant.getTime() + OFFSET_MINUTES * 60_000).toISOString().slice(0, 10)

export const minuteOfDay = (instant: Date): MinuteOfDay => {
  const shifted = new Date(instant.getTime() + OFFSET_MINUTES * 60_000)
  return shifted.getUTCHours() * 60 + shifted.getUTCMinutes()
}

export const instantOf = (date: LocalDate, minute: MinuteOfDay = 0): Date =>
  new Date(Date.parse(`${date}T00:00:00Z`) + (minute - OFFSET_MINUTES) * 60_000)

/** RFC 3339 with Vietnam's offset, seconds precision: `2026-04-21T08:58:00+07:00`. */
export const toLocalIso = (instant: Date): string =>
  `${new Date(instant.getTime() + OFFSET_MINUTES * 60_000).toISOString().slice(0, 19)}+07:00`

export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export const weekdayOf = (date: LocalDate): number =>
  ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1

/** `07:30` → 450. */
export const minuteFromText = (text: string): MinuteOfDay => {
  const [hours, minutes] = text.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}

/** 450 → `07:30`. */
export const textFromMinute = (minute: MinuteOfDay): string =>
  `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`
