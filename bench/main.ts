import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { makeEmptyProvince } from '../tests/support/empty-province.ts'
import { INSPECTED } from '../tests/support/inspector.ts'
import {
  embeddedDatabase,
  type ServerProcess,
  startServerProcess,
  unusedPort,
} from '../tests/support/server-process.ts'
import { temporaryFolder } from '../tests/support/temporary-folder.ts'
import { benchBoards } from './boards.ts'
import { benchHall } from './hall-load.ts'
import { benchImport } from './import.ts'
import { benchIntake } from './intake.ts'
import { benchLifecycle } from './lifecycle.ts'
import { benchLists, benchPolicy } from './lists.ts'
import { benchLog } from './log.ts'
import { benchPapers } from './papers.ts'
import { freshen, pastOf } from './past.ts'
import { benchTickets } from './queue-tickets.ts'
import { type BenchRow, tableOf } from './report.ts'
import { benchStartup } from './startup.ts'
import { benchWorkflow } from './workflow.ts'

/**
 * `npm run bench`: each ratio in one run on this machine, both sides in turns, best of the rounds and the spread. `-- --json`
 * prints the rows alone; further words choose by the beginning of the names (`-- R1 lifecycle`). `--large` compares lists
 * among one and ten million dossiers; `--dossiers=N` imports another number; `--quick` shortens the phases of the hall's load. The pasts of the lists are made by the
 * product's own import and kept in the system's temporary folder.
 */
const json = process.argv.includes('--json')
const large = process.argv.includes('--large')
const quick = process.argv.includes('--quick')
const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const wants = (...ids: string[]): boolean => chosen.length === 0 || ids.some((id) => chosen.includes(id))

const sizeAsked = Number(
  process.argv.find((argument) => argument.startsWith('--dossiers='))?.split('=')[1] ?? 0,
)
const MANY = sizeAsked > 0 ? sizeAsked : large ? 10_000_000 : 1_000_000
const FEW = MANY / 10

const say = (line: string): void => {
  if (!json) console.error(line)
}

const ownDatabase = async (server: string, name: string): Promise<string> => {
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  return new URL(`/${name}`, server).href
}

type Opened = { server: ServerProcess; dataDir: string; url: string }

const openOn = async (dataDir: string, environment: Record<string, string> = {}): Promise<Opened> => {
  const server = await startServerProcess({ dataDir, port: await unusedPort(), environment })
  return { server, dataDir, url: (await embeddedDatabase(dataDir)).url }
}

/** The product's own server with its embedded database as it is in service, on a province without a dossier. */
const withEmpty = async <T>(
  work: (opened: Opened) => Promise<T>,
  environment?: Record<string, string>,
): Promise<T> => {
  const dataDir = await temporaryFolder('bench')
  await makeEmptyProvince(dataDir)
  const opened = await openOn(dataDir, environment)
  try {
    return await work(opened)
  } finally {
    await opened.server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const withPast = async <T>(rows: number, work: (opened: Opened) => Promise<T>): Promise<T> => {
  const { dataDir } = await pastOf(rows, say)
  const opened = await openOn(dataDir)
  try {
    await freshen(opened.url)
    return await work(opened)
  } finally {
    await opened.server.stop()
  }
}

const onEmptyServer = (): Promise<BenchRow[]> =>
  withEmpty(async ({ server, dataDir, url }) => {
    const rows: BenchRow[] = []
    if (wants('R1', 'codes')) {
      say('R1, codes …')
      rows.push(...(await benchIntake({ server, dataDir })))
    }
    if (wants('R6')) {
      say('R6 …')
      const moves = await benchWorkflow({ url: await ownDatabase(url, 'bench_workflow') })
      rows.push(
        ...moves.map(({ spread, ...row }) => ({
          ...row,
          detail: `${spread.ours.join('–')} moves/s, bpmn-engine ${spread.theirs.join('–')}`,
        })),
      )
    }
    if (wants('R13')) {
      say('R13 …')
      rows.push(...(await benchLog({ url })))
    }
    return rows
  })

/**
 * As in service: answers are not parsed again by their contract, which demos and tests do. Kiosks, displays and officers of whole
 * halls ask from this one machine, so the limit of an address would be theirs together.
 */
const CROWD = {
  ...INSPECTED,
  ...{ NODE_ENV: 'production', DEMO: '0', PUBLIC_REQUESTS_PER_MINUTE: '100000000' },
}
const USERS = [
  { users: 200, centre: 'tthcc-mong-cai' },
  { users: 400, centre: 'tthcc-cam-pha' },
] as const

const inHalls = (): Promise<BenchRow[]> =>
  withEmpty(async ({ server, dataDir }) => {
    const rows: BenchRow[] = []
    const opened = { server, dataDir }
    // Its modules are loaded, and the secret of its cookies is made.
    await (await fetch(`${server.base}/api/procedures?limit=1`)).arrayBuffer()
    if (wants('R4')) {
      say('R4 …')
      rows.push(...(await benchBoards({ ...opened, centre: 'tthcc-ha-long' })))
    }
    if (wants('hall'))
      for (const load of USERS) {
        say(`hall, ${load.users} users …`)
        rows.push(await benchHall({ ...opened, ...load, quick }))
      }
    if (wants('R2')) {
      say('R2 …')
      rows.push(...(await benchTickets({ ...opened, centre: 'tthcc-tinh' })))
    }
    return rows
  }, CROWD)

const amongMany = (): Promise<BenchRow[]> =>
  withPast(MANY, async (full) => {
    const rows: BenchRow[] = []
    if (wants('R5')) {
      say('R5 …')
      rows.push(
        ...(await withPast(FEW, (small) =>
          benchLists(
            { base: small.server.base, url: small.url, dossiers: FEW },
            { base: full.server.base, url: full.url, dossiers: MANY },
          ),
        )),
      )
    }
    if (wants('R16')) {
      say('R16 …')
      rows.push(await benchPolicy({ url: full.url, dossiers: MANY }))
    }
    if (wants('lifecycle')) {
      say('lifecycle …')
      rows.push(
        ...(await withEmpty((empty) =>
          benchLifecycle({ empty: empty.server, full: full.server, dossiers: MANY }),
        )),
      )
    }
    return rows
  })

/** What a figure means nothing without. */
const rig = (): string => {
  const git = (...args: string[]): string => {
    try {
      return execFileSync('git', args, { cwd: path.join(import.meta.dirname, '..'), encoding: 'utf8' }).trim()
    } catch {
      return ''
    }
  }
  const commit = `${git('rev-parse', '--short', 'HEAD') || 'no commit'}${git('status', '--porcelain') === '' ? '' : ' and changes'}`
  const load = os.loadavg()[0] ?? 0
  return [
    `${os.cpus().length} cores (${os.cpus()[0]?.model ?? 'unknown'}), ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}, commit ${commit}`,
    `load ${load.toFixed(1)} at the end: on a machine that does other work only ratios of one run compare`,
    `npm run bench${process.argv.length > 2 ? ` -- ${process.argv.slice(2).join(' ')}` : ''}`,
  ].join('\n')
}

const started = performance.now()
const rows: BenchRow[] = []
if (wants('R1', 'codes', 'R6', 'R13')) rows.push(...(await onEmptyServer()))
if (wants('R2', 'R4', 'hall')) rows.push(...(await inHalls()))
if (wants('R10')) {
  say('R10 …')
  rows.push(await benchImport(MANY, say))
}
if (wants('R5', 'R16', 'lifecycle')) rows.push(...(await amongMany()))
if (wants('R7')) {
  say('R7 …')
  rows.push(...(await benchPapers()))
}
if (wants('R11')) {
  say('R11 …')
  rows.push(...(await benchStartup()))
}
if (json) console.log(JSON.stringify(rows, undefined, 2))
else console.log(`${tableOf(rows)}\n${Math.round((performance.now() - started) / 1_000)} s\n${rig()}`)
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1
