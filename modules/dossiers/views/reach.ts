import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { predicate } from '#platform/db/policy.ts'
import { type Rule, termsOf } from '#platform/policy.ts'
import type { ReachColumn } from '../service/rights.ts'

export const REACH_COLUMNS: { readonly [C in ReachColumn]: RawBuilder<unknown> } = {
  receiving_centre: sql.ref('d.receiving_centre'),
  returning_centre: sql.ref('d.returning_centre'),
  resolving_unit: sql.ref('d.resolving_unit'),
  intake_by: sql.ref('d.intake_by'),
  procedure_code: sql.ref('d.procedure_code'),
}

/** The order in which a row that several columns allow is given to one of them. */
const ORDER: readonly ReachColumn[] = ['receiving_centre', 'returning_centre', 'resolving_unit', 'intake_by']

/** Rows whose `column` holds one of `values`, without those of the parts before; all of them, without a column. */
export type Part = {
  column: RawBuilder<unknown> | null
  values: readonly string[]
  rest: readonly RawBuilder<SqlBool>[]
}

/**
 * A rule as parts that share no row and are led by one indexed column each: `a = x or b = y` is a list in no index's order,
 * while each of the parts is, so that a page reads as many rows as it shows, from each. Undefined for rules of other shapes.
 */
export const partsOf = (rule: Rule<ReachColumn>): Part[] | undefined => {
  if (rule === 'all') return [{ column: null, values: [], rest: [] }]
  if (rule === 'none') return []
  const terms = rule.any.map(termsOf)
  if (terms.some((clause) => clause.length !== 1)) return undefined
  const valuesOf = (column: ReachColumn): string[] => [
    ...new Set(terms.flatMap(([term]) => (term?.[0] === column ? term[1] : []))),
  ]
  const before: RawBuilder<SqlBool>[] = []
  return ORDER.flatMap((name): Part[] => {
    const values = valuesOf(name)
    if (values.length === 0) return []
    const column = REACH_COLUMNS[name]
    const part = {
      column,
      values,
      rest: [...before, ...narrowed(name, valuesOf('receiving_centre'), values)],
    }
    before.push(sql<SqlBool>`${column} <> all(${values}::text[])`)
    return [part]
  })
}

/** What the index of a column leaves out, where the rows left out are another part's or nobody's. */
const narrowed = (
  column: ReachColumn,
  receiving: readonly string[],
  values: readonly string[],
): RawBuilder<SqlBool>[] => {
  // Received and returned at one centre of these: a row of the part before.
  if (column === 'returning_centre' && values.every((value) => receiving.includes(value)))
    return [sql<SqlBool>`d.returning_centre <> d.receiving_centre`]
  // No account of ours received what was imported.
  return column === 'intake_by' ? [sql<SqlBool>`d.import_id is null`] : []
}

export const reaches = (rule: Rule<ReachColumn>): RawBuilder<SqlBool> => predicate(rule, REACH_COLUMNS)
