import type { ModdleElement, ModdleWarning } from 'bpmn-moddle'
import { childOf, childrenOf, createModdle, textOf } from './moddle.ts'
import { type ElementName, type Problem, problem } from './problems.ts'

/** Drawn and kept, but without a say in how a dossier moves. */
const DRAWINGS: ReadonlySet<string> = new Set([
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
])
const SUPPORTED: ReadonlySet<string> = new Set([
  'bpmn:StartEvent',
  'bpmn:EndEvent',
  'bpmn:UserTask',
  'bpmn:SequenceFlow',
])

export type BpmnParts = {
  process: ModdleElement
  starts: ModdleElement[]
  steps: ModdleElement[]
  ends: ModdleElement[]
  flows: ModdleElement[]
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

/** Behaviour that hangs on a supported element: event definitions, loops, conditions. */
function unsupportedParts(element: ModdleElement): Problem[] {
  const parts = [
    ...childrenOf(element, 'eventDefinitions'),
    childOf(element, 'loopCharacteristics'),
    childOf(element, 'conditionExpression'),
  ].filter((part) => part !== undefined)
  return parts.map((part) => refused(element, part.$type))
}

function unsupportedOf(roots: readonly ModdleElement[], flowElements: readonly ModdleElement[]): Problem[] {
  const collaborations = roots.filter((root) => root.$type === 'bpmn:Collaboration')
  const conversations = collaborations.flatMap((one) => [
    ...childrenOf(one, 'messageFlows'),
    ...childrenOf(one, 'participants').filter((participant) => !childOf(participant, 'processRef')),
  ])
  const elements = flowElements.flatMap((element) => {
    if (DRAWINGS.has(element.$type)) return []
    return SUPPORTED.has(element.$type) ? unsupportedParts(element) : [refused(element)]
  })
  return [...conversations.map((element) => refused(element)), ...elements]
}

/** Reads BPMN 2.0 XML into the parts that a sequence of user tasks is made of, or names everything that is not one. */
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
  const flowElements = childrenOf(process, 'flowElements')
  problems.push(...unsupportedOf(roots, flowElements))
  if (problems.length > 0) return { ok: false, problems }
  const ofType = (type: string) => flowElements.filter((element) => element.$type === `bpmn:${type}`)
  const parts = {
    process,
    starts: ofType('StartEvent'),
    steps: ofType('UserTask'),
    ends: ofType('EndEvent'),
    flows: ofType('SequenceFlow'),
  }
  return { ok: true, parts }
}
