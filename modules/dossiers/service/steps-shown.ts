import type { TaskRow } from '#modules/workflow/index.ts'
import { type ProcessGraph, type Step, stepsFollowing } from '#modules/workflow/rules.ts'
import { isOpen } from './summaries.ts'

/** Steps that were taken, and those that may still come: a branch that was not chosen is not expected. */
export const stepsShown = (graph: ProcessGraph, tasks: readonly TaskRow[]): readonly Step[] => {
  const todo = tasks.filter(isOpen).map(({ step }) => step)
  // While no officer has a step, the process waits for something else and everything may still come.
  if (todo.length === 0 && !tasks.some(({ action }) => action === 'return')) return graph.steps
  const ahead = new Set<string>()
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (ahead.has(id)) continue
    ahead.add(id)
    todo.push(...stepsFollowing(graph, id).map((step) => step.id))
  }
  return graph.steps.filter(({ id }) => ahead.has(id) || tasks.some(({ step }) => step === id))
}
