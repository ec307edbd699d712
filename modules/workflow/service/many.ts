import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'
import { type Officer, refuseStanding, stepsFollowing, type WorkflowRefusal } from '../rules.ts'
import { type LockedTask, lockTasks } from '../store/instances.ts'
import { type TaskRow, tasksByIds } from '../views.ts'
import type { WorkflowDeps } from './deps.ts'
import type { GraphCache } from './graphs.ts'

export type ReassignItem = { task: string; to: Officer }
export type Reassigned = { ok: true; task: LockedTask } | { ok: false; refusal: WorkflowRefusal }

/** Questions and changes about many tasks at once: a few statements whatever their number. */
export function createMany({ log, clock }: Pick<WorkflowDeps, 'log' | 'clock'>, { graphsOf }: GraphCache) {
  return {
    /** Everybody who holds an open step: the index is skipped through, one look for each of them. */
    async officersHolding(db: Db): Promise<Officer[]> {
      const { rows } = await sql<{ id: string; name: string | null }>`
        with recursive holder as (
          (select assignee_id as id, assignee_name as name from task
            where state in ('open', 'claimed') and assignee_id is not null order by assignee_id limit 1)
          union all
          select next.id, next.name from holder cross join lateral (
            select assignee_id as id, assignee_name as name from task
            where state in ('open', 'claimed') and assignee_id is not null and assignee_id > holder.id
            order by assignee_id limit 1) next
        )
        select id, name from holder limit 5000`.execute(db)
      return rows.map(({ id, name }) => ({ id, name: name ?? '' }))
    },

    findTasks: (db: Db, ids: readonly string[]): Promise<Map<string, TaskRow>> => tasksByIds(db, ids),

    /** Role and unit of the step that follows each task; none at the end, or where several may follow. */
    async stepsAfter(
      db: Db,
      tasks: readonly TaskRow[],
    ): Promise<Map<string, { role: string; unit: string }>> {
      const { rows } = await sql<{
        id: string
        version_id: string
        receiving_centre: string
        resolving_agency: string
        returning_place: string
      }>`select id, version_id, receiving_centre, resolving_agency, returning_place from process_instance
        where id = any(${[...new Set(tasks.map((task) => task.instance))]}::uuid[])`.execute(db)
      const instances = new Map(rows.map((row) => [row.id, row]))
      const versionOf = (task: TaskRow) => task.version ?? instances.get(task.instance)?.version_id
      const versions = new Set(tasks.flatMap((task) => versionOf(task) ?? []))
      const graphs = await graphsOf(db, [...versions])
      return new Map(
        tasks.flatMap((task): [string, { role: string; unit: string }][] => {
          const instance = instances.get(task.instance)
          const graph = graphs.get(versionOf(task) ?? '')
          const [step, ...others] = graph ? stepsFollowing(graph, task.step) : []
          if (!instance || !step || others.length > 0) return []
          const unit = {
            receivingCentre: instance.receiving_centre,
            resolvingAgency: instance.resolving_agency,
            returningPlace: instance.returning_place,
          }[step.place]
          return [[task.id, { role: step.role, unit: step.agency ?? unit }]]
        }),
      )
    },

    /**
     * A head gives many tasks to others, whoever has them (T20); the caller has checked that it is a head, and locks what
     * lies above the tasks. Each is refused alone.
     */
    async reassignTasks(
      tx: Tx,
      { items, by, reason }: { items: readonly ReassignItem[]; by: Officer; reason: string },
    ): Promise<Reassigned[]> {
      if (items.length === 0) return []
      const locked = new Map(
        (
          await lockTasks(
            tx,
            items.map(({ task }) => task),
          )
        ).map((task) => [task.id, task]),
      )
      const decided = items.map(({ task: id, to }): Reassigned & { to: Officer } => {
        const task = locked.get(id)
        if (!task) return { ok: false, to, refusal: { code: 'workflow.task-not-found', details: {} } }
        const refusal = refuseStanding({ ...task, assignee: null }, by)
        return refusal ? { ok: false, to, refusal } : { ok: true, to, task }
      })
      const moved = decided.flatMap((one) => (one.ok ? [one] : []))
      await sql`update task t set state = 'open', assignee_id = x.to, assignee_name = x.name, claimed_at = null
        from jsonb_to_recordset(${JSON.stringify(moved.map(({ task, to }) => ({ id: task.id, to: to.id, name: to.name })))}::jsonb)
          as x(id uuid, "to" text, name text)
        where t.id = x.id`.execute(tx)
      const at = clock.now()
      const actor = { kind: 'staff', id: by.id, name: by.name } as const
      await log.append(
        tx,
        moved.map(({ task, to }) => ({
          type: 'task-reassigned',
          at,
          actor,
          subject: task.subject,
          data: { task: task.id, step: task.step, to: to.id, reason: reason.trim() },
        })),
      )
      return decided
    },
  }
}
