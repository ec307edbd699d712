import { v7 as newId } from 'uuid'
import { dueDate } from '#modules/calendar/rules.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import { subtree, type Tree } from '#modules/organisation/rules.ts'
import { inTransaction } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { matches } from '#platform/policy.ts'
import { fold } from '#platform/text/fold.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type { BulkTasks } from '../contract/bulk.ts'
import type { listOfficers } from '../contract/search.ts'
import type { getWorkload, urgeTasks } from '../contract/workload.ts'
import { lockDossiersOfTasks } from '../store/dossiers.ts'
import { insertUrges, workloadCounts } from '../views/workload.ts'
import { type Asked, type DossierDeps, eventActor } from './deps.ts'
import { refusalWords } from './refusal-words.ts'
import { holdsAt, readRule, taskRights, WATCHES, WORKING, watchedUnits } from './rights.ts'
import { roleWords } from './words.ts'

const named = (tree: Tree, id: string) => ({ id, name: tree.units.get(id)?.shortName ?? id })

export const createWorkload = (deps: DossierDeps) => {
  const { workflow } = deps

  const inDays = async (now: Date, days: number): Promise<Date> => {
    const calendar = await deps.calendarFor(null)
    const { due } = dueDate({ start: now, amount: days, unit: 'WORKING_DAY', calendar })
    if (!due) throw new Error('a number of working days always has an end')
    return due
  }

  const chosen = (actor: StaffActor, tree: Tree, unit: string | undefined): string[] | undefined => {
    const watched = watchedUnits(actor, tree)
    if (unit === undefined) return watched === 'all' ? undefined : watched
    if (watched !== 'all' && !watched.includes(unit))
      throw new Refusal('dossiers.not-yours-to-watch', { unit: tree.units.get(unit)?.name ?? unit })
    return subtree(tree, unit).map(({ id }) => id)
  }

  const get = async (
    { unit }: Input<typeof getWorkload>,
    { actor }: Asked,
  ): Promise<Output<typeof getWorkload>> => {
    const tree = await deps.tree()
    const now = deps.clock.now()
    const units = chosen(actor, tree, unit)
    const [in1, in3, in5] = await Promise.all([inDays(now, 1), inDays(now, 3), inDays(now, 5)])
    const rights = taskRights(actor, tree)
    const count = async (filter: { action?: 'approve' | 'assign'; assignees?: string[] }) =>
      (await workflow.countTasks(deps.db, { rights, filter })).count
    const [{ rows, capped }, approve, assign, inHand] = await Promise.all([
      workloadCounts(deps.db, { units, roles: WORKING, now, in1, in3, in5 }),
      count({ action: 'approve' }),
      count({ action: 'assign' }),
      count({ assignees: [actor.id] }),
    ])
    const sum = (of: 'overdue' | 'in1' | 'in3' | 'in5') => rows.reduce((all, row) => all + row[of], 0)
    const watched = watchedUnits(actor, tree)
    return {
      rows: rows.map((row) => ({
        unit: named(tree, row.unit_id),
        step: row.step_id,
        name: row.name,
        officer: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
        ...{ overdue: row.overdue, in1: row.in1, in3: row.in3, in5: row.in5 },
      })),
      mine: { approve, assign, inHand },
      totals: { overdue: sum('overdue'), in1: sum('in1'), in3: sum('in3'), in5: sum('in5') },
      capped,
      until: { in1: toLocalIso(in1), in3: toLocalIso(in3), in5: toLocalIso(in5) },
      units: (watched === 'all' ? rows.map(({ unit_id }) => unit_id) : watched)
        .filter((id, i, all) => all.indexOf(id) === i)
        .map((id) => named(tree, id))
        .slice(0, 300),
    }
  }

  const urge = async (
    { tasks: wanted, message }: Input<typeof urgeTasks>,
    { actor, idempotency }: Asked,
  ): Promise<BulkTasks> => {
    const tree = await deps.tree()
    const rule = readRule(actor, tree)
    const ids = [...new Set(wanted)]
    const watches = actor.grants.some(({ role }) => WATCHES.includes(role))
    return inTransaction(deps.db, async (tx) => {
      const dossiers = await lockDossiersOfTasks(tx, ids)
      const tasks = await workflow.findTasks(tx, ids)
      const at = deps.clock.now()
      const done: BulkTasks['done'] = []
      const refused: BulkTasks['refused'] = []
      for (const id of ids) {
        const task = tasks.get(id)
        const dossier = task && dossiers.get(task.subject.id)
        const known = task && dossier && (matches(rule, dossier) || holdsAt(actor, tree, WATCHES, task.unit))
        if (!known) {
          refused.push({
            ...{ task: id, code: null },
            refusal: refusalWords(new Refusal('workflow.task-not-found')),
          })
        } else if (!watches) {
          const unit = tree.units.get(task.unit)?.name ?? task.unit
          const refusal = new Refusal('dossiers.not-your-role', { role: roleWords(['UNIT_LEAD']), unit })
          refused.push({ task: id, code: dossier.code, refusal: refusalWords(refusal) })
        } else if (task.state !== 'open' && task.state !== 'claimed') {
          const refusal = new Refusal('dossiers.step-is-done')
          refused.push({ task: id, code: dossier.code, refusal: refusalWords(refusal) })
        } else {
          const { code, state, version } = dossier
          done.push({ task: id, code, state, version, next: [task.assignee?.name ?? task.name] })
        }
      }
      await insertUrges(
        tx,
        done.map(({ task }) => ({
          ...{ id: newId(), task_id: task, at, message },
          ...{ by_account: actor.id, by_name: actor.name },
        })),
      )
      await deps.log.append(
        tx,
        done.flatMap(({ task: id }) => {
          const task = tasks.get(id)
          if (!task) return []
          return [
            {
              type: 'task-urged',
              at,
              actor: eventActor(actor),
              subject: task.subject,
              data: { task: id, step: task.step, reason: message, to: task.assignee?.id ?? null },
            },
          ]
        }),
      )
      const answer = { done, refused }
      await idempotency?.remember(tx, answer)
      return answer
    })
  }

  const officers = async ({ q, id }: Input<typeof listOfficers>): Promise<Output<typeof listOfficers>> => {
    const wanted = fold(q ?? '')
    const all = await workflow.officersHolding(deps.db)
    const found = all.filter((one) => (id === undefined || one.id === id) && fold(one.name).includes(wanted))
    return { items: found.toSorted((a, b) => a.name.localeCompare(b.name, 'vi')).slice(0, 20) }
  }

  return { get, urge, officers }
}
