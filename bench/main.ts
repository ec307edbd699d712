import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { makeEmptyProvince } from '../tests/support/empty-province.ts'
import { embeddedDatabase, startServerProcess, unusedPort } from '../tests/support/server-process.ts'
import { benchIntake } from './intake.ts'
import { benchLog } from './log.ts'
import { benchPapers } from './papers.ts'
import { type BenchRow, tableOf } from './report.ts'
import { benchStartup } from './startup.ts'
import { benchWorkflow } from './workflow.ts'

/**
 * `npm run bench`: each ratio in one run on this machine, both sides in turns, best of the rounds and the spread. `-- --json`
 * prints the rows alone; further words choose ratios by the beginning of their names (`-- R1 R11`). Sizes and rounds: the
 * functions' own.
 */
const json = process.argv.includes('--json')
const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const wants = (id: string): boolean => chosen.length === 0 || chosen.includes(id)

const say = (line: string): void => {
  if (!json) console.error(line)
}

const ownDatabase = async (server: string, name: string): Promise<string> => {
  const { default: pg } = await import('pg')
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** One server for what needs one: the product's own, with its embedded database as it is in service. */
const onServer = async (): Promise<BenchRow[]> => {
  if (!['R1', 'codes', 'R6', 'R13'].some(wants)) return []
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-bench-'))
  await makeEmptyProvince(dataDir)
  const server = await startServerProcess({ dataDir, port: await unusedPort() })
  try {
    const { url } = await embeddedDatabase(dataDir)
    const rows: BenchRow[] = []
    if (wants('R1') || wants('codes')) {
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
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const started = performance.now()
const rows = await onServer()
if (wants('R7')) {
  say('R7 …')
  rows.push(...(await benchPapers()))
}
if (wants('R11')) {
  say('R11 …')
  rows.push(...(await benchStartup()))
}
if (json) console.log(JSON.stringify(rows, undefined, 2))
else
  console.log(
    `${tableOf(rows)}\n${Math.round((performance.now() - started) / 1_000)} s, ${os.cpus().length} cores, Node ${process.version}`,
  )
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1
