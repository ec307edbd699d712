import type pg from 'pg'

/** Beyond so many texts a connection keeps no further plans: what is written ever anew is hardly asked twice. */
const MOST_PREPARED = 400
/** Lists of parameters grow with what they carry; such texts come once and not again. */
const MOST_VALUES = 60

/**
 * Not prepared: what reads a page, because the best way to it depends on the values (a common state, a rare name) and a kept
 * plan knows none; and what returns every column, because a kept plan refuses to return one more after a migration.
 */
const PLANNED_ANEW = /\blimit\b|select\s+\*|\.\*/i
const WRITES = /^\s*(?:insert|update|delete)\b/i
const RETURNS_ALL = /returning\s+(?:\*|\w+\.\*|"\w+"\.\*)/i

export const isPreparable = (text: string, values: readonly unknown[]): boolean =>
  values.length > 0 &&
  values.length <= MOST_VALUES &&
  !(WRITES.test(text) ? RETURNS_ALL : PLANNED_ANEW).test(text)

/** Names for texts: none at first sight, the same one from the second on. */
export const createNames = (most = MOST_PREPARED): ((text: string) => string | undefined) => {
  const seen = new Map<string, { name: string }>()
  return (text) => {
    const known = seen.get(text)
    if (known) return known.name
    if (seen.size < most) seen.set(text, { name: `kept-${seen.size + 1}` })
    return undefined
  }
}

/**
 * Lets a connection keep the plan of what it is asked again and again: with dozens of indexes on a table planning costs more than
 * a look-up by key. The driver's `query` is overloaded; Kysely calls it with the text and its values.
 */
export const prepareStatements = (client: pg.ClientBase): void => {
  const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
  const nameOf = createNames()
  client.query = ((...args: unknown[]) => {
    const [text, values, ...rest] = args
    if (typeof text !== 'string' || !Array.isArray(values) || !isPreparable(text, values))
      return query(...args)
    const name = nameOf(text)
    return name === undefined ? query(...args) : query({ name, text, values }, ...rest)
  }) as typeof client.query
}
