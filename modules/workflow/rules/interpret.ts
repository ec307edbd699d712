import type { GraphNode, ProcessGraph, Step } from './graph.ts'

/** A token stands on one node; a process may have several at once. Keys of new tokens are made up by the plan. */
export type Token = { key: string; node: string }
export type TokenMove = {
  key: string
  isNew: boolean
  parent: string | null
  node: string
  state: 'active' | 'ended'
}
export type TaskOutcome = 'completed' | 'returned'

/** What one decision changes, as plain data: who carries it out gives ids, instants and due dates. */
export type Plan = {
  closeTasks: readonly { task: string; outcome: TaskOutcome }[]
  openTasks: readonly { token: string; step: Step; returnedFrom: string | null }[]
  tokens: readonly TokenMove[]
  /** No token is left: the process has ended. */
  ended: boolean
}

/** The task that is acted on: its token stands on its step. */
export type OpenTask = { id: string; token: string; step: string }

const nodeOf = (graph: ProcessGraph, id: string): GraphNode => {
  const node = graph.nodes.get(id)
  if (!node) throw new Error(`process ${graph.id} has no node ${id}`)
  return node
}

/** Where a token comes to rest: on the node itself when it is a step or the end, else on what follows. */
function rest(graph: ProcessGraph, id: string): Exclude<GraphNode, { kind: 'start' }> {
  const node = nodeOf(graph, id)
  return node.kind === 'start' ? rest(graph, node.next) : node
}

type Move = { key: string; isNew: boolean; to: string; returnedFrom: string | null }

function moveToken(graph: ProcessGraph, others: readonly Token[], move: Move): Omit<Plan, 'closeTasks'> {
  const node = rest(graph, move.to)
  const token = { key: move.key, isNew: move.isNew, parent: null, node: node.id }
  if (node.kind === 'end')
    return { openTasks: [], tokens: [{ ...token, state: 'ended' }], ended: others.length === 0 }
  const opened = { token: move.key, step: node.step, returnedFrom: move.returnedFrom }
  return { openTasks: [opened], tokens: [{ ...token, state: 'active' }], ended: false }
}

const FIRST_TOKEN = 'new-1'

/** A new dossier's first step. */
export const start = (graph: ProcessGraph): Plan => ({
  closeTasks: [],
  ...moveToken(graph, [], { key: FIRST_TOKEN, isNew: true, to: graph.start, returnedFrom: null }),
})

const others = (tokens: readonly Token[], task: OpenTask): Token[] =>
  tokens.filter(({ key }) => key !== task.token)

/** The step is done; the token goes on to what follows. */
export function complete(graph: ProcessGraph, tokens: readonly Token[], task: OpenTask): Plan {
  const node = nodeOf(graph, task.step)
  if (node.kind !== 'step') throw new Error(`${task.step} of process ${graph.id} is not a step`)
  return {
    closeTasks: [{ task: task.id, outcome: 'completed' }],
    ...moveToken(graph, others(tokens, task), {
      key: task.token,
      isNew: false,
      to: node.next,
      returnedFrom: null,
    }),
  }
}

/** The token goes back to an earlier step, which opens again and knows who sent it. */
export function sendBack(
  graph: ProcessGraph,
  tokens: readonly Token[],
  task: OpenTask,
  toStep: string,
): Plan {
  const node = nodeOf(graph, task.step)
  if (node.kind !== 'step' || !node.step.canReturnTo.includes(toStep))
    throw new Error(`${task.step} of process ${graph.id} does not return to ${toStep}`)
  return {
    closeTasks: [{ task: task.id, outcome: 'returned' }],
    ...moveToken(graph, others(tokens, task), {
      key: task.token,
      isNew: false,
      to: toStep,
      returnedFrom: task.step,
    }),
  }
}

/** The instance's active tokens after a plan; a later decision in the same transaction starts from these. */
export function tokensAfter(tokens: readonly Token[], plan: Plan): Token[] {
  const moved = new Map(plan.tokens.map((token) => [token.key, token]))
  const kept = tokens.filter(({ key }) => !moved.has(key))
  const active = plan.tokens.filter(({ state }) => state === 'active')
  return [...kept, ...active.map(({ key, node }) => ({ key, node }))]
}
