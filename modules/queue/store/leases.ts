import { type Selectable, sql } from 'kysely'
import type { Db, Schema, Tx } from '#platform/db/connect.ts'
import { unusedOf } from '../rules.ts'

export type LeaseRow = Selectable<Schema['number_lease']>
export type CloseReason = 'DAY_OVER' | 'LOST' | 'RETIRED'

export const openLeases = (tx: Tx, device: string): Promise<LeaseRow[]> =>
  tx
    .selectFrom('number_lease')
    .selectAll()
    .where('device_id', '=', device)
    .where('closed_at', 'is', null)
    .orderBy('first')
    .execute()

export const leasesById = (tx: Tx, ids: readonly string[]): Promise<LeaseRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('number_lease')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute()

/** Open ones of days that are over, whoever holds them; locked, so that a ticket told late comes before or after. */
export const lockPastLeases = (tx: Tx, day: string, limit: number): Promise<LeaseRow[]> =>
  tx
    .selectFrom('number_lease')
    .selectAll()
    .where('closed_at', 'is', null)
    .where('day', '<', day)
    .orderBy('id')
    .limit(limit)
    .forNoKeyUpdate()
    .skipLocked()
    .execute()

export type NewLease = {
  id: string
  device: string
  centre: string
  group: string
  day: string
  first: number
  last: number
  at: string
}

export const insertLeases = async (tx: Tx, leases: readonly NewLease[]): Promise<void> => {
  await sql`insert into number_lease (id, device_id, centre_id, group_id, day, first, last, given_at)
    select x.id, x.device, x.centre, x."group", x.day, x.first, x.last, x.at
    from jsonb_to_recordset(${JSON.stringify(leases)}::jsonb) as x(id uuid, device uuid, centre text, "group" uuid,
      day date, first integer, last integer, at timestamptz)`.execute(tx)
}

export type ClosedLease = { lease: LeaseRow; unused: number[] }

/** Nothing is given from these any more; what no ticket bears is written down as unused. */
export const closeLeases = async (
  tx: Tx,
  leases: readonly LeaseRow[],
  reason: CloseReason,
  at: Date,
): Promise<ClosedLease[]> => {
  if (leases.length === 0) return []
  const used = await tx
    .selectFrom('ticket')
    .select(['lease_id', 'number'])
    .where(
      'lease_id',
      'in',
      leases.map(({ id }) => id),
    )
    .execute()
  const closed = leases.map((lease) => ({
    lease,
    unused: unusedOf(
      lease.first,
      lease.last,
      used.filter((ticket) => ticket.lease_id === lease.id).map(({ number }) => number),
    ),
  }))
  await sql`update number_lease l set closed_at = ${at}, closed_because = ${reason}, unused = x.unused
    from jsonb_to_recordset(${JSON.stringify(closed.map(({ lease: { id }, unused }) => ({ id, unused })))}::jsonb)
      as x(id uuid, unused integer[]) where l.id = x.id`.execute(tx)
  return closed
}

/** A number of a closed lease that turned out to be given after all. */
export const takeFromUnused = async (tx: Tx, lease: string, numbers: readonly number[]): Promise<void> => {
  await sql`update number_lease set unused = array(select n from unnest(unused) n where n <> all(${[...numbers]}::integer[]))
    where id = ${lease}::uuid`.execute(tx)
}

export type OfflineRow = {
  id: string
  centre: string
  group: string
  lease: string
  day: string
  number: number
  code: string
  token: string
  priorityClass: string
  language: string
  procedures: readonly string[]
  note: string | null
  at: string
}

export const insertOfflineTickets = async (tx: Tx, rows: readonly OfflineRow[]): Promise<void> => {
  await sql`insert into ticket (id, centre_id, group_id, number_group, lease_id, day, number, code, token, channel,
      priority_class, language, procedures, note, state, queued_at, issued_at)
    select x.id, x.centre, x."group", x."group", x.lease, x.day, x.number, x.code, x.token, 'KIOSK', x."priorityClass",
      x.language, x.procedures, x.note, 'WAITING', x.at, x.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, centre text, "group" uuid, lease uuid, day date,
      number integer, code text, token text, "priorityClass" text, language text, procedures text[],
      note text, at timestamptz)`.execute(tx)
}

export type Existing = {
  id: string
  lease_id: string | null
  group_id: string
  day: string
  number: number
  token: string
}

/** Tickets that have one of these ids or tokens already, or a number of these leases. */
export const existingTickets = async (
  db: Db,
  { ids, tokens, leases }: { ids: readonly string[]; tokens: readonly string[]; leases: readonly string[] },
): Promise<Existing[]> => {
  const { rows } = await sql<Existing>`
    select id, lease_id, number_group as group_id, day, number, token from ticket where id = any(${[...ids]}::uuid[])
    union select id, lease_id, number_group, day, number, token from ticket where token = any(${[...tokens]}::text[])
    union select id, lease_id, number_group, day, number, token from ticket where lease_id = any(${[...leases]}::uuid[])`.execute(
    db,
  )
  return rows
}
