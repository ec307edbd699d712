import { v7 as newId } from 'uuid'
import { type Tx, violates } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { NewEvent } from '#platform/log/log.ts'
import type { WorkflowErrorCode } from '../errors.ts'
import {
  type ActingOfficer,
  actingFor,
  type Compensation,
  type Completion,
  complete,
  declaredOf,
  type FactValue,
  happen,
  nodeOf,
  noVariables,
  type Officer,
  type Plan,
  type ProcessGraph,
  refuseCompletion,
  refuseSendBack,
  refuseStanding,
  remember,
  rememberOwn,
  type Step,
  sendBack,
  start,
  tokensAfter,
  type Variables,
  type WorkflowRefusal,
} from '../rules.ts'
import * as instances from '../store/instances.ts'
import type { CancelledTask, NewWait, TaskClose } from '../store/moves.ts'
import { pendingMessages, takeMessages } from '../store/waits.ts'
import { type Carried, type Change, createCarrier, type Next, type OpenedTask, withIds } from './carry-out.ts'
import type { WorkflowDeps } from './deps.ts'
import type { GraphCache } from './graphs.ts'
import { loadWorlds, versionsOf, type Worlds } from './worlds.ts'

/** Raises a refusal that a pure decision found. */
export const raise = ({ code, details }: WorkflowRefusal): never => {
  throw new Refusal(code satisfies WorkflowErrorCode, details)
}

export type StartItem = {
  subject: instances.Subject
  /** A published version, see `versionsInForce`. */
  version: string
  places: instances.Places
  /** What conditions may ask for: case, procedure, channel, fees, nonTerritorial. */
  facts?: Record<string, FactValue>
  at: Date
  next?: Next
}
export type Act =
  | ({ kind: 'complete'; next?: Next; attributes?: Record<string, unknown> } & Completion)
  /** Without a step, to the nearest one that this step may return to. */
  | { kind: 'send-back'; toStep: string | null; reason: string }
export type MoveItem = { task: string; by: ActingOfficer; at: Date; act: Act }

export type Moved = {
  ok: true
  /** The task as it stood before. */
  task: instances.LockedTask
  act: Act
  /** The colleague for whom it was done, by delegation. */
  actedFor: Officer | null
  opened: OpenedTask[]
  /** Tasks of other branches that ended with this. */
  cancelled: CancelledTask[]
  /** What a return says must be undone. */
  compensations: readonly Compensation[]
  /** The process has ended with this. */
  ended: boolean
}
export type MoveResult = Moved | { ok: false; refusal: WorkflowRefusal }

type Decision = { plan: Plan; variables: Variables }

const notFound: WorkflowRefusal = { code: 'workflow.task-not-found', details: {} }

/** The graph and step that a locked task stands on. */
function stepOf(
  task: instances.LockedTask,
  worlds: Worlds,
): { graph: ProcessGraph; step: Step; version: string | null } {
  const version = task.tokens.find(({ key }) => key === task.token)?.version ?? null
  const graph = worlds.graphOf(version ?? task.version)
  const node = nodeOf(graph, task.step)
  if (node.kind !== 'step') throw new Error(`task ${task.id} is on ${task.step}, which is no step`)
  return { graph, step: node.step, version }
}

/** Pure: what acting on a locked task would change, or why not. */
function decideMove(
  task: instances.LockedTask,
  { by, act }: Pick<MoveItem, 'by' | 'act'>,
  { worlds, passed }: { worlds: Worlds; passed: ReadonlySet<string> },
): Decision | { refusal: WorkflowRefusal } {
  const standing = refuseStanding(task, by)
  if (standing) return { refusal: standing }
  const { graph, step, version } = stepOf(task, worlds)
  const open = { id: task.id, token: task.token, step: task.step }
  if (act.kind === 'complete') {
    const refusal = refuseCompletion(step, act)
    if (refusal) return { refusal }
    const variables = remember(task.variables, { version, step, given: act })
    return { plan: withIds(complete(worlds.of(task, variables), task.tokens, open)), variables }
  }
  const toStep = act.toStep ?? step.canReturnTo.at(-1) ?? ''
  const refusal = refuseSendBack(graph, step, toStep, act.reason)
  if (refusal) return { refusal }
  const { variables } = task
  const plan = sendBack(worlds.of(task, variables), task.tokens, open, { step: toStep, passed })
  return { plan: withIds(plan), variables }
}

type DecidedMove = Decision & { task: instances.LockedTask; item: MoveItem }

const closeOf = ({ task, item }: DecidedMove, outcome: TaskClose['outcome']): TaskClose => {
  const { by, at, act } = item
  const behalf = actingFor(task, by)
  return {
    id: task.id,
    state: 'done',
    outcome,
    at,
    by: by.id,
    byName: by.name,
    opinion: act.kind === 'complete' ? (act.opinion ?? null) : null,
    reason: act.kind === 'send-back' ? act.reason : null,
    decision: act.kind === 'complete' ? (act.decision ?? null) : null,
    forId: behalf?.id ?? null,
    forName: behalf?.name ?? null,
    attributes: act.kind === 'complete' ? (act.attributes ?? {}) : {},
  }
}

const changeOf = (decided: DecidedMove): Change => {
  const { task, item, plan, variables } = decided
  const { act, by, at } = item
  return {
    ...{ on: task, plan, at, variables, by },
    closes: plan.closeTasks.map(({ outcome }) => closeOf(decided, outcome)),
    next: act.kind === 'complete' ? act.next : undefined,
    reason: act.kind === 'send-back' ? act.reason : null,
  }
}

/** Changes of one instance are written one after the other, those of different ones together. */
function wavesOf(decided: readonly DecidedMove[]): DecidedMove[][] {
  const waves: DecidedMove[][] = []
  const seen = new Map<string, number>()
  for (const one of decided) {
    const wave = seen.get(one.task.instance) ?? 0
    seen.set(one.task.instance, wave + 1)
    waves[wave] = [...(waves[wave] ?? []), one]
  }
  return waves
}

export function createMoves(deps: Pick<WorkflowDeps, 'deadline' | 'log' | 'clock'>, graphs: GraphCache) {
  const carryOut = createCarrier(deps)

  /** What tokens say to the world goes into the log with the move that says it. */
  const sentBy = ({ on, plan, at, by }: Change): NewEvent[] =>
    plan.sends.map(({ message, to, name }) => ({
      type: 'message-sent',
      at,
      actor: by
        ? { kind: 'staff', id: by.id, name: by.name }
        : { kind: 'system', id: null, name: 'Quy trình' },
      subject: on.subject,
      data: { message, to, name },
    }))

  /** A message that came before anybody asked for it is taken at once, and whatever follows from it. */
  async function takeEarly(
    tx: Tx,
    on: instances.Travelling,
    awaited: readonly NewWait[],
    at: Date,
  ): Promise<Carried[]> {
    if (awaited.length === 0) return []
    const [found] = await pendingMessages(tx, awaited)
    if (!found) return []
    await takeMessages(tx, [found], at)
    const locked = await instances.lockInstance(tx, on.instance, { wait: true })
    return locked ? await happening(tx, locked, { ...found, payload: found.payload }, at) : []
  }

  /** Something came that a token waited for; in the transaction of whoever brings it. The wait must still be open. */
  async function happening(
    tx: Tx,
    on: instances.Travelling,
    event: { token: string; node: string; payload?: Record<string, unknown> },
    at: Date,
  ): Promise<Carried[]> {
    const worlds = await loadWorlds(tx, graphs, { versions: versionsOf(on), at })
    const version = on.tokens.find(({ key }) => key === event.token)?.version ?? on.version
    const own = declaredOf(worlds.graphOf(version).variables, event.payload ?? {})
    const variables = Object.keys(own).length > 0 ? rememberOwn(on.variables, own) : on.variables
    const plan = withIds(happen(worlds.of(on, variables), on.tokens, event))
    return await carry(tx, { on, plan, at, variables, closes: [], by: null, reason: null }, worlds)
  }

  /** Writes one change, and what early messages make of it. */
  async function carry(tx: Tx, change: Change, worlds: Worlds): Promise<Carried[]> {
    const carried = await carryOut(tx, [change], worlds)
    const sent = sentBy(change)
    if (sent.length > 0) await deps.log.append(tx, sent)
    const awaited = carried.flatMap((one) => one.awaited)
    return [...carried, ...(await takeEarly(tx, change.on, awaited, change.at))]
  }

  /** Writes a wave; in the order of the changes, each with all that followed. */
  async function carryAll(tx: Tx, changes: readonly Change[], worlds: Worlds): Promise<Carried[]> {
    const carried = await carryOut(tx, changes, worlds)
    const sent = changes.flatMap(sentBy)
    if (sent.length > 0) await deps.log.append(tx, sent)
    const all: Carried[] = []
    for (const [index, one] of carried.entries()) {
      const change = changes[index]
      const more = change ? await takeEarly(tx, change.on, one.awaited, change.at) : []
      all.push({
        opened: [one, ...more].flatMap(({ opened }) => opened),
        cancelled: [one, ...more].flatMap(({ cancelled }) => cancelled),
        awaited: [],
      })
    }
    return all
  }

  /** Starts one process per subject and opens its first steps; in the caller's transaction. */
  async function startInstances(
    tx: Tx,
    items: readonly StartItem[],
  ): Promise<{ instance: string; opened: OpenedTask[] }[]> {
    const [first] = items
    if (!first) return []
    const worlds = await loadWorlds(tx, graphs, {
      versions: items.map(({ version }) => version),
      at: first.at,
    })
    const begun = items.map((item) => {
      const on = { instance: newId(), tokens: [], variables: noVariables(item.facts), ...item }
      const plan = withIds(start(worlds.of(on, on.variables)))
      return {
        item,
        change: {
          on,
          plan,
          at: item.at,
          variables: on.variables,
          closes: [],
          next: item.next,
          by: null,
          reason: null,
        },
      }
    })
    const started = await instances
      .insertInstances(
        tx,
        begun.map(({ item, change: { on } }) => ({
          ...{ id: on.instance, version: item.version, subject: item.subject },
          ...{ places: item.places, variables: on.variables, at: item.at },
        })),
      )
      .catch((error: unknown) => {
        if (violates(error, 'process_instance_running'))
          return raise({ code: 'workflow.already-running', details: {} })
        throw error
      })
    if (started !== items.length) raise({ code: 'workflow.not-published', details: {} })
    const carried = await carryAll(
      tx,
      begun.map(({ change }) => change),
      worlds,
    )
    return begun.map(({ change }, index) => ({
      instance: change.on.instance,
      opened: carried[index]?.opened ?? [],
    }))
  }

  /** Steps that a return goes over; only returns ask. */
  const passedBy = async (
    tx: Tx,
    task: instances.LockedTask,
    { act }: MoveItem,
  ): Promise<ReadonlySet<string>> => {
    if (act.kind !== 'send-back') return new Set()
    const version = task.tokens.find(({ key }) => key === task.token)?.version ?? null
    return await instances.stepsDone(tx, task.instance, version)
  }

  /**
   * Locks, decides and moves a batch. Items are refused one by one, never together; of two that ask for the same task in one
   * batch the first wins and the second is told so, as if it had come in a later transaction.
   */
  async function moveTasks(
    tx: Tx,
    items: readonly MoveItem[],
    allow: (task: instances.LockedTask, item: MoveItem) => WorkflowRefusal | undefined = () => undefined,
  ): Promise<MoveResult[]> {
    const locked = await instances.lockTasks(tx, [...new Set(items.map((item) => item.task))])
    const [first] = items
    if (!first) return []
    const worlds = await loadWorlds(tx, graphs, { versions: locked.flatMap(versionsOf), at: first.at })
    const standing = new Map(locked.map((task) => [task.id, task]))
    const travelling = new Map(locked.map((task) => [task.instance, task as instances.Travelling]))
    const decided: (DecidedMove | { refusal: WorkflowRefusal })[] = []
    for (const item of items) {
      const found = standing.get(item.task)
      if (!found) {
        decided.push({ refusal: notFound })
        continue
      }
      const { tokens, variables } = travelling.get(found.instance) ?? found
      const task = { ...found, tokens, variables }
      const refused = allow(task, item)
      const passed = await passedBy(tx, task, item)
      const decision = refused ? { refusal: refused } : decideMove(task, item, { worlds, passed })
      if ('refusal' in decision) {
        decided.push(decision)
        continue
      }
      standing.set(task.id, { ...task, state: 'done', closedBy: item.by, closedAt: item.at })
      cancelBeside(standing, task, decision.plan, item)
      travelling.set(task.instance, {
        ...task,
        tokens: tokensAfter(tokens, decision.plan),
        variables: decision.variables,
      })
      decided.push({ ...decision, task, item })
    }
    const moved = new Map<DecidedMove, Carried>()
    for (const wave of wavesOf(decided.filter((one) => 'plan' in one))) {
      const carried = await carryAll(tx, wave.map(changeOf), worlds)
      for (const [index, one] of wave.entries()) {
        const done = carried[index]
        if (done) moved.set(one, done)
      }
    }
    return decided.map((one) => {
      if ('refusal' in one) return { ok: false, refusal: one.refusal }
      const carried = moved.get(one)
      if (!carried) throw new Error('a decided move has no result')
      return {
        ok: true,
        task: one.task,
        act: one.item.act,
        actedFor: actingFor(one.task, one.item.by),
        opened: carried.opened,
        cancelled: carried.cancelled,
        compensations: one.plan.compensations,
        ended: one.plan.ended,
      }
    })
  }

  return {
    startInstances,
    lockTasks: instances.lockTasks,
    moveTasks,
    happening,
    carry,
    /** Ends what runs for these subjects (withdrawn, stopped), with its open tasks. */
    cancelInstances: instances.cancelInstances,
  }
}

/** Tasks of the same batch that a move of another branch cancelled are no longer there for their items. */
function cancelBeside(
  standing: Map<string, instances.LockedTask>,
  { instance }: instances.LockedTask,
  plan: Plan,
  { at, act }: MoveItem,
): void {
  const gone = new Map(
    plan.left.flatMap(({ token, cause }) => (cause === null ? [] : [[token, cause] as const])),
  )
  for (const [id, task] of standing) {
    const cause = task.instance === instance ? gone.get(task.token) : undefined
    if (cause === undefined || task.state === 'done') continue
    const reason = act.kind === 'send-back' ? act.reason : null
    standing.set(id, { ...task, state: 'cancelled', closedAt: at, cancelled: { cause, reason } })
  }
}
