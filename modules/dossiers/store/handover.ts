import { sql } from 'kysely'
import type { Tx } from '#platform/db/connect.ts'
import type { Resolution, SheetKind } from '../contract/handover.ts'
import type { DossierRow } from './dossiers.ts'

export type SheetRecord = {
  id: string
  code: string
  year: number
  number: number
  kind: SheetKind
  from_unit: string
  to_unit: string
  state: 'open' | 'received' | 'cancelled'
  note: string | null
  handed_at: Date
  handed_by: string
  handed_by_name: string
  closed_at: Date | null
  closed_by: string | null
  closed_by_name: string | null
  cancel_reason: string | null
}

/** Columns of the dossier that say that something of this kind left, and that it arrived. */
const SENT = { dossiers: 'paper_sent_at', results: 'result_sent_at', uncollected: 'result_back_at' } as const
const ARRIVED = { dossiers: 'paper_received_at', results: 'result_received_at', uncollected: null } as const

/** In the order of their ids, as everywhere: two that meet wait and never deadlock. */
export const lockDossiersByCode = async (
  tx: Tx,
  codes: readonly string[],
): Promise<Map<string, DossierRow>> => {
  const { rows } = await sql<DossierRow>`select d.* from dossier d where d.code = any(${[...codes]}::text[])
    order by d.id for no key update`.execute(tx)
  return new Map(rows.map((row) => [row.code, row]))
}

export const lockDossiersById = async (tx: Tx, ids: readonly string[]): Promise<Map<string, DossierRow>> => {
  const { rows } = await sql<DossierRow>`select d.* from dossier d where d.id = any(${[...ids]}::uuid[])
    order by d.id for no key update`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

export const lockSheet = (tx: Tx, id: string): Promise<SheetRecord> =>
  tx
    .selectFrom('handover_sheet')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .$castTo<SheetRecord>()
    .executeTakeFirstOrThrow()

/** So many numbers of the year, in one step; the first of them. Taken last, because everybody's sheets meet on this row. */
export const takeSheetNumbers = async (tx: Tx, year: number, count: number): Promise<number> => {
  const { rows } = await sql<{ last: number }>`
    insert into handover_sheet_counter as c (year, last) values (${year}, ${count})
    on conflict (year) do update set last = c.last + excluded.last returning last`.execute(tx)
  return (rows[0]?.last ?? count) - count + 1
}

export const insertSheets = async (
  tx: Tx,
  sheets: readonly Omit<SheetRecord, 'closed_at' | 'closed_by' | 'closed_by_name' | 'cancel_reason'>[],
): Promise<void> => {
  if (sheets.length > 0)
    await tx
      .insertInto('handover_sheet')
      .values([...sheets])
      .execute()
}

export type NewSheetRow = { sheet_id: string; dossier_id: string; ordinal: number; state: 'listed' | 'extra' }

export const insertSheetRows = async (tx: Tx, rows: readonly NewSheetRow[]): Promise<void> => {
  if (rows.length > 0)
    await tx
      .insertInto('handover_sheet_row')
      .values([...rows])
      .execute()
}

export const closeSheet = (
  tx: Tx,
  id: string,
  by: { id: string; name: string; at: Date },
  end: { state: 'received' } | { state: 'cancelled'; reason: string },
) =>
  tx
    .updateTable('handover_sheet')
    .set({
      state: end.state,
      closed_at: sql<Date>`greatest(${by.at}, handed_at)`,
      closed_by: by.id,
      closed_by_name: by.name,
      cancel_reason: end.state === 'cancelled' ? end.reason : null,
    })
    .where('id', '=', id)
    .execute()

export const setRowStates = async (
  tx: Tx,
  sheet: string,
  dossiers: readonly string[],
  state: 'received' | 'missing' | 'cancelled',
): Promise<void> => {
  if (dossiers.length > 0)
    await tx
      .updateTable('handover_sheet_row')
      .set({ state })
      .where('sheet_id', '=', sheet)
      .where('dossier_id', 'in', [...dossiers])
      .execute()
}

export const settleRow = (
  tx: Tx,
  row: { sheet: string; dossier: string },
  settled: { resolution: Resolution; note: string; at: Date; by: string; byName: string },
) =>
  tx
    .updateTable('handover_sheet_row')
    .set({
      resolution: settled.resolution,
      resolution_note: settled.note,
      resolved_at: settled.at,
      resolved_by: settled.by,
      resolved_by_name: settled.byName,
    })
    .where('sheet_id', '=', row.sheet)
    .where('dossier_id', '=', row.dossier)
    .execute()

/** When something left; null when it did not after all and waits again. */
export const markSent = async (
  tx: Tx,
  kind: SheetKind,
  dossiers: readonly string[],
  at: Date | null,
): Promise<void> => {
  if (dossiers.length > 0)
    await tx
      .updateTable('dossier')
      .set({ [SENT[kind]]: at })
      .where('id', 'in', [...dossiers])
      .execute()
}

export const markArrived = async (
  tx: Tx,
  kind: SheetKind,
  dossiers: readonly string[],
  at: Date,
): Promise<void> => {
  const column = ARRIVED[kind]
  if (column !== null && dossiers.length > 0)
    await tx
      .updateTable('dossier')
      .set({ [column]: at })
      .where('id', 'in', [...dossiers])
      .execute()
}

export const sentAt = (kind: SheetKind, dossier: DossierRow): Date | null => dossier[SENT[kind]]
