import { rm } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Database } from '#platform/db/connect.ts'
import { problemFrom } from '#web/src/api/problem.ts'
import { createRetrying } from '#web/src/api/queries.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { anIntake, PROCEDURES } from '../support/dossiers.ts'
import { type Call, createHttpClient, type HttpClient, type Reply } from '../support/http-client.ts'
import { openProvince, type Province } from '../support/open-province.ts'
import { provinceTemplate } from '../support/province-template.ts'
import { type FaultProxy, startFaultProxy } from '../support/tcp-proxy.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** F13: the database is slow, not dead. Between it and the application stands a proxy that delays, resets and falls silent. */
const SECONDS = Number(process.env.FAULT_SECONDS ?? 4)
const SCREENS = 200
const CONNECTIONS = 16
/** So many receive and as many look, all in the same instant. */
const CROWD = 64
/** How soon who is turned away must know it. */
const TOLD_MS = 2_000
/** Whatever happens, no answer is later. */
const LATEST_MS = 10_000

let folder: string
let own: TestDatabase
let proxy: FaultProxy
let database: Database
let province: Province
let http: HttpClient
let watcher: HttpClient
/** Of one who receives, and of all who look: questions of one session wait for one another, so each has a session. */
let clerk: string
let lookers: string[]
let intake: object

beforeAll(async () => {
  own = await testDatabase({ template: await provinceTemplate() })
  const url = new URL(own.url)
  proxy = await startFaultProxy({ port: Number(url.port) }, 13)
  url.port = String(proxy.port)
  database = connect({ url: url.href, poolSize: CONNECTIONS })
  folder = await temporaryFolder('f13')
  province = await openProvince({ ...database, url: url.href }, folder)
  const base = await (await province.app()).listen({ port: 0, host: '127.0.0.1' })
  http = createHttpClient(base, 1_000)
  watcher = createHttpClient(base, 4)
  clerk = await province.cookieOf(province.actor('RECEPTION', 'tthcc-tinh'))
  const looking = province.staff.filter(({ grants }) => grants.some(({ role }) => LOOKING.includes(role)))
  lookers = await Promise.all(
    looking.slice(0, SCREENS).map(({ username }) => province.cookieOf(province.officer(username))),
  )
  intake = await anIntake(province)
}, 120_000)
afterAll(async () => {
  proxy?.set({})
  http?.close()
  watcher?.close()
  await province?.close()
  await database?.close()
  await proxy?.close()
  await own?.drop()
  await rm(folder, { recursive: true, force: true })
})

const LOOKING: readonly string[] = ['RECEPTION', 'SPECIALIST', 'UNIT_LEAD', 'RETURN_DESK']
const LIST: Call = { method: 'GET', path: '/dossiers?limit=20' }
const receive = (note: string): Call => ({
  path: '/dossiers',
  body: { ...intake, note },
  headers: { 'idempotency-key': note },
})

/** What people and their screens were told. */
const createNotes = (firstLooker = 0) => {
  const replies: Reply[] = []
  const failures: string[] = []
  const acknowledged: string[] = []
  let asked = 0
  const { retry, retryDelay } = createRetrying()
  const send = async (call: Call, cookie: string): Promise<Reply | undefined> => {
    try {
      const reply = await http.call({ ...call, cookie })
      replies.push(reply)
      return reply
    } catch (error) {
      failures.push(String(error))
      return undefined
    }
  }
  /** As our screens ask: what was not answered may be asked again by itself. */
  const look = async (goesOn: () => boolean): Promise<void> => {
    const cookie = lookers[(firstLooker + asked) % lookers.length] ?? ''
    asked += 1
    for (let count = 0; ; count++) {
      const reply = await send(LIST, cookie)
      if (!reply || reply.status === 200) return
      const problem = problemFrom(reply.status, JSON.parse(reply.body))
      if (!retry(count, problem)) return
      await sleep(retryDelay(count, problem))
      if (!goesOn()) return
    }
  }
  /** What changes something is never sent again but by a person. */
  const change = async (): Promise<void> => {
    asked += 1
    const note = crypto.randomUUID()
    const reply = await send(receive(note), clerk)
    if (reply?.status === 201) acknowledged.push(note)
  }
  return { replies, failures, acknowledged, look, change, asked: () => asked }
}
type Notes = ReturnType<typeof createNotes>

const codeOf = ({ body }: Reply): string => JSON.parse(body).code
const turnedAway = ({ replies }: Notes): Reply[] =>
  replies.filter((reply) => reply.status === 503 && codeOf(reply) === 'platform.overloaded')
/** So long this share of them waited for the answer at most, ms. */
const within = (share: number, replies: readonly Reply[]): number =>
  replies.map(({ ms }) => ms).toSorted((a, b) => a - b)[Math.floor(replies.length * share)] ?? 0

/** Acknowledged and not there exactly once. */
const missing = async (notes: readonly string[]): Promise<string[]> => {
  const client = new pg.Client({ connectionString: own.url })
  await client.connect()
  const { rows } = await client.query<{ note: string; count: number }>(
    'select note, count(*)::integer as count from dossier where note = any($1) group by note',
    [notes],
  )
  await client.end()
  const counts = new Map(rows.map(({ note, count }) => [note, count]))
  return notes.filter((note) => counts.get(note) !== 1)
}

const expectSound = async (notes: Notes): Promise<void> => {
  expect(notes.failures).toEqual([])
  const others = notes.replies.filter(({ status }) => ![200, 201, 503].includes(status))
  expect(others.map(({ status, body }) => `${status} ${body}`)).toEqual([])
  for (const { status, headers } of notes.replies)
    if (status === 503) expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  expect(await missing(notes.acknowledged)).toEqual([])
}

const standing = async (what: 'health' | 'ready') => {
  const reply = await watcher.call({ method: 'GET', path: `/${what}` })
  expect(reply.status).toBe(200)
  return { ...(JSON.parse(reply.body) as { status: string; reason: string | null }), ms: reply.ms }
}

/** For a condition, and not for ever: what never comes is a failure of its own. */
const waitFor = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (let waited = 0; !(await condition()); waited += 50) {
    if (waited > 20_000) throw new Error(`never: ${condition}`)
    await sleep(50)
  }
}

/** Screens that ask at intervals and officers who receive, all at once, for so long. */
const work = async (seconds: number, notes: Notes): Promise<void> => {
  const until = Date.now() + seconds * 1_000
  const goesOn = () => Date.now() < until
  const screen = async (n: number): Promise<void> => {
    for (let i = n; goesOn(); i++) {
      await (i % 4 === 0 ? notes.change() : notes.look(goesOn))
      await sleep(300)
    }
  }
  await Promise.all(Array.from({ length: SCREENS }, (_, n) => screen(n)))
}

/** More than a centre has officers, all in the same instant. */
const burst = async (): Promise<Notes> => {
  const notes = createNotes()
  await Promise.all([
    ...Array.from({ length: CROWD }, notes.change),
    ...Array.from({ length: CROWD }, () => notes.look(() => true)),
  ])
  await expectSound(notes)
  return notes
}

describe('a slow database', () => {
  test('while it is quick, no crowd is turned away', { timeout: 60_000 }, async () => {
    const notes = await burst()
    expect(notes.replies.filter(({ status }) => status >= 300).map(codeOf)).toEqual([])
    expect(await standing('health')).toMatchObject({ status: 'ok', reason: null })
  })

  test('200 ms a packet and one in a hundred reset: who would wait for seconds is told at once', {
    timeout: 120_000,
  }, async () => {
    proxy.set({ delayMs: 200, resetShare: 0.01 })
    const notes = createNotes()
    const lag = monitorEventLoopDelay()
    lag.enable()
    const working = work(SECONDS, notes)
    await waitFor(() => turnedAway(notes).length > 0)
    const degraded = { status: 'degraded', reason: 'work-turned-away' }
    const asked = [await standing('health'), await standing('ready')]
    expect(asked).toMatchObject([degraded, degraded])
    expect(Math.max(...asked.map(({ ms }) => ms))).toBeLessThan(TOLD_MS)
    const fromMemory = await watcher.call({ method: 'GET', path: `/procedures/${PROCEDURES.justice}` })
    expect(fromMemory.status).toBe(200)
    await sleep(SECONDS * 1_000)
    // An intake that came in takes its dozens of questions to the database; the rest of them are answered quickly again.
    proxy.set({})
    await working
    lag.disable()
    await expectSound(notes)
    const away = turnedAway(notes)
    // Officers and application share this process: what a busy machine takes from it is not the application's waiting.
    const lagMs = lag.max / 1e6
    const share = notes.replies.length / notes.asked()
    console.log(
      `F13: ${notes.asked()} questions, ${notes.replies.length} requests (${share.toFixed(2)} each), ` +
        `${away.length} turned away (p90 ${within(0.9, away).toFixed(0)} ms, p99 ${within(0.99, away).toFixed(0)} ms, machine ${lagMs.toFixed(0)} ms), ${notes.acknowledged.length} received`,
    )
    // Later than those before a silent database: on the way to their first need they wait for what others ask, as slowly.
    expect(within(0.99, away) - lagMs).toBeLessThan(LATEST_MS)
    expect(notes.acknowledged.length).toBeGreaterThan(0)
    expect(share).toBeLessThanOrEqual(1.3)
  })

  test('silence: whoever comes is told at once, and all goes on when the line is cut', {
    timeout: 120_000,
  }, async () => {
    proxy.set({ silent: true })
    const notes = createNotes()
    const first = Promise.all(Array.from({ length: CONNECTIONS + 4 }, () => notes.look(() => false)))
    await waitFor(() => database.pressure.expectedWaitMs() > 1_500)
    // Others: whoever waits for their own session already waits with it.
    const late = createNotes(CONNECTIONS + 4)
    await Promise.all(Array.from({ length: 20 }, () => late.look(() => false)))
    expect(turnedAway(late)).toHaveLength(20)
    expect(within(0.99, turnedAway(late))).toBeLessThan(TOLD_MS)
    proxy.cut('reset')
    proxy.set({})
    await first
    await expectSound(notes)
  })

  test('and then it is as before, with every connection given back', { timeout: 120_000 }, async () => {
    await waitFor(async () => (await standing('ready')).status === 'ready')
    const notes = await burst()
    expect(notes.replies.filter(({ status }) => status >= 300).map(codeOf)).toEqual([])
    const { waitingCount, idleCount, totalCount } = database.pool
    expect([waitingCount, totalCount - idleCount]).toEqual([0, 0])
  })
})
