import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { Cancelled, Compensation, Officer, StepAction, StepPart, TaskStanding } from './rules.ts'

/** Where somebody may see tasks: a role in a unit, or everything (a supervisor of the province). */
export type TaskRights =
  | 'all'
  | readonly {
      unit: string
      role: string
      /** Only steps that do this, of instances that meet one of these; absent: every step. */
      action?: StepAction
      only?: readonly { centre: string | null; procedures: readonly string[] | null }[]
    }[]

export type TaskFilter = {
  state?: 'open' | 'claimed'
  /** Given to one of these accounts, in hand or proposed. */
  assignees?: readonly string[]
  /** Neither in hand nor proposed to anybody. */
  unassigned?: boolean
  action?: StepAction
  /** Id of a step, in whatever process. */
  step?: string
  /** Due before this instant, and not before that one. */
  dueBefore?: Date
  dueFrom?: Date
}
/** The last task seen: its due instant (null when it has none) and id. */
export type TaskPosition = { dueAt: Date | null; id: string }

export type TaskRow = {
  id: string
  instance: string
  subject: { kind: string; id: string }
  step: string
  name: string
  action: StepAction
  role: string
  unit: string
  state: TaskStanding['state']
  hours: number | null
  dueAt: Date | null
  openedAt: Date
  assignee: Officer | null
  claimedAt: Date | null
  closedAt: Date | null
  closedBy: Officer | null
  outcome: 'completed' | 'returned' | 'cancelled' | null
  opinion: string | null
  returnReason: string | null
  returnedFrom: string | null
  /** While its subject's clock stands still. */
  pausedAt: Date | null
  /** The called version that it is a step of; null for the instance's own. */
  version: string | null
  part: StepPart | null
  decision: string | null
  /** Why it ended unfinished. */
  cancelled: Cancelled | null
  /** What the return that opened it says must be undone. */
  compensations: readonly Compensation[]
  /** The colleague for whom it was closed, by delegation. */
  closedFor: Officer | null
  /** The last part of its time that was told, in per cent. */
  escalation: 0 | 50 | 80 | 100
  escalateAt: Date | null
}

type Row = {
  id: string
  instance_id: string
  subject_kind: string
  subject_id: string
  step_id: string
  name: string
  action: StepAction
  role: string
  unit_id: string
  state: TaskStanding['state']
  hours: number | null
  due_at: Date | null
  opened_at: Date
  assignee_id: string | null
  assignee_name: string | null
  claimed_at: Date | null
  closed_at: Date | null
  closed_by: string | null
  closed_by_name: string | null
  outcome: TaskRow['outcome']
  opinion: string | null
  return_reason: string | null
  returned_from: string | null
  paused_at: Date | null
  version_id: string | null
  part: StepPart | null
  decision: string | null
  cancel_cause: Cancelled['cause'] | null
  compensations: Compensation[] | null
  closed_for: string | null
  closed_for_name: string | null
  escalation: TaskRow['escalation']
  escalate_at: Date | null
}

const COLUMNS = sql.raw(
  [
    'id, instance_id, subject_kind, subject_id, step_id, name, action, role, unit_id, state, hours, due_at, opened_at',
    'assignee_id, assignee_name, claimed_at, closed_at, closed_by, closed_by_name, outcome, opinion, return_reason',
    'returned_from, paused_at, version_id, part, decision, cancel_cause, compensations, closed_for, closed_for_name',
    'escalation, escalate_at',
  ].join(', '),
)
/** Written exactly as in the indexes: tasks without a due date come last. */
const DUE = sql.raw(`coalesce(due_at, 'infinity'::timestamptz)`)

const person = (id: string | null, name: string | null): Officer | null =>
  id === null ? null : { id, name: name ?? '' }

const toTask = (row: Row): TaskRow => ({
  id: row.id,
  instance: row.instance_id,
  subject: { kind: row.subject_kind, id: row.subject_id },
  step: row.step_id,
  name: row.name,
  action: row.action,
  role: row.role,
  unit: row.unit_id,
  state: row.state,
  hours: row.hours,
  dueAt: row.due_at,
  openedAt: row.opened_at,
  assignee: person(row.assignee_id, row.assignee_name),
  claimedAt: row.claimed_at,
  closedAt: row.closed_at,
  closedBy: person(row.closed_by, row.closed_by_name),
  outcome: row.outcome,
  opinion: row.opinion,
  returnReason: row.return_reason,
  returnedFrom: row.returned_from,
  pausedAt: row.paused_at,
  version: row.version_id,
  part: row.part,
  decision: row.decision,
  cancelled: row.cancel_cause && { cause: row.cancel_cause, reason: row.return_reason },
  compensations: row.compensations ?? [],
  closedFor: person(row.closed_for, row.closed_for_name),
  escalation: row.escalation,
  escalateAt: row.escalate_at,
})

function conditions(
  { state, assignees, unassigned, action, step, dueBefore, dueFrom }: TaskFilter,
  after?: TaskPosition,
): RawBuilder<unknown> {
  const parts = [sql`state in ('open', 'claimed') and paused_at is null`]
  if (state !== undefined) parts.push(sql`state = ${state}`)
  if (assignees !== undefined) parts.push(sql`assignee_id = any(${[...assignees]}::text[])`)
  if (unassigned) parts.push(sql`assignee_id is null`)
  if (action !== undefined) parts.push(sql`action = ${action}`)
  if (step !== undefined) parts.push(sql`step_id = ${step}`)
  if (dueBefore !== undefined) parts.push(sql`${DUE} < ${dueBefore}`)
  if (dueFrom !== undefined) parts.push(sql`${DUE} >= ${dueFrom}`)
  if (after)
    parts.push(sql`(${DUE}, id) > (coalesce(${after.dueAt}::timestamptz, 'infinity'), ${after.id}::uuid)`)
  return sql.join(parts, sql` and `)
}

const WITHIN_ONLY = sql`and (pair.action is null or action = pair.action)
  and (pair."only" is null or exists (
    select from process_instance i, jsonb_to_recordset(pair."only") as o(centre text, procedures text[])
    where i.id = task.instance_id and (o.centre is null or o.centre = i.receiving_centre)
      and (o.procedures is null or i.variables -> 'facts' ->> 'procedure' = any(o.procedures))))`

/**
 * Waiting tasks, soonest due first. Each (unit, role) pair is walked along its own index for at most a page and the pages are
 * merged, so that the cost follows the page and never the number of waiting tasks.
 */
function waiting(
  rights: TaskRights,
  where: RawBuilder<unknown>,
  columns: RawBuilder<unknown>,
  limit: number,
) {
  const page = (more: RawBuilder<unknown>) =>
    sql`select ${columns} from task where ${where} ${more} order by ${DUE}, id limit ${limit}`
  if (rights === 'all') return page(sql``)
  const pairs = JSON.stringify(rights)
  // Most rights are whole: the plan of theirs stays as simple as it is.
  const limited = rights.some(({ only }) => only !== undefined) ? WITHIN_ONLY : sql``
  return sql`select task.* from (
      select distinct x.unit, x.role, x.action, x."only"
      from jsonb_to_recordset(${pairs}::jsonb) as x(unit text, role text, action text, "only" jsonb)
    ) as pair
    cross join lateral (${page(sql`and unit_id = pair.unit and role = pair.role ${limited}`)}) as task
    order by ${DUE}, id limit ${limit}`
}

/** One page of waiting tasks within the rights given; `next` is the position to go on from. */
export async function listTasks(
  db: Db,
  options: { rights: TaskRights; filter?: TaskFilter; after?: TaskPosition; limit: number },
): Promise<{ items: TaskRow[]; next: TaskPosition | null }> {
  const { rights, filter = {}, after, limit } = options
  const { rows } = await sql<Row>`${waiting(rights, conditions(filter, after), COLUMNS, limit + 1)}`.execute(
    db,
  )
  const items = rows.slice(0, limit).map(toTask)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? { dueAt: last.dueAt, id: last.id } : null }
}

export const TASK_COUNT_CAP = 10_000

/** Counts up to 10,000; beyond, `capped` says that there are more. */
export async function countTasks(
  db: Db,
  { rights, filter = {} }: { rights: TaskRights; filter?: TaskFilter },
): Promise<{ count: number; capped: boolean }> {
  const rows = waiting(rights, conditions(filter), sql`id, due_at`, TASK_COUNT_CAP + 1)
  const counted = await sql<{ count: number }>`select count(*) as count from (${rows}) as waiting`.execute(db)
  const count = counted.rows[0]?.count ?? 0
  return { count: Math.min(count, TASK_COUNT_CAP), capped: count > TASK_COUNT_CAP }
}

/** All tasks of these subjects, past and present, in the order in which they opened: each row is a step's interval. */
export async function tasksOfSubjects(db: Db, ids: readonly string[]): Promise<Map<string, TaskRow[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Row>`
    select ${COLUMNS} from task where subject_id = any(${ids}::uuid[]) order by opened_at, id`.execute(db)
  return Map.groupBy(rows.map(toTask), (task) => task.subject.id)
}

export async function taskById(db: Db, id: string): Promise<TaskRow | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from task where id = ${id}::uuid`.execute(db)
  const [row] = rows
  return row && toTask(row)
}

export async function tasksByIds(db: Db, ids: readonly string[]): Promise<Map<string, TaskRow>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Row>`select ${COLUMNS} from task where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, toTask(row)]))
}
