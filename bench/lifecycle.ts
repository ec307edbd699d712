import people from '#data/demo/people.json' with { type: 'json' }
import { createHttpClient } from '../tests/support/http-client.ts'
import { percentile } from '../tests/support/percentile.ts'
import type { ServerProcess } from '../tests/support/server-process.ts'
import { inChild } from './child.ts'
import { intakeAt } from './intake.ts'
import type { LifecycleCall, LifecycleJob, LifecycleOfficer, LifecycleResult } from './lifecycle-load.ts'
import { type BenchRow, best, spread } from './report.ts'

export type LifecycleOptions = {
  empty: ServerProcess
  full: ServerProcess
  dossiers: number
  rounds?: number
  seconds?: number
}

const CLIENTS = 48
const CALLS: readonly LifecycleCall[] = ['create', 'assign', 'resolve', 'search']
/** Where receiving and deciding officers of the demo are, a centre and its section of justice each. */
const PLACES = ['halong ha-long', 'mongcai mong-cai', 'campha cam-pha', 'uongbi uong-bi'] as const
const QUIET_PER_SECOND = 1
const BUSY_PER_SECOND = 35
const WINDOW_MS = 5_000

const namesFor = (): string[] => {
  const middles = Object.keys(people.middle.female)
  const givens = Object.keys(people.given.female)
  return Array.from({ length: 400 }, (_, i) => {
    const [family, middle, given] = [people.family, middles, givens].map(
      (words, k) => words[(i * (k * 7 + 3)) % words.length],
    )
    return `${family} ${middle} ${given}`
  })
}

/** The officers of each place, and who of its section may decide. */
const officersOf = async (base: string): Promise<LifecycleOfficer[]> => {
  const http = createHttpClient(base, 2)
  const { body } = await http.call({ method: 'GET', path: '/demo/accounts' })
  const { items }: { items: { username: string; roles: string[]; unit: string }[] } = JSON.parse(body)
  const officers: LifecycleOfficer[] = []
  for (const place of PLACES) {
    const [name, id] = place.split(' ')
    const specialist = items.find(
      ({ roles, unit }) => roles.includes('SPECIALIST') && unit === `tu-phap-${id}`,
    )
    if (!specialist) throw new Error(`nobody decides at tu-phap-${id}`)
    const intake = await intakeAt(base, `tthcc-${id}`)
    officers.push({
      reception: await http.signIn(`tiepnhan.${name}1`),
      specialist: await http.signIn(specialist.username),
      body: JSON.stringify({ ...intake, owner: { ...intake.owner, name: '{name}' } }),
      names: namesFor(),
    })
  }
  http.close()
  return officers
}

type Runner = (load: LifecycleJob['load'], milliseconds: number) => Promise<LifecycleResult>

const runnerFor = async ({ base }: ServerProcess): Promise<Runner> => {
  const officers = await officersOf(base)
  const address = { host: '127.0.0.1', port: Number(new URL(base).port) }
  return (load, milliseconds) =>
    inChild<LifecycleJob, LifecycleResult>('lifecycle-load.ts', { ...address, officers, load, milliseconds })
}

const rateOf = ({ finished, milliseconds }: LifecycleResult): number => (finished * 1_000) / milliseconds

const perCall = (results: readonly LifecycleResult[], share: number): Map<LifecycleCall, number> =>
  new Map(
    CALLS.map((call) => [
      call,
      percentile(
        results.flatMap(({ calls }) => calls.filter((one) => one.call === call).map(({ ms }) => ms)),
        share,
      ),
    ]),
  )

/** Create, assign, resolve, search: how many dossiers a second, empty and among a million, in turns in one run. */
export const benchLifecycle = async ({
  empty,
  full,
  dossiers,
  rounds = 3,
  seconds = 8,
}: LifecycleOptions): Promise<BenchRow[]> => {
  const [onEmpty, onFull] = [await runnerFor(empty), await runnerFor(full)]
  const load = { kind: 'closed', clients: CLIENTS } as const
  for (const run of [onEmpty, onFull]) await run(load, 2_000)
  const [withNone, withMany]: [LifecycleResult[], LifecycleResult[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    withNone.push(await onEmpty(load, seconds * 1_000))
    withMany.push(await onFull(load, seconds * 1_000))
  }
  const errors = [...withNone, ...withMany].flatMap((result) => result.errors)
  const [none, many] = [withNone.map(rateOf), withMany.map(rateOf)]
  const calls = perCall(withMany, 0.95)
  const slowest = Math.max(...calls.values())
  const sound = errors.length === 0
  const each = [...calls].map(([call, ms]) => `${call} ${ms.toFixed(0)} ms`).join(', ')
  const failed = sound ? '' : `; failed: ${errors[0]}`
  const value = best(many)
  return [
    {
      name: `lifecycle of dossiers a second among ${dossiers}`,
      value,
      target: 120,
      ok: sound && value >= 120,
      detail: `create, assign, resolve, search on ${CLIENTS} connections: ${spread(many, '/s')}${failed}`,
    },
    {
      name: 'lifecycle p95 of a call, ms',
      value: slowest,
      target: 300,
      ok: sound && slowest < 300,
      detail: `at full load: ${each}`,
    },
    {
      name: 'lifecycle loss against an empty database',
      value: 1 - best(many) / best(none),
      target: 0.15,
      ok: sound && best(many) >= 0.85 * best(none),
      detail: `${spread(many, '/s')} against ${spread(none, '/s')} with none`,
    },
    await benchJump(onFull),
  ]
}

/** From one arrival a second to thirty-five: nobody fails, and soon a call takes no longer than before. */
const benchJump = async (run: Runner): Promise<BenchRow> => {
  const [quiet, busy] = [20_000, 60_000]
  const phases = [
    { perSecond: QUIET_PER_SECOND, milliseconds: quiet },
    { perSecond: BUSY_PER_SECOND, milliseconds: busy },
  ]
  const { calls, errors, finished } = await run({ kind: 'open', phases }, quiet + busy)
  const between = (from: number, to: number): number =>
    percentile(
      calls.filter(({ at }) => at >= from && at < to).map(({ ms }) => ms),
      0.95,
    )
  const before = between(2_000, quiet)
  const windows = Array.from({ length: busy / WINDOW_MS }, (_, i) =>
    between(quiet + i * WINDOW_MS, quiet + (i + 1) * WINDOW_MS),
  )
  const back = windows.findIndex((p95) => p95 <= before * 1.2)
  const seconds = back < 0 ? Number.POSITIVE_INFINITY : ((back + 1) * WINDOW_MS) / 1_000
  return {
    name: 'lifecycle arrivals from 1 to 35 a second: seconds until p95 is back',
    value: seconds,
    target: 60,
    ok: errors.length === 0 && seconds <= 60,
    detail:
      `${finished} dossiers, ${errors.length} errors; p95 ${before.toFixed(0)} ms before, then by windows of 5 s ` +
      windows.map((p95) => p95.toFixed(0)).join(' ') +
      (errors.length > 0 ? `; ${errors[0]}` : ''),
  }
}
