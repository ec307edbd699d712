import { sql } from 'kysely'
import type { Tx } from '#platform/db/connect.ts'
import type { Cancelled, Officer, StepAction, TaskStanding, Token, Variables } from '../rules.ts'

/** Whose units hold the steps of one instance, by the step's place. */
export type Places = { receivingCentre: string; resolvingAgency: string; returningPlace: string }
export type Subject = { kind: string; id: string }

/** An instance under lock. Nobody else moves it until the transaction ends. */
export type Travelling = {
  instance: string
  version: string
  subject: Subject
  places: Places
  variables: Variables
  /** Active ones. */
  tokens: readonly Token[]
}

/** A task under lock, with its instance. */
export type LockedTask = TaskStanding &
  Travelling & {
    id: string
    token: string
    step: string
    name: string
    action: StepAction
    role: string
    unit: string
    dueAt: Date | null
    openedAt: Date
    returnedFrom: string | null
    decision: string | null
  }

type InstanceRow = {
  instance_id: string
  instance_version: string
  subject_kind: string
  subject_id: string
  receiving_centre: string
  resolving_agency: string
  returning_place: string
  variables: Variables
}

type LockedRow = InstanceRow & {
  id: string
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
  cancel_cause: Cancelled['cause'] | null
  return_reason: string | null
  returned_from: string | null
  decision: string | null
}

type TokenRow = {
  id: string
  instance_id: string
  node_id: string
  via: string | null
  scope_id: string | null
  version_id: string | null
}

const INSTANCE = sql.raw(
  [
    'i.id as instance_id, i.version_id as instance_version, i.subject_kind, i.subject_id, i.receiving_centre',
    'i.resolving_agency, i.returning_place, i.variables',
  ].join(', '),
)

const officer = (id: string | null, name: string | null): Officer | null =>
  id === null ? null : { id, name: name ?? '' }

const toTravelling = (row: InstanceRow, tokens: readonly Token[]): Travelling => ({
  instance: row.instance_id,
  version: row.instance_version,
  subject: { kind: row.subject_kind, id: row.subject_id },
  places: {
    receivingCentre: row.receiving_centre,
    resolvingAgency: row.resolving_agency,
    returningPlace: row.returning_place,
  },
  variables: row.variables,
  tokens,
})

const toLocked = (row: LockedRow, tokens: readonly Token[]): LockedTask => ({
  ...toTravelling(row, tokens),
  id: row.id,
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
  cancelled: row.cancel_cause && { cause: row.cancel_cause, reason: row.return_reason },
  returnedFrom: row.returned_from,
  decision: row.decision,
})

/** Read by a statement of their own: the snapshot of the one that locks may be older than its locks. */
async function tokensOf(tx: Tx, instances: readonly string[]): Promise<Map<string, Token[]>> {
  const { rows } = await sql<TokenRow>`
    select id, instance_id, node_id, via, scope_id, version_id from process_token
    where instance_id = any(${[...instances]}::uuid[]) and state = 'active' order by id`.execute(tx)
  const tokens = rows.map(({ instance_id, ...row }) => ({
    instance: instance_id,
    token: { key: row.id, node: row.node_id, via: row.via, scope: row.scope_id, version: row.version_id },
  }))
  const grouped = Map.groupBy(tokens, ({ instance }) => instance)
  return new Map([...grouped].map(([instance, all]) => [instance, all.map(({ token }) => token)]))
}

/**
 * Locks tasks and their instances, always in the same order, so that two batches that meet wait and never deadlock.
 */
export async function lockTasks(tx: Tx, ids: readonly string[]): Promise<LockedTask[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<LockedRow>`
    select ${INSTANCE}, t.id, t.token_id, t.step_id, t.name, t.action, t.role, t.unit_id, t.state, t.due_at, t.opened_at,
      t.assignee_id, t.assignee_name, t.claimed_at, t.closed_at, t.closed_by, t.closed_by_name, t.cancel_cause,
      t.return_reason, t.returned_from, t.decision
    from task t join process_instance i on i.id = t.instance_id
    where t.id = any(${ids}::uuid[])
    order by i.id, t.id
    for no key update of i, t`.execute(tx)
  const tokens = await tokensOf(
    tx,
    rows.map((row) => row.instance_id),
  )
  return rows.map((row) => toLocked(row, tokens.get(row.instance_id) ?? []))
}

/** One running instance under lock; undefined when it has ended, or (without waiting) when somebody else has it. */
export async function lockInstance(
  tx: Tx,
  id: string,
  { wait }: { wait: boolean },
): Promise<Travelling | undefined> {
  const { rows } = await sql<InstanceRow>`
    select ${INSTANCE} from process_instance i where i.id = ${id}::uuid and i.ended_at is null
    for no key update of i ${wait ? sql`` : sql`skip locked`}`.execute(tx)
  const [row] = rows
  return row && toTravelling(row, (await tokensOf(tx, [id])).get(id) ?? [])
}

/** The running instance of a subject under lock. */
export async function lockInstanceOf(tx: Tx, subject: Subject): Promise<Travelling | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from process_instance
    where subject_kind = ${subject.kind} and subject_id = ${subject.id}::uuid and ended_at is null`.execute(
    tx,
  )
  const [row] = rows
  return row && lockInstance(tx, row.id, { wait: true })
}

export type NewInstance = {
  id: string
  version: string
  subject: Subject
  places: Places
  variables: Variables
  at: Date
}

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
      returning_place, variables, started_at)
    select x.id, x.version, x.kind, x.subject, x."receivingCentre", x."resolvingAgency", x."returningPlace", x.variables,
      x.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, version uuid, kind text, subject uuid,
      "receivingCentre" text, "resolvingAgency" text, "returningPlace" text, variables jsonb, at timestamptz)
    join process_version v on v.id = x.version and v.state = 'published'
    returning id`.execute(tx)
  return started.length
}

export type CancelledInstance = { instance: string; subject: Subject; tasks: string[] }

/** Ends the running instances of these subjects, with their tokens, open tasks and whatever they wait for. */
export async function cancelInstances(
  tx: Tx,
  items: readonly { subject: Subject; at: Date; by: Officer }[],
): Promise<CancelledInstance[]> {
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
    ), forgetting as (
      update process_wait w set state = 'cancelled', closed_at = x.at from x
      where w.instance_id = x.id and w.closed_at is null
    )
    update task t set state = 'cancelled', outcome = 'cancelled', cancel_cause = 'ended',
      closed_at = greatest(x.at, t.opened_at), closed_by = x.by, closed_by_name = x."byName"
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

/** Steps of one level that were done in an instance; what is sent back goes over them again. */
export async function stepsDone(tx: Tx, instance: string, version: string | null): Promise<Set<string>> {
  const { rows } = await sql<{ step_id: string }>`
    select distinct step_id from task where instance_id = ${instance}::uuid and state = 'done' and outcome = 'completed'
      and version_id is not distinct from ${version}::uuid
      and subject_id = (select subject_id from process_instance where id = ${instance}::uuid)`.execute(tx)
  return new Set(rows.map((row) => row.step_id))
}
