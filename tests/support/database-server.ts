import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { connect } from '#platform/db/connect.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { migrate } from '#platform/db/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServer: { url: string; template: string }
  }
}

const TEMPLATE = 'mot_cua_template'

/** One PostgreSQL for the whole run, with a migrated template that each test file clones. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-test-'))
  // Tests throw their data away, so nothing waits for the disk; fault tests start servers of their own with the real settings.
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
  const server = await startEmbedded({ dataDir: folder, settings })
  const admin = new pg.Client({ connectionString: server.url('postgres') })
  await admin.connect()
  await admin.query(`create database ${TEMPLATE}`)
  await admin.end()
  const database = connect({ url: server.url(TEMPLATE), poolSize: 1 })
  await migrate(database.db)
  await database.close()
  project.provide('databaseServer', { url: server.url('postgres'), template: TEMPLATE })
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
