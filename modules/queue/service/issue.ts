import { v7 as newId } from 'uuid'
import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { createGroup } from '#platform/db/group.ts'
import { Refusal } from '#platform/errors.ts'
import { type Idempotency, remembering } from '#platform/http/idempotency.ts'
import type { Input } from '#platform/operation.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type { takeTicket, VisitorTicket } from '../contract.ts'
import { ticketCode, type WaitRange } from '../rules.ts'
import { findGroup, type GroupRow, servedBy, statesOf } from '../store/counters.ts'
import { insertIssued, type NewTicket, takeNumbers } from '../store/tickets.ts'
import type { QueueDeps } from './deps.ts'
import type { Forecast } from './forecast.ts'
import { comeBackAt, servedToday } from './visitor.ts'
import { hoursOf, momentShort } from './words.ts'

/** The officer who calls looks at the papers first; the visitor's own count, so it is told as such. */
export const missingNote = (count = 0): string | null =>
  count === 0 ? null : `Người dân báo còn thiếu ${count} giấy, xem giúp trước khi nhận`

type Taking = {
  input: Input<typeof takeTicket>
  group: GroupRow
  at: Date
  day: string
  wait: WaitRange | null
  ahead: number
  closes: Date | null
  idempotency: Idempotency | undefined
}

/**
 * Numbers of one group and day meet on one counter row: whoever comes while the last commit is in flight shares the next one.
 * Number, ticket, event and first answer are one transaction, so that a crash between number and print gives the same number.
 */
export const createIssue = (deps: QueueDeps, forecast: Forecast) => {
  const rowOf = ({ input, group, at, day, wait }: Taking, prefix: string, number: number): NewTicket => ({
    id: newId(),
    centre: group.centre_id,
    group: group.id,
    ...{ day, number, code: ticketCode(prefix, number), token: deps.token() },
    ...{ channel: input.channel, priorityClass: input.priorityClass, language: input.language },
    procedures: input.procedures,
    note: missingNote(input.missingPapers),
    at: at.toISOString(),
    ...{ p10: wait?.p10 ?? null, p50: wait?.p50 ?? null, p90: wait?.p90 ?? null },
  })

  const answerOf = ({ group, at, wait, ahead, input, closes }: Taking, row: NewTicket): VisitorTicket => ({
    id: row.id,
    number: row.code,
    token: row.token,
    centre: row.centre,
    serviceGroup: { id: group.id, name: group.name, nameEn: group.name_en },
    state: 'WAITING',
    priorityClass: input.priorityClass,
    issuedAt: toLocalIso(at),
    ahead,
    wait,
    comeBackAt: comeBackAt(at, wait),
    counter: null,
    servedToday: servedToday(at, wait, closes),
    promised: wait,
    procedures: input.procedures,
    ...{ calledAt: null, returnBy: null, may: { cancel: true, returnToLine: false, rate: false } },
  })

  const write = async (tx: Tx, items: readonly Taking[]): Promise<VisitorTicket[]> => {
    const counts = new Map<string, { group: string; day: string; count: number }>()
    for (const { group, day } of items) {
      const key = `${group.id} ${day}`
      counts.set(key, { group: group.id, day, count: (counts.get(key)?.count ?? 0) + 1 })
    }
    const taken = await takeNumbers(tx, [...counts.values()])
    const next = new Map(
      [...counts.values()].map(({ group, day, count }) => [
        `${group} ${day}`,
        (taken.get(group)?.last ?? 0) - count + 1,
      ]),
    )
    const made = items.map((item) => {
      const key = `${item.group.id} ${item.day}`
      const number = next.get(key) ?? 0
      next.set(key, number + 1)
      // Not the group as it was looked up before: its letter may have been changed since.
      const { prefix, from } = taken.get(item.group.id) ?? { prefix: '', from: 1 }
      const row = rowOf(item, prefix, number)
      return { item, place: number - from, row, ticket: answerOf(item, row) }
    })
    const over = made.find(
      ({ item: { group: of }, place }) => of.daily_limit !== null && place >= of.daily_limit,
    )
    if (over) {
      // Alone, the refusal is the visitor's; in a batch every item is tried again by itself, and no number is lost.
      const { group } = over.item
      const { opens } = hoursOf(await deps.calendarFor(group.centre_id), over.item.at, group)
      throw new Refusal('queue.daily-limit-reached', {
        ...{ name: group.name, limit: group.daily_limit, opens: momentShort(opens) },
      })
    }
    const events = deps.log.appending(
      made.map(({ item, row }) => ({
        type: 'ticket-issued',
        at: item.at,
        actor: { kind: 'public', id: null, name: '' },
        subject: { kind: 'ticket', id: row.id },
        data: {
          ...{ centre: row.centre, group: row.group, number: row.code, channel: row.channel },
          priority: row.priorityClass,
        },
      })),
    )
    const answers = remembering(made.flatMap(({ item, ticket }) => item.idempotency?.row(ticket) ?? []))
    const rows = made.map(({ row }) => row)
    await insertIssued(tx, rows, { events, answers })
    return made.map(({ ticket }) => ticket)
  }

  const group = createGroup<Taking, VisitorTicket>({
    lanes: 2,
    maxBatch: 256,
    keyOf: ({ group: { id }, day }) => `${id} ${day}`,
    run: (items) => inTransaction(deps.db, (tx) => write(tx, items)),
  })

  const assertOpen = async (chosen: GroupRow, at: Date): Promise<Date | null> => {
    const { open, closes, opens } = hoursOf(await deps.calendarFor(chosen.centre_id), at, chosen)
    if (!open && closes === null) throw new Refusal('queue.centre-closed', { opens: momentShort(opens) })
    if (closes && closes.getTime() - at.getTime() < chosen.stops_before * 60_000)
      throw new Refusal('queue.closing-soon', { closes: momentShort(closes), opens: momentShort(opens) })
    return closes
  }

  const assertServed = async (chosen: GroupRow): Promise<void> => {
    const [served, states] = await Promise.all([
      servedBy(deps.db, [chosen.id]),
      statesOf(deps.db, chosen.centre_id),
    ])
    const working = new Set(
      states.filter(({ state }) => state !== 'CLOSED').map(({ counter_id }) => counter_id),
    )
    if (!served.some(({ counter }) => working.has(counter)))
      throw new Refusal('queue.no-counter-open', { name: chosen.name })
  }

  const known = new Map<string, { at: number; checked: Promise<{ group: GroupRow; closes: Date | null }> }>()
  /** In a rush the same questions are asked thousands of times a second: one answer serves them for half a second. */
  const checked = (centre: string, id: string, at: Date) => {
    const key = `${centre} ${id}`
    const found = known.get(key)
    if (found && Math.abs(at.getTime() - found.at) < 500) return found.checked
    const answer = (async () => {
      const chosen = await findGroup(deps.db, id)
      if (!chosen?.active || chosen.centre_id !== centre) throw new Refusal('queue.unknown-service-group')
      const closes = await assertOpen(chosen, at)
      await assertServed(chosen)
      return { group: chosen, closes }
    })()
    known.set(key, { at: at.getTime(), checked: answer })
    answer.catch(() => known.delete(key))
    return answer
  }

  return async (
    input: Input<typeof takeTicket>,
    idempotency: Idempotency | undefined,
  ): Promise<VisitorTicket> => {
    const tree = await deps.tree()
    if (!tree.centres.has(input.centre)) throw new Refusal('queue.unknown-centre')
    const at = deps.clock.now()
    const { group: chosen, closes } = await checked(input.centre, input.serviceGroup, at)
    const wait = await forecast.newcomer(input.centre, chosen.id, input.priorityClass)
    const ahead = (await forecast.counts(input.centre)).get(chosen.id)?.waiting ?? 0
    return group.submit({ input, group: chosen, at, day: localDateOf(at), wait, ahead, closes, idempotency })
  }
}
