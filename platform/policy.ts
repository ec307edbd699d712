/**
 * One rule, two readings: a check on a row that is already here, and a SQL predicate for every path that reads rows
 * (list, count, search, export, aggregate, stream). `predicate` in `platform/db/policy.ts` is the second reading; a
 * property test holds them equal.
 *
 * A rule allows a row when any clause does; a clause when every column it names holds one of its values. A null column
 * never matches, an empty list allows nothing, an empty clause allows everything.
 */
export type Clause<Column extends string> = { readonly [C in Column]?: readonly string[] }
export type Rule<Column extends string> = 'all' | 'none' | { readonly any: readonly Clause<Column>[] }

export type RowOf<Column extends string> = { readonly [C in Column]?: string | null }

// `Object.entries` forgets that the keys of a clause are its columns.
const entriesOf = <C extends string>(clause: Clause<C>) =>
  Object.entries(clause) as [C, readonly string[] | undefined][]

/** The named columns of a clause with their allowed values. */
export const termsOf = <C extends string>(clause: Clause<C>): [C, readonly string[]][] =>
  entriesOf(clause).flatMap(([column, values]): [C, readonly string[]][] =>
    values === undefined ? [] : [[column, values]],
  )

export const matches = <C extends string>(rule: Rule<C>, row: RowOf<C>): boolean => {
  if (rule === 'all' || rule === 'none') return rule === 'all'
  return rule.any.some((clause) =>
    termsOf(clause).every(([column, values]) => {
      const value = row[column]
      return value !== undefined && value !== null && values.includes(value)
    }),
  )
}

/** Allows what any of the rules allows. Clauses on the same single column become one, so that the SQL stays short. */
export const anyOf = <C extends string>(...rules: readonly Rule<C>[]): Rule<C> => {
  if (rules.includes('all')) return 'all'
  const single = new Map<C, Set<string>>()
  const rest: Clause<C>[] = []
  for (const clause of rules.flatMap((rule) => (typeof rule === 'string' ? [] : rule.any))) {
    const terms = termsOf(clause)
    const [first] = terms
    if (!first) return 'all'
    if (terms.length > 1) rest.push(clause)
    else single.set(first[0], new Set([...(single.get(first[0]) ?? []), ...first[1]]))
  }
  const merged = [...single]
    .filter(([, values]) => values.size > 0)
    .map(([c, values]) => clauseOf(c, [...values]))
  return merged.length + rest.length === 0 ? 'none' : { any: [...merged, ...rest] }
}

/** A clause on one column; a computed key loses its name in the type of an object literal. */
export const clauseOf = <C extends string>(column: C, values: readonly string[]): Clause<C> =>
  ({ [column]: values }) as Clause<C>

/** Allows what both rules allow. */
export const bothOf = <C extends string>(a: Rule<C>, b: Rule<C>): Rule<C> => {
  if (a === 'all' || b === 'none') return b
  if (b === 'all' || a === 'none') return a
  return { any: a.any.flatMap((left) => b.any.map((right) => meet(left, right))) }
}

const meet = <C extends string>(left: Clause<C>, right: Clause<C>): Clause<C> => {
  const merged = new Map<C, readonly string[]>(termsOf(left))
  for (const [column, values] of termsOf(right)) {
    const known = merged.get(column)
    merged.set(column, known ? known.filter((value) => values.includes(value)) : values)
  }
  // Built from the columns of two clauses, so its keys are columns.
  return Object.fromEntries(merged) as Clause<C>
}
