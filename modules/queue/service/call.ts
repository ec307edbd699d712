import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { CounterView } from '#modules/organisation/contract.ts'
import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { createGroup } from '#platform/db/group.ts'
import { Refusal } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { Input } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import type { QueueTicket } from '../contract.ts'
import { canMove, nextTurn, streakAfter, type Why } from '../rules.ts'
import { type CounterRow, findGroup, type GroupRow, groupsOfCounter } from '../store/counters.ts'
import {
  atCounter,
  insertVisit,
  lineOf,
  lockHall,
  lockTicket,
  releaseHeld,
  setStreak,
  type TicketRow,
  updateTicket,
} from '../store/tickets.ts'
import type { Counters } from './counters.ts'
import { holdsAtCentre, ORDERS, type QueueDeps, record, staffActor } from './deps.ts'
import { ticketView } from './strip.ts'
import { STATE_WORDS } from './words.ts'

/** Of a province's halls; each takes one connection. */
const HALLS_AT_ONCE = 8

type Calling = { tx: Tx; counter: CounterView; actor: StaffActor; at: Date; day: string }

/** Whose doing it is when time alone brings somebody back. */
const CLOCK = { kind: 'system', id: null, name: 'Hết thời gian tạm giữ' } as const

/**
 * Calls of one centre pass one row, so that thirty counters pressing together get thirty different visitors in the order that
 * the rule states, whichever processes they press in. The order of locks is hall, counter, ticket everywhere.
 */
export const createCalls = (deps: QueueDeps, counters: Counters) => {
  const assertServing = (counter: CounterView, state: CounterRow, actor: StaffActor): void => {
    if (state.state === 'CLOSED') throw new Refusal('queue.counter-closed', { counter: counter.number })
    if (state.state === 'PAUSED')
      throw new Refusal('queue.counter-paused', { counter: counter.number, reason: state.reason ?? '' })
    if (state.officer_id !== actor.id)
      throw new Refusal('queue.not-your-counter', { counter: counter.number })
  }

  /** Who stands at the counter is done when the next is called. */
  const finishCurrent = async ({ tx, counter, actor, at }: Calling): Promise<void> => {
    const current = await atCounter(tx, counter.id)
    if (!current) return
    const served = current.started_at ? current : { ...current, started_at: current.called_at }
    await insertVisit(tx, { ticket: served, outcome: 'DONE', id: newId(), at })
    await updateTicket(tx, current, { state: 'DONE', started_at: served.started_at, ended_at: at })
    await record(deps, tx, {
      ...{
        type: 'ticket-finished',
        at,
        actor: staffActor(actor),
        subject: { kind: 'ticket', id: current.id },
      },
      data: { centre: counter.centre, number: current.code, counter: counter.number },
    })
  }

  const backInLine = async ({ tx, counter, at, day }: Calling): Promise<void> => {
    for (const ticket of await releaseHeld(tx, counter.centre, day, at))
      await record(deps, tx, {
        ...{ type: 'ticket-resumed', at, actor: CLOCK, subject: { kind: 'ticket', id: ticket.id } },
        data: { centre: counter.centre, number: ticket.code },
      })
  }

  const call = async (
    { tx, counter, actor, at, day }: Calling,
    ticket: TicketRow,
    why: Why | 'out-of-order',
    reason: string | null,
    streak: number,
    group: GroupRow | undefined,
  ): Promise<QueueTicket> => {
    const row = streakAfter(streak, ticket.priority_class)
    if (row !== streak) await setStreak(tx, counter.centre, day, row)
    const called = await updateTicket(tx, ticket, {
      ...{ state: 'CALLED', called_at: at, started_at: null, counter_id: counter.id },
      ...{ officer_id: actor.id, officer_name: actor.name, calls: 1, held_until: null },
    })
    await record(deps, tx, {
      ...{ type: 'ticket-called', at, actor: staffActor(actor), subject: { kind: 'ticket', id: ticket.id } },
      data: {
        ...{
          centre: counter.centre,
          number: ticket.code,
          counter: counter.number,
          counterName: counter.name,
        },
        ...{ counterId: counter.id, service: group?.name ?? '', calls: 1, why, reason },
      },
    })
    return ticketView(called, group, at, why)
  }

  const next = async (
    counter: CounterView,
    actor: StaffActor,
    idempotency: Idempotency | undefined,
  ): Promise<QueueTicket> => {
    const rule = await deps.ruleOf(counter.centre)
    return inTransaction(deps.db, async (tx) => {
      const day = localDateOf(deps.clock.now())
      const streak = await lockHall(tx, counter.centre, day)
      const state = await counters.lockCounter(tx, counter)
      assertServing(counter, state, actor)
      const at = deps.clock.now()
      await backInLine({ tx, counter, actor, at, day })
      const groups = await groupsOfCounter(tx, counter.id)
      const wanted = { centre: counter.centre, day, groups: groups.map(({ id }) => id) }
      const turn = nextTurn(rule, await lineOf(tx, wanted), streak, at.getTime())
      const ticket = turn && (await lockTicket(tx, turn.ticket.id))
      if (!turn || !ticket) throw new Refusal('queue.nobody-waiting', { counter: counter.number })
      const calling = { tx, counter, actor, at, day }
      await finishCurrent(calling)
      const group = groups.find(({ id }) => id === ticket.group_id)
      const answer = await call(calling, ticket, turn.why, null, streak, group)
      await idempotency?.remember(tx, answer)
      return answer
    })
  }

  type Press = { centre: string; call: () => Promise<QueueTicket> }
  /** Who has to wait for the hall's row waits here, one after the other, and not with a connection in hand. */
  const presses = createGroup<Press, QueueTicket>({
    ...{ lanes: HALLS_AT_ONCE, maxBatch: 1, keyOf: ({ centre }) => centre, mayRetry: () => false },
    run: (batch) => Promise.all(batch.map((press) => press.call())),
  })

  return {
    next: async (
      { counter: id }: Input<typeof op.callNext>,
      actor: StaffActor,
      idempotency: Idempotency | undefined,
    ): Promise<QueueTicket> => {
      const counter = await counters.findCounter(id, actor)
      return presses.submit({ centre: counter.centre, call: () => next(counter, actor, idempotency) })
    },

    one: async (
      { counter: id, ticket: wanted, reason }: Input<typeof op.callTicket>,
      actor: StaffActor,
    ): Promise<QueueTicket> => {
      const counter = await counters.findCounter(id, actor)
      if (!holdsAtCentre(await deps.tree(), actor, ORDERS, counter.centre))
        throw new Refusal('queue.out-of-order-not-allowed')
      return inTransaction(deps.db, async (tx) => {
        const day = localDateOf(deps.clock.now())
        const streak = await lockHall(tx, counter.centre, day)
        assertServing(counter, await counters.lockCounter(tx, counter), actor)
        await counters.assertFree(tx, counter)
        const at = deps.clock.now()
        const ticket = await lockTicket(tx, wanted)
        if (!ticket || ticket.centre_id !== counter.centre || ticket.day !== day)
          throw new Refusal('queue.unknown-ticket')
        if (!canMove('call', ticket.state))
          throw new Refusal('queue.ticket-moved-on', {
            number: ticket.code,
            state: STATE_WORDS[ticket.state],
          })
        const group = await findGroup(tx, ticket.group_id)
        return call({ tx, counter, actor, at, day }, ticket, 'out-of-order', reason, streak, group)
      })
    },
  }
}
