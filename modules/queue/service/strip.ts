import type { CounterView } from '#modules/organisation/contract.ts'
import type { Db } from '#platform/db/connect.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type { CounterQueue, QueueTicket } from '../contract.ts'
import { callOrder, UNDO_SECONDS, type Why } from '../rules.ts'
import { findState, type GroupRow, groupsOf, groupsOfCounter } from '../store/counters.ts'
import { openHelpAt } from '../store/help.ts'
import { asideOf, atCounter, findStreak, type TicketRow, waitingOf } from '../store/tickets.ts'
import type { QueueDeps } from './deps.ts'
import { helpView } from './help.ts'
import { orderable } from './order.ts'
import { WHY_WORDS } from './words.ts'

const SHOWN = 5
const MINUTE = 60_000

export const ticketView = (
  ticket: TicketRow,
  group: Pick<GroupRow, 'id' | 'name' | 'prefix'> | undefined,
  now: Date,
  why: Why | 'out-of-order' | null,
): QueueTicket => ({
  id: ticket.id,
  number: ticket.code,
  serviceGroup: { id: ticket.group_id, name: group?.name ?? '', prefix: group?.prefix ?? '' },
  state: ticket.state,
  priorityClass: ticket.priority_class,
  priorityConfirmed: ticket.priority_confirmed,
  channel: ticket.channel,
  language: ticket.language,
  procedures: ticket.procedures,
  issuedAt: toLocalIso(ticket.issued_at),
  waitedMinutes: Math.max(
    0,
    Math.round((((ticket.called_at ?? now).getTime() - ticket.issued_at.getTime()) / MINUTE) * 10) / 10,
  ),
  calledAt: ticket.called_at && toLocalIso(ticket.called_at),
  startedAt: ticket.started_at && toLocalIso(ticket.started_at),
  heldUntil: ticket.held_until && toLocalIso(ticket.held_until),
  calls: ticket.calls,
  note: ticket.note,
  dossiers: ticket.dossiers,
  why: why && WHY_WORDS[why],
  version: ticket.version,
})

/** Everything a counter's strip shows, read in one go. */
export const counterQueue = async (deps: QueueDeps, db: Db, counter: CounterView): Promise<CounterQueue> => {
  const now = deps.clock.now()
  const day = localDateOf(now)
  const [rule, help, state, own, groups, current] = await Promise.all([
    deps.ruleOf(counter.centre),
    openHelpAt(db, counter.centre, counter.id),
    findState(db, counter.id),
    groupsOfCounter(db, counter.id),
    groupsOf(db, counter.centre),
    atCounter(db, counter.id),
  ])
  const ids = own.map(({ id }) => id)
  const [waiting, aside, streak] = await Promise.all([
    waitingOf(db, { centre: counter.centre, day, groups: ids }),
    asideOf(db, counter.centre, day, ids),
    findStreak(db, counter.centre, day),
  ])
  const byId = new Map(waiting.map((ticket) => [ticket.id, ticket]))
  const groupOf = new Map(groups.map((group) => [group.id, group]))
  const view = (ticket: TicketRow, why: Why | null = null) =>
    ticketView(ticket, groupOf.get(ticket.group_id), now, why)
  const undoUntil =
    current?.state === 'CALLED' && current.calls === 1 && current.called_at
      ? new Date(current.called_at.getTime() + UNDO_SECONDS * 1_000)
      : null
  return {
    counter: { id: counter.id, centre: counter.centre, number: counter.number, name: counter.name },
    state: state?.state ?? 'CLOSED',
    reason: state?.reason ?? null,
    until: state?.until ? toLocalIso(state.until) : null,
    officer: state?.officer_id ? { id: state.officer_id, name: state.officer_name ?? '' } : null,
    help: help ? helpView(help, rule.helpMinutes, now, state?.officer_id ?? '') : null,
    current: current ? view(current) : null,
    next: callOrder(rule, waiting.map(orderable), streak, now.getTime())
      .slice(0, SHOWN)
      .flatMap(({ ticket, why }) => {
        const row = byId.get(ticket.id)
        return row ? [view(row, why)] : []
      }),
    held: aside.filter((ticket) => ticket.state === 'HELD').map((ticket) => view(ticket)),
    missed: aside.filter((ticket) => ticket.state === 'NO_SHOW').map((ticket) => view(ticket)),
    waiting: waiting.length,
    undoUntil: undoUntil && undoUntil > now ? toLocalIso(undoUntil) : null,
  }
}
