import { sql } from 'kysely'
import type { Tx } from '#platform/db/connect.ts'
import type { Officer, StepAction, TaskStanding } from '../rules.ts'

/** Whose units hold the steps of one instance, by the step's place. */
export type Places = { receivingCentre: string; resolvingAgency: string; returningPlace: string }
export type Subject = { kind: string; id: string }

/** A task under lock, with what its instance knows. Nobody else moves the instance until the transaction ends. */
export type LockedTask = TaskStanding & {
  id: string
  instance: string
  version: string
  subject: Subject
  token: string
  step: string
  name: string
  action: StepAction
  role: string
  unit: string
  dueAt: Date | null
  openedAt: Date
  returnedFrom: string | null
  places: Places
  /** Active tokens of the instance. */
  tokens: readonly { key: string; node: string }[]
}

type LockedRow = {
  id: string
  instance_id: string
  version_id: string
  subject_kind: string
  subject_id: string
  token_id: string
  step_id: string
  name: string
  action: StepAction
  role: string
  unit_id: string
  state: TaskStanding['state']
  due_at: Date | null
  opened_at: Date
  assignee_id: string | null
  assignee_name: string | null
  claimed_at: Date | null
  closed_at: Date | null
  closed_by: string | null
  closed_by_name: string | null
  returned_from: string | null
  receiving_centre: string
  resolving_agency: string
  returning_place: string
}

const officer = (id: string | null, name: string | null): Officer | null =>
  id === null ? null : { id, name: name ?? '' }

const toLocked = (row: LockedRow, tokens: LockedTask['tokens']): LockedTask => ({
  id: row.id,
  instance: row.instance_id,
  version: row.version_id,
  subject: { kind: row.subject_kind, id: row.subject_id },
  token: row.token_id,
  step: row.step_id,
  name: row.name,
  action: row.action,
  role: row.role,
  unit: row.unit_id,
  state: row.state,
  dueAt: row.due_at,
  openedAt: row.opened_at,
  assignee: officer(row.assignee_id, row.assignee_name),
  claimedAt: row.claimed_at,
  closedBy: officer(row.closed_by, row.closed_by_name),
  closedAt: row.closed_at,
  returnedFrom: row.returned_from,
  places: {
    receivingCentre: row.receiving_centre,
    resolvingAgency: row.resolving_agency,
    returningPlace: row.returning_place,
  },
  tokens,
})

/**
 * Locks tasks and their instances, always in the same order, so that two batches that meet wait and never deadlock. The
 * tokens are read by a statement of their own: the first one's snapshot may be older than its locks.
 */
export async function lockTasks(tx: Tx, ids: readonly string[]): Promise<LockedTask[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<LockedRow>`
    select t.id, t.instance_id, i.version_id, t.subject_kind, t.subject_id, t.token_id, t.step_id, t.name, t.action, t.role,
      t.unit_id, t.state, t.due_at, t.opened_at, t.assignee_id, t.assignee_name, t.claimed_at, t.closed_at, t.closed_by,
      t.closed_by_name, t.returned_from, i.receiving_centre, i.resolving_agency, i.returning_place
    from task t join process_instance i on i.id = t.instance_id
    where t.id = any(${ids}::uuid[])
    order by i.id, t.id
    for no key update of i, t`.execute(tx)
  const { rows: tokenRows } = await sql<{ id: string; instance_id: string; node_id: string }>`
    select id, instance_id, node_id from process_token
    where instance_id = any(${rows.map((row) => row.instance_id)}::uuid[]) and state = 'active'`.execute(tx)
  const tokens = Map.groupBy(tokenRows, (row) => row.instance_id)
  return rows.map((row) =>
    toLocked(
      row,
      (tokens.get(row.instance_id) ?? []).map((token) => ({ key: token.id, node: token.node_id })),
    ),
  )
}

export type NewInstance = { id: string; version: string; subject: Subject; places: Places; at: Date }

/** Answers how many started: one whose version is not in force (withdrawn a moment ago) does not. */
export async function insertInstances(tx: Tx, instances: readonly NewInstance[]): Promise<number> {
  const rows = instances.map(({ subject, places, ...rest }) => ({
    ...rest,
    kind: subject.kind,
    subject: subject.id,
    ...places,
  }))
  const { rows: started } = await sql`
    insert into process_instance (id, version_id, subject_kind, subject_id, receiving_centre, resolving_agency,
      returning_place, started_at)
    select x.id, x.version, x.kind, x.subject, x."receivingCentre", x."resolvingAgency", x."returningPlace", x.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, version uuid, kind text, subject uuid,
      "receivingCentre" text, "resolvingAgency" text, "returningPlace" text, at timestamptz)
    join process_version v on v.id = x.version and v.state = 'published'
    returning id`.execute(tx)
  return started.length
}

export type TaskClose = {
  id: string
  state: 'done'
  outcome: 'completed' | 'returned'
  at: Date
  by: string
  byName: string
  opinion: string | null
  reason: string | null
  attributes: Record<string, unknown>
}
export type TokenWrite = {
  id: string
  instance: string
  parent: string | null
  node: string
  state: 'active' | 'ended'
  at: Date
}
export type NewTask = {
  id: string
  instance: string
  token: string
  subjectKind: string
  subject: string
  step: string
  name: string
  action: StepAction
  role: string
  unit: string
  hours: number | null
  due: Date | null
  at: Date
  assignee: string | null
  assigneeName: string | null
  returnedFrom: string | null
}
export type Moves = {
  closes: readonly TaskClose[]
  movedTokens: readonly TokenWrite[]
  newTokens: readonly TokenWrite[]
  opens: readonly NewTask[]
  ends: readonly { instance: string; at: Date }[]
}

/** A node whose clock is a little behind must not end a step before it began: the later instant counts. */
const closeAndMove = ({ closes, movedTokens, newTokens, ends }: Moves) => sql<{
  closed: number
  moved: number
}>`
  with closing as (
    update task t set state = x.state, outcome = x.outcome, closed_at = greatest(x.at, t.opened_at), closed_by = x.by,
      closed_by_name = x."byName", opinion = x.opinion, return_reason = x.reason, attributes = t.attributes || x.attributes
    from jsonb_to_recordset(${JSON.stringify(closes)}::jsonb) as x(id uuid, state text, outcome text, at timestamptz,
      by text, "byName" text, opinion text, reason text, attributes jsonb)
    where t.id = x.id and t.state in ('open', 'claimed')
    returning t.id
  ), moving as (
    update process_token k set node_id = x.node, state = x.state, moved_at = x.at
    from jsonb_to_recordset(${JSON.stringify(movedTokens)}::jsonb) as x(id uuid, node text, state text, at timestamptz)
    where k.id = x.id and k.state = 'active'
    returning k.id
  ), splitting as (
    insert into process_token (id, instance_id, parent_id, node_id, state, created_at, moved_at)
    select x.id, x.instance, x.parent, x.node, x.state, x.at, x.at
    from jsonb_to_recordset(${JSON.stringify(newTokens)}::jsonb) as x(id uuid, instance uuid, parent uuid, node text,
      state text, at timestamptz)
  ), ending as (
    update process_instance i set ended_at = x.at, ended_as = 'completed'
    from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as x(instance uuid, at timestamptz)
    where i.id = x.instance
  )
  select (select count(*) from closing) as closed, (select count(*) from moving) as moved`

/** A step that opens again after a return goes back to whoever did it last. */
const openTasks = (opens: readonly NewTask[]) => sql<OpenedRow>`
  insert into task (id, instance_id, token_id, subject_kind, subject_id, step_id, name, action, role, unit_id, state, hours,
    due_at, opened_at, assignee_id, assignee_name, returned_from, attributes)
  select x.id, x.instance, x.token, x."subjectKind", x.subject, x.step, x.name, x.action, x.role,
    coalesce(last.unit_id, x.unit), 'open', x.hours, x.due, x.at, coalesce(x.assignee, last.closed_by),
    case when x.assignee is null then last.closed_by_name else x."assigneeName" end, x."returnedFrom", '{}'
  from jsonb_to_recordset(${JSON.stringify(opens)}::jsonb) as x(id uuid, instance uuid, token uuid, "subjectKind" text,
    subject uuid, step text, name text, action text, role text, unit text, hours double precision, due timestamptz,
    at timestamptz, assignee text, "assigneeName" text, "returnedFrom" text)
  left join lateral (
    select p.closed_by, p.closed_by_name, p.unit_id from task p
    where x."returnedFrom" is not null and p.subject_id = x.subject and p.instance_id = x.instance and p.step_id = x.step
      and p.state = 'done'
    order by p.closed_at desc, p.id desc limit 1
  ) last on true
  returning id, unit_id, assignee_id, assignee_name`

export type OpenedRow = {
  id: string
  unit_id: string
  assignee_id: string | null
  assignee_name: string | null
}

/**
 * Closes, moves, then opens: in two statements, because the index that keeps a step open once per token is checked row by
 * row. The tasks must be locked; if one of them moved nevertheless, nothing is kept.
 */
export async function applyMoves(tx: Tx, moves: Moves): Promise<Map<string, OpenedRow>> {
  const { rows } = await closeAndMove(moves).execute(tx)
  const [counted] = rows
  if (counted?.closed !== moves.closes.length || counted.moved !== moves.movedTokens.length)
    throw new Error('a task or token was moved without its lock')
  if (moves.opens.length === 0) return new Map()
  const opened = await openTasks(moves.opens).execute(tx)
  return new Map(opened.rows.map((row) => [row.id, row]))
}

export type Cancelled = { instance: string; subject: Subject; tasks: string[] }

/** Ends the running instances of these subjects, with their tokens and open tasks. */
export async function cancelInstances(
  tx: Tx,
  items: readonly { subject: Subject; at: Date; by: Officer }[],
): Promise<Cancelled[]> {
  const rows = items.map(({ subject, at, by }) => ({
    kind: subject.kind,
    subject: subject.id,
    at,
    by: by.id,
    byName: by.name,
  }))
  const locked = await sql<{
    id: string
    subject_kind: string
    subject_id: string
    at: Date
    by: string
    byName: string
  }>`
    select i.id, i.subject_kind, i.subject_id, x.at, x.by, x."byName" from process_instance i
    join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(kind text, subject uuid, at timestamptz, by text,
      "byName" text) on i.subject_kind = x.kind and i.subject_id = x.subject
    where i.ended_at is null
    order by i.id for no key update of i`.execute(tx)
  const ends = JSON.stringify(locked.rows)
  const cancelled = await sql<{ id: string; instance_id: string }>`
    with x as (
      select * from jsonb_to_recordset(${ends}::jsonb) as x(id uuid, subject_id uuid, at timestamptz, by text, "byName" text)
    ), ending as (
      update process_instance i set ended_at = greatest(x.at, i.started_at), ended_as = 'cancelled' from x where i.id = x.id
    ), stopping as (
      update process_token k set state = 'ended', moved_at = x.at from x where k.instance_id = x.id and k.state = 'active'
    )
    update task t set state = 'cancelled', outcome = 'cancelled', closed_at = greatest(x.at, t.opened_at), closed_by = x.by,
      closed_by_name = x."byName"
    from x where t.subject_id = x.subject_id and t.instance_id = x.id and t.state in ('open', 'claimed')
    returning t.id, t.instance_id`.execute(tx)
  const tasks = Map.groupBy(cancelled.rows, (row) => row.instance_id)
  return locked.rows.map((row) => ({
    instance: row.id,
    subject: { kind: row.subject_kind, id: row.subject_id },
    tasks: (tasks.get(row.id) ?? []).map(({ id }) => id),
  }))
}

/** Who has a task in hand, or is proposed for it; null gives it back to everybody of its unit and role. */
export async function holdTask(
  tx: Tx,
  task: string,
  holder: { state: 'open' | 'claimed'; assignee: Officer | null; claimedAt: Date | null },
): Promise<void> {
  await tx
    .updateTable('task')
    .set({
      state: holder.state,
      assignee_id: holder.assignee?.id ?? null,
      assignee_name: holder.assignee?.name ?? null,
      claimed_at: holder.claimedAt,
    })
    .where('id', '=', task)
    .execute()
}
