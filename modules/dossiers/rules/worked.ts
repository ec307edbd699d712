import { type Calendar, workingMinutesBetween } from '#modules/calendar/rules.ts'

/** While the clock stood still; an open end lasts until now. */
export type Pause = { from_at: Date; to_at: Date | null }

const later = (a: Date, b: Date): Date => (a > b ? a : b)
const earlier = (a: Date, b: Date): Date => (a < b ? a : b)

/** Working minutes between two moments without those in which the dossier waited for the applicant. */
export const workedMinutes = (calendar: Calendar, from: Date, to: Date, pauses: readonly Pause[]): number => {
  const waited = pauses.reduce((sum, pause) => {
    const begin = later(from, pause.from_at)
    const end = earlier(to, pause.to_at ?? to)
    return begin < end ? sum + workingMinutesBetween(calendar, begin, end) : sum
  }, 0)
  return workingMinutesBetween(calendar, from, to) - waited
}
