/**
 * The calendar: working hours, holidays and swapped days, and the arithmetic of every deadline.
 *
 * `rules.ts` answers when a term ends and why, on a compiled calendar, in the browser as well.
 */
export { compileCalendar, dueDate, explainDue } from './rules.ts'
