import { type Calendar, nextSession } from '#modules/calendar/rules.ts'
import { MINUTE_MS } from '#platform/time/days.ts'
import { localDateOf, minuteOfDay } from '#platform/time/vietnam.ts'
import { hourWeight, weekdayWeight } from './arrivals.ts'
import type { Random } from './random.ts'

const SLOT_MS = 10 * MINUTE_MS
/** A moment lies in the first part of its slot, so that what happens at one moment may take a few seconds each. */
const LATEST_IN_SLOT_MS = 6 * MINUTE_MS

/** The moments of working time at which something may happen; a story is told in their indexes. */
export type Ticks = {
  readonly instants: readonly Date[]
  at: (index: number) => Date
  /** How many people come then, against other moments. */
  arrivals: readonly number[]
  /** The first moment at or after an instant; the number of moments when there is none. */
  from: (instant: Date) => number
  /** The last moment before an instant; -1 when there is none. */
  before: (instant: Date) => number
  /** The last moment whose slot is over by an instant: all that happened in it lies before. */
  overBy: (instant: Date) => number
}

/** One moment in each ten minutes of each session that is over by `to`, at odd seconds. */
export const createTicks = (calendar: Calendar, from: Date, to: Date, random: Random): Ticks => {
  const instants: Date[] = []
  let session = nextSession(calendar, from)
  while (session.from < to) {
    for (let slot = session.from.getTime(); slot + SLOT_MS <= session.to.getTime(); slot += SLOT_MS) {
      const moment = slot + random.int(5, LATEST_IN_SLOT_MS / 1_000) * 1_000
      if (slot >= from.getTime() && slot + SLOT_MS <= to.getTime()) instants.push(new Date(moment))
    }
    session = nextSession(calendar, session.to)
  }
  const fromIndex = (instant: Date): number => {
    let [low, high] = [0, instants.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((instants[middle]?.getTime() ?? 0) < instant.getTime()) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    instants,
    arrivals: instants.map(arrivalWeight),
    at: (index) => {
      const instant = instants[index]
      if (!instant) throw new RangeError(`there is no moment ${index}`)
      return instant
    },
    from: fromIndex,
    before: (instant) => fromIndex(instant) - 1,
    overBy: (instant) => fromIndex(new Date(instant.getTime() - SLOT_MS)) - 1,
  }
}

const arrivalWeight = (instant: Date): number =>
  hourWeight(minuteOfDay(instant)) * weekdayWeight(localDateOf(instant))
