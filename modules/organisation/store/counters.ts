import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'

type CounterRow = {
  id: string
  centre: string
  number: number
  name: string
  kinds: readonly string[]
  agencies: readonly string[]
  fields: readonly string[]
  priority: boolean
}

export const insertCounters = async (tx: Db, rows: readonly CounterRow[]): Promise<void> => {
  await sql`
    insert into counter (id, centre_id, number, name, kinds, agencies, fields, priority)
    select r.id, r.centre, r.number, r.name, r.kinds, r.agencies, r.fields, r.priority
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, centre text, number int, name text,
      kinds text[], agencies text[], fields text[], priority boolean)`.execute(tx)
}

export const insertAssignments = async (
  tx: Db,
  rows: readonly { id: string; staff: string; counter: string }[],
  at: Date,
): Promise<void> => {
  await sql`
    insert into counter_assignment (id, counter_id, staff_id, from_at)
    select r.id, r.counter, r.staff, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, counter text, staff uuid)`.execute(
    tx,
  )
}

export const lockCounter = (tx: Db, id: string) =>
  tx.selectFrom('counter').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const setCounterClosed = async (tx: Db, id: string, closedOn: string | null): Promise<void> => {
  await tx.updateTable('counter').set({ closed_on: closedOn }).where('id', '=', id).execute()
}

/** Ends whatever assignment this counter or this officer has. */
export const endAssignments = async (
  tx: Db,
  { counter, staff, at }: { counter: string; staff: string | null; at: Date },
): Promise<void> => {
  await tx
    .updateTable('counter_assignment')
    .set({ to_at: sql<Date>`greatest(from_at, ${at})` })
    .where('to_at', 'is', null)
    .where((eb) =>
      staff === null
        ? eb('counter_id', '=', counter)
        : eb.or([eb('counter_id', '=', counter), eb('staff_id', '=', staff)]),
    )
    .execute()
}
