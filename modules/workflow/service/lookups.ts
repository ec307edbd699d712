import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'
import { stepsFollowing } from '../rules.ts'
import { lockTasks } from '../store/instances.ts'
import { type TaskRow, taskById } from '../views.ts'
import type { WorkflowDeps } from './deps.ts'
import type { GraphCache } from './graphs.ts'

/** Questions about single tasks that the desk asks, and the one change that is no move: a clock that starts again. */
export function createLookups(
  { deadline, movedByPause }: Pick<WorkflowDeps, 'deadline' | 'movedByPause'>,
  { graphsOf }: GraphCache,
) {
  /** The instance first, as every move does: who pauses a step and who moves it wait for one another. */
  async function lockToken(tx: Tx, task: string): Promise<string | undefined> {
    const [locked] = await lockTasks(tx, [task])
    return locked?.token
  }

  type Timer = { id: string; due_at: Date | null; paused_at: Date | null; unit_id: string }
  /** Timers of working hours on the border of a step stand still with it. */
  async function eachTimer(
    tx: Tx,
    token: string,
    change: (timer: Timer) => Timer | Promise<Timer>,
  ): Promise<void> {
    const timers = await tx
      .selectFrom('process_wait')
      .select(['id', 'due_at', 'paused_at', 'unit_id'])
      .where('token_id', '=', token)
      .where('kind', '=', 'timer')
      .where('working', '=', true)
      .where('state', '=', 'waiting')
      .execute()
    for (const timer of timers) {
      const { due_at, paused_at } = await change(timer)
      await tx.updateTable('process_wait').set({ due_at, paused_at }).where('id', '=', timer.id).execute()
    }
  }

  const resumeTimers = (tx: Tx, token: string, at: Date): Promise<void> =>
    eachTimer(tx, token, async (timer) => {
      const { due_at: due, paused_at: from, unit_id: unit } = timer
      return {
        ...timer,
        due_at: due && from ? await movedByPause(due, from, at, unit) : due,
        paused_at: null,
      }
    })

  return {
    findTask: (db: Db, id: string): Promise<TaskRow | undefined> => taskById(db, id),

    /** Role and unit of the step that follows a task, for choosing whom it goes to; undefined where several may follow. */
    async stepAfter(db: Db, task: TaskRow): Promise<{ role: string; unit: string } | undefined> {
      const instance = await db
        .selectFrom('process_instance')
        .select(['version_id', 'receiving_centre', 'resolving_agency', 'returning_place'])
        .where('id', '=', task.instance)
        .executeTakeFirst()
      const version = task.version ?? instance?.version_id
      const graph = version && (await graphsOf(db, [version])).get(version)
      const [step, ...others] = graph ? stepsFollowing(graph, task.step) : []
      if (!instance || !step || others.length > 0) return undefined
      const unit = {
        receivingCentre: instance.receiving_centre,
        resolvingAgency: instance.resolving_agency,
        returningPlace: instance.returning_place,
      }[step.place]
      return { role: step.role, unit: step.agency ?? unit }
    },

    /** How many tasks each of these officers has in hand or was proposed for. */
    async holdingOf(db: Db, accounts: readonly string[]): Promise<Map<string, number>> {
      if (accounts.length === 0) return new Map()
      const { rows } = await sql<{ assignee_id: string; count: number }>`
        select assignee_id, count(*) as count from task
        where assignee_id = any(${[...accounts]}::text[]) and state in ('open', 'claimed') group by assignee_id`.execute(
        db,
      )
      return new Map(rows.map((row) => [row.assignee_id, row.count]))
    },

    /** The step waits for somebody outside: it stays open and leaves the lists of work. */
    async pauseTask(tx: Tx, id: string, at: Date): Promise<void> {
      const token = await lockToken(tx, id)
      await tx.updateTable('task').set({ paused_at: at }).where('id', '=', id).execute()
      if (token) await eachTimer(tx, token, (wait) => ({ ...wait, paused_at: at }))
    },

    /** The step's clock counts from zero at `at`: what it waited for has arrived. */
    async restartTask(tx: Tx, id: string, at: Date): Promise<void> {
      const token = await lockToken(tx, id)
      const task = await taskById(tx, id)
      if (!task || !token) return
      const hours = task.hours === 0 ? null : task.hours
      const due = hours === null ? null : await deadline(at, hours, task.unit)
      const escalate = hours === null ? null : await deadline(at, hours / 2, task.unit)
      await tx
        .updateTable('task')
        .set({ due_at: due, paused_at: null, escalation: 0, escalate_at: escalate })
        .where('id', '=', id)
        .execute()
      await resumeTimers(tx, token, at)
    },

    /** The step goes on; its due date moves by what its subject's clock stood still. */
    async resumeTask(tx: Tx, id: string, due: Date | null, at: Date): Promise<void> {
      const token = await lockToken(tx, id)
      const task = await taskById(tx, id)
      if (!task || !token) return
      const moved =
        task.escalateAt &&
        task.pausedAt &&
        (await movedByPause(task.escalateAt, task.pausedAt, at, task.unit))
      await tx
        .updateTable('task')
        .set({ due_at: due, paused_at: null, escalate_at: moved ?? task.escalateAt })
        .where('id', '=', id)
        .execute()
      await resumeTimers(tx, token, at)
    },
  }
}
