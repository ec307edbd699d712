import {
  type BoundaryNode,
  type EventPlace,
  type Flow,
  type GatewayNode,
  type GraphNode,
  nodeOf,
  type ProcessGraph,
  type Step,
  type Timer,
} from './graph.ts'
import { pathsOf } from './paths.ts'

/** A token stands on one node; a process may have several at once. Keys of new tokens are made up by the plan. */
export type Token = {
  key: string
  node: string
  /** The flow by which it waits at a join. */
  via: string | null
  /** The token that stands on the sub-process or the call around it. */
  scope: string | null
  /** The called version that it travels; null on the instance's own. */
  version: string | null
}
export type TokenMove = Token & { isNew: boolean; parent: string | null; state: 'active' | 'ended' }
export type TaskOutcome = 'completed' | 'returned'
/** Why work ends that nobody completed: an event took over, a way ended everything, or the dossier went back. */
export type CancelCause = 'interrupted' | 'terminated' | 'returned'

/** What a token waits for besides an officer: a moment, a message, or an operation's end. */
export type Wait = { token: string; node: string; version: string | null } & (
  | ({ kind: 'timer'; timer: Timer } & EventPlace)
  | ({ kind: 'message'; message: string; hours: number | null } & EventPlace)
  | { kind: 'operation'; operation: string }
)
export type OpenedStep = { token: string; step: Step; version: string | null; returnedFrom: string | null }
export type Send = { message: string; to: string | null; node: string; name: string }
export type Compensation = { step: string; name: string; text: string }

/** What one decision changes, as plain data: who carries it out gives ids, instants and due dates. */
export type Plan = {
  closeTasks: readonly { task: string; outcome: TaskOutcome }[]
  openTasks: readonly OpenedStep[]
  tokens: readonly TokenMove[]
  /** Tokens that left where they waited: what they waited for is over, and with a cause so are their tasks. */
  left: readonly { token: string; cause: CancelCause | null }[]
  waits: readonly Wait[]
  sends: readonly Send[]
  compensations: readonly Compensation[]
  /** No token is left: the process has ended. */
  ended: boolean
}

/** The task that is acted on: its token stands on its step. */
export type OpenTask = { id: string; token: string; step: string }

/** Flows that a gateway takes, of those that lead out of it. */
export type Chooser = (node: GatewayNode, version: string | null) => readonly Flow[]

/** What the interpreter looks things up in; it has no clock, no ids and no database. */
export type World = {
  graphOf: (version: string | null) => ProcessGraph
  /** The version of a called process in force now; null leaves the call standing as one step. */
  called: (process: string) => string | null
  choose: Chooser
}

type Live = TokenMove

const openTo = (node: GraphNode): boolean =>
  node.boundary.length > 0 || ['receive', 'timer', 'service'].includes(node.kind)

/** Tokens on the move: everything that follows from one event, until each of them rests again. */
function createRun(world: World, tokens: readonly Token[]) {
  const live = new Map(
    tokens.map((token): [string, Live] => [
      token.key,
      { ...token, isNew: false, parent: null, state: 'active' },
    ]),
  )
  const changed = new Set<string>()
  const opened: OpenedStep[] = []
  const waits: Wait[] = []
  const sends: Send[] = []
  const left: { token: string; cause: CancelCause | null }[] = []
  let made = 0

  const get = (key: string): Live => {
    const token = live.get(key)
    if (!token) throw new Error(`there is no token ${key}`)
    return token
  }
  const change = (key: string, what: Partial<Live>): Live => {
    const token = { ...get(key), ...what }
    live.set(key, token)
    changed.add(key)
    return token
  }
  const make = (parent: string, at: Pick<Token, 'node' | 'scope' | 'version'>): string => {
    made += 1
    const key = `new-${made}`
    live.set(key, { ...at, key, via: null, isNew: true, parent, state: 'active' })
    changed.add(key)
    return key
  }
  const nodeAt = ({ node, version }: Token): GraphNode => nodeOf(world.graphOf(version), node)
  const active = (): Live[] => [...live.values()].filter(({ state }) => state === 'active')
  const inside = (scope: string | null): Live[] => active().filter((token) => token.scope === scope)

  const leave = (key: string, cause: CancelCause | null = null): void => {
    const token = get(key)
    if (!token.isNew && (cause !== null || openTo(nodeAt(token)))) left.push({ token: key, cause })
  }
  /** Ends a token and all that is inside it. */
  const cancel = (key: string, cause: CancelCause): void => {
    for (const { key: inner } of inside(key)) cancel(inner, cause)
    leave(key, cause)
    change(key, { state: 'ended' })
  }

  const arm = (token: Live, node: GraphNode): void => {
    const graph = world.graphOf(token.version)
    for (const id of node.boundary) {
      const { event } = nodeOf(graph, id) as BoundaryNode // only boundary events are on a border
      const at = { token: token.key, node: id, version: token.version }
      if (event.kind === 'timer') waits.push({ ...at, ...event })
      if (event.kind === 'message')
        waits.push({ ...at, ...event, hours: null, place: 'resolvingAgency', agency: null })
    }
  }
  const rest = (key: string, node: GraphNode): Live => {
    const token = change(key, { node: node.id, via: null })
    arm(token, node)
    return token
  }

  const along = (key: string, flow: Flow): void => arrive(key, flow.to, flow.id)
  /** The first flow takes the token itself, each other one a new token. */
  const split = (key: string, flows: readonly Flow[]): void => {
    const { scope, version } = get(key)
    const [first, ...others] = flows
    const more = others.map((flow) => ({ flow, key: make(key, { node: flow.from, scope, version }) }))
    if (first) along(key, first)
    for (const one of more) along(one.key, one.flow)
  }
  const onFrom = (key: string, node: GraphNode): void => split(key, node.outgoing)

  const joinParallel = (key: string, node: GatewayNode): void => {
    const { scope, version } = get(key)
    const waiting = inside(scope).filter((one) => one.node === node.id && one.version === version && one.via)
    const arrived = node.incoming.map((flow) => waiting.find(({ via }) => via === flow))
    if (arrived.includes(undefined)) return
    for (const one of arrived) if (one && one.key !== key) change(one.key, { state: 'ended' })
    change(key, { via: null })
    onFrom(key, node)
  }

  const endScope = (scope: string | null): void => {
    if (scope === null || inside(scope).length > 0) return
    const token = get(scope)
    leave(scope)
    onFrom(scope, nodeAt(token))
  }
  const throwError = (key: string, error: string | null): boolean => {
    const token = get(key)
    const catcher = catcherOf(token, error)
    if (catcher) {
      for (const { key: inner } of inside(key)) cancel(inner, 'interrupted')
      leave(key)
      onFrom(key, catcher)
      return true
    }
    return token.scope !== null && throwError(token.scope, error)
  }
  const catcherOf = (token: Live, error: string | null): BoundaryNode | undefined => {
    const graph = world.graphOf(token.version)
    const events = nodeAt(token).boundary.map((id) => nodeOf(graph, id) as BoundaryNode) // as above
    return events.find(
      ({ event }) => event.kind === 'error' && (event.error === null || event.error === error),
    )
  }
  const end = (key: string, node: Extract<GraphNode, { kind: 'end' }>): void => {
    const { scope } = change(key, { node: node.id, via: null, state: 'ended' })
    if (node.ends === 'error' && scope !== null && throwError(scope, node.error)) return
    // An error that nobody catches ends everything, a termination what is beside it.
    const others = node.ends === 'error' ? active().filter((one) => one.scope === null) : inside(scope)
    if (node.ends !== 'path') for (const one of others) cancel(one.key, 'terminated')
    if (node.ends !== 'error') endScope(scope)
  }

  const enter = (key: string, node: Extract<GraphNode, { kind: 'sub-process' | 'call' }>): void => {
    const token = rest(key, node)
    const version = node.kind === 'call' ? world.called(node.process) : token.version
    if (node.kind === 'call' && version === null) return
    const start = node.kind === 'call' ? world.graphOf(version).start : node.start
    arrive(make(key, { node: start, scope: key, version }), start, null)
  }

  function arrive(key: string, id: string, via: string | null): void {
    const { version } = get(key)
    const node = nodeOf(world.graphOf(version), id)
    const at = { token: key, node: id, version }
    switch (node.kind) {
      case 'step':
        opened.push({ token: rest(key, node).key, step: node.step, version, returnedFrom: null })
        break
      case 'timer':
        rest(key, node)
        waits.push({ ...at, kind: 'timer', timer: node.timer, place: node.place, agency: node.agency })
        break
      case 'receive': {
        rest(key, node)
        const { message, hours, place, agency } = node
        waits.push({ ...at, kind: 'message', message, hours, place, agency })
        break
      }
      case 'service':
        rest(key, node)
        waits.push({ ...at, kind: 'operation', operation: node.operation })
        break
      case 'send':
        sends.push({ message: node.message, to: node.to, node: id, name: node.name })
        onFrom(key, node)
        break
      case 'exclusive':
        split(key, world.choose(node, version).slice(0, 1))
        break
      case 'parallel':
        change(key, { node: id, via })
        joinParallel(key, node)
        break
      case 'inclusive':
        change(key, { node: id, via })
        break
      case 'end':
        end(key, node)
        break
      case 'sub-process':
      case 'call':
        enter(key, node)
        break
      default:
        onFrom(key, node)
    }
  }

  /**
   * An inclusive join goes on when no token can still come by a flow that has none (BPMN 2.0, 13.4.3): one that could also
   * come by a flow where one waits already does not hold it up.
   */
  const isComplete = (waiting: readonly Live[], node: GatewayNode, version: string | null): boolean => {
    const [first] = waiting
    const { leadingTo } = pathsOf(world.graphOf(version))
    const filled = new Set(waiting.map(({ via }) => via))
    const empty = node.incoming.filter((flow) => !filled.has(flow))
    const beside = inside(first?.scope ?? null).filter(
      (one) => one.version === version && !(one.node === node.id && one.via !== null),
    )
    const comes = (one: Live, flows: readonly string[]) => flows.some((flow) => leadingTo(flow).has(one.node))
    const taken = node.incoming.filter((flow) => filled.has(flow))
    return !beside.some((one) => comes(one, empty) && !comes(one, taken))
  }
  const nextJoin = (): { keep: Live; others: readonly Live[]; node: GatewayNode } | undefined => {
    const waiting = active().filter((one) => one.via !== null && nodeAt(one).kind === 'inclusive')
    const places = Map.groupBy(waiting, (one) => `${one.scope} ${one.version} ${one.node}`)
    for (const [keep, ...others] of places.values()) {
      if (!keep) continue
      const node = nodeAt(keep) as GatewayNode // filtered above
      if (isComplete([keep, ...others], node, keep.version)) return { keep, others, node }
    }
    return undefined
  }
  const settle = (): void => {
    for (let join = nextJoin(); join; join = nextJoin()) {
      for (const { key } of join.others) change(key, { state: 'ended' })
      const { key, version } = change(join.keep.key, { via: null })
      split(key, world.choose(join.node, version))
    }
  }

  const planOf = (given: Partial<Plan>): Plan => {
    settle()
    const isHere = ({ token, node }: { token: string; node: string }): boolean => {
      const { state, ...at } = get(token)
      return state === 'active' && (at.node === node || nodeAt(get(token)).boundary.includes(node))
    }
    return {
      closeTasks: [],
      compensations: [],
      ...given,
      openTasks: opened.filter(({ token, step }) => isHere({ token, node: step.id })),
      tokens: [...changed].map(get),
      left,
      waits: waits.filter(isHere),
      sends,
      ended: active().length === 0,
    }
  }
  return {
    get,
    nodeAt,
    active,
    inside,
    leave,
    cancel,
    change,
    make,
    arrive,
    onFrom,
    throwError,
    opened,
    planOf,
  }
}

type Run = ReturnType<typeof createRun>

/** By the conditions: the first that holds, or of an inclusive gateway all that hold; else the default. */
export const chooseBy =
  (facts: (version: string | null) => Parameters<NonNullable<Flow['condition']>['evaluate']>[0]): Chooser =>
  (node, version) => {
    if (node.outgoing.length < 2) return node.outgoing
    const values = facts(version)
    const holding = node.outgoing.filter(({ condition }) => condition?.evaluate(values) === true)
    if (holding.length > 0) return node.kind === 'exclusive' ? holding.slice(0, 1) : holding
    return node.outgoing.filter(({ id }) => id === node.otherwise)
  }

/** A new dossier's first steps. */
export function start(world: World): Plan {
  const graph = world.graphOf(null)
  const first: Token = { key: 'new-0', node: graph.start, via: null, scope: null, version: null }
  const run = createRun(world, [first])
  run.change(first.key, { isNew: true })
  run.arrive(first.key, graph.start, null)
  return run.planOf({})
}

const assertStep = (run: Run, task: OpenTask) => {
  const token = run.get(task.token)
  const node = run.nodeAt(token)
  if (node.kind !== 'step' || node.id !== task.step) throw new Error(`${task.step} is not where its token is`)
  return { token, node }
}

/** The step is done; the token goes on to what follows. */
export function complete(world: World, tokens: readonly Token[], task: OpenTask): Plan {
  const run = createRun(world, tokens)
  const { node } = assertStep(run, task)
  run.leave(task.token)
  run.onFrom(task.token, node)
  return run.planOf({ closeTasks: [{ task: task.id, outcome: 'completed' }] })
}

/** What a token waited for has come: its own timer, message or operation, or an event on the border of its activity. */
export function happen(world: World, tokens: readonly Token[], event: { token: string; node: string }): Plan {
  const run = createRun(world, tokens)
  const token = run.get(event.token)
  const node = nodeOf(world.graphOf(token.version), event.node)
  if (node.kind === 'boundary' && !node.interrupting) {
    const { scope, version } = token
    run.onFrom(run.make(token.key, { node: node.id, scope, version }), node)
    return run.planOf({})
  }
  const cause = node.kind === 'boundary' ? 'interrupted' : null
  for (const { key } of run.inside(token.key)) run.cancel(key, 'interrupted')
  run.leave(token.key, cause)
  run.onFrom(token.key, node)
  return run.planOf({})
}

/** An operation ends with an error that the process knows; undefined when no event catches it. */
export function fail(
  world: World,
  tokens: readonly Token[],
  { token, error }: { token: string; error: string },
): Plan | undefined {
  const run = createRun(world, tokens)
  return run.throwError(token, error) ? run.planOf({}) : undefined
}

/** The token that goes back: the acting one, or the one around it that stands beside the step to which it goes. */
function moverOf(run: Run, world: World, key: string, scope: string | null): string {
  const token = run.get(key)
  const graph = world.graphOf(token.version)
  if (nodeOf(graph, token.node).scope === scope || token.scope === null) return key
  return moverOf(run, world, token.scope, scope)
}

/**
 * The dossier goes back to an earlier step, which opens again and knows who sent it. Whatever came after that step on the
 * same level is cancelled. Where a parallel join lies between, the branches that the way back does not repeat count as
 * arrived: they wait at the join again, so that it does not wait for them.
 */
export function sendBack(
  world: World,
  tokens: readonly Token[],
  task: OpenTask,
  to: { step: string; passed: ReadonlySet<string> },
): Plan {
  const run = createRun(world, tokens)
  const { token, node } = assertStep(run, task)
  if (!node.step.canReturnTo.includes(to.step)) throw new Error(`${task.step} does not return to ${to.step}`)
  const graph = world.graphOf(token.version)
  const { after } = pathsOf(graph)
  const mover = run.get(moverOf(run, world, task.token, nodeOf(graph, to.step).scope))
  const repeated = (id: string): boolean => id === to.step || after(to.step).has(id)
  const sourceOf = (flow: string): string => graph.flows.get(flow)?.from ?? ''
  for (const { key } of run.inside(mover.key)) run.cancel(key, 'returned')
  for (const one of run.inside(mover.scope)) {
    const at = one.via === null ? one.node : sourceOf(one.via)
    if (one.key !== mover.key && one.version === mover.version && repeated(at))
      run.cancel(one.key, 'returned')
  }
  for (const join of graph.nodes.values()) {
    const between = after(to.step).has(join.id) && after(join.id).has(mover.node)
    if (join.kind !== 'parallel' || join.incoming.length < 2 || !between) continue
    for (const flow of join.incoming) {
      const { scope, version } = mover
      if (repeated(sourceOf(flow))) continue
      run.change(run.make(mover.key, { node: join.id, scope, version }), { via: flow })
    }
  }
  run.leave(mover.key)
  run.arrive(mover.key, to.step, null)
  const plan = run.planOf({ closeTasks: [{ task: task.id, outcome: 'returned' }] })
  return {
    ...plan,
    // The acting task is closed as returned, not cancelled, also when its token ends with the sub-process around it.
    openTasks: plan.openTasks.map((one) => ({
      ...one,
      returnedFrom: one.step.id === to.step ? task.step : one.returnedFrom,
    })),
    compensations: compensationsOf(graph, to, task.step),
  }
}

/** What the steps that are gone over again say must be undone, in their order. */
const compensationsOf = (
  graph: ProcessGraph,
  to: { step: string; passed: ReadonlySet<string> },
  from: string,
): Compensation[] =>
  graph.steps.flatMap(({ id, name, compensation }) => {
    const over = id !== from && id !== to.step && to.passed.has(id) && followsIn(graph, to.step, id)
    return compensation !== null && over ? [{ step: id, name, text: compensation }] : []
  })

/** Whether a step comes after another, also from inside a sub-process that does. */
const followsIn = (graph: ProcessGraph, earlier: string, id: string): boolean => {
  const { scope } = nodeOf(graph, id)
  if (scope === nodeOf(graph, earlier).scope) return pathsOf(graph).after(earlier).has(id)
  return scope !== null && followsIn(graph, earlier, scope)
}

/** The instance's active tokens after a plan; a later decision in the same transaction starts from these. */
export function tokensAfter(tokens: readonly Token[], plan: Plan): Token[] {
  const moved = new Map(plan.tokens.map((token) => [token.key, token]))
  const kept = tokens.filter(({ key }) => !moved.has(key))
  const active = plan.tokens.filter(({ state }) => state === 'active')
  return [
    ...kept,
    ...active.map(({ key, node, via, scope, version }) => ({ key, node, via, scope, version })),
  ]
}
