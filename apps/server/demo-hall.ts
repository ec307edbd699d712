import type { StaffActor } from '#modules/identity/contract.ts'
import { type DemoPerson, seedDemoAccounts } from '#modules/identity/index.ts'
import type { Db } from '#platform/db/connect.ts'
import { livePastHalls, openHalls, type Seat, seatsOf } from '#sim/hall.ts'
import { createHallPlayer } from '#sim/hall-player.ts'
import { actorsOf } from '#sim/officers.ts'
import { createRandom } from '#sim/random.ts'
import type { Services } from './services.ts'

/** Halls that live: the province's own and the next one. In the others counters are open and nobody comes by himself. */
const PLAYED = 2
const SEED = 'mot-cua-hall-2026'

const playedSeats = async (services: Services, staff: readonly StaffActor[]): Promise<Seat[]> => {
  const centres = [...(await services.organisation.tree()).centres.keys()].slice(0, PLAYED)
  return (await Promise.all(centres.map((centre) => seatsOf({ services, staff }, centre)))).flat()
}

/** The halls' past at a first start: every counter open, and mornings of the last working days in those that live. */
export const seedDemoHalls = async (
  { services, db, staff }: { services: Services; db: Db; staff: readonly StaffActor[] },
  now: Date,
): Promise<void> => {
  await openHalls({ services, db, staff }, now)
  const seats = await playedSeats(services, staff)
  await livePastHalls({ services, seats, random: createRandom(SEED) }, now)
}

/** A day of the demo's halls, as long as the process runs; answers how it is stopped. */
export const playDemoHalls = async (
  { services, db, people }: { services: Services; db: Db; people: readonly DemoPerson[] },
  onError: (error: unknown) => void,
): Promise<() => Promise<void>> => {
  const now = () => new Date()
  const accounts = await seedDemoAccounts(db, people, { at: now() })
  const seats = await playedSeats(services, actorsOf(people, accounts))
  const player = createHallPlayer({ services, db, seats, random: createRandom(`${SEED} ${Date.now()}`), now })
  await player.tick().catch(onError)
  return player.play(onError)
}
