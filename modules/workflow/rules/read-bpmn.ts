import type { ModdleElement, ModdleWarning } from 'bpmn-moddle'
import { childOf, childrenOf, createModdle, textOf } from './moddle.ts'
import { type ElementName, type Problem, problem } from './problems.ts'

/** Drawn and kept, but without a say in how a dossier moves. */
const DRAWINGS: ReadonlySet<string> = new Set([
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
])
/** What may hang on an element: which events it may be, none included. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  'bpmn:StartEvent': [''],
  'bpmn:EndEvent': ['', 'bpmn:TerminateEventDefinition', 'bpmn:ErrorEventDefinition'],
  'bpmn:IntermediateCatchEvent': ['bpmn:TimerEventDefinition', 'bpmn:MessageEventDefinition'],
  'bpmn:BoundaryEvent': [
    'bpmn:TimerEventDefinition',
    'bpmn:MessageEventDefinition',
    'bpmn:ErrorEventDefinition',
  ],
}
const SUPPORTED: ReadonlySet<string> = new Set([
  ...Object.keys(EVENTS),
  ...['bpmn:UserTask', 'bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:ReceiveTask'],
  ...['bpmn:ExclusiveGateway', 'bpmn:ParallelGateway', 'bpmn:InclusiveGateway'],
  ...['bpmn:SubProcess', 'bpmn:CallActivity', 'bpmn:SequenceFlow'],
])

/** An element with the embedded sub-process that holds it. */
export type Placed = { element: ModdleElement; scope: string | null }
export type BpmnParts = {
  process: ModdleElement
  elements: Placed[]
  flows: Placed[]
  /** The innermost lane of each element that is drawn in one. */
  lanes: ReadonlyMap<string, ModdleElement>
}
export type Read = { ok: true; parts: BpmnParts } | { ok: false; problems: Problem[] }

export const nameOf = (element: ModdleElement): ElementName => ({
  id: textOf(element, 'id'),
  type: element.$type,
  name: textOf(element, 'name'),
})

/** The first line says what is wrong; the rest is position and nested error. */
const reasonOf = (message: string): string =>
  (/nested error: (.*)$/m.exec(message)?.[1] ?? message.split('\n')[0] ?? message).trim()

function problemOf({ message }: ModdleWarning): Problem | undefined {
  const duplicate = /duplicate ID <(.*?)>/.exec(message)?.[1]
  if (duplicate !== undefined) return problem('duplicate-id', { id: duplicate, type: '', name: '' })
  const reference = /^unresolved reference <(.*?)>/.exec(message)?.[1]
  if (reference !== undefined) return problem('unresolved-reference', { id: reference, type: '', name: '' })
  const unknownType = /unknown type <(bpmn:.*?)>/.exec(message)?.[1]
  if (unknownType !== undefined)
    return problem('unsupported-element', { id: '', type: unknownType, name: '' })
  const attribute = /^unknown attribute <(motcua:.*?)>/.exec(message)?.[1]
  if (attribute !== undefined) return problem('unknown-attribute', null, { attribute })
  // Attributes of other tools are theirs to keep.
  if (message.startsWith('unknown attribute')) return undefined
  return problem('unreadable', null, { reason: reasonOf(message) })
}

const refused = (element: ModdleElement, type = element.$type): Problem =>
  problem('unsupported-element', { ...nameOf(element), type })

/** The kind of event that an element is: '' for a plain one. */
export const eventOf = (element: ModdleElement): ModdleElement | undefined =>
  childrenOf(element, 'eventDefinitions')[0]

function unsupportedEvents(element: ModdleElement): Problem[] {
  const allowed = EVENTS[element.$type]
  const definitions = childrenOf(element, 'eventDefinitions')
  if (!allowed) return []
  if (definitions.length === 0) return allowed.includes('') ? [] : [refused(element)]
  // Several events on one element are an "any of these", which nobody here knows.
  if (definitions.length > 1) return definitions.slice(1).map((one) => refused(element, one.$type))
  return definitions.filter((one) => !allowed.includes(one.$type)).map((one) => refused(element, one.$type))
}

/** Behaviour that hangs on a supported element: event definitions, loops, sub-processes that start by an event. */
function unsupportedParts(element: ModdleElement): Problem[] {
  const loop = childOf(element, 'loopCharacteristics')
  const parts = loop ? [refused(element, loop.$type)] : []
  if (element.$type === 'bpmn:SubProcess' && element.get('triggeredByEvent') === true)
    parts.push(refused(element, 'bpmn:EventSubProcess'))
  return [...parts, ...unsupportedEvents(element)]
}

function unsupportedOf(roots: readonly ModdleElement[], placed: readonly Placed[]): Problem[] {
  const collaborations = roots.filter((root) => root.$type === 'bpmn:Collaboration')
  const conversations = collaborations.flatMap((one) => [
    ...childrenOf(one, 'messageFlows'),
    ...childrenOf(one, 'participants').filter((participant) => !childOf(participant, 'processRef')),
  ])
  const elements = placed.flatMap(({ element }) =>
    SUPPORTED.has(element.$type) ? unsupportedParts(element) : [refused(element)],
  )
  return [...conversations.map((element) => refused(element)), ...elements]
}

/** Everything inside, sub-processes opened: those that are not supported stay closed. */
function placedIn(container: ModdleElement, scope: string | null): Placed[] {
  return childrenOf(container, 'flowElements')
    .filter(({ $type }) => !DRAWINGS.has($type))
    .flatMap((element) => [
      { element, scope },
      ...(element.$type === 'bpmn:SubProcess' ? placedIn(element, textOf(element, 'id')) : []),
    ])
}

function lanesIn(sets: readonly ModdleElement[]): [string, ModdleElement][] {
  return sets
    .flatMap((set) => childrenOf(set, 'lanes'))
    .flatMap((lane) => [
      ...childrenOf(lane, 'flowNodeRef').map((node): [string, ModdleElement] => [textOf(node, 'id'), lane]),
      // An inner lane is nearer than the one around it.
      ...lanesIn([childOf(lane, 'childLaneSet')].filter((one) => one !== undefined)),
    ])
}

/** Reads BPMN 2.0 XML into the parts that a dossier can travel, or names everything that is none. */
export async function readBpmn(xml: string): Promise<Read> {
  let parsed: Awaited<ReturnType<ReturnType<typeof createModdle>['fromXML']>>
  try {
    parsed = await createModdle().fromXML(xml)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ok: false, problems: [problem('unreadable', null, { reason: reasonOf(message) })] }
  }
  const roots = childrenOf(parsed.rootElement, 'rootElements')
  const processes = roots.filter((root) => root.$type === 'bpmn:Process')
  const problems = parsed.warnings.map(problemOf).filter((one) => one !== undefined)
  const [process] = processes
  if (!process) return { ok: false, problems: [...problems, problem('no-process', null)] }
  if (processes.length > 1) problems.push(problem('several-processes', null, { count: processes.length }))
  const placed = placedIn(process, null)
  problems.push(...unsupportedOf(roots, placed))
  if (problems.length > 0) return { ok: false, problems }
  const isFlow = ({ element }: Placed): boolean => element.$type === 'bpmn:SequenceFlow'
  const parts = {
    process,
    elements: placed.filter((one) => !isFlow(one)),
    flows: placed.filter(isFlow),
    lanes: new Map(lanesIn(childrenOf(process, 'laneSets'))),
  }
  return { ok: true, parts }
}
