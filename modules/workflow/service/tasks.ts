import { type Db, inTransaction, type Tx } from '#platform/db/connect.ts'
import type { WorkflowEvent } from '../contract.ts'
import { type ActingOfficer, actingFor, type Officer, refuseStanding } from '../rules.ts'
import { holdTask, type LockedTask, lockTasks } from '../store/instances.ts'
import type { TaskRights } from '../views.ts'
import type { WorkflowDeps } from './deps.ts'
import { raise } from './moves.ts'

export type HoldItem = {
  task: string
  by: ActingOfficer
  /** Where the officer may act; a task elsewhere is not found. */
  rights: TaskRights
}

const within = (task: LockedTask, rights: TaskRights): boolean =>
  rights === 'all' || rights.some(({ unit, role }) => unit === task.unit && role === task.role)

async function lockOne(tx: Tx, { task: id, rights }: HoldItem): Promise<LockedTask> {
  const [task] = await lockTasks(tx, [id])
  return task && within(task, rights) ? task : raise({ code: 'workflow.task-not-found', details: {} })
}

/** Claiming, releasing and reassigning: who has a task in hand. */
export function createTasks({ log, clock }: Pick<WorkflowDeps, 'log' | 'clock'>) {
  const record = (tx: Tx, task: LockedTask, by: Officer, at: Date, event: WorkflowEvent) =>
    log.append(tx, [
      { ...event, at, actor: { kind: 'staff', id: by.id, name: by.name }, subject: task.subject },
    ])
  const named = (task: LockedTask) => ({ task: task.id, step: task.step })

  return {
    /** Takes a task in hand. Of two at once one wins; the other gets `workflow.task-taken` with who and when. */
    claimTask: (db: Db, item: HoldItem): Promise<LockedTask> =>
      inTransaction(db, async (tx) => {
        const task = await lockOne(tx, item)
        const refusal = refuseStanding(task, item.by)
        if (refusal) raise(refusal)
        if (task.state === 'claimed') return task
        const giver = actingFor(task, item.by)
        // Taken for a colleague it stays the colleague's: it is theirs again when the delegation is over.
        const assignee = giver ?? { id: item.by.id, name: item.by.name }
        const held = { state: 'claimed', assignee, claimedAt: clock.now() } as const
        await holdTask(tx, task.id, held)
        await record(tx, task, item.by, held.claimedAt, {
          type: 'task-claimed',
          data: { ...named(task), ...(giver ? { onBehalfOf: giver } : {}) },
        })
        return { ...task, ...held }
      }),

    /** Gives a task back to everybody of its unit and role. */
    releaseTask: (db: Db, item: HoldItem): Promise<LockedTask> =>
      inTransaction(db, async (tx) => {
        const task = await lockOne(tx, item)
        const refusal = refuseStanding(task, item.by)
        if (refusal) raise(refusal)
        if (task.assignee === null) raise({ code: 'workflow.task-not-held', details: {} })
        const held = { state: 'open', assignee: null, claimedAt: null } as const
        await holdTask(tx, task.id, held)
        await record(tx, task, item.by, clock.now(), { type: 'task-released', data: named(task) })
        return { ...task, ...held }
      }),

    /** A head gives a task to somebody else, whoever has it (T20): the caller has checked that it is a head. */
    reassignTask: (db: Db, item: HoldItem & { to: Officer; reason: string }): Promise<LockedTask> =>
      inTransaction(db, async (tx) => {
        const task = await lockOne(tx, item)
        const refusal = refuseStanding({ ...task, assignee: null }, item.by)
        if (refusal) raise(refusal)
        if (item.reason.trim() === '') raise({ code: 'workflow.reason-required', details: {} })
        const held = { state: 'open', assignee: item.to, claimedAt: null } as const
        await holdTask(tx, task.id, held)
        const data = { ...named(task), to: item.to.id, reason: item.reason.trim() }
        await record(tx, task, item.by, clock.now(), { type: 'task-reassigned', data })
        return { ...task, ...held }
      }),
  }
}
