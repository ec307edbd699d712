/**
 * Workflow: how a dossier travels. Process versions are BPMN 2.0, compiled once to an immutable graph; an instance's tokens and
 * tasks are rows, moved in the transaction that moves the dossier (ADR 0004). The module knows no dossier: an instance belongs to
 * a subject (kind, id), and rights arrive as (unit, role) pairs.
 *
 * Three parts are folders because they have several files of one kind: `rules/` (BPMN, graph, interpreter), `store/` (processes,
 * moves) and `service/` (processes, moves, tasks).
 */
export { workflowErrors } from './errors.ts'
export { createWorkflowRoutes } from './routes.ts'
export type { Next, OpenedTask } from './service/carry-out.ts'
export {
  OperationError,
  type ServiceOperation,
  type ServiceOperations,
  type WorkflowDeps,
} from './service/deps.ts'
export type { Act, Moved, MoveItem, MoveResult, StartItem } from './service/moves.ts'
export { createWorkflowService, type WorkflowService } from './service.ts'
export type { LockedTask, Places, Subject } from './store/instances.ts'
export type { TaskFilter, TaskPosition, TaskRights, TaskRow } from './views.ts'
