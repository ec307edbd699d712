import type { Selectable } from 'kysely'
import type { Db, Schema, Tx } from '#platform/db/connect.ts'
import {
  CAPACITIES,
  type Capacity,
  type Mandate,
  ON_SITE_PARTS,
  type OnSite,
  type SecondSeal,
  type SigningRecords,
} from '../rules.ts'

type MandateRow = Selectable<Schema['signing_mandate']>
type OnSiteRow = Selectable<Schema['on_site_procedure']>
type SealRow = Selectable<Schema['second_seal']>

/** The table's own check: one of the three. */
const capacityOf = (text: string): Capacity => CAPACITIES.find((one) => one === text) ?? 'TUQ'

const toMandate = (row: MandateRow): Mandate => ({
  id: row.id,
  account: row.account,
  name: row.full_name,
  unit: row.unit_id,
  capacity: capacityOf(row.capacity),
  principalTitle: row.principal_title,
  signerTitle: row.signer_title,
  centre: row.centre_id,
  procedures: row.procedures,
  from: row.from_date,
  to: row.to_date,
  decisionNo: row.decision_no,
  endedOn: row.ended_on,
})
const toOnSite = (row: OnSiteRow): OnSite => ({
  id: row.id,
  centre: row.centre_id,
  procedure: row.procedure_code,
  parts: ON_SITE_PARTS.filter((part) => row[part]),
  from: row.from_date,
  to: row.to_date,
  decisionNo: row.decision_no,
})
const toSeal = (row: SealRow): SecondSeal => ({
  id: row.id,
  unit: row.unit_id,
  centre: row.centre_id,
  label: row.label,
  keeper: row.keeper,
  from: row.from_date,
  to: row.to_date,
  decisionNo: row.decision_no,
})

/** All of it, also what is over: which stand on a day is decided by `signingOn`. */
export const loadSigning = async (tx: Db): Promise<SigningRecords> => ({
  mandates: (
    await tx.selectFrom('signing_mandate').selectAll().orderBy('from_date').orderBy('id').execute()
  ).map(toMandate),
  onSite: (await tx.selectFrom('on_site_procedure').selectAll().execute()).map(toOnSite),
  seals: (await tx.selectFrom('second_seal').selectAll().execute()).map(toSeal),
})

type Given = { by: string; at: Date }

export const insertMandate = (tx: Tx, one: Mandate, { by, at }: Given) =>
  tx
    .insertInto('signing_mandate')
    .values({
      ...{ id: one.id, account: one.account, full_name: one.name, unit_id: one.unit, capacity: one.capacity },
      ...{ principal_title: one.principalTitle, signer_title: one.signerTitle, centre_id: one.centre },
      ...{ procedures: [...one.procedures], from_date: one.from, to_date: one.to },
      ...{ decision_no: one.decisionNo, given_by: by, given_at: at },
    })
    .execute()

export const mandatesOf = async (db: Db, units: readonly string[]): Promise<Mandate[]> =>
  (
    await db
      .selectFrom('signing_mandate')
      .selectAll()
      .where('unit_id', 'in', [...units])
      .orderBy('from_date', 'desc')
      .orderBy('id')
      .limit(500)
      .execute()
  ).map(toMandate)

export const lockMandate = async (tx: Tx, id: string): Promise<Mandate | undefined> => {
  const row = await tx
    .selectFrom('signing_mandate')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && toMandate(row)
}

export const setMandateEnd = (tx: Tx, id: string, endedOn: string, reason: string) =>
  tx
    .updateTable('signing_mandate')
    .set({ ended_on: endedOn, end_reason: reason })
    .where('id', '=', id)
    .execute()

export const insertOnSite = (tx: Tx, one: OnSite, { by, at }: Given) =>
  tx
    .insertInto('on_site_procedure')
    .values({
      ...{ id: one.id, centre_id: one.centre, procedure_code: one.procedure },
      ...{ appraise: one.parts.includes('appraise'), approve: one.parts.includes('approve') },
      ...{ seal: one.parts.includes('seal'), from_date: one.from, to_date: one.to },
      ...{ decision_no: one.decisionNo, given_by: by, given_at: at },
    })
    .execute()

export const onSiteOf = async (db: Db, centre: string): Promise<OnSite[]> =>
  (
    await db
      .selectFrom('on_site_procedure')
      .selectAll()
      .where('centre_id', '=', centre)
      .orderBy('procedure_code')
      .orderBy('from_date', 'desc')
      .limit(3_000)
      .execute()
  ).map(toOnSite)

export const lockOnSite = async (tx: Tx, id: string): Promise<OnSite | undefined> => {
  const row = await tx
    .selectFrom('on_site_procedure')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && toOnSite(row)
}

export const insertSeal = (tx: Tx, one: SecondSeal, { by, at }: Given) =>
  tx
    .insertInto('second_seal')
    .values({
      ...{ id: one.id, unit_id: one.unit, centre_id: one.centre, label: one.label, keeper: one.keeper },
      ...{ from_date: one.from, to_date: one.to, decision_no: one.decisionNo, given_by: by, given_at: at },
    })
    .execute()

export const sealsOf = async (db: Db, centre: string): Promise<SecondSeal[]> =>
  (
    await db
      .selectFrom('second_seal')
      .selectAll()
      .where('centre_id', '=', centre)
      .orderBy('from_date', 'desc')
      .orderBy('id')
      .limit(500)
      .execute()
  ).map(toSeal)

export const lockSeal = async (tx: Tx, id: string): Promise<SecondSeal | undefined> => {
  const row = await tx
    .selectFrom('second_seal')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && toSeal(row)
}

export const setLastDay = (tx: Tx, table: 'on_site_procedure' | 'second_seal', id: string, to: string) =>
  tx.updateTable(table).set({ to_date: to }).where('id', '=', id).execute()
