import { type Calendar, workingMinutesBetween } from '#modules/calendar/rules.ts'
import type { Interval } from './clock.ts'

/** While the clock stood still; an open end lasts until now. */
export type Pause = Pick<Interval, 'from' | 'to'>

export const pausesIn = (intervals: readonly Interval[]): Pause[] =>
  intervals.filter(({ kind }) => kind !== 'RUNNING')

const later = (a: Date, b: Date): Date => (a > b ? a : b)
const earlier = (a: Date, b: Date): Date => (a < b ? a : b)

/** Working minutes between two moments without those in which the dossier waited for the applicant. */
export const workedMinutes = (calendar: Calendar, from: Date, to: Date, pauses: readonly Pause[]): number => {
  const waited = pauses.reduce((sum, pause) => {
    const begin = later(from, pause.from)
    const end = earlier(to, pause.to ?? to)
    return begin < end ? sum + workingMinutesBetween(calendar, begin, end) : sum
  }, 0)
  return workingMinutesBetween(calendar, from, to) - waited
}
