import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeEmptyProvince } from '../support/empty-province.ts'
import { readLedger } from '../support/ledger.ts'
import { checkAgainstLedger } from '../support/ledger-check.ts'
import type { Report } from '../support/ledger-client.ts'
import { type Load, startLoad } from '../support/ledger-load.ts'
import {
  embeddedDatabase,
  type ServerProcess,
  startServerProcess,
  unusedPort,
} from '../support/server-process.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** F1: the application is killed under load; nothing that was acknowledged is lost, nothing is there twice or half. */
const RUNS = Number(process.env.FAULT_RUNS ?? 6)
const SEED = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000)
const CLIENTS = 16
/** Paces are compared over windows of this length. */
const WINDOW_MS = 1_000
/** When a pace that has not come back is given up. */
const PATIENCE_MS = 60_000

let folder: string
let port: number
let server: ServerProcess
let load: Load

beforeAll(async () => {
  folder = await temporaryFolder('f1')
  await makeEmptyProvince(folder)
  port = await unusedPort()
  server = await startServerProcess({ dataDir: folder, port })
  load = await startLoad({
    base: server.base,
    ledger: path.join(folder, 'ledger'),
    clients: CLIENTS,
    seed: SEED,
  })
}, 120_000)

afterAll(async () => {
  await load?.end()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** The n-th number of the seed's own row, 1 to 500. */
const killAfter = (run: number): number => 1 + ((Math.imul(SEED + run * 7_919, 2_654_435_761) >>> 8) % 500)

const rateOf = (instants: readonly number[], from: number, to: number): number =>
  instants.filter((at) => at >= from && at < to).length / ((to - from) / 1_000)

/** How long the process stood in the queue for a core so far, in ms (Linux; 0 elsewhere): the machine's other work, not ours. */
const queued = async (pid: number): Promise<number> => {
  const text = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '')
  return Number(text.split(' ')[1] ?? 0) / 1_000_000
}

/** From the restart to the end of the first window with 95 % of the pace before; `own` without the wait for a core. */
type Recovery = { before: number; wall: number; own: number }

const middle = (values: readonly number[]): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN)

/** Collects what the officers report until enough is known. */
const reportUntil = async (enough: (soFar: Report) => boolean): Promise<Report> => {
  const merged = await load.report()
  while (!enough(merged)) {
    await sleep(50)
    const more = await load.report()
    merged.acknowledged.push(...more.acknowledged)
    merged.surprises.push(...more.surprises)
  }
  return merged
}

const untilAnswered = (count: number): Promise<Report> => {
  const began = Date.now()
  return reportUntil(({ acknowledged }) => acknowledged.length >= count || Date.now() - began > PATIENCE_MS)
}

const untilAtPace = async (before: number, up: number): Promise<Recovery & { report: Report }> => {
  const waitedAtUp = await queued(server.pid)
  let back = Number.POSITIVE_INFINITY
  const report = await reportUntil(({ acknowledged }) => {
    const now = Date.now()
    const full = acknowledged.length > 0 && now - up >= WINDOW_MS
    if (full && rateOf(acknowledged, now - WINDOW_MS, now) >= 0.95 * before) back = now
    return back <= now || now - up > PATIENCE_MS
  })
  const wall = back - up
  return { before, wall, own: wall - ((await queued(server.pid)) - waitedAtUp), report }
}

test(
  `the application killed ${RUNS} times under intake and moves, seed ${SEED}`,
  async () => {
    const outages: number[] = []
    const starts: number[] = []
    const recoveries: Recovery[] = []
    for (let run = 0; run < RUNS; run++) {
      const where = `FAULT_SEED=${SEED}, run ${run}, killed after ${killAfter(run)} ms`
      await load.load()
      const first = await untilAnswered(CLIENTS)
      const began = Date.now()
      // Enough under way for each kind of request to be hit; the moment itself is the random one.
      await sleep(WINDOW_MS + killAfter(run))
      const killed = Date.now()
      await server.kill()
      const { acknowledged: early, surprises } = await load.report()
      const before = rateOf(early, began, killed)
      server = await startServerProcess({ dataDir: folder, port })
      const up = Date.now()
      starts.push(server.startedInMs)
      const { report, ...recovery } = await untilAtPace(before, up)
      recoveries.push(recovery)
      await load.halt()
      await load.repeat()
      const rest = await load.report()
      report.surprises.push(...first.surprises, ...surprises, ...rest.surprises)
      const back = report.acknowledged[0] ?? Number.POSITIVE_INFINITY
      outages.push(back - killed)
      expect(report.surprises, where).toEqual([])
      expect(report.acknowledged.length, where).toBeGreaterThan(0)
      const { url } = await embeddedDatabase(folder)
      const ledger = await readLedger(path.join(folder, 'ledger'))
      const { lost, ghosts, broken } = await checkAgainstLedger(url, folder, ledger)
      expect({ lost, ghosts, broken }, where).toEqual({ lost: [], ghosts: [], broken: [] })
      if ((run + 1) % 5 === 0)
        console.log(
          `F1 ${run + 1} of ${RUNS}: 0 lost, 0 ghosts, back at pace in ${middle(recoveries.map(({ own }) => own))} ms`,
        )
    }
    const range = (values: readonly number[]): string =>
      `${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))}`
    const { url } = await embeddedDatabase(folder)
    const { dossiers, events } = await checkAgainstLedger(
      url,
      folder,
      await readLedger(path.join(folder, 'ledger')),
    )
    const [wall, own] = [recoveries.map((one) => one.wall), recoveries.map((one) => one.own)]
    console.log(
      `F1 ${RUNS}/${RUNS}, seed ${SEED}: ${dossiers} dossiers, ${events} events, 0 lost, 0 ghosts; ` +
        `kill to first answer ${range(outages)} ms (start ${range(starts)} ms); ` +
        `${range(recoveries.map((one) => one.before))} acknowledged a second before, 95 % of it ` +
        `${middle(own)} ms after the restart (${range(own)}; with the wait for a core ${middle(wall)}, ${range(wall)})`,
    )
    // Between an answer and the next there is a whole start; it includes the database's recovery.
    expect(Math.max(...outages)).toBeLessThan(30_000)
    // The promise of the design. The middle one, because a neighbour's second of work falls into some windows.
    expect(middle(own)).toBeLessThanOrEqual(3_000)
    expect(Math.max(...wall)).toBeLessThan(PATIENCE_MS)
  },
  60_000 + RUNS * 60_000,
)

test('the check itself sees what is lost, there twice, half done and changed', {
  timeout: 120_000,
}, async () => {
  const { url } = await embeddedDatabase(folder)
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const ledger = await readLedger(path.join(folder, 'ledger'))
  const intakes = ledger.filter(({ does, answers }) => does === 'intake' && answers.length > 0)
  const codeOf = (index: number): string => JSON.parse(intakes[index]?.answers[0]?.body ?? '{}').code
  const spoil = (statement: string, index: number) => admin.query(statement, [codeOf(index)])
  await spoil(`update dossier set note = 'lost' where code = $1`, 0)
  await spoil(
    `update dossier set note = (select note from dossier where note <> 'lost' and code <> $1 limit 1) where code = $1`,
    1,
  )
  await spoil('delete from dossier_component using dossier d where dossier_id = d.id and d.code = $1', 2)
  await spoil(`update dossier set state = 'PROCESSING', version = version + 1 where code = $1`, 3)
  await spoil('update dossier_code_counter set last = last + 1 where $1::text is not null', 4)
  await spoil(
    `update event set body = replace(body, '"state":"ACCEPTED"', '"state":"ACCEPTEX"') where type = 'dossier-accepted'
     and subject_id = (select id::text from dossier where code = $1)`,
    5,
  )
  await admin.end()
  const { lost, ghosts, broken } = await checkAgainstLedger(url, folder, ledger)
  expect(lost).toContain(`intake ${codeOf(0)}`)
  expect(ghosts.join()).toContain('never sent')
  expect(ghosts.join()).toContain('2 dossiers of one request')
  const all = broken.join('\n')
  for (const words of ['without papers', 'a number of a day', codeOf(3), codeOf(5)])
    expect(all).toContain(words)
})
