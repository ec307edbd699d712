/** A number in [0, 1); chance is handed in so that the same seed gives the same promise. */
export type Chance = () => number

/** How many of the latest services a sample keeps: enough for its tail, few enough to follow a changed procedure. */
const KEPT = 2_000
/** Below so many longer services the tail is an exponential with their mean excess. */
const TAIL = 15
/** A service's own times count as `n / (n + WEIGHT)`; the rest comes from all services together. */
const WEIGHT = 10
/** An officer's pace is believed as if so many services at everybody's pace had come before. */
const PACE_WEIGHT = 40

/** Minutes of past services, in the order of their length for drawing and of their time for forgetting. */
type Sample = { sorted: number[]; order: number[]; sum: number }
type Pace = { spent: number; expected: number; count: number }

/** What was learned of how long services take: by service, and how fast each counter's officer is. */
export type ServiceTimes = { all: Sample; byService: Map<string, Sample>; paces: Map<string, Pace> }

const emptySample = (): Sample => ({ sorted: [], order: [], sum: 0 })

export const emptyServiceTimes = (): ServiceTimes => ({
  all: emptySample(),
  byService: new Map(),
  paces: new Map(),
})

/** The first place whose value is at least `minutes`. */
const lowerBound = (sorted: readonly number[], minutes: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < minutes) low = middle + 1
    else high = middle
  }
  return low
}

const add = (sample: Sample, minutes: number): void => {
  sample.sorted.splice(lowerBound(sample.sorted, minutes), 0, minutes)
  sample.order.push(minutes)
  sample.sum += minutes
  if (sample.order.length <= KEPT) return
  const oldest = sample.order.shift() ?? 0
  sample.sorted.splice(lowerBound(sample.sorted, oldest), 1)
  sample.sum -= oldest
}

const meanOf = ({ order, sum }: Sample): number => (order.length === 0 ? 0 : sum / order.length)

export const servicesLearned = ({ all }: ServiceTimes): number => all.order.length

/** Mean minutes of a service, shrunk to that of all services while it is new. */
export const meanService = ({ all, byService }: ServiceTimes, service: string): number => {
  const own = byService.get(service)
  if (!own) return meanOf(all)
  const share = own.order.length / (own.order.length + WEIGHT)
  return share * meanOf(own) + (1 - share) * meanOf(all)
}

export const learnService = (
  times: ServiceTimes,
  service: string,
  counter: string,
  minutes: number,
): void => {
  const expected = meanService(times, service)
  if (expected > 0) {
    const pace = times.paces.get(counter) ?? { spent: 0, expected: 0, count: 0 }
    times.paces.set(counter, {
      spent: pace.spent + minutes,
      expected: pace.expected + expected,
      count: pace.count + 1,
    })
  }
  const own = times.byService.get(service) ?? emptySample()
  times.byService.set(service, own)
  add(own, minutes)
  add(times.all, minutes)
}

/** 1 is everybody's pace, 1.2 takes a fifth longer. */
export const paceOf = ({ paces }: ServiceTimes, counter: string | null): number => {
  const pace = counter === null ? undefined : paces.get(counter)
  if (!pace || pace.count === 0) return 1
  const mean = pace.expected / pace.count
  return (pace.spent + PACE_WEIGHT * mean) / (pace.expected + PACE_WEIGHT * mean)
}

const drawFrom = ({ sorted }: Sample, elapsed: number, chance: Chance): number => {
  const from = elapsed <= 0 ? 0 : lowerBound(sorted, elapsed)
  const longer = sorted.length - from
  if (longer >= TAIL || from === 0) return (sorted[from + Math.floor(chance() * longer)] ?? elapsed) - elapsed
  const start = Math.max(0, sorted.length - TAIL)
  const least = sorted[start] ?? 0
  const tail = sorted.slice(start)
  const excess = tail.reduce((sum, minutes) => sum + minutes - least, 0) / Math.max(1, tail.length - 1)
  return -Math.log(1 - chance()) * Math.max(excess, 0.5)
}

/** Draws the minutes that a service still takes after `elapsed`, at everybody's pace; 0 elapsed draws a whole one. */
export const drawService = (
  { all, byService }: ServiceTimes,
  service: string,
  elapsed: number,
  chance: Chance,
): number => {
  const own = byService.get(service)
  const count = own?.order.length ?? 0
  const sample = own && chance() * (count + WEIGHT) < count ? own : all
  return Math.max(0, drawFrom(sample, elapsed, chance))
}
