import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import { predicate } from '#platform/db/policy.ts'
import type { Rule } from '#platform/policy.ts'
import type { Resolution, SheetKind } from '../contract/handover.ts'
import type { ReachColumn } from '../service/rights.ts'
import type { SheetRecord } from '../store/handover.ts'
import { REACH_COLUMNS as DOSSIER_COLUMNS } from './reach.ts'

export type SheetColumn = 'from_unit' | 'to_unit'
const COLUMNS: { readonly [C in SheetColumn]: RawBuilder<unknown> } = {
  from_unit: sql.ref('s.from_unit'),
  to_unit: sql.ref('s.to_unit'),
}
const COUNT_CAP = 1_000
const UNSETTLED = sql`exists (select 1 from handover_sheet_row r where r.sheet_id = s.id
  and r.state in ('missing', 'extra') and r.resolution is null)`

export type SheetListed = SheetRecord & { rows: number; unsettled: number }
/** Counted for the page alone. */
const WITH_COUNTS = sql`s.*,
  (select count(*) from handover_sheet_row r where r.sheet_id = s.id and r.state <> 'extra') as rows,
  (select count(*) from handover_sheet_row r where r.sheet_id = s.id and r.state in ('missing', 'extra')
    and r.resolution is null) as unsettled`

export type SheetFilter = {
  rule: Rule<SheetColumn>
  state?: 'open' | 'received' | 'cancelled' | 'unsettled' | undefined
  kind?: SheetKind | undefined
}

const conditions = ({ rule, state, kind }: SheetFilter): RawBuilder<SqlBool>[] => {
  const parts: RawBuilder<SqlBool>[] = [predicate(rule, COLUMNS)]
  if (state === 'unsettled') parts.push(sql<SqlBool>`s.state = 'received' and ${UNSETTLED}`)
  else if (state) parts.push(sql<SqlBool>`s.state = ${state}`)
  if (kind) parts.push(sql<SqlBool>`s.kind = ${kind}`)
  return parts
}

export const listSheets = async (
  db: Db,
  filter: SheetFilter,
  { after, limit }: { after?: { at: Date; id: string } | undefined; limit: number },
): Promise<{ rows: SheetListed[]; next: { at: Date; id: string } | null }> => {
  const parts = conditions(filter)
  if (after) parts.push(sql<SqlBool>`(s.handed_at, s.id) < (${after.at}, ${after.id}::uuid)`)
  const { rows } = await sql<SheetListed>`select ${WITH_COUNTS} from (
      select s.* from handover_sheet s where ${sql.join(parts, sql` and `)}
      order by s.handed_at desc, s.id desc limit ${limit + 1}
    ) s order by s.handed_at desc, s.id desc`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last ? { at: last.handed_at, id: last.id } : null }
}

export const countSheets = async (
  db: Db,
  filter: SheetFilter,
): Promise<{ value: number; capped: boolean }> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select 1 from handover_sheet s where ${sql.join(conditions(filter), sql` and `)} limit ${COUNT_CAP + 1}
  ) counted`.execute(db)
  const count = rows[0]?.count ?? 0
  return { value: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP }
}

export const findSheet = async (db: Db, code: string): Promise<SheetListed | undefined> => {
  const { rows } =
    await sql<SheetListed>`select ${WITH_COUNTS} from handover_sheet s where s.code = ${code}`.execute(db)
  return rows[0]
}

export type SheetRowListed = {
  dossier_id: string
  state: 'listed' | 'received' | 'missing' | 'extra' | 'cancelled'
  resolution: Resolution | null
  resolution_note: string | null
  resolved_by_name: string | null
  code: string
  procedure_name: string
  procedure_official_name: string
  owner_name: string
  sets: number
  received_at: Date
  due_at: Date | null
  return_way: string
  return_address: string | null
  sample: boolean
  receiving_centre: string
  returning_centre: string
  resolving_unit: string
  intake_by: string
}

export const rowsOfSheet = async (db: Db, sheet: string): Promise<SheetRowListed[]> => {
  const { rows } = await sql<SheetRowListed>`
    select r.dossier_id, r.state, r.resolution, r.resolution_note, r.resolved_by_name, d.code, d.procedure_name,
      d.procedure_official_name, d.owner_name, d.sets, d.received_at, d.due_at, d.return_way, d.return_address, d.sample,
      d.receiving_centre, d.returning_centre, d.resolving_unit, d.intake_by
    from handover_sheet_row r join dossier d on d.id = r.dossier_id
    where r.sheet_id = ${sheet}::uuid order by r.ordinal`.execute(db)
  return rows
}

/** On which sheet under way each of these lies. */
export const openSheetsOf = async (db: Db, dossiers: readonly string[]): Promise<Map<string, string>> => {
  const { rows } = await sql<{ dossier_id: string; code: string }>`
    select r.dossier_id, s.code from handover_sheet_row r join handover_sheet s on s.id = r.sheet_id
    where r.dossier_id = any(${[...dossiers]}::uuid[])
      and (r.state = 'listed' or (r.state = 'missing' and r.resolution is null))`.execute(db)
  return new Map(rows.map((row) => [row.dossier_id, row.code]))
}

export type DossierSheet = {
  code: string
  kind: SheetKind
  from_unit: string
  to_unit: string
  state: string
  row_state: string
  handed_at: Date
  handed_by_name: string
  closed_at: Date | null
  closed_by_name: string | null
}

/** The sheets on which a dossier travelled, oldest first; form 06 tells of them. */
export const sheetsOfDossier = async (db: Db, dossier: string): Promise<DossierSheet[]> => {
  const { rows } = await sql<DossierSheet>`
    select s.code, s.kind, s.from_unit, s.to_unit, s.state, r.state as row_state, s.handed_at, s.handed_by_name, s.closed_at,
      s.closed_by_name
    from handover_sheet_row r join handover_sheet s on s.id = r.sheet_id
    where r.dossier_id = ${dossier}::uuid and s.state <> 'cancelled' and r.state <> 'extra'
    order by s.handed_at, s.id`.execute(db)
  return rows
}

export type CandidateRow = {
  id: string
  code: string
  procedure_name: string
  owner_name: string
  receiving_centre: string
  resolving_unit: string
  returning_centre: string
  since: Date
  due_at: Date | null
  sets: number
}

/** What waits of each kind; every condition is one of the partial index that the kind has. */
const waiting = (
  kind: SheetKind,
  from: readonly string[],
  before: Date,
): { where: RawBuilder<SqlBool>; since: RawBuilder<Date> } => {
  const units = [...from]
  if (kind === 'dossiers')
    return {
      where: sql<SqlBool>`d.receiving_centre = any(${units}::text[]) and d.state in ('ACCEPTED', 'PROCESSING')
        and d.channel <> 'online' and d.paper_sent_at is null and d.receiving_centre <> d.resolving_unit
        and not ('appraise' = any(d.on_site))`,
      since: sql<Date>`d.accepted_at`,
    }
  if (kind === 'results')
    return {
      where: sql<SqlBool>`d.resolving_unit = any(${units}::text[]) and d.state = 'COMPLETED'
        and d.return_way <> 'electronic' and d.result_sent_at is null and d.resolving_unit <> d.returning_centre`,
      since: sql<Date>`d.completed_at`,
    }
  return {
    where: sql<SqlBool>`d.returning_centre = any(${units}::text[]) and d.state = 'COMPLETED'
      and d.return_way <> 'electronic' and d.result_back_at is null and d.completed_at < ${before}
      and d.resolving_unit <> d.returning_centre`,
    since: sql<Date>`d.completed_at`,
  }
}

type CandidateFilter = {
  kind: SheetKind
  from: readonly string[]
  before: Date
  rule: Rule<ReachColumn>
}

export const candidateRows = async (
  db: Db,
  { kind, from, before, rule }: CandidateFilter,
  { after, limit }: { after?: { at: Date; id: string } | undefined; limit: number },
): Promise<{ rows: CandidateRow[]; next: { at: Date; id: string } | null }> => {
  const { where, since } = waiting(kind, from, before)
  const beyond = after
    ? sql<SqlBool>`(${since}, d.id) > (${after.at}, ${after.id}::uuid)`
    : sql<SqlBool>`true`
  const { rows } = await sql<CandidateRow>`
    select d.id, d.code, d.procedure_name, d.owner_name, d.receiving_centre, d.resolving_unit, d.returning_centre,
      ${since} as since, d.due_at, d.sets
    from dossier d where ${where} and ${beyond} and ${predicate(rule, DOSSIER_COLUMNS)} order by ${since}, d.id limit ${limit + 1}`.execute(
    db,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last ? { at: last.since, id: last.id } : null }
}

export const countCandidates = async (
  db: Db,
  { kind, from, before, rule }: CandidateFilter,
): Promise<{ value: number; capped: boolean }> => {
  const { where } = waiting(kind, from, before)
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select 1 from dossier d where ${where} and ${predicate(rule, DOSSIER_COLUMNS)} limit ${COUNT_CAP + 1}) counted`.execute(
    db,
  )
  const count = rows[0]?.count ?? 0
  return { value: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP }
}
