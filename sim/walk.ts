import {
  chooseBy,
  complete,
  factsFor,
  happen,
  nodeOf,
  noVariables,
  type Plan,
  type ProcessGraph,
  remember,
  rememberOwn,
  type Step,
  start,
  type Token,
  tokensAfter,
  type Wait,
} from '#modules/workflow/rules.ts'

/** What a message of another agency says in the demo province: the tax office asks for money. */
const ANSWER = { obligation: 12_500_000 }
export type Arrival = { message: string; payload: Record<string, number> }

/** A step of the simulator's way: what its officer decides, and what comes from outside once it is done. */
export type WalkedStep = Step & { decision: string | null; then: readonly Arrival[] }

const isOnBorder = (graph: ProcessGraph, { node }: Wait): boolean => nodeOf(graph, node).kind === 'boundary'

/**
 * One way through a process, step after step, as the officers of the demo province take it: the first of each step's
 * decisions, branches one after the other, and an answer to each message that is waited for. Nobody sends back.
 */
export function walkOf(graph: ProcessGraph): WalkedStep[] {
  const steps = graph.steps.flatMap(({ id, decisions }) => (decisions.length > 0 ? [id] : []))
  let variables = noVariables({ outcome: 'GRANTED' })
  const world = {
    graphOf: () => graph,
    called: () => null,
    choose: chooseBy(() => factsFor(variables, null, { own: graph.variables, steps })),
  }
  const walked: WalkedStep[] = []
  let tokens: Token[] = []
  let made = 0
  const apply = (plan: Plan): Arrival[] => {
    made += 1
    const name = (key: string) => (/^new-\d+$/.test(key) ? `${key}@${made}` : key)
    const named = plan.tokens.map((one) => ({
      ...one,
      key: name(one.key),
      scope: one.scope && name(one.scope),
    }))
    tokens = tokensAfter(tokens, { ...plan, tokens: named })
    return plan.waits.flatMap((wait) => {
      if (wait.kind !== 'message' || isOnBorder(graph, wait)) return []
      variables = rememberOwn(variables, ANSWER)
      const more = apply(happen(world, tokens, { token: name(wait.token), node: wait.node }))
      return [{ message: wait.message, payload: ANSWER }, ...more]
    })
  }
  apply(start(world))
  for (let step = nextOf(graph, tokens); step; step = nextOf(graph, tokens)) {
    const decision = step.decisions[0]?.value ?? null
    variables = remember(variables, { version: null, step, given: { decision } })
    const key = tokens.find(({ node }) => node === step?.id)?.key ?? ''
    const then = apply(complete(world, tokens, { id: step.id, token: key, step: step.id }))
    walked.push({ ...step, decision, then, canReturnTo: [] })
  }
  return walked
}

const nextOf = (graph: ProcessGraph, tokens: readonly Token[]): Step | undefined =>
  graph.steps.find(({ id }) => tokens.some(({ node, via }) => node === id && via === null))
