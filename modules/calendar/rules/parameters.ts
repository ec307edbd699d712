import law from '#data/parameters/parameters.json' with { type: 'json' }
import type { LocalDate } from '#platform/time/vietnam.ts'
import type { Words } from './model.ts'
import { PARAMETER_KEYS, PARAMETER_UNITS, type ParameterKey, type ParameterUnit } from './parameter-keys.ts'

/** What a province may decide for itself. */
export type LocalFreedom = 'NONE' | 'LESS' | 'MORE' | 'ANY'

/** In force from the first day to the last one, both included. */
export type DatedValue = {
  from: LocalDate
  to: LocalDate | null
  /** Null where the law has no such rule. */
  value: number | null
  legalBasis: string
}

export type Parameter = {
  key: ParameterKey
  unit: ParameterUnit
  local: LocalFreedom
  name: Words
  values: readonly (DatedValue & { confidence: 'verified' | 'design' })[]
}

const read = (key: ParameterKey): Parameter => {
  const found = law.parameters.find((one) => one.key === key)
  if (!found) throw new Error(`the law's numbers lack ${key}`)
  const unit = PARAMETER_UNITS.find((one) => one === found.unit)
  const local = (['NONE', 'LESS', 'MORE', 'ANY'] as const).find((one) => one === found.local)
  if (!unit || !local) throw new Error(`${key} has an unknown unit or freedom`)
  const values = found.values.map((one) => ({
    ...one,
    confidence: one.confidence === 'verified' ? ('verified' as const) : ('design' as const),
  }))
  return { key, unit, local, name: found.name, values }
}

/** The law's own values; a province's are handed in beside them. */
export const PARAMETERS: readonly Parameter[] = PARAMETER_KEYS.map(read)

const parameterOf = (key: ParameterKey): Parameter => {
  const found = PARAMETERS.find((one) => one.key === key)
  if (!found) throw new Error(`${key} is no parameter`)
  return found
}

/** A province's value, approved. */
export type LocalValue = DatedValue & { key: ParameterKey }

const covers = ({ from, to }: DatedValue, day: LocalDate): boolean =>
  from <= day && (to === null || day <= to)

/** The value that counts on a day: the province's newest one, or the law's. */
export const parameterOn = (
  key: ParameterKey,
  day: LocalDate,
  locals: readonly LocalValue[] = [],
): DatedValue | undefined => {
  const own = locals.filter((one) => one.key === key && covers(one, day))
  const newest = own.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]
  return newest ?? parameterOf(key).values.find((one) => covers(one, day))
}

export type LocalProblem = 'not-local' | 'laxer-than-law' | 'impossible'

const LARGEST: Readonly<Record<ParameterUnit, number>> = {
  ...{ HOUR: 1000, WORKING_HOUR: 1000, CALENDAR_DAY: 1000, WORKING_DAY: 1000 },
  ...{ TIMES: 20, TIME_OF_DAY: 1439, YES_NO: 1 },
}

/** What is wrong with a province's own value, if anything: where the law protects the applicant it may only be stricter. */
export const localProblem = (key: ParameterKey, value: number, day: LocalDate): LocalProblem | null => {
  const { local, unit } = parameterOf(key)
  if (local === 'NONE') return 'not-local'
  const least = unit === 'YES_NO' ? 0 : 1
  if (!Number.isInteger(value) || value < least || value > LARGEST[unit]) return 'impossible'
  const lawful = parameterOn(key, day)?.value ?? null
  if (lawful === null || local === 'ANY') return null
  const stricter = local === 'LESS' ? value <= lawful : value >= lawful
  return stricter ? null : 'laxer-than-law'
}
