import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { CounterView } from '#modules/organisation/contract.ts'
import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { JsonObject } from '#platform/log/log.ts'
import type { Input } from '#platform/operation.ts'
import type * as op from '../contract.ts'
import type { CounterQueue, QueueEventType } from '../contract.ts'
import { type CallingRule, canMove, type Move, UNDO_SECONDS } from '../rules.ts'
import { findGroup } from '../store/counters.ts'
import { callingFrom, findSettings } from '../store/settings.ts'
import {
  insertVisit,
  lockTicket,
  type TicketPatch,
  type TicketRow,
  updateTicket,
  type Visit,
} from '../store/tickets.ts'
import type { Counters } from './counters.ts'
import { type QueueDeps, record, staffActor } from './deps.ts'
import { counterQueue } from './strip.ts'
import { STATE_WORDS } from './words.ts'

type On = { counter: string; ticket: string }
type Change = {
  patch: TicketPatch
  type: QueueEventType
  data?: JsonObject
  /** The visit at the counter ends with this. */
  visit?: Visit['outcome']
}
type Step = (ticket: TicketRow, at: Date, counter: CounterView, tx: Tx) => Change | Promise<Change>

/** What an officer does with the visitor at the counter, or with one that is held or missing. */
export const createMoves = (deps: QueueDeps, counters: Counters) => {
  const change = async (
    { counter: id, ticket: wanted }: On,
    actor: StaffActor,
    move: Move | null,
    step: Step,
  ): Promise<CounterQueue> => {
    const counter = await counters.findCounter(id, actor)
    await inTransaction(deps.db, async (tx) => {
      await counters.lockCounter(tx, counter)
      const ticket = await lockTicket(tx, wanted)
      const at = deps.clock.now()
      const here = ticket?.counter_id === null || ticket?.counter_id === counter.id || move === 'resume'
      if (!ticket || ticket.centre_id !== counter.centre || (move !== null && !here))
        throw new Refusal('queue.unknown-ticket')
      if (move !== null && !canMove(move, ticket.state))
        throw new Refusal('queue.ticket-moved-on', { number: ticket.code, state: STATE_WORDS[ticket.state] })
      const { patch, type, data, visit } = await step(ticket, at, counter, tx)
      if (visit) await insertVisit(tx, { ticket, outcome: visit, id: newId(), at })
      await updateTicket(tx, ticket, patch)
      await record(deps, tx, {
        ...{ type, at, actor: staffActor(actor), subject: { kind: 'ticket', id: ticket.id } },
        data: {
          ...{ centre: counter.centre, number: ticket.code, counter: counter.number, counterId: counter.id },
          ...data,
        },
      })
    })
    return counterQueue(deps, deps.db, counter)
  }

  const ruleIn = async (tx: Tx, { centre }: CounterView): Promise<CallingRule> =>
    callingFrom(await findSettings(tx, centre))
  const leaves: TicketPatch = { counter_id: null, officer_id: null, officer_name: null }
  const secondsSince = (moment: Date | null, at: Date): number =>
    (at.getTime() - (moment?.getTime() ?? 0)) / 1_000

  return {
    recall: (on: On, actor: StaffActor) =>
      change(on, actor, 'recall', async (ticket, at, counter, tx) => {
        const { secondsBetweenCalls } = await ruleIn(tx, counter)
        const left = secondsBetweenCalls - secondsSince(ticket.called_at, at)
        if (left > 0)
          throw new Refusal('queue.recall-too-soon', { number: ticket.code, seconds: Math.ceil(left) })
        const group = await findGroup(tx, ticket.group_id)
        const calls = ticket.calls + 1
        return {
          ...{ patch: { calls, called_at: at }, type: 'ticket-recalled' },
          data: { calls, counterName: counter.name, service: group?.name ?? '' },
        }
      }),
    start: (on: On, actor: StaffActor) =>
      change(on, actor, 'start', (_ticket, at) => ({
        ...{ patch: { state: 'SERVING', started_at: at }, type: 'ticket-started' },
      })),
    finish: (on: On, actor: StaffActor) =>
      change(on, actor, 'finish', (ticket, at) => ({
        patch: { state: 'DONE', ended_at: at, started_at: ticket.started_at ?? ticket.called_at },
        ...{ type: 'ticket-finished', visit: 'DONE' },
      })),
    miss: (on: On, actor: StaffActor) =>
      change(on, actor, 'miss', async (ticket, at, counter, tx) => {
        const { callsBeforeMissing: needed } = await ruleIn(tx, counter)
        if (ticket.calls < needed)
          throw new Refusal('queue.call-again-first', {
            ...{ number: ticket.code, calls: ticket.calls, needed },
          })
        return { patch: { state: 'NO_SHOW', ended_at: at }, type: 'ticket-missed', visit: 'NO_SHOW' }
      }),
    undo: (on: On, actor: StaffActor) =>
      change(on, actor, 'undo', (ticket, at) => {
        if (ticket.calls > 1 || secondsSince(ticket.called_at, at) > UNDO_SECONDS)
          throw new Refusal('queue.undo-too-late', { seconds: UNDO_SECONDS })
        const patch: TicketPatch = { ...leaves, state: 'WAITING', called_at: null, calls: 0 }
        return { patch, type: 'ticket-call-undone', visit: 'UNDONE' }
      }),
    hold: ({ minutes, note, ...on }: Input<typeof op.holdTicket>, actor: StaffActor) =>
      change(on, actor, 'hold', (ticket, at) => ({
        patch: {
          ...leaves,
          ...{
            state: 'HELD',
            held_until: new Date(at.getTime() + minutes * 60_000),
            note: note ?? ticket.note,
          },
        },
        ...{ type: 'ticket-held', visit: 'HELD', data: { minutes } },
      })),
    resume: (on: On, actor: StaffActor) =>
      change(on, actor, 'resume', () => ({
        ...{ patch: { ...leaves, state: 'WAITING', held_until: null }, type: 'ticket-resumed' },
      })),
    transfer: ({ serviceGroup, note, ...on }: Input<typeof op.transferTicket>, actor: StaffActor) =>
      change(on, actor, 'transfer', async (ticket, _at, counter, tx) => {
        if (ticket.group_id === serviceGroup)
          throw new Refusal('queue.same-service-group', { number: ticket.code })
        const group = await findGroup(tx, serviceGroup)
        if (!group?.active || group.centre_id !== counter.centre)
          throw new Refusal('queue.unknown-service-group')
        return {
          patch: { ...leaves, state: 'WAITING', group_id: group.id, note, started_at: null, calls: 0 },
          ...{ type: 'ticket-transferred', visit: 'TRANSFERRED' },
          data: { from: ticket.group_id, group: group.id, service: group.name },
        }
      }),
    confirmPriority: (on: On, actor: StaffActor) =>
      change(on, actor, null, () => ({ patch: { priority_confirmed: true }, type: 'priority-confirmed' })),
    declinePriority: (on: On, actor: StaffActor) =>
      change(on, actor, null, (ticket) => ({
        patch: { priority_class: 'NONE', priority_confirmed: false },
        ...{ type: 'priority-declined', data: { declared: ticket.priority_class } },
      })),
    tieDossier: ({ code, procedure, ...on }: Input<typeof op.tieDossier>, actor: StaffActor) =>
      change(on, actor, null, (ticket) => ({
        patch: {
          dossiers: [...new Set([...ticket.dossiers, code])],
          procedures: [...new Set([...ticket.procedures, procedure])],
        },
        ...{ type: 'dossier-tied', data: { dossier: code, procedure } },
      })),
  }
}
