import { type Calibration, calibrated, emptyCalibration, learnInterval, type WaitRange } from './calibrate.ts'
import { emptyPriorityArrivals, type PriorityArrivals } from './priority-arrivals.ts'
import {
  type Chance,
  emptyServiceTimes,
  meanService,
  type ServiceTimes,
  servicesLearned,
} from './service-times.ts'
import { type Line, simulateWaits } from './simulate.ts'

/** Fewer services than this say nothing honest about the next one. */
const LEAST_SERVICES = 20

/** Whether the staff plan changes within the wait: what history says is then worth much less, so errors are kept apart. */
type Regime = 'steady' | 'changing'
/** Mean squared errors of the two ways to say it, each forgetting slowly. */
type Errors = Record<Regime, { simulated: number; history: number }>
const FORGET = 0.02
/** A way with twice the error counts a sixteenth. */
const SHARPNESS = 4

/** What earlier days taught, and today so far. */
export type Learned = {
  times: ServiceTimes
  arrivals: PriorityArrivals
  calibration: Calibration
  errors: Errors
  /** How often each counter closed when the plan took counters away. */
  closings: Map<string, number>
}

export const nothingLearned = (): Learned => ({
  times: emptyServiceTimes(),
  arrivals: emptyPriorityArrivals(),
  calibration: emptyCalibration(),
  errors: { steady: { simulated: 1, history: 2 }, changing: { simulated: 1, history: 8 } },
  closings: new Map(),
})

/** What was said to somebody, and by which ways it came about. */
export type Promised = { shown: WaitRange; simulated: number; history: number; regime: Regime }

const at = (sorted: readonly number[], share: number): number => {
  const place = share * (sorted.length - 1)
  const low = sorted[Math.floor(place)] ?? 0
  const high = sorted[Math.ceil(place)] ?? low
  return Number.isFinite(high) ? low + (high - low) * (place - Math.floor(place)) : low
}

/** Between median and mean: waits are skewed, so that the median alone promises too little on average. */
const middleOf = (sorted: readonly number[]): number => {
  const mean = sorted.reduce((sum, one) => sum + one, 0) / sorted.length
  const median = at(sorted, 0.5)
  return Number.isFinite(mean) ? (median + mean) / 2 : median
}

/** Queue length over open counters, corrected by the latest waits: what smoothing alone would say. */
const historyOf = (line: Line, { times }: Learned, latest: readonly number[]): number => {
  const counters = Math.max(1, line.counters.length)
  const busy = line.counters.every(({ service }) => service !== null)
  const minutes = line.ahead.reduce((sum, one) => sum + meanService(times, one.service), 0)
  const queue = (busy ? minutes + meanService(times, '') : minutes) / counters
  const last = latest.length === 0 ? queue : latest.reduce((sum, one) => sum + one, 0) / latest.length
  return 0.8 * queue + 0.2 * last
}

/** The wait of whoever stands at the end of this line, or null where silence is honest. `latest` are the last waits of today. */
export const promiseFor = (
  line: Line,
  learned: Learned,
  latest: readonly number[],
  chance: Chance,
): Promised | null => {
  if (servicesLearned(learned.times) < LEAST_SERVICES) return null
  const waits = simulateWaits(line, learned.times, chance)
  const simulated = middleOf(waits)
  if (!Number.isFinite(simulated)) return null
  const history = historyOf(line, learned, latest)
  const regime = line.changes.some((change) => change.at <= line.now + at(waits, 0.9)) ? 'changing' : 'steady'
  const errors = learned.errors[regime]
  const weight = 1 / (1 + (errors.simulated / errors.history) ** SHARPNESS)
  const p50 = weight * simulated + (1 - weight) * history
  const shift = p50 - simulated
  const p10 = Math.min(p50, Math.max(0, at(waits, 0.1) + shift))
  const raw = { p10, p50, p90: Math.max(p50, at(waits, 0.9) + shift) }
  return { shown: calibrated(learned.calibration, raw), simulated, history, regime }
}

/** A promised wait has come true, or not: the interval and the weights of the two ways learn from it. */
export const learnPromise = (
  learned: Learned,
  { shown, simulated, history, regime }: Promised,
  actual: number,
): void => {
  if (shown.p90 <= 0) return
  learnInterval(learned.calibration, shown, actual)
  const errors = learned.errors[regime]
  errors.simulated += FORGET * ((simulated - actual) ** 2 - errors.simulated)
  errors.history += FORGET * ((history - actual) ** 2 - errors.history)
}
