import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeEmptyProvince } from '../support/empty-province.ts'
import { createHttpClient } from '../support/http-client.ts'
import { readLedger } from '../support/ledger.ts'
import { checkAgainstLedger } from '../support/ledger-check.ts'
import { type Load, startLoad } from '../support/ledger-load.ts'
import {
  embeddedDatabase,
  type ServerProcess,
  startServerProcess,
  unusedPort,
} from '../support/server-process.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** F2: PostgreSQL is killed under the running application, wholly or one connection's process. */
const RUNS = Number(process.env.FAULT_RUNS ?? 2)
const SEED = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000)

let folder: string
let server: ServerProcess
let load: Load

beforeAll(async () => {
  folder = await temporaryFolder('f2')
  await makeEmptyProvince(folder)
  server = await startServerProcess({ dataDir: folder, port: await unusedPort() })
  load = await startLoad({ base: server.base, ledger: path.join(folder, 'ledger'), clients: 12, seed: SEED })
}, 120_000)

afterAll(async () => {
  await load?.end()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A connection's process of the application that is at work, or any of them. */
const someBackend = async (url: string): Promise<number> => {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const { rows } = await admin.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'mot-cua'
     order by (state <> 'idle') desc, random() limit 1`,
  )
  await admin.end()
  return rows[0]?.pid ?? 0
}

const VICTIMS = {
  postmaster: async () => (await embeddedDatabase(folder)).pid,
  backend: async () => someBackend((await embeddedDatabase(folder)).url),
} as const

test.for(Object.entries(VICTIMS))(
  `the %s killed ${RUNS} times, seed ${SEED}`,
  { timeout: 60_000 + RUNS * 20_000 },
  async ([name, findVictim]) => {
    const outages: number[] = []
    const told: number[] = []
    let slowest = 0
    for (let run = 0; run < RUNS; run++) {
      const where = `FAULT_SEED=${SEED}, run ${run}`
      const before = (await embeddedDatabase(folder)).pid
      await load.load()
      await sleep(400 + ((Math.imul(SEED + run, 2_654_435_761) >>> 8) % 500))
      const victim = await findVictim()
      process.kill(victim, 'SIGKILL')
      const killed = Date.now()
      const watcher = createHttpClient(server.base, 2)
      // Somebody who only reads, beside the officers: told at once, not made to wait.
      const health = await watcher.call({ method: 'GET', path: '/health' })
      expect(health.status, where).toBe(200)
      for (;;) {
        const { status } = await watcher.call({ method: 'GET', path: '/ready' })
        if (status === 200) break
        if (Date.now() - killed > 12_000) throw new Error(`not ready again: ${server.said()}`)
        await sleep(100)
      }
      await sleep(900)
      await load.halt()
      await load.repeat()
      watcher.close()
      const report = await load.report()
      expect(report.surprises, where).toEqual([])
      expect(report.unavailable.length, where).toBeGreaterThan(0)
      for (const { ms, retryAfter } of report.unavailable) {
        expect(retryAfter, where).toBe('2')
        told.push(ms)
      }
      expect(report.disconnected, where).toBe(0)
      const back = report.acknowledged.find((at) => at > killed + 20) ?? Number.POSITIVE_INFINITY
      const lastRefusal = Math.max(...report.unavailable.map(({ at }) => at))
      outages.push(Math.max(back, lastRefusal) - killed)
      slowest = Math.max(slowest, report.slowestMs)
      const { pid, url } = await embeddedDatabase(folder)
      expect(pid === before, where).toBe(name === 'backend')
      const checked = await checkAgainstLedger(url, folder, await readLedger(path.join(folder, 'ledger')))
      const { lost, ghosts, broken } = checked
      expect({ lost, ghosts, broken }, where).toEqual({ lost: [], ghosts: [], broken: [] })
    }
    const whole = (values: readonly number[]): string =>
      `${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))} ms`
    console.log(
      `F2 ${name} ${RUNS}/${RUNS}: 0 lost, 0 ghosts, recovery ${whole(outages)}, ${told.length} times 503 after ${whole(told)}, slowest answer ${Math.round(slowest)} ms`,
    )
    expect(Math.max(...outages)).toBeLessThan(10_000)
    expect(slowest).toBeLessThan(10_000)
  },
)
