/** Pure decisions about processes: reading BPMN, standard processes, how tokens move, who may act on a task. */
export { callProblems } from './rules/calls.ts'
export { compileProcess, warningsOf } from './rules/compile.ts'
export {
  type ActingOfficer,
  actingFor,
  type Cancelled,
  type Completion,
  cancelWords,
  type Officer,
  refuseCompletion,
  refuseSendBack,
  refuseStanding,
  remember,
  rememberOwn,
  type TaskStanding,
  type WorkflowRefusal,
} from './rules/decide.ts'
export {
  DISPATCHERS,
  type DispatchRights,
  dispatchReach,
  dispatchRights,
  type HeldRight,
  type StuckKind,
  stuckGroups,
  type WorkGroup,
} from './rules/dispatch.ts'
export {
  declaredOf,
  type FactValue,
  factsFor,
  noVariables,
  type Variables,
} from './rules/facts.ts'
export {
  type Decision,
  nodeOf,
  type ProcessGraph,
  type Step,
  type StepAction,
  type StepPart,
  type Timer,
} from './rules/graph.ts'
export {
  type CancelCause,
  type Compensation,
  chooseBy,
  complete,
  fail,
  happen,
  type Plan,
  type Send,
  sendBack,
  start,
  type Token,
  tokensAfter,
  type Wait,
  type World,
} from './rules/interpret.ts'
export { stepsFollowing, totalHours } from './rules/paths.ts'
export type { Problem } from './rules/problems.ts'
export { ownKey, standardKey, standardProcess } from './rules/standard-process.ts'
