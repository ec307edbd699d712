/** Pure decisions of a dossier's life; the browser may import them for words and checks, never to decide rights. */
export { type ApprovalCheck, approvalChecks } from './rules/approval-checks.ts'
export { SCOPE, SCOPE_WORDS, type ScopePart } from './rules/authorisation.ts'
export {
  actionsFrom,
  type Block,
  type DossierFacts,
  decide,
  type Holder,
  stateAfter,
  type Verdict,
} from './rules/decide.ts'
export { groupOf } from './rules/group.ts'
export { HISTORY_FIELDS, HISTORY_STATES, type HistoryField } from './rules/history.ts'
export {
  contradictsPersonalId,
  isPhone,
  isSampleId,
  isSampleTaxCode,
  isTaxCode,
  lastFour,
  maskNumber,
  type PersonalIdProblem,
  personalIdProblem,
  readPersonalId,
  whyPersonalId,
} from './rules/identity-numbers.ts'
export { fillTemplate, PLACEHOLDERS, type Placeholder } from './rules/opinion-template.ts'
export {
  CHART,
  type DeadlineKind,
  ENDED,
  INTAKES,
  type NationalStatus,
  type Notice,
  nationalStatus,
  type Place,
  RUNNING,
  STATE_LABELS,
  STEPS,
  statusOf,
  type Transition,
  WAITING_FOR_APPLICANT,
} from './rules/state-chart.ts'
