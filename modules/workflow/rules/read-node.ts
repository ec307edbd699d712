import type { ModdleElement } from 'bpmn-moddle'
import type { FactType } from './facts.ts'
import { compileFeel, type FeelProblem } from './feel.ts'
import {
  type BoundaryEvent,
  type Decision,
  type EventPlace,
  type Expression,
  STEP_ACTIONS,
  STEP_PARTS,
  STEP_PLACES,
  STEP_REQUIREMENTS,
  type Step,
  type Timer,
} from './graph.ts'
import { childOf, textOf } from './moddle.ts'
import { type ElementName, type Problem, type ProblemCode, problem } from './problems.ts'
import { eventOf, nameOf } from './read-bpmn.ts'

export type CompileOptions = {
  /** Role names that a step may ask for. */
  roles: ReadonlySet<string>
  /** Units that exist; not asked for a version that runs already, whose units may have ended since. */
  agencies?: ReadonlySet<string>
  /** Operations that a service task may call; the same. */
  operations?: ReadonlySet<string>
  /** Of a stored version it is known that every way ends. */
  stored?: boolean
}

/** Collects what is wrong with one element. */
export type Reporter = { problems: Problem[]; report: (code: ProblemCode, value?: unknown) => void }
export const reporterOf = (name: ElementName): Reporter => {
  const problems: Problem[] = []
  return { problems, report: (code, value = '') => problems.push(problem(code, name, { value })) }
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

/** Quarters of an hour are exact in binary, so that sums are too. */
export const readHours = (text: string): number | undefined => {
  const hours = /^\d{1,5}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN
  return Number.isInteger(hours * 4) ? hours : undefined
}

const oneOf = <T extends string>(values: readonly T[], text: string): T | undefined =>
  values.find((value) => value === text)

/** `agree=Đồng ý|refuse=Không đồng ý` */
function readDecisions(text: string, { report }: Reporter): Decision[] {
  const parts = text.split('|').filter((part) => part.trim() !== '')
  const decisions = parts.flatMap((part): Decision[] => {
    const [, value, label] = /^\s*([A-Za-z][\w-]{0,39})\s*=\s*(\S.*?)\s*$/.exec(part) ?? []
    if (value === undefined || label === undefined) report('bad-decision', part.trim())
    return value === undefined || label === undefined ? [] : [{ value, label }]
  })
  const twice = decisions.find(
    ({ value }, index) => decisions.findIndex((one) => one.value === value) < index,
  )
  if (twice) report('bad-decision', twice.value)
  if (decisions.length === 1 && parts.length === 1) report('bad-decision', text)
  return decisions
}

/** What an element says itself, or its lane says for it. */
export type Said = (name: string) => string
export const saidBy =
  (element: ModdleElement, lane: ModdleElement | undefined): Said =>
  (name) =>
    textOf(element, name) || (lane ? textOf(lane, name) : '')

function readAgency(said: Said, { agencies }: CompileOptions, { report }: Reporter): string | null {
  const agency = said('agency')
  if (agency === '') return null
  if (agencies && !agencies.has(agency)) report('unknown-agency', agency)
  return agency
}

/** Where an event belongs; the deciding agency unless told. */
export function readPlace(said: Said, options: CompileOptions, reporter: Reporter): EventPlace {
  const agency = readAgency(said, options, reporter)
  const text = said('place')
  const place = text === '' ? 'resolvingAgency' : oneOf(STEP_PLACES, text)
  if (!place) reporter.report('unknown-place', text)
  return { place: place ?? 'resolvingAgency', agency }
}

export function readStep(
  element: ModdleElement,
  said: Said,
  options: CompileOptions,
  timed: boolean,
): { problems: Problem[]; step?: Step } {
  const name = nameOf(element)
  const reporter = reporterOf(name)
  const { problems, report } = reporter
  const agency = readAgency(said, options, reporter)
  const [role, partText] = [said('role'), said('part')]
  const placeText = said('place') || (agency === null ? '' : 'resolvingAgency')
  const place = oneOf(STEP_PLACES, placeText)
  const part = oneOf(STEP_PARTS, partText)
  const action = oneOf(STEP_ACTIONS, said('action'))
  const hoursText = said('hours')
  const hours = hoursText === '' ? null : readHours(hoursText)
  const required = words(said('requires'))
  const requires = required.map((word) => oneOf(STEP_REQUIREMENTS, word))
  const decisions = readDecisions(said('decisions'), reporter)
  if (name.name === '') report('no-name')
  if (role === '') report('no-role')
  else if (!options.roles.has(role)) report('unknown-role', role)
  if (!place) report('unknown-place', placeText)
  if (partText !== '' && !part) report('unknown-part', partText)
  if (!action) report('unknown-action', said('action'))
  if (hours === undefined) report('bad-hours', hoursText)
  if (hours === null && timed) report('no-hours')
  for (const [index, word] of required.entries()) if (!requires[index]) report('unknown-requirement', word)
  if (problems.length > 0 || !place || !action || hours === undefined) return { problems }
  const step: Step = {
    id: name.id,
    name: name.name,
    role,
    place,
    agency,
    part: part ?? null,
    hours,
    action,
    requires: Object.freeze(requires.filter((one) => one !== undefined)),
    canReturnTo: Object.freeze(words(said('canReturnTo'))),
    decisions: Object.freeze(decisions),
    compensation: said('compensation') || null,
  }
  return { problems, step: Object.freeze(step) }
}

const reportFeel = ({ report }: Reporter, name: ElementName, found: FeelProblem): Problem | undefined => {
  if (found.code === 'expression-type')
    return problem('expression-type', name, { value: found.value, reason: found.reason })
  report(found.code, found.value)
  return undefined
}

/** A FEEL expression of an element; what is wrong with it is told with the element. */
export async function readExpression<K extends 'boolean' | 'number'>(
  text: string,
  kind: K,
  name: ElementName,
  { declared, reporter }: { declared: ReadonlyMap<string, FactType>; reporter: Reporter },
): Promise<Expression<K extends 'boolean' ? boolean : number | null> | undefined> {
  const compiled = await compileFeel(text, kind, declared)
  if ('expression' in compiled) return compiled.expression
  const told = reportFeel(reporter, name, compiled.problem)
  if (told) reporter.problems.push(told)
  return undefined
}

const UNITS = [604_800, 86_400, 3_600, 60, 1]

/** ISO 8601 durations of fixed length; months and years have none. */
export function readElapsed(text: string): number | undefined {
  const match = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text)
  if (!match) return undefined
  const seconds = UNITS.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0)
  return seconds > 0 ? seconds * 1000 : undefined
}

const bodyOf = (definition: ModdleElement | undefined, name: string): string => {
  const expression = definition && childOf(definition, name)
  return expression ? textOf(expression, 'body') : ''
}

type Reading = { declared: ReadonlyMap<string, FactType>; reporter: Reporter }

/** `motcua:hours`, or a FEEL number, is working hours; `P2D` is elapsed time; a date is a moment. */
export async function readTimer(
  element: ModdleElement,
  said: Said,
  reading: Reading,
): Promise<Timer | undefined> {
  const definition = eventOf(element)
  const [duration, moment] = [bodyOf(definition, 'timeDuration'), bodyOf(definition, 'timeDate')]
  const hours = said('hours') || (duration.startsWith('P') ? '' : duration)
  if (bodyOf(definition, 'timeCycle') !== '') {
    const name = { ...nameOf(element), type: 'bpmn:TimeCycle' }
    reading.reporter.problems.push(problem('unsupported-element', name))
    return undefined
  }
  if (hours !== '') {
    const evaluated = await readExpression(hours, 'number', nameOf(element), reading)
    return evaluated && { kind: 'working-hours', hours: evaluated }
  }
  const milliseconds = readElapsed(duration)
  if (milliseconds !== undefined) return { kind: 'elapsed', milliseconds }
  const at = /T.*(Z|[+-]\d\d:\d\d)$/.test(moment) ? new Date(moment) : new Date(Number.NaN)
  if (!Number.isNaN(at.getTime())) return { kind: 'moment', at: at.toISOString() }
  reading.reporter.report('bad-timer', duration || moment)
  return undefined
}

/** The message's name: of the referred message, or in our own words. */
export function readMessage(element: ModdleElement, said: Said, { report }: Reporter): string {
  const holder = eventOf(element) ?? element
  const referred = childOf(holder, 'messageRef')
  const message = said('message') || (referred ? textOf(referred, 'name') || textOf(referred, 'id') : '')
  if (message === '') report('no-message')
  return message
}

export const readError = (element: ModdleElement): string | null => {
  const definition = eventOf(element)
  const referred = definition && childOf(definition, 'errorRef')
  return referred ? textOf(referred, 'errorCode') || textOf(referred, 'name') || null : null
}

export async function readBoundary(
  element: ModdleElement,
  said: Said,
  options: CompileOptions,
  reading: Reading,
): Promise<BoundaryEvent | undefined> {
  const type = eventOf(element)?.$type
  if (type === 'bpmn:ErrorEventDefinition') return { kind: 'error', error: readError(element) }
  if (type === 'bpmn:MessageEventDefinition')
    return { kind: 'message', message: readMessage(element, said, reading.reporter) }
  const timer = await readTimer(element, said, reading)
  return timer && { kind: 'timer', timer, ...readPlace(said, options, reading.reporter) }
}
