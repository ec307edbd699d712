import { sql } from 'kysely'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { CounterView } from '#modules/organisation/contract.ts'
import type { PastVisit } from '#modules/queue/index.ts'
import { createWaitEstimator, type WaitRange } from '#modules/queue/rules.ts'
import { type Db, inTransaction, type Tx } from '#platform/db/connect.ts'
import {
  addDays,
  instantOf,
  type LocalDate,
  localDateOf,
  minuteOfDay,
  weekdayOf,
} from '#platform/time/vietnam.ts'
import type { Services } from '#server/services.ts'
import { hourWeight, seasonWeight, weekdayWeight } from './arrivals.ts'
import { type HallDay, hallDay } from './hall-days.ts'
import { HABITS, type Span } from './hall-plan.ts'
import type { Random } from './random.ts'

/** One service with the counter and the officer that play it. */
export type Seat = {
  centre: string
  group: string
  /** Everything that is called to this counter. */
  groups: readonly string[]
  counter: CounterView
  officer: StaffActor
}

/** Working days of the demo's past; enough to promise waits and to hold them against what came. */
const PAST_DAYS = 5
/** In the morning of a day that runs while one looks: so long has the hall been open. */
const OPEN_MINUTES = 150
const MINUTE = 60_000

/** Arrivals at one counter in this part of a day, as the plan of a day has them. */
const dayOf = (day: LocalDate, { from, to }: Span): HallDay => {
  const minutes = to - from
  const hours = Array.from({ length: Math.ceil(minutes / 60) }, (_, hour) => ({
    to: Math.min(minutes, (hour + 1) * 60),
    factor: hourWeight(from + hour * 60),
  }))
  const mean = hours.reduce((sum, { factor }) => sum + factor, 0) / hours.length
  return {
    ...{ minutes, counters: 1, service: HABITS.visit, priorityShare: HABITS.priority },
    rate: (HABITS.load / HABITS.visit.mean) * weekdayWeight(day) * seasonWeight(day),
    intensity: hours.map(({ to: end, factor }) => ({ to: end, factor: factor / mean })),
    lunch: { from: minutes, to: minutes, open: 1 },
  }
}

/** Each service with a counter of its own at which an officer of the demo sits. */
export const seatsOf = async (
  { services, staff }: { services: Services; staff: readonly StaffActor[] },
  centre: string,
): Promise<Seat[]> => {
  const [{ items }, counters] = await Promise.all([
    services.queue.serviceGroups({ centre }),
    services.organisation.countersOf(centre),
  ])
  const taken = new Set<string>()
  return items.flatMap(({ id: group, counters: numbers }) => {
    const seat = counters.flatMap((counter) => {
      const officer = staff.find((one) => one.counter === counter.id)
      return officer && numbers.includes(counter.number) && !taken.has(counter.id)
        ? [{ counter, officer }]
        : []
    })[0]
    if (!seat) return []
    taken.add(seat.counter.id)
    const called = items.filter((one) => one.counters.includes(seat.counter.number)).map(({ id }) => id)
    return [{ centre, group, groups: called, ...seat }]
  })
}

type Told = { visit: PastVisit; arrives: number }

/** One counter's day as the generator tells it, with what the product's own estimator would have promised to each. */
const visitsOf = (
  seat: Seat,
  from: Date,
  until: Date,
  estimator: ReturnType<typeof createWaitEstimator>,
  number: number,
  random: Random,
): PastVisit[] => {
  const begins = minuteOfDay(from)
  const part = { from: begins, to: begins + (until.getTime() - from.getTime()) / MINUTE }
  const told = new Map<string, Told>()
  const at = (t: number): Date => new Date(from.getTime() + t * MINUTE)
  for (const event of hallDay(dayOf(localDateOf(from), part), number, random)) {
    // Those who still wait at closing are served after it; today has not come so far.
    if ('t' in event && at(event.t) > until && event.type !== 'start' && event.type !== 'end') continue
    const promised: WaitRange | null = estimator.observe(event)
    if (event.type === 'arrive') {
      const { counter, officer, group } = seat
      const visit: PastVisit = {
        ...{ group, issuedAt: at(event.t), priority: event.priority, promised, counter, officer },
        ...{ calledAt: null, endedAt: null },
      }
      told.set(event.ticket, { visit, arrives: event.t })
    } else if (event.type === 'start' || event.type === 'end') {
      const one = told.get(event.ticket)
      if (one) one.visit[event.type === 'start' ? 'calledAt' : 'endedAt'] = at(event.t)
    }
  }
  return [...told.values()].map(({ visit }) => visit)
}

/** What has not happened yet by now is taken out of a day that is under way. */
const asOf =
  (now: Date) =>
  (visit: PastVisit): PastVisit => ({
    ...visit,
    calledAt: visit.calledAt && visit.calledAt <= now ? visit.calledAt : null,
    endedAt: visit.endedAt && visit.endedAt <= now ? visit.endedAt : null,
  })

const workingDaysBefore = (today: string, count: number): string[] => {
  const days: string[] = []
  for (let day = addDays(today, -1); days.length < count; day = addDays(day, -1))
    if (weekdayOf(day) <= 5) days.unshift(day)
  return days
}

export const WHOLE_DAY: Span = { from: 0, to: 1_440 }

type Past = { services: Services; seats: readonly Seat[]; random: Random }

/** Mornings of the last working days in the halls of these seats. */
export const livePastHalls = async ({ services, seats, random }: Past, now: Date): Promise<number> => {
  let visits = 0
  const estimators = new Map(
    seats.map((seat) => [seat.group, createWaitEstimator(random.fork(seat.group).next)]),
  )
  for (const [number, day] of workingDaysBefore(localDateOf(now), PAST_DAYS).entries())
    for (const [centre, own] of Map.groupBy(seats, (seat) => seat.centre)) {
      const [from, until] = [instantOf(day, 7 * 60 + 30), instantOf(day, 11 * 60 + 30)]
      const told = own.flatMap((seat) => {
        const estimator = estimators.get(seat.group)
        return estimator
          ? visitsOf(seat, from, until, estimator, number, random.fork(`${day} ${seat.group}`))
          : []
      })
      await services.queue.recordPast(centre, day, told)
      visits += told.length
    }
  return visits
}

/**
 * The session that is under way, from its opening or some time ago until now: whoever looks finds people served and people
 * waiting.
 */
export const liveTodaySoFar = async (
  { services, seats, random }: Past,
  now: Date,
  session: Span,
): Promise<void> => {
  const day = localDateOf(now)
  const opened = instantOf(day, session.from).getTime()
  const from = new Date(Math.max(opened, now.getTime() - OPEN_MINUTES * MINUTE))
  if (now.getTime() - from.getTime() < 10 * MINUTE) return
  for (const [centre, own] of Map.groupBy(seats, (seat) => seat.centre)) {
    const told = own.flatMap((seat) => {
      const estimator = createWaitEstimator(random.fork(seat.group).next)
      return visitsOf(seat, from, now, estimator, 0, random.fork(`${day} ${seat.group}`)).map(asOf(now))
    })
    await services.queue.recordPast(centre, day, told)
  }
}

/** `always`: whoever tries the product out at night or on a Sunday finds it open. Deadlines stay what the calendar says. */
export type HallHours = 'always' | 'working-hours'

/** The demo's halls at their first start: every counter with an officer of its own is open, unless hours say otherwise. */
export const openHalls = async (
  {
    services,
    db,
    staff,
    hours,
  }: { services: Services; db: Db; staff: readonly StaffActor[]; hours: HallHours },
  now: Date,
): Promise<void> => {
  const { tree, countersOf } = services.organisation
  const centres = [...(await tree()).centres.keys()]
  const counters = (await Promise.all(centres.map((centre) => countersOf(centre)))).flat()
  await inTransaction(db, async (tx) => {
    await tx
      .insertInto('hall_settings')
      .values(
        centres.map((centre_id) => ({
          centre_id,
          sessions:
            hours === 'always' ? JSON.stringify([{ days: [1, 2, 3, 4, 5, 6, 7], ...WHOLE_DAY }]) : null,
          notices: JSON.stringify(NOTICES),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    if (hours === 'always')
      await tx
        .updateTable('service_group')
        .set({ stops_before: 0 })
        .where('centre_id', 'in', centres)
        .execute()
    for (const counter of counters) {
      const officer = staff.find((one) => one.counter === counter.id)
      if (!officer) continue
      await tx
        .insertInto('counter_state')
        .values({
          ...{ counter_id: counter.id, centre_id: counter.centre, state: 'OPEN', since: now },
          ...{ officer_id: officer.id, officer_name: officer.name },
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    await shareCounters(tx)
    // Whoever plays the halls opens them in the morning.
    if (hours === 'working-hours')
      await tx.deleteFrom('counter_state').where('centre_id', 'in', centres).execute()
  })
}

/** A service whose own counters have no officer in the demo is received at another open counter of its hall, as on a thin day. */
const shareCounters = (tx: Tx) =>
  sql`insert into service_group_counter (group_id, counter_id, weight)
    select g.id, (
        select s.counter_id from counter_state s join service_group_counter c on c.counter_id = s.counter_id
        join service_group own on own.id = c.group_id
        where s.centre_id = g.centre_id and s.state = 'OPEN' and own.kind = 'reception'
        order by (own.ordinal + g.ordinal) % 3, own.ordinal limit 1), 1
    from service_group g
    where g.kind = 'reception' and g.active
      and exists (select 1 from counter_state s join service_group_counter c on c.counter_id = s.counter_id
        join service_group own on own.id = c.group_id
        where s.centre_id = g.centre_id and s.state = 'OPEN' and own.kind = 'reception')
      and not exists (select 1 from service_group_counter c join counter_state s on s.counter_id = c.counter_id
        where c.group_id = g.id and s.state = 'OPEN')`.execute(tx)

const NOTICES = [
  {
    vi: 'Nộp hồ sơ ở trung tâm nào trong tỉnh cũng được.',
    en: 'You may apply at any centre of the province.',
  },
  {
    vi: 'Lỡ lượt thì quay lại trong 60 phút: quét phiếu tại máy lấy số, không phải chờ lại từ đầu.',
    en: 'Missed your call? Come back within 60 minutes and scan your ticket at the machine.',
  },
]
