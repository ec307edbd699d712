/** What a value in a condition may be; a text may be held to a list, so that a misspelt one is found when published. */
export type FactType =
  | { kind: 'text'; values: readonly string[] | null }
  | { kind: 'number' }
  | { kind: 'boolean' }
  | { kind: 'duration' }
  | { kind: 'null' }
  | { kind: 'list'; of: FactType }
  | { kind: 'context'; fields: ReadonlyMap<string, FactType> }

export type FactValue = string | number | boolean | null
/** What a condition reads: facts of the dossier, the process' own variables, and `decisions` by step. */
export type Facts = Readonly<Record<string, FactValue | Readonly<Record<string, FactValue>>>>

export const TEXT: FactType = { kind: 'text', values: null }
export const NUMBER: FactType = { kind: 'number' }
export const BOOLEAN: FactType = { kind: 'boolean' }

const oneOf = (...values: string[]): FactType => ({ kind: 'text', values })

/** Facts of the dossier that every process may ask for; null until they are known. */
export const DOSSIER_FACTS: ReadonlyMap<string, FactType> = new Map([
  /** Id of the case of the procedure. */
  ['case', TEXT],
  ['procedure', TEXT],
  ['channel', oneOf('direct', 'online', 'postal')],
  /** What the last approval decided. */
  ['outcome', oneOf('GRANTED', 'REFUSED')],
  /** đồng; null when the catalogue fixes none. */
  ['fees', NUMBER],
  ['nonTerritorial', BOOLEAN],
])

const WORDS: Readonly<Record<string, FactType>> = { text: TEXT, number: NUMBER, boolean: BOOLEAN }

/** `financialObligation:number inspected:boolean`, as in `motcua:variables`; what cannot be read is named. */
export function readVariables(text: string): { variables: Map<string, FactType>; wrong: string[] } {
  const variables = new Map<string, FactType>()
  const wrong: string[] = []
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const [, name, kind] = /^([A-Za-z_]\w*):(\w+)$/.exec(word) ?? []
    const type = kind === undefined ? undefined : WORDS[kind]
    if (name === undefined || !type || DOSSIER_FACTS.has(name) || name === 'decisions') wrong.push(word)
    else variables.set(name, type)
  }
  return { variables, wrong }
}

const fits = (type: FactType, value: FactValue): boolean =>
  value === null || (type.kind === 'text' ? typeof value === 'string' : type.kind === typeof value)

/** The values that are declared with this type; a message or an operation may say more than a process asks for. */
export const declaredOf = (
  declared: ReadonlyMap<string, FactType>,
  values: Readonly<Record<string, unknown>>,
): Record<string, FactValue> =>
  Object.fromEntries(
    [...declared].flatMap(([name, type]): [string, FactValue][] => {
      const value = values[name] as FactValue | undefined // `fits` holds it to its type
      return value !== undefined && fits(type, value) ? [[name, value]] : []
    }),
  )

/** What an instance remembers, as stored: a schema number first, so that an older one can be read for ever. */
export type Variables = {
  schema: 1
  facts: Record<string, FactValue>
  own: Record<string, FactValue>
  /** By the version whose steps decided ('' is the instance's own), then by step. */
  decisions: Record<string, Record<string, string>>
}

export const noVariables = (facts: Record<string, FactValue> = {}): Variables => ({
  schema: 1,
  facts,
  own: {},
  decisions: {},
})

/** What conditions of one version see; a fact nobody knows is null. */
export function factsFor(
  variables: Variables,
  version: string | null,
  declared: { own: ReadonlyMap<string, FactType>; steps: readonly string[] },
): Facts {
  const decided = variables.decisions[version ?? ''] ?? {}
  return {
    ...Object.fromEntries([...DOSSIER_FACTS.keys()].map((name) => [name, variables.facts[name] ?? null])),
    ...Object.fromEntries([...declared.own.keys()].map((name) => [name, variables.own[name] ?? null])),
    decisions: Object.fromEntries(declared.steps.map((step) => [step, decided[step] ?? null])),
  }
}
