/** Deadline arithmetic: pure, fast and the same in the browser. Each file of `rules/` is one question. */
export { type Calendar, compileCalendar } from './rules/compile.ts'
export { amountProblem, dueDate, restartedDue } from './rules/due.ts'
export {
  type CalendarLayer,
  type DayException,
  type DayPolicy,
  DURATION_UNITS,
  type DurationUnit,
  OutOfCalendar,
  type Session,
} from './rules/model.ts'
export { type Moved, traceMoved } from './rules/moved.ts'
export { NO_LIMIT_WORDS } from './rules/no-limit.ts'
export type { ParameterKey } from './rules/parameter-keys.ts'
export {
  type DatedValue,
  type LocalProblem,
  type LocalValue,
  localProblem,
  PARAMETERS,
  type Parameter,
  parameterOn,
} from './rules/parameters.ts'
export { punctuality, standing, standingInWords } from './rules/remaining.ts'
export { type DayRuler, dayRuler, type RulerDay, type RulerRow } from './rules/ruler.ts'
export { dueInWords, explainDue } from './rules/sentences.ts'
export type { DueTrace } from './rules/trace.ts'
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
export { nationLayer, readYearTables } from './rules/year-table.ts'
