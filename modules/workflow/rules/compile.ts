import type { ModdleElement } from 'bpmn-moddle'
import { DOSSIER_FACTS, type FactType, readVariables } from './facts.ts'
import { type EndKind, type Flow, type GraphNode, nodeOf, type ProcessGraph, type Step } from './graph.ts'
import { childOf, textOf } from './moddle.ts'
import { agencyHours, pathsOf, stepsInOrder, totalHours } from './paths.ts'
import { type ElementName, type Problem, problem } from './problems.ts'
import { type BpmnParts, eventOf, nameOf, type Placed, readBpmn } from './read-bpmn.ts'
import {
  type CompileOptions,
  type Reporter,
  readBoundary,
  readError,
  readExpression,
  readHours,
  readMessage,
  readPlace,
  readStep,
  readTimer,
  reporterOf,
  type Said,
  saidBy,
} from './read-node.ts'
import { soundnessProblems } from './sound.ts'

export type Compiled = { ok: true; graph: ProcessGraph } | { ok: false; problems: readonly Problem[] }
export type { CompileOptions } from './read-node.ts'

/** A process without a limit says so with this word; its steps may then go without hours. */
export const NO_LIMIT = 'none'

const idOf = (element: ModdleElement | undefined): string => (element ? textOf(element, 'id') : '')

/** A flow as it was drawn, before its condition is read. */
type Edge = {
  id: string
  name: ElementName
  from: string
  to: string
  text: string | null
  scope: string | null
}

const edgeOf = ({ element, scope }: Placed): Edge => {
  const condition = childOf(element, 'conditionExpression')
  return {
    id: idOf(element),
    name: nameOf(element),
    from: idOf(childOf(element, 'sourceRef')),
    to: idOf(childOf(element, 'targetRef')),
    text: condition ? textOf(condition, 'body') : null,
    scope,
  }
}

const CHOOSING = ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway']
const GATEWAYS = [...CHOOSING, 'bpmn:ParallelGateway']

/** What the drawing's shape breaks, before anybody asks what it means. */
function shapeProblems({ elements }: BpmnParts, edges: readonly Edge[]): Problem[] {
  const problems: Problem[] = []
  const scopes = [
    { id: null, name: null },
    ...elements
      .filter(({ element }) => element.$type === 'bpmn:SubProcess')
      .map(({ element }) => ({ id: idOf(element), name: nameOf(element) })),
  ]
  for (const { id, name } of scopes) {
    const inside = elements.filter(({ scope }) => scope === id)
    const ofType = (type: string) => inside.filter(({ element }) => element.$type === type)
    const [first, ...extra] = ofType('bpmn:StartEvent')
    if (!first) problems.push(problem('no-start', name))
    for (const { element } of extra) problems.push(problem('several-starts', nameOf(element)))
    if (ofType('bpmn:EndEvent').length === 0) problems.push(problem('no-end', name))
  }
  if (!elements.some(({ element }) => ['bpmn:UserTask', 'bpmn:CallActivity'].includes(element.$type)))
    problems.push(problem('no-steps', null))
  const scopeOf = new Map(elements.map(({ element, scope }) => [idOf(element), scope]))
  for (const { from, to, name, scope } of edges)
    if (scopeOf.get(from) !== scope || scopeOf.get(to) !== scope)
      problems.push(problem('crossing-flow', name))
  for (const { element } of elements) {
    const count = edges.filter(({ from }) => from === idOf(element)).length
    const most = element.$type === 'bpmn:EndEvent' ? 0 : 1
    if (!GATEWAYS.includes(element.$type) && count > most)
      problems.push(problem('branching-flow', nameOf(element), { count }))
  }
  return problems
}

type Context = {
  options: CompileOptions
  timed: boolean
  declared: ReadonlyMap<string, FactType>
  parts: BpmnParts
}
type Base = Pick<GraphNode, 'id' | 'name' | 'scope' | 'outgoing' | 'incoming' | 'boundary'>
type Made = { problems: readonly Problem[]; node?: GraphNode }

const END_KINDS: Readonly<Record<string, EndKind>> = {
  'bpmn:TerminateEventDefinition': 'terminate',
  'bpmn:ErrorEventDefinition': 'error',
}

const gatewayKind = (type: string) =>
  type === 'bpmn:ExclusiveGateway' ? 'exclusive' : type === 'bpmn:ParallelGateway' ? 'parallel' : 'inclusive'

const serviceOf = (
  base: Base,
  said: Said,
  { operations }: CompileOptions,
  { report }: Reporter,
): GraphNode => {
  const operation = said('operation')
  if (operation === '' || (operations && !operations.has(operation))) report('unknown-operation', operation)
  return { ...base, kind: 'service', operation }
}

const receiveHours = (said: Said, { report }: Reporter): number | null => {
  const text = said('hours')
  const hours = text === '' ? null : readHours(text)
  if (hours === undefined) report('bad-hours', text)
  return hours ?? null
}

const callOf = (base: Base, element: ModdleElement, { report }: Reporter): GraphNode => {
  const process = textOf(element, 'calledElement')
  if (process === '') report('no-called-process')
  return { ...base, kind: 'call', process }
}

const subProcessOf = (base: Base, parts: BpmnParts): GraphNode => {
  const start = parts.elements.find(
    ({ element, scope }) => scope === base.id && element.$type === 'bpmn:StartEvent',
  )
  return { ...base, kind: 'sub-process', start: idOf(start?.element) }
}

async function catchOf(base: Base, element: ModdleElement, said: Said, context: Context, reporter: Reporter) {
  const { options, declared } = context
  const place = readPlace(said, options, reporter)
  if (eventOf(element)?.$type === 'bpmn:MessageEventDefinition')
    return {
      ...{ ...base, ...place, kind: 'receive' as const },
      message: readMessage(element, said, reporter),
      hours: receiveHours(said, reporter),
    }
  const timer = await readTimer(element, said, { declared, reporter })
  return timer && { ...base, ...place, kind: 'timer' as const, timer }
}

/** Whose calendar a timer on a border follows: its own, else that of the step it is on. */
const saidOnBorder =
  (own: Said, on: ModdleElement | undefined, lane: ModdleElement | undefined): Said =>
  (name) => {
    const said = own(name)
    return said !== '' || !on || !['place', 'agency'].includes(name) ? said : saidBy(on, lane)(name)
  }

async function boundaryOf(
  base: Base,
  element: ModdleElement,
  said: Said,
  { options, declared, parts }: Context,
  reporter: Reporter,
): Promise<GraphNode | undefined> {
  const attached = childOf(element, 'attachedToRef')
  const on = idOf(attached)
  const near = saidOnBorder(
    said,
    attached?.$type === 'bpmn:UserTask' ? attached : undefined,
    parts.lanes.get(on),
  )
  const event = await readBoundary(element, near, options, { declared, reporter })
  // An error ends what it happens in, whatever the drawing says.
  const interrupting = event?.kind === 'error' || element.get('cancelActivity') !== false
  return event && { ...base, kind: 'boundary', on, interrupting, event }
}

/** One element as a node, with what is wrong with it. */
async function makeNode(placed: Placed, base: Base, context: Context): Promise<Made> {
  const { element } = placed
  const said = saidBy(element, context.parts.lanes.get(base.id))
  const own = saidBy(element, undefined)
  const reporter = reporterOf(nameOf(element))
  const { options } = context
  const read = async (): Promise<GraphNode | undefined> => {
    const { $type: type } = element
    if (type === 'bpmn:StartEvent') return { ...base, kind: 'start' }
    if (type === 'bpmn:EndEvent') {
      const ends = END_KINDS[eventOf(element)?.$type ?? ''] ?? 'path'
      return { ...base, kind: 'end', ends, error: ends === 'error' ? readError(element) : null }
    }
    if (type === 'bpmn:ServiceTask') return serviceOf(base, own, options, reporter)
    if (type === 'bpmn:SendTask') {
      const { agency } = readPlace(own, options, reporter)
      return { ...base, kind: 'send', message: readMessage(element, own, reporter), to: agency }
    }
    if (type === 'bpmn:ReceiveTask')
      return {
        ...{ ...base, ...readPlace(own, options, reporter), kind: 'receive' },
        message: readMessage(element, own, reporter),
        hours: receiveHours(own, reporter),
      }
    if (type === 'bpmn:SubProcess') return subProcessOf(base, context.parts)
    if (type === 'bpmn:CallActivity') return callOf(base, element, reporter)
    if (type === 'bpmn:IntermediateCatchEvent') return catchOf(base, element, own, context, reporter)
    if (type === 'bpmn:BoundaryEvent') return boundaryOf(base, element, own, context, reporter)
    const otherwise = idOf(childOf(element, 'default')) || null
    return { ...base, kind: gatewayKind(type), otherwise }
  }
  if (element.$type === 'bpmn:UserTask') {
    const { problems, step } = readStep(element, said, options, context.timed)
    return step ? { problems, node: { ...base, kind: 'step', step } } : { problems }
  }
  const node = await read()
  return node && reporter.problems.length === 0 ? { problems: [], node } : { problems: reporter.problems }
}

/** Conditions belong on the flows of a gateway that chooses, on all of them but the default. */
async function readFlow(
  edge: Edge,
  { parts, declared }: Context,
): Promise<{ problems: Problem[]; flow: Flow }> {
  const { id, name, from, to, text } = edge
  const plain = { id, name: name.name, from, to, condition: null }
  const source = parts.elements.find(({ element }) => idOf(element) === from)?.element
  const several = parts.flows.filter(({ element }) => idOf(childOf(element, 'sourceRef')) === from).length > 1
  const isDefault = source !== undefined && idOf(childOf(source, 'default')) === id
  const chooses = source !== undefined && CHOOSING.includes(source.$type) && several
  const value = source ? textOf(source, 'name') || from : from
  if (!chooses && text !== null)
    return { problems: [problem('condition-not-allowed', name, { value })], flow: plain }
  if (!chooses || isDefault) return { problems: [], flow: plain }
  if (text === null) return { problems: [problem('no-condition', name, { value })], flow: plain }
  const reporter = reporterOf(name)
  const condition = await readExpression(text, 'boolean', name, { declared, reporter })
  return { problems: reporter.problems, flow: { ...plain, condition: condition ?? null } }
}

const defaultProblems = (parts: BpmnParts, edges: readonly Edge[]): Problem[] =>
  parts.elements.flatMap(({ element }) => {
    const several = edges.filter(({ from }) => from === idOf(element)).length > 1
    const lacks = CHOOSING.includes(element.$type) && several && !childOf(element, 'default')
    return lacks ? [problem('no-default', nameOf(element))] : []
  })

/** Variables that conditions may use: facts of the dossier, the process' own, and what its steps decide. */
function declareFacts({ process, elements }: BpmnParts) {
  const { variables, wrong } = readVariables(textOf(process, 'variables'))
  const decisions = elements.flatMap(({ element }): [string, FactType][] => {
    const text = element.$type === 'bpmn:UserTask' ? textOf(element, 'decisions') : ''
    const values = text.split('|').map((part) => part.split('=')[0]?.trim() ?? '')
    return text === '' ? [] : [[idOf(element), { kind: 'text', values }]]
  })
  const declared = new Map<string, FactType>([
    ...DOSSIER_FACTS,
    ...variables,
    ['decisions', { kind: 'context', fields: new Map(decisions) }],
  ])
  const problems = wrong.map((value) => problem('bad-variable', null, { value }))
  return { variables, declared, problems }
}

function readLimit(process: ModdleElement) {
  const text = textOf(process, 'limitHours')
  if (text === '' || text === NO_LIMIT) return { timed: text === '', limitHours: null, problems: [] }
  const limit = readHours(text)
  const problems = limit === undefined ? [problem('bad-hours', nameOf(process), { value: text })] : []
  return { timed: true, limitHours: limit ?? null, problems }
}

/**
 * Compiles BPMN 2.0 XML to a graph that a dossier can travel, or names everything that is in the way. What is not supported
 * is reported alone: what it would connect cannot be judged without it. Then come the elements one by one, then the ways
 * between them, and last whether every way ends.
 */
export async function compileProcess(xml: string, options: CompileOptions): Promise<Compiled> {
  const read = await readBpmn(xml)
  if (!read.ok) return read
  const { parts } = read
  const edges = parts.flows.map(edgeOf)
  const limit = readLimit(parts.process)
  const facts = declareFacts(parts)
  const context = { options, timed: limit.timed, declared: facts.declared, parts }
  const flows = await Promise.all(edges.map((edge) => readFlow(edge, context)))
  const made = await Promise.all(
    parts.elements.map((placed) =>
      makeNode(
        placed,
        baseOf(
          placed,
          parts,
          flows.map(({ flow }) => flow),
        ),
        context,
      ),
    ),
  )
  const problems = [
    ...shapeProblems(parts, edges),
    ...limit.problems,
    ...facts.problems,
    ...made.flatMap((one) => one.problems),
    ...defaultProblems(parts, edges),
    ...flows.flatMap((one) => one.problems),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const graph = assemble(
    parts,
    made.flatMap(({ node }) => node ?? []),
    {
      limitHours: limit.limitHours,
      variables: facts.variables,
      flows: flows.map(({ flow }) => flow),
    },
  )
  return judge(graph, options)
}

const baseOf = ({ element, scope }: Placed, parts: BpmnParts, flows: readonly Flow[]): Base => {
  const id = idOf(element)
  const onBorder = parts.elements.filter(({ element: other }) => idOf(childOf(other, 'attachedToRef')) === id)
  return {
    id,
    name: textOf(element, 'name'),
    scope,
    outgoing: Object.freeze(flows.filter(({ from }) => from === id)),
    incoming: Object.freeze(flows.filter(({ to }) => to === id).map((flow) => flow.id)),
    boundary: Object.freeze(onBorder.map(({ element: other }) => idOf(other))),
  }
}

function assemble(
  parts: BpmnParts,
  nodes: readonly GraphNode[],
  rest: Pick<ProcessGraph, 'limitHours' | 'variables'> & { flows: readonly Flow[] },
): ProcessGraph {
  const { limitHours, variables, flows } = rest
  const start = nodes.find(({ kind, scope }) => kind === 'start' && scope === null)
  const calls = nodes.flatMap((node) => (node.kind === 'call' ? [node.process] : []))
  const bare: ProcessGraph = {
    id: idOf(parts.process),
    name: textOf(parts.process, 'name'),
    limitHours,
    start: start?.id ?? '',
    nodes: new Map(nodes.map((node) => [node.id, node])),
    flows: new Map(flows.map((flow) => [flow.id, flow])),
    steps: [],
    calls: Object.freeze([...new Set(calls)]),
    variables,
  }
  return Object.freeze({ ...bare, steps: Object.freeze(stepsInOrder(bare)) })
}

const TYPES: Readonly<Record<GraphNode['kind'], string>> = {
  start: 'bpmn:StartEvent',
  step: 'bpmn:UserTask',
  exclusive: 'bpmn:ExclusiveGateway',
  parallel: 'bpmn:ParallelGateway',
  inclusive: 'bpmn:InclusiveGateway',
  receive: 'bpmn:ReceiveTask',
  timer: 'bpmn:IntermediateCatchEvent',
  service: 'bpmn:ServiceTask',
  send: 'bpmn:SendTask',
  end: 'bpmn:EndEvent',
  'sub-process': 'bpmn:SubProcess',
  call: 'bpmn:CallActivity',
  boundary: 'bpmn:BoundaryEvent',
}
export const namedNode = ({ id, kind, name }: GraphNode): ElementName => ({ id, type: TYPES[kind], name })

/** Ways: everything is reached, and from everywhere an end is. */
function wayProblems(graph: ProcessGraph): Problem[] {
  const { order } = pathsOf(graph)
  const reached = new Set([...order.values()].flat())
  const ends = [...graph.nodes.values()].filter(({ kind }) => kind === 'end')
  const ending = new Set(ends.map(({ id }) => id))
  const todo = ends.map(({ id }) => id)
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    const node = nodeOf(graph, id)
    const sources = node.incoming.map((flow) => graph.flows.get(flow)?.from ?? '')
    for (const from of [...sources, ...(node.kind === 'boundary' ? [node.on] : [])]) {
      if (from === '' || ending.has(from)) continue
      ending.add(from)
      todo.push(from)
    }
  }
  return [...graph.nodes.values()].flatMap((node) => {
    if (!reached.has(node.id)) return [problem('unreachable-step', namedNode(node))]
    const stuck = node.kind !== 'end' && node.outgoing.length === 0
    return stuck || !ending.has(node.id) ? [problem('dead-end', namedNode(node))] : []
  })
}

/** The scopes around a node, nearest first, the first level last. */
const scopesAround = (graph: ProcessGraph, id: string): (string | null)[] => {
  const { scope } = nodeOf(graph, id)
  return scope === null ? [null] : [scope, ...scopesAround(graph, scope)]
}

/** A step may return to what comes before it, in its own sub-process or around it. */
function returnProblems(graph: ProcessGraph): Problem[] {
  const { after } = pathsOf(graph)
  const isEarlier = (target: string, step: string): boolean => {
    const node = graph.nodes.get(target)
    if (node?.kind !== 'step') return false
    const around = scopesAround(graph, step)
    const at = around.indexOf(node.scope)
    const here = at <= 0 ? step : (around[at - 1] ?? step)
    return at >= 0 && after(target).has(here)
  }
  return graph.steps.flatMap((step) => {
    const name = { id: step.id, type: 'bpmn:UserTask', name: step.name }
    return step.canReturnTo
      .filter((target) => !isEarlier(target, step.id))
      .map((value) => problem('bad-return', name, { value }))
  })
}

/** Whoever takes part does so beside one agency that leads. */
function partProblems({ steps }: ProcessGraph): Problem[] {
  const agencies = (part: Step['part']) => [
    ...new Set(steps.filter((step) => step.part === part).map(({ agency, place }) => agency ?? place)),
  ]
  const leads = agencies('lead')
  if (leads.length > 1) return [problem('several-leads', null, { value: leads.join(', ') })]
  const helpers = [...agencies('participant'), ...agencies('consultee')]
  return leads.length === 0 && helpers.length > 0 ? [problem('no-lead', null)] : []
}

function hourProblems(graph: ProcessGraph): Problem[] {
  const { limitHours: limit } = graph
  const total = totalHours(graph)
  return limit !== null && total > limit ? [problem('hours-over-limit', null, { total, limit })] : []
}

/**
 * The alarm of decree 118/2025, article 20(2): what the agencies have in all is more than the limit, so that it holds only
 * while they work side by side. It stops nothing.
 */
export function warningsOf(graph: ProcessGraph): Problem[] {
  const { limitHours: limit, steps } = graph
  const total = [...agencyHours(graph).values()].reduce((sum, hours) => sum + hours, 0)
  const alarm = limit !== null && total > limit && steps.some(({ agency }) => agency !== null)
  return alarm ? [problem('agency-hours-over-limit', null, { total, limit })] : []
}

function judge(graph: ProcessGraph, { stored = false }: CompileOptions): Compiled {
  const ways = wayProblems(graph)
  if (ways.length > 0) return { ok: false, problems: ways }
  const problems = [...returnProblems(graph), ...partProblems(graph), ...hourProblems(graph)]
  // Whether every way ends is asked of a drawing that is right otherwise.
  const unsound = problems.length > 0 || stored ? [] : soundnessProblems(graph)
  const all = [...problems, ...unsound]
  return all.length > 0 ? { ok: false, problems: all } : { ok: true, graph }
}
