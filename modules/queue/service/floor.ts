import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import { callOrder } from '../rules.ts'
import { groupsOf, servedBy, statesOf } from '../store/counters.ts'
import { atCounters, countLines, endedOrAside, findByNumber } from '../store/floor.ts'
import { openHelpOf } from '../store/help.ts'
import { findStreak, type TicketRow, waitingOf } from '../store/tickets.ts'
import { AT_COUNTERS, CHANGES_HALL, holdsAtCentre, ORDERS, type QueueDeps, SETS_UP } from './deps.ts'
import { helpView } from './help.ts'
import { orderable } from './order.ts'
import { ticketView } from './strip.ts'

const MINUTE = 60_000

/** The centre when this officer works in its hall or sets it up. */
export const assertFloor = (tree: Tree, actor: StaffActor, centre: string): void => {
  if (!tree.centres.has(centre)) throw new Refusal('queue.unknown-centre')
  if (!holdsAtCentre(tree, actor, [...AT_COUNTERS, ...ORDERS, ...SETS_UP], centre))
    throw new Refusal('queue.not-your-centre')
}

/** The hall as its officers see it: all counters and lines, and any ticket of today. */
export const createFloor = (deps: QueueDeps) => {
  const floor = async (
    { centre }: Input<typeof op.getFloor>,
    actor: StaffActor,
  ): Promise<Output<typeof op.getFloor>> => {
    const tree = await deps.tree()
    assertFloor(tree, actor, centre)
    const now = deps.clock.now()
    const day = localDateOf(now)
    const [rule, help, counters, groups, states, lines] = await Promise.all([
      deps.ruleOf(centre),
      openHelpOf(deps.db, centre),
      deps.countersOf(centre),
      groupsOf(deps.db, centre),
      statesOf(deps.db, centre),
      countLines(deps.db, centre, day),
    ])
    const [served, current] = await Promise.all([
      servedBy(
        deps.db,
        groups.map(({ id }) => id),
      ),
      atCounters(
        deps.db,
        counters.map(({ id }) => id),
      ),
    ])
    const stateOf = new Map(states.map((state) => [state.counter_id, state]))
    const opened = new Set(states.filter(({ state }) => state === 'OPEN').map(({ counter_id }) => counter_id))
    return {
      centre: { id: centre, name: tree.units.get(centre)?.name ?? centre },
      at: toLocalIso(now),
      counters: counters.map((counter) => {
        const state = stateOf.get(counter.id)
        const ticket = current.get(counter.id)
        return {
          ...{ id: counter.id, number: counter.number, name: counter.name, kinds: [...counter.kinds] },
          state: state?.state ?? ('CLOSED' as const),
          reason: state?.reason ?? null,
          until: state?.until ? toLocalIso(state.until) : null,
          since: state ? toLocalIso(state.since) : null,
          officer: state?.officer_id ? { id: state.officer_id, name: state.officer_name ?? '' } : null,
          ticket: ticket
            ? {
                ...{ number: ticket.code, state: ticket.state },
                since: toLocalIso(ticket.started_at ?? ticket.called_at ?? now),
              }
            : null,
          groups: groups
            .filter(({ id }) => served.some((one) => one.group === id && one.counter === counter.id))
            .map(({ id, prefix, name }) => ({ id, prefix, name })),
          mine: state?.state !== 'CLOSED' && state?.officer_id === actor.id,
          assigned: actor.counter === counter.id,
        }
      }),
      groups: groups.map(({ id, prefix, name, kind }) => {
        const line = lines.get(id)
        return {
          ...{ id, prefix, name, kind },
          waiting: line?.waiting ?? 0,
          priority: line?.priority ?? 0,
          longestMinutes: line?.oldest
            ? Math.max(0, Math.round((now.getTime() - line.oldest.getTime()) / MINUTE))
            : null,
          served: line?.served ?? 0,
          openCounters: served.filter((one) => one.group === id && opened.has(one.counter)).length,
        }
      }),
      help: help.map((row) => helpView(row, rule.helpMinutes, now, actor.id)),
      may: {
        serve: holdsAtCentre(tree, actor, AT_COUNTERS, centre),
        order: holdsAtCentre(tree, actor, ORDERS, centre),
        setUp: holdsAtCentre(tree, actor, SETS_UP, centre),
        changeHall: holdsAtCentre(tree, actor, CHANGES_HALL, centre),
      },
    }
  }

  const tickets = async (
    { centre, state, group, number, limit }: Input<typeof op.listTickets>,
    actor: StaffActor,
  ): Promise<Output<typeof op.listTickets>> => {
    assertFloor(await deps.tree(), actor, centre)
    const now = deps.clock.now()
    const day = localDateOf(now)
    const groupOf = new Map((await groupsOf(deps.db, centre)).map((one) => [one.id, one]))
    const view = (ticket: TicketRow) => ticketView(ticket, groupOf.get(ticket.group_id), now, null)
    if (number) {
      const found = await findByNumber(deps.db, centre, day, number)
      return { items: found.map(view), total: found.length }
    }
    if (state !== 'WAITING') {
      const { rows, total } = await endedOrAside(deps.db, state, {
        ...{ centre, day, limit },
        group: group ?? null,
      })
      return { items: rows.map(view), total }
    }
    const [rule, waiting, streak] = await Promise.all([
      deps.ruleOf(centre),
      waitingOf(deps.db, { centre, day, ...(group ? { groups: [group] } : {}) }),
      findStreak(deps.db, centre, day),
    ])
    const byId = new Map(waiting.map((ticket) => [ticket.id, ticket]))
    const items = callOrder(rule, waiting.map(orderable), streak, now.getTime())
      .slice(0, limit)
      .flatMap(({ ticket: { id }, why }) => {
        const row = byId.get(id)
        return row ? [ticketView(row, groupOf.get(row.group_id), now, why)] : []
      })
    return { items, total: waiting.length }
  }

  return { floor, tickets }
}
