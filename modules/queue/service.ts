import type { StaffActor } from '#modules/identity/contract.ts'
import { Refusal } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { Follower } from '#platform/log/follow.ts'
import type { Input, Output } from '#platform/operation.ts'
import type * as op from './contract.ts'
import { createBoards } from './service/board.ts'
import { createCalls } from './service/call.ts'
import { createCounters } from './service/counters.ts'
import type { QueueDeps } from './service/deps.ts'
import { createForecast } from './service/forecast.ts'
import { createHall } from './service/hall.ts'
import { createIssue } from './service/issue.ts'
import { createMoves } from './service/moves.ts'
import { createSetup } from './service/setup.ts'
import { createVisitors } from './service/visitor.ts'
import { hoursOf, momentShort } from './service/words.ts'
import { groupsOf } from './store/counters.ts'

/** Minutes of wait from which a hall counts as neither empty nor crowded. */
const SOME_FROM = 15
const MANY_FROM = 45

export const createQueueService = (deps: QueueDeps & { follower: Follower }) => {
  const forecast = createForecast(deps)
  const counters = createCounters(deps)
  const calls = createCalls(deps, counters)
  const moves = createMoves(deps, counters)
  const visitors = createVisitors(deps, forecast)
  const issue = createIssue(deps, forecast)
  const boards = createBoards(deps, deps.follower)

  const serviceGroups = async ({
    centre,
  }: Input<typeof op.listServiceGroups>): Promise<Output<typeof op.listServiceGroups>> => {
    if (!(await deps.tree()).centres.has(centre)) throw new Refusal('queue.unknown-centre')
    const now = deps.clock.now()
    const [groups, counts, calendar] = await Promise.all([
      groupsOf(deps.db, centre),
      forecast.counts(centre),
      deps.calendarFor(centre),
    ])
    const items = await Promise.all(
      groups.map(async (group) => {
        const { closes, opens, open } = hoursOf(calendar, now, group)
        const { waiting = 0, open: openCounters = 0 } = counts.get(group.id) ?? {}
        const wait = await forecast.newcomer(centre, group.id, 'NONE')
        const minutes = wait?.p50 ?? waiting * 5
        const stopped = closes !== null && closes.getTime() - now.getTime() < group.stops_before * 60_000
        const shut = closes === null && !open
        return {
          ...{ id: group.id, centre, prefix: group.prefix, name: group.name, nameEn: group.name_en },
          ...{ kind: group.kind, fields: group.fields, openCounters, waiting, wait },
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
    counters,
    callNext: (input: Input<typeof op.callNext>, actor: StaffActor, idempotency: Idempotency | undefined) =>
      calls.next(input, actor, idempotency),
    callTicket: calls.one,
    moves,
    boards,
    hall: createHall(deps),
    setup: createSetup(deps),
  }
}
export type QueueService = ReturnType<typeof createQueueService>
