import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '#platform/db/connect.ts'
import { migrate } from '#platform/db/migrate.ts'
import { atRoot } from '#platform/root.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { anIntake, asked, PROCEDURES } from '../support/dossiers.ts'
import { COPIED, manyDossiers } from '../support/many-dossiers.ts'
import { openProvince, type Province } from '../support/open-province.ts'
import { percentile } from '../support/percentile.ts'
import { provinceTemplate } from '../support/province-template.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/**
 * F17: the schema changes on a table of size while releases work on it side by side: as CONTRIBUTING asks of every migration,
 * expand, backfill, contract; and indexes beside writers, with a migration of ours that is nothing but indexes.
 */
const ROWS = Number(process.env.FAULT_ROWS ?? 5_000)
/** Of work before and after each step. */
const AROUND_MS = Number(process.env.FAULT_SECONDS ?? 0.3) * 1_000
const BATCH = 1_000
const LONGEST_LOCK_MS = 1_000
/** How much slower the slowest hundredth may be beside a step than before and after it; of few dossiers it says nothing. */
const SLOWER = 3
const ENOUGH = 200
const INDEXES = '0079-dossier-lists'

const STEPS = {
  'before/9000-before.sql': 'alter table dossier add column old_form text;',
  'expand/9001-expand.sql': `alter table dossier add column new_form text;
    alter table dossier add constraint dossier_new_form check (new_form ~ '^[0-9]*$') not valid;`,
  'expand/9002-index.sql': `-- concurrently
    create index concurrently if not exists dossier_by_new_form on dossier (new_form);
    alter table dossier validate constraint dossier_new_form;`,
  'contract/9003-contract.sql': 'alter table dossier drop column old_form;',
  'held/9004-held.sql': 'alter table dossier add column tried boolean;',
} as const

/** What a release writes beside the application's own statements, and what it reads afterwards. */
type Release = { writes: readonly string[]; reads: string }
const RELEASES = {
  before: { writes: ['old_form'], reads: 'old_form' },
  both: { writes: ['old_form', 'new_form'], reads: 'old_form' },
  after: { writes: ['new_form'], reads: 'new_form' },
} as const satisfies Record<string, Release>

let folder: string
let database: TestDatabase
let province: Province

beforeAll(async () => {
  folder = await temporaryFolder('f17')
  for (const [file, text] of Object.entries(STEPS)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
    await writeFile(path.join(folder, file), text)
  }
  database = await testDatabase({ template: await provinceTemplate(), poolSize: 12 })
  province = await openProvince(database, folder)
  await step('before')
  await forget(INDEXES)
  await receive()
  await copy()
}, 300_000)
afterAll(async () => {
  await province?.close()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

/** The database as it was before this migration of ours. */
const forget = async (name: string): Promise<void> => {
  const text = await readFile(atRoot(`migrations/${name}.sql`), 'utf8')
  for (const [, index] of text.matchAll(/create index concurrently if not exists (\w+)/g))
    await database.pool.query(`drop index ${index}`)
  await database.pool.query('delete from kysely_migration where name = $1', [name])
}

/** Migrates with a pool of its own, as a new process does at its start. */
const migrateBeside = async (directory?: string): Promise<string[]> => {
  const { db, close } = connect({ url: database.url, poolSize: 1 })
  try {
    return await migrate(db, directory)
  } finally {
    await close()
  }
}
const step = (name: string) => migrateBeside(path.join(folder, name))

const receive = async (): Promise<string> => {
  const intake = await anIntake(province, { procedure: PROCEDURES.sameDay, receivingCentre: 'tthcc-ha-long' })
  const { code } = await province.services.dossiers.create(
    intake,
    asked(province.actor('RECEPTION', 'tthcc-ha-long')),
  )
  return code
}
const list = () => province.services.dossiers.list({ limit: 20 }, asked(province.actor('SUPERVISOR')))

const copy = async (): Promise<void> => {
  const { db, pool } = database
  const { state } = await db.selectFrom('dossier').select('state').executeTakeFirstOrThrow()
  await manyDossiers(db, ROWS, state)
  await pool.query(`update dossier set old_form = split_part(code, '-', 3) where code like $1`, [
    `${COPIED}%`,
  ])
}

/** One dossier through a release: received by the application, the form written, and read again. */
const workAs = async ({ writes, reads }: Release): Promise<void> => {
  const code = await receive()
  const form = code.replaceAll(/\D/g, '')
  const set = writes.map((column) => `${column} = $2`).join(', ')
  await database.pool.query(`update dossier set ${set} where code = $1`, [code, form])
  const { rows } = await database.pool.query(`select ${reads} as form from dossier where code = $1`, [code])
  if (rows[0]?.form !== form) throw new Error(`${code} has ${rows[0]?.form} in ${reads}`)
  await list()
}

type Seen = { failures: string[]; dossiers: { at: number; ms: number }[] }

/** Officers of these releases, until the stop. */
const officers = async (releases: readonly Release[], stop: AbortSignal): Promise<Seen> => {
  const seen: Seen = { failures: [], dossiers: [] }
  const lane = async (release: Release): Promise<void> => {
    while (!stop.aborted) {
      const started = performance.now()
      await workAs(release).catch((error: unknown) => seen.failures.push(String(error)))
      seen.dossiers.push({ at: started, ms: performance.now() - started })
      await sleep(5)
    }
  }
  await Promise.all([...releases, ...releases].map(lane))
  return seen
}

/** The longest that anybody waited for a table, ms. Waiting for older transactions to end keeps nobody waiting behind. */
const watchLocks = async (stop: AbortSignal): Promise<number> => {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  let longest = 0
  while (!stop.aborted) {
    const { rows } = await client.query<{ ms: number }>(
      `select coalesce(max(extract(epoch from clock_timestamp() - waitstart) * 1000), 0)::float8 as ms from pg_locks
       where not granted and locktype = 'relation'
         and database = (select oid from pg_database where datname = current_database())`,
    )
    longest = Math.max(longest, rows[0]?.ms ?? 0)
    await sleep(20)
  }
  await client.end()
  return longest
}

/** Does `work` while releases are at work, and some time before and after; nothing they do may fail or wait. */
const beside = async <T>(
  what: string,
  releases: readonly (keyof typeof RELEASES)[],
  work: () => Promise<T>,
): Promise<T> => {
  const stopping = new AbortController()
  const load = officers(
    releases.map((name) => RELEASES[name]),
    stopping.signal,
  )
  const locks = watchLocks(stopping.signal)
  try {
    await sleep(AROUND_MS)
    const started = performance.now()
    const result = await work()
    const ended = performance.now()
    await sleep(AROUND_MS)
    stopping.abort()
    const { failures, dossiers } = await load
    const p99Of = (those: Seen['dossiers']): number =>
      percentile(
        those.map(({ ms }) => ms),
        0.99,
      )
    const [during, around] = [
      dossiers.filter(({ at, ms }) => at + ms > started && at < ended),
      dossiers.filter(({ at, ms }) => at + ms <= started || at >= ended),
    ]
    const waited = await locks
    console.log(
      `F17 ${what} in ${(ended - started).toFixed(0)} ms beside ${releases.join(' and ')}: ${dossiers.length} dossiers, ` +
        `p99 ${p99Of(during).toFixed(0)} ms, before and after ${p99Of(around).toFixed(0)} ms, longest wait for a table ${waited.toFixed(0)} ms`,
    )
    expect(failures).toEqual([])
    expect(dossiers.length).toBeGreaterThan(0)
    if (Math.min(during.length, around.length) >= ENOUGH)
      expect(p99Of(during)).toBeLessThan(SLOWER * p99Of(around))
    expect(waited).toBeLessThan(LONGEST_LOCK_MS)
    return result
  } finally {
    stopping.abort()
    await Promise.allSettled([load, locks])
  }
}

const invalidIndexes = async (): Promise<unknown[]> => {
  const { rows } = await database.pool.query(
    'select indexrelid::regclass::text as name from pg_index where not indisvalid',
  )
  return rows
}

/** By a job, some thousand rows a transaction. */
const backfill = async (): Promise<number> => {
  for (let filled = 0; ; ) {
    const { rowCount } = await database.pool.query(
      `update dossier set new_form = old_form where id in
         (select id from dossier where new_form is null and old_form is not null limit ${BATCH} for update skip locked)`,
    )
    if (!rowCount) return filled
    filled += rowCount
  }
}

describe(`migrations on ${ROWS} dossiers under load`, () => {
  test('indexes are made beside those who write', { timeout: 300_000 }, async () => {
    await beside('nothing', ['before'], () => sleep(AROUND_MS))
    expect(await beside(INDEXES, ['before'], () => migrateBeside())).toEqual([INDEXES])
    expect(await invalidIndexes()).toEqual([])
  })

  test('expand, backfill, contract: no release at work fails, and each may come back', {
    timeout: 600_000,
  }, async () => {
    expect(await beside('expand', ['before'], () => step('expand'))).toEqual(['9001-expand', '9002-index'])
    expect(await invalidIndexes()).toEqual([])
    const filled = await beside('backfill', ['before', 'both'], backfill)
    expect(filled).toBeGreaterThanOrEqual(ROWS)
    // What the release before wrote meanwhile is filled when it is gone; taken back into service, again.
    await beside('backfill of the rest', ['both'], backfill)
    const { rows } = await database.pool.query<{ open: number }>(
      'select count(*)::integer as open from dossier where new_form is distinct from old_form',
    )
    expect(rows).toEqual([{ open: 0 }])
    await beside('the next release', ['both', 'after'], () => sleep(AROUND_MS))
    expect(await beside('contract', ['after'], () => step('contract'))).toEqual(['9003-contract'])
    const { rows: copied } = await database.pool.query<{ forms: number }>(
      'select count(distinct new_form)::integer as forms from dossier where code like $1',
      [`${COPIED}%`],
    )
    expect(copied).toEqual([{ forms: ROWS }])
  })

  test('one whose table is held gives up, lets others pass, and comes again', {
    timeout: 60_000,
  }, async () => {
    const holder = new pg.Client({ connectionString: database.url })
    await holder.connect()
    await holder.query('begin; select 1 from dossier limit 1')
    const done = await beside('a held table', ['after'], async () => {
      const migrating = step('held')
      // Longer than the migrator waits at a time, so it has come at least twice.
      await sleep(2_000)
      await holder.query('commit')
      return migrating
    })
    await holder.end()
    expect(done).toEqual(['9004-held'])
  })
})
