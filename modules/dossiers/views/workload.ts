import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'

export type WorkloadCounts = {
  unit_id: string
  step_id: string
  name: string
  assignee_id: string | null
  assignee_name: string | null
  overdue: number
  in1: number
  in3: number
  in5: number
}

/** So many steps are looked at, the longest due first: beyond, the figures are "at least". */
export const MOST_STEPS = 20_000
const MOST_ROWS = 500

export type WorkloadFilter = {
  /** Every unit when left out. */
  units?: readonly string[] | undefined
  roles: readonly string[]
  now: Date
  in1: Date
  in3: Date
  in5: Date
}

/**
 * One statement whatever the province's size: the index of waiting steps gives those due first, at most `MOST_STEPS` of them,
 * and one pass groups them.
 */
export const workloadCounts = async (
  db: Db,
  { units, roles, now, in1, in3, in5 }: WorkloadFilter,
): Promise<{ rows: WorkloadCounts[]; capped: boolean }> => {
  const due = sql`coalesce(due_at, 'infinity'::timestamptz)`
  const where: RawBuilder<SqlBool>[] = [
    sql<SqlBool>`state in ('open', 'claimed') and paused_at is null and ${due} <= ${in5}`,
  ]
  if (units)
    where.push(sql<SqlBool>`unit_id = any(${[...units]}::text[]) and role = any(${[...roles]}::text[])`)
  const { rows } = await sql<WorkloadCounts & { looked: number }>`
    with waiting as materialized (
      select unit_id, step_id, name, assignee_id, assignee_name, due_at from task
      where ${sql.join(where, sql` and `)} order by ${due} limit ${MOST_STEPS + 1}
    )
    select unit_id, step_id, min(name) as name, assignee_id, min(assignee_name) as assignee_name,
      count(*) filter (where due_at < ${now}) as overdue,
      count(*) filter (where due_at >= ${now} and due_at <= ${in1}) as in1,
      count(*) filter (where due_at >= ${now} and due_at <= ${in3}) as in3,
      count(*) filter (where due_at >= ${now}) as in5,
      (select count(*) from waiting) as looked
    from waiting group by unit_id, step_id, assignee_id
    order by overdue desc, in1 desc, in3 desc, in5 desc, unit_id, step_id limit ${MOST_ROWS}`.execute(db)
  return { rows, capped: (rows[0]?.looked ?? 0) > MOST_STEPS || rows.length === MOST_ROWS }
}

export type UrgeRow = { task_id: string; at: Date; by_name: string; message: string }

/** The last urging of each of these steps. */
export const lastUrges = async (db: Db, tasks: readonly string[]): Promise<Map<string, UrgeRow>> => {
  if (tasks.length === 0) return new Map()
  const { rows } = await sql<UrgeRow>`
    select distinct on (task_id) task_id, at, by_name, message from task_urge
    where task_id = any(${[...tasks]}::uuid[]) order by task_id, at desc, id desc`.execute(db)
  return new Map(rows.map((row) => [row.task_id, row]))
}

export type NewUrge = {
  id: string
  task_id: string
  at: Date
  by_account: string
  by_name: string
  message: string
}
export const insertUrges = async (tx: Tx, rows: readonly NewUrge[]): Promise<void> => {
  if (rows.length > 0)
    await tx
      .insertInto('task_urge')
      .values([...rows])
      .execute()
}
