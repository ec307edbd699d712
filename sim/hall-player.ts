import { sql } from 'kysely'
import { type Calendar, nextSession } from '#modules/calendar/rules.ts'
import type { QueueTicket } from '#modules/queue/contract.ts'
import { DEFAULT_CALLING } from '#modules/queue/rules.ts'
import type { Db } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import { addDays, instantOf, type LocalDate, localDateOf } from '#platform/time/vietnam.ts'
import type { Services } from '#server/services.ts'
import { type HallHours, liveTodaySoFar, type Seat, WHOLE_DAY } from './hall.ts'
import {
  type DayPlan,
  HABITS,
  planDay,
  type Shift,
  type Span,
  type Visitor,
  visitMinutes,
} from './hall-plan.ts'
import type { Random } from './random.ts'

/** How often the demo's halls move on. */
const TICK_MS = 6_000
/** A line longer than this for a counter would only make those wait who try the product out. */
const LONGEST_LINE = 9
/** A visitor whom somebody else called is somebody else's; after so long at one counter nobody sits there any more. */
const FORGOTTEN_MINUTES = 20
/** After a longer sleep of the machine nobody has come meanwhile. */
const MOST_AT_ONCE_MINUTES = 5
const LATE_MINUTES = 60
const MINUTE = 60_000
const WHY = { LUNCH: 'Nghỉ trưa', REST: 'Nghỉ giải lao' } as const

type There = { id: string; called: Date; calls: number }
type Doing = 'OPEN' | 'PAUSED' | 'CLOSED'
type Playing = {
  seat: Seat
  visitor: { ticket: string; until: number; plan: Visitor | undefined } | null
  /** Somebody else sits here and calls. */
  left: boolean
  /** What the officer of the plan was last seen to do; done once, so that whoever undoes it has the last word. */
  doing: Doing | undefined
}
type Look = { at: Map<string, There>; waiting: Map<string, number>; any: ReadonlySet<string> }

const look = async (db: Db, centres: readonly string[], day: string): Promise<Look> => {
  const { rows: busy } = await sql<{ counter_id: string; id: string; called_at: Date; calls: number }>`
    select counter_id, id, called_at, calls from ticket
    where centre_id = any(${[...centres]}) and state in ('CALLED', 'SERVING')`.execute(db)
  const { rows: lines } = await sql<{ centre_id: string; group_id: string; waiting: number }>`
    select centre_id, group_id, count(*) filter (where state = 'WAITING')::integer as waiting
    from ticket where centre_id = any(${[...centres]}) and day = ${day}::date group by 1, 2`.execute(db)
  return {
    at: new Map(
      busy.map(({ counter_id, id, called_at: called, calls }) => [counter_id, { id, called, calls }]),
    ),
    waiting: new Map(lines.map((row) => [row.group_id, row.waiting])),
    any: new Set(lines.map((row) => row.centre_id)),
  }
}

/** Working sessions of a day, in minutes of it. */
const sessionsOn = (calendar: Calendar, day: LocalDate): Span[] => {
  const [begins, ends] = [instantOf(day), instantOf(addDays(day, 1))]
  const spans: Span[] = []
  for (let from = begins; ; ) {
    const session = nextSession(calendar, from)
    if (session.from >= ends) return spans
    const minute = (at: Date) => Math.round((at.getTime() - begins.getTime()) / MINUTE)
    spans.push({ from: minute(session.from), to: minute(session.to) })
    from = session.to
  }
}

const doingOf = (shift: Shift | undefined, minute: number): Doing => {
  if (!shift || minute < shift.from || minute >= shift.to) return 'CLOSED'
  return shift.breaks.some(({ from, to }) => minute >= from && minute < to) ? 'PAUSED' : 'OPEN'
}

export type PlayerOptions = {
  services: Services
  db: Db
  seats: readonly Seat[]
  hours: HallHours
  random: Random
  now: () => Date
}

/**
 * Plays the demo's halls by the clock and the plan of the day (hall-plan.ts), through the use cases that officers and visitors
 * have: people come, are called and served, officers rest and go home. Where a person sits down instead and calls, the player
 * leaves that counter alone.
 */
export const createHallPlayer = ({ services, db, seats, hours, random, now }: PlayerOptions) => {
  const playing: Playing[] = seats.map((seat) => ({ seat, visitor: null, left: false, doing: undefined }))
  const byCentre = Map.groupBy(seats, ({ centre }) => centre)
  const centres = [...byCentre.keys()]
  const known = new Map<string, Visitor>()
  let plans: { day: string; of: ReadonlyMap<string, DayPlan> } | undefined
  let last = now()

  const { queue } = services
  const minuteOf = (at: Date): number => (at.getTime() - instantOf(localDateOf(at)).getTime()) / MINUTE

  /** A refusal means that somebody else was there first, which is what a hall is like. */
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Refusal) return undefined
      throw error
    }
  }

  const planFor = async (centre: string, day: LocalDate): Promise<DayPlan> => {
    const own = byCentre.get(centre) ?? []
    const groups = [...new Set(own.flatMap((seat) => seat.groups))]
    const { items } = await queue.serviceGroups({ centre })
    const offered = items.flatMap(({ id: group, kind }) =>
      groups.includes(group)
        ? [
            {
              group,
              kind,
              counters: own.filter((seat) => seat.groups.includes(group)).map((s) => s.counter.id),
            },
          ]
        : [],
    )
    const sessions =
      hours === 'always' ? [WHOLE_DAY] : sessionsOn(await services.calendar.calendarFor(db, centre), day)
    return planDay({ centre, sessions, services: offered }, day, random)
  }
  const plansOf = async (day: LocalDate): Promise<ReadonlyMap<string, DayPlan>> => {
    if (plans?.day === day) return plans.of
    const made = await Promise.all(
      centres.map(async (centre) => [centre, await planFor(centre, day)] as const),
    )
    known.clear()
    plans = { day, of: new Map(made) }
    return plans.of
  }

  const come = async (visitor: Visitor, centre: string): Promise<void> => {
    const { group: serviceGroup, priority: priorityClass, language } = visitor
    const ticket = await attempt(() =>
      queue.takeTicket(
        { centre, serviceGroup, priorityClass, language, channel: 'KIOSK', procedures: [] },
        undefined,
      ),
    )
    if (ticket) known.set(ticket.id, visitor)
  }

  const arrive = async (plan: DayPlan, from: number, to: number, { waiting }: Look): Promise<void> => {
    for (const visitor of plan.visitors) {
      if (visitor.minute <= from || visitor.minute > to) continue
      const line = waiting.get(visitor.group) ?? 0
      const served = seats.filter(({ groups }) => groups.includes(visitor.group)).length
      if (line < LONGEST_LINE * Math.max(1, served)) await come(visitor, plan.centre)
    }
  }

  /** Opens, rests, goes home; with a visitor at the counter or people in the line a moment later. */
  const keepShift = async (one: Playing, plan: DayPlan, minute: number, seen: Look): Promise<void> => {
    const { counter, officer, groups } = one.seat
    const shift = plan.shifts.find((other) => other.counter === counter.id)
    const wanted = doingOf(shift, minute)
    if (one.left || wanted === one.doing) return
    const closing = wanted === 'CLOSED' && one.doing !== undefined
    const needed =
      seen.at.has(counter.id) || (closing && groups.some((group) => (seen.waiting.get(group) ?? 0) > 0))
    if (needed && wanted !== 'OPEN') return
    one.doing = wanted
    const here = { counter: counter.id }
    if (wanted === 'OPEN') await attempt(() => queue.counters.open(here, officer))
    else if (wanted === 'CLOSED') await attempt(() => queue.counters.close(here, officer))
    else {
      const rest = shift?.breaks.find(({ from, to }) => minute >= from && minute < to)
      await attempt(() => queue.counters.open(here, officer))
      const until =
        rest && new Date(instantOf(plan.day).getTime() + Math.round(rest.to) * MINUTE).toISOString()
      await attempt(() => queue.counters.pause({ ...here, reason: WHY[rest?.why ?? 'REST'], until }, officer))
    }
  }

  /** Calls again while nobody comes; then the next one's turn is not kept up any longer. */
  const callAgain = async (
    one: Playing,
    { id: ticket, calls, called }: There,
    time: number,
  ): Promise<void> => {
    if (time < called.getTime() + DEFAULT_CALLING.secondsBetweenCalls * 1_000) return
    const on = { counter: one.seat.counter.id, ticket }
    if (calls < DEFAULT_CALLING.callsBeforeMissing)
      await attempt(() => queue.moves.recall(on, one.seat.officer))
    else {
      one.visitor = null
      await attempt(() => queue.moves.miss(on, one.seat.officer))
    }
  }

  /** Done, sent to copy something, or sent on: the plan knows. Late in the day nobody is, who would find the others gone. */
  const endVisit = async (one: Playing, time: number): Promise<void> => {
    const { counter, officer, centre } = one.seat
    const closes = plans?.of.get(centre)?.sessions.at(-1)?.to ?? 0
    const late = minuteOf(new Date(time)) > closes - LATE_MINUTES
    const visitor = one.visitor
    if (!visitor) return
    one.visitor = null
    const { ticket, plan } = visitor
    const on = { counter: counter.id, ticket }
    known.delete(ticket)
    const minutes = late ? null : (plan?.asideFor ?? null)
    const serviceGroup = late ? null : (plan?.goesOnTo ?? null)
    if (minutes !== null) await attempt(() => queue.moves.hold({ ...on, minutes }, officer))
    else if (serviceGroup !== null)
      await attempt(() =>
        queue.moves.transfer({ ...on, serviceGroup, note: 'Làm tiếp thủ tục kèm theo' }, officer),
      )
    else await attempt(() => queue.moves.finish(on, officer))
  }

  const callNext = async (one: Playing, time: number): Promise<void> => {
    const { counter, officer } = one.seat
    const called: QueueTicket | undefined = await attempt(() =>
      queue.callNext({ counter: counter.id }, officer, undefined),
    )
    if (!called) return
    const plan = known.get(called.id)
    const minutes = plan?.visit ?? visitMinutes(HABITS, random)
    one.visitor = { ticket: called.id, until: time + minutes * MINUTE, plan }
    if (plan?.answersCall === false) return
    await attempt(() => queue.moves.start({ counter: counter.id, ticket: called.id }, officer))
  }

  const serve = async (one: Playing, { at, waiting }: Look, time: number): Promise<void> => {
    const { counter, officer, groups } = one.seat
    const there = at.get(counter.id)
    if (one.visitor && there?.id !== one.visitor.ticket) {
      // A person has called the next one here.
      one.left = one.left || there !== undefined
      one.visitor = null
    }
    if (one.left) return
    if (there && !one.visitor) {
      const until = there.called.getTime() + FORGOTTEN_MINUTES * MINUTE
      if (time >= until)
        await attempt(() => queue.moves.finish({ counter: counter.id, ticket: there.id }, officer))
      return
    }
    if (there && one.visitor?.plan?.answersCall === false) return callAgain(one, there, time)
    if (one.visitor) {
      if (time >= one.visitor.until) await endVisit(one, time)
      return
    }
    if (groups.some((group) => (waiting.get(group) ?? 0) > 0)) await callNext(one, time)
  }

  const tick = async (): Promise<void> => {
    const moment = now()
    const day = localDateOf(moment)
    const minute = minuteOf(moment)
    const seen = await look(db, centres, day)
    const from = localDateOf(last) === day ? Math.max(minuteOf(last), minute - MOST_AT_ONCE_MINUTES) : minute
    last = moment
    for (const [centre, plan] of await plansOf(day)) {
      const own = byCentre.get(centre) ?? []
      const session = plan.sessions.find((one) => minute >= one.from && minute < one.to)
      if (session && !seen.any.has(centre))
        await liveTodaySoFar({ services, seats: own, random }, moment, session)
      await arrive(plan, from, minute, seen)
    }
    for (const one of playing) {
      const plan = plans?.of.get(one.seat.centre)
      if (plan && hours === 'working-hours') await keepShift(one, plan, minute, seen)
      await serve(one, seen, moment.getTime())
    }
  }

  return {
    tick,
    /** Goes on until it is stopped; a tick that fails is told and the next one comes all the same. */
    play: (onError: (error: unknown) => void) => {
      let ended = false
      let running = Promise.resolve()
      const timer = setInterval(() => {
        running = running.then(() => (ended ? undefined : tick().catch(onError)))
      }, TICK_MS)
      timer.unref()
      return async (): Promise<void> => {
        ended = true
        clearInterval(timer)
        await running
      }
    },
  }
}
