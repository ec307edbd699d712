import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'
import { type TaskRow, taskById } from '../views.ts'
import type { WorkflowDeps } from './deps.ts'
import type { GraphCache } from './graphs.ts'

/** Questions about single tasks that the desk asks, and the one change that is no move: a clock that starts again. */
export function createLookups({ deadline }: Pick<WorkflowDeps, 'deadline'>, { graphsOf }: GraphCache) {
  return {
    findTask: (db: Db, id: string): Promise<TaskRow | undefined> => taskById(db, id),

    /** Role and unit of the step that follows a task, for choosing whom it goes to; undefined at the end. */
    async stepAfter(db: Db, task: TaskRow): Promise<{ role: string; unit: string } | undefined> {
      const instance = await db
        .selectFrom('process_instance')
        .select(['version_id', 'receiving_centre', 'resolving_agency', 'returning_place'])
        .where('id', '=', task.instance)
        .executeTakeFirst()
      const graph = instance && (await graphsOf(db, [instance.version_id])).get(instance.version_id)
      const index = graph?.steps.findIndex((step) => step.id === task.step) ?? -1
      const step = index < 0 ? undefined : graph?.steps[index + 1]
      if (!instance || !step) return undefined
      const unit = {
        receivingCentre: instance.receiving_centre,
        resolvingAgency: instance.resolving_agency,
        returningPlace: instance.returning_place,
      }[step.place]
      return { role: step.role, unit }
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
      await tx.updateTable('task').set({ paused_at: at }).where('id', '=', id).execute()
    },

    /** The step's clock counts from zero at `at`: what it waited for has arrived. */
    async restartTask(tx: Tx, id: string, at: Date): Promise<void> {
      const task = await taskById(tx, id)
      if (!task) return
      const due = task.hours === null || task.hours === 0 ? null : await deadline(at, task.hours, task.unit)
      await tx.updateTable('task').set({ due_at: due, paused_at: null }).where('id', '=', id).execute()
    },

    /** The step goes on; its due date moves by what its subject's clock stood still. */
    async resumeTask(tx: Tx, id: string, due: Date | null): Promise<void> {
      await tx.updateTable('task').set({ due_at: due, paused_at: null }).where('id', '=', id).execute()
    },
  }
}
