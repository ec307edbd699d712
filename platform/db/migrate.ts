import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'

/** Plain SQL files as Kysely migrations: forward only, each in the migrator's transaction, under its lock. */
const sqlMigrations = (directory: string) => ({
  getMigrations: async (): Promise<Record<string, Migration>> => {
    const files = (await readdir(directory)).filter((file) => /^\d{4}-.*\.sql$/.test(file)).sort()
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

const migrationsDirectory = path.join(import.meta.dirname, '../../migrations')

/** Brings the database to the newest schema; several processes starting at once wait for one another. */
export const migrate = async <S>(db: Kysely<S>, directory = migrationsDirectory): Promise<string[]> => {
  const migrator = new Migrator({ db, provider: sqlMigrations(directory), allowUnorderedMigrations: true })
  const { error, results } = await migrator.migrateToLatest()
  if (error) {
    const failed = results?.find((result) => result.status === 'Error')
    throw new Error(`Migration ${failed?.migrationName ?? ''} failed`, { cause: error })
  }
  return (results ?? []).map((result) => result.migrationName)
}
