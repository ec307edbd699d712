import type { ModdleElement } from 'bpmn-moddle'
import {
  type GraphNode,
  type ProcessGraph,
  STEP_ACTIONS,
  STEP_PLACES,
  STEP_REQUIREMENTS,
  type Step,
  totalHours,
} from './graph.ts'
import { childOf, textOf } from './moddle.ts'
import { type Problem, type ProblemCode, problem } from './problems.ts'
import { type BpmnParts, nameOf, readBpmn } from './read-bpmn.ts'

export type Compiled = { ok: true; graph: ProcessGraph } | { ok: false; problems: readonly Problem[] }
export type CompileOptions = {
  /** Role names that a step may ask for. */
  roles: ReadonlySet<string>
}

/** A process without a limit says so with this word; its steps may then go without hours. */
export const NO_LIMIT = 'none'

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

/** Quarters of an hour are exact in binary, so that sums are too. */
const readHours = (text: string): number | undefined => {
  const hours = /^\d{1,5}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN
  return Number.isInteger(hours * 4) ? hours : undefined
}

const oneOf = <T extends string>(values: readonly T[], text: string): T | undefined =>
  values.find((value) => value === text)

function readStep(element: ModdleElement, { roles }: CompileOptions, timed: boolean) {
  const name = nameOf(element)
  const problems: Problem[] = []
  const report = (code: ProblemCode, value = '') => problems.push(problem(code, name, { value }))
  const role = textOf(element, 'role')
  const place = oneOf(STEP_PLACES, textOf(element, 'place'))
  const action = oneOf(STEP_ACTIONS, textOf(element, 'action'))
  const hoursText = textOf(element, 'hours')
  const hours = hoursText === '' ? null : readHours(hoursText)
  const required = words(textOf(element, 'requires'))
  const requires = required.map((word) => oneOf(STEP_REQUIREMENTS, word))
  if (name.name === '') report('no-name')
  if (role === '') report('no-role')
  else if (!roles.has(role)) report('unknown-role', role)
  if (!place) report('unknown-place', textOf(element, 'place'))
  if (!action) report('unknown-action', textOf(element, 'action'))
  if (hours === undefined) report('bad-hours', hoursText)
  if (hours === null && timed) report('no-hours')
  for (const [index, word] of required.entries()) if (!requires[index]) report('unknown-requirement', word)
  if (problems.length > 0 || !place || !action || hours === undefined) return { problems }
  const step: Step = {
    id: name.id,
    name: name.name,
    role,
    place,
    hours,
    action,
    requires: Object.freeze(requires.filter((one) => one !== undefined)),
    canReturnTo: Object.freeze(words(textOf(element, 'canReturnTo'))),
  }
  return { problems, step: Object.freeze(step) }
}

/** Each node's way on, after naming every fork and join that a sequence does not have. */
function readFlows({ starts, steps, ends, flows }: BpmnParts) {
  const edges = flows.map((flow) => ({
    from: textOf(childOf(flow, 'sourceRef') ?? flow, 'id'),
    to: textOf(childOf(flow, 'targetRef') ?? flow, 'id'),
  }))
  const problems = [...starts, ...steps, ...ends].flatMap((element) => {
    const name = nameOf(element)
    const counts = [
      ['outgoing', edges.filter((flow) => flow.from === name.id).length],
      ['incoming', edges.filter((flow) => flow.to === name.id).length],
    ] as const
    return counts
      .filter(([, count]) => count > 1)
      .map(([direction, count]) => problem('branching-flow', name, { direction, count }))
  })
  return { problems, next: new Map(edges.map((flow) => [flow.from, flow.to])) }
}

function nodeProblems({ starts, steps, ends }: BpmnParts): Problem[] {
  const problems: Problem[] = []
  if (starts.length === 0) problems.push(problem('no-start', null))
  for (const extra of starts.slice(1)) problems.push(problem('several-starts', nameOf(extra)))
  if (ends.length === 0) problems.push(problem('no-end', null))
  if (steps.length === 0) problems.push(problem('no-steps', null))
  return problems
}

/** Follows the flow from the start; says where it ends without an end event. */
function walk(parts: BpmnParts, start: ModdleElement, next: ReadonlyMap<string, string>) {
  const elements = new Map(
    [...parts.starts, ...parts.steps, ...parts.ends].map((element) => [textOf(element, 'id'), element]),
  )
  const passed = new Map<string, ModdleElement>()
  let current: ModdleElement = start
  for (;;) {
    passed.set(textOf(current, 'id'), current)
    if (current.$type === 'bpmn:EndEvent') break
    const following = elements.get(next.get(textOf(current, 'id')) ?? '')
    if (!following || passed.has(textOf(following, 'id')))
      return { passed, problems: [problem('dead-end', nameOf(current))] }
    current = following
  }
  const unreachable = [...elements]
    .filter(([id]) => !passed.has(id))
    .map(([, element]) => problem('unreachable-step', nameOf(element)))
  return { passed, problems: unreachable }
}

function returnProblems(steps: readonly Step[]): Problem[] {
  return steps.flatMap((step, index) => {
    const earlier = new Set(steps.slice(0, index).map(({ id }) => id))
    const name = { id: step.id, type: 'bpmn:UserTask', name: step.name }
    return step.canReturnTo
      .filter((target) => !earlier.has(target))
      .map((value) => problem('bad-return', name, { value }))
  })
}

function assemble(passed: ReadonlyMap<string, ModdleElement>, steps: ReadonlyMap<string, Step>) {
  const ids = [...passed.keys()]
  const nodes = ids.map((id, index): [string, GraphNode] => {
    const step = steps.get(id)
    const next = ids[index + 1]
    if (next === undefined) return [id, { kind: 'end', id }]
    return [id, step ? { kind: 'step', id, next, step } : { kind: 'start', id, next }]
  })
  return {
    nodes: new Map(nodes),
    steps: ids.map((id) => steps.get(id)).filter((step) => step !== undefined),
  }
}

function readLimit(process: ModdleElement) {
  const text = textOf(process, 'limitHours')
  if (text === '' || text === NO_LIMIT) return { timed: text === '', limitHours: null, problems: [] }
  const limit = readHours(text)
  const problems = limit === undefined ? [problem('bad-hours', nameOf(process), { value: text })] : []
  return { timed: true, limitHours: limit ?? null, problems }
}

/**
 * Compiles BPMN 2.0 XML to a graph that a dossier can travel, or names everything that is in the way.
 * Elements that are not supported are reported alone: what they would connect cannot be judged without them.
 */
export async function compileProcess(xml: string, options: CompileOptions): Promise<Compiled> {
  const read = await readBpmn(xml)
  if (!read.ok) return read
  const { parts } = read
  const limit = readLimit(parts.process)
  const readSteps = parts.steps.map((element) => readStep(element, options, limit.timed))
  const flows = readFlows(parts)
  const problems = [
    ...nodeProblems(parts),
    ...limit.problems,
    ...readSteps.flatMap((one) => one.problems),
    ...flows.problems,
  ]
  const [start] = parts.starts
  if (!start || problems.length > 0) return { ok: false, problems }
  const walked = walk(parts, start, flows.next)
  if (walked.problems.length > 0) return { ok: false, problems: walked.problems }
  const byId = new Map(readSteps.flatMap(({ step }): [string, Step][] => (step ? [[step.id, step]] : [])))
  const { nodes, steps } = assemble(walked.passed, byId)
  const graph: ProcessGraph = Object.freeze({
    id: textOf(parts.process, 'id'),
    name: textOf(parts.process, 'name'),
    limitHours: limit.limitHours,
    start: textOf(start, 'id'),
    nodes,
    steps: Object.freeze(steps),
  })
  const late = [...returnProblems(steps), ...overLimit(graph)]
  return late.length > 0 ? { ok: false, problems: late } : { ok: true, graph }
}

function overLimit(graph: ProcessGraph): Problem[] {
  const { limitHours: limit } = graph
  const total = totalHours(graph)
  return limit !== null && total > limit ? [problem('hours-over-limit', null, { total, limit })] : []
}
