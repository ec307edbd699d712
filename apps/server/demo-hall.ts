import type { StaffActor } from '#modules/identity/contract.ts'
import { type DemoPerson, seedDemoAccounts } from '#modules/identity/index.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { type HallHours, livePastHalls, openHalls, type Seat, seatsOf } from '#sim/hall.ts'
import { createHallPlayer } from '#sim/hall-player.ts'
import { actorsOf } from '#sim/officers.ts'
import { createRandom } from '#sim/random.ts'
import type { Services } from './services.ts'

/**
 * Halls in which people come by themselves: in those that are always open the province's own and the next one, so that whoever
 * tries the product out finds quiet ones too; by working hours all of them, because somebody has to open and close them.
 */
const PLAYED: Readonly<Record<HallHours, number>> = { always: 2, 'working-hours': Number.POSITIVE_INFINITY }
const SEED = 'mot-cua-hall-2026'

type Halls = { services: Services; staff: readonly StaffActor[]; hours: HallHours }

const playedSeats = async ({ services, staff, hours }: Halls): Promise<Seat[]> => {
  const centres = [...(await services.organisation.tree()).centres.keys()].slice(0, PLAYED[hours])
  return (await Promise.all(centres.map((centre) => seatsOf({ services, staff }, centre)))).flat()
}

/** The halls' past at a first start: counters as their hours are, and mornings of the last working days in those that live. */
export const seedDemoHalls = async (
  { services, db, staff, hours }: Halls & { db: Db },
  now: Date,
): Promise<void> => {
  await openHalls({ services, db, staff, hours }, now)
  const seats = await playedSeats({ services, staff, hours: 'always' })
  await livePastHalls({ services, seats, random: createRandom(SEED) }, now)
}

type Playing = {
  services: Services
  db: Db
  clock: Clock
  people: readonly DemoPerson[]
  hours: HallHours
}

/** A day of the demo's halls, as long as the process runs; answers how it is stopped. */
export const playDemoHalls = async (
  { services, db, clock, people, hours }: Playing,
  onError: (error: unknown) => void,
): Promise<() => Promise<void>> => {
  const { now } = clock
  const accounts = await seedDemoAccounts(db, people, { at: now() })
  const seats = await playedSeats({ services, staff: actorsOf(people, accounts), hours })
  const player = createHallPlayer({ services, db, seats, hours, random: createRandom(SEED), now })
  await player.tick().catch(onError)
  return player.play(onError)
}
