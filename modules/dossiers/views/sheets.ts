import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { DossierRow } from '../store/dossiers.ts'

/** A printed list is read by people: beyond this it is a report. */
const MOST_ROWS = 2_000

export const dossiersByCodes = async (db: Db, codes: readonly string[]): Promise<DossierRow[]> => {
  const { rows } = await sql<DossierRow>`select d.* from dossier d where d.code = any(${[...codes]}::text[])
    order by d.received_at, d.id`.execute(db)
  return rows
}

/** Running dossiers of these units whose day has passed, the longest first. */
export const overdueRows = async (db: Db, units: readonly string[], now: Date): Promise<DossierRow[]> => {
  const { rows } = await sql<DossierRow>`select d.* from dossier d
    where d.state in ('ACCEPTED', 'PROCESSING') and d.due_at < ${now} and d.resolving_unit = any(${[...units]}::text[])
    order by d.due_at, d.id limit ${MOST_ROWS}`.execute(db)
  return rows
}

/** Results that wait at a centre, the longest first, with the number of the one that counts. */
export const unclaimedRows = async (
  db: Db,
  centre: string,
): Promise<(DossierRow & { result_number: string | null; result_date: string | null })[]> => {
  const { rows } = await sql<DossierRow & { result_number: string | null; result_date: string | null }>`
    select d.*, r.number as result_number, r.date as result_date from dossier d
    left join lateral (
      select number, date from dossier_result where dossier_id = d.id order by edition desc limit 1
    ) r on true
    where d.returning_centre = ${centre} and d.state = 'COMPLETED'
    order by d.completed_at, d.id limit ${MOST_ROWS}`.execute(db)
  return rows
}

export type ResultListed = { number: string; date: string; summary: string | null }

/** The result of each dossier that counts: the last one issued. */
export const lastResults = async (
  db: Db,
  dossiers: readonly string[],
): Promise<Map<string, ResultListed>> => {
  const { rows } = await sql<ResultListed & { dossier_id: string }>`
    select distinct on (dossier_id) dossier_id, number, date, summary from dossier_result
    where dossier_id = any(${[...dossiers]}::uuid[]) order by dossier_id, edition desc`.execute(db)
  return new Map(rows.map((row) => [row.dossier_id, row]))
}
