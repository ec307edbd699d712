/**
 * The calendar: working hours, holidays and swapped days, and the arithmetic of every deadline.
 *
 * The nation, the province and each centre say what they know; a lower one overrides a higher one day by day. All of it is
 * compiled into prefix sums, so that a due date costs about a microsecond and comes with the way it was reached, from
 * which the day ruler and the sentences are made. `rules.ts` does that without a database, in the browser as well.
 * A year whose days off are not announced answers provisionally instead of wrongly.
 *
 * Besides the usual files: `cache.ts` keeps compiled calendars per process, `administration.ts` holds the use cases that
 * change a calendar, `guards.ts` the refusals that both services share, `rules/` one question per file.
 */
export type { CalendarDeps } from './deps.ts'
export { calendarErrors } from './errors.ts'
export { createCalendarRoutes } from './routes.ts'
export { type CalendarService, createCalendarService } from './service.ts'
