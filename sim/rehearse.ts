import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { PROFILES } from '#modules/organisation/profiles.ts'
import { type ServerProcess, startServerProcess, unusedPort } from '../tests/support/server-process.ts'
import { OtherDay } from './rehearsal/day-time.ts'
import { tableOf } from './rehearsal/figures.ts'
import { bearableSpeed, rehearse, signOfficersIn } from './rehearsal/rehearse.ts'

/**
 * `npm run -s rehearse -- --centres all --day 2026-11-30 --speed 60 --seed 1`: a day of the halls through the public API
 * (docs/dien-tap.md). With `--url` on a demo server that runs; without it on one of its own, whose clock goes through that day.
 * Ends with 1 when a promise of the product was broken.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    centres: { type: 'string', default: '3' },
    day: { type: 'string', default: '2026-11-30' },
    speed: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    profile: { type: 'string', default: PROFILES[0] },
  },
})

/** Shortly before the doors open: a session that is not used ends after half an hour. */
const START = '07:10:00+07:00'

type Stage = {
  url: string
  speed: number
  cookies?: ReadonlyMap<string, string>
  leave: () => Promise<void>
}

const ownServer = async (): Promise<Stage> => {
  console.log('starting a server with a demo province of its own…')
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-rehearsal-'))
  let server: ServerProcess | undefined
  const leave = async () => {
    await server?.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  const port = await unusedPort()
  const environment = { PROFILE: values.profile, PUBLIC_REQUESTS_PER_MINUTE: '1000000' }
  // The province is made once in its own time; then the clock begins with the day, not with the making.
  const at = `${values.day}T${START}`
  const made = await startServerProcess({ dataDir, port, environment: { ...environment, DEMO_TIME: at } })
  const began = performance.now()
  const cookies = await signOfficersIn(made.base, 'all')
  const speed = bearableSpeed(Number(values.speed), performance.now() - began)
  if (speed < Number(values.speed)) console.log(`this machine bears ${speed} times the speed`)
  await made.stop()
  const clock = { DEMO_TIME: at, DEMO_SPEED: String(speed) }
  server = await startServerProcess({ dataDir, port, environment: { ...environment, ...clock } })
  return { url: server.base, speed, cookies, leave }
}

const main = async (): Promise<void> => {
  const stage: Stage = values.url
    ? {
        ...{ url: values.url.replace(/\/$/, ''), speed: Number(values.speed) },
        leave: async () => undefined,
      }
    : await ownServer()
  try {
    const started = performance.now()
    const { halls, broken, ownClock, repeats } = await rehearse({
      ...{ url: stage.url, day: values.day, speed: stage.speed, seed: values.seed },
      ...(stage.cookies ? { cookies: stage.cookies } : {}),
      centres: values.centres === 'all' ? 'all' : Number(values.centres),
      ...{ alone: values.url === undefined, say: console.log },
    })
    console.log(`\n${tableOf(halls).join('\n')}`)
    const total = (of: (hall: (typeof halls)[number]) => number) =>
      halls.reduce((sum, hall) => sum + of(hall), 0)
    console.log(
      `\n${total(({ issued }) => issued)} numbers, ${total(({ served }) => served)} served, ${total(({ boards }) => boards)} things told to boards, ${total(({ ratings }) => ratings)} ratings, ${repeats} requests sent again, in ${Math.round((performance.now() - started) / 1_000)} s${ownClock ? '' : '; waits in real minutes'}`,
    )
    console.log(broken.length === 0 ? 'every promise was kept' : `BROKEN:\n  ${broken.join('\n  ')}`)
    if (broken.length > 0) process.exitCode = 1
  } finally {
    await stage.leave()
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof OtherDay ? error.message : error)
  process.exitCode = 1
})
