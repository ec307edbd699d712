import { v7 as newId } from 'uuid'
import { type Tx, violates } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { WorkflowErrorCode } from '../errors.ts'
import {
  type Completion,
  complete,
  type Officer,
  type Plan,
  type ProcessGraph,
  refuseCompletion,
  refuseSendBack,
  refuseStanding,
  type Step,
  type StepAction,
  sendBack,
  start,
  tokensAfter,
  type WorkflowRefusal,
} from '../rules.ts'
import * as store from '../store/moves.ts'
import type { WorkflowDeps } from './deps.ts'
import type { GraphCache } from './graphs.ts'

/** Raises a refusal that a pure decision found. */
export const raise = ({ code, details }: WorkflowRefusal): never => {
  throw new Refusal(code satisfies WorkflowErrorCode, details)
}

/** To whom the step that opens next goes, when the officer says so (a head assigns a specialist). */
export type Next = { assignee?: Officer; unit?: string }

export type StartItem = {
  subject: store.Subject
  /** A published version, see `versionsInForce`. */
  version: string
  places: store.Places
  at: Date
  next?: Next
}
export type Act =
  | ({ kind: 'complete'; next?: Next; attributes?: Record<string, unknown> } & Completion)
  /** Without a step, to the nearest one that this step may return to. */
  | { kind: 'send-back'; toStep: string | null; reason: string }
export type MoveItem = { task: string; by: Officer; at: Date; act: Act }

/** A task as it was opened. */
export type OpenedTask = {
  id: string
  step: string
  name: string
  action: StepAction
  role: string
  unit: string
  dueAt: Date | null
  assignee: Officer | null
  returnedFrom: string | null
}
export type Moved = {
  ok: true
  /** The task as it stood before. */
  task: store.LockedTask
  act: Act
  opened: OpenedTask[]
  /** The process has ended with this. */
  ended: boolean
}
export type MoveResult = Moved | { ok: false; refusal: WorkflowRefusal }

/** A decision ready to be carried out. */
export type Decided = { task: store.LockedTask; by: Officer; at: Date; act: Act; plan: Plan }

type Opening = {
  instance: string
  subject: store.Subject
  places: store.Places
  at: Date
  next: Next | undefined
}

/** Pure: what acting on a locked task would change, or why not. */
export function decideMove(
  graph: ProcessGraph,
  task: store.LockedTask,
  by: Officer,
  act: Act,
): { plan: Plan } | { refusal: WorkflowRefusal } {
  const node = graph.nodes.get(task.step)
  if (node?.kind !== 'step') throw new Error(`task ${task.id} is on ${task.step}, which is no step`)
  const open = { id: task.id, token: task.token, step: task.step }
  if (act.kind === 'complete') {
    const refusal = refuseStanding(task, by) ?? refuseCompletion(node.step, act)
    return refusal ? { refusal } : { plan: complete(graph, task.tokens, open) }
  }
  const toStep = act.toStep ?? node.step.canReturnTo.at(-1) ?? ''
  const refusal = refuseStanding(task, by) ?? refuseSendBack(graph, node.step, toStep, act.reason)
  return refusal ? { refusal } : { plan: sendBack(graph, task.tokens, open, toStep) }
}

const notFound: WorkflowRefusal = { code: 'workflow.task-not-found', details: {} }

const closeOf = ({ task, by, at, act }: Decided, outcome: 'completed' | 'returned'): store.TaskClose => ({
  id: task.id,
  state: 'done',
  outcome,
  at,
  by: by.id,
  byName: by.name,
  opinion: act.kind === 'complete' ? (act.opinion ?? null) : null,
  reason: act.kind === 'send-back' ? act.reason : null,
  attributes: act.kind === 'complete' ? (act.attributes ?? {}) : {},
})

export function createMoves({ deadline }: Pick<WorkflowDeps, 'deadline'>, { graphsOf }: GraphCache) {
  /** A step without hours of its own (the return of a result that has arrived) has no due date either. */
  const dueOf = async (step: Step, at: Date, unit: string): Promise<Date | null> =>
    step.hours === null || step.hours === 0 ? null : await deadline(at, step.hours, unit)

  const opensOf = (plan: Plan, opening: Opening, tokens: ReadonlyMap<string, string>) =>
    Promise.all(
      plan.openTasks.map(async ({ token, step, returnedFrom }): Promise<store.NewTask> => {
        const { instance, subject, places, at, next } = opening
        const unit = next?.unit ?? places[step.place]
        return {
          id: newId(),
          instance,
          token: tokens.get(token) ?? token,
          subjectKind: subject.kind,
          subject: subject.id,
          step: step.id,
          name: step.name,
          action: step.action,
          role: step.role,
          unit,
          hours: step.hours,
          due: await dueOf(step, at, unit),
          at,
          assignee: next?.assignee?.id ?? null,
          assigneeName: next?.assignee?.name ?? null,
          returnedFrom,
        }
      }),
    )

  /** Gives ids and due dates to one plan; nothing is written yet. */
  const prepare = async (plan: Plan, opening: Opening, closes: store.TaskClose[]): Promise<store.Moves> => {
    const { instance, at } = opening
    const ids = new Map(plan.tokens.map(({ key, isNew }) => [key, isNew ? newId() : key]))
    const writes = plan.tokens.map(({ key, isNew, parent, node, state }) => ({
      isNew,
      write: {
        id: ids.get(key) ?? key,
        instance,
        parent: parent && (ids.get(parent) ?? parent),
        node,
        state,
        at,
      },
    }))
    return {
      closes,
      movedTokens: writes.filter(({ isNew }) => !isNew).map(({ write }) => write),
      newTokens: writes.filter(({ isNew }) => isNew).map(({ write }) => write),
      opens: await opensOf(plan, opening, ids),
      ends: plan.ended ? [{ instance, at }] : [],
    }
  }

  const write = (tx: Tx, prepared: readonly store.Moves[]) =>
    store.applyMoves(tx, {
      closes: prepared.flatMap((one) => one.closes),
      movedTokens: prepared.flatMap((one) => one.movedTokens),
      newTokens: prepared.flatMap((one) => one.newTokens),
      opens: prepared.flatMap((one) => one.opens),
      ends: prepared.flatMap((one) => one.ends),
    })

  const openedOf = (
    moves: store.Moves | undefined,
    rows: ReadonlyMap<string, store.OpenedRow>,
  ): OpenedTask[] =>
    (moves?.opens ?? []).map((task) => {
      const row = rows.get(task.id)
      const { id, step, name, action, role, returnedFrom } = task
      const assignee = row?.assignee_id ? { id: row.assignee_id, name: row.assignee_name ?? '' } : null
      return {
        id,
        step,
        name,
        action,
        role,
        unit: row?.unit_id ?? task.unit,
        dueAt: task.due,
        assignee,
        returnedFrom,
      }
    })

  /** Starts one process per subject and opens its first step; in the caller's transaction. */
  async function startInstances(
    tx: Tx,
    items: readonly StartItem[],
  ): Promise<{ instance: string; opened: OpenedTask[] }[]> {
    if (items.length === 0) return []
    const graphs = await graphsOf(
      tx,
      items.map((item) => item.version),
    )
    const instances = items.map((item) => ({ id: newId(), ...item }))
    const prepared = await Promise.all(
      instances.map(({ id, subject, places, at, next, version }) => {
        const graph = graphs.get(version)
        if (!graph) throw new Error(`there is no process version ${version}`)
        return prepare(start(graph), { instance: id, subject, places, at, next }, [])
      }),
    )
    const started = await store
      .insertInstances(
        tx,
        instances.map(({ id, version, subject, places, at }) => ({ id, version, subject, places, at })),
      )
      .catch((error: unknown) => {
        if (violates(error, 'process_instance_running'))
          return raise({ code: 'workflow.already-running', details: {} })
        throw error
      })
    if (started !== items.length) raise({ code: 'workflow.not-published', details: {} })
    const rows = await write(tx, prepared)
    return instances.map(({ id }, index) => ({ instance: id, opened: openedOf(prepared[index], rows) }))
  }

  /** Carries decisions out, all in a few statements; the tasks must be locked. */
  async function applyPlans(tx: Tx, items: readonly Decided[]): Promise<Moved[]> {
    if (items.length === 0) return []
    const prepared = await Promise.all(
      items.map((item) => {
        const { task, at, act, plan } = item
        const next = act.kind === 'complete' ? act.next : undefined
        const opening = { instance: task.instance, subject: task.subject, places: task.places, at, next }
        return prepare(
          plan,
          opening,
          plan.closeTasks.map(({ outcome }) => closeOf(item, outcome)),
        )
      }),
    )
    const rows = await write(tx, prepared)
    return items.map(({ task, act, plan }, index) => ({
      ok: true,
      task,
      act,
      opened: openedOf(prepared[index], rows),
      ended: plan.ended,
    }))
  }

  /**
   * Locks, decides and moves a batch. Items are refused one by one, never together; of two that ask for the same task in one
   * batch the first wins and the second is told so, as if it had come in a later transaction.
   */
  async function moveTasks(
    tx: Tx,
    items: readonly MoveItem[],
    allow: (task: store.LockedTask, item: MoveItem) => WorkflowRefusal | undefined = () => undefined,
  ): Promise<MoveResult[]> {
    const locked = await store.lockTasks(tx, [...new Set(items.map((item) => item.task))])
    const graphs = await graphsOf(
      tx,
      locked.map((task) => task.version),
    )
    const standing = new Map(locked.map((task) => [task.id, task]))
    const tokens = new Map(locked.map((task) => [task.instance, task.tokens]))
    const decided = items.map((item): Decided | { refusal: WorkflowRefusal } => {
      const found = standing.get(item.task)
      const graph = found && graphs.get(found.version)
      if (!found || !graph) return { refusal: notFound }
      const task = { ...found, tokens: tokens.get(found.instance) ?? [] }
      const refused = allow(task, item)
      const decision = refused ? { refusal: refused } : decideMove(graph, task, item.by, item.act)
      if ('refusal' in decision) return decision
      standing.set(task.id, { ...task, state: 'done', closedBy: item.by, closedAt: item.at })
      tokens.set(task.instance, tokensAfter(task.tokens, decision.plan))
      return { task, by: item.by, at: item.at, act: item.act, plan: decision.plan }
    })
    const moved = await applyPlans(
      tx,
      decided.filter((one) => 'plan' in one),
    )
    const results = moved.values()
    return decided.map((one) => {
      if ('refusal' in one) return { ok: false, refusal: one.refusal }
      const { value } = results.next()
      if (!value) throw new Error('a decided move has no result')
      return value
    })
  }

  return {
    startInstances,
    lockTasks: store.lockTasks,
    applyPlans,
    moveTasks,
    /** Ends what runs for these subjects (withdrawn, stopped), with its open tasks. */
    cancelInstances: store.cancelInstances,
  }
}
