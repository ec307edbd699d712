import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { seedDemoAccounts } from '#modules/identity/index.ts'
import { systemClock } from '#platform/clock/clock.ts'
import { connect, type Database } from '#platform/db/connect.ts'
import { migrate } from '#platform/db/migrate.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { atRoot } from '#platform/root.ts'
import { actorsOf } from '#sim/officers.ts'
import { seedDemoPeople, seedReference } from '../../apps/server/seed.ts'
import { createServices, type Services } from '../../apps/server/services.ts'
import { anIntake, PROCEDURES } from '../support/dossiers.ts'

/**
 * F17: migrations run on a table of size while the application works on it. Those tried here are the newest that the
 * application can do without; each new one belongs into this list until the next release has taken it over.
 */
const NEW = (process.env.FAULT_MIGRATIONS ?? '0079').split(',')
const ROWS = Number(process.env.FAULT_ROWS ?? 40_000)
const LONGEST_LOCK_MS = 1_000
const PROFILE = 'quang-ninh-2016'

let folder: string
let url: string
let database: Database
let services: Services
let clerk: ReturnType<typeof actorsOf>[number]
let supervisor: ReturnType<typeof actorsOf>[number]

const asAdmin = async (statement: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: inject('databaseServer').url })
  await admin.connect()
  await admin.query(statement)
  await admin.end()
}

/** A folder with the migrations of the release before. */
const older = async (): Promise<string> => {
  const into = path.join(folder, 'migrations')
  await mkdir(into)
  for (const file of await readdir(atRoot('migrations')))
    if (!NEW.some((number) => file.startsWith(number)))
      await copyFile(atRoot(`migrations/${file}`), path.join(into, file))
  return into
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-f17-'))
  const name = `test_f17_${process.pid}`
  await asAdmin(`create database ${name}`)
  url = new URL(`/${name}`, inject('databaseServer').url).href
  database = connect({ url, poolSize: 12 })
  const { db } = database
  await migrate(db, await older())
  services = createServices({
    db,
    reference: connectReference(),
    files: await createLocalFileStore(path.join(folder, 'files')),
    clock: systemClock,
    secret: 'a secret for tests that is long enough to be one',
    demo: true,
    hotline: '',
    publicUrl: () => '',
  })
  await seedReference(db, services, PROFILE)
  const people = await seedDemoPeople(db, PROFILE, new Date())
  const staff = actorsOf(people, await seedDemoAccounts(db, people, { at: new Date() }))
  const named = (username: string) => {
    const found = staff.find((one) => one.username === username)
    if (!found) throw new Error(`nobody is called ${username}`)
    return found
  }
  clerk = named('tiepnhan.halong1')
  supervisor = named('giamsat.tinh')
  await receive()
  await fill()
}, 300_000)
afterAll(async () => {
  await database?.close()
  await reference?.close()
  await asAdmin(`drop database if exists test_f17_${process.pid} with (force)`)
  await rm(folder, { recursive: true, force: true })
})

let reference: Database | undefined
const connectReference = () => {
  reference = connect({ url, poolSize: 2 })
  return reference.db
}

const receive = async () => {
  const input = await anIntake(
    { services },
    { procedure: PROCEDURES.sameDay, receivingCentre: 'tthcc-ha-long' },
  )
  return services.dossiers.create(input, { actor: clerk, idempotency: undefined })
}
const list = () => services.dossiers.list({ limit: 20 }, { actor: supervisor, idempotency: undefined })

/** Copies of the one that was received, until the table is as large as it shall be. */
const fill = async (): Promise<void> => {
  await database.pool.query(`insert into dossier select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(),
    'code', 'H00-250101-' || (10000 + n), 'received_at', d.received_at - n * interval '1 minute'))).*
    from dossier d, generate_series(1, ${ROWS}) n where d.code not like 'H00-%'`)
  await database.pool.query('analyze dossier')
}

type Seen = { failures: string[]; done: number; slowest: number }

/** Officers who receive and look, until the stop. */
const officers = (stop: AbortSignal): Promise<Seen> => {
  const seen: Seen = { failures: [], done: 0, slowest: 0 }
  const one = async (n: number): Promise<void> => {
    for (let i = n; !stop.aborted; i++) {
      const started = performance.now()
      await (i % 2 === 0 ? receive() : list()).then(
        () => (seen.done += 1),
        (error: unknown) => seen.failures.push(String(error)),
      )
      seen.slowest = Math.max(seen.slowest, performance.now() - started)
      await sleep(5)
    }
  }
  return Promise.all(Array.from({ length: 4 }, (_, n) => one(n))).then(() => seen)
}

/** The longest that anybody waited for a lock on a table, ms. */
const watchLocks = async (stop: AbortSignal): Promise<number> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let longest = 0
  while (!stop.aborted) {
    // The migrator waits for the end of older transactions in a way that keeps nobody waiting behind it.
    const { rows } = await client.query<{ ms: number }>(
      `select coalesce(max(extract(epoch from clock_timestamp() - l.waitstart) * 1000), 0)::float8 as ms
       from pg_locks l where not l.granted and l.locktype in ('relation', 'tuple', 'transactionid')
         and l.database is not distinct from (select oid from pg_database where datname = current_database())`,
    )
    longest = Math.max(longest, rows[0]?.ms ?? 0)
    await sleep(20)
  }
  await client.end()
  return longest
}

const underLoad = async <T>(work: () => Promise<T>): Promise<{ result: T; seen: Seen; lockMs: number }> => {
  const stopping = new AbortController()
  const load = officers(stopping.signal)
  const locks = watchLocks(stopping.signal)
  await sleep(500)
  try {
    const result = await work()
    await sleep(500)
    return { result, seen: await stopped(), lockMs: await locks }
  } finally {
    stopping.abort()
  }
  function stopped() {
    stopping.abort()
    return load
  }
}

describe(`migrations ${NEW.join(', ')} on ${ROWS} dossiers under load`, () => {
  test('no request fails, and nobody waits for a lock longer than a second', {
    timeout: 300_000,
  }, async () => {
    const idle = await underLoad(() => sleep(1_500))
    const { result, seen, lockMs } = await underLoad(async () => {
      const migrator = connect({ url, poolSize: 1 })
      const started = performance.now()
      const done = await migrate(migrator.db)
      await migrator.close()
      return { done, ms: performance.now() - started }
    })
    console.log(
      `F17: ${result.done.join(', ')} in ${Math.round(result.ms)} ms beside ${seen.done} requests, ` +
        `longest lock ${Math.round(lockMs)} ms, slowest request ${Math.round(seen.slowest)} ms (idle ${Math.round(idle.seen.slowest)} ms)`,
    )
    expect(result.done.length).toBe(NEW.length)
    expect(seen.failures).toEqual([])
    expect(seen.done).toBeGreaterThan(0)
    expect(lockMs).toBeLessThan(LONGEST_LOCK_MS)
    const { rows } = await database.pool.query(
      'select indexrelid::regclass::text as name from pg_index where not indisvalid',
    )
    expect(rows).toEqual([])
  })

  test('a migration whose table is held gives up, lets others pass, and comes again', {
    timeout: 60_000,
  }, async () => {
    const directory = path.join(folder, 'held')
    await mkdir(directory)
    await writeFile(path.join(directory, '9001-held.sql'), 'alter table dossier add column tried boolean;')
    const holder = new pg.Client({ connectionString: url })
    await holder.connect()
    await holder.query('begin; select 1 from dossier limit 1')
    const migrator = connect({ url, poolSize: 1 })
    const { result, seen, lockMs } = await underLoad(async () => {
      const migrating = migrate(migrator.db, directory)
      await sleep(2_500)
      await holder.query('commit')
      return migrating
    })
    await Promise.all([holder.end(), migrator.close()])
    expect(result).toEqual(['9001-held'])
    expect(seen.failures).toEqual([])
    expect(lockMs).toBeLessThan(LONGEST_LOCK_MS)
  })
})
