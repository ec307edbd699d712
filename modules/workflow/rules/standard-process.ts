import type { ModdleElement } from 'bpmn-moddle'
import standard from '#data/processes/standard-steps.json' with { type: 'json' }
import { NO_LIMIT } from './compile.ts'
import { addDiagram } from './diagram.ts'
import { createModdle, MOTCUA_NAMESPACE } from './moddle.ts'

type Band = { from: number } & ({ weights: Hours; hours?: undefined } | { weights?: undefined; hours: Hours })
/** By step id; null takes what the others leave. */
type Hours = Readonly<Record<string, number | null | undefined>>
type StandardStep = (typeof standard.steps)[number] & { hours: number | null; canReturnTo: string[] }

/** Limits above this are no longer a matter of working hours; a wrong unit is the likelier cause. */
const MAX_LIMIT_HOURS = 20_000

/** Standard processes are shared by all procedures with the same limit. */
export const standardKey = (limitHours: number | null): string =>
  limitHours === null ? 'standard/none' : `standard/${limitHours}h`

/** The process that the chairman decided for one procedure (decree 118/2025, article 36(5)). */
export const ownKey = (procedure: string): string => `procedure/${procedure}`

/** In proportion, in quarters of an hour; what rounding leaves goes first to who has nothing, then by the largest rest. */
function shareByWeight(weights: Hours, limitHours: number): Map<string, number> {
  const quarters = limitHours * 4
  const sum = Object.values(weights).reduce<number>((all, weight) => all + (weight ?? 0), 0)
  const shares = Object.entries(weights).map(([id, weight], index) => {
    const exact = (quarters * (weight ?? 0)) / sum
    return { id, index, quarters: Math.floor(exact), rest: exact - Math.floor(exact) }
  })
  const left = quarters - shares.reduce((all, share) => all + share.quarters, 0)
  const inLine = shares.toSorted(
    (a, b) => Number(a.quarters > 0) - Number(b.quarters > 0) || b.rest - a.rest || a.index - b.index,
  )
  for (const share of inLine.slice(0, left)) share.quarters += 1
  return new Map(shares.map((share) => [share.id, share.quarters / 4]))
}

function shareByTable(
  hours: Readonly<Record<string, number | null | undefined>>,
  limitHours: number,
): Map<string, number> {
  const fixed = Object.values(hours).reduce<number>((all, one) => all + (one ?? 0), 0)
  return new Map(Object.entries(hours).map(([id, own]) => [id, own ?? limitHours - fixed]))
}

function shareHours(limitHours: number): Map<string, number> {
  const bands: readonly Band[] = standard.bands
  const band = bands.findLast(({ from }) => from <= limitHours)
  if (!band) throw new RangeError(`no band for ${limitHours} working hours`)
  return band.weights ? shareByWeight(band.weights, limitHours) : shareByTable(band.hours, limitHours)
}

/** The steps of a procedure that has no process of its own; their hours add up exactly to the limit. */
export function standardSteps(limitHours: number | null): StandardStep[] {
  if (
    limitHours !== null &&
    !(limitHours >= 0 && limitHours <= MAX_LIMIT_HOURS && Number.isInteger(limitHours * 4))
  )
    throw new RangeError(
      `a limit is a multiple of 0.25 working hours up to ${MAX_LIMIT_HOURS}, not ${limitHours}`,
    )
  const shares = limitHours === null ? undefined : shareHours(limitHours)
  const kept = standard.steps.filter(({ id, action }) => !shares || shares.has(id) || action === 'return')
  return kept.map((step, index) => ({
    ...step,
    hours: shares ? (shares.get(step.id) ?? 0) : null,
    // A wrong result goes back to who issued it; every other step may turn to any before it.
    canReturnTo: (step.action === 'return' ? kept.slice(index - 1, index) : kept.slice(0, index)).map(
      ({ id }) => id,
    ),
  }))
}

/** BPMN 2.0 XML, with a layout, of the standard process for a limit; null is a procedure without one. */
export async function standardProcess(options: { limitHours: number | null; name: string }): Promise<string> {
  const { limitHours, name } = options
  const moddle = createModdle()
  const tasks = standardSteps(limitHours).map((step) =>
    moddle.create('bpmn:UserTask', {
      id: step.id,
      name: step.name,
      role: step.role,
      place: step.place,
      ...(step.hours === null ? {} : { hours: String(step.hours) }),
      action: step.action,
      ...(step.requires.length > 0 ? { requires: step.requires.join(' ') } : {}),
      ...(step.canReturnTo.length > 0 ? { canReturnTo: step.canReturnTo.join(' ') } : {}),
    }),
  )
  const nodes = [
    moddle.create('bpmn:StartEvent', { id: 'start' }),
    ...tasks,
    moddle.create('bpmn:EndEvent', { id: 'end' }),
  ]
  const flows = nodes.slice(1).map((targetRef, index) => {
    const sourceRef = nodes[index] as ModdleElement // the node before, which slice(1) left out
    return moddle.create('bpmn:SequenceFlow', { id: `flow-${index + 1}`, sourceRef, targetRef })
  })
  const process = moddle.create('bpmn:Process', {
    id: standardKey(limitHours).replace('/', '_'),
    name,
    isExecutable: true,
    limitHours: limitHours === null ? NO_LIMIT : String(limitHours),
    flowElements: [...nodes, ...flows],
  })
  const definitions = moddle.create('bpmn:Definitions', {
    id: 'definitions',
    targetNamespace: MOTCUA_NAMESPACE,
    rootElements: [process],
  })
  addDiagram(moddle, definitions, process, nodes, flows)
  const { xml } = await moddle.toXML(definitions, { format: true })
  return xml
}
