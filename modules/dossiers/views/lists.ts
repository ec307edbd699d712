import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Db, inTransaction } from '#platform/db/connect.ts'
import type { Rule } from '#platform/policy.ts'
import { addDays, instantOf, localDateOf } from '#platform/time/vietnam.ts'
import type { ReachColumn } from '../service/rights.ts'
import type { DossierRow } from '../store/dossiers.ts'
import { type Part, partsOf, REACH_COLUMNS, reaches } from './reach.ts'
import { nearlyNamed, type Search, searchOf } from './search.ts'

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
/** Of a name that many bear so many are counted: each is a row to be looked at, and nobody turns the pages of more. */
const NAME_COUNT_CAP = 200
/** Of so many bearers the newest are found sooner among all of them than by walking through everybody, newest first. */
const RARE = 5_000
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
type Few = {
  kind: 'few'
  found: RawBuilder<SqlBool>
  rest: RawBuilder<SqlBool>[]
  /** What the index to be read is ordered by: the planner knows the dates of all dossiers, not those of the running ones. */
  along?: RawBuilder<unknown>
}
type Ordered = { kind: 'ordered'; parts: readonly Part[]; rest: RawBuilder<SqlBool>[]; named: boolean }
type Source = Few | Ordered

const sourceOf = ({ rule, filter, now }: Asked, search: Search | undefined): Source => {
  const pace = paceCondition(filter.pace, now)
  const held = filter.officer ? heldBy(filter.officer) : undefined
  const exact = search && search.kind !== 'name' ? search.where : undefined
  const [first, ...others] = [exact, held, pace].filter((one) => one !== undefined)
  const plain = [...plainConditions(filter), ...(search && !exact ? [search.where] : [])]
  const along = first === pace && filter.pace !== 'UNEXPLAINED' ? { along: sql.ref('d.due_at') } : {}
  if (first) return { kind: 'few', found: first, rest: [reaches(rule), ...others, ...plain], ...along }
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

const amongFound = ({ rule, filter, now }: Asked, found: RawBuilder<SqlBool>): Few => {
  const pace = paceCondition(filter.pace, now)
  return { kind: 'few', found, rest: [reaches(rule), ...plainConditions(filter), ...(pace ? [pace] : [])] }
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

const pageOf = (source: Ordered, after: ListPosition | undefined, limit: number): RawBuilder<DossierRow> => {
  const keyset = after ? [sql<SqlBool>`(d.received_at, d.id) < (${after.receivedAt}, ${after.id}::uuid)`] : []
  const parts = separated(source.parts)
  if (parts.length === 0) return sql<DossierRow>`select d.* from dossier d where false`
  const more = [...source.rest, ...keyset]
  if (parts.every(({ column, values }) => !column || values.length === 1)) {
    // Each in the order of an index, so that hardly more rows are read than the page has.
    const newest = parts.map(
      (part) =>
        sql`(select d.* from dossier d where ${partWhere(part, more)} order by ${NEWEST} limit ${limit})`,
    )
    return sql<DossierRow>`select d.* from (${sql.join(newest, sql` union all `)}) as d order by ${NEWEST} limit ${limit}`
  }
  const newest = parts.map((part) => newestOf(part, more, limit, source.named))
  return sql<DossierRow>`select d.* from (
      select id, received_at from (${sql.join(newest, sql` union all `)}) as candidate
      order by received_at desc, id desc limit ${limit}
    ) as page join dossier d on d.id = page.id order by ${NEWEST}`
}

const KEY = sql`d.id, d.received_at`

/** The keys of every row of the source, part by part, in no order. */
const keysOf = (source: Source): RawBuilder<unknown>[] =>
  source.kind === 'few'
    ? [
        sql`select ${KEY} from (select d.* from dossier d where ${source.found}
          ${source.along ? sql`order by ${source.along}` : sql``} offset 0) d where ${all(source.rest)}`,
      ]
    : source.parts.map((part) => sql`select ${KEY} from dossier d where ${partWhere(part, source.rest)}`)

/** Part by part: each ends at the cap by itself, and an index that holds the part is read without its rows. */
const countOf = (source: Ordered, cap: number): RawBuilder<{ count: number }> => {
  const counts = keysOf(source).map(
    (keys) => sql`(select count(*) from (${keys} limit ${cap + 1}) as counted)`,
  )
  return counts.length === 0
    ? sql<{ count: number }>`select 0 as count`
    : sql<{ count: number }>`select ${sql.join(counts, sql` + `)} as count`
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
const nearSourceOf = async (db: Db, asked: Asked): Promise<Few | undefined> => {
  const near = asked.filter.q === undefined ? undefined : nearlyNamed(asked.filter.q)
  if (!near) return undefined
  const ids = await nearIds(db, near)
  if (ids.length === 0) return undefined
  return amongFound(asked, sql<SqlBool>`d.id = any(${ids}::uuid[])`)
}

/** A page and how many there are in all; `near` when the name was only nearly found. */
export type DossierPage = {
  rows: DossierRow[]
  next: ListPosition | null
  total: { value: number; capped: boolean }
  near: boolean
}

type Page = Omit<DossierPage, 'near'>

/** Newest first, in pages by (received, id); what is read depends on the page, not on the size of the table. */
export const listDossierRows = async (db: Db, options: ListOptions): Promise<DossierPage> => {
  const search = options.filter.q ? searchOf(options.filter.q) : undefined
  const source = sourceOf(options, search)
  if (source.kind === 'few') return { ...(await readFound(db, source, options)), near: false }
  if (!search) return { ...(await readPage(db, source, options)), near: false }
  const page = await readNamed(db, source, search, options)
  if (page.rows.length > 0) return { ...page, near: false }
  const near = await nearSourceOf(db, options)
  return near ? { ...(await readFound(db, near, options)), near: true } : { ...page, near: false }
}

/** One row more was read than is shown, to know whether there are more. */
const endedAt = (rows: DossierRow[], limit: number): Pick<Page, 'rows' | 'next'> => {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), next: last ? { receivedAt: last.received_at, id: last.id } : null }
}

const totalOf = (count: number, cap: number): Page['total'] => ({
  value: Math.min(count, cap),
  capped: count > cap,
})

/** What few rows meet is looked through once, by its keys: they are the count, and their newest the page. */
const readFound = async (db: Db, source: Few, { after, limit }: ListOptions): Promise<Page> => {
  const past = after ? sql`(received_at, id) < (${after.receivedAt}, ${after.id}::uuid)` : sql`true`
  const { rows } = await sql<DossierRow & { found_count: number }>`
    with found as materialized (select id, received_at from (${sql.join(keysOf(source))}) as met),
      page as (select id from found where ${past} order by received_at desc, id desc limit ${limit + 1})
    select d.*, counted.count as found_count from (select count(*) as count from found) as counted
      left join (page join dossier d using (id)) on true order by ${NEWEST}`.execute(db)
  const count = rows[0]?.found_count ?? 0
  return {
    ...endedAt(
      rows.filter((row) => row.id !== null),
      limit,
    ),
    total: totalOf(count, COUNT_CAP),
  }
}

/** How many rows meet the condition by the database's own statistics; nothing is read. */
const guess = async (db: Db, condition: RawBuilder<SqlBool>): Promise<number> => {
  const { rows } = await sql<{
    'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }]
  }>`explain (format json) select from dossier d where ${condition}`.execute(db)
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}

/**
 * Who bears a name is mostly found by it. Where that is common the newest are soon met. The planner, who takes looking at a row's
 * names for cheap, would walk far too often.
 */
const readNamed = async (db: Db, source: Ordered, search: Search, options: ListOptions): Promise<Page> => {
  if ((await guess(db, search.where)) < RARE) return readFound(db, amongFound(options, search.where), options)
  return readPage(db, source, options, NAME_COUNT_CAP)
}

const readPage = async (
  db: Db,
  source: Ordered,
  { after, limit }: ListOptions,
  cap: number = COUNT_CAP,
): Promise<Page> => {
  const [{ rows }, counted] = await Promise.all([
    pageOf(source, after, limit + 1).execute(db),
    countOf(source, cap).execute(db),
  ])
  return { ...endedAt(rows, limit), total: totalOf(counted.rows[0]?.count ?? 0, cap) }
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
