import type { WaitRange } from './calibrate.ts'
import { countPriority, passTime, priorityRates } from './priority-arrivals.ts'
import { type Learned, learnPromise, nothingLearned, type Promised, promiseFor } from './promise.ts'
import { type Chance, learnService } from './service-times.ts'
import type { Line, Visitor } from './simulate.ts'
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

type Waiting = Visitor & { ticket: string; since: number; promise: Promised | null }
type Running = { ticket: string; counter: string; service: string; since: number; closing: boolean }

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

  const promise = (visitor: Visitor): Promised | null => promiseFor(lineFor(visitor), learned, latest, chance)

  const learnFrom = ({ promise: said }: Waiting, actual: number): void => {
    latest = [...latest.slice(-9), actual]
    if (said) learnPromise(learned, said, actual)
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
