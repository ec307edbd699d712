import { hash } from 'node:crypto'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { Db } from '#platform/db/connect.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { Services } from '#server/services.ts'
import { loadOffers, loadOnSiteOffers, loadSteps } from './offers.ts'
import { createOfficers } from './officers.ts'
import { createRandom } from './random.ts'
import type { Planned, Story, World } from './story.ts'
import { tell } from './tell.ts'
import { createTicks } from './ticks.ts'
import { wishes } from './wishes.ts'

/** Deadlines reach so far beyond now. */
const AHEAD_MS = 150 * 86_400_000

export type Terms = { seed: string; from: Date; to: Date; dossiers: number }
export type Plan = {
  world: World
  stories: readonly Story[]
  /** The same for the same world and terms, so that a start that was broken off can tell whether it may go on. */
  digest: string
}

type PlanDeps = { services: Services; db: Db; staff: readonly StaffActor[] }

/** The whole past, thought out before any of it happens: from the seed, the organisation, the catalogue and the calendar. */
export const makePlan = async ({ services, db, staff }: PlanDeps, terms: Terms): Promise<Plan> => {
  const random = createRandom(terms.seed)
  const tree = await services.organisation.tree()
  const calendar = await services.calendar.calendarFor(db, null)
  const officers = createOfficers(staff, tree)
  const on = localDateOf(terms.to)
  const offers = await loadOffers(services, tree, { officers, on })
  const onSite = await loadOnSiteOffers(services, tree, on)
  const stepsOf = await loadSteps(services, db, { offers: [...offers, ...onSite], on })
  const ticks = createTicks(
    calendar,
    terms.from,
    new Date(terms.to.getTime() + AHEAD_MS),
    random.fork('ticks'),
  )
  const last = ticks.overBy(terms.to)
  const world: World = { tree, calendar, ticks, last, now: terms.to, officers, stepsOf }
  const wanted = wishes(world, random.fork('wishes'), { offers, onSite, dossiers: terms.dossiers })
  const stories = wanted.flatMap((wish, n) => tell(world, random.fork(n), wish, n + 1) ?? [])
  const digest = hash(
    'sha256',
    JSON.stringify(stories.map((story) => ({ ...story, actions: story.actions.map(readable) }))),
  )
  return { world, stories, digest }
}

const readable = ({ tick, by, does }: Planned) => ({ tick, by: by.username, does })
