import { type SearchConditions, STATES } from '#modules/dossiers/contract.ts'

/** What the list is filtered by: what may be kept under a name, and what is typed, which may be a number and is not. */
export type Filter = SearchConditions & { q?: string }

const TEXTS = [
  'q',
  'procedure',
  'centre',
  'returningCentre',
  'agency',
  'officer',
  'dueFrom',
  'dueTo',
  'receivedFrom',
  'receivedTo',
] as const
const CHANNELS = ['direct', 'online', 'postal'] as const
const PACES = ['DUE_SOON', 'OVERDUE'] as const

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A filter of an older tab or version: whatever this version does not know is left out. */
export function readFilter(value: unknown): Filter {
  if (!isRecord(value)) return {}
  const texts = Object.fromEntries(
    TEXTS.flatMap((name) => {
      const text = value[name]
      return typeof text === 'string' && text !== '' ? [[name, text]] : []
    }),
  )
  const states = Array.isArray(value.states)
    ? STATES.filter((state) => Array.isArray(value.states) && value.states.includes(state))
    : []
  const channel = CHANNELS.find((one) => one === value.channel)
  const pace = PACES.find((one) => one === value.pace)
  return {
    ...texts,
    ...(states.length > 0 ? { states } : {}),
    ...(channel ? { channel } : {}),
    ...(pace ? { pace } : {}),
  }
}

export const isFilter = (value: unknown): value is Filter =>
  isRecord(value) && JSON.stringify(readFilter(value)) === JSON.stringify(value)

/** With one condition changed; an empty value drops it. */
export function withCondition<K extends keyof Filter>(
  filter: Filter,
  name: K,
  value: Filter[K] | '',
): Filter {
  const { [name]: _dropped, ...rest } = filter
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  return readFilter(empty ? rest : { ...rest, [name]: value })
}

/** Without what may be a person's number. */
export function keepable({ q: _typed, ...conditions }: Filter): SearchConditions {
  return conditions
}

/** Conditions beyond those that always show. */
export const isAdvanced = (filter: Filter): boolean =>
  Object.keys(filter).some((name) => !['q', 'states', 'centre', 'pace'].includes(name))
