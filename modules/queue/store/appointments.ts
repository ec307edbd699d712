import { type Selectable, sql } from 'kysely'
import type { Db, Schema, Tx } from '#platform/db/connect.ts'
import type { APPOINTMENT_STATES } from '../contract.ts'
import type { OpeningRule } from '../rules.ts'

type State = (typeof APPOINTMENT_STATES)[number]
export type Side = 'PUBLIC' | 'STAFF'
export type AppointmentRow = Omit<Selectable<Schema['appointment']>, 'state' | 'side'> & {
  state: State
  side: Side
}
export type OpeningRow = Selectable<Schema['opening_rule']>

export const ruleOf = (row: OpeningRow): OpeningRule => ({
  ...{ id: row.id, opens: row.opens, from: row.valid_from, to: row.valid_to, weekdays: row.weekdays },
  ...{ everyWeeks: row.every_weeks, nthOfMonth: row.nth_of_month },
  ...{ fromMinute: row.from_minute, toMinute: row.to_minute, slotMinutes: row.slot_minutes },
  ...{ publicCapacity: row.public_capacity, staffCapacity: row.staff_capacity },
})

export const rulesOf = (db: Db, groups: readonly string[]): Promise<OpeningRow[]> =>
  groups.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('opening_rule')
        .selectAll()
        .where('group_id', 'in', [...groups])
        .orderBy('valid_from')
        .orderBy('id')
        .execute()

export const lockRule = (tx: Tx, id: string): Promise<OpeningRow | undefined> =>
  tx.selectFrom('opening_rule').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const insertRule = (tx: Tx, row: OpeningRow) => tx.insertInto('opening_rule').values(row).execute()

export const updateRule = (tx: Tx, { id, ...row }: OpeningRow) =>
  tx.updateTable('opening_rule').set(row).where('id', '=', id).execute()

export const deleteRule = (tx: Tx, id: string) => tx.deleteFrom('opening_rule').where('id', '=', id).execute()

/** How many have each time between two instants. */
export const takenBetween = async (
  db: Db,
  group: string,
  side: Side,
  from: Date,
  to: Date,
): Promise<Map<number, number>> => {
  const rows = await db
    .selectFrom('appointment_slot')
    .select(['at', 'taken'])
    .where('group_id', '=', group)
    .where('side', '=', side)
    .where('at', '>=', from)
    .where('at', '<', to)
    .execute()
  return new Map(rows.map(({ at, taken }) => [at.getTime(), taken]))
}

type Place = { group: string; side: Side }
type Time = { at: Date; capacity: number }

/**
 * One more at each of the times taken, one less at each given up; a time that is both stays as it is. They are locked in their
 * order, so that visits that cross one another never wait for each other. False where one is full: what was changed before
 * that goes back with the caller's transaction.
 */
export const exchangeTimes = async (
  tx: Tx,
  { group, side }: Place,
  { take, free }: { take: readonly Time[]; free: readonly Date[] },
): Promise<boolean> => {
  const kept = new Set(
    take.map(({ at }) => at.getTime()).filter((at) => free.some((own) => own.getTime() === at)),
  )
  const steps = [
    ...take.map((time) => ({ ...time, taken: true })),
    ...free.map((at) => ({ at, capacity: 0, taken: false })),
  ]
    .filter(({ at }) => !kept.has(at.getTime()))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  for (const { at, capacity, taken } of steps) {
    if (!taken)
      await sql`update appointment_slot set taken = taken - 1
        where group_id = ${group} and at = ${at} and side = ${side}`.execute(tx)
    else if (!(await takeOne(tx, { group, side }, { at, capacity }))) return false
  }
  return true
}

/** One statement: whoever comes second at the last place waits for the first, and sees that it is gone. */
const takeOne = async (tx: Tx, { group, side }: Place, { at, capacity }: Time): Promise<boolean> => {
  if (capacity < 1) return false
  const { rows } = await sql`
    insert into appointment_slot as s (group_id, at, side, taken) values (${group}, ${at}, ${side}, 1)
    on conflict (group_id, at, side) do update set taken = s.taken + 1 where s.taken < ${capacity}
    returning taken`.execute(tx)
  return rows.length > 0
}

export const freeTimes = (tx: Tx, { group_id: group, side, slots }: AppointmentRow): Promise<boolean> =>
  exchangeTimes(tx, { group, side }, { take: [], free: slots })

export const insertAppointment = (tx: Tx, row: Omit<AppointmentRow, 'version'>) =>
  tx.insertInto('appointment').values(row).execute()

const all = (db: Db) => db.selectFrom('appointment').selectAll().$castTo<AppointmentRow>()

export const findAppointment = (db: Db, token: string): Promise<AppointmentRow | undefined> =>
  all(db).where('token', '=', token).executeTakeFirst()

export const lockAppointment = (tx: Tx, token: string): Promise<AppointmentRow | undefined> =>
  all(tx).where('token', '=', token).forUpdate().executeTakeFirst()

export type AppointmentPatch = Partial<Omit<AppointmentRow, 'id' | 'token' | 'version'>>

export const updateAppointment = async (
  tx: Tx,
  row: AppointmentRow,
  patch: AppointmentPatch,
): Promise<AppointmentRow> => {
  await tx
    .updateTable('appointment')
    .set({ ...patch, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  return { ...row, ...patch, version: row.version + 1 }
}

export const appointmentsOfDay = (db: Db, centre: string, from: Date, to: Date): Promise<AppointmentRow[]> =>
  all(db)
    .where('centre_id', '=', centre)
    .where('starts_at', '>=', from)
    .where('starts_at', '<', to)
    .where('state', 'in', ['BOOKED', 'ARRIVED', 'CANCELLED', 'MISSED'])
    .orderBy('starts_at')
    .orderBy('id')
    .limit(2_000)
    .execute()

/** Kept times whose minutes are over, a few at a time; whoever confirms one at this moment is waited for or passed by. */
export const lockExpired = (tx: Tx, now: Date, limit: number): Promise<AppointmentRow[]> =>
  all(tx)
    .where('state', '=', 'HELD')
    .where('held_until', '<=', now)
    .orderBy('held_until')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()

export const lockToRemind = (tx: Tx, from: Date, to: Date, limit: number): Promise<AppointmentRow[]> =>
  all(tx)
    .where('state', '=', 'BOOKED')
    .where('reminded_at', 'is', null)
    .where('starts_at', '>', from)
    .where('starts_at', '<=', to)
    .orderBy('starts_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()

export const lockMissed = (tx: Tx, before: Date, limit: number): Promise<AppointmentRow[]> =>
  all(tx)
    .where('state', '=', 'BOOKED')
    .where('starts_at', '<', before)
    .orderBy('starts_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()

export const ticketForAppointment = async (tx: Tx, ticket: string, at: Date | null): Promise<void> => {
  if (at) await tx.updateTable('ticket').set({ appointment_at: at }).where('id', '=', ticket).execute()
}

export const tokenOfTicket = async (db: Db, id: string): Promise<string | null> =>
  (await db.selectFrom('ticket').select('token').where('id', '=', id).executeTakeFirst())?.token ?? null
