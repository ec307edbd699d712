import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { connect } from '#platform/db/connect.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { migrate } from '#platform/db/migrate.ts'

/** Row types from the migrated database, so that a column is declared once: in its migration. */
const folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-types-'))
const server = await startEmbedded({ dataDir: folder, settings: ['fsync=off'] })
try {
  const admin = new pg.Client({ connectionString: server.url('postgres') })
  await admin.connect()
  await admin.query('create database types')
  await admin.end()
  const database = connect({ url: server.url('types'), poolSize: 1 })
  await migrate(database.db)
  await database.close()
  const generator = path.join(import.meta.dirname, '../node_modules/kysely-codegen/dist/cli/bin.js')
  const output = path.join(import.meta.dirname, '../platform/db/schema.gen.ts')
  const args = [
    '--dialect=postgres',
    `--url=${server.url('types')}`,
    `--out-file=${output}`,
    '--numeric-parser=number',
    '--date-parser=string',
    '--type-mapping={"int8":"number","date":"string"}',
    '--exclude-pattern=kysely_*',
  ]
  const { status } = spawnSync(process.execPath, [generator, ...args], { stdio: 'inherit' })
  process.exitCode = status ?? 1
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
