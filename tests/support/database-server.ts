import { rm } from 'node:fs/promises'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { connect } from '#platform/db/connect.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { migrate } from '#platform/db/migrate.ts'
import { temporaryFolder } from './temporary-folder.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServer: { url: string; template: string }
  }
}

const TEMPLATE = 'mot_cua_template'

/**
 * A server of your own, by a role that may make databases: `TEST_DATABASE_URL=postgres://… npx vitest run …`. So the tests run
 * on another version; the embedded one is newer than the oldest supported.
 */
const OWN_SERVER = process.env.TEST_DATABASE_URL

type Server = { url: (database: string) => string; stop: () => Promise<void> }

/** Tests throw their data away, so nothing waits for the disk; fault tests start servers of their own with the real settings. */
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

const startOwn = async (): Promise<Server> => {
  const folder = await temporaryFolder('test')
  const server = await startEmbedded({ dataDir: folder, settings: SETTINGS })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Templates of an earlier run are of an earlier schema. */
const TEMPLATES = [TEMPLATE, 'mot_cua_province', 'mot_cua_province_making']

const openGiven = async (given: string): Promise<Server> => {
  const url = (database: string): string => new URL(`/${database}`, given).href
  await asAdmin(url('postgres'), async (admin) => {
    for (const name of TEMPLATES) await admin.query(`drop database if exists ${name} with (force)`)
  })
  return { url, stop: async () => undefined }
}

const asAdmin = async (url: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> => {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await work(admin)
  await admin.end()
}

/** One PostgreSQL for the whole run, with a migrated template that each test file clones. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const server = OWN_SERVER ? await openGiven(OWN_SERVER) : await startOwn()
  await asAdmin(server.url('postgres'), (admin) => admin.query(`create database ${TEMPLATE}`))
  const database = connect({ url: server.url(TEMPLATE), poolSize: 1 })
  await migrate(database.db)
  await database.close()
  project.provide('databaseServer', { url: server.url('postgres'), template: TEMPLATE })
  return server.stop
}
