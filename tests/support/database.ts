import pg from 'pg'
import { inject } from 'vitest'
import { connect, type Database } from '#platform/db/connect.ts'

export type TestDatabase = Database & { url: string; drop: () => Promise<void> }

/** A fresh database cloned from the migrated template, or from another one by name; `drop` closes and removes it. */
export const testDatabase = async (
  options: { poolSize?: number; template?: string } = {},
): Promise<TestDatabase> => {
  const server = inject('databaseServer')
  const { url } = server
  const template = options.template ?? server.template
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await asAdmin(url, (admin) => admin.query(`create database ${name} template ${template}`))
  const own = new URL(url)
  own.pathname = `/${name}`
  const database = connect({ url: own.href, poolSize: options.poolSize ?? 8 })
  return {
    ...database,
    url: own.href,
    drop: async () => {
      await database.close()
      await asAdmin(url, (admin) => admin.query(`drop database ${name} with (force)`))
    },
  }
}

const asAdmin = async (url: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> => {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}
