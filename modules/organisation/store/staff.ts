import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'

type StaffRow = {
  id: string
  account: string | null
  fullName: string
  position: string
  unit: string
  phone?: string | null
  fields: readonly string[]
  leader: boolean
}

export const insertStaff = async (tx: Db, rows: readonly StaffRow[]): Promise<void> => {
  await sql`
    insert into staff (id, account_id, full_name, position, unit_id, office_phone, fields, leader)
    select r.id, r.account, r."fullName", r.position, r.unit, r.phone, r.fields, r.leader
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, account text, "fullName" text, position text,
      unit text, phone text, fields text[], leader boolean)`.execute(tx)
}

export const findStaff = (tx: Db, id: string) =>
  tx.selectFrom('staff').selectAll().where('id', '=', id).where('left_on', 'is', null).executeTakeFirst()

type SecondmentRow = {
  id: string
  staff: string
  sending: string
  centre: string | null
  from: string
  to: string
  decision: string
  fields: readonly string[]
  backupOf?: string | null
  exceptionBasis?: string | null
}

export const insertSecondments = async (tx: Db, rows: readonly SecondmentRow[]): Promise<void> => {
  await sql`
    insert into secondment (id, staff_id, sending_unit, centre_id, from_date, to_date, decision_no, fields, backup_of,
      exception_basis)
    select r.id, r.staff, r.sending, r.centre, r."from", r."to", r.decision, r.fields, r."backupOf", r."exceptionBasis"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, staff uuid, sending text, centre text,
      "from" date, "to" date, decision text, fields text[], "backupOf" uuid, "exceptionBasis" text)`.execute(
    tx,
  )
}

export const lockSecondment = (tx: Db, id: string) =>
  tx.selectFrom('secondment').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const setSecondmentEnd = async (tx: Db, id: string, endedOn: string): Promise<void> => {
  await tx.updateTable('secondment').set({ ended_on: endedOn }).where('id', '=', id).execute()
}
