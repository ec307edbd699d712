import { rm } from 'node:fs/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { seedOpenings } from '#modules/queue/index.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import { HABITS } from '#sim/hall-plan.ts'
import type { DayTime } from '#sim/rehearsal/day-time.ts'
import { type HallFigures, tableOf } from '#sim/rehearsal/figures.ts'
import { bearableSpeed, rehearse, signOfficersIn } from '#sim/rehearsal/rehearse.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { provinceTemplate } from '../support/province-template.ts'
import { type ServerProcess, startServerProcess, unusedPort } from '../support/server-process.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A Monday, on which most come. */
const DAY = '2026-11-30'
const CENTRES = ['tthcc-ha-long', 'tthcc-mong-cai', 'tthcc-cam-pha']
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
/** The whole day of every centre of a profile, as `npm run -s rehearse` plays it; minutes. */
const WHOLE_DAY = process.env.REHEARSAL_PROFILE
const SPEED = Number(process.env.REHEARSAL_SPEED ?? 240)

/** A short day has room for everything that may happen when it happens more often. */
const LIVELY = {
  ...HABITS,
  noShow: 0.12,
  returns: 0.7,
  aside: 0.1,
  goesOn: 0.1,
  appointment: 0.15,
  rates: 0.5,
}

let opened: (() => Promise<void>)[] = []
afterEach(async () => {
  const closing = opened.toReversed()
  opened = []
  for (const close of closing) await close()
})

type Session = { from: number; to: number }
/** On a free machine the officers are signed in within this; where it takes longer, the day is played as much slower. */
const FREE_MS = 1_500
const FASTEST = 400

/** A province without a past, with these hours in its halls, and a demo server whose clock goes through the day. */
const aProvinceOpen = async (sessions: readonly Session[]) => {
  const database: TestDatabase = await testDatabase({ template: await provinceTemplate() })
  opened.push(() => database.drop())
  const { db } = database
  await db.updateTable('installation').set({ demo_at: new Date() }).execute()
  const hours = JSON.stringify(sessions.map((session) => ({ days: EVERY_DAY, ...session })))
  await db
    .insertInto('hall_settings')
    .values(CENTRES.map((centre_id) => ({ centre_id, sessions: hours })))
    .execute()
  for (const centre of CENTRES) await seedOpenings(db, centre, '2026-01-01')
  const dataDir = await temporaryFolder('rehearsal')
  opened.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
  const port = await unusedPort()
  let server: ServerProcess | undefined
  opened.push(async () => server?.stop())
  const start = async (from: string, clockSpeed: number): Promise<ServerProcess> => {
    server = await startServerProcess({
      ...{ dataDir, port },
      environment: {
        ...{ DATABASE_URL: database.url, PUBLIC_REQUESTS_PER_MINUTE: '1000000' },
        ...{ DEMO_TIME: from, DEMO_SPEED: String(clockSpeed) },
      },
    })
    return server
  }
  // Signing in costs the most by far: it is done before the clock runs.
  const early = await start(`${DAY}T07:39:00+07:00`, 1)
  const began = performance.now()
  const cookies = await signOfficersIn(early.base, CENTRES)
  const speed = Math.round(FASTEST * Math.max(0.15, Math.min(1, FREE_MS / (performance.now() - began))))
  await early.stop()
  return { start, cookies, speed, first: await start(`${DAY}T07:40:00+07:00`, speed) }
}

const total = (halls: readonly HallFigures[], of: (hall: HallFigures) => number): number =>
  halls.reduce((sum, hall) => sum + of(hall), 0)

describe('a day of the halls, played through the API', () => {
  test('three centres, from opening over lunch to closing: every promise is kept', async () => {
    // Lunch between, a bookable half hour after it; numbers stop half an hour before the end.
    const { first, speed, cookies } = await aProvinceOpen([
      { from: 480, to: 500 },
      { from: 510, to: 545 },
    ])
    const { halls, broken, ownClock } = await rehearse({
      ...{ url: first.base, centres: CENTRES, day: DAY, speed, seed: '1', alone: true },
      ...{ cookies, habits: LIVELY, say: () => {} },
    })
    expect(broken).toEqual([])
    expect(ownClock).toBe(true)
    expect(halls.map(({ centre }) => centre)).toEqual(CENTRES)
    for (const hall of halls) {
      expect(hall.served).toBeGreaterThan(0)
      expect([hall.stillThere, hall.served + hall.noShows + hall.left]).toEqual([0, hall.issued])
      expect(hall.arrived).toBe(hall.issued + hall.turnedAway)
    }
    // Whoever comes in the last half hour is told so.
    expect(total(halls, ({ refused }) => refused['queue.closing-soon'] ?? 0)).toBeGreaterThan(0)
    for (const of of ['recalls', 'transfers', 'aside', 'booked', 'ratings'] as const)
      expect(
        total(halls, (hall) => hall[of]),
        of,
      ).toBeGreaterThan(0)
  }, 300_000)

  test('the server killed in the middle and started again: no number lost, none double', async () => {
    const { first, start, speed, cookies } = await aProvinceOpen([{ from: 480, to: 520 }])
    let disturbed: Promise<unknown> = Promise.resolve()
    const disturb = async (time: DayTime): Promise<void> => {
      await time.until(488)
      await first.kill()
      // Not a moment earlier than what the killed one has said.
      await start(toLocalIso(new Date(time.now().getTime() + 30_000)), speed)
      await time.sync()
    }
    const { halls, broken, repeats } = await rehearse({
      ...{ url: first.base, centres: CENTRES, day: DAY, speed, seed: '2', alone: true },
      ...{ cookies, habits: LIVELY, say: () => {} },
      onTime: (time) => {
        disturbed = disturb(time)
      },
    })
    await disturbed
    expect(broken).toEqual([])
    expect(repeats).toBeGreaterThan(0)
    expect(total(halls, ({ served }) => served)).toBeGreaterThan(5)
    expect(total(halls, ({ stillThere }) => stillThere)).toBe(0)
  }, 300_000)

  test.runIf(WHOLE_DAY !== undefined)(
    'a whole day of every centre of a profile',
    async () => {
      const dataDir = await temporaryFolder('rehearsal')
      opened.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
      const environment = {
        ...{ PROFILE: WHOLE_DAY ?? '', PUBLIC_REQUESTS_PER_MINUTE: '1000000' },
        DEMO_TIME: `${DAY}T07:10:00+07:00`,
      }
      const port = await unusedPort()
      const early = await startServerProcess({ dataDir, port, environment })
      const began = performance.now()
      const cookies = await signOfficersIn(early.base, 'all')
      const signedInMs = performance.now() - began
      const speed = bearableSpeed(SPEED, signedInMs)
      console.log(
        `${cookies.size} officers signed in within ${Math.round(signedInMs / 1_000)} s: ${speed} times`,
      )
      await early.stop()
      const server = await startServerProcess({
        ...{ dataDir, port, environment: { ...environment, DEMO_SPEED: String(speed) } },
      })
      opened.push(() => server.stop())
      const { halls, broken } = await rehearse({
        ...{ url: server.base, centres: 'all', day: DAY, speed, seed: '1', alone: true, cookies },
        ...{ say: console.log, patienceMs: 120_000 },
      })
      console.log(tableOf(halls).join('\n'))
      expect(broken).toEqual([])
      expect(halls.length).toBeGreaterThan(10)
      for (const hall of halls) expect([hall.centre, hall.served > 0]).toEqual([hall.centre, true])
    },
    3_600_000,
  )
})
