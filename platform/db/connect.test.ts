import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { inTransaction, violates } from './connect.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await sql`create table sample (id bigint primary key, day date, constraint sample_day_once unique (day))`.execute(
    database.db,
  )
})
afterAll(() => database.drop())

describe('the database', () => {
  it('gives legal days as text and whole numbers as numbers', async () => {
    await sql`insert into sample values (9007199254740991, '2026-02-28')`.execute(database.db)
    const { rows } = await sql<{ id: number; day: string }>`select * from sample`.execute(database.db)
    expect(rows).toEqual([{ id: 9007199254740991, day: '2026-02-28' }])
  })

  it('leaves nothing of a transaction that failed', async () => {
    const failing = inTransaction(database.db, async (tx) => {
      await sql`insert into sample values (2, '2026-03-01')`.execute(tx)
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    const { rows } = await sql`select 1 from sample where id = 2`.execute(database.db)
    expect(rows).toHaveLength(0)
  })

  it('names the constraint that was broken', async () => {
    await sql`insert into sample values (4, '2026-04-01')`.execute(database.db)
    const error = await sql`insert into sample values (5, '2026-04-01')`
      .execute(database.db)
      .catch((e: unknown) => e)
    expect(violates(error, 'sample_day_once')).toBe(true)
    expect(violates(error, 'sample_pkey')).toBe(false)
  })
})
