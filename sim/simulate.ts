import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { movableClock } from '#platform/clock/clock.ts'
import { connect } from '#platform/db/connect.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { migrate } from '#platform/db/migrate.ts'
import { atRoot } from '#platform/root.ts'
import { instantOf } from '#platform/time/vietnam.ts'
import { seedProvince } from '../tests/support/seed-province.ts'
import { opener } from './simulate/open.ts'
import { type SimulationReport, simulate } from './simulate/run.ts'

/**
 * `npm run -s simulate -- --days 1000 --seed 7`: a province with virtual time on a database of its own, in which officers and
 * citizens do what they may and what they may not, days and holidays pass, processes die and start again; after each thing the
 * rules that must always hold are checked (docs/operations.md). The same seed, options and commit give the same digest.
 */
const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '100' },
    seed: { type: 'string' },
    /** The day on which it begins: that of Decree 118/2025, whose forms the product prints. */
    from: { type: 'string', default: '2025-07-01' },
    pace: { type: 'string', default: '14' },
  },
})
const seed = values.seed ?? String(Math.floor(Math.random() * 1e9))
const { from } = values
const [days, pace] = [Number(values.days), Number(values.pace)]

const DATABASE = 'mot_cua_simulation'

const commit = (): string => {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=12'], {
      cwd: atRoot('.'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'unknown'
  }
}

const told = ({ arrived, open, events, digest, count }: SimulationReport, ms: number): string =>
  [
    `${days} days in ${Math.round(ms / 1_000)} s: ${arrived} dossiers (${open} open), ${events} events sealed and verified`,
    `${count.requests} requests: ${count.done} done, ${[...count.refused.values()].reduce((a, b) => a + b, 0)} refused ` +
      `(${count.refused.size} codes), ${count.repeated} repeated, ${count.cut} cut off, ${count.papers} papers`,
    `${count.restarts} restarts, ${count.messages} messages, ${count.timers} timers, ${count.checks} checks`,
    `${count.groups} groups of procedures, ${count.questions} questions to other agencies, ${count.opinions} opinions`,
    `digest ${digest}`,
  ].join('\n')

const main = async (): Promise<void> => {
  const again = `--days ${days} --seed ${seed} --from ${from} --pace ${pace}`
  console.log(`simulate ${again} · commit ${commit()}`)
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-simulation-'))
  // The simulation does not pull plugs, it only dies between statements: nothing has to reach the disk.
  const server = await startEmbedded({
    dataDir: folder,
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
  })
  try {
    const admin = new pg.Client({ connectionString: server.url('postgres') })
    await admin.connect()
    await admin.query(`create database ${DATABASE}`)
    await admin.end()
    const url = server.url(DATABASE)
    const { db, close } = connect({ url, poolSize: 1 })
    await migrate(db)
    await close()
    const clock = movableClock(instantOf(from))
    await seedProvince(url, clock.now())
    const open = opener({ url, files: path.join(folder, 'files'), clock })
    const started = performance.now()
    const report = await simulate({ seed, from, days, pace, open, folder, say: console.log })
    console.log(told(report, performance.now() - started))
  } catch (error) {
    console.error(error)
    console.error(`again with: npm run -s simulate -- ${again} (commit ${commit()})`)
    process.exitCode = 1
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

await main()
