import { v7 as newId } from 'uuid'
import type { CounterView } from '#modules/organisation/contract.ts'
import { type Db, inTransaction } from '#platform/db/connect.ts'
import { insertRule, rulesOf } from './store/appointments.ts'
import { type GroupKind, groupsOf, insertGroups, type NewGroup } from './store/counters.ts'

const ALWAYS: readonly { kind: GroupKind; prefix: string; name: string; nameEn: string }[] = [
  { kind: 'return', prefix: 'T', name: 'Nhận kết quả', nameEn: 'Collect a result' },
  { kind: 'cashier', prefix: 'L', name: 'Nộp phí, lệ phí', nameEn: 'Pay a fee' },
  { kind: 'guide', prefix: 'H', name: 'Hướng dẫn', nameEn: 'Guidance' },
]
const LETTERS = 'ABCDEFGIKMNPQRSUVXYZ'

/** Counters of the same agencies share a line; it bears the name that stands above them. */
const receptionGroups = (counters: readonly CounterView[]) => {
  const byAgencies = Map.groupBy(
    counters.filter(({ kinds }) => kinds.includes('reception')),
    ({ agencies }) => agencies.map(({ id }) => id).join(' '),
  )
  return [...byAgencies.values()].map((own) => ({
    kind: 'reception' as const,
    name: own[0]?.name ?? '',
    nameEn: own[0]?.name ?? '',
    fields: [...new Set(own.flatMap(({ fields }) => fields))],
    counters: own.map(({ id }) => ({ counter: id, weight: 1 })),
  }))
}

/** A centre's first service groups, made of its counters; edited on screen afterwards. */
export const seedServiceGroups = async (
  db: Db,
  centre: string,
  counters: readonly CounterView[],
): Promise<void> => {
  const existing = await db
    .selectFrom('service_group')
    .select('id')
    .where('centre_id', '=', centre)
    .limit(1)
    .executeTakeFirst()
  if (existing) return
  const reception = receptionGroups(counters).map((group, index) => ({
    ...group,
    prefix: LETTERS[index] ?? `Z${LETTERS[index - LETTERS.length] ?? 'A'}`,
  }))
  const others = ALWAYS.flatMap((group) => {
    const own = counters.filter(({ kinds }) => kinds.includes(group.kind))
    const served = own.map(({ id }) => ({ counter: id, weight: 1 }))
    return own.length === 0 ? [] : [{ ...group, fields: [], counters: served }]
  })
  const groups = [...reception, ...others].map(
    (group, ordinal): NewGroup => ({ id: newId(), centre, ordinal, ...group }),
  )
  if (groups.length > 0) await inTransaction(db, (tx) => insertGroups(tx, groups))
}

/** Mornings and afternoons of working days, half an hour each: what a centre begins to offer for booking. */
const HOURS = [
  { from: 8 * 60, to: 10 * 60 + 30 },
  { from: 14 * 60, to: 16 * 60 },
] as const

/** Times that can be booked at a centre of the demo province; nothing where there are rules already. */
export const seedOpenings = async (db: Db, centre: string, from: string): Promise<void> => {
  const groups = (await groupsOf(db, centre)).filter(({ kind }) => kind === 'reception')
  if (
    (
      await rulesOf(
        db,
        groups.map(({ id }) => id),
      )
    ).length > 0
  )
    return
  await inTransaction(db, async (tx) => {
    for (const { id } of groups)
      for (const hours of HOURS)
        await insertRule(tx, {
          ...{ id: newId(), group_id: id, opens: true, valid_from: from, valid_to: null },
          ...{ weekdays: [1, 2, 3, 4, 5], every_weeks: 1, nth_of_month: null },
          ...{ from_minute: hours.from, to_minute: hours.to, slot_minutes: 30 },
          ...{ public_capacity: 2, staff_capacity: 1, note: '', version: 1 },
        })
  })
}
