import { showYear } from '#modules/calendar/contract.ts'
import { listDemoAccounts } from '#modules/identity/contract.ts'
import {
  getBoard,
  getHall,
  getTicket,
  listHalls,
  listServiceGroups,
  listTickets,
  type VisitorTicket,
} from '#modules/queue/contract.ts'
import type { Output } from '#platform/operation.ts'
import { type LocalDate, minuteFromText, textFromMinute } from '#platform/time/vietnam.ts'
import { type DayPlan, HABITS, type Habits, planDay, type Span } from '../hall-plan.ts'
import { createRandom } from '../random.ts'
import { type Api, createApi } from './api.ts'
import { followHall } from './board.ts'
import { brokenPromises, type Evidence } from './check.ts'
import { createDayTime, type DayTime } from './day-time.ts'
import { figuresOf, type HallFigures } from './figures.ts'
import { newJournal, noteEnd } from './journal.ts'
import { type Seat, work } from './officer.ts'
import { type Hall, visit } from './visitor.ts'

export type RehearsalOptions = {
  url: string
  /** How many halls, or which. */
  centres: number | 'all' | readonly string[]
  day: LocalDate
  speed: number
  seed: string
  /** Nobody else is in these halls: then every ticket must be one of ours. */
  alone?: boolean
  habits?: Habits
  /** Sessions by user name; the other officers sign in when their shift begins. */
  cookies?: ReadonlyMap<string, string>
  say: (line: string) => void
  /** Told when the day begins to be played; for whoever wants to disturb it. */
  onTime?: (time: DayTime) => void
  patienceMs?: number
}
export type Rehearsal = {
  halls: HallFigures[]
  broken: string[]
  ownClock: boolean
  speed: number
  repeats: number
}

type Accounts = Output<typeof listDemoAccounts>['items']
type Setting = { plan: DayPlan; seats: Map<string, Seat>; reader: Accounts[number] }

/** After lunch all officers sign in again; the clock may go on by so much meanwhile. */
const AGAIN_MINUTES = 20

/** Not faster than this machine signs its officers in. */
export const bearableSpeed = (wanted: number, signInMs: number): number =>
  Math.max(1, Math.min(wanted, Math.floor((AGAIN_MINUTES * 60_000) / signInMs)))

const SAY_MS = 3_000
/** A board may still be told what was done last. */
const BOARD_MS = 15_000
/** Before the first session, so that the first visitor finds the counters open. */
const BEFORE = 10

/** What both have in common. */
const overlap = (some: readonly Span[], others: readonly Span[]): Span[] =>
  some.flatMap((one) =>
    others.flatMap((other) => {
      const cut = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }
      return cut.from < cut.to ? [cut] : []
    }),
  )

/** The working hours of the day, where the hall gives numbers by hours of its own within those. */
const sessionsOf = async (api: Api, centre: string, day: LocalDate): Promise<Span[]> => {
  const [year, hall] = await Promise.all([
    api.ask(showYear, { year: Number(day.slice(0, 4)), centre }),
    api.ask(getHall, { centre }),
  ])
  const found = year.value.days.find(({ date }) => date === day)
  if (!found?.working) return []
  const working = found.sessions.map(({ from, to }) => ({
    from: minuteFromText(from),
    to: minuteFromText(to),
  }))
  const own = hall.value.sessions?.filter(({ days }) => days.includes(found.weekday))
  return own ? overlap(working, own) : working
}

/** The hall as its public pages show it, with the officers who have a counter there. */
const settingOf = async (
  api: Api,
  centre: string,
  accounts: Accounts,
  { day, seed, cookies, habits = HABITS }: RehearsalOptions,
): Promise<Setting | undefined> => {
  const [board, services, sessions] = await Promise.all([
    api.ask(getBoard, { centre }),
    api.ask(listServiceGroups, { centre }),
    sessionsOf(api, centre, day),
  ])
  const seats = new Map<string, Seat>()
  for (const { id, number } of board.value.counters) {
    const account = accounts.find((one) => one.centre === centre && one.counter === id)
    const served = services.value.items.filter(({ counters }) => counters.includes(number))
    if (account && served.length > 0)
      seats.set(id, {
        ...{ counter: id, number, groups: served.map((one) => one.id), account },
        cookie: cookies?.get(account.username),
      })
  }
  const played = services.value.items.map(({ id: group, kind }) => ({
    ...{ group, kind },
    counters: [...seats.values()]
      .filter(({ groups }) => groups.includes(group))
      .map(({ counter }) => counter),
  }))
  const hall = {
    ...{ centre, sessions },
    services: played.filter(({ counters }) => counters.length > 0),
  }
  const reader = accounts.find((one) => one.centre === centre && one.counter !== null)
  return reader && { plan: planDay(hall, day, createRandom(seed), habits), seats, reader }
}

const listedIn = async (api: Api, centre: string, cookie: string): Promise<number> => {
  const totals = await Promise.all(
    (['WAITING', 'ASIDE', 'ENDED'] as const).map((state) =>
      api.ask(listTickets, { centre, state, limit: 1 }, { cookie }),
    ),
  )
  return totals.reduce((sum, { value }) => sum + value.total, 0)
}

const createChanges = () => {
  let waiting: (() => void)[] = []
  return {
    changed: (): void => {
      const all = waiting
      waiting = []
      for (const one of all) one()
    },
    next: (): Promise<void> =>
      new Promise((resolve) => {
        waiting.push(resolve)
      }),
  }
}

/** One hall from opening until the last visitor has gone. */
const playHall = async (
  { api, time, name }: { api: Api; time: DayTime; name: string },
  { plan, seats, reader }: Setting,
  options: RehearsalOptions,
  playing: { halls: Hall[] },
): Promise<Evidence> => {
  const { centre, day } = plan
  const journal = newJournal(centre, name)
  const changes = createChanges()
  const failures: unknown[] = []
  const running = new Set<Promise<void>>()
  const run = (work: Promise<void>): void => {
    const watched: Promise<void> = work
      .catch((error: unknown) => void failures.push(error))
      .finally(() => running.delete(watched))
    running.add(watched)
  }
  const begins = time.minute()
  const visitors = plan.visitors.filter(({ minute }) => minute >= begins)
  const hall: Hall = {
    ...{ api, time, journal, changed: changes.changed, run, pending: { count: visitors.length } },
  }
  playing.halls.push(hall)
  // In a hall with others, somebody else may have served one of ours.
  const board = await followHall(options.url, centre, ({ type, ticket }) => {
    const held = type === 'ticket-finished' ? journal.byTicket.get(ticket ?? '') : undefined
    if (held?.state !== 'waiting') return
    noteEnd(held, 'DONE')
    hall.pending.count -= 1
    hall.changed()
  })
  const cookie = options.cookies?.get(reader.username) ?? (await api.signIn(reader))
  const before = await listedIn(api, centre, cookie)
  const closes = plan.sessions.at(-1)?.to ?? 0
  const nextChange = (minutes: number) => Promise.race([changes.next(), time.pause(minutes)])
  for (const visitor of visitors) run(visit(hall, visitor, day))
  await Promise.all(
    plan.shifts.flatMap((shift) => {
      const seat = seats.get(shift.counter)
      return seat ? [work({ hall, seat, shift, day, closes, nextChange })] : []
    }),
  )
  while (running.size > 0) await Promise.all([...running])
  if (failures.length > 0) throw failures[0]
  const read = new Map<string, VisitorTicket>()
  for (const { ticket } of journal.held)
    read.set(ticket.id, (await api.ask(getTicket, { token: ticket.token })).value)
  const late = performance.now() + BOARD_MS
  const toldOf = () => board.events.filter(({ type }) => type === 'ticket-called').length
  while (toldOf() < journal.pressed.length && performance.now() < late)
    await new Promise((resolve) => setTimeout(resolve, 50))
  const after = await listedIn(api, centre, await api.signIn(reader))
  await board.stop()
  return { journal, board: board.events, read, listed: { before, after }, alone: options.alone ?? false }
}

const progress = (time: DayTime, halls: readonly Hall[]): string => {
  const journals = halls.map(({ journal }) => journal)
  const sum = (of: (journal: Hall['journal']) => number) =>
    journals.reduce((total, one) => total + of(one), 0)
  const inState = (state: string) => sum(({ held }) => held.filter((one) => one.state === state).length)
  const refused = sum(({ refusals }) => [...refusals.values()].reduce((a, b) => a + b, 0))
  return `${textFromMinute(Math.floor(time.minute()))}  ${sum(({ held }) => held.length)} numbers, ${inState('waiting')} wait, ${inState('at-counter')} at counters, ${inState('ended')} gone, ${refused} refused`
}

/**
 * Opens the sessions of everybody who has a counter in these halls, by user name. It costs more than all that they do in an hour,
 * and a clock that runs does not wait for it: at 120 times the speed hundreds of officers miss their morning.
 */
export const signOfficersIn = async (
  url: string,
  centres: 'all' | readonly string[],
): Promise<Map<string, string>> => {
  const api = createApi(url)
  try {
    const { value } = await api.ask(listDemoAccounts, {})
    const officers = value.items.filter(
      ({ centre, counter }) =>
        centre !== null && counter !== null && (centres === 'all' || centres.includes(centre)),
    )
    return new Map(
      await Promise.all(
        officers.map(async (officer) => [officer.username, await api.signIn(officer)] as const),
      ),
    )
  } finally {
    api.close()
  }
}

/** A day of so many halls, through the HTTP API alone; answers what happened and which promises were broken. */
export const rehearse = async (options: RehearsalOptions): Promise<Rehearsal> => {
  const { url, day, say } = options
  const api = createApi(url, options.patienceMs)
  try {
    const [halls, accounts] = await Promise.all([api.ask(listHalls, {}), api.ask(listDemoAccounts, {})])
    const { centres } = options
    const wanted =
      typeof centres === 'number'
        ? halls.value.items.slice(0, centres)
        : halls.value.items.filter(({ centre }) => centres === 'all' || centres.includes(centre))
    const found = await Promise.all(
      wanted.map(async ({ centre, name }) => ({
        name,
        setting: await settingOf(api, centre, accounts.value.items, options),
      })),
    )
    const settings = found.flatMap(({ name, setting }) => (setting ? [{ name, setting }] : []))
    const open = settings.filter(({ setting }) => setting.plan.sessions.length > 0)
    if (open.length === 0) {
      say(`${day}: the centres are closed, nobody comes.`)
      return { halls: [], broken: [], ownClock: false, speed: options.speed, repeats: api.repeats() }
    }
    const from = Math.min(...open.map(({ setting }) => setting.plan.sessions[0]?.from ?? 0)) - BEFORE
    const time = await createDayTime(api, { day, from, speed: options.speed })
    options.onTime?.(time)
    const planned = open.reduce((sum, { setting }) => sum + setting.plan.visitors.length, 0)
    say(
      `${day}, ${open.length} centres, ${planned} visitors, seed ${options.seed}: ${
        time.ownClock
          ? `the server's clock runs ${time.speed.toFixed(0)} times as fast`
          : `the server's clock is real, intervals shrink by ${time.speed}; minutes below are real ones`
      }`,
    )
    const playing: { halls: Hall[] } = { halls: [] }
    const telling = setInterval(() => {
      say(progress(time, playing.halls))
      void time.sync().catch(() => undefined)
    }, SAY_MS)
    try {
      const evidence = await Promise.all(
        open.map(({ name, setting }) => playHall({ api, time, name }, setting, options, playing)),
      )
      return {
        ...{ halls: evidence.map(figuresOf), broken: evidence.flatMap((one) => brokenPromises(one)) },
        ...{ ownClock: time.ownClock, speed: time.speed, repeats: api.repeats() },
      }
    } finally {
      clearInterval(telling)
    }
  } finally {
    api.close()
  }
}
