import { Refusal } from '#platform/errors.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type { Board } from '../contract.ts'
import { callOrder } from '../rules.ts'
import { groupsOf, servedBy, statesOf } from '../store/counters.ts'
import { atCounters } from '../store/floor.ts'
import { findStreak, latestCalls, lineOf } from '../store/tickets.ts'
import type { QueueDeps } from './deps.ts'

const CALLS = 8
const NEXT = 5

/** How a hall stands: what a television shows first, and what it reads again now and then. */
export const createBoard =
  (deps: QueueDeps) =>
  async (centre: string): Promise<Board> => {
    const tree = await deps.tree()
    const unit = tree.units.get(centre)
    if (!unit || !tree.centres.has(centre)) throw new Refusal('queue.unknown-centre')
    const now = deps.clock.now()
    const day = localDateOf(now)
    const [rule, counters, states, groups, calls, waiting, streak] = await Promise.all([
      deps.ruleOf(centre),
      deps.countersOf(centre),
      statesOf(deps.db, centre),
      groupsOf(deps.db, centre),
      latestCalls(deps.db, centre, day, CALLS),
      lineOf(deps.db, { centre, day }),
      findStreak(deps.db, centre, day),
    ])
    const [served, standing] = await Promise.all([
      servedBy(
        deps.db,
        groups.map(({ id }) => id),
      ),
      // Not of the last calls: in a large hall a visit outlasts them.
      atCounters(
        deps.db,
        counters.map(({ id }) => id),
      ),
    ])
    const counterOf = new Map(counters.map((counter) => [counter.id, counter]))
    const stateOf = new Map(states.map((state) => [state.counter_id, state]))
    const groupOf = new Map(groups.map((group) => [group.id, group]))
    return {
      centre: { id: centre, name: unit.name },
      at: toLocalIso(now),
      calls: calls.map((ticket) => ({
        ticket: ticket.id,
        number: ticket.code,
        counter: counterOf.get(ticket.counter_id ?? '')?.number ?? 0,
        counterName: counterOf.get(ticket.counter_id ?? '')?.name ?? '',
        service: groupOf.get(ticket.group_id)?.name ?? '',
        calls: ticket.calls,
        at: toLocalIso(ticket.called_at ?? now),
      })),
      counters: counters.map(({ id, number, name }) => {
        const state = stateOf.get(id)
        return {
          ...{ id, number, name, state: state?.state ?? 'CLOSED', ticket: standing.get(id)?.code ?? null },
          until: state?.until ? toLocalIso(state.until) : null,
          officer: state?.state === 'CLOSED' ? null : (state?.officer_name ?? null),
          groups: served
            .filter(({ counter }) => counter === id)
            .map(({ group }) => groupOf.get(group)?.prefix ?? ''),
        }
      }),
      groups: groups.map((group) => {
        const own = waiting.filter((ticket) => ticket.group === group.id)
        const order = callOrder(rule, own, streak, now.getTime()).slice(0, NEXT)
        return {
          ...{ prefix: group.prefix, name: group.name, nameEn: group.name_en, waiting: own.length },
          next: order.map(({ ticket }) => ticket.code),
        }
      }),
    }
  }
