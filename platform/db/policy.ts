import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Rule, termsOf } from '../policy.ts'

/**
 * The rule as a SQL predicate over the caller's columns, e.g. `{ unit: sql.ref('d.unit'), officer: sql.ref('d.officer') }`;
 * use it in `where` and in `count(*) filter (where …)`. Never under `not`: a null column gives null, which a filter reads
 * as "no" (kept plain so that indexes on the columns serve).
 */
export const predicate = <C extends string>(
  rule: Rule<C>,
  columns: { readonly [K in C]: RawBuilder<unknown> },
): RawBuilder<SqlBool> => {
  if (rule === 'all') return sql<SqlBool>`true`
  if (rule === 'none' || rule.any.length === 0) return sql<SqlBool>`false`
  const clauses = rule.any.map((clause) => {
    const terms = termsOf(clause).map(
      ([column, values]) => sql<SqlBool>`${columns[column]} = any(${[...values]})`,
    )
    return terms.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(terms, sql` and `)})`
  })
  return sql<SqlBool>`(${sql.join(clauses, sql` or `)})`
}
