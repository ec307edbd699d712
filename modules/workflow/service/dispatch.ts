import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import { type Db, inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { NewEvent } from '#platform/log/log.ts'
import type { Input, Output } from '#platform/operation.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type * as contract from '../contract.ts'
import type { WorkflowErrorCode } from '../errors.ts'
import {
  DISPATCHERS,
  type DispatchRights,
  dispatchReach,
  dispatchRights,
  factsFor,
  nodeOf,
  refuseStanding,
  type StuckKind,
  stuckGroups,
  type Timer,
} from '../rules.ts'
import { holdTask, lockInstance, lockTasks, type Travelling } from '../store/instances.ts'
import * as store from '../store/stuck.ts'
import { findWait, moveTask, retryWait, type WaitRow } from '../store/waits.ts'
import { eventActor, type WorkflowDeps } from './deps.ts'
import type { GraphCache } from './graphs.ts'
import type { createHappenings } from './happenings.ts'
import { raise } from './moves.ts'
import { loadWorlds, versionsOf } from './worlds.ts'

const WHY: Readonly<Record<StuckKind, { vi: string; en: string }>> = {
  nobody: {
    vi: 'Không ai giữ vai trò này ở đơn vị: không có người làm được.',
    en: 'Nobody holds this role at the unit: nobody can do it.',
  },
  'assignee-gone': {
    vi: 'Người được giao không còn tài khoản hoặc không còn quyền ở đơn vị này.',
    en: 'The account of who has it is closed, or has no right at this unit any more.',
  },
  'operation-failed': {
    vi: 'Việc tự động đã lỗi sau mọi lần thử.',
    en: 'The automatic operation failed after all its attempts.',
  },
  'timer-failed': {
    vi: 'Không tính được thời gian chờ từ dữ liệu của hồ sơ.',
    en: 'The waiting time cannot be computed from what the dossier says.',
  },
  'message-overdue': {
    vi: 'Quá hạn mà chưa nhận được thông tin trả lời.',
    en: 'The answer is overdue and has not come.',
  },
}

const encode = (position: store.StuckPosition | null): string | null =>
  position && Buffer.from(`${position.since.getTime()} ${position.id}`).toString('base64url')

/** A cursor that is not ours begins anew instead of failing: it comes from an old page at worst. */
const decode = (cursor: string | undefined): store.StuckPosition | undefined => {
  const [millis, id] = Buffer.from(cursor ?? '', 'base64url')
    .toString('utf8')
    .split(' ')
  const valid = /^\d{1,14}$/.test(millis ?? '') && /^[0-9a-f-]{36}$/.test(id ?? '')
  return valid && id !== undefined ? { since: new Date(Number(millis)), id } : undefined
}

const refuse = (code: WorkflowErrorCode, details: Record<string, unknown> = {}): never => {
  throw new Refusal(code, details)
}

type Seen = { row: store.StuckRow; tree: Tree }

/** The queue of what stands still, and what is done about it: nothing waits without somebody being shown it. */
export function createDispatch(
  deps: WorkflowDeps,
  graphs: GraphCache,
  { deliverMessage }: Pick<ReturnType<typeof createHappenings>, 'deliverMessage'>,
) {
  const { db, log, clock } = deps

  const queryOf = async (on: Db, actor: StaffActor, tree: Tree): Promise<store.StuckQuery> => {
    const reach = dispatchReach(actor, tree)
    const [groups, held] = await Promise.all([store.workGroups(on, reach), deps.rightsHeld()])
    return { reach, now: clock.now(), groups: stuckGroups(groups, held, tree) }
  }

  const nameOf = (tree: Tree, unit: string): string => tree.units.get(unit)?.shortName ?? unit

  /** The stuck thing when this officer may do that about it; else it does not exist for them, or is not theirs to do. */
  const see = async (actor: StaffActor, id: string, what: keyof DispatchRights): Promise<Seen> => {
    if (!actor.grants.some(({ role }) => DISPATCHERS.includes(role))) throw new Refusal('platform.forbidden')
    const tree = await deps.tree()
    const row =
      (await store.findStuck(db, await queryOf(db, actor, tree), id)) ?? refuse('workflow.not-stuck')
    if (!dispatchRights(actor, tree, row)[what]) throw new Refusal('platform.forbidden')
    return { row, tree }
  }

  const record = (tx: Tx, actor: StaffActor, row: store.StuckRow, event: Pick<NewEvent, 'type' | 'data'>) =>
    log.append(tx, [{ ...event, at: clock.now(), actor: eventActor(actor), subject: row.subject }])

  /** Under the task's lock; what somebody finished meanwhile is told with who and when. */
  async function changeTask<T>(actor: StaffActor, id: string, change: (tx: Tx) => Promise<T>): Promise<T> {
    return await inTransaction(db, async (tx) => {
      const [task] = await lockTasks(tx, [id])
      if (!task) return refuse('workflow.task-not-found')
      const standing = refuseStanding({ ...task, assignee: null }, actor)
      if (standing) raise(standing)
      return await change(tx)
    })
  }

  const releaseTo = async (
    tx: Tx,
    id: string,
    assignee: { id: string; name: string } | null,
  ): Promise<void> => holdTask(tx, id, { state: 'open', assignee, claimedAt: null })

  const fitOfficer = async (row: store.StuckRow, unit: string, account: string) => {
    const officers = await deps.officersAt(row.role ?? '', unit)
    return officers.find(({ id }) => id === account) ?? refuse('workflow.officer-unfit', { unit })
  }

  return {
    listDispatch: async (
      { kind, after, limit }: Input<typeof contract.listDispatch>,
      actor: StaffActor,
    ): Promise<Output<typeof contract.listDispatch>> => {
      const tree = await deps.tree()
      const query = await queryOf(db, actor, tree)
      const [{ rows, next }, counts, escalated] = await Promise.all([
        store.listStuck(db, { ...query, kind, after: decode(after), limit }),
        store.countStuck(db, query),
        store.countEscalated(db, query.reach),
      ])
      const codes = await deps.subjectCodes(rows.map(({ subject }) => subject.id))
      const items = rows.map(({ unit, since, due, subject, topic, role, ...row }) => ({
        ...row,
        subject,
        code: codes.get(subject.id) ?? null,
        unit: { id: unit, name: nameOf(tree, unit) },
        role: role as Output<typeof contract.listDispatch>['items'][number]['role'], // the compiler held it to the roles
        since: toLocalIso(since),
        due: due && toLocalIso(due),
        operation: topic === null ? null : (deps.operations[topic]?.name ?? { vi: topic, en: topic }),
        why: WHY[row.kind],
        may: dispatchRights(actor, tree, { kind: row.kind, unit }),
      }))
      const zero = {
        nobody: 0,
        'assignee-gone': 0,
        'operation-failed': 0,
        'timer-failed': 0,
        'message-overdue': 0,
      }
      const ofTime = { half: escalated[50], fourFifths: escalated[80], all: escalated[100] }
      return { items, next: encode(next), counts: { ...zero, ...counts }, escalated: ofTime }
    },

    /** To an officer who can do it, here or (with a unit) elsewhere; to a unit alone, for everybody there. */
    reassignStuck: async (
      { id, assignee, unit, reason }: Input<typeof contract.reassignStuckTask>,
      actor: StaffActor,
    ): Promise<Output<typeof contract.reassignStuckTask>> => {
      const { row, tree } = await see(actor, id, 'reassign')
      if (assignee === undefined && unit === undefined) return refuse('workflow.reassign-target')
      const target = unit ?? row.unit
      if (!tree.units.has(target)) return refuse('workflow.unknown-unit', { unit: target })
      const officer = assignee === undefined ? null : await fitOfficer(row, target, assignee)
      if (officer === null && (await deps.officersAt(row.role ?? '', target)).length === 0)
        return refuse('workflow.officer-unfit', { unit: nameOf(tree, target) })
      const to = officer && { id: officer.id, name: officer.name }
      await changeTask(actor, id, async (tx) => {
        await releaseTo(tx, id, to)
        if (target !== row.unit) {
          await moveTask(tx, id, target)
          const data = { task: id, name: row.name, from: row.unit, to: target, reason }
          await record(tx, actor, row, { type: 'task-moved', data })
        }
        if (to)
          await record(tx, actor, row, {
            type: 'task-reassigned',
            data: { task: id, name: row.name, to: to.id, reason },
          })
      })
      return { id, unit: target, assignee: to }
    },

    releaseStuck: async (
      { id, reason }: Input<typeof contract.releaseStuckTask>,
      actor: StaffActor,
    ): Promise<Output<typeof contract.releaseStuckTask>> => {
      const { row } = await see(actor, id, 'release')
      await changeTask(actor, id, async (tx) => {
        await releaseTo(tx, id, null)
        await record(tx, actor, row, { type: 'task-released', data: { task: id, name: row.name, reason } })
      })
      return { id }
    },

    /** All attempts again; a timer is computed anew from what the dossier says now. */
    retryStuck: async (
      { id, reason }: Input<typeof contract.retryStuckWait>,
      actor: StaffActor,
    ): Promise<Output<typeof contract.retryStuckWait>> => {
      const { row } = await see(actor, id, 'retry')
      await inTransaction(db, async (tx) => {
        const found = await findWait(tx, id)
        const on = found && (await lockInstance(tx, found.instance, { wait: true }))
        const wait = on && (await findWait(tx, id))
        if (!on || wait?.state !== 'failed') return refuse('workflow.not-stuck')
        await retryWait(tx, id, wait.kind === 'timer' ? await momentNow(tx, on, wait) : clock.now())
        await record(tx, actor, row, {
          type: 'operation-retried',
          data: { wait: id, name: row.name, reason },
        })
      })
      return { id }
    },

    /** An answer that came another way (on paper, by telephone) is recorded by hand. */
    deliverStuck: async (
      { id, payload, reason }: Input<typeof contract.deliverStuckMessage>,
      actor: StaffActor,
    ): Promise<Output<typeof contract.deliverStuckMessage>> => {
      const { row } = await see(actor, id, 'deliver')
      const message = {
        subject: row.subject,
        name: row.topic ?? '',
        key: `by-hand/${id}`,
        sender: actor.name,
      }
      await inTransaction(db, async (tx) => {
        const done = await deliverMessage(tx, { ...message, payload })
        if (done !== 'delivered') refuse('workflow.not-stuck')
        await record(tx, actor, row, { type: 'message-recorded', data: { name: row.name, reason } })
      })
      return { id }
    },
  }

  async function momentNow(tx: Tx, on: Travelling, wait: WaitRow): Promise<Date> {
    const at = clock.now()
    const worlds = await loadWorlds(tx, graphs, { versions: versionsOf(on), at })
    const version = on.tokens.find(({ key }) => key === wait.token)?.version ?? null
    const graph = worlds.graphOf(version ?? on.version)
    const node = nodeOf(graph, wait.node)
    const timer: Timer | undefined =
      node.kind === 'timer'
        ? node.timer
        : node.kind === 'boundary' && node.event.kind === 'timer'
          ? node.event.timer
          : undefined
    const steps = graph.steps.flatMap((step) => (step.decisions.length > 0 ? [step.id] : []))
    const facts = factsFor(on.variables, version, { own: graph.variables, steps })
    const hours = timer?.kind === 'working-hours' ? timer.hours.evaluate(facts) : null
    if (hours === null) return refuse('workflow.hours-unknown', { name: wait.name })
    return hours <= 0 ? at : await deps.deadline(at, hours, wait.unit)
  }
}
