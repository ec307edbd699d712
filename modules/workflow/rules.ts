/** Pure decisions about processes: reading BPMN, standard processes, how tokens move, who may act on a task. */
export { compileProcess } from './rules/compile.ts'
export {
  type Completion,
  type Officer,
  refuseCompletion,
  refuseSendBack,
  refuseStanding,
  type TaskStanding,
  type WorkflowRefusal,
} from './rules/decide.ts'
export { type ProcessGraph, type Step, type StepAction, totalHours } from './rules/graph.ts'
export { complete, type Plan, sendBack, start, tokensAfter } from './rules/interpret.ts'
export type { Problem } from './rules/problems.ts'
export { standardKey, standardProcess } from './rules/standard-process.ts'
