import { AsyncLocalStorage } from 'node:async_hooks'
import type { PostgresPool } from 'kysely'
import type pg from 'pg'
import { Refusal } from '../errors.ts'

/** Who would wait longer for a connection is told at once: by then the person has pressed again, and both would be worked on. */
const LONGEST_WAIT_MS = 1_500
/** Those told to come again come spread over so many seconds, not all in the same one. */
const AGAIN = { from: 2, spread: 4 }
/** Between two who are turned away nobody may wait for a moment: that is one time of trouble, not many. */
const REMEMBERED_MS = 5_000

/** The last uses tell how long one takes now; fewer, or older ones, tell nothing. */
const KEPT_USES = 64
const ENOUGH_USES = 16
const FRESH_MS = 5_000
/** A bulk load of minutes is one use like others and says nothing about them. */
const LONGEST_USE_MS = 5_000

export type Queue = {
  /** Who waits for a connection. */
  waiting: number
  connections: number
  /** How long a connection is used before it is given back, ms; 0 when too little is known. */
  useMs: number
  /** How long nobody has been given a connection, ms. */
  stillMs: number
}

/**
 * How long somebody who joins the queue now will wait, ms. A long queue that moves quickly (forty people at eight o'clock) is
 * no reason to turn anybody away; a short one before a slow database is, and so is one that does not move at all.
 */
export const expectedWait = ({ waiting, connections, useMs, stillMs }: Queue): number =>
  waiting === 0 ? 0 : Math.max((waiting * useMs) / connections, stillMs)

/** How long who waits will still wait, by how many of those ahead were given a connection meanwhile, ms. */
export const remainingWait = (one: { waitedMs: number; ahead: number; given: number }): number =>
  (Math.max(0, one.ahead - one.given) * one.waitedMs) / one.given

/** One request: what it starts finds it again, so that only its first need of a connection can be turned away. */
type Visit = { began: number; stands: 'at-the-door' | 'inside' | 'over' }

export type OpenVisit = {
  /** Everything that `work` starts belongs to the visit. */
  run: (work: () => void) => void
  /** What still runs for others on its account (a batch, a stream) is from now on nobody's visit. */
  end: () => void
}

export type Pressure = {
  /** The pool for Kysely: as it is, except that a visit may be turned away here, with `platform.overloaded`. */
  connections: PostgresPool
  expectedWaitMs: () => number
  /** Work is turned away, or was a moment ago. */
  turningAway: () => boolean
  beginVisit: () => OpenVisit
}

export type PressureOptions = { now?: () => number; random?: () => number }

/**
 * Watches who waits for a connection and how quickly they come back. A request is turned away at its first need of the
 * database, before anything was done for it; what was begun is finished, background work always waits its turn, and what is
 * answered from memory goes on (docs/adr/0014).
 */
export const watchPool = (
  pool: pg.Pool,
  { now = () => performance.now(), random = Math.random }: PressureOptions = {},
): Pressure => {
  const uses = watchUses(pool, now)
  const visits = new AsyncLocalStorage<Visit>()
  /** When each began to wait, in order: the first is the oldest. */
  const waiting = new Set<{ since: number }>()
  let turnedAwayAt = Number.NEGATIVE_INFINITY

  const expectedWaitMs = (): number => {
    const [oldest] = waiting
    if (oldest === undefined) return 0
    const at = now()
    const stillMs = at - Math.max(oldest.since, uses.lastGivenAt())
    return expectedWait({
      // Connections that are being opened or handed over are not waited for by those behind.
      waiting: pool.waitingCount,
      connections: pool.options.max,
      useMs: uses.meanMs(at),
      // A process of the database for each connection of a cold pool takes its time, and is on its way.
      stillMs: uses.opening() > 0 ? stillMs / 2 : stillMs,
    })
  }

  const turnAway = (): Refusal => {
    turnedAwayAt = now()
    return new Refusal('platform.overloaded', { seconds: AGAIN.from + Math.floor(random() * AGAIN.spread) })
  }

  /** A connection, or the refusal of who has waited long for the first and would wait as long again. */
  const firstOf = async (visit: Visit, coming: Promise<pg.PoolClient>): Promise<pg.PoolClient> => {
    const began = { at: now(), ahead: waiting.size - 1, given: uses.given() }
    const away = Promise.withResolvers<never>()
    // Counted from the visit's beginning: it may have waited for what another one asks (a session). Asked once: who is worth serving after so long a wait is not turned away after a longer one.
    const looking = setTimeout(
      () => {
        const given = uses.given() - began.given
        const stillMs =
          given > 0
            ? remainingWait({ waitedMs: now() - began.at, ahead: began.ahead, given })
            : expectedWaitMs()
        if (stillMs > LONGEST_WAIT_MS && visit.stands === 'at-the-door') away.reject(turnAway())
      },
      Math.max(0, visit.began + LONGEST_WAIT_MS - began.at),
    )
    try {
      const client = await Promise.race([coming, away.promise])
      if (visit.stands === 'at-the-door') visit.stands = 'inside'
      return client
    } catch (error) {
      // What was asked of the pool comes all the same, for nobody.
      coming.then(uses.giveBackUnused, () => undefined)
      throw error
    } finally {
      clearTimeout(looking)
    }
  }

  const connect = async (): Promise<pg.PoolClient> => {
    const visit = visits.getStore()
    const first = visit?.stands === 'at-the-door'
    if (first && expectedWaitMs() > LONGEST_WAIT_MS) throw turnAway()
    const waiter = { since: now() }
    waiting.add(waiter)
    // Also when it is for nobody any more: until then it stands in the pool's queue and shows that nothing moves.
    const coming = pool.connect().finally(() => waiting.delete(waiter))
    return first ? firstOf(visit, coming) : coming
  }

  return {
    connections: { connect, end: () => pool.end(), options: pool.options },
    expectedWaitMs,
    turningAway: () => now() - turnedAwayAt < REMEMBERED_MS || expectedWaitMs() > LONGEST_WAIT_MS,
    beginVisit: () => {
      const visit: Visit = { began: now(), stands: 'at-the-door' }
      return {
        run: (work) => visits.run(visit, work),
        end: () => {
          visit.stands = 'over'
        },
      }
    },
  }
}

/** How long connections were used lately, whoever used them. */
const watchUses = (pool: pg.Pool, now: () => number) => {
  const taken = new WeakMap<pg.PoolClient, number>()
  const ended: { at: number; ms: number }[] = []
  let lastGivenAt = Number.NEGATIVE_INFINITY
  let given = 0
  let inUse = 0
  // A use that ended because the connection broke says how long nothing was heard, not how long an answer takes.
  pool.on('connect', (client) => client.on('error', () => taken.delete(client)))
  pool.on('acquire', (client) => {
    lastGivenAt = now()
    given += 1
    inUse += 1
    taken.set(client, lastGivenAt)
  })
  pool.on('release', (_error, client) => {
    inUse -= 1
    const since = taken.get(client)
    taken.delete(client)
    if (since === undefined) return
    const at = now()
    ended.push({ at, ms: Math.min(at - since, LONGEST_USE_MS) })
    if (ended.length > KEPT_USES) ended.shift()
  })
  return {
    lastGivenAt: () => lastGivenAt,
    /** Connections that are being opened. */
    opening: () => pool.totalCount - pool.idleCount - inUse,
    /** Connections given so far. */
    given: () => given,
    /** That nobody used it says nothing about how long a use takes. */
    giveBackUnused: (client: pg.PoolClient): void => {
      taken.delete(client)
      client.release()
    },
    meanMs: (at: number): number => {
      const fresh = ended.filter((use) => at - use.at < FRESH_MS)
      if (fresh.length < ENOUGH_USES) return 0
      return fresh.reduce((sum, { ms }) => sum + ms, 0) / fresh.length
    },
  }
}
