import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import { predicate } from '#platform/db/policy.ts'
import type { Rule } from '#platform/policy.ts'
import type { ReturnWay } from '../contract/vocabulary.ts'
import type { ReachColumn } from '../service/rights.ts'
import { REACH_COLUMNS } from './reach.ts'

const COUNT_CAP = 1_000

export type UncollectedRow = {
  id: string
  code: string
  version: number
  procedure_name: string
  procedure_official_name: string
  owner_name: string
  owner_phone: string | null
  return_way: ReturnWay
  returning_centre: string
  resolving_unit: string
  completed_at: Date
  result_back_at: Date | null
  sample: boolean
  result_number: string | null
  result_date: string | null
  reminders: number
  last_at: Date | null
  last_by: string | null
  last_way: string | null
  last_note: string | null
}

/** Until when a result must have been ready to be owed a reminder, or to go back. */
export type Limits = { remind: Date; back: Date }

export type UncollectedFilter = {
  rule: Rule<ReachColumn>
  centre?: string | undefined
  show: 'all' | 'remind' | 'back' | 'sent-back'
  limits: Limits
  /** Ready before, and within. */
  before?: Date | undefined
  from?: Date | undefined
  until?: Date | undefined
}

const conditions = ({
  rule,
  centre,
  show,
  limits,
  before,
  from,
  until,
}: UncollectedFilter): RawBuilder<SqlBool>[] => {
  const parts: RawBuilder<SqlBool>[] = [
    sql<SqlBool>`d.state = 'COMPLETED' and not d.result_with_parent`,
    predicate(rule, REACH_COLUMNS),
    show === 'sent-back'
      ? sql<SqlBool>`d.result_back_at is not null`
      : sql<SqlBool>`d.result_back_at is null`,
  ]
  if (centre) parts.push(sql<SqlBool>`d.returning_centre = ${centre}`)
  if (before) parts.push(sql<SqlBool>`d.completed_at <= ${before}`)
  if (from) parts.push(sql<SqlBool>`d.completed_at >= ${from}`)
  if (until) parts.push(sql<SqlBool>`d.completed_at < ${until}`)
  if (show === 'remind')
    parts.push(sql<SqlBool>`d.completed_at <= ${limits.remind} and not exists (
      select 1 from result_reminder r where r.dossier_id = d.id)`)
  if (show === 'back') parts.push(sql<SqlBool>`d.completed_at <= ${limits.back}`)
  return parts
}

const SELECT = sql`d.id, d.code, d.version, d.procedure_name, d.procedure_official_name, d.owner_name, d.owner_phone,
  d.return_way, d.returning_centre, d.resolving_unit, d.completed_at, d.result_back_at, d.sample`
/** Result and reminders of the page's rows alone. */
const AROUND = sql`left join lateral (
    select x.number, x.date from dossier_result x where x.dossier_id = p.id order by x.edition desc limit 1
  ) result on true
  left join lateral (
    select count(*) as reminders from result_reminder r where r.dossier_id = p.id
  ) told on true
  left join lateral (
    select r.at, r.by_name, r.way, r.note from result_reminder r where r.dossier_id = p.id order by r.at desc limit 1
  ) last on true`

const around = (page: RawBuilder<unknown>) => sql<UncollectedRow>`
  select p.*, result.number as result_number, result.date as result_date, told.reminders, last.at as last_at,
    last.by_name as last_by, last.way as last_way, last.note as last_note
  from (${page}) p ${AROUND} order by p.completed_at, p.id`

export const uncollectedRows = async (
  db: Db,
  filter: UncollectedFilter,
  { after, limit }: { after?: { at: Date; id: string } | undefined; limit: number },
): Promise<{ rows: UncollectedRow[]; next: { at: Date; id: string } | null }> => {
  const parts = conditions(filter)
  if (after) parts.push(sql<SqlBool>`(d.completed_at, d.id) > (${after.at}, ${after.id}::uuid)`)
  const page = sql`select ${SELECT} from dossier d where ${sql.join(parts, sql` and `)}
    order by d.completed_at, d.id limit ${limit + 1}`
  const { rows } = await around(page).execute(db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last ? { at: last.completed_at, id: last.id } : null }
}

export const countUncollected = async (
  db: Db,
  filter: UncollectedFilter,
): Promise<{ value: number; capped: boolean }> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select 1 from dossier d where ${sql.join(conditions(filter), sql` and `)} limit ${COUNT_CAP + 1}
  ) counted`.execute(db)
  const count = rows[0]?.count ?? 0
  return { value: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP }
}

/** The same owner's ready results at the same centre; without a number the name and phone say who it is. */
export const togetherRows = async (
  db: Db,
  rule: Rule<ReachColumn>,
  dossier: {
    id: string
    returning_centre: string
    owner_number: string | null
    owner_name: string
    owner_phone: string | null
  },
): Promise<UncollectedRow[]> => {
  const same = dossier.owner_number
    ? sql<SqlBool>`d.owner_number = ${dossier.owner_number}`
    : sql<SqlBool>`d.owner_number is null and d.owner_phone = ${dossier.owner_phone} and d.owner_name = ${dossier.owner_name}`
  const page = sql`select ${SELECT} from dossier d where ${predicate(rule, REACH_COLUMNS)} and ${same}
    and d.state = 'COMPLETED' and not d.result_with_parent and d.returning_centre = ${dossier.returning_centre}
    order by d.completed_at, d.id limit 50`
  const { rows } = await around(page).execute(db)
  return rows
}
