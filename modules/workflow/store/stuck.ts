import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { StuckKind, WorkGroup } from '../rules.ts'

export type StuckRow = {
  id: string
  kind: StuckKind
  subject: { kind: string; id: string }
  name: string
  unit: string
  role: string | null
  assignee: { id: string; name: string } | null
  since: Date
  due: Date | null
  topic: string | null
  error: string | null
}
export type StuckPosition = { since: Date; id: string }
export type Reach = 'all' | readonly string[]

const within = (reach: Reach): RawBuilder<unknown> =>
  reach === 'all' ? sql`true` : sql`unit_id = any(${[...reach]}::text[])`

/** What waits within a reach, by unit, role and person: as many rows as there are such, not as there are tasks. */
export async function workGroups(db: Db, reach: Reach): Promise<WorkGroup[]> {
  const { rows } = await sql<{ unit_id: string; role: string; assignee_id: string | null }>`
    select unit_id, role, assignee_id from task where state in ('open', 'claimed') and ${within(reach)}
    group by unit_id, role, assignee_id`.execute(db)
  return rows.map((row) => ({ unit: row.unit_id, role: row.role, assignee: row.assignee_id }))
}

type Row = {
  id: string
  kind: StuckKind
  subject_kind: string
  subject_id: string
  name: string
  unit_id: string
  role: string | null
  assignee_id: string | null
  assignee_name: string | null
  since: Date
  due_at: Date | null
  topic: string | null
  error: string | null
}
const toStuck = (row: Row): StuckRow => ({
  id: row.id,
  kind: row.kind,
  subject: { kind: row.subject_kind, id: row.subject_id },
  name: row.name,
  unit: row.unit_id,
  role: row.role,
  assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
  since: row.since,
  due: row.due_at,
  topic: row.topic,
  error: row.error,
})

export type StuckQuery = { reach: Reach; now: Date; groups: readonly (WorkGroup & { kind: StuckKind })[] }

const stuck = ({ reach, now, groups }: StuckQuery) => sql`
  select t.id, x.kind, t.subject_kind, t.subject_id, t.name, t.unit_id, t.role, t.assignee_id, t.assignee_name,
    t.opened_at as since, t.due_at, null as topic, null as error
  from jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) as x(unit text, role text, assignee text, kind text)
  join task t on t.unit_id = x.unit and t.role = x.role and t.assignee_id is not distinct from x.assignee
    and t.state in ('open', 'claimed')
  union all
  select w.id, case when w.kind = 'message' then 'message-overdue' when w.kind = 'timer' then 'timer-failed'
      else 'operation-failed' end,
    w.subject_kind, w.subject_id, w.name, w.unit_id, null, null, null, w.opened_at, w.due_at, w.topic, w.error
  from process_wait w
  where ${within(reach)} and (w.state = 'failed' or (w.kind = 'message' and w.state = 'waiting' and w.due_at < ${now}))`

/** One page of what stands still, oldest first. */
export async function listStuck(
  db: Db,
  query: StuckQuery & { kind: StuckKind | undefined; after: StuckPosition | undefined; limit: number },
): Promise<{ rows: StuckRow[]; next: StuckPosition | null }> {
  const { kind, after, limit } = query
  const conditions = [
    kind === undefined ? sql`true` : sql`s.kind = ${kind}`,
    after === undefined ? sql`true` : sql`(s.since, s.id) > (${after.since}, ${after.id}::uuid)`,
  ]
  const { rows } = await sql<Row>`
    select s.* from (${stuck(query)}) s where ${sql.join(conditions, sql` and `)}
    order by s.since, s.id limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit).map(toStuck)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last ? { since: last.since, id: last.id } : null }
}

export async function findStuck(db: Db, query: StuckQuery, id: string): Promise<StuckRow | undefined> {
  const { rows } = await sql<Row>`select s.* from (${stuck(query)}) s where s.id = ${id}::uuid`.execute(db)
  const [row] = rows
  return row && toStuck(row)
}

const COUNT_CAP = 10_000

export async function countStuck(db: Db, query: StuckQuery): Promise<Partial<Record<StuckKind, number>>> {
  const { rows } = await sql<{ kind: StuckKind; count: number }>`
    select s.kind, count(*) as count from (select kind from (${stuck(query)}) all_stuck limit ${COUNT_CAP}) s group by s.kind`.execute(
    db,
  )
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))
}

/** How many open steps have used half, four fifths and all of their time; each counted in its last part. */
export async function countEscalated(db: Db, reach: Reach): Promise<Record<50 | 80 | 100, number>> {
  const { rows } = await sql<{ escalation: number; count: number }>`
    select escalation, count(*) as count from task
    where state in ('open', 'claimed') and escalation > 0 and ${within(reach)} group by escalation`.execute(
    db,
  )
  const counts = new Map(rows.map(({ escalation, count }) => [escalation, count]))
  return { 50: counts.get(50) ?? 0, 80: counts.get(80) ?? 0, 100: counts.get(100) ?? 0 }
}
