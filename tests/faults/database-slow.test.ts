import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmbeddedPostgres, startEmbedded } from '#platform/db/embedded.ts'
import { makeEmptyProvince } from '../support/empty-province.ts'
import { createHttpClient, type HttpClient, type Reply } from '../support/http-client.ts'
import { type ServerProcess, startServerProcess, unusedPort } from '../support/server-process.ts'
import { type FaultProxy, startFaultProxy } from '../support/tcp-proxy.ts'
import { type Clerk, createIntake, signIn } from './clerks.ts'

/** F13: the database is slow, not dead. Between it and the application stands a proxy that delays, resets and falls silent. */
const SECONDS = Number(process.env.FAULT_SECONDS ?? 6)
const OFFICERS = 60

let folder: string
let database: EmbeddedPostgres
let proxy: FaultProxy
let server: ServerProcess
let clerk: Clerk
let watcher: HttpClient
let intake: (note: string) => unknown

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-f13-'))
  const dataDir = path.join(folder, 'database')
  await makeEmptyProvince(dataDir)
  database = await startEmbedded({ dataDir })
  proxy = await startFaultProxy({ port: database.port }, 13)
  const url = new URL(database.url('mot_cua'))
  url.port = String(proxy.port)
  server = await startServerProcess({
    dataDir: path.join(folder, 'server'),
    port: await unusedPort(),
    environment: { DATABASE_URL: url.href },
  })
  clerk = await signIn(server.base, 'tiepnhan.halong1')
  watcher = createHttpClient(server.base, 4)
  intake = await createIntake(clerk, 'tthcc-ha-long')
}, 240_000)
afterAll(async () => {
  proxy?.set({})
  clerk?.http.close()
  watcher?.close()
  await server?.stop()
  await proxy?.close()
  await database?.stop()
  await rm(folder, { recursive: true, force: true })
})

type Told = {
  replies: Reply[]
  failures: string[]
  acknowledged: string[]
  packets: number
  health: Reply[]
  ready: string[]
}

/** Officers who list and receive in turns for a while, and somebody who looks how the house is. */
const work = async (seconds: number): Promise<Told> => {
  const told: Told = { replies: [], failures: [], acknowledged: [], packets: 0, health: [], ready: [] }
  const before = proxy.packets()
  const until = Date.now() + seconds * 1_000
  const officer = async (n: number): Promise<void> => {
    for (let i = n; Date.now() < until; i++) {
      const note = `${crypto.randomUUID()}`
      const receives = i % 3 === 0
      await clerk.http
        .call({
          ...(receives
            ? {
                method: 'POST' as const,
                path: '/dossiers',
                body: intake(note),
                headers: { 'idempotency-key': note },
              }
            : { method: 'GET' as const, path: '/dossiers?limit=20' }),
          cookie: clerk.cookie,
        })
        .then(
          (reply) => {
            told.replies.push(reply)
            if (reply.status === 201) told.acknowledged.push(note)
          },
          (error: unknown) => told.failures.push(String(error)),
        )
      // People read what they were told; a refused one comes again when the answer says.
      await sleep(told.replies.at(-1)?.status === 503 ? 400 : 50)
    }
  }
  const look = async (): Promise<void> => {
    while (Date.now() < until) {
      told.health.push(await watcher.call({ method: 'GET', path: '/health' }))
      told.ready.push(JSON.parse((await watcher.call({ method: 'GET', path: '/ready' })).body).status)
      await sleep(200)
    }
  }
  await Promise.all([look(), ...Array.from({ length: OFFICERS }, (_, n) => officer(n))])
  told.packets = proxy.packets() - before
  return told
}

const p99 = (replies: readonly Reply[]): number =>
  replies.map(({ ms }) => ms).toSorted((a, b) => a - b)[Math.floor(replies.length * 0.99)] ?? 0
const codeOf = ({ body }: Reply): string => JSON.parse(body).code
const turnedAway = ({ replies }: Told): Reply[] =>
  replies.filter((reply) => reply.status === 503 && codeOf(reply) === 'platform.overloaded')

const missing = async (notes: readonly string[]): Promise<string[]> => {
  const client = new pg.Client({ connectionString: database.url('mot_cua') })
  await client.connect()
  const { rows } = await client.query<{ note: string; count: number }>(
    'select note, count(*)::integer as count from dossier where note = any($1) group by note',
    [notes],
  )
  await client.end()
  const counts = new Map(rows.map(({ note, count }) => [note, count]))
  return notes.filter((note) => counts.get(note) !== 1)
}

const sound = async (told: Told): Promise<void> => {
  expect(told.failures).toEqual([])
  expect(
    [...new Set(told.replies.map(({ status }) => status))].filter(
      (status) => ![200, 201, 503].includes(status),
    ),
  ).toEqual([])
  for (const reply of told.replies)
    if (reply.status === 503) expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
  expect(await missing(told.acknowledged)).toEqual([])
  expect(told.health.every(({ status, ms }) => status === 200 && ms < 1_500)).toBe(true)
}

describe('a slow database', () => {
  let calm: Told
  let perAnswer = 0

  test('nothing is turned away while it is quick', { timeout: 60_000 }, async () => {
    await work(2)
    calm = await work(SECONDS)
    await sound(calm)
    expect(turnedAway(calm)).toEqual([])
    expect(calm.ready.at(-1)).toBe('ready')
    perAnswer = calm.packets / calm.replies.length
  })

  test('200 ms a packet and one in a hundred reset: the door is kept, nobody waits long to be told', {
    timeout: 120_000,
  }, async () => {
    proxy.set({ delayMs: 200, resetShare: 0.01 })
    const told = await work(SECONDS * 2)
    await sound(told)
    const away = turnedAway(told)
    console.log(
      `F13: ${told.replies.length} answers, ${away.length} turned away (p99 ${p99(away).toFixed(0)} ms), ` +
        `${told.acknowledged.length} received, packets an answer ${perAnswer.toFixed(1)} → ${(told.packets / told.replies.length).toFixed(1)}`,
    )
    expect(away.length).toBeGreaterThan(0)
    expect(p99(away)).toBeLessThan(2_000)
    expect(told.acknowledged.length).toBeGreaterThan(0)
    expect(told.ready).toContain('degraded')
    // Nobody asks again behind the officers' backs.
    const answered = told.replies.filter(({ status }) => status !== 503).length
    expect(told.packets).toBeLessThan(1.3 * perAnswer * (answered + (told.replies.length - answered)))
  })

  test('silence: whoever comes is told at once, and all goes on when the line is cut', {
    timeout: 120_000,
  }, async () => {
    proxy.set({ silent: true })
    const silence = work(4)
    await sleep(4_200)
    proxy.cut('reset')
    proxy.set({})
    const told = await silence
    await sound(told)
    expect(turnedAway(told).length).toBeGreaterThan(0)
    expect(p99(turnedAway(told))).toBeLessThan(2_000)
  })

  test('and then it is as before', { timeout: 120_000 }, async () => {
    await work(2)
    const told = await work(SECONDS)
    await sound(told)
    expect(turnedAway(told)).toEqual([])
    expect(told.ready.at(-1)).toBe('ready')
    expect(told.replies.length).toBeGreaterThan(calm.replies.length / 3)
  })
})
