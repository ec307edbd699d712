import { type Calendar, nextSession } from '#modules/calendar/rules.ts'
import { MINUTE_MS } from '#platform/time/days.ts'
import { localDateOf, minuteOfDay, weekdayOf } from '#platform/time/vietnam.ts'
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

/** Monday is the busiest day (index 0), Friday the quietest; a swapped Saturday counts as a quiet day. */
const WEEKDAYS = [1.4, 1.1, 1, 0.95, 0.85, 0.6, 0.6]

/** People come in the morning, early; few at the end of a session. By the minute from which it holds. */
const HOURS: readonly (readonly [minute: number, weight: number])[] = [
  [0, 0.8],
  [8 * 60, 1.5],
  [9 * 60, 1.3],
  [10 * 60, 0.9],
  [11 * 60, 0.35],
  [13 * 60, 0.6],
  [14 * 60, 0.8],
  [15 * 60, 0.6],
  [16 * 60, 0.3],
]

const arrivalWeight = (instant: Date): number => {
  const minute = minuteOfDay(instant)
  const hour = HOURS.findLast(([from]) => from <= minute)?.[1] ?? 0
  return hour * (WEEKDAYS[weekdayOf(localDateOf(instant)) - 1] ?? 1)
}
