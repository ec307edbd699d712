import { hash } from 'node:crypto'
import pg from 'pg'
import { connect, type Db } from '#platform/db/connect.ts'
import { migrate } from '#platform/db/migrate.ts'
import { createLog, type EventLog, type NewEvent } from '#platform/log/log.ts'
import { createSealer } from '#platform/log/sealer.ts'
import { type SigningKey, temporarySigningKey } from '#platform/log/signing-key.ts'
import { openChild } from './child.ts'
import type { VerifyJob, VerifyResult } from './log-verify.ts'

export type BenchRow = { name: string; value: number; target: number; ok: boolean; detail: string }

/**
 * The SQL of R1's whole intake (dossier, parts, tasks, event) takes as long as this many appends: 360 µs beside 90. In appends,
 * because both sides of the share must be of one run.
 */
const APPENDS_IN_INTAKE = 4
const ROUNDS = 7
/** The bare loop is that much quicker; as often repeated it takes as long, so that a neighbour's work falls on both sides. */
const REPEATS = 3
const CHUNK = 5_000

/** Measures on a database of its own on the server of `url`, removed afterwards. */
export const benchLog = async ({
  url,
  events = 200_000,
}: {
  url: string
  events?: number
}): Promise<BenchRow[]> => {
  const name = `bench_log_${process.pid}`
  const own = new URL(url)
  own.pathname = `/${name}`
  await asAdmin(url, `create database ${name}`)
  const database = connect({ url: own.href, poolSize: 4 })
  try {
    await migrate(database.db)
    const key = temporarySigningKey()
    const { bodies, sealing } = await fill(database.db, key, events)
    // What autovacuum does in service; a bench that starts right after a bulk load would measure the load's hint bits.
    await database.pool.query('vacuum (analyze) event')
    return [await verification(own.href, key, bodies), sealing]
  } finally {
    await database.close()
    await asAdmin(url, `drop database ${name} with (force)`)
  }
}

const asAdmin = async (url: string, statement: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(statement)
  await admin.end()
}

const anEvent = (n: number): NewEvent => ({
  type: ['dossier-accepted', 'task-completed', 'personal-data-read', 'result-registered'][n % 4] ?? '',
  at: new Date(Date.UTC(2026, 0, 5) + n * 1_000),
  actor: {
    kind: 'staff',
    id: `01990000-0000-7000-8000-0000000000${10 + (n % 90)}`,
    name: 'Nguyễn Thị Ví Dụ',
  },
  subject: { kind: 'dossier', id: `01990000-0000-7000-8000-${String(n % 50_000).padStart(12, '0')}` },
  data: {
    code: `000.00.19.H49-260105-${n}`,
    from: 'received',
    to: 'processing',
    note: 'Chuyển phòng chuyên môn thẩm định',
  },
})

type Filled = { bodies: Buffer[]; sealing: BenchRow }

/** Appends and seals in alternation; sealing's price is its share beside the appending it follows. */
const fill = async (db: Db, key: SigningKey, events: number): Promise<Filled> => {
  const log: EventLog = createLog()
  const sealer = createSealer({ db, signingKey: key })
  const bodies: Buffer[] = []
  let appendMs = 0
  let sealMs = 0
  for (let from = 0; from < events; from += CHUNK) {
    const batch = Array.from({ length: CHUNK }, (_, index) => anEvent(from + index))
    for (const { body } of log.prepare(batch)) bodies.push(Buffer.from(body))
    const started = performance.now()
    await log.append(db, batch)
    const appended = performance.now()
    await sealer.sealAll()
    appendMs += appended - started
    sealMs += performance.now() - appended
  }
  const perEvent = (sealMs / events) * 1000
  const share = sealMs / (appendMs * APPENDS_IN_INTAKE)
  const detail = `${perEvent.toFixed(1)} µs a event to seal, ${((appendMs / events) * 1000).toFixed(1)} µs to append, one connection, batches of ${CHUNK}`
  return {
    bodies,
    sealing: {
      name: 'R13 log sealing share of intake',
      value: share,
      target: 0.15,
      ok: share <= 0.15,
      detail,
    },
  }
}

const verification = async (url: string, key: SigningKey, bodies: readonly Buffer[]): Promise<BenchRow> => {
  const child = openChild<VerifyJob, VerifyResult>('log-verify.ts')
  const publicKey = key.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const hashing: number[] = []
  const fastest: number[] = []
  const verifying: number[] = []
  let findings = 0
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    for (let repeat = 0; repeat < REPEATS; repeat++) for (const body of bodies) hash('sha256', body, 'buffer')
    const hashed = performance.now()
    // The bare loop gives digests as bytes, what a chain of hashes needs; as text is quicker, and told beside it.
    for (const body of bodies) hash('sha256', body, 'binary')
    const hashedAsText = performance.now()
    const result = await child.ask({ url, keyId: key.id, publicKey })
    if (result.events !== bodies.length)
      throw new Error(`${result.events} of ${bodies.length} events verified`)
    findings += result.findings
    hashing.push((REPEATS * bodies.length) / (hashed - started))
    verifying.push(bodies.length / result.milliseconds)
    fastest.push(bodies.length / (hashedAsText - hashed))
  }
  child.end()
  const value = Math.max(...verifying) / Math.max(...hashing)
  const thousands = (rates: readonly number[]): string =>
    `${Math.round(Math.max(...rates))}k/s (${Math.round(Math.min(...rates))}–${Math.round(Math.max(...rates))})`
  return {
    name: 'R13 log verification',
    value,
    target: 0.3,
    ok: value >= 0.3 && findings === 0,
    detail: `verified ${thousands(verifying)}, bare SHA-256 ${thousands(hashing)} (as text ${thousands(fastest)}), ${bodies.length} events, its own process, a thread for the tree and its connection’s process against one loop, ${findings} findings`,
  }
}
