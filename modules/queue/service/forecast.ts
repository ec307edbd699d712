import { sql } from 'kysely'
import type { Calendar } from '#modules/calendar/rules.ts'
import { nextSession } from '#modules/calendar/rules.ts'
import { addDays, instantOf, localDateOf, minuteOfDay } from '#platform/time/vietnam.ts'
import {
  type CallingRule,
  callOrder,
  changesAhead,
  countPriority,
  type Learned,
  learnInterval,
  learnService,
  nothingLearned,
  type PriorityClass,
  passTime,
  priorityRates,
  promiseFor,
  type StaffPlan,
  type WaitRange,
} from '../rules.ts'
import { groupsOf, servedBy, statesOf } from '../store/counters.ts'
import { findStreak, type InLine, lineOf, type TicketRow } from '../store/tickets.ts'
import type { QueueDeps } from './deps.ts'

/** Visits that teach, and how long what was learned serves before it is read again. */
const VISITS = 2_000
const LEARNED_MS = 10 * 60_000
/** A newcomer's promise is computed at most so often; in a rush all that come meanwhile are told the same. */
const FORECAST_MS = 2_000

type Place = { group: string; priority: boolean }

/** One hall at one moment, ready to be asked about any newcomer. */
type Hall = {
  at: number
  rule: CallingRule
  learned: Learned
  tickets: InLine[]
  streak: number
  plan: StaffPlan
  groups: readonly string[]
  /** Open counters and the groups each serves. */
  counters: { counter: string; groups: Set<string>; service: string | null; elapsed: number }[]
  latest: number[]
  answers: Map<string, WaitRange | null>
  /** Counted when somebody asks first. */
  counts?: Counts
}
type Counts = ReadonlyMap<string, { waiting: number; open: number }>

const countsOf = (hall: Hall): Counts => {
  hall.counts ??= new Map(
    hall.groups.map((id) => [
      id,
      {
        waiting: hall.tickets.filter(({ group }) => group === id).length,
        open: hall.counters.filter((counter) => counter.groups.has(id)).length,
      },
    ]),
  )
  return hall.counts
}

const minutesOf = (instant: Date): number => minuteOfDay(instant) + (instant.getTime() % 60_000) / 60_000

/** Today's sessions as a plan: as many counters as are open now, none in between; people with a ticket are served after closing. */
const planOf = (calendar: Calendar, now: Date, open: number): StaffPlan => {
  const today = localDateOf(now)
  const midnight = instantOf(today, 0)
  const tomorrow = instantOf(addDays(today, 1), 0)
  const sessions: { from: number; to: number; open: number }[] = []
  for (let from = midnight; ; ) {
    const session = nextSession(calendar, from)
    if (session.from >= tomorrow) break
    const last = sessions.at(-1)
    const begin = minutesOf(session.from)
    if (last && last.to < begin) sessions.push({ from: last.to, to: begin, open: 0 })
    sessions.push({ from: begin, to: minuteOfDay(session.to), open })
    from = session.to
  }
  return sessions
}

export const createForecast = (deps: QueueDeps) => {
  const taught = new Map<string, { at: number; learned: Promise<Learned> }>()
  const halls = new Map<string, { at: number; hall: Promise<Hall> }>()

  const learn = async (centre: string, now: Date): Promise<Learned> => {
    const { rows } = await sql<{
      group_id: string
      counter_id: string
      minutes: number
      wait: number
      p10: number | null
      p50: number | null
      p90: number | null
    }>`select v.group_id, v.counter_id, extract(epoch from v.ended_at - v.started_at) / 60 as minutes,
        extract(epoch from v.called_at - t.issued_at) / 60 as wait, t.promised_p10 as p10, t.promised_p50 as p50,
        t.promised_p90 as p90
      from (select * from ticket_visit where centre_id = ${centre} and started_at is not null
        and outcome in ('DONE', 'TRANSFERRED') order by started_at desc limit ${VISITS}) v
      join ticket t on t.id = v.ticket_id order by v.started_at`.execute(deps.db)
    const learned = nothingLearned()
    for (const row of rows) {
      learnService(learned.times, row.group_id, row.counter_id, Number(row.minutes))
      if (row.p50 !== null && row.p10 !== null && row.p90 !== null)
        learnInterval(learned.calibration, { p10: row.p10, p50: row.p50, p90: row.p90 }, Number(row.wait))
    }
    const arrivals = await sql<{ day: string; issued_at: Date; priority: boolean }>`
      select day, issued_at, priority_class <> 'NONE' as priority from ticket where centre_id = ${centre}
        and day >= ${addDays(localDateOf(now), -14)}::date and day < ${localDateOf(now)}::date
      order by day, issued_at`.execute(deps.db)
    for (const [, day] of Map.groupBy(arrivals.rows, (row) => row.day)) {
      const first = day[0]
      const last = day.at(-1)
      if (first && last) passTime(learned.arrivals, minutesOf(first.issued_at), minutesOf(last.issued_at))
      for (const { issued_at, priority } of day)
        if (priority) countPriority(learned.arrivals, minutesOf(issued_at))
    }
    return learned
  }

  const learnedOf = (centre: string, now: Date): Promise<Learned> => {
    const known = taught.get(centre)
    if (known && now.getTime() - known.at < LEARNED_MS && now.getTime() >= known.at) return known.learned
    const learned = learn(centre, now)
    taught.set(centre, { at: now.getTime(), learned })
    learned.catch(() => taught.delete(centre))
    return learned
  }

  const look = async (centre: string, now: Date): Promise<Hall> => {
    const day = localDateOf(now)
    const [rule, learned, tickets, states, groups, streak, calendar] = await Promise.all([
      deps.ruleOf(centre),
      learnedOf(centre, now),
      lineOf(deps.db, { centre, day }),
      statesOf(deps.db, centre),
      groupsOf(deps.db, centre),
      findStreak(deps.db, centre, day),
      deps.calendarFor(centre),
    ])
    const served = await servedBy(
      deps.db,
      groups.map(({ id }) => id),
    )
    const running = await deps.db
      .selectFrom('ticket')
      .select(['counter_id', 'group_id', 'started_at', 'called_at', 'issued_at'])
      .where('centre_id', '=', centre)
      .where('day', '=', day)
      .where('state', 'in', ['CALLED', 'SERVING'])
      .execute()
    const at = new Map(running.map((row) => [row.counter_id, row]))
    const counters = states
      .filter(({ state }) => state === 'OPEN')
      .map(({ counter_id: counter }) => {
        const one = at.get(counter)
        const since = one && (one.started_at ?? one.called_at)
        return {
          counter,
          groups: new Set(served.filter((row) => row.counter === counter).map((row) => row.group)),
          service: one?.group_id ?? null,
          elapsed: since ? Math.max(0, (now.getTime() - since.getTime()) / 60_000) : 0,
        }
      })
    const latest = running
      .filter((row) => row.called_at !== null)
      .map((row) => ((row.called_at?.getTime() ?? 0) - row.issued_at.getTime()) / 60_000)
    return {
      ...{ at: now.getTime(), rule, learned, tickets, streak, counters, latest, answers: new Map() },
      groups: groups.map(({ id }) => id),
      plan: planOf(calendar, now, counters.length),
    }
  }

  const hallOf = (centre: string, now: Date): Promise<Hall> => {
    const known = halls.get(centre)
    if (known && now.getTime() - known.at < FORECAST_MS && now.getTime() >= known.at) return known.hall
    const hall = look(centre, now)
    halls.set(centre, { at: now.getTime(), hall })
    hall.catch(() => halls.delete(centre))
    return hall
  }

  /** Groups that share a counter share a line: with whom a visitor of this group competes. */
  const together = (
    { counters }: Hall,
    group: string,
  ): { groups: Set<string>; counters: Hall['counters'] } => {
    const groups = new Set([group])
    for (let size = 0; size !== groups.size; ) {
      size = groups.size
      for (const counter of counters)
        if ([...counter.groups].some((one) => groups.has(one)))
          for (const one of counter.groups) groups.add(one)
    }
    return {
      groups,
      counters: counters.filter((counter) => [...counter.groups].some((one) => groups.has(one))),
    }
  }

  const rangeFor = (hall: Hall, { group, priority }: Place, before: (tickets: InLine[]) => InLine[]) => {
    const now = minutesOf(new Date(hall.at))
    const { groups, counters } = together(hall, group)
    const line = before(hall.tickets.filter((ticket) => groups.has(ticket.group)))
    const said = promiseFor(
      {
        now,
        counters,
        ahead: line.map((ticket) => ({
          service: ticket.group,
          priority: ticket.priority !== 'NONE',
        })),
        changes: changesAhead(hall.plan, now, counters.length),
        closesFirst: new Set(),
        priorityRates: priority ? [] : priorityRates(hall.learned.arrivals),
        services: [...hall.learned.times.byService.keys()],
      },
      hall.learned,
      hall.latest,
      deps.chance,
    )
    return said?.shown ?? null
  }

  const ordered = (hall: Hall, tickets: readonly InLine[]): InLine[] =>
    callOrder(hall.rule, tickets, hall.streak, hall.at).map(({ ticket }) => ticket)

  return {
    /** The wait of somebody who takes a number now. */
    async newcomer(centre: string, group: string, priorityClass: PriorityClass): Promise<WaitRange | null> {
      const hall = await hallOf(centre, deps.clock.now())
      const priority = priorityClass !== 'NONE'
      const key = `${group} ${priority}`
      const known = hall.answers.get(key)
      if (known !== undefined) return known
      const range = rangeFor(hall, { group, priority }, (tickets) =>
        ordered(hall, tickets).filter((ticket) => !priority || ticket.priority !== 'NONE'),
      )
      hall.answers.set(key, range)
      return range
    },
    /** What is left for somebody who waits: how many go before, and the wait from now. */
    async remaining(ticket: TicketRow): Promise<{ ahead: number; wait: WaitRange | null }> {
      const hall = await hallOf(ticket.centre_id, deps.clock.now())
      const { groups } = together(hall, ticket.group_id)
      const line = ordered(
        hall,
        hall.tickets.filter((one) => groups.has(one.group)),
      )
      const place = line.findIndex(({ id }) => id === ticket.id)
      const ahead = place < 0 ? line.length : place
      const priority = ticket.priority_class !== 'NONE'
      const wait = rangeFor(hall, { group: ticket.group_id, priority }, () => line.slice(0, ahead))
      return { ahead, wait }
    },
    /** Who waits and who serves, for lists; the same look that promises come from. */
    async counts(centre: string): Promise<Counts> {
      return countsOf(await hallOf(centre, deps.clock.now()))
    },
  }
}
export type Forecast = ReturnType<typeof createForecast>
