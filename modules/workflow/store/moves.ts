import { sql } from 'kysely'
import type { Tx } from '#platform/db/connect.ts'
import type { CancelCause, Compensation, StepAction, Variables } from '../rules.ts'

export type TaskClose = {
  id: string
  state: 'done'
  outcome: 'completed' | 'returned'
  at: Date
  by: string
  byName: string
  opinion: string | null
  reason: string | null
  decision: string | null
  forId: string | null
  forName: string | null
  attributes: Record<string, unknown>
}
export type TokenWrite = {
  id: string
  instance: string
  parent: string | null
  node: string
  via: string | null
  scope: string | null
  version: string | null
  state: 'active' | 'ended'
  at: Date
}
export type NewTask = {
  id: string
  instance: string
  token: string
  version: string | null
  subjectKind: string
  subject: string
  step: string
  name: string
  action: StepAction
  role: string
  unit: string
  part: string | null
  hours: number | null
  due: Date | null
  escalate: Date | null
  at: Date
  assignee: string | null
  assigneeName: string | null
  returnedFrom: string | null
  compensations: readonly Compensation[] | null
}
/** A token left where it waited; with a cause, its task and waits end unfinished. */
export type Leaving = {
  token: string
  cause: CancelCause | null
  reason: string | null
  at: Date
  by: string | null
  byName: string | null
}
export type NewWait = {
  id: string
  instance: string
  token: string
  version: string | null
  node: string
  name: string
  subjectKind: string
  subject: string
  unit: string
  kind: 'timer' | 'message' | 'operation'
  topic: string | null
  state: 'waiting' | 'failed'
  due: Date | null
  working: boolean
  error: string | null
  at: Date
}
export type Moves = {
  closes: readonly TaskClose[]
  leaves: readonly Leaving[]
  movedTokens: readonly TokenWrite[]
  newTokens: readonly TokenWrite[]
  opens: readonly NewTask[]
  waits: readonly NewWait[]
  ends: readonly { instance: string; at: Date }[]
  variables: readonly { instance: string; variables: Variables }[]
}

/** A node whose clock is a little behind must not end a step before it began: the later instant counts. */
const closeAndMove = ({ closes, movedTokens, newTokens, ends }: Moves) => sql<{
  closed: number
  moved: number
}>`
  with closing as (
    update task t set state = x.state, outcome = x.outcome, closed_at = greatest(x.at, t.opened_at), closed_by = x.by,
      closed_by_name = x."byName", opinion = x.opinion, return_reason = x.reason, decision = x.decision,
      closed_for = x."forId", closed_for_name = x."forName", attributes = t.attributes || x.attributes
    from jsonb_to_recordset(${JSON.stringify(closes)}::jsonb) as x(id uuid, state text, outcome text, at timestamptz,
      by text, "byName" text, opinion text, reason text, decision text, "forId" text, "forName" text, attributes jsonb)
    where t.id = x.id and t.state in ('open', 'claimed')
    returning t.id
  ), moving as (
    update process_token k set node_id = x.node, via = x.via, state = x.state, moved_at = x.at
    from jsonb_to_recordset(${JSON.stringify(movedTokens)}::jsonb) as x(id uuid, node text, via text, state text,
      at timestamptz)
    where k.id = x.id and k.state = 'active'
    returning k.id
  ), splitting as (
    insert into process_token (id, instance_id, parent_id, node_id, via, scope_id, version_id, state, created_at, moved_at)
    select x.id, x.instance, x.parent, x.node, x.via, x.scope, x.version, x.state, x.at, x.at
    from jsonb_to_recordset(${JSON.stringify(newTokens)}::jsonb) as x(id uuid, instance uuid, parent uuid, node text,
      via text, scope uuid, version uuid, state text, at timestamptz)
  ), ending as (
    update process_instance i set ended_at = x.at, ended_as = 'completed'
    from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as x(instance uuid, at timestamptz)
    where i.id = x.instance
  )
  select (select count(*) from closing) as closed, (select count(*) from moving) as moved`

/** What nobody waits for any more; tasks that were open are cancelled and say why. */
const leave = (leaves: readonly Leaving[]) => sql<{
  id: string
  step_id: string
  name: string
  instance_id: string
}>`
  with x as (
    select * from jsonb_to_recordset(${JSON.stringify(leaves)}::jsonb) as x(token uuid, cause text, reason text,
      at timestamptz, by text, "byName" text)
  ), waits as (
    update process_wait w set state = case when x.cause is null then 'done' else 'cancelled' end, closed_at = x.at,
      leased_until = null
    from x where w.token_id = x.token and w.closed_at is null
  )
  update task t set state = 'cancelled', outcome = 'cancelled', closed_at = greatest(x.at, t.opened_at), closed_by = x.by,
    closed_by_name = x."byName", cancel_cause = x.cause, return_reason = x.reason
  from x where t.token_id = x.token and x.cause is not null and t.state in ('open', 'claimed')
  returning t.id, t.step_id, t.name, t.instance_id`

/** A step that opens again after a return goes back to whoever did it last. */
const openTasks = (opens: readonly NewTask[]) => sql<OpenedRow>`
  insert into task (id, instance_id, token_id, version_id, subject_kind, subject_id, step_id, name, action, role, unit_id,
    part, state, hours, due_at, escalate_at, opened_at, assignee_id, assignee_name, returned_from, compensations, attributes)
  select x.id, x.instance, x.token, x.version, x."subjectKind", x.subject, x.step, x.name, x.action, x.role,
    coalesce(last.unit_id, x.unit), x.part, 'open', x.hours, x.due, x.escalate, x.at, coalesce(x.assignee, last.closed_by),
    case when x.assignee is null then last.closed_by_name else x."assigneeName" end, x."returnedFrom", x.compensations, '{}'
  from jsonb_to_recordset(${JSON.stringify(opens)}::jsonb) as x(id uuid, instance uuid, token uuid, version uuid,
    "subjectKind" text, subject uuid, step text, name text, action text, role text, unit text, part text,
    hours double precision, due timestamptz, escalate timestamptz, at timestamptz, assignee text, "assigneeName" text,
    "returnedFrom" text, compensations jsonb)
  left join lateral (
    select p.closed_by, p.closed_by_name, p.unit_id from task p
    where x."returnedFrom" is not null and p.subject_id = x.subject and p.instance_id = x.instance and p.step_id = x.step
      and p.version_id is not distinct from x.version and p.state = 'done'
    order by p.closed_at desc, p.id desc limit 1
  ) last on true
  returning id, unit_id, assignee_id, assignee_name`

const openWaits = (waits: readonly NewWait[]) => sql`
  insert into process_wait (id, instance_id, token_id, version_id, node_id, name, subject_kind, subject_id, unit_id, kind,
    topic, state, due_at, working, error, opened_at)
  select x.id, x.instance, x.token, x.version, x.node, x.name, x."subjectKind", x.subject, x.unit, x.kind, x.topic, x.state,
    x.due, x.working, x.error, x.at
  from jsonb_to_recordset(${JSON.stringify(waits)}::jsonb) as x(id uuid, instance uuid, token uuid, version uuid, node text,
    name text, "subjectKind" text, subject uuid, unit text, kind text, topic text, state text, due timestamptz,
    working boolean, error text, at timestamptz)`

const keepVariables = (items: Moves['variables']) => sql`
  update process_instance i set variables = x.variables
  from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as x(instance uuid, variables jsonb) where i.id = x.instance`

export type OpenedRow = {
  id: string
  unit_id: string
  assignee_id: string | null
  assignee_name: string | null
}
export type CancelledTask = { id: string; step: string; name: string; instance: string }
export type Written = { opened: Map<string, OpenedRow>; cancelled: CancelledTask[] }

/**
 * Closes, moves, then opens: in two statements, because the index that keeps a step open once is checked row by row; what
 * only some processes have costs a statement only there. The instances must be locked; if a task or token moved
 * nevertheless, nothing is kept.
 */
export async function applyMoves(tx: Tx, moves: Moves): Promise<Written> {
  const { rows } = await closeAndMove(moves).execute(tx)
  const [counted] = rows
  if (counted?.closed !== moves.closes.length || counted.moved !== moves.movedTokens.length)
    throw new Error('a task or token was moved without its lock')
  const left = moves.leaves.length > 0 ? (await leave(moves.leaves).execute(tx)).rows : []
  if (moves.variables.length > 0) await keepVariables(moves.variables).execute(tx)
  if (moves.waits.length > 0) await openWaits(moves.waits).execute(tx)
  const opened = moves.opens.length > 0 ? (await openTasks(moves.opens).execute(tx)).rows : []
  return {
    opened: new Map(opened.map((row) => [row.id, row])),
    cancelled: left.map((row) => ({
      id: row.id,
      step: row.step_id,
      name: row.name,
      instance: row.instance_id,
    })),
  }
}
