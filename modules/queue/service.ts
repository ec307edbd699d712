import type { StaffActor } from '#modules/identity/contract.ts'
import { Refusal } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { Follower } from '#platform/log/follow.ts'
import type { Input, Output } from '#platform/operation.ts'
import type * as op from './contract.ts'
import { receiversOf } from './rules.ts'
import { createAppointmentWatch } from './service/appointment-watch.ts'
import { createAppointments } from './service/appointments.ts'
import { createBoard } from './service/board.ts'
import { createBoards } from './service/boards.ts'
import { createCalls } from './service/call.ts'
import { createCounters } from './service/counters.ts'
import type { QueueDeps } from './service/deps.ts'
import { createDevices } from './service/devices.ts'
import { createFloor } from './service/floor.ts'
import { createForecast } from './service/forecast.ts'
import { createHall } from './service/hall.ts'
import { createHelp } from './service/help.ts'
import { createHours } from './service/hours.ts'
import { createIssue } from './service/issue.ts'
import { createMoves } from './service/moves.ts'
import { createOffline } from './service/offline.ts'
import { createOpenings } from './service/openings.ts'
import { createPapers, type PaperDeps } from './service/paper.ts'
import { createPast } from './service/past.ts'
import { createRatings } from './service/ratings.ts'
import { createSetup } from './service/setup.ts'
import { comeBackAt, createVisitors, servedToday } from './service/visitor.ts'
import { createWaiting } from './service/waiting.ts'
import { hoursOf, momentShort } from './service/words.ts'
import { groupsOf, servedBy } from './store/counters.ts'

/** Minutes of wait from which a hall counts as neither empty nor crowded. */
const SOME_FROM = 15
const MANY_FROM = 45

export const createQueueService = ({
  follower,
  ...given
}: Omit<QueueDeps & PaperDeps, 'ruleOf'> & { follower: Follower }) => {
  const hours = createHours(given)
  const deps: QueueDeps & PaperDeps = { ...given, calendarFor: hours.calendarOf, ruleOf: hours.ruleOf }
  const forecast = createForecast(deps)
  const help = createHelp(deps)
  const counters = createCounters(deps, help)
  const calls = createCalls(deps, counters)
  const moves = createMoves(deps, counters)
  const visitors = createVisitors(deps, forecast)
  const papers = createPapers(deps, visitors)
  const issue = createIssue(deps, forecast)
  const boards = createBoards(deps, follower, createBoard(deps))
  const hall = createHall(deps, hours)
  const ratings = createRatings(deps, counters)
  const waits = createWaiting(deps, hours)

  const serviceGroups = async ({
    centre,
    procedure,
  }: Input<typeof op.listServiceGroups>): Promise<Output<typeof op.listServiceGroups>> => {
    if (!(await deps.tree()).centres.has(centre)) throw new Refusal('queue.unknown-centre')
    const now = deps.clock.now()
    const [groups, counts, calendar, places, resolved] = await Promise.all([
      groupsOf(deps.db, centre),
      forecast.counts(centre),
      deps.calendarFor(centre),
      deps.countersOf(centre),
      procedure === undefined ? undefined : deps.resolvedBy(centre, procedure),
    ])
    const served = await servedBy(
      deps.db,
      groups.map(({ id }) => id),
    )
    const placesOf = (group: string) =>
      places.filter(({ id }) => served.some((one) => one.group === group && one.counter === id))
    const receivers =
      resolved &&
      receiversOf(
        groups.map(({ id, kind, fields }) => ({
          ...{ id, kind, fields },
          reserved: placesOf(id).length > 0 && placesOf(id).every(({ priority }) => priority),
          agencies: placesOf(id).flatMap(({ agencies }) => agencies.map((agency) => agency.id)),
        })),
        resolved,
      )
    const items = await Promise.all(
      groups.map(async (group) => {
        const { closes, opens, open } = hoursOf(calendar, now, group)
        const { waiting = 0, open: openCounters = 0 } = counts.get(group.id) ?? {}
        const wait = await forecast.newcomer(centre, group.id, 'NONE')
        const minutes = wait?.p50 ?? waiting * 5
        const stopped = closes !== null && closes.getTime() - now.getTime() < group.stops_before * 60_000
        const shut = closes === null && !open
        const own = placesOf(group.id)
        const agencies = new Map(own.flatMap((place) => place.agencies.map((one) => [one.id, one])))
        return {
          ...{ id: group.id, centre, prefix: group.prefix, name: group.name, nameEn: group.name_en },
          ...{ kind: group.kind, fields: group.fields, openCounters, waiting, wait },
          agencies: [...agencies.values()],
          counters: own.map(({ number }) => number),
          receives: receivers ? receivers.has(group.id) : null,
          comeBackAt: comeBackAt(now, wait),
          servedToday: servedToday(now, wait, closes),
          crowd:
            minutes < SOME_FROM
              ? ('FEW' as const)
              : minutes < MANY_FROM
                ? ('SOME' as const)
                : ('MANY' as const),
          open: !stopped && !shut,
          closed:
            stopped || shut
              ? {
                  vi: `Hôm nay đã ngừng phát số, mở lại ${momentShort(opens)}`,
                  en: `No more numbers today, open again ${momentShort(opens)}`,
                }
              : null,
        }
      }),
    )
    return { items }
  }

  return {
    serviceGroups,
    takeTicket: (input: Input<typeof op.takeTicket>, idempotency: Idempotency | undefined) =>
      issue(input, idempotency),
    visitors,
    papers,
    devices: createDevices(deps),
    offline: createOffline(deps),
    counters,
    help,
    callNext: (input: Input<typeof op.callNext>, actor: StaffActor, idempotency: Idempotency | undefined) =>
      calls.next(input, actor, idempotency),
    callTicket: calls.one,
    moves,
    boards,
    hall,
    ratings,
    waiting: waits,
    /** Days that have been, for a province that begins with a past. */
    recordPast: createPast(deps),
    appointments: createAppointments(deps, hours),
    openings: createOpenings(deps),
    watchAppointments: createAppointmentWatch(deps),
    floor: createFloor(deps),
    setup: createSetup(deps),
  }
}
export type QueueService = ReturnType<typeof createQueueService>
