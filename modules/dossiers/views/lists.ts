import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Db, inTransaction } from '#platform/db/connect.ts'
import type { Rule } from '#platform/policy.ts'
import { addDays, instantOf, localDateOf } from '#platform/time/vietnam.ts'
import type { ReachColumn } from '../service/rights.ts'
import type { DossierRow } from '../store/dossiers.ts'
import { type Part, partsOf, REACH_COLUMNS, reaches } from './reach.ts'
import { isNamed, nearlyNamed, type Search, searchOf } from './search.ts'

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

const COUNT_CAP = 10_000
/** Nobody turns the pages of a thousand people of one name, and each of them is a row to be looked at. */
const NAME_COUNT_CAP = 1_000
/** Up to so many their keys are read once, for the count and the page together. */
const FEW = 200
/** Beyond so many near names the typed one was no name. */
const MOST_NEAR = 500
/** Units that get a part of the query each; more are looked through one after the other inside one part. */
const SEPARATE_UNITS = 6

const RUNNING = sql`d.state in ('ACCEPTED', 'PROCESSING')`
const NEWEST = sql`d.received_at desc, d.id desc`

type ListOptions = {
  rule: Rule<ReachColumn>
  filter: ListFilter
  now: Date
  after?: ListPosition
  limit: number
}
type Asked = Pick<ListOptions, 'rule' | 'filter' | 'now'>

const within = (column: string, from: string | undefined, to: string | undefined): RawBuilder<SqlBool>[] => [
  ...(from ? [sql<SqlBool>`${sql.ref(column)} >= ${instantOf(from)}`] : []),
  ...(to ? [sql<SqlBool>`${sql.ref(column)} < ${instantOf(addDays(to, 1))}`] : []),
]

/** Filters that any order of reading can check row by row. */
const plainConditions = (filter: ListFilter): RawBuilder<SqlBool>[] => [
  ...(filter.state ? [sql<SqlBool>`d.state = ${filter.state}`] : []),
  ...(filter.states && filter.states.length > 0
    ? [sql<SqlBool>`d.state = any(${[...filter.states]}::text[])`]
    : []),
  ...(filter.centre ? [sql<SqlBool>`d.receiving_centre = ${filter.centre}`] : []),
  ...(filter.returningCentre ? [sql<SqlBool>`d.returning_centre = ${filter.returningCentre}`] : []),
  ...(filter.agencies ? [sql<SqlBool>`d.resolving_unit = any(${[...filter.agencies]}::text[])`] : []),
  ...(filter.procedure ? [sql<SqlBool>`d.procedure_code = ${filter.procedure}`] : []),
  ...(filter.channel ? [sql<SqlBool>`d.channel = ${filter.channel}`] : []),
  ...within('d.due_at', filter.dueFrom, filter.dueTo),
  ...within('d.received_at', filter.receivedFrom, filter.receivedTo),
]

/** What somebody holds is a short list: it is found first, and the dossiers by their keys. */
const heldBy = (officer: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`d.id in (select t.subject_id from task t where t.assignee_id = ${officer}
    and t.state in ('open', 'claimed') and t.subject_kind = 'dossier')`

/** Terms of hours end at their moment; the others with their day (`hasPassed` of the calendar's rules). */
const BY_THE_HOUR = sql`d.duration_unit in ('WORKING_HOUR', 'HOUR', 'MINUTE')`
const dayOf = (column: RawBuilder<unknown>) => sql`(${column} at time zone 'Asia/Ho_Chi_Minh')::date`

/** What the chip calls "Quá hạn": the day has gone by, not only the hour. */
const overdue = (now: Date): RawBuilder<SqlBool> =>
  sql<SqlBool>`${RUNNING} and d.due_at < ${now} and (${BY_THE_HOUR} or d.due_at < ${instantOf(localDateOf(now))})`

const LATE_RESULT = sql<SqlBool>`(d.completed_at > d.due_at and (${BY_THE_HOUR}
  or ${dayOf(sql.ref('d.completed_at'))} > ${dayOf(sql.ref('d.due_at'))}))`

const paceCondition = (pace: ListFilter['pace'], now: Date): RawBuilder<SqlBool> | undefined => {
  if (pace === 'OVERDUE') return overdue(now)
  // What came from a former system was late there; nobody here can say why.
  if (pace === 'UNEXPLAINED')
    return sql<SqlBool>`d.import_id is null and (${overdue(now)} or ${LATE_RESULT}) and not exists (
      select from dossier_lateness l where l.dossier_id = d.id and l.due_at = d.due_at)`
  if (pace !== 'DUE_SOON') return undefined
  const soon = new Date(now.getTime() + 24 * 3_600_000)
  return sql<SqlBool>`${RUNNING} and d.due_at < ${soon} and not (${overdue(now)})`
}

const all = (parts: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  parts.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(parts, sql` and `)}`

/**
 * Where the rows come from. `few`: a condition that few rows meet is met first, behind a fence (`offset 0`), because the
 * planner would gladly walk the whole table newest first when it guesses that a page is soon full. `ordered`: parts of the
 * rule, each newest first in its own index.
 */
type Source =
  | { kind: 'few'; found: RawBuilder<SqlBool>; rest: RawBuilder<SqlBool>[] }
  | { kind: 'ordered'; parts: readonly Part[]; rest: RawBuilder<SqlBool>[]; named: boolean }

const sourceOf = ({ rule, filter, now }: Asked, search: Search | undefined): Source => {
  const pace = paceCondition(filter.pace, now)
  const held = filter.officer ? heldBy(filter.officer) : undefined
  const exact = search && !isNamed(search) ? search.where : undefined
  const [first, ...others] = [exact, held, pace].filter((one) => one !== undefined)
  const plain = [...plainConditions(filter), ...(search && !exact ? [search.where] : [])]
  if (first) return { kind: 'few', found: first, rest: [reaches(rule), ...others, ...plain] }
  const named = search !== undefined
  // A centre or an agency that is asked for is one place to look in, whatever else the officer may see.
  const parts = filter.centre || filter.agencies ? undefined : partsOf(rule)
  if (parts) return { kind: 'ordered', parts, rest: plain, named }
  if (filter.agencies && rule === 'all' && !filter.centre)
    return {
      kind: 'ordered',
      parts: [{ column: REACH_COLUMNS.resolving_unit, values: filter.agencies, rest: [] }],
      rest: plainConditions({ ...filter, agencies: undefined }).concat(search ? [search.where] : []),
      named,
    }
  return { kind: 'ordered', parts: [EVERYTHING], rest: [reaches(rule), ...plain], named }
}

const EVERYTHING: Part = { column: null, values: [], rest: [] }

const partWhere = (
  { column, values, rest }: Part,
  more: readonly RawBuilder<SqlBool>[],
): RawBuilder<SqlBool> => {
  if (!column) return all([...rest, ...more])
  const [only, ...others] = values
  const own =
    others.length === 0 ? sql<SqlBool>`${column} = ${only}` : sql<SqlBool>`${column} = any(${values}::text[])`
  return all([own, ...rest, ...more])
}

/** The newest of a part, from each of its units, as pairs to be sorted together. */
const newestOf = (
  part: Part,
  more: readonly RawBuilder<SqlBool>[],
  limit: number,
  named: boolean,
): RawBuilder<unknown> => {
  const { column, values, rest } = part
  if (!column || values.length === 1 || named)
    return sql`(select d.id, d.received_at from dossier d where ${partWhere(part, more)} order by ${NEWEST} limit ${limit})`
  return sql`(select found.id, found.received_at from unnest(${values}::text[]) as place(unit) cross join lateral (
    select d.id, d.received_at from dossier d where ${all([sql<SqlBool>`${column} = place.unit`, ...rest, ...more])}
    order by ${NEWEST} limit ${limit}) as found)`
}

/** With few units each is a part of its own, which the planner weighs by itself. */
const separated = (parts: readonly Part[]): Part[] =>
  parts.flatMap((part) =>
    part.values.length > 1 && part.values.length <= SEPARATE_UNITS
      ? part.values.map((value) => ({ ...part, values: [value] }))
      : [part],
  )

const pageOf = (source: Source, after: ListPosition | undefined, limit: number): RawBuilder<DossierRow> => {
  const keyset = after ? [sql<SqlBool>`(d.received_at, d.id) < (${after.receivedAt}, ${after.id}::uuid)`] : []
  if (source.kind === 'few')
    return sql<DossierRow>`select d.* from (select d.* from dossier d where ${source.found} offset 0) d
      where ${all([...source.rest, ...keyset])} order by ${NEWEST} limit ${limit}`
  const parts = separated(source.parts)
  if (parts.length === 0) return sql<DossierRow>`select d.* from dossier d where false`
  const [only] = parts
  const more = [...source.rest, ...keyset]
  if (parts.length === 1 && only && (!only.column || only.values.length === 1))
    return sql<DossierRow>`select d.* from dossier d where ${partWhere(only, more)} order by ${NEWEST} limit ${limit}`
  const newest = parts.map((part) => newestOf(part, more, limit, source.named))
  return sql<DossierRow>`select d.* from (
      select id, received_at from (${sql.join(newest, sql` union all `)}) as candidate
      order by received_at desc, id desc limit ${limit}
    ) as page join dossier d on d.id = page.id order by ${NEWEST}`
}

/** `columns` of every row of the source, in no order; of nothing when there is nowhere to look. */
const rowsOf = (source: Source, columns: RawBuilder<unknown>): RawBuilder<unknown> | undefined => {
  if (source.kind === 'few')
    return sql`select ${columns} from (select d.* from dossier d where ${source.found} offset 0) d where ${all(source.rest)}`
  const parts = source.parts.map(
    (part) => sql`select ${columns} from dossier d where ${partWhere(part, source.rest)}`,
  )
  return parts.length === 0 ? undefined : sql.join(parts, sql` union all `)
}

const countOf = (source: Source, cap: number): RawBuilder<{ count: number }> => {
  const counted = rowsOf(source, sql`1`)
  if (!counted) return sql<{ count: number }>`select 0 as count`
  return sql<{ count: number }>`select count(*) as count from
    (select 1 from (${counted}) as found limit ${cap + 1}) as counted`
}

/**
 * Who is nearly called that, newest first. Only the index of names can answer: looked at row by row, a table meets hundreds of
 * spellings a row, which the planner, who takes them for common, would do.
 */
const nearIds = (db: Db, near: RawBuilder<SqlBool>): Promise<string[]> =>
  inTransaction(db, async (tx) => {
    await sql`select set_config(name, 'off', true) from unnest(array['enable_seqscan', 'enable_indexscan', 'enable_indexonlyscan', 'jit']) as setting(name)`.execute(
      tx,
    )
    const { rows } = await sql<{ id: string }>`select d.id from dossier d where ${near}
      order by ${NEWEST} limit ${MOST_NEAR}`.execute(tx)
    return rows.map(({ id }) => id)
  })

/** Nobody has the name as typed: those that are one typing error away. */
const nearSourceOf = async (db: Db, { rule, filter, now }: Asked): Promise<Source | undefined> => {
  const near = filter.q === undefined ? undefined : nearlyNamed(filter.q)
  if (!near) return undefined
  const ids = await nearIds(db, near)
  if (ids.length === 0) return undefined
  const pace = paceCondition(filter.pace, now)
  const found = sql<SqlBool>`d.id = any(${ids}::uuid[])`
  return { kind: 'few', found, rest: [reaches(rule), ...plainConditions(filter), ...(pace ? [pace] : [])] }
}

/** A page and how many there are in all; `near` when the name was only nearly found. */
export type DossierPage = {
  rows: DossierRow[]
  next: ListPosition | null
  total: { value: number; capped: boolean }
  near: boolean
}

/** Newest first, in pages by (received, id); what is read depends on the page, not on the size of the table. */
export const listDossierRows = async (db: Db, options: ListOptions): Promise<DossierPage> => {
  const search = options.filter.q ? searchOf(options.filter.q) : undefined
  const cap = search && isNamed(search) ? NAME_COUNT_CAP : COUNT_CAP
  const source = sourceOf(options, search)
  const few = search?.kind === 'name' ? await readFew(db, source, options) : undefined
  const page = few ?? (await readPage(db, source, options, cap))
  if (page.rows.length > 0 || !search || !isNamed(search)) return { ...page, near: false }
  const near = await nearSourceOf(db, options)
  return near ? { ...(await readPage(db, near, options, cap)), near: true } : { ...page, near: false }
}

type Key = { id: string; received_at: Date }
const newestFirst = (a: Key, b: Key): number =>
  b.received_at.getTime() - a.received_at.getTime() || (b.id < a.id ? -1 : 1)
const isPast =
  (after: ListPosition | undefined) =>
  (key: Key): boolean =>
    after === undefined || newestFirst({ id: after.id, received_at: after.receivedAt }, key) < 0

/**
 * Who bears a whole name are few: their keys, read once, are both the count and the order of the page. Undefined when there are
 * more.
 */
const readFew = async (
  db: Db,
  source: Source,
  { after, limit }: ListOptions,
): Promise<Omit<DossierPage, 'near'> | undefined> => {
  const keys = rowsOf(source, sql`d.id, d.received_at`)
  const { rows: found } = keys
    ? await sql<Key>`select id, received_at from (${keys}) as found limit ${FEW + 1}`.execute(db)
    : { rows: [] }
  if (found.length > FEW) return undefined
  const rest = found.toSorted(newestFirst).filter(isPast(after))
  const page = rest.slice(0, limit)
  const byId = await dossiersByIds(
    db,
    page.map(({ id }) => id),
  )
  const last = rest.length > limit ? page.at(-1) : undefined
  return {
    rows: page.flatMap(({ id }) => byId.get(id) ?? []),
    next: last ? { receivedAt: last.received_at, id: last.id } : null,
    total: { value: found.length, capped: false },
  }
}

const readPage = async (
  db: Db,
  source: Source,
  { after, limit }: ListOptions,
  cap: number,
): Promise<Omit<DossierPage, 'near'>> => {
  const [{ rows }, counted] = await Promise.all([
    pageOf(source, after, limit + 1).execute(db),
    countOf(source, cap).execute(db),
  ])
  const count = counted.rows[0]?.count ?? 0
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    rows: rows.slice(0, limit),
    next: last ? { receivedAt: last.received_at, id: last.id } : null,
    total: { value: Math.min(count, cap), capped: count > cap },
  }
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
    where ${reaches(rule)} and d.state in ('SUPPLEMENT', 'AWAITING_PAYMENT')
    order by d.supplement_deadline nulls last, d.id limit ${limit}`.execute(db)
  return rows
}
