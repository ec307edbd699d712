import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import type { TaskRow } from '#modules/workflow/index.ts'
import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { matches } from '#platform/policy.ts'
import type { assignTasks, BulkTasks, completeTasks, planAssignment } from '../contract/bulk.ts'
import { spreadEvenly } from '../rules/spread.ts'
import { type DossierRow, lockDossiersOfTasks } from '../store/dossiers.ts'
import { dossiersByIds } from '../views/lists.ts'
import type { Asked, DossierDeps } from './deps.ts'
import { togetherOrEachAlone } from './each-alone.ts'
import { refusalWords } from './refusal-words.ts'
import { holdsAt, readRule } from './rights.ts'
import type { StepItem, StepOutcome } from './steps.ts'
import { roleWords } from './words.ts'

type Officer = { id: string; name: string; position: string }
type Run = (tx: Tx, tree: Tree, items: readonly StepItem[]) => Promise<StepOutcome[]>
type Done = BulkTasks['done'][number]
type End = { done: Done } | { refusal: Refusal }

/** A step with whoever may be given it: the next step's officers when it assigns, its own otherwise. */
type Found = { task: TaskRow; dossier: DossierRow | undefined }
type Assignable = Found & { officers: readonly Officer[] }

const LEADS = ['UNIT_LEAD', 'AGENCY_LEAD']

const once = <T extends { task: string }>(items: readonly T[]): T[] =>
  [...new Map(items.toReversed().map((item) => [item.task, item])).values()].toReversed()

/**
 * Many steps in one transaction: dossiers locked first in the order of their ids and tasks after, as everywhere, so that two
 * lists that overlap wait for one another; the second finds the first one's work done and is told so item by item.
 */
export const createBulk = (deps: DossierDeps, run: Run) => {
  const { workflow } = deps

  const answerOf = (
    tasks: readonly string[],
    ends: readonly End[],
    known: ReadonlyMap<string, string>,
  ): BulkTasks => ({
    done: ends.flatMap((end) => ('done' in end ? [end.done] : [])),
    refused: ends.flatMap((end, i) => {
      const task = tasks[i]
      if (!('refusal' in end) || task === undefined) return []
      return [{ task, code: known.get(task) ?? null, refusal: refusalWords(end.refusal) }]
    }),
  })

  /** Steps with their dossiers, in two queries. */
  const findAll = async (ids: readonly string[]): Promise<Found[]> => {
    const tasks = [...(await workflow.findTasks(deps.db, ids)).values()]
    const dossiers = await dossiersByIds(
      deps.db,
      tasks.map(({ subject }) => subject.id),
    )
    return tasks.map((task) => ({ task, dossier: dossiers.get(task.subject.id) }))
  }

  /** Codes of the dossiers that the asker may know, by step. */
  const knownCodes = (actor: StaffActor, tree: Tree, found: readonly Found[]): Map<string, string> => {
    const rule = readRule(actor, tree)
    return new Map(
      found.flatMap(({ task, dossier }): [string, string][] => {
        const knows = dossier && (matches(rule, dossier) || holdsAt(actor, tree, [task.role], task.unit))
        return knows ? [[task.id, dossier.code]] : []
      }),
    )
  }

  /** Before the transaction, which must not wait for a second connection. */
  const assignables = async (all: readonly Found[]): Promise<Map<string, Assignable>> => {
    const next = await workflow.stepsAfter(
      deps.db,
      all.flatMap(({ task }) => (task.action === 'assign' ? [task] : [])),
    )
    const asked = new Map<string, Promise<readonly Officer[]>>()
    const officersAt = (role: string, unit: string) => {
      const key = `${role} ${unit}`
      const officers = asked.get(key) ?? deps.officersAt(role, unit)
      asked.set(key, officers)
      return officers
    }
    const found = all.map(async ({ task, dossier }): Promise<[string, Assignable]> => {
      const place = task.action === 'assign' ? next.get(task.id) : task
      const officers = place ? await officersAt(place.role, place.unit) : []
      return [task.id, { task, dossier, officers }]
    })
    return new Map(await Promise.all(found))
  }

  /** Giving a step to somebody else belongs to the head; giving out the next one to whoever does the assigning step. */
  const refuseAssigning = (
    actor: StaffActor,
    tree: Tree,
    found: Assignable | undefined,
  ): Refusal | undefined => {
    if (!found) return new Refusal('workflow.task-not-found')
    const { task, dossier } = found
    const roles = task.action === 'assign' ? [task.role, ...LEADS] : LEADS
    if (holdsAt(actor, tree, roles, task.unit)) {
      return task.action === 'return' ? new Refusal('dossiers.return-by-action') : undefined
    }
    if (!dossier || !matches(readRule(actor, tree), dossier)) return new Refusal('workflow.task-not-found')
    return new Refusal('dossiers.not-your-role', {
      role: roleWords(task.action === 'assign' ? [task.role] : LEADS),
      unit: tree.units.get(task.unit)?.name ?? task.unit,
    })
  }

  const runMany = (tx: Tx, tree: Tree, items: readonly StepItem[]): Promise<StepOutcome[]> =>
    togetherOrEachAlone(
      tx,
      items,
      (some) => run(tx, tree, some),
      (refusal): StepOutcome => ({ refusal }),
    )

  const endOf = (task: string, outcome: StepOutcome | undefined): End => {
    if (!outcome) return { refusal: new Refusal('workflow.task-not-found') }
    if ('refusal' in outcome) return outcome
    const { code, state, version, next } = outcome.answer
    return { done: { task, code, state, version, next } }
  }

  const plan = async (
    input: Input<typeof planAssignment>,
    actor: StaffActor,
  ): Promise<Output<typeof planAssignment>> => {
    const tree = await deps.tree()
    const ids = [...new Set(input.tasks)]
    const found = await assignables(await findAll(ids))
    const wanted = (officer: Officer) => !input.officers || input.officers.includes(officer.id)
    const items = ids.flatMap((id) => {
      const one = found.get(id)
      if (!one || refuseAssigning(actor, tree, one)) return []
      return [{ task: id, code: one.dossier?.code ?? '', officers: one.officers }]
    })
    const officers = new Map(items.flatMap((item) => item.officers).map((officer) => [officer.id, officer]))
    const holding = await workflow.holdingOf(deps.db, [...officers.keys()])
    const given = spreadEvenly(
      items.map(({ task, officers: able }) => ({
        item: task,
        candidates: able.filter(wanted).map(({ id }) => id),
      })),
      holding,
    )
    const counts = Map.groupBy(given.values(), (officer) => officer)
    const refusals = ids.flatMap((id) => {
      const refusal = refuseAssigning(actor, tree, found.get(id))
      return refusal ? [{ id, refusal }] : []
    })
    const { refused } = answerOf(
      refusals.map(({ id }) => id),
      refusals,
      knownCodes(actor, tree, [...found.values()]),
    )
    return {
      items: items.map(({ task, code, officers: able }) => ({
        task,
        code,
        proposed: given.get(task) ?? null,
        candidates: able.map(({ id }) => id),
      })),
      refused,
      officers: [...officers.values()].map(({ id, name, position }) => ({
        ...{ id, name, position },
        holding: holding.get(id) ?? 0,
        given: counts.get(id)?.length ?? 0,
      })),
    }
  }

  const assign = async (
    input: Input<typeof assignTasks>,
    { actor, idempotency }: Asked,
  ): Promise<BulkTasks> => {
    const tree = await deps.tree()
    const items = once(input.items)
    const ids = items.map(({ task }) => task)
    const found = await assignables(await findAll(ids))
    const known = knownCodes(actor, tree, [...found.values()])
    const by = { id: actor.id, name: actor.name }
    const checked = items.map(({ task, assignee }) => {
      const one = found.get(task)
      const officer = one?.officers.find(({ id }) => id === assignee)
      const refusal =
        refuseAssigning(actor, tree, one) ?? (officer ? undefined : new Refusal('dossiers.unknown-assignee'))
      return { task, one, refusal, to: officer && { id: officer.id, name: officer.name } }
    })
    const wanted = checked.flatMap(({ task, one, refusal, to }) =>
      one && to && !refusal ? [{ task, one, to }] : [],
    )
    return inTransaction(deps.db, async (tx) => {
      // All dossiers first, then tasks: the two kinds of change below never meet another list in another order.
      const dossiers = await lockDossiersOfTasks(
        tx,
        wanted.map(({ task }) => task),
      )
      const assigning = wanted.filter(({ one }) => one.task.action === 'assign')
      const handing = wanted.filter(({ one }) => one.task.action !== 'assign')
      const outcomes = await runMany(
        tx,
        tree,
        assigning.map(({ task, to }) => ({
          task,
          actor,
          act: {
            ...{ kind: 'complete', opinion: input.reason, outcome: 'GRANTED', decision: null },
            ...{ assignee: to, result: null },
          },
          idempotency: undefined,
        })),
      )
      const moved = await workflow.reassignTasks(tx, {
        items: handing.map(({ task, to }) => ({ task, to })),
        by,
        reason: input.reason,
      })
      const ends = new Map<string, End>([
        ...checked.flatMap(({ task, refusal }): [string, End][] => (refusal ? [[task, { refusal }]] : [])),
        ...assigning.map(({ task }, i): [string, End] => [task, endOf(task, outcomes[i])]),
        ...handing.map(({ task, one, to }, i): [string, End] => {
          const result = moved[i]
          if (!result?.ok) {
            const { code = 'workflow.task-not-found', details = {} } = result?.refusal ?? {}
            return [task, { refusal: new Refusal(code, details) }]
          }
          const dossier = dossiers.get(one.task.subject.id)
          if (!dossier) return [task, { refusal: new Refusal('workflow.task-not-found') }]
          const { code, state, version } = dossier
          return [task, { done: { task, code, state, version, next: [to.name] } }]
        }),
      ])
      const answer = answerOf(
        ids,
        ids.map((id) => ends.get(id) ?? { refusal: new Refusal('workflow.task-not-found') }),
        known,
      )
      await idempotency?.remember(tx, answer)
      return answer
    })
  }

  const complete = async (
    input: Input<typeof completeTasks>,
    { actor, idempotency }: Asked,
  ): Promise<BulkTasks> => {
    const tree = await deps.tree()
    const items = once(input.items)
    const ids = items.map(({ task }) => task)
    const all = await findAll(ids)
    const known = knownCodes(actor, tree, all)
    const assigned = items.some(({ assignee }) => assignee) ? await assignables(all) : undefined
    const steps = items.map(({ task, version, assignee }) => {
      const officer = assigned?.get(task)?.officers.find(({ id }) => id === assignee)
      const item: StepItem = {
        task,
        actor,
        act: {
          kind: 'complete',
          opinion: input.opinion || null,
          outcome: input.outcome ?? 'GRANTED',
          decision: null,
          assignee: officer ? { id: officer.id, name: officer.name } : null,
          result: null,
        },
        idempotency: undefined,
        read: { version },
      }
      return { item, unknown: assignee !== undefined && !officer }
    })
    return inTransaction(deps.db, async (tx) => {
      const sent = steps.filter(({ unknown }) => !unknown).map(({ item }) => item)
      const outcomes = await runMany(tx, tree, sent)
      const outcomeOf = new Map(sent.map(({ task }, i) => [task, outcomes[i]]))
      const ends = steps.map(
        ({ item, unknown }): End =>
          unknown
            ? { refusal: new Refusal('dossiers.unknown-assignee') }
            : endOf(item.task, outcomeOf.get(item.task)),
      )
      const answer = answerOf(ids, ends, known)
      await idempotency?.remember(tx, answer)
      return answer
    })
  }

  return { plan, assign, complete }
}
