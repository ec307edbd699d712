import type { StaffActor } from '#modules/identity/contract.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input } from '#platform/operation.ts'
import { matches } from '#platform/policy.ts'
import type * as op from '../contract.ts'
import { dossiersByIds } from '../views/lists.ts'
import type { Asked, DossierDeps } from './deps.ts'
import { officerOf } from './officer.ts'
import type { createPages } from './page.ts'
import { holdsAt, mayTakeStep, readRule, taskRights } from './rights.ts'
import type { createSteps } from './steps.ts'
import { roleWords } from './words.ts'

type TaskDeps = DossierDeps & {
  pages: ReturnType<typeof createPages>
  step: ReturnType<typeof createSteps>['one']
}

/** One step in somebody's hands: taken, laid down, done, sent back, given to another. */
export const createTaskDesk = ({ pages, step, ...deps }: TaskDeps) => {
  const officersFor = async (task: string, actor: StaffActor, next: boolean) => {
    const tree = await deps.tree()
    const open = await deps.workflow.findTask(deps.db, task)
    const allowed =
      open &&
      (holdsAt(actor, tree, [open.role, 'UNIT_LEAD', 'AGENCY_LEAD'], open.unit) ||
        open.assignee?.id === actor.id)
    if (!open || !allowed) throw new Refusal('workflow.task-not-found')
    const target = next ? await deps.workflow.stepAfter(deps.db, open) : open
    return target ? deps.officersAt(target.role, target.unit) : []
  }

  const chosenOfficer = async (
    task: string,
    actor: StaffActor,
    account: string | undefined,
    next: boolean,
  ) => {
    if (account === undefined) return null
    const found = (await officersFor(task, actor, next)).find(({ id }) => id === account)
    if (!found) throw new Refusal('dossiers.unknown-assignee')
    return { id: found.id, name: found.name }
  }

  /** Where somebody may hold this very step: a mandate to sign is looked at with its dossier. */
  const rightsOn = async (id: string, actor: StaffActor) => {
    const tree = await deps.tree()
    const rights = taskRights(actor, tree)
    if (rights.every(({ only }) => only === undefined)) return rights
    const own = rights.filter(({ only }) => only === undefined)
    const task = await deps.workflow.findTask(deps.db, id)
    const dossier = task && (await dossiersByIds(deps.db, [task.subject.id])).get(task.subject.id)
    return task && dossier && mayTakeStep(actor, tree, task, dossier)
      ? [...own, { unit: task.unit, role: task.role }]
      : own
  }

  const readsDossier = async (id: string, actor: StaffActor): Promise<boolean> => {
    const dossier = (await dossiersByIds(deps.db, [id])).get(id)
    return dossier !== undefined && matches(readRule(actor, await deps.tree()), dossier)
  }

  const taskAbility = async (dossier: string, id: string, actor: StaffActor) => {
    const row = await deps.db
      .selectFrom('dossier')
      .select('code')
      .where('id', '=', dossier)
      .executeTakeFirstOrThrow()
    const { tasks } = await pages.view(row.code, actor)
    const task = tasks.find((one) => one.id === id)
    if (!task) throw new Refusal('workflow.task-not-found')
    return task
  }

  return {
    claim: async ({ id }: Input<typeof op.claimTask>, { actor }: Asked) => {
      const rights = await rightsOn(id, actor)
      const task = await deps.workflow.claimTask(deps.db, {
        task: id,
        by: officerOf(actor),
        rights,
      })
      return taskAbility(task.subject.id, id, actor)
    },
    release: async ({ id }: Input<typeof op.releaseTask>, { actor }: Asked) => {
      const rights = await rightsOn(id, actor)
      await deps.workflow.releaseTask(deps.db, { task: id, by: officerOf(actor), rights })
      return { id }
    },
    complete: async (input: Input<typeof op.completeTask>, { actor, idempotency }: Asked) => {
      const answer = await step({
        task: input.id,
        actor,
        act: {
          kind: 'complete',
          opinion: input.opinion || null,
          outcome: input.outcome ?? 'GRANTED',
          decision: input.decision ?? null,
          assignee: await chosenOfficer(input.id, actor, input.assignee, true),
          result: input.result ?? null,
        },
        idempotency,
      })
      return answer
    },
    sendBack: (input: Input<typeof op.sendTaskBack>, { actor, idempotency }: Asked) =>
      step({
        task: input.id,
        actor,
        act: { kind: 'send-back', reason: input.reason, toStep: input.toStep ?? null },
        idempotency,
      }),
    reassign: async (input: Input<typeof op.reassignTask>, { actor }: Asked) => {
      const tree = await deps.tree()
      const open = await deps.workflow.findTask(deps.db, input.id)
      if (!open) throw new Refusal('workflow.task-not-found')
      if (!holdsAt(actor, tree, ['UNIT_LEAD', 'AGENCY_LEAD'], open.unit)) {
        const known = await readsDossier(open.subject.id, actor)
        if (!known) throw new Refusal('workflow.task-not-found')
        throw new Refusal('dossiers.not-your-role', {
          role: roleWords(['UNIT_LEAD', 'AGENCY_LEAD']),
          unit: tree.units.get(open.unit)?.name ?? open.unit,
        })
      }
      const to = await chosenOfficer(input.id, actor, input.assignee, false)
      if (!to) throw new Refusal('dossiers.unknown-assignee')
      const by = { id: actor.id, name: actor.name }
      await deps.workflow.reassignTask(deps.db, {
        task: input.id,
        by,
        rights: 'all',
        to,
        reason: input.reason,
      })
      return { id: input.id, assignee: to }
    },
    assignees: async ({ id, next }: Input<typeof op.listAssignees>, { actor }: Asked) => {
      const officers = await officersFor(id, actor, next)
      const holding = await deps.workflow.holdingOf(
        deps.db,
        officers.map((officer) => officer.id),
      )
      return { items: officers.map((officer) => ({ ...officer, holding: holding.get(officer.id) ?? 0 })) }
    },
  }
}
