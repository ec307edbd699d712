import { v7 as newId } from 'uuid'
import type { Tx } from '#platform/db/connect.ts'
import {
  type ActingOfficer,
  type CancelCause,
  factsFor,
  nodeOf,
  type Officer,
  type Plan,
  type ProcessGraph,
  type Step,
  type StepAction,
  type Variables,
  type Wait,
} from '../rules.ts'
import type { Places, Travelling } from '../store/instances.ts'
import * as store from '../store/moves.ts'
import type { WorkflowDeps } from './deps.ts'
import type { Worlds } from './worlds.ts'

/** To whom the step that opens next goes, when the officer says so (a head assigns a specialist). */
export type Next = { assignee?: Officer; unit?: string }

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

/** A plan with what it belongs to, ready to be written. */
export type Change = {
  on: Travelling
  plan: Plan
  at: Date
  /** What the instance knows afterwards. */
  variables: Variables
  closes: readonly store.TaskClose[]
  next?: Next | undefined
  by: ActingOfficer | null
  /** Why tasks are cancelled, in the words of who did it. */
  reason: string | null
}

export type Carried = {
  opened: OpenedTask[]
  cancelled: store.CancelledTask[]
  /** Names of messages that tokens now wait for. */
  awaited: readonly store.NewWait[]
}

/** New tokens get their ids when the plan is made, so that a second plan of the same transaction can speak of them. */
export function withIds(plan: Plan): Plan {
  const ids = new Map(plan.tokens.map(({ key, isNew }) => [key, isNew ? newId() : key]))
  const named = (key: string): string => ids.get(key) ?? key
  const at = <T extends { token: string }>(one: T): T => ({ ...one, token: named(one.token) })
  return {
    ...plan,
    openTasks: plan.openTasks.map(at),
    waits: plan.waits.map(at),
    left: plan.left.map(at),
    tokens: plan.tokens.map((token) => ({
      ...token,
      key: named(token.key),
      parent: token.parent && named(token.parent),
      scope: token.scope && named(token.scope),
    })),
  }
}

/** The first part of a step's time that is told; the later ones are computed when it was. */
const FIRST_PART = 0.5

const unitOf = (places: Places, at: { place: Step['place']; agency: string | null }): string =>
  at.agency ?? places[at.place]

const errorOf = (cause: CancelCause | null, reason: string | null): string | null =>
  cause === 'returned' ? reason : null

export function createCarrier({ deadline }: Pick<WorkflowDeps, 'deadline'>) {
  /** A step without hours of its own (the return of a result that has arrived) has no due date either. */
  const dueOf = async (hours: number | null, at: Date, unit: string): Promise<Date | null> =>
    hours === null || hours === 0 ? null : await deadline(at, hours, unit)

  /** Whom an officer chose goes for the one task that opens, never for all of several branches. */
  const opensOf = ({ on, plan, at, next }: Change): Promise<store.NewTask[]> =>
    Promise.all(
      plan.openTasks.map(async ({ token, step, version, returnedFrom }): Promise<store.NewTask> => {
        const chosen = plan.openTasks.length === 1 ? next : undefined
        const unit = chosen?.unit ?? unitOf(on.places, step)
        return {
          id: newId(),
          instance: on.instance,
          token,
          version,
          subjectKind: on.subject.kind,
          subject: on.subject.id,
          step: step.id,
          name: step.name,
          action: step.action,
          role: step.role,
          unit,
          part: step.part,
          hours: step.hours,
          due: await dueOf(step.hours, at, unit),
          escalate: step.hours === null ? null : await dueOf(step.hours * FIRST_PART, at, unit),
          at,
          assignee: chosen?.assignee?.id ?? null,
          assigneeName: chosen?.assignee?.name ?? null,
          returnedFrom,
          compensations: returnedFrom !== null && plan.compensations.length > 0 ? plan.compensations : null,
        }
      }),
    )

  /** When a wait is over; a timer whose hours the facts do not give is a failure that somebody sees. */
  const momentOf = async (
    wait: Wait,
    { at, variables }: Change,
    { graph, unit }: { graph: ProcessGraph; unit: string },
  ): Promise<{ due: Date | null; working: boolean; error: string | null }> => {
    if (wait.kind === 'operation') return { due: at, working: false, error: null }
    if (wait.kind === 'message')
      return { due: await dueOf(wait.hours, at, unit), working: wait.hours !== null, error: null }
    const { timer } = wait
    if (timer.kind === 'moment') return { due: new Date(timer.at), working: false, error: null }
    if (timer.kind === 'elapsed')
      return { due: new Date(at.getTime() + timer.milliseconds), working: false, error: null }
    const steps = graph.steps.flatMap(({ id, decisions }) => (decisions.length > 0 ? [id] : []))
    const hours = timer.hours.evaluate(factsFor(variables, wait.version, { own: graph.variables, steps }))
    if (hours === null) return { due: null, working: true, error: `no hours: ${timer.hours.source}` }
    return { due: hours <= 0 ? at : await deadline(at, hours, unit), working: true, error: null }
  }

  const waitsOf = (change: Change, worlds: Worlds): Promise<store.NewWait[]> =>
    Promise.all(
      change.plan.waits.map(async (wait): Promise<store.NewWait> => {
        const { on, at } = change
        const graph = worlds.graphOf(wait.version ?? on.version)
        const unit = wait.kind === 'operation' ? on.places.resolvingAgency : unitOf(on.places, wait)
        const { due, working, error } = await momentOf(wait, change, { graph, unit })
        return {
          id: newId(),
          instance: on.instance,
          token: wait.token,
          version: wait.version,
          node: wait.node,
          name: nodeOf(graph, wait.node).name,
          subjectKind: on.subject.kind,
          subject: on.subject.id,
          unit,
          kind: wait.kind,
          topic: wait.kind === 'timer' ? null : wait.kind === 'message' ? wait.message : wait.operation,
          state: error === null ? 'waiting' : 'failed',
          due,
          working,
          error,
          at,
        }
      }),
    )

  /** One change as rows; nothing is written yet. */
  const prepare = async (change: Change, worlds: Worlds): Promise<store.Moves> => {
    const { on, plan, at, by, reason, variables } = change
    const writes = plan.tokens.map(({ key, isNew, parent, node, via, scope, version, state }) => ({
      isNew,
      write: { id: key, instance: on.instance, parent, node, via, scope, version, state, at },
    }))
    return {
      closes: change.closes,
      leaves: plan.left.map(({ token, cause }) => ({
        ...{ token, cause, at, by: by?.id ?? null, byName: by?.name ?? null },
        reason: errorOf(cause, reason),
      })),
      movedTokens: writes.filter(({ isNew }) => !isNew).map(({ write }) => write),
      newTokens: writes.filter(({ isNew }) => isNew).map(({ write }) => write),
      opens: await opensOf(change),
      waits: plan.waits.length === 0 ? [] : await waitsOf(change, worlds),
      ends: plan.ended ? [{ instance: on.instance, at }] : [],
      variables: variables === on.variables ? [] : [{ instance: on.instance, variables }],
    }
  }

  const openedOf = ({ opens }: store.Moves, { opened }: store.Written): OpenedTask[] =>
    opens.map(({ id, step, name, action, role, returnedFrom, unit, due }) => {
      const row = opened.get(id)
      const assignee = row?.assignee_id ? { id: row.assignee_id, name: row.assignee_name ?? '' } : null
      return { id, step, name, action, role, unit: row?.unit_id ?? unit, dueAt: due, assignee, returnedFrom }
    })

  /** Writes changes of different instances together, in a few statements. */
  return async (tx: Tx, changes: readonly Change[], worlds: Worlds): Promise<Carried[]> => {
    if (changes.length === 0) return []
    const prepared = await Promise.all(changes.map((change) => prepare(change, worlds)))
    const written = await store.applyMoves(tx, {
      closes: prepared.flatMap(({ closes }) => closes),
      leaves: prepared.flatMap(({ leaves }) => leaves),
      movedTokens: prepared.flatMap(({ movedTokens }) => movedTokens),
      newTokens: prepared.flatMap(({ newTokens }) => newTokens),
      opens: prepared.flatMap(({ opens }) => opens),
      waits: prepared.flatMap(({ waits }) => waits),
      ends: prepared.flatMap(({ ends }) => ends),
      variables: prepared.flatMap(({ variables }) => variables),
    })
    return prepared.map((moves, index) => ({
      opened: openedOf(moves, written),
      cancelled: written.cancelled.filter(({ instance }) => instance === changes[index]?.on.instance),
      awaited: moves.waits.filter(({ kind }) => kind === 'message'),
    }))
  }
}
