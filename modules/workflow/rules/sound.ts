import { type Flow, type GatewayNode, type GraphNode, nodeOf, type ProcessGraph } from './graph.ts'
import {
  complete,
  happen,
  type Plan,
  sendBack,
  start,
  type Token,
  tokensAfter,
  type World,
} from './interpret.ts'
import { type ElementName, type Problem, problem } from './problems.ts'

/** More states than a process that a person can read ever has. */
const MOST_STATES = 10_000
/** Beyond this the ways out of an inclusive gateway are tried one by one, in pairs and all together. */
const MOST_FLOWS = 5

type State = {
  tokens: readonly Token[]
  /** Events on a border that have happened and may not happen again there. */
  spent: ReadonlySet<string>
}

/** All of them but the empty one: the bits of a number say which flows are in a set. */
const subsets = (flows: readonly Flow[]): Flow[][] =>
  Array.from({ length: 2 ** flows.length - 1 }, (_, number) =>
    flows.filter((_flow, index) => ((number + 1) >> index) % 2 === 1),
  )

/** Every set of flows that a gateway may take, whatever the conditions say. */
function optionsOf({ kind, outgoing, otherwise }: GatewayNode): Flow[][] {
  if (outgoing.length < 2) return [[...outgoing]]
  if (kind === 'exclusive') return outgoing.map((flow) => [flow])
  const conditional = outgoing.filter(({ id }) => id !== otherwise)
  const rest = outgoing.filter(({ id }) => id === otherwise)
  const sets =
    conditional.length <= MOST_FLOWS
      ? subsets(conditional)
      : [...subsets(conditional.slice(0, 2)), ...conditional.map((flow) => [flow]), conditional]
  return rest.length > 0 ? [...sets, rest] : sets
}

/** Runs a decision once for every combination of choices that it meets. */
function everyWay(graph: ProcessGraph, decide: (world: World) => Plan): Plan[] {
  const plans: Plan[] = []
  const todo: number[][] = [[]]
  for (let path = todo.pop(); path; path = todo.pop()) {
    const taken = path
    let met = 0
    const choose = (node: GatewayNode): Flow[] => {
      const options = optionsOf(node)
      const index = taken[met] ?? 0
      if (met === taken.length) {
        for (let other = 1; other < options.length; other++) todo.push([...taken, other])
        taken.push(0)
      }
      met += 1
      return options[index] ?? []
    }
    plans.push(decide({ graphOf: () => graph, called: () => null, choose }))
  }
  return plans
}

/** Where a token is, with what is around it: two of the same are two tokens on one place. */
function pathOf(token: Token, tokens: readonly Token[]): string {
  const around = tokens.find(({ key }) => key === token.scope)
  return `${around ? `${pathOf(around, tokens)}/` : ''}${token.node}${token.via === null ? '' : `<${token.via}`}`
}

/** The same state has the same names, however it came about. */
function canonical({ tokens, spent }: State): { state: State; key: string; twice: string | undefined } {
  const names = new Map(tokens.map((token) => [token.key, pathOf(token, tokens)]))
  const renamed = tokens.map((token) => ({
    ...token,
    key: names.get(token.key) ?? '',
    scope: token.scope === null ? null : (names.get(token.scope) ?? ''),
  }))
  const sorted = renamed.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const twice = sorted.find((token, index) => sorted[index - 1]?.key === token.key)
  const here = [...spent].flatMap((one) => {
    const [token = '', event = ''] = one.split('!')
    const name = names.get(token)
    return name === undefined ? [] : [`${name}!${event}`]
  })
  const key = `${sorted.map((token) => token.key).join(' ')} ${here.toSorted().join(' ')}`
  return { state: { tokens: sorted, spent: new Set(here) }, key, twice: twice?.node }
}

/** Everything that may happen next in a state, whoever decides it. */
function movesOf(
  graph: ProcessGraph,
  { tokens, spent }: State,
): { plans: Plan[]; spent: ReadonlySet<string> }[] {
  return tokens.flatMap((token) => {
    const node = nodeOf(graph, token.node)
    if (token.via !== null) return []
    const task = { id: '', token: token.key, step: node.id }
    const own = ownMoves(node).map((decide) => ({
      plans: everyWay(graph, (world) => decide(world, tokens, task)),
      spent,
    }))
    const border = node.boundary
      .filter((id) => !spent.has(`${token.key}!${id}`) && mayHappen(graph, node, id))
      .map((id) => ({
        plans: everyWay(graph, (world) => happen(world, tokens, { token: token.key, node: id })),
        spent: new Set([...spent, `${token.key}!${id}`]),
      }))
    return [...own, ...border]
  })
}

/** An error of a sub-process comes from its own end event, not from outside. */
const mayHappen = (graph: ProcessGraph, node: GraphNode, id: string): boolean => {
  const event = nodeOf(graph, id)
  return !(event.kind === 'boundary' && event.event.kind === 'error' && node.kind === 'sub-process')
}

type Decide = (
  world: World,
  tokens: readonly Token[],
  task: { id: string; token: string; step: string },
) => Plan

function ownMoves(node: GraphNode): Decide[] {
  if (node.kind === 'step') {
    const backs = node.step.canReturnTo.map(
      (step): Decide =>
        (world, tokens, task) =>
          sendBack(world, tokens, task, { step, passed: new Set() }),
    )
    return [complete, ...backs]
  }
  if (!['receive', 'timer', 'service', 'call'].includes(node.kind)) return []
  return [(world, tokens, { token }) => happen(world, tokens, { token, node: node.id })]
}

type Found = { stuck: Map<string, 'deadlock' | 'unsynchronised'>; complex: boolean }

/** Walks every state that the process can be in. */
function walk(graph: ProcessGraph): Found {
  const found: Found = { stuck: new Map(), complex: false }
  const seen = new Map<string, State>()
  const comesFrom = new Map<string, Set<string>>()
  const ending = new Set<string>()
  const todo: string[] = []
  const add = (from: string, before: readonly Token[], plan: Plan, spent: ReadonlySet<string>): void => {
    if (plan.ended) {
      ending.add(from)
      return
    }
    const { state, key, twice } = canonical({ tokens: tokensAfter(before, plan), spent })
    if (twice !== undefined) {
      found.stuck.set(twice, 'unsynchronised')
      return
    }
    comesFrom.set(key, (comesFrom.get(key) ?? new Set()).add(from))
    if (seen.has(key)) return
    seen.set(key, state)
    todo.push(key)
  }
  for (const plan of everyWay(graph, start)) add('', [], plan, new Set())
  for (let key = todo.pop(); key !== undefined; key = todo.pop()) {
    const state = seen.get(key)
    if (!state) continue
    if (seen.size > MOST_STATES) return { ...found, complex: true }
    const from = key
    const moves = movesOf(graph, state)
    if (moves.length === 0) for (const { node } of state.tokens) found.stuck.set(node, 'deadlock')
    for (const { plans, spent } of moves) for (const plan of plans) add(from, state.tokens, plan, spent)
  }
  // From a state that is not in here no end can be reached.
  const alive = [...ending]
  for (let key = alive.pop(); key !== undefined; key = alive.pop())
    for (const from of comesFrom.get(key) ?? [])
      if (!ending.has(from)) {
        ending.add(from)
        alive.push(from)
      }
  for (const [key, { tokens }] of seen)
    if (!ending.has(key) && found.stuck.size === 0)
      for (const { node } of tokens) found.stuck.set(node, 'deadlock')
  return found
}

const named = (node: GraphNode): ElementName => ({ id: node.id, type: node.kind, name: node.name })

/** Circles in which nothing waits would turn for ever. */
function endlessLoops(graph: ProcessGraph): Problem[] {
  const passes = (id: string): boolean =>
    !['step', 'receive', 'timer', 'service', 'call', 'end'].includes(nodeOf(graph, id).kind)
  const turns = (id: string): boolean => {
    const seen = new Set<string>()
    const todo = nodeOf(graph, id).outgoing.map(({ to }) => to)
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (next === id) return true
      if (seen.has(next) || !passes(next)) continue
      seen.add(next)
      todo.push(...nodeOf(graph, next).outgoing.map(({ to }) => to))
    }
    return false
  }
  const [first] = [...graph.nodes.values()].filter(({ id }) => passes(id) && turns(id))
  return first ? [problem('endless-loop', named(first))] : []
}

/**
 * Whether every way ends, with all branches together again: the states that the tokens can be in are walked one by one, the
 * ways back included, whatever conditions and officers decide. A process of parallel branches that an exclusive gateway
 * gathers, or the other way round, is found here.
 */
export function soundnessProblems(graph: ProcessGraph): Problem[] {
  const loops = endlessLoops(graph)
  if (loops.length > 0) return loops
  const { stuck, complex } = walk(graph)
  if (complex) return [problem('too-complex', null, { value: MOST_STATES })]
  return [...stuck].map(([id, code]) => problem(code, named(nodeOf(graph, id))))
}
