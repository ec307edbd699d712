/** Deadline arithmetic: pure, fast and the same in the browser. Each file of `rules/` is one question. */
export { type Calendar, compileCalendar } from './rules/compile.ts'
export { amountProblem, type DueDate, dueDate, restartedDue } from './rules/due.ts'
export {
  type CalendarLayer,
  type DayException,
  type DayPolicy,
  DURATION_UNITS,
  type DurationUnit,
  OutOfCalendar,
  type Session,
} from './rules/model.ts'
export { punctuality, type Standing, standing, standingInWords } from './rules/remaining.ts'
export type { DueRequest } from './rules/request.ts'
export { type DayRuler, dayRuler, type RulerDay, type RulerRow } from './rules/ruler.ts'
export { dueInWords, type Explanation, explainDue } from './rules/sentences.ts'
export type { CountedDay, DueTrace, SkippedDay, SkipReason } from './rules/trace.ts'
export {
  addWorkingMinutes,
  isOpen,
  isWorking,
  lastWorkBeforeDueDay,
  mayAnnounceExtension,
  movedByPause,
  nextSession,
  paperTransfer,
  workingMinutesBetween,
} from './rules/working-time.ts'
export { BadYearTable, nationLayer, readYearTables, type YearTables } from './rules/year-table.ts'
