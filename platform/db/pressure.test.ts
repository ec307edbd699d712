import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { Refusal } from '../errors.ts'
import { expectedWait, type Pressure, remainingWait, watchPool } from './pressure.ts'

describe('how long who comes now will wait', () => {
  const quiet = { waiting: 0, connections: 16, useMs: 5, stillMs: 0 }
  test.each([
    ['nobody waits, however slow it is', { useMs: 4_000, stillMs: 60_000 }, 0],
    ['sixty sign-ins at once', { waiting: 44 }, 14],
    ['a thousand intakes at once', { waiting: 1_000, useMs: 12 }, 750],
    ['a few before a slow database', { waiting: 8, useMs: 4_000 }, 2_000],
    ['one before a database that is silent', { waiting: 1, stillMs: 1_700 }, 1_700],
    ['many of whom little is known', { waiting: 300, useMs: 0, stillMs: 40 }, 40],
  ])('%s', (_who, queue, ms) => expect(Math.round(expectedWait({ ...quiet, ...queue }))).toBe(ms))
})

describe('how long who waits will still wait', () => {
  test.each([
    ['half of those ahead came to their turn', { waitedMs: 1_500, ahead: 200, given: 100 }, 1_500],
    ['nearly all did', { waitedMs: 1_500, ahead: 200, given: 190 }, 79],
    ['more than were ahead did', { waitedMs: 1_500, ahead: 2, given: 9 }, 0],
  ])('%s', (_who, one, ms) => expect(Math.round(remainingWait(one))).toBe(ms))
})

/** The watch goes ten times as fast as the clock on the wall, so that nobody has to wait for real seconds. */
const FAST = 10
const CONNECTIONS = 2

let pool: pg.Pool
let pressure: Pressure
let db: Kysely<never>
const open = (fast: number): void => {
  pool = new pg.Pool({ connectionString: inject('databaseServer').url, max: CONNECTIONS })
  pressure = watchPool(pool, { now: () => performance.now() * fast, random: () => 0 })
  db = new Kysely<never>({ dialect: new PostgresDialect({ pool: pressure.connections }) })
}
beforeEach(() => open(FAST))
afterEach(() => db.destroy())

/** A use of a connection that takes so long by the watch's clock. */
const use = (ms: number) => sql`select pg_sleep(${ms / FAST / 1_000})`.execute(db)

/** Requests that each need the database twice; how many were turned away, and with what. */
const visits = async (count: number, work: () => Promise<unknown>) => {
  const visit = () =>
    new Promise<Refusal | undefined>((resolve, reject) => {
      const open = pressure.beginVisit()
      open.run(() => {
        work()
          .then(() => work().catch((cause) => Promise.reject(new Error('turned away inside', { cause }))))
          .then(
            () => resolve(undefined),
            (error: unknown) => (error instanceof Refusal ? resolve(error) : reject(error)),
          )
          .finally(open.end)
      })
    })
  return (await Promise.all(Array.from({ length: count }, visit))).filter((one) => one !== undefined)
}

const untilWaiting = async (count: number): Promise<void> => {
  while (pool.waitingCount < count) await sleep(1)
}

describe('a pool of two connections', () => {
  test('turns nobody away who comes in a crowd while the database is quick', async () => {
    await db.destroy()
    open(1)
    await Promise.all(Array.from({ length: 20 }, () => use(0)))
    expect(await visits(100, () => use(0))).toEqual([])
    expect(pressure.turningAway()).toBe(false)
  })

  test('turns those away for whom the queue is too long, and finishes what it began', async () => {
    await Promise.all(Array.from({ length: 20 }, () => use(200)))
    const coming = visits(60, () => use(200))
    await sleep(1)
    expect(pressure.turningAway()).toBe(true)
    const away = await coming
    // Some fifteen in the queue are 1.5 s; everybody let in needed the database a second time.
    expect(away.length).toBeGreaterThan(20)
    expect(away.length).toBeLessThan(58)
    expect(away[0]).toMatchObject({ code: 'platform.overloaded', details: { seconds: 2 } })
    expect(await visits(CONNECTIONS, () => use(0))).toEqual([])
  })

  test('turns away before a database that says nothing; background work waits for it', async () => {
    const held = Promise.withResolvers<void>()
    const holding = Array.from({ length: CONNECTIONS }, () =>
      db.connection().execute(async () => held.promise),
    )
    const background = [use(0)]
    await untilWaiting(1)
    const early = visits(1, () => use(0))
    await untilWaiting(2)
    while (pressure.expectedWaitMs() <= 1_500) await sleep(5)
    background.push(use(0))
    expect(await visits(5, () => use(0))).toHaveLength(5)
    held.resolve()
    await Promise.all([...holding, ...background])
    expect(await early).toEqual([])
    expect(await visits(20, () => use(0))).toEqual([])
  })

  test('takes a few long uses for no sign of a slow database', async () => {
    await Promise.all([...Array.from({ length: 60 }, () => use(1)), use(2_000), use(2_000)])
    expect(await visits(15, () => use(1))).toEqual([])
  })

  test('what goes on after the answer is nobody’s visit', async () => {
    const held = Promise.withResolvers<void>()
    const holding = Array.from({ length: CONNECTIONS }, () =>
      db.connection().execute(async () => held.promise),
    )
    const waiter = use(0)
    await untilWaiting(1)
    while (pressure.expectedWaitMs() <= 1_500) await sleep(5)
    const visit = pressure.beginVisit()
    const later = new Promise((resolve, reject) => {
      visit.run(() => void sleep(1).then(() => use(0).then(resolve, reject)))
    })
    visit.end()
    await untilWaiting(2)
    held.resolve()
    await Promise.all([...holding, waiter, later])
  })
})
