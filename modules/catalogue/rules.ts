/** The module's pure decisions, in parts; other modules and the browser import them here. */
export { paperRule } from './rules/conditions.ts'
export type {
  Component,
  Content,
  Duration,
  DurationUnit,
  Flag,
  Method,
  ProcedureCase,
} from './rules/content.ts'
export {
  type DatedContent,
  durationFor,
  inForce,
  type Limit,
  type PromisedDuration,
  totalProcessHours,
} from './rules/durations.ts'
export { assessFees, type FeeAssessment, type FeeLine } from './rules/fees.ts'
export { headingKind } from './rules/headings.ts'
export { normalise } from './rules/normalise.ts'
export type { Channel, Level, ProcedureRecord } from './rules/record.ts'
