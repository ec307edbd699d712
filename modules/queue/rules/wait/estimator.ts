import { type Calibration, calibrated, emptyCalibration, learnInterval, type WaitRange } from './calibrate.ts'
import {
  countPriority,
  emptyPriorityArrivals,
  type PriorityArrivals,
  passTime,
  priorityRates,
} from './priority-arrivals.ts'
import {
  type Chance,
  emptyServiceTimes,
  learnService,
  meanService,
  type ServiceTimes,
  servicesLearned,
} from './service-times.ts'
import { type Line, simulateWaits, type Visitor } from './simulate.ts'
import { changesAhead, plannedAt, type StaffPlan } from './staff-plan.ts'

/** What happens in a hall, in minutes from opening. */
export type HallEvent =
  | { type: 'day' }
  | { type: 'plan'; counters: StaffPlan }
  | { type: 'counter-open' | 'counter-close'; t: number; counter: string }
  | { type: 'arrive'; t: number; ticket: string; service: string; priority: boolean }
  | { type: 'start' | 'end'; t: number; ticket: string; counter: string }
  /** Left without being served, or was called and did not come. */
  | { type: 'leave'; t: number; ticket: string }

/** Fewer services than this say nothing honest about the next one. */
const LEAST_SERVICES = 20

type Waiting = Visitor & { ticket: string; since: number; promise: Promised | null }
type Promised = { shown: WaitRange; simulated: number; history: number; regime: Regime }
type Running = { ticket: string; counter: string; service: string; since: number; closing: boolean }

/** Whether the staff plan changes within the wait: what history says is then worth much less, so errors are kept apart. */
type Regime = 'steady' | 'changing'
/** Mean squared errors of the two ways to say it, each forgetting slowly. */
type Errors = Record<Regime, { simulated: number; history: number }>
const FORGET = 0.02
/** A way with twice the error counts a sixteenth. */
const SHARPNESS = 4

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

/**
 * Follows one hall and promises waits. What a day teaches (how long services take, who comes with priority, which counters
 * close for lunch, how far promises were off) stays in `learned`; the line itself begins anew each day.
 */
export const createWaitEstimator = (chance: Chance, learned: Learned = nothingLearned()) => {
  let plan: StaffPlan = []
  let clock = 0
  let open = new Set<string>()
  let waiting = new Map<string, Waiting>()
  let running = new Map<string, Running>()
  let latest: number[] = []

  const pass = (t: number): void => {
    if (t > clock) passTime(learned.arrivals, clock, t)
    clock = Math.max(clock, t)
  }

  const order = (): Waiting[] =>
    [...waiting.values()].sort((a, b) => Number(b.priority) - Number(a.priority) || a.since - b.since)

  const lineFor = (visitor: Visitor): Line => {
    const closing = new Set([...running.values()].filter((one) => one.closing).map(({ counter }) => counter))
    const served = new Map([...running.values()].map((one) => [one.counter, one]))
    const counters = [...open]
      .filter((counter) => !closing.has(counter))
      .map((counter) => {
        const one = served.get(counter)
        return { counter, service: one?.service ?? null, elapsed: one ? clock - one.since : 0 }
      })
    const ahead = order().filter((one) => one.priority || !visitor.priority)
    return {
      now: clock,
      counters,
      ahead,
      changes: changesAhead(plan, clock, counters.length),
      closesFirst: new Set([...learned.closings].filter(([, times]) => times >= 2).map(([name]) => name)),
      priorityRates: visitor.priority ? [] : priorityRates(learned.arrivals),
      services: [...learned.times.byService.keys()],
    }
  }

  /** Queue length over open counters, corrected by the latest waits: what smoothing alone would say. */
  const historyOf = (line: Line): number => {
    const counters = Math.max(1, line.counters.length)
    const busy = line.counters.every(({ service }) => service !== null)
    const minutes = line.ahead.reduce((sum, one) => sum + meanService(learned.times, one.service), 0)
    const mean = meanService(learned.times, '')
    const queue = busy ? (minutes + mean) / counters : minutes / counters
    const last = latest.length === 0 ? queue : latest.reduce((sum, one) => sum + one, 0) / latest.length
    return 0.8 * queue + 0.2 * last
  }

  const promise = (visitor: Visitor): Promised | null => {
    if (servicesLearned(learned.times) < LEAST_SERVICES) return null
    const line = lineFor(visitor)
    const waits = simulateWaits(line, learned.times, chance)
    const simulated = middleOf(waits)
    if (!Number.isFinite(simulated)) return null
    const history = historyOf(line)
    const regime = line.changes.some(({ at: change }) => change <= clock + at(waits, 0.9))
      ? 'changing'
      : 'steady'
    const errors = learned.errors[regime]
    const weight = 1 / (1 + (errors.simulated / errors.history) ** SHARPNESS)
    const p50 = weight * simulated + (1 - weight) * history
    const shift = p50 - simulated
    const p10 = Math.min(p50, Math.max(0, at(waits, 0.1) + shift))
    const raw = { p10, p50, p90: Math.max(p50, at(waits, 0.9) + shift) }
    return { shown: calibrated(learned.calibration, raw), simulated, history, regime }
  }

  const learnFrom = ({ promise: said }: Waiting, actual: number): void => {
    latest = [...latest.slice(-9), actual]
    if (!said || said.shown.p90 <= 0) return
    learnInterval(learned.calibration, said.shown, actual)
    const errors = learned.errors[said.regime]
    errors.simulated += FORGET * ((said.simulated - actual) ** 2 - errors.simulated)
    errors.history += FORGET * ((said.history - actual) ** 2 - errors.history)
  }

  const closed = (counter: string, t: number): void => {
    open.delete(counter)
    for (const one of running.values()) if (one.counter === counter) one.closing = true
    const before = plannedAt(plan, t - 10)
    const after = plannedAt(plan, t + 1)
    const drops = before !== null && after !== null && after < before
    if (drops) learned.closings.set(counter, (learned.closings.get(counter) ?? 0) + 1)
  }

  return {
    /** Takes an event in; an arrival answers with the wait promised from what was known at that moment, or silence. */
    observe(event: HallEvent): WaitRange | null {
      if (event.type === 'day') {
        clock = 0
        open = new Set()
        waiting = new Map()
        running = new Map()
        latest = []
        return null
      }
      if (event.type === 'plan') {
        plan = event.counters.toSorted((a, b) => a.from - b.from)
        return null
      }
      pass(event.t)
      switch (event.type) {
        case 'counter-open':
          open.add(event.counter)
          return null
        case 'counter-close':
          closed(event.counter, event.t)
          return null
        case 'arrive': {
          const { ticket, service, priority, t } = event
          const said = promise({ service, priority })
          waiting.set(ticket, { ticket, service, priority, since: t, promise: said })
          if (priority) countPriority(learned.arrivals, t)
          return said?.shown ?? null
        }
        case 'start': {
          const visitor = waiting.get(event.ticket)
          waiting.delete(event.ticket)
          const { ticket, counter, t } = event
          running.set(ticket, { ticket, counter, service: visitor?.service ?? '', since: t, closing: false })
          if (visitor) learnFrom(visitor, t - visitor.since)
          return null
        }
        case 'end': {
          const visit = running.get(event.ticket)
          running.delete(event.ticket)
          if (visit) learnService(learned.times, visit.service, visit.counter, event.t - visit.since)
          return null
        }
        case 'leave':
          waiting.delete(event.ticket)
          running.delete(event.ticket)
          return null
      }
    },
    /** The wait of somebody who would come now. */
    ask: (visitor: Visitor): WaitRange | null => promise(visitor)?.shown ?? null,
  }
}
