import type pg from 'pg'

/** How hard the connections of a pool are waited for. */
export type Pressure = {
  /** How long the one who waits longest has waited, in ms; 0 when nobody does. */
  waited: () => number
}

/**
 * Watches who waits for a connection. The first who waits tells how slow the database is better than any average: it is
 * noticed while it happens, also when nothing is ever answered.
 */
export const watchPool = (pool: pg.Pool): Pressure => {
  /** In the order of arrival, so that the first is the oldest. */
  const waiting = new Set<{ since: number }>()
  const connect = pool.connect.bind(pool)
  const watched = async (): Promise<pg.PoolClient> => {
    const waiter = { since: performance.now() }
    waiting.add(waiter)
    try {
      return await connect()
    } finally {
      waiting.delete(waiter)
    }
  }
  // Overloaded: with a callback it is the pool's own call, which is left alone.
  pool.connect = ((callback?: Parameters<typeof connect>[0]) =>
    callback ? connect(callback) : watched()) as typeof pool.connect
  return {
    waited: () => {
      const [oldest] = waiting
      return oldest === undefined ? 0 : performance.now() - oldest.since
    },
  }
}
