/** Pure decisions about processes: reading BPMN, standard processes, how tokens move, who may act on a task. */
export { type Compiled, type CompileOptions, compileProcess } from './rules/compile.ts'
export {
  type Completion,
  type Officer,
  refuseCompletion,
  refuseSendBack,
  refuseStanding,
  type TaskStanding,
  type WorkflowRefusal,
} from './rules/decide.ts'
export {
  type ProcessGraph,
  STEP_ACTIONS,
  STEP_PLACES,
  STEP_REQUIREMENTS,
  type Step,
  type StepAction,
  type StepPlace,
  totalHours,
} from './rules/graph.ts'
export {
  complete,
  type OpenTask,
  type Plan,
  sendBack,
  start,
  type Token,
  tokensAfter,
} from './rules/interpret.ts'
export { PROBLEM_CODES, type Problem, type ProblemCode } from './rules/problems.ts'
export { standardKey, standardProcess, standardSteps } from './rules/standard-process.ts'
