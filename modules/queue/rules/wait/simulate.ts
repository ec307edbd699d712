import { nextPriority } from './priority-arrivals.ts'
import { type Chance, drawService, paceOf, type ServiceTimes } from './service-times.ts'
import type { PlanChange } from './staff-plan.ts'

export type Visitor = { service: string; priority: boolean }
export type Standing = { counter: string; service: string | null; elapsed: number }

/** Everything known at the moment of the promise. */
export type Line = {
  now: number
  /** Open counters; `service` is null where nobody is served. Counters that close after their visit are left out. */
  counters: readonly Standing[]
  /** In the order in which they will be called. */
  ahead: readonly Visitor[]
  changes: readonly PlanChange[]
  /** Counters that closed at earlier planned closings of this place come first. */
  closesFirst: ReadonlySet<string>
  /** Priority visitors still to come, a minute, by half-hour; none when it is the visitor's own class that goes first. */
  priorityRates: readonly number[]
  /** Service of a priority visitor who is not here yet. */
  services: readonly string[]
}

type Counter = { name: string | null; pace: number; free: number; closes: number }

const shuffled = <T>(items: readonly T[], chance: Chance): T[] => {
  const left = [...items]
  for (let i = left.length - 1; i > 0; i -= 1) {
    const j = Math.floor(chance() * (i + 1))
    const [a, b] = [left[i] as T, left[j] as T]
    left[i] = b
    left[j] = a
  }
  return left
}

const staffed = (line: Line, times: ServiceTimes, chance: Chance): Counter[] => {
  const counters = line.counters.map(({ counter, service, elapsed }): Counter => {
    const pace = paceOf(times, counter)
    const rest = service === null ? 0 : drawService(times, service, elapsed / pace, chance) * pace
    return { name: counter, pace, free: line.now + rest, closes: Number.POSITIVE_INFINITY }
  })
  for (const { at, by } of line.changes) {
    for (let i = 0; i < by; i += 1)
      counters.push({ name: null, pace: 1, free: Math.max(at, line.now), closes: Number.POSITIVE_INFINITY })
    if (by < 0) closeSome(counters, at, -by, line.closesFirst, chance)
  }
  return counters
}

const closeSome = (
  counters: readonly Counter[],
  at: number,
  count: number,
  first: ReadonlySet<string>,
  chance: Chance,
): void => {
  const open = shuffled(
    counters.filter(({ closes }) => closes === Number.POSITIVE_INFINITY),
    chance,
  )
  const known = (counter: Counter) => (counter.name !== null && first.has(counter.name) ? 0 : 1)
  for (const counter of open.toSorted((a, b) => known(a) - known(b)).slice(0, count)) counter.closes = at
}

const earliest = (counters: readonly Counter[]): Counter | undefined => {
  let found: Counter | undefined
  for (const counter of counters)
    if (counter.free < counter.closes && (!found || counter.free < found.free)) found = counter
  return found
}

/** One day as it may go on: the minutes until a counter is free for the visitor, infinite when none opens again. */
export const simulateWait = (line: Line, times: ServiceTimes, chance: Chance): number => {
  const counters = staffed(line, times, chance)
  let arrival = line.priorityRates.length > 0 ? nextPriority(line.priorityRates, line.now, chance) : Infinity
  let place = 0
  for (;;) {
    const counter = earliest(counters)
    if (!counter) return Number.POSITIVE_INFINITY
    const waiting = line.ahead[place]
    // Who comes later and has priority is called before the normal visitors, never before those of the same class.
    if (arrival <= counter.free && !waiting?.priority) {
      const service = line.services[Math.floor(chance() * line.services.length)] ?? ''
      counter.free += drawService(times, service, 0, chance) * counter.pace
      arrival = nextPriority(line.priorityRates, arrival, chance)
      continue
    }
    if (!waiting) return counter.free - line.now
    counter.free += drawService(times, waiting.service, 0, chance) * counter.pace
    place += 1
  }
}

/** More draws no longer move the ends of the range by what a person would notice. */
const DRAWS = 120

/** The waits of many such days, sorted. */
export const simulateWaits = (line: Line, times: ServiceTimes, chance: Chance): number[] =>
  Array.from({ length: DRAWS }, () => simulateWait(line, times, chance)).sort((a, b) => a - b)
