import { type GraphNode, nodeOf, type ProcessGraph, type Step, type Timer } from './graph.ts'

/** Ways through a graph that do not turn back: loops are ways forward plus one way back. */
export type Paths = {
  /** Nodes of each scope ('' is the first level) in an order in which none comes before what leads to it. */
  order: ReadonlyMap<string, readonly string[]>
  /** Nodes that follow a node, in its own scope, without turning back. */
  after: (id: string) => ReadonlySet<string>
  /** Nodes of the scope from which a flow is reached without passing its target. */
  leadingTo: (flow: string) => ReadonlySet<string>
}

const known = new WeakMap<ProcessGraph, Paths>()

/** Where a node leads within its scope: its flows, and the events on its border. */
const successors = (graph: ProcessGraph, node: GraphNode): { to: string; flow: string | null }[] =>
  [
    ...node.outgoing.map(({ to, id }) => ({ to, flow: id })),
    ...node.boundary.map((to) => ({ to, flow: null })),
  ].filter(({ to }) => graph.nodes.has(to))

/** Depth first from a start; a flow to a node that is still being visited turns back. */
function explore(graph: ProcessGraph, start: string, turning: Set<string>): string[] {
  const left = new Set<string>()
  const visiting = new Set<string>()
  const postorder: string[] = []
  const visit = (id: string): void => {
    visiting.add(id)
    // Last branch first, so that in the reversed order the first branch comes first.
    for (const { to, flow } of successors(graph, nodeOf(graph, id)).toReversed()) {
      if (visiting.has(to)) turning.add(flow ?? to)
      else if (!left.has(to)) visit(to)
    }
    visiting.delete(id)
    left.add(id)
    postorder.push(id)
  }
  visit(start)
  return postorder.reverse()
}

export function pathsOf(graph: ProcessGraph): Paths {
  const before = known.get(graph)
  if (before) return before
  const turning = new Set<string>()
  const starts = [...graph.nodes.values()].filter(({ kind }) => kind === 'start')
  const order = new Map(starts.map(({ id, scope }) => [scope ?? '', explore(graph, id, turning)]))
  const forward = (id: string): string[] =>
    successors(graph, nodeOf(graph, id)).flatMap(({ to, flow }) => (turning.has(flow ?? to) ? [] : [to]))
  const following = new Map<string, ReadonlySet<string>>()
  const after = (id: string): ReadonlySet<string> => {
    const found = following.get(id)
    if (found) return found
    const set = new Set(forward(id).flatMap((next) => [next, ...after(next)]))
    following.set(id, set)
    return set
  }
  const leading = new Map<string, ReadonlySet<string>>()
  const leadingTo = (flow: string): ReadonlySet<string> => {
    const found = leading.get(flow)
    if (found) return found
    const set = backwards(graph, flow)
    leading.set(flow, set)
    return set
  }
  const paths = { order, after, leadingTo }
  known.set(graph, paths)
  return paths
}

/** Everything from which the flow can be reached without passing its target, loops included. */
function backwards(graph: ProcessGraph, flowId: string): Set<string> {
  const flow = graph.flows.get(flowId)
  const found = new Set<string>()
  const todo = flow ? [flow.from] : []
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (found.has(id) || id === flow?.to) continue
    found.add(id)
    const node = nodeOf(graph, id)
    if (node.kind === 'boundary') todo.push(node.on)
    for (const incoming of node.incoming) {
      const from = graph.flows.get(incoming)?.from
      if (from !== undefined) todo.push(from)
    }
  }
  return found
}

/** Steps in the order of the flow, those of a sub-process at its place. */
export function stepsInOrder(graph: ProcessGraph): Step[] {
  const { order } = pathsOf(graph)
  const inside = (scope: string): Step[] =>
    (order.get(scope) ?? []).flatMap((id) => {
      const node = nodeOf(graph, id)
      if (node.kind === 'step') return [node.step]
      return node.kind === 'sub-process' ? inside(id) : []
    })
  return inside('')
}

/** Steps that may open when one is done, whatever the gateways between them choose. */
export function stepsFollowing(graph: ProcessGraph, id: string): Step[] {
  const found = new Map<string, Step>()
  const seen = new Set<string>()
  const todo = nodeOf(graph, id).outgoing.map(({ to }) => to)
  for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
    if (seen.has(next)) continue
    seen.add(next)
    const node = nodeOf(graph, next)
    if (node.kind === 'step') found.set(next, node.step)
    else if (node.kind === 'sub-process') todo.push(node.start)
    else if (node.kind === 'end' && node.scope !== null)
      todo.push(...nodeOf(graph, node.scope).outgoing.map(({ to }) => to))
    else todo.push(...node.outgoing.map(({ to }) => to))
  }
  return [...found.values()]
}

/** Working hours of the called processes, by key. */
export type CalledHours = ReadonlyMap<string, number>

/** A timer whose hours depend on facts has none that are planned. */
const plannedHours = (timer: Timer): number =>
  timer.kind === 'working-hours' && /^\d+(\.\d+)?$/.test(timer.hours.source) ? Number(timer.hours.source) : 0

function ownHours(graph: ProcessGraph, node: GraphNode, called: CalledHours): number {
  if (node.kind === 'step') return node.step.hours ?? 0
  if (node.kind === 'receive') return node.hours ?? 0
  if (node.kind === 'timer') return plannedHours(node.timer)
  if (node.kind === 'sub-process') return longestIn(graph, node.id, called)
  return node.kind === 'call' ? (called.get(node.process) ?? 0) : 0
}

function longestIn(graph: ProcessGraph, scope: string, called: CalledHours): number {
  const order = pathsOf(graph).order.get(scope) ?? []
  const place = new Map(order.map((id, index) => [id, index]))
  const hours = new Map<string, number>()
  for (const [index, id] of order.entries()) {
    const node = nodeOf(graph, id)
    const sources = [
      ...node.incoming.map((flow) => graph.flows.get(flow)?.from),
      ...(node.kind === 'boundary' ? [node.on] : []),
    ]
    // Only what comes before counts: a way back is another round, not a part of this one.
    const reached = sources.filter((from) => from !== undefined && (place.get(from) ?? index) < index)
    const earlier = Math.max(0, ...reached.map((from) => hours.get(from ?? '') ?? 0))
    hours.set(id, earlier + ownHours(graph, node, called))
  }
  return Math.max(0, ...hours.values())
}

/** Working hours of the longest way: what follows adds up, of what runs side by side the longest counts. */
export const totalHours = (graph: ProcessGraph, called: CalledHours = new Map()): number =>
  longestIn(graph, '', called)

/** Working hours that each named agency has in all; null stands for the place of the dossier. */
export function agencyHours(graph: ProcessGraph): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { agency, place, hours } of graph.steps) {
    const whose = agency ?? place
    sums.set(whose, (sums.get(whose) ?? 0) + (hours ?? 0))
  }
  return sums
}
