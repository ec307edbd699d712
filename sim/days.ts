import type { Calendar } from '#modules/calendar/rules.ts'
import { dueDate } from '#modules/calendar/rules.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { Limit } from './offers.ts'
import type { Random } from './random.ts'
import type { Standing, World } from './story.ts'

/** Moments in a working day of eight hours. */
export const DAY = 48

export const dueOf = (calendar: Calendar, start: Date, limit: Limit): Date | null =>
  dueDate({ start, amount: limit?.amount ?? 0, unit: limit?.unit ?? 'NONE', calendar }).due

/** A procedure without a limit is done within three days or so. */
const WITHOUT_LIMIT = 3 * DAY

/** The last moment at which something is still in time; without a limit, when it is usually done. */
export const dueTick = ({ ticks }: World, start: number, due: Date | null): number =>
  due ? Math.max(start + 1, ticks.before(new Date(due.getTime() + 1))) : start + WITHOUT_LIMIT

/** A moment among these, as people come: early in the morning, on Mondays. */
export const arrivalWithin = ({ ticks }: World, random: Random, from: number, to: number): number => {
  const first = Math.max(0, from)
  const choice = Array.from({ length: Math.max(1, to - first + 1) }, (_, i) => first + i)
  return random.weighted(choice, (tick) => ticks.arrivals[tick] ?? 0)
}

const standingOf = (world: World, due: Date | null): Standing => {
  if (!due) return 'on-track'
  if (due <= world.now) return 'overdue'
  const today = localDateOf(world.now)
  const day = localDateOf(due)
  if (day === today) return 'today'
  const soon = world.ticks.at(Math.min(world.last + 2 * DAY, world.ticks.instants.length - 1))
  return day <= localDateOf(soon) ? 'soon' : 'on-track'
}

const OLDEST_OVERDUE = 7

/**
 * A day of arrival on which the limit leaves the dossier standing as asked for now; the nearest to it where the limit does
 * not allow that (a same-day procedure is never on track two days later).
 */
export const arrivalFor = (
  world: World,
  random: Random,
  { limit, standing, least }: { limit: Limit; standing: Standing; least: number },
): number => {
  const { calendar, ticks, last } = world
  const days: { tick: number; standing: Standing }[] = []
  let overdue = 0
  for (let tick = last - least; tick >= 0 && overdue <= OLDEST_OVERDUE; tick -= DAY) {
    const found = standingOf(world, dueOf(calendar, ticks.at(tick), limit))
    if (found === 'overdue') overdue += 1
    days.push({ tick, standing: found })
  }
  const asked = days.filter((day) => day.standing === standing)
  const chosen = asked.length > 0 ? random.pick(asked) : (days[0] ?? { tick: 0 })
  // Within half a day before: the same due date as a rule, and never later than `least` allows.
  return arrivalWithin(world, random, chosen.tick - DAY / 2, chosen.tick)
}
