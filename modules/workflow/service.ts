import type { WorkflowDeps } from './service/deps.ts'
import { createDispatch } from './service/dispatch.ts'
import { createEscalation } from './service/escalation.ts'
import { createGraphCache } from './service/graphs.ts'
import { createHappenings } from './service/happenings.ts'
import { createLookups } from './service/lookups.ts'
import { createMany } from './service/many.ts'
import { createMoves } from './service/moves.ts'
import { createProcesses } from './service/processes.ts'
import { createTasks } from './service/tasks.ts'
import { countTasks, listTasks, tasksOfSubjects } from './views.ts'

export function createWorkflowService(deps: WorkflowDeps) {
  const graphs = createGraphCache()
  const moves = createMoves(deps, graphs)
  const happenings = createHappenings(deps, graphs, moves)
  return {
    ...createProcesses(deps, graphs),
    ...moves,
    ...happenings,
    ...createDispatch(deps, graphs, happenings),
    ...createEscalation(deps),
    ...createTasks(deps),
    ...createLookups(deps, graphs),
    ...createMany(deps, graphs),
    ...graphs,
    listTasks,
    countTasks,
    tasksOfSubjects,
  }
}

export type WorkflowService = ReturnType<typeof createWorkflowService>
