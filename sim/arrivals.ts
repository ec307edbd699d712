import { addDays, type LocalDate, weekdayOf } from '#platform/time/vietnam.ts'

/**
 * When people come. No public log of visits to a one-stop centre was found, so the shape is an assumption that a province
 * replaces by its own counts: Monday is the busiest day, the first hours after opening the busiest of a day, the weeks around
 * Tết the busiest of the year.
 */

/** Monday first, Friday the quietest; a swapped Saturday counts as a quiet day. */
const WEEKDAYS = [1.4, 1.1, 1, 0.95, 0.85, 0.6, 0.6]

/** People come in the morning, early; few at the end of a session. By the minute from which it holds. */
const HOURS: readonly (readonly [minute: number, weight: number])[] = [
  [0, 0.8],
  [8 * 60, 1.5],
  [9 * 60, 1.3],
  [10 * 60, 0.9],
  [11 * 60, 0.35],
  [13 * 60, 0.6],
  [14 * 60, 0.8],
  [15 * 60, 0.6],
  [16 * 60, 0.3],
]

/** The first day of the lunar year, as the calendars of these years print it. */
const TET: readonly LocalDate[] = [
  ...['2024-02-10', '2025-01-29', '2026-02-17', '2027-02-06', '2028-01-26', '2029-02-13', '2030-02-03'],
]
const BEFORE_TET = { days: 14, weight: 1.35 }
const AFTER_TET = { days: 14, weight: 1.25 }

export const weekdayWeight = (date: LocalDate): number => WEEKDAYS[weekdayOf(date) - 1] ?? 1

export const hourWeight = (minute: number): number => HOURS.findLast(([from]) => from <= minute)?.[1] ?? 0

/** Everybody wants it done before Tết, and what waited comes after it. */
export const seasonWeight = (date: LocalDate): number =>
  TET.some((tet) => date < tet && date >= addDays(tet, -BEFORE_TET.days))
    ? BEFORE_TET.weight
    : TET.some((tet) => date >= tet && date <= addDays(tet, AFTER_TET.days))
      ? AFTER_TET.weight
      : 1
