import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { atRoot } from '../root.ts'

/** Plain SQL files as Kysely migrations: forward only, each in the migrator's transaction, under its lock. */
const sqlFiles = async (directory: string): Promise<string[]> =>
  (await readdir(directory)).filter((file) => /^\d{4}-.*\.sql$/.test(file)).sort()

const sqlMigrations = (directory: string) => ({
  getMigrations: async (): Promise<Record<string, Migration>> => {
    const files = await sqlFiles(directory)
    const entries = files.map((file): [string, Migration] => [
      file.replace(/\.sql$/, ''),
      {
        up: async (db) => {
          await sql.raw(await readFile(path.join(directory, file), 'utf8')).execute(db)
        },
      },
    ])
    return Object.fromEntries(entries)
  },
})

const migrationsDirectory = atRoot('migrations')

/** What most starts find: one query, and neither the migrator nor its lock. */
const isCurrent = async <S>(db: Kysely<S>, directory: string): Promise<boolean> => {
  const files = await sqlFiles(directory)
  const done = await sql<{ name: string }>`select name from kysely_migration`
    .execute(db)
    .catch((error: unknown) => {
      if (isMissingTable(error)) return { rows: [] }
      throw error
    })
  const names = new Set(done.rows.map(({ name }) => `${name}.sql`))
  return names.size === files.length && files.every((file) => names.has(file))
}

const isMissingTable = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '42P01'

/** Brings the database to the newest schema; several processes starting at once wait for one another. */
export const migrate = async <S>(db: Kysely<S>, directory = migrationsDirectory): Promise<string[]> => {
  if (await isCurrent(db, directory)) return []
  const { Migrator } = await import('kysely/migration')
  const migrator = new Migrator({ db, provider: sqlMigrations(directory), allowUnorderedMigrations: true })
  const { error, results } = await migrator.migrateToLatest()
  if (error) {
    const failed = results?.find((result) => result.status === 'Error')
    throw new Error(`Migration ${failed?.migrationName ?? ''} failed`, { cause: error })
  }
  return (results ?? []).map((result) => result.migrationName)
}
