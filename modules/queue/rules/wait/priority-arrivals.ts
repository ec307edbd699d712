import type { Chance } from './service-times.ts'

const BIN = 30
const BINS = 48
/** A half-hour's own count is believed as if so many half-hours at the day's mean rate had come before. */
const WEIGHT = 1

/** Priority visitors counted by half-hour of the day, over the days seen. */
export type PriorityArrivals = { counts: number[]; minutes: number[] }

export const emptyPriorityArrivals = (): PriorityArrivals => ({
  counts: new Array<number>(BINS).fill(0),
  minutes: new Array<number>(BINS).fill(0),
})

const binOf = (at: number): number => Math.min(BINS - 1, Math.max(0, Math.floor(at / BIN)))

export const countPriority = ({ counts }: PriorityArrivals, at: number): void => {
  counts[binOf(at)] = (counts[binOf(at)] ?? 0) + 1
}

/** Time that has passed without or with priority visitors, so that a count becomes a rate. */
export const passTime = ({ minutes }: PriorityArrivals, from: number, to: number): void => {
  for (let at = from; at < to; ) {
    const end = Math.min(to, (Math.floor(at / BIN) + 1) * BIN)
    minutes[binOf(at)] = (minutes[binOf(at)] ?? 0) + (end - at)
    at = end
  }
}

/** Rates a minute for each half-hour, shrunk to the mean of all. */
export const priorityRates = ({ counts, minutes }: PriorityArrivals): number[] => {
  const seen = minutes.reduce((sum, one) => sum + one, 0)
  const mean = seen === 0 ? 0 : counts.reduce((sum, one) => sum + one, 0) / seen
  return counts.map((count, i) => (count + WEIGHT * BIN * mean) / ((minutes[i] ?? 0) + WEIGHT * BIN))
}

/** The next arrival after `at`, by thinning half-hour by half-hour; infinity when nobody is to be expected. */
export const nextPriority = (rates: readonly number[], at: number, chance: Chance): number => {
  let from = at
  for (let steps = 0; steps < BINS; steps += 1) {
    const rate = rates[binOf(from)] ?? 0
    const end = (Math.floor(from / BIN) + 1) * BIN
    const next = rate > 0 ? from - Math.log(1 - chance()) / rate : Number.POSITIVE_INFINITY
    if (next < end) return next
    from = end
  }
  return Number.POSITIVE_INFINITY
}
