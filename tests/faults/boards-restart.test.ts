import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BoardClient, watchBoard } from '../support/board-client.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { fillLine, type OpenHall, openHall } from '../support/hall.ts'
import { createHttpClient } from '../support/http-client.ts'
import { provinceTemplate } from '../support/province-template.ts'
import { type ServerProcess, startServerProcess, unusedPort } from '../support/server-process.ts'
import { type Balancer, startBalancer } from '../support/tcp-balancer.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** F14: two processes of the application are restarted one after the other, under boards that hang on both of them. */
const BOARDS = Number(process.env.FAULT_BOARDS ?? 40)
const CENTRE = 'tthcc-tinh'
const CALLS_KEPT_READY = 3_000
const BETWEEN_CALLS_MS = 40
const BACK_WITHIN_MS = 5_000

let folder: string
let database: TestDatabase
let hall: OpenHall
let ports: number[]
let servers: ServerProcess[]
let balancer: Balancer
let boards: BoardClient[] = []

const start = (index: number): Promise<ServerProcess> =>
  startServerProcess({
    dataDir: path.join(folder, String(index)),
    port: ports[index] ?? 0,
    environment: { DATABASE_URL: database.url, PUBLIC_REQUESTS_PER_MINUTE: '10000000' },
  })

beforeAll(async () => {
  folder = await temporaryFolder('f14')
  database = await testDatabase({ template: await provinceTemplate(), poolSize: 2 })
  await database.db.updateTable('installation').set({ demo_at: new Date() }).execute()
  // One installation of two processes: an officer's session is good at both.
  const secret = randomUUID() + randomUUID()
  for (const name of ['0', '1']) {
    await mkdir(path.join(folder, name, 'keys'), { recursive: true })
    await writeFile(path.join(folder, name, 'keys', 'cookie-secret'), secret)
  }
  hall = await openHall({ url: database.url, dataDir: path.join(folder, '0'), centre: CENTRE, counters: 1 })
  await fillLine({ url: database.url, hall, count: CALLS_KEPT_READY })
  ports = [await unusedPort(), await unusedPort()]
  servers = [await start(0), await start(1)]
  balancer = await startBalancer(ports)
}, 180_000)

afterAll(async () => {
  for (const board of boards) board.leave()
  await balancer?.close()
  await Promise.all((servers ?? []).map((server) => server.stop()))
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

/** Its modules are loaded: requests that came before would have waited for them. */
const untilAnswers = async (port: number | undefined): Promise<void> => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/centres/${CENTRE}/board`)
  await answer.arrayBuffer()
  expect(answer.status).toBe(200)
}

/** An officer who calls on and on through the balancer; what a restart cuts off is asked again under its own key. */
const keepCalling = (base: string) => {
  const called: string[] = []
  let on = true
  const [seat] = hall.counters
  const call = async (): Promise<string> => {
    const key = randomUUID()
    for (;;) {
      const http = createHttpClient(base, 1)
      const answer = await http
        .call({
          ...{ path: `/counters/${seat?.counter}/call-next`, cookie: seat?.cookie ?? '', body: {} },
          headers: { 'idempotency-key': key },
        })
        .catch(() => undefined)
      http.close()
      if (answer?.status === 200) return JSON.parse(answer.body).number
      if (answer && answer.status < 500) throw new Error(`${answer.status} ${answer.body}`)
      await sleep(50)
    }
  }
  const calling = (async () => {
    while (on) {
      called.push(`call ${await call()}`)
      await sleep(BETWEEN_CALLS_MS)
    }
  })()
  return {
    called,
    stop: () => {
      on = false
      return calling
    },
  }
}

test(`${BOARDS} boards hear every call once and in order across a rolling restart, and come back one after the other`, {
  timeout: 120_000 + BOARDS * 100,
}, async () => {
  const base = `http://127.0.0.1:${balancer.port}`
  boards = Array.from({ length: BOARDS }, () => watchBoard(base, CENTRE))
  await expect.poll(() => boards.every((board) => board.snapshots() === 1), { timeout: 60_000 }).toBe(true)

  const officer = keepCalling(base)
  const atLeast = (more: number): Promise<void> => {
    const wanted = officer.called.length + more
    return expect.poll(() => officer.called.length >= wanted, { timeout: 60_000 }).toBe(true)
  }
  await atLeast(5)
  for (const index of servers.keys()) {
    await servers[index]?.stop()
    await atLeast(5)
    balancer.use(ports.filter((_, other) => other !== index))
    servers[index] = await start(index)
    await untilAnswers(ports[index])
    balancer.use(ports)
    await atLeast(5)
  }
  await officer.stop()
  const { called } = officer
  await expect
    .poll(() => boards.every((board) => board.calls().length >= called.length), { timeout: 60_000 })
    .toBe(true)

  for (const board of boards) expect(board.calls()).toEqual(called)
  expect(boards.map((board) => board.snapshots())).toEqual(boards.map(() => 1))
  const returns = boards.flatMap((board) => board.returns())
  // Each process had its share of them, and whoever moved to the other one moved again.
  expect(returns.length).toBeGreaterThanOrEqual(BOARDS)
  const away = returns.map(({ lost, back }) => back - lost)
  expect(Math.max(...away)).toBeLessThanOrEqual(BACK_WITHIN_MS)
  expect(
    mostWithin(
      250,
      returns.map(({ back }) => back),
    ),
  ).toBeLessThan(BOARDS / 2)
})

/** The most of these moments that fall into one span. */
const mostWithin = (span: number, moments: readonly number[]): number =>
  Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + span).length))
