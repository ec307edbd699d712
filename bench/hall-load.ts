import { openHall } from '../tests/support/hall.ts'
import { percentile } from '../tests/support/percentile.ts'
import { embeddedDatabase, type ServerProcess } from '../tests/support/server-process.ts'
import { inChild } from './child.ts'
import type { HallJob, HallResult } from './hall-users.ts'
import type { BenchRow } from './report.ts'

export type HallBenchOptions = {
  server: ServerProcess
  dataDir: string
  centre: string
  users: number
  quick?: boolean
}

const OFFICER_SHARE = 0.75

/** Warm-up, ramp and the hold of the one load test that a queue system has published, there with p95 12.0 s and 93 failures. */
const PHASES: HallJob['phases'] = [
  { name: 'warm-up', from: 10, to: 10, milliseconds: 3_000 },
  { name: 'ramp', from: 10, to: 50, milliseconds: 30_000 },
  { name: 'hold', from: 50, to: 50, milliseconds: 60_000 },
]
/** The same rates, each phase a tenth as long. */
const SHORT = PHASES.map((phase) => ({ ...phase, milliseconds: phase.milliseconds / 10 }))

const named = (requests: HallResult['requests'], share: number): string =>
  [...Map.groupBy(requests, ({ route }) => route)]
    .map(
      ([route, own]) =>
        `${route} ${percentile(
          own.map(({ ms }) => ms),
          share,
        ).toFixed(0)}`,
    )
    .join(', ')

/**
 * The published load on one hall: three in four who come are officers, who take in, look at their line, call, start and finish;
 * the others are displays that read the hall and hear it all the time. Every request after the warm-up counts.
 */
export const benchHall = async (options: HallBenchOptions): Promise<BenchRow> => {
  const { server, dataDir, centre, users, quick = false } = options
  const { url } = await embeddedDatabase(dataDir)
  const officers = Math.round(users * OFFICER_SHARE)
  const hall = await openHall({ url, dataDir, centre, counters: officers })
  const job: HallJob = {
    ...{ host: '127.0.0.1', port: Number(new URL(server.base).port) },
    ...{ centre: hall.centre, group: hall.group, officers: hall.counters },
    ...{ displays: users - officers, officerShare: OFFICER_SHARE, phases: quick ? SHORT : PHASES },
  }
  const { requests, rounds, failures } = await inChild<HallJob, HallResult>('hall-users.ts', job)
  const counted = requests.filter(({ phase }) => phase !== 'warm-up')
  const times = counted.map(({ ms }) => ms)
  const value = percentile(times, 0.95)
  const failed = failures.length > 0 ? `${failures.length} failures, the first: ${failures[0]}` : 'no failure'
  return {
    name: `hall load of ${users} users, p95 ms`,
    ...{ value, target: 200, ok: value < 200 && failures.length === 0 && rounds > 0 },
    detail:
      `${rounds} rounds, ${counted.length} requests, p50 ${percentile(times, 0.5).toFixed(0)} ms, ` +
      `p99 ${percentile(times, 0.99).toFixed(0)} ms; ${failed}; p95 by route: ${named(counted, 0.95)}${quick ? '; phases a tenth as long' : ''}`,
  }
}
