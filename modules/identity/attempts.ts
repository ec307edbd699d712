import { isIPv6 } from 'node:net'
import { sql } from 'kysely'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'

/**
 * Failed attempts at a secret, counted in the database because every process must see them. better-auth's own limiter
 * counts every request of an address; a centre of forty officers has one address, so failures are what we count:
 * tightly for a name at an address, wider for a name (somebody else must not lock an officer out easily), widest for
 * an address.
 */
export const WINDOW_MINUTES = 15
export const LIMITS = { nameAtAddress: 10, name: 60, address: 300 } as const

export type Attempts = {
  /**
   * Counts an attempt as failed before it is made, so that a burst of parallel guesses gets no more than the limit.
   * Unknown names are counted like known ones. `just-blocked` is the first one over a limit, worth an event.
   */
  reserve: (name: string, address: string) => Promise<'allowed' | 'just-blocked' | 'blocked'>
  /** The attempt succeeded: the name starts afresh, and the address gets its attempt back. */
  succeed: (name: string, address: string) => Promise<void>
}

const keysOf = (name: string, address: string): Record<keyof typeof LIMITS, string> => ({
  nameAtAddress: `${name} @ ${address}`,
  name,
  address: `@ ${address}`,
})

export const createAttempts = ({ db, clock }: { db: Db; clock: Clock }): Attempts => ({
  reserve: async (rawName, rawAddress) => {
    const keys = keysOf(nameKey(rawName), block(rawAddress))
    const now = clock.now()
    const start = new Date(now.getTime() - WINDOW_MINUTES * 60_000)
    // Ordered keys: two attempts at once lock the rows in one order.
    const ordered = Object.values(keys).sort()
    const { rows } = await sql<{ key: string; failures: number }>`
      insert into auth_attempt (key, failures, since)
      select key, 1, ${now} from unnest(${ordered}::text[]) as k(key)
      on conflict (key) do update set
        failures = case when auth_attempt.since <= ${start} then 1 else auth_attempt.failures + 1 end,
        since = case when auth_attempt.since <= ${start} then ${now} else auth_attempt.since end
      returning key, failures`.execute(db)
    const failures = new Map(rows.map((row) => [row.key, row.failures]))
    const over = (kind: keyof typeof LIMITS) => (failures.get(keys[kind]) ?? 0) - LIMITS[kind]
    const most = [over('nameAtAddress'), over('name'), over('address')]
    if (most.every((one) => one <= 0)) return 'allowed'
    return most.includes(1) ? 'just-blocked' : 'blocked'
  },
  succeed: async (rawName, rawAddress) => {
    const keys = keysOf(nameKey(rawName), block(rawAddress))
    await sql`delete from auth_attempt where key in (${keys.name}, ${keys.nameAtAddress})`.execute(db)
    await sql`update auth_attempt set failures = greatest(failures - 1, 0) where key = ${keys.address}`.execute(
      db,
    )
  },
})

/** As sign-in compares names; cut, so that nobody fills the table with long ones. */
const nameKey = (name: string): string => name.trim().toLowerCase().replaceAll('\0', '').slice(0, 80)

/** An IPv6 customer owns at least a /64, so that is one address here. */
export const block = (address: string): string => {
  const v4 = address.match(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i)?.[1]
  if (v4 !== undefined || !isIPv6(address)) return v4 ?? address
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros: string[] =
    tail === undefined ? [] : Array(Math.max(0, 8 - left.length - right.length)).fill('0')
  const groups = [...left, ...zeros, ...right].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
