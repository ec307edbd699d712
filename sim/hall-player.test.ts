import { afterAll, beforeAll, expect, test } from 'vitest'
import { instantOf } from '#platform/time/vietnam.ts'
import { aProvince, type Province } from '../tests/support/province.ts'
import { seatsOf } from './hall.ts'
import { createHallPlayer } from './hall-player.ts'
import { createRandom } from './random.ts'

const CENTRE = 'tthcc-ha-long'
const [MONDAY, SATURDAY] = ['2026-11-30', '2026-12-05']

let province: Province
let tick: () => Promise<void>

beforeAll(async () => {
  province = await aProvince({ now: instantOf(MONDAY, 7 * 60) })
  const { services, db, clock } = province
  const staff = province.staff.map(({ username }) => province.officer(username))
  const seats = await seatsOf({ services, staff }, CENTRE)
  const random = createRandom('a hall')
  const player = createHallPlayer({ services, db, seats, hours: 'working-hours', random, now: clock.now })
  tick = player.tick
})
afterAll(() => province.close())

const play = async (day: string, from: number, to: number, every: number): Promise<void> => {
  for (let minute = from; minute <= to; minute += every) {
    province.clock.set(instantOf(day, minute))
    await tick()
  }
}
/** Of the counters at which somebody sits. */
const states = async () => {
  const rows = await province.db
    .selectFrom('counter_state')
    .select('state')
    .where('state', '<>', 'CLOSED')
    .execute()
  return [...new Set(rows.map(({ state }) => state))]
}
const tickets = async (day: string): Promise<Map<string, number>> => {
  const rows = await province.db.selectFrom('ticket').select('state').where('day', '=', day).execute()
  return new Map([...Map.groupBy(rows, ({ state }) => state)].map(([state, own]) => [state, own.length]))
}
const count = (found: ReadonlyMap<string, number>): number => [...found.values()].reduce((a, b) => a + b, 0)

test('the demo’s hall opens in the morning, rests at noon, is empty at night and closed on Saturday', async () => {
  await play(MONDAY, 7 * 60, 7 * 60 + 29, 10)
  expect([await states(), count(await tickets(MONDAY))]).toEqual([[], 0])

  await play(MONDAY, 7 * 60 + 30, 10 * 60, 1)
  expect(await states()).toContain('OPEN')
  const morning = await tickets(MONDAY)
  expect(morning.get('DONE')).toBeGreaterThan(5)

  // Who is at the counter is still served, then everybody has lunch.
  await play(MONDAY, 11 * 60 + 31, 12 * 60 + 30, 3)
  expect(await states()).toEqual(['PAUSED'])
  await play(MONDAY, 13 * 60, 15 * 60, 2)
  expect(await states()).toContain('OPEN')
  expect(count(await tickets(MONDAY))).toBeGreaterThan(count(morning))

  await play(MONDAY, 17 * 60, 21 * 60, 4)
  expect(await states()).toEqual([])
  const evening = await tickets(MONDAY)
  expect([evening.get('CALLED'), evening.get('SERVING'), evening.get('WAITING')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  await play(MONDAY, 22 * 60, 23 * 60, 10)
  expect(await tickets(MONDAY)).toEqual(evening)

  await play(SATURDAY, 8 * 60, 10 * 60, 20)
  expect([await states(), count(await tickets(SATURDAY))]).toEqual([[], 0])
}, 120_000)
