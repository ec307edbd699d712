import { v7 as newId } from 'uuid'
import { inTransaction } from '#platform/db/connect.ts'
import type { NewEvent } from '#platform/log/log.ts'
import { ticketCode, type WaitRange } from '../rules.ts'
import { groupsOf } from '../store/counters.ts'
import { hasTickets, insertPast, type PastRow, takeNumbers } from '../store/past.ts'
import type { QueueDeps } from './deps.ts'

/** A visitor of a day that has been: how far they came is how far the moments go. */
export type PastVisit = {
  group: string
  issuedAt: Date
  priority: boolean
  promised: WaitRange | null
  counter: { id: string; number: number; name: string }
  officer: { id: string; name: string }
  calledAt: Date | null
  endedAt: Date | null
}

/** Between the call and the greeting. */
const WALK_MS = 15_000

const stateOf = ({ calledAt, endedAt }: PastVisit) =>
  endedAt ? ('DONE' as const) : calledAt ? ('SERVING' as const) : ('WAITING' as const)

/** Fills in days of a hall in one transaction each: numbers in the order of arrival, visits, and what the log would have said. A day that has tickets stays as it is. */
export const createPast =
  (deps: QueueDeps) =>
  async (centre: string, day: string, visits: readonly PastVisit[]): Promise<void> => {
    if (await hasTickets(deps.db, centre, day)) return
    const groups = new Map((await groupsOf(deps.db, centre)).map((group) => [group.id, group]))
    const inOrder = visits.toSorted((a, b) => a.issuedAt.getTime() - b.issuedAt.getTime())
    const counts = Map.groupBy(inOrder, ({ group }) => group)
    await inTransaction(deps.db, async (tx) => {
      const lasts = await takeNumbers(
        tx,
        [...counts].map(([group, own]) => ({ group, day, count: own.length })),
      )
      const next = new Map(
        [...counts].map(([group, own]) => [group, (lasts.get(group)?.last ?? 0) - own.length + 1]),
      )
      const rows = inOrder.map((visit): PastRow => {
        const number = next.get(visit.group) ?? 1
        next.set(visit.group, number + 1)
        const started = visit.calledAt && new Date(visit.calledAt.getTime() + WALK_MS)
        return {
          ...{ id: newId(), visit_id: newId(), centre_id: centre, group_id: visit.group, day, number },
          ...{ code: ticketCode(groups.get(visit.group)?.prefix ?? '', number), token: deps.token() },
          ...{ priority_class: visit.priority ? 'ELDERLY' : 'NONE', state: stateOf(visit) },
          ...{ issued_at: visit.issuedAt, called_at: visit.calledAt, started_at: started },
          ended_at: visit.endedAt && started && visit.endedAt < started ? started : visit.endedAt,
          counter_id: visit.calledAt ? visit.counter.id : null,
          officer_id: visit.calledAt ? visit.officer.id : null,
          officer_name: visit.calledAt ? visit.officer.name : null,
          ...{ p10: visit.promised?.p10 ?? null, p50: visit.promised?.p50 ?? null },
          p90: visit.promised?.p90 ?? null,
        }
      })
      await insertPast(tx, rows)
      await deps.log.append(
        tx,
        rows
          .flatMap((row, index) => {
            const visit = inOrder[index]
            return visit ? eventsOf(row, visit, groups.get(row.group_id)?.name ?? '') : []
          })
          .toSorted((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0)),
      )
    })
  }

const eventsOf = (row: PastRow, { counter, officer }: PastVisit, service: string): NewEvent[] => {
  const subject = { kind: 'ticket', id: row.id }
  const actor = { kind: 'staff' as const, id: officer.id, name: officer.name }
  const data = { centre: row.centre_id, number: row.code }
  const place = { counter: counter.number, counterName: counter.name, counterId: counter.id, service }
  const issued: NewEvent = {
    ...{ type: 'ticket-issued', at: row.issued_at, subject, actor: { kind: 'public', id: null, name: '' } },
    data: { ...data, group: row.group_id, channel: 'KIOSK', priority: row.priority_class },
  }
  const why = row.priority_class === 'NONE' ? 'first-come' : 'priority'
  const called: NewEvent[] = row.called_at
    ? [
        {
          ...{ type: 'ticket-called', at: row.called_at, subject, actor },
          data: { ...data, ...place, calls: 1, why, reason: null },
        },
      ]
    : []
  const finished: NewEvent[] = row.ended_at
    ? [
        {
          type: 'ticket-finished',
          at: row.ended_at,
          subject,
          actor,
          data: { ...data, counter: counter.number },
        },
      ]
    : []
  return [issued, ...called, ...finished]
}
