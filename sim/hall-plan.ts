import type { PriorityClass } from '#modules/queue/contract.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import { hourWeight, seasonWeight, weekdayWeight } from './arrivals.ts'
import type { Random } from './random.ts'

/** Minutes of the day of Vietnam. */
export type Span = { from: number; to: number }

/** What a hall offers, and which of its counters have somebody to sit at them. */
export type HallToPlay = {
  centre: string
  /** When it is open that day; none when it is closed. */
  sessions: readonly Span[]
  services: readonly { group: string; kind: ServiceKind; counters: readonly string[] }[]
}
type ServiceKind = 'reception' | 'return' | 'cashier' | 'guide'

/**
 * What people and officers do. Nobody has published such shares for a one-stop centre: they are assumptions with names, to be
 * replaced by a province's own. Priority: with an ageing population every eighth visitor or so is entitled (Decree 63/2010
 * Article 18(8), Law on the Elderly Article 3).
 */
export type Habits = {
  /** Share of the counters' minutes that an ordinary day needs. */
  load: number
  /** A visit at a counter, minutes: lognormal. */
  visit: { mean: number; squaredVariation: number }
  /** How much a counter is asked for, against one that receives dossiers. */
  busy: Readonly<Record<ServiceKind, number>>
  priority: number
  appointment: number
  /** Does not answer the call; of these, `returns` come back within the hour. */
  noShow: number
  returns: number
  /** Is sent to fill something in and comes back. */
  aside: number
  /** Goes on to another service with the same number. */
  goesOn: number
  /** Goes away when the wait becomes too long, after about so many minutes. */
  impatient: { share: number; minutes: number }
  rates: number
  /** Minutes from the call to the greeting. */
  walk: number
  /** A short break for each officer in each session, minutes; 0: none. */
  rest: number
  /** Officers whose shift ends before closing, and by how many minutes. */
  leavesEarly: { share: number; minutes: number }
}

export const HABITS: Habits = {
  load: 0.6,
  visit: { mean: 6, squaredVariation: 0.6 },
  busy: { reception: 1, return: 0.7, cashier: 0.4, guide: 0.5 },
  ...{ priority: 0.12, appointment: 0.08, noShow: 0.04, returns: 0.5, aside: 0.04, goesOn: 0.04 },
  impatient: { share: 0.04, minutes: 35 },
  ...{ rates: 0.35, walk: 0.4, rest: 10 },
  leavesEarly: { share: 0.15, minutes: 30 },
}

export type Visitor = {
  n: number
  /** When the number is taken; of who has booked, about when the appointment is. */
  minute: number
  group: string
  priority: PriorityClass
  language: 'vi' | 'en'
  /** Minutes at the counter. */
  visit: number
  booked: boolean
  answersCall: boolean
  /** After so many minutes, of who did not answer. */
  comesBackAfter: number | null
  /** Minutes. */
  asideFor: number | null
  goesOnTo: string | null
  goesAwayAfter: number | null
  score: number | null
}
/** When an officer sits at a counter. */
export type Shift = Span & { counter: string; breaks: readonly (Span & { why: 'LUNCH' | 'REST' })[] }
export type DayPlan = {
  centre: string
  day: LocalDate
  sessions: readonly Span[]
  /** In the order of arrival. */
  visitors: readonly Visitor[]
  shifts: readonly Shift[]
}

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())

export const visitMinutes = ({ visit: { mean, squaredVariation } }: Habits, random: Random): number => {
  const variance = Math.log(1 + squaredVariation)
  return mean * Math.exp(Math.sqrt(variance) * normal(random) - variance / 2)
}

const minutesIn = (sessions: readonly Span[]): number =>
  sessions.reduce((sum, { from, to }) => sum + to - from, 0)

/** The same hours as one piece after another in which nothing changes. */
const piecesOf = (sessions: readonly Span[]): (Span & { weight: number })[] => {
  const pieces = sessions.flatMap(({ from, to }) => {
    const cuts = [
      from,
      ...Array.from({ length: 24 }, (_, hour) => hour * 60).filter((m) => m > from && m < to),
      to,
    ]
    return cuts.slice(1).map((end, i) => {
      const begin = cuts[i] ?? from
      return { from: begin, to: end, weight: hourWeight(begin) }
    })
  })
  const mean =
    pieces.reduce((sum, { from, to, weight }) => sum + (to - from) * weight, 0) /
    Math.max(1, minutesIn(sessions))
  return pieces.map((piece) => ({ ...piece, weight: piece.weight / mean }))
}

type Asked = HallToPlay['services'][number] & { weight: number }

/** How much each service is asked for: its counters, shared with what else they serve. */
const askedFor = ({ services }: HallToPlay, { busy }: Habits): Asked[] => {
  const shared = (counter: string) => services.filter(({ counters }) => counters.includes(counter)).length
  return services.map((service) => ({
    ...service,
    weight: busy[service.kind] * service.counters.reduce((sum, counter) => sum + 1 / shared(counter), 0),
  }))
}

/** How many people a day brings on average. */
export const expectedVisitors = (hall: HallToPlay, day: LocalDate, habits: Habits = HABITS): number =>
  askedFor(hall, habits).reduce((sum, { weight }) => sum + weight, 0) *
  ((minutesIn(hall.sessions) * habits.load) / habits.visit.mean) *
  weekdayWeight(day) *
  seasonWeight(day)

/** Poisson arrivals whose intensity follows the hour. */
const arrivals = (hall: HallToPlay, expected: number, random: Random): number[] => {
  const found: number[] = []
  for (const { from, to, weight } of piecesOf(hall.sessions)) {
    const rate = (expected / minutesIn(hall.sessions)) * weight
    if (rate <= 0) continue
    for (let minute = from; ; ) {
      minute -= Math.log(1 - random.next()) / rate
      if (minute >= to) break
      found.push(minute)
    }
  }
  return found
}

const ENTITLED: readonly (readonly [PriorityClass, number])[] = [
  ...([
    ['ELDERLY', 6],
    ['SMALL_CHILD', 2],
    ['DISABLED', 1],
    ['PREGNANT', 1],
    ['MERIT', 1],
  ] as const),
]
/** Foreigners at the desks of a province by the sea; one in fifty. */
const IN_ENGLISH = 0.02
/** Most are content (Decision 766's scale of five). */
const SCORES: readonly (readonly [number, number])[] = [
  ...([
    [5, 60],
    [4, 25],
    [3, 8],
    [2, 4],
    [1, 3],
  ] as const),
]

const visitorAt = (
  { n, minute, asked }: { n: number; minute: number; asked: readonly Asked[] },
  habits: Habits,
  random: Random,
): Visitor => {
  const { group } = random.weighted(asked, ({ weight }) => weight)
  const others = asked.filter((one) => one.group !== group)
  const answersCall = !random.chance(habits.noShow)
  const about = (minutes: number) => minutes * (0.5 + random.next())
  const some = <T>(share: number, make: () => T): T | null => (random.chance(share) ? make() : null)
  return {
    ...{ n, minute, group, answersCall },
    priority: some(habits.priority, () => random.weighted(ENTITLED, ([, weight]) => weight)[0]) ?? 'NONE',
    language: random.chance(IN_ENGLISH) ? 'en' : 'vi',
    visit: visitMinutes(habits, random),
    booked: random.chance(habits.appointment),
    comesBackAfter: answersCall ? null : some(habits.returns, () => about(15)),
    asideFor: some(habits.aside, () => Math.round(about(12))),
    goesOnTo: some(others.length > 0 ? habits.goesOn : 0, () => random.pick(others).group),
    goesAwayAfter: some(habits.impatient.share, () => about(habits.impatient.minutes)),
    score: some(habits.rates, () => random.weighted(SCORES, ([, weight]) => weight)[0]),
  }
}

/** Lunch between the sessions, and a short rest in each of them when not everybody has it. */
const breaksOf = (sessions: readonly Span[], index: number, { rest }: Habits): Shift['breaks'] => {
  const lunches = sessions.slice(1).map(({ from }, i) => ({
    from: sessions[i]?.to ?? from,
    to: from,
    why: 'LUNCH' as const,
  }))
  const rests = sessions.flatMap(({ from, to }) => {
    const begin = from + (to - from) * 0.4 + (index % 6) * rest
    return rest > 0 && begin + rest < to ? [{ from: begin, to: begin + rest, why: 'REST' as const }] : []
  })
  return [...lunches, ...rests].toSorted((a, b) => a.from - b.from)
}

const shiftsOf = (hall: HallToPlay, habits: Habits, random: Random): Shift[] => {
  const [first, last] = [hall.sessions[0], hall.sessions.at(-1)]
  if (!first || !last) return []
  const counters = [...new Set(hall.services.flatMap((service) => service.counters))]
  const early = new Set<string>()
  // Each service keeps somebody until closing.
  const others = (counter: string) =>
    hall.services.every(
      (service) =>
        !service.counters.includes(counter) ||
        service.counters.some((other) => other !== counter && !early.has(other)),
    )
  return counters.map((counter, index) => {
    if (random.chance(habits.leavesEarly.share) && others(counter)) early.add(counter)
    const to = early.has(counter) ? last.to - habits.leavesEarly.minutes : last.to
    const breaks = breaksOf(hall.sessions, index, habits).filter((one) => one.to <= to)
    return { counter, from: first.from, to, breaks }
  })
}

/** A day of one hall: who comes and what for, who sits where and when. The same seed gives the same day. */
export const planDay = (
  hall: HallToPlay,
  day: LocalDate,
  random: Random,
  habits: Habits = HABITS,
): DayPlan => {
  const own = random.fork(`${hall.centre} ${day}`)
  const asked = askedFor(hall, habits).filter(({ weight }) => weight > 0)
  const who = own.fork('who')
  const minutes =
    asked.length > 0 ? arrivals(hall, expectedVisitors(hall, day, habits), own.fork('when')) : []
  return {
    ...{ centre: hall.centre, day, sessions: hall.sessions },
    visitors: minutes.map((minute, n) => visitorAt({ n, minute, asked }, habits, who)),
    shifts: shiftsOf(hall, habits, own.fork('shifts')),
  }
}
