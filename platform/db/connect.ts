import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { prepareStatements } from './prepared.ts'
import { type Pressure, watchPool } from './pressure.ts'
import type { DB } from './schema.gen.ts'

/** Row types of the migrated database (generated: `npm run db:types`). */
export type Schema = DB
/** What store functions take first: the pool or the caller's transaction. */
export type Db = Kysely<Schema>
export type Tx = Transaction<Schema>

// bigint columns (money in đồng, log positions, sizes) stay below 2^53 by constraint, so they are plain numbers here.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
// Dates without a time are legal days: they stay text (`YYYY-MM-DD`), never an instant in the server's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

export type Database = {
  db: Db
  pool: pg.Pool
  /** How hard the pool's connections are waited for. */
  pressure: Pressure
  close: () => Promise<void>
}

export type ConnectOptions = { url: string; poolSize?: number; applicationName?: string }

export const connect = ({ url, poolSize = 16, applicationName = 'mot-cua' }: ConnectOptions): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // A request never hangs on the database for longer than its caller would wait.
    statement_timeout: 30_000,
    lock_timeout: 8_000,
    // Where the network keeps silent neither of these is heard: the system's own probes find out.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  // An idle connection that breaks (server restarted) is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  // The same for one that breaks in a request's hands between two statements: its next statement says so.
  pool.on('connect', (client) => client.on('error', () => undefined))
  pool.on('connect', prepareStatements)
  const pressure = watchPool(pool)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: pressure.connections }) })
  return { db, pool, pressure, close: () => db.destroy() }
}

/** Runs `work` in one transaction, or joins the caller's when `db` is one already. */
export const inTransaction = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  // `isTransaction` is what tells the two apart at run time; the types only say that a transaction is a Kysely.
  db.isTransaction ? work(db as Tx) : db.transaction().execute(work)

type PgError = { code?: string; constraint?: string; message?: string }

const isPgError = (error: unknown): error is PgError =>
  typeof error === 'object' && error !== null && 'code' in error

/** True when the statement broke this unique or exclusion constraint. */
export const violates = (error: unknown, constraint: string): boolean =>
  isPgError(error) && (error.code === '23505' || error.code === '23P01') && error.constraint === constraint

const AWAY =
  /timeout exceeded when trying to connect|Connection terminated|not queryable|Client has encountered a connection error/

/** The server is away, going away or refusing connections: the caller should answer 503, not 500. */
export const isUnavailable = (error: unknown): boolean => {
  if (error instanceof Error && AWAY.test(error.message)) return true
  if (!isPgError(error)) return false
  const code = error.code ?? ''
  return (
    /^(08|57P0|53300)/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT'].includes(code)
  )
}
