import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyOf, bothOf, matches, type Rule } from '#platform/policy.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { predicate } from './policy.ts'

const COLUMNS = ['officer', 'unit', 'centre'] as const
type Column = (typeof COLUMNS)[number]
// Few values, so that rules and rows meet often; quotes and braces would break an array literal built by hand.
const VALUES = ['a', 'b', "c'", '{d}', 'đ"ế', '']

const value = fc.constantFrom(...VALUES)
const row = fc.record({
  officer: fc.option(value),
  unit: fc.option(value),
  centre: fc.option(value),
})
const clause = fc.record(
  { officer: fc.array(value), unit: fc.array(value), centre: fc.array(value) },
  { requiredKeys: [] },
)
const rule: fc.Arbitrary<Rule<Column>> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<Rule<Column>>('all', 'none') },
  { weight: 8, arbitrary: fc.record({ any: fc.array(clause, { maxLength: 4 }) }) },
)

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ poolSize: 2 })
})
afterAll(() => database.drop())

const columns = { officer: sql.ref('r.officer'), unit: sql.ref('r.unit'), centre: sql.ref('r.centre') }

describe('a policy rule', () => {
  it('filters in SQL exactly the rows that it allows in code', async () => {
    let allowed = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), rule, async (rows, one) => {
        const given = JSON.stringify(rows.map((r, at) => ({ ...r, at })))
        const { rows: found } = await sql<{ at: number }>`
          select at from jsonb_to_recordset(${given}::jsonb) as r(at int, officer text, unit text, centre text)
          where ${predicate(one, columns)} order by at`.execute(database.db)
        const expected = rows.flatMap((r, at) => (matches(one, r) ? [at] : []))
        expect(found.map(({ at }) => at)).toEqual(expected)
        allowed += expected.length
        refused += rows.length - expected.length
      }),
      { numRuns: 300 },
    )
    // The property proves nothing if the generated rules allow (or refuse) everything.
    expect(allowed).toBeGreaterThan(100)
    expect(refused).toBeGreaterThan(100)
  })

  it('joins with "or" and "and" as the words say', () => {
    fc.assert(
      fc.property(rule, rule, row, (a, b, r) => {
        expect(matches(anyOf(a, b), r)).toBe(matches(a, r) || matches(b, r))
        expect(matches(bothOf(a, b), r)).toBe(matches(a, r) && matches(b, r))
      }),
      { numRuns: 2000 },
    )
  })
})
