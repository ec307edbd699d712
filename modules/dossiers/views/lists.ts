import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import { predicate } from '#platform/db/policy.ts'
import type { Rule } from '#platform/policy.ts'
import { searchTokens, syllables } from '#platform/text/fold.ts'
import { addDays, instantOf, localDateOf } from '#platform/time/vietnam.ts'
import type { ReachColumn } from '../service/rights.ts'
import type { DossierRow } from '../store/dossiers.ts'

export type ListFilter = {
  q?: string | undefined
  state?: string | undefined
  centre?: string | undefined
  procedure?: string | undefined
  pace?: 'DUE_SOON' | 'OVERDUE' | 'UNEXPLAINED' | undefined
  states?: readonly string[] | undefined
  returningCentre?: string | undefined
  /** Units that resolve: an agency with those beneath it. */
  agencies?: readonly string[] | undefined
  officer?: string | undefined
  channel?: string | undefined
  /** Legal days, both included. */
  dueFrom?: string | undefined
  dueTo?: string | undefined
  receivedFrom?: string | undefined
  receivedTo?: string | undefined
}
export type ListPosition = { receivedAt: Date; id: string }

/** Where a row of `dossier d` is, for the rule of rights. */
export const COLUMNS: { readonly [C in ReachColumn]: RawBuilder<unknown> } = {
  receiving_centre: sql.ref('d.receiving_centre'),
  returning_centre: sql.ref('d.returning_centre'),
  resolving_unit: sql.ref('d.resolving_unit'),
  intake_by: sql.ref('d.intake_by'),
}

const COUNT_CAP = 10_000

/** A tax code of a dependent unit is kept as it was typed, with its dash or without. */
const numbersOf = (digits: string): string[] =>
  /^\d{13}$/.test(digits) ? [digits, `${digits.slice(0, 10)}-${digits.slice(10)}`] : [digits]

/** The same phone written for this country and for abroad. */
const phonesOf = (digits: string): string[] => {
  const own = digits.replace(/^\+?84/, '0')
  return own.startsWith('0') ? [own, `+84${own.slice(1)}`] : [digits]
}

/** What somebody typed: a code or its end, a card or phone number, or a name with or without accents. */
const matching = (q: string): RawBuilder<SqlBool> => {
  const text = q.trim().toUpperCase()
  if (/^[A-Z0-9]{3}(\.[A-Z0-9]+)*-\d{6}-\d{4,}$/.test(text)) return sql<SqlBool>`d.code = ${text}`
  if (/^\d{6}-\d{1,6}$/.test(text)) return sql<SqlBool>`d.code like ${`%-${text}%`}`
  const digits = q.replace(/[\s.-]/g, '')
  if (/^\+?\d{9,13}$/.test(digits))
    return sql<SqlBool>`(d.owner_number = any(${numbersOf(digits)}::text[]) or d.owner_phone = any(${phonesOf(digits)}::text[]))`
  const pairs = searchTokens(q).filter((token) => token.includes('_'))
  const tokens = pairs.length > 0 ? pairs : syllables(q)
  // Nothing but signs was typed: everything would contain that.
  return tokens.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`d.search_tokens @> ${tokens}::text[]`
}

const running = sql`d.state in ('ACCEPTED', 'PROCESSING')`

/** Terms of hours end at their moment; the others with their day (`hasPassed` of the calendar's rules). */
const BY_THE_HOUR = sql`d.duration_unit in ('WORKING_HOUR', 'HOUR', 'MINUTE')`
const dayOf = (column: RawBuilder<unknown>) => sql`(${column} at time zone 'Asia/Ho_Chi_Minh')::date`

/** What the chip calls "Quá hạn": the day has gone by, not only the hour. */
const overdue = (now: Date): RawBuilder<SqlBool> =>
  sql<SqlBool>`${running} and d.due_at < ${now} and (${BY_THE_HOUR} or d.due_at < ${instantOf(localDateOf(now))})`

const LATE_RESULT = sql<SqlBool>`(d.completed_at > d.due_at and (${BY_THE_HOUR}
  or ${dayOf(sql.ref('d.completed_at'))} > ${dayOf(sql.ref('d.due_at'))}))`

const within = (column: string, from: string | undefined, to: string | undefined): RawBuilder<SqlBool>[] => [
  ...(from ? [sql<SqlBool>`${sql.ref(column)} >= ${instantOf(from)}`] : []),
  ...(to ? [sql<SqlBool>`${sql.ref(column)} < ${instantOf(addDays(to, 1))}`] : []),
]

const combined = (filter: ListFilter): RawBuilder<SqlBool>[] => {
  const parts = [
    ...within('d.due_at', filter.dueFrom, filter.dueTo),
    ...within('d.received_at', filter.receivedFrom, filter.receivedTo),
  ]
  if (filter.states && filter.states.length > 0)
    parts.push(sql<SqlBool>`d.state = any(${[...filter.states]}::text[])`)
  if (filter.returningCentre) parts.push(sql<SqlBool>`d.returning_centre = ${filter.returningCentre}`)
  if (filter.agencies) parts.push(sql<SqlBool>`d.resolving_unit = any(${[...filter.agencies]}::text[])`)
  if (filter.channel) parts.push(sql<SqlBool>`d.channel = ${filter.channel}`)
  // What somebody holds is a short list: it is found first, and the dossiers by their keys.
  if (filter.officer)
    parts.push(sql<SqlBool>`d.id in (select t.subject_id from task t where t.assignee_id = ${filter.officer}
      and t.state in ('open', 'claimed') and t.subject_kind = 'dossier')`)
  return parts
}

const conditions = (rule: Rule<ReachColumn>, filter: ListFilter, now: Date): RawBuilder<SqlBool>[] => {
  const parts: RawBuilder<SqlBool>[] = [predicate(rule, COLUMNS)]
  if (filter.q) parts.push(matching(filter.q))
  if (filter.state) parts.push(sql<SqlBool>`d.state = ${filter.state}`)
  if (filter.centre) parts.push(sql<SqlBool>`d.receiving_centre = ${filter.centre}`)
  if (filter.procedure) parts.push(sql<SqlBool>`d.procedure_code = ${filter.procedure}`)
  parts.push(...combined(filter))
  if (filter.pace === 'OVERDUE') parts.push(overdue(now))
  if (filter.pace === 'DUE_SOON') {
    const soon = new Date(now.getTime() + 24 * 3_600_000)
    parts.push(sql<SqlBool>`${running} and d.due_at < ${soon} and not (${overdue(now)})`)
  }
  if (filter.pace === 'UNEXPLAINED')
    parts.push(sql<SqlBool>`(${overdue(now)} or ${LATE_RESULT}) and not exists (select from dossier_lateness l
      where l.dossier_id = d.id and l.due_at = d.due_at)`)
  return parts
}

type ListOptions = {
  rule: Rule<ReachColumn>
  filter: ListFilter
  now: Date
  after?: ListPosition
  limit: number
}

/** Newest first, in pages by (received, id); one query whatever the size of the table. */
export const listDossierRows = async (
  db: Db,
  { rule, filter, now, after, limit }: ListOptions,
): Promise<{ rows: DossierRow[]; next: ListPosition | null }> => {
  const parts = conditions(rule, filter, now)
  if (after) parts.push(sql<SqlBool>`(d.received_at, d.id) < (${after.receivedAt}, ${after.id}::uuid)`)
  const { rows } = await sql<DossierRow>`select d.* from dossier d where ${sql.join(parts, sql` and `)}
    order by d.received_at desc, d.id desc limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page,
    next: rows.length > limit && last ? { receivedAt: last.received_at, id: last.id } : null,
  }
}

export const countDossiers = async (
  db: Db,
  { rule, filter, now }: Pick<ListOptions, 'rule' | 'filter' | 'now'>,
): Promise<{ value: number; capped: boolean }> => {
  const parts = conditions(rule, filter, now)
  const { rows } = await sql<{ count: number }>`select count(*) as count from
    (select 1 from dossier d where ${sql.join(parts, sql` and `)} limit ${COUNT_CAP + 1}) as counted`.execute(
    db,
  )
  const count = rows[0]?.count ?? 0
  return { value: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP }
}

export const dossiersByIds = async (db: Db, ids: readonly string[]): Promise<Map<string, DossierRow>> => {
  if (ids.length === 0) return new Map()
  const { rows } =
    await sql<DossierRow>`select d.* from dossier d where d.id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Dossiers that this officer's agency waits for the applicant with: their clock stands still. Those that wait before their
 * acceptance have no step yet and stand in the list of dossiers, so that the count here is the number of rows shown.
 */
export const waitingRows = async (db: Db, rule: Rule<ReachColumn>, limit: number): Promise<DossierRow[]> => {
  const { rows } = await sql<DossierRow>`select d.* from dossier d
    where ${predicate(rule, COLUMNS)} and d.state in ('SUPPLEMENT', 'AWAITING_PAYMENT')
    order by d.supplement_deadline nulls last, d.id limit ${limit}`.execute(db)
  return rows
}
