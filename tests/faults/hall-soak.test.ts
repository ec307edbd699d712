import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BoardClient, watchBoard } from '../support/board-client.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { type OpenHall, openHall } from '../support/hall.ts'
import { createHttpClient, type HttpClient } from '../support/http-client.ts'
import { INSPECTED, type Memory, memoryOf } from '../support/inspector.ts'
import { provinceTemplate } from '../support/province-template.ts'
import { type ServerProcess, startServerProcess, unusedPort } from '../support/server-process.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Calls of one hall by one process that never restarts; FAULT_CALLS=100000 is a year of a small hall. */
const CALLS = Number(process.env.FAULT_CALLS ?? 300)
/** What happened lately is kept for boards that come back: until it is full, growing is right. */
const WARM = Math.min(Math.ceil(CALLS / 3), 5_000)
const COUNTERS = 8
/** What is held is measured, not how quick: in the long form the machine may stand still for a while. */
const PATIENCE_MS = CALLS > 10_000 ? 600_000 : 15_000
const CENTRE = 'tthcc-tinh'
const MIB = 1_048_576
/** After a collection: sixty bytes a call in a year, ten kilobytes in a few hundred. */
const MOST_HEAP_MIB = CALLS > 10_000 ? 3 : 2
/** The resident set keeps what the heap needed at its fullest. */
const MOST_RSS_MIB = 64

let folder: string
let database: TestDatabase
let hall: OpenHall
let server: ServerProcess
let http: HttpClient
let board: BoardClient

beforeAll(async () => {
  folder = await temporaryFolder('soak')
  database = await testDatabase({ template: await provinceTemplate(), poolSize: 2 })
  await database.db.updateTable('installation').set({ demo_at: new Date() }).execute()
  await mkdir(path.join(folder, 'keys'), { recursive: true })
  await writeFile(path.join(folder, 'keys', 'cookie-secret'), randomUUID() + randomUUID())
  const { url } = database
  hall = await openHall({ url, dataDir: folder, centre: CENTRE, counters: COUNTERS })
  const environment = { ...INSPECTED, DATABASE_URL: url, PUBLIC_REQUESTS_PER_MINUTE: '10000000' }
  server = await startServerProcess({ dataDir: folder, port: await unusedPort(), environment })
  http = createHttpClient(server.base, COUNTERS, PATIENCE_MS)
}, 180_000)

afterAll(async () => {
  board?.leave()
  http?.close()
  await server?.stop()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

/** Somebody takes a number and is called, so many times at all counters together. */
const serve = async (count: number): Promise<void> => {
  const ask = async (path: string, cookie: string, body: object): Promise<void> => {
    const headers = { 'idempotency-key': randomUUID() }
    const answer = await http.call({ path, cookie, body, headers })
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body} ${server.said()}`)
  }
  let left = count
  await Promise.all(
    hall.counters.map(async ({ counter, cookie }) => {
      while (left > 0) {
        left -= 1
        await ask(`/centres/${CENTRE}/tickets`, cookie, { serviceGroup: hall.group })
        await ask(`/counters/${counter}/call-next`, cookie, {})
      }
    }),
  )
}

test(`memory is flat over ${CALLS} calls, and a board hears them all`, {
  timeout: 120_000 + CALLS * 50,
}, async () => {
  board = watchBoard(server.base, CENTRE)
  await expect.poll(() => board.snapshots(), { timeout: 30_000 }).toBe(1)
  const half = Math.floor((CALLS - WARM) / 2)
  const looks: Memory[] = []
  for (const count of [WARM, half, CALLS - WARM - half]) {
    await serve(count)
    looks.push(await memoryOf(server.said))
  }
  await expect.poll(() => board.calls().length, { timeout: 30_000 }).toBe(CALLS)
  expect(new Set(board.calls()).size).toBe(CALLS)

  const [warm, middle, end] = looks
  if (!warm || !middle || !end) throw new Error('three looks at the memory')
  const told = looks.map(({ heapUsed, external, rss }) =>
    [heapUsed, external, rss].map((bytes) => (bytes / MIB).toFixed(1)).join(' + '),
  )
  console.info(
    `heap + external + resident MiB, warm, in the middle and after ${CALLS} calls: ${told.join('; ')}`,
  )
  const held = ({ heapUsed, external }: Memory) => (heapUsed + external) / MIB
  expect(held(middle) - held(warm), told.join('; ')).toBeLessThan(MOST_HEAP_MIB)
  expect(held(end) - held(middle), told.join('; ')).toBeLessThan(MOST_HEAP_MIB)
  expect((end.rss - warm.rss) / MIB, told.join('; ')).toBeLessThan(MOST_RSS_MIB)
})
