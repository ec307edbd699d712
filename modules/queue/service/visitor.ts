import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import type { VisitorTicket } from '../contract.ts'
import { type CallingRule, canMove, type Move, requeuedAt, type WaitRange, type Why } from '../rules.ts'
import { findGroup } from '../store/counters.ts'
import { lastVisitOf } from '../store/ratings.ts'
import { callingFrom, findSettings } from '../store/settings.ts'
import {
  calledSince,
  findByToken,
  lockByToken,
  type TicketPatch,
  type TicketRow,
  updateTicket,
  waitingOf,
} from '../store/tickets.ts'
import { type QueueDeps, record } from './deps.ts'
import type { Forecast } from './forecast.ts'
import { orderable } from './order.ts'
import { hoursOf, STATE_WORDS, WHY_WORDS } from './words.ts'

const MINUTE = 60_000

/** Nine in ten are called later than this, rounded down to five minutes so that it can be remembered. */
export const comeBackAt = (now: Date, wait: WaitRange | null): string | null => {
  if (!wait || wait.p10 < 10) return null
  const at = now.getTime() + wait.p10 * MINUTE
  return toLocalIso(new Date(Math.floor(at / (5 * MINUTE)) * 5 * MINUTE))
}

/** Told at the kiosk, not at closing: nine in ten are called before, or half are not. */
export const servedToday = (now: Date, wait: WaitRange | null, closes: Date | null): boolean | null => {
  if (!wait || !closes) return null
  const left = (closes.getTime() - now.getTime()) / MINUTE
  if (wait.p90 <= left) return true
  return wait.p50 > left ? false : null
}

/** Until when somebody who missed the call may come back. */
const returnByOf = (
  { state, called_at, requeues }: TicketRow,
  { returnTimes, returnMinutes }: CallingRule,
  now: Date,
): Date | null => {
  if (state !== 'NO_SHOW' || !called_at || requeues >= returnTimes) return null
  const until = new Date(called_at.getTime() + returnMinutes * MINUTE)
  return until > now ? until : null
}

const promisedTo = ({
  promised_p10: p10,
  promised_p50: p50,
  promised_p90: p90,
}: TicketRow): WaitRange | null => (p10 === null || p50 === null || p90 === null ? null : { p10, p50, p90 })

/** What the holder of a ticket sees and may do; the token alone opens it. */
export const createVisitors = (deps: QueueDeps, forecast: Forecast) => {
  const view = async (ticket: TicketRow): Promise<VisitorTicket> => {
    const now = deps.clock.now()
    const [rule, group, counters, calendar] = await Promise.all([
      deps.ruleOf(ticket.centre_id),
      findGroup(deps.db, ticket.group_id),
      deps.countersOf(ticket.centre_id),
      deps.calendarFor(ticket.centre_id),
    ])
    const today = ticket.day === localDateOf(now)
    const returnBy = today ? returnByOf(ticket, rule, now) : null
    const visit = ticket.state === 'DONE' ? await lastVisitOf(deps.db, ticket.id) : undefined
    const waits = today && ticket.state === 'WAITING'
    const left = waits ? await forecast.remaining(ticket) : { ahead: 0, wait: null }
    const atCounter = ticket.state === 'CALLED' || ticket.state === 'SERVING'
    const counter = atCounter ? counters.find(({ id }) => id === ticket.counter_id) : undefined
    return {
      id: ticket.id,
      number: ticket.code,
      token: ticket.token,
      centre: ticket.centre_id,
      serviceGroup: { id: ticket.group_id, name: group?.name ?? '', nameEn: group?.name_en ?? '' },
      state: ticket.state,
      priorityClass: ticket.priority_class,
      issuedAt: toLocalIso(ticket.issued_at),
      ahead: left.ahead,
      wait: left.wait,
      comeBackAt: comeBackAt(now, left.wait),
      counter: counter ? { id: counter.id, number: counter.number, name: counter.name } : null,
      servedToday: waits ? servedToday(now, left.wait, hoursOf(calendar, now).closes) : null,
      promised: promisedTo(ticket),
      procedures: ticket.procedures,
      calledAt: ticket.called_at && toLocalIso(ticket.called_at),
      returnBy: returnBy && toLocalIso(returnBy),
      may: {
        cancel: today && canMove('cancel', ticket.state),
        returnToLine: returnBy !== null,
        rate: ticket.state === 'DONE' && !(visit?.rated ?? true),
      },
    }
  }

  const change = async (
    token: string,
    move: Move,
    type: 'ticket-cancelled' | 'ticket-returned',
    step: (ticket: TicketRow, at: Date, tx: Tx) => TicketPatch | Promise<TicketPatch>,
  ): Promise<VisitorTicket> => {
    const changed = await inTransaction(deps.db, async (tx) => {
      const ticket = await lockByToken(tx, token)
      const at = deps.clock.now()
      if (!ticket || ticket.day !== localDateOf(at)) throw new Refusal('queue.unknown-ticket')
      if (!canMove(move, ticket.state))
        throw new Refusal('queue.ticket-moved-on', { number: ticket.code, state: STATE_WORDS[ticket.state] })
      const patched = await updateTicket(tx, ticket, await step(ticket, at, tx))
      await record(deps, tx, {
        ...{ type, at, subject: { kind: 'ticket', id: ticket.id } },
        data: { centre: ticket.centre_id, number: ticket.code },
      })
      return patched
    })
    return view(changed)
  }

  return {
    get: async ({ token }: Input<typeof op.getTicket>): Promise<VisitorTicket> => {
      const ticket = await findByToken(deps.db, token)
      if (!ticket) throw new Refusal('queue.unknown-ticket')
      return view(ticket)
    },

    cancel: ({ token }: Input<typeof op.cancelTicket>) =>
      change(token, 'cancel', 'ticket-cancelled', (_ticket, at) => ({ state: 'CANCELLED', ended_at: at })),

    returnToLine: ({ token }: Input<typeof op.returnToLine>) =>
      change(token, 'requeue', 'ticket-returned', async (ticket, at, tx) => {
        const since = at.getTime() - (ticket.called_at?.getTime() ?? 0)
        const { returnTimes, returnMinutes, returnAfter } = callingFrom(
          await findSettings(tx, ticket.centre_id),
        )
        if (ticket.requeues >= returnTimes)
          throw new Refusal('queue.returned-before', { number: ticket.code })
        if (since > returnMinutes * MINUTE)
          throw new Refusal('queue.return-too-late', { number: ticket.code, minutes: returnMinutes })
        const line = await waitingOf(tx, {
          ...{ centre: ticket.centre_id, day: ticket.day, groups: [ticket.group_id] },
        })
        return {
          ...{ state: 'WAITING', counter_id: null, officer_id: null, officer_name: null, ended_at: null },
          ...{ calls: 0, called_at: null, requeues: ticket.requeues + 1 },
          queued_at: new Date(requeuedAt(line.map(orderable), returnAfter, at.getTime())),
        }
      }),

    /** In plain words: the rule, and who was called since; numbers only. */
    explain: async ({ token }: Input<typeof op.explainOrder>): Promise<Output<typeof op.explainOrder>> => {
      const ticket = await findByToken(deps.db, token)
      if (!ticket) throw new Refusal('queue.unknown-ticket')
      const { priorityInRow, ageingMinutes, graceMinutes } = await deps.ruleOf(ticket.centre_id)
      const until = ticket.called_at ?? deps.clock.now()
      const called = await calledSince(deps.db, ticket.centre_id, ticket.day, ticket.issued_at)
      const before = called.filter(
        (one) =>
          one.id !== ticket.id && one.group_id === ticket.group_id && (one.called_at ?? until) <= until,
      )
      const reasons = await whys(
        deps,
        before.map(({ id }) => id),
      )
      return {
        rule: [
          {
            vi: `Người thuộc diện ưu tiên theo luật được gọi trước; sau ${priorityInRow} số ưu tiên liên tiếp thì gọi một số thường.`,
            en: `Visitors with priority by law go first; after ${priorityInRow} of them in a row comes one without.`,
          },
          {
            vi: `Người đặt lịch được gọi đúng giờ, sớm hoặc muộn không quá ${graceMinutes} phút.`,
            en: `Appointments are called in their time, up to ${graceMinutes} minutes before or after.`,
          },
          {
            vi: `Cứ chờ ${ageingMinutes} phút thì được lên một bậc; cùng bậc thì ai đến trước gọi trước.`,
            en: `Every ${ageingMinutes} minutes of waiting is a level up; on one level, first come, first called.`,
          },
        ],
        calledBefore: before.map((one) => ({
          number: one.code,
          calledAt: toLocalIso(one.called_at ?? until),
          why: WHY_WORDS[reasons.get(one.id) ?? 'first-come'],
        })),
      }
    },
  }
}

export type Visitors = ReturnType<typeof createVisitors>

/** By which rule each was called, from the log. */
const whys = async (
  { db }: QueueDeps,
  tickets: readonly string[],
): Promise<Map<string, Why | 'out-of-order'>> => {
  if (tickets.length === 0) return new Map()
  const rows = await db
    .selectFrom('event')
    .select(['subject_id', 'body'])
    .where('type', '=', 'ticket-called')
    .where('subject_kind', '=', 'ticket')
    .where('subject_id', 'in', [...tickets])
    .execute()
  return new Map(
    rows.map(({ subject_id, body }) => {
      const data: { why?: string } = JSON.parse(body).data ?? {}
      const why = data.why
      return [
        subject_id,
        why !== undefined && why in WHY_WORDS ? (why as Why | 'out-of-order') : 'first-come',
      ]
    }),
  )
}
