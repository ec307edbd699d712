import type { HallEvent } from '#modules/queue/rules.ts'
import type { Random } from './random.ts'

/**
 * Generated days of one hall, to measure waiting-time estimators on: Poisson arrivals whose intensity follows the day,
 * lognormal services, a staff plan with lunch. Counters that close finish their visit; priority visitors go first among those
 * who wait.
 */
export type HallDay = {
  minutes: number
  counters: number
  /** `to` in minutes from opening, factor of the base intensity. */
  intensity: readonly { to: number; factor: number }[]
  /** Arrivals a minute at factor 1. */
  rate: number
  lunch: { from: number; to: number; open: number }
  service: { mean: number; squaredVariation: number }
  priorityShare: number
}

/** Five counters, two over lunch, a morning rush; mean wait 36 minutes. */
export const SCENARIO_C: HallDay = {
  minutes: 480,
  counters: 5,
  intensity: [
    { to: 120, factor: 1.35 },
    { to: 240, factor: 0.85 },
    { to: 300, factor: 0.5 },
    { to: 390, factor: 1.05 },
    { to: 480, factor: 0.6 },
  ],
  rate: 5 / 8,
  lunch: { from: 240, to: 300, open: 2 },
  service: { mean: 8, squaredVariation: 0.8 },
  priorityShare: 0,
}

/** The same day where every seventh visitor has priority by law. */
export const SCENARIO_D: HallDay = { ...SCENARIO_C, priorityShare: 0.15 }

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())

const lognormal = ({ mean, squaredVariation }: HallDay['service'], random: Random): number => {
  const variance = Math.log(1 + squaredVariation)
  return mean * Math.exp(Math.sqrt(variance) * normal(random) - variance / 2)
}

type Arrival = { t: number; ticket: string; priority: boolean; minutes: number }

const arrivalsOf = (day: HallDay, number: number, random: Random): Arrival[] => {
  const most = Math.max(...day.intensity.map(({ factor }) => factor))
  const arrivals: Arrival[] = []
  for (let t = 0; ; ) {
    t -= Math.log(1 - random.next()) / (day.rate * most)
    if (t >= day.minutes) return arrivals
    const factor = day.intensity.find(({ to }) => t < to)?.factor ?? 0
    if (!random.chance(factor / most)) continue
    const ticket = `${number}-${String(arrivals.length + 1).padStart(4, '0')}`
    const priority = random.chance(day.priorityShare)
    arrivals.push({ t, ticket, priority, minutes: lognormal(day.service, random) })
  }
}

const planOf = ({ minutes, counters, lunch }: HallDay) => [
  { from: 0, to: lunch.from, open: counters },
  { from: lunch.from, to: lunch.to, open: lunch.open },
  { from: lunch.to, to: minutes, open: counters },
]

/** One day's events in their order, until the last visitor is served. */
export const hallDay = (day: HallDay, number: number, random: Random): HallEvent[] => {
  const events: HallEvent[] = [{ type: 'day' }, { type: 'plan', counters: planOf(day) }]
  const names = Array.from({ length: day.counters }, (_, i) => String(i + 1))
  const resting = names.slice(day.lunch.open)
  const open = new Set(names)
  const busy = new Map<string, { ticket: string; until: number }>()
  const waiting: Arrival[] = []
  const arrivals = arrivalsOf(day, number, random)
  for (const counter of names) events.push({ type: 'counter-open', t: 0, counter })

  const serve = (t: number) => {
    for (const counter of open) {
      if (busy.has(counter) || waiting.length === 0) continue
      const first = waiting.findIndex(({ priority }) => priority)
      const [next] = waiting.splice(Math.max(0, first), 1)
      if (!next) continue
      busy.set(counter, { ticket: next.ticket, until: t + next.minutes })
      events.push({ type: 'start', t, ticket: next.ticket, counter })
    }
  }
  const moments = [
    {
      t: day.lunch.from,
      happen: () =>
        resting.forEach((counter) => {
          open.delete(counter)
          events.push({ type: 'counter-close', t: day.lunch.from, counter })
        }),
    },
    {
      t: day.lunch.to,
      happen: () =>
        resting.forEach((counter) => {
          open.add(counter)
          events.push({ type: 'counter-open', t: day.lunch.to, counter })
        }),
    },
  ]
  for (;;) {
    const arrival = arrivals[0]
    const moment = moments[0]
    const [counter, ending] = [...busy].reduce<[string, { ticket: string; until: number }] | []>(
      (first, one) => (first[1] && first[1].until <= one[1].until ? first : one),
      [],
    )
    const t = Math.min(arrival?.t ?? Infinity, moment?.t ?? Infinity, ending?.until ?? Infinity)
    if (t === Infinity) return events
    if (moment && moment.t === t) {
      moments.shift()
      moment.happen()
    } else if (counter !== undefined && ending && ending.until === t) {
      busy.delete(counter)
      events.push({ type: 'end', t, ticket: ending.ticket, counter })
    } else if (arrival) {
      arrivals.shift()
      const { ticket, priority } = arrival
      events.push({ type: 'arrive', t, ticket, service: 'A', priority })
      waiting.push(arrival)
    }
    serve(t)
  }
}
