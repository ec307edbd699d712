import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { atRoot } from '../root.ts'

/** Plain SQL files, forward only. The release before goes on working beside each of them. */
const sqlFiles = async (directory: string): Promise<string[]> =>
  (await readdir(directory)).filter((file) => /^\d{4}-.*\.sql$/.test(file)).sort()

const migrationsDirectory = atRoot('migrations')

/** A statement that waits longer for a table keeps everybody behind it waiting: it gives up and comes again. */
const LOCK_WAIT = '800ms'
const ATTEMPTS = 60
/** Any number that nothing else locks: several processes starting at once wait for one another. */
const LOCK = 7_020_001

/** The first line of a file whose statements run one by one outside a transaction, as indexes beside writers need. */
const CONCURRENTLY = /^-- concurrently\b/

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code

/** What most starts find: one query, and neither the migrator nor its lock. */
const done = async <S>(db: Kysely<S>): Promise<Set<string>> => {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`
    .execute(db)
    .catch((error: unknown) => {
      if (isCode(error, '42P01')) return { rows: [] }
      throw error
    })
  return new Set(rows.map(({ name }) => `${name}.sql`))
}

/** Statements of a file of `create index concurrently` and the like: none of them holds a semicolon. */
const statementsOf = (text: string): string[] =>
  text
    .replace(/^\s*--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')

const remember = <S>(db: Kysely<S>, name: string) =>
  sql`insert into kysely_migration (name, timestamp) values (${name}, ${new Date().toISOString()})`.execute(
    db,
  )

const runAlone = async <S>(db: Kysely<S>, name: string, text: string): Promise<void> => {
  for (const statement of statementsOf(text)) {
    // What an interrupted build left is of no use and stands in the way of the next.
    const built = /^create (?:unique )?index concurrently if not exists (\w+)/.exec(statement)?.[1]
    if (built) await dropInvalid(db, built)
    await sql.raw(statement).execute(db)
  }
  await remember(db, name)
}

const dropInvalid = async <S>(db: Kysely<S>, index: string): Promise<void> => {
  const { rows } =
    await sql`select from pg_index where indexrelid = to_regclass(${index}) and not indisvalid`.execute(db)
  if (rows.length > 0) await sql.raw(`drop index concurrently ${index}`).execute(db)
}

const runInTransaction = async <S>(db: Kysely<S>, name: string, text: string): Promise<void> => {
  await db.transaction().execute(async (tx) => {
    await sql.raw(`set local lock_timeout = '${LOCK_WAIT}'`).execute(tx)
    await sql.raw(text).execute(tx)
    await remember(tx, name)
  })
}

const apply = async <S>(db: Kysely<S>, file: string, directory: string): Promise<void> => {
  const name = file.replace(/\.sql$/, '')
  const text = await readFile(path.join(directory, file), 'utf8')
  const run = CONCURRENTLY.test(text) ? runAlone : runInTransaction
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(db, name, text)
    } catch (error) {
      const waited = isCode(error, '55P03') || isCode(error, '40P01')
      if (!waited || attempt === ATTEMPTS) throw new Error(`Migration ${name} failed`, { cause: error })
      // Somebody held the table; requests pass before the next attempt.
      await sleep(Math.min(50 * attempt, 1_000))
    }
  }
}

/**
 * Brings the database to the newest schema, each file in a transaction of its own; answers what was done. The table of what
 * was done has the form and name that Kysely's migrator gave it.
 */
export const migrate = async <S>(db: Kysely<S>, directory = migrationsDirectory): Promise<string[]> => {
  const files = await sqlFiles(directory)
  const isCurrent = (known: Set<string>) => files.every((file) => known.has(file))
  if (isCurrent(await done(db))) return []
  return db.connection().execute(async (connection) => {
    await sql`set statement_timeout = 0`.execute(connection)
    await lock(connection)
    try {
      await sql`create table if not exists kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null)`.execute(
        connection,
      )
      const known = await done(connection)
      const missing = files.filter((file) => !known.has(file))
      for (const file of missing) await apply(connection, file, directory)
      return missing.map((file) => file.replace(/\.sql$/, ''))
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection)
      await sql`reset statement_timeout`.execute(connection)
    }
  })
}

/** Asked again and again instead of waited for: a session that waits inside a statement holds a snapshot, for which building an index beside writers would wait in turn. */
const lock = async <S>(db: Kysely<S>): Promise<void> => {
  for (;;) {
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${LOCK}) as held`.execute(db)
    if (rows[0]?.held) return
    await sleep(100)
  }
}
