import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { createGroup } from './group.ts'

const soon = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('a group', () => {
  it('runs at once when idle, and gathers what arrives meanwhile', async () => {
    const batches: number[][] = []
    const gates: PromiseWithResolvers<void>[] = []
    const group = createGroup<number, number>({
      lanes: 1,
      run: async (items) => {
        batches.push([...items])
        const gate = Promise.withResolvers<void>()
        gates.push(gate)
        await gate.promise
        return items.map((item) => item * 2)
      },
    })
    const first = group.submit(1)
    await Promise.resolve()
    expect(batches).toEqual([[1]])
    const rest = [2, 3, 4].map(group.submit)
    await soon()
    expect(batches).toEqual([[1]])
    gates[0]?.resolve()
    expect(await first).toBe(2)
    await soon()
    expect(batches).toEqual([[1], [2, 3, 4]])
    gates[1]?.resolve()
    expect(await Promise.all(rest)).toEqual([4, 6, 8])
  })

  it('lets a bad item fail alone', async () => {
    const group = createGroup<number, number>({
      run: async (items) => {
        if (items.includes(3)) throw new Error('three')
        return items
      },
    })
    const results = await Promise.allSettled([1, 2, 3, 4].map(group.submit))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  })

  it('does not run a batch again when its commit is in doubt', async () => {
    let runs = 0
    const group = createGroup<number, number>({
      run: async () => {
        runs += 1
        throw Object.assign(new Error('Connection terminated unexpectedly'), { code: '08006' })
      },
    })
    const results = await Promise.allSettled([1, 2, 3].map(group.submit))
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect(runs).toBe(1)
  })

  it('names a run that answers with too few results', async () => {
    const group = createGroup<number, number>({ run: async () => [] })
    await expect(group.submit(1)).rejects.toThrow('a batch of 1 items answered with 0 results')
  })

  it('answers every item once, in batches of bounded size, one lane per key, in order within a key', async () => {
    const items = fc.array(fc.record({ key: fc.integer({ min: 0, max: 4 }), fails: fc.boolean() }), {
      maxLength: 60,
    })
    const property = fc.asyncProperty(
      items,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 9 }),
      fc.scheduler(),
      async (given, lanes, maxBatch, scheduler) => {
        const inFlight = new Map<string, number>()
        const done: { key: string; index: number }[] = []
        let running = 0
        const group = createGroup<{ key: string; index: number; fails: boolean }, number>({
          lanes,
          maxBatch,
          keyOf: ({ key }) => key,
          run: async (batch) => {
            running += 1
            expect(running).toBeLessThanOrEqual(lanes)
            expect(batch.length).toBeLessThanOrEqual(maxBatch)
            const keys = new Set(batch.map(({ key }) => key))
            for (const key of keys) {
              expect(inFlight.get(key) ?? 0).toBe(0)
              inFlight.set(key, 1)
            }
            await scheduler.schedule(Promise.resolve())
            running -= 1
            for (const key of keys) inFlight.set(key, 0)
            if (batch.some(({ fails }) => fails)) throw new Error('bad item')
            done.push(...batch)
            return batch.map(({ index }) => index)
          },
        })
        const answers = given.map(({ key, fails }, index) => group.submit({ key: `k${key}`, index, fails }))
        const settled = Promise.allSettled(answers)
        await scheduler.waitFor(settled)
        const results = await settled
        for (const [index, result] of results.entries()) {
          expect(result.status).toBe(given[index]?.fails ? 'rejected' : 'fulfilled')
          if (result.status === 'fulfilled') expect(result.value).toBe(index)
        }
        for (const ofKey of Map.groupBy(done, ({ key }) => key).values()) {
          const indexes = ofKey.map(({ index }) => index)
          expect(indexes).toEqual(indexes.toSorted((a, b) => a - b))
        }
      },
    )
    await fc.assert(property, { numRuns: 150 })
  })
})

describe('a hot counter row in PostgreSQL', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase({ poolSize: 4 })
    await sql`create table hot_row (name text primary key, last integer not null check (last <= 5000))`.execute(
      database.db,
    )
    await sql`create table number_taken (name text not null, number integer not null, item text not null unique,
      unique (name, number))`.execute(database.db)
    await sql`insert into hot_row values ('a', 0), ('b', 0)`.execute(database.db)
  })
  afterAll(() => database.drop())

  type Request = { counter: string; item: string }
  const takeNumbers = () =>
    createGroup<Request, number>({
      lanes: 3,
      maxBatch: 40,
      keyOf: ({ counter }) => counter,
      run: (items) =>
        database.db.transaction().execute(async (tx) => {
          const numbers: number[] = []
          for (const [counter, ofCounter] of Map.groupBy(items, (item) => item.counter)) {
            const { rows } = await sql<{ last: number }>`
              update hot_row set last = last + ${ofCounter.length} where name = ${counter} returning last`.execute(
              tx,
            )
            const first = (rows[0]?.last ?? 0) - ofCounter.length + 1
            for (const [index, request] of ofCounter.entries())
              numbers[items.indexOf(request)] = first + index
          }
          const rows = items.map((request, index) => ({ ...request, number: numbers[index] }))
          await sql`insert into number_taken select x.counter, x.number, x.item
            from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(counter text, number integer, item text)`.execute(
            tx,
          )
          return numbers
        }),
    })

  it('gives 2,000 concurrent requests numbers without gap or duplicate, and the one bad item none', async () => {
    const group = takeNumbers()
    const requests = Array.from({ length: 2_000 }, (_, index) => ({
      counter: index % 3 === 0 ? 'a' : 'b',
      item: index === 777 ? 'item-776' : `item-${index}`,
    }))
    const results = await Promise.allSettled(
      requests.map(async (request, index) => {
        if (index % 7 === 0) await soon()
        return group.submit(request)
      }),
    )
    // 776 and 777 bring the same item: whichever comes second breaks the unique constraint, alone.
    const refused = results.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(1)
    for (const counter of ['a', 'b']) {
      const numbers = results
        .filter((_, index) => requests[index]?.counter === counter)
        .flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
        .toSorted((a, b) => a - b)
      expect(numbers).toEqual(numbers.map((_, index) => index + 1))
      const { rows } = await sql<{ last: number; rows: number }>`
        select last, (select count(*) from number_taken n where n.name = c.name) as rows from hot_row c
        where name = ${counter}`.execute(database.db)
      expect(rows[0]).toEqual({ last: numbers.length, rows: numbers.length })
    }
  })
})
