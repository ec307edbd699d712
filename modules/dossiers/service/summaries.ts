import { workingMinutesBetween } from '#modules/calendar/rules.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import { subtree, type Tree } from '#modules/organisation/rules.ts'
import type { TaskRow } from '#modules/workflow/index.ts'
import { actingFor } from '#modules/workflow/rules.ts'
import type { Input, Output } from '#platform/operation.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type { DossierSummary } from '../contract/dossier.ts'
import type { searchDossiers } from '../contract/search.ts'
import type { listDossiers, listTasks, TaskItem } from '../contract/work.ts'
import { statusOf } from '../rules.ts'
import type { DossierRow } from '../store/dossiers.ts'
import { dossiersByIds, type ListPosition, listDossierRows, waitingRows } from '../views/lists.ts'
import { lastUrges, type UrgeRow } from '../views/workload.ts'
import { decodePosition, encodePosition } from './cursor.ts'
import { dossierPace, stepPace } from './deadline.ts'
import type { DossierDeps } from './deps.ts'
import { officerOf } from './officer.ts'
import { readRule, taskRights, watchedRights } from './rights.ts'

export const isOpen = (task: TaskRow): boolean => task.state === 'open' || task.state === 'claimed'

const named = (tree: Tree, id: string) => ({
  id,
  name: tree.units.get(id)?.shortName ?? tree.units.get(id)?.name ?? id,
})

export const summaryOf = async (
  deps: DossierDeps,
  tree: Tree,
  dossier: DossierRow,
  current: TaskRow | undefined,
): Promise<DossierSummary> => {
  const calendar = await deps.calendarFor(dossier.receiving_centre)
  return {
    code: dossier.code,
    procedure: {
      code: dossier.procedure_code,
      name: dossier.procedure_name,
      officialName: dossier.procedure_official_name,
    },
    owner: dossier.owner_name,
    state: dossier.state,
    outcome: dossier.outcome,
    status: statusOf(dossier),
    ...dossierPace(calendar, dossier, deps.clock.now()),
    due: dossier.due_at && toLocalIso(dossier.due_at),
    receivedAt: toLocalIso(dossier.received_at),
    receivingCentre: named(tree, dossier.receiving_centre),
    resolvingUnit: named(tree, dossier.resolving_unit),
    current: current
      ? { step: current.name, unit: named(tree, current.unit).name, assignee: current.assignee?.name ?? null }
      : null,
    version: dossier.version,
  }
}

export const createSummaries = (deps: DossierDeps) => {
  const list = async (
    input: Input<typeof listDossiers> | Input<typeof searchDossiers>,
    actor: StaffActor,
  ): Promise<Output<typeof listDossiers>> => {
    const tree = await deps.tree()
    const agencies =
      'agency' in input && input.agency ? subtree(tree, input.agency).map(({ id }) => id) : undefined
    const rule = readRule(actor, tree)
    const now = deps.clock.now()
    const from = decodePosition(input.after)
    const after: ListPosition | undefined = from?.at ? { receivedAt: from.at, id: from.id } : undefined
    const options = { rule, filter: { ...input, agencies }, now, limit: input.limit }
    const page = await listDossierRows(deps.db, after ? { ...options, after } : options)
    const { rows, next, total } = page
    const tasks = await deps.workflow.tasksOfSubjects(
      deps.db,
      rows.map(({ id }) => id),
    )
    const items = await Promise.all(
      rows.map((row) => summaryOf(deps, tree, row, tasks.get(row.id)?.find(isOpen))),
    )
    return { items, next: encodePosition(next && { at: next.receivedAt, id: next.id }), total }
  }

  const itemOf = async (
    { actor, tree }: { actor: StaffActor; tree: Tree },
    task: TaskRow,
    dossier: DossierRow,
    history: readonly TaskRow[],
    urge: UrgeRow | undefined,
  ): Promise<TaskItem> => {
    const now = deps.clock.now()
    const calendar = await deps.calendarFor(task.unit)
    const last = history.filter((one) => one.opinion ?? one.returnReason).at(-1)
    return {
      id: task.id,
      name: task.name,
      role: task.role,
      unit: named(tree, task.unit),
      assignee: task.assignee,
      state: task.state === 'claimed' ? 'claimed' : 'open',
      openedAt: toLocalIso(task.openedAt),
      due: task.dueAt && toLocalIso(task.dueAt),
      ...stepPace(calendar, task, now),
      dossier: {
        code: dossier.code,
        procedure: dossier.procedure_code,
        procedureName: dossier.procedure_name,
        owner: dossier.owner_name,
        state: dossier.state,
        status: statusOf(dossier),
        due: dossier.due_at && toLocalIso(dossier.due_at),
        receivedAt: toLocalIso(dossier.received_at),
        receivingCentre: named(tree, dossier.receiving_centre).name,
        version: dossier.version,
      },
      lastOpinion: last
        ? {
            text: last.opinion ?? last.returnReason ?? '',
            actor: last.closedBy?.name ?? '',
            at: toLocalIso(last.closedAt ?? last.openedAt),
          }
        : null,
      urged: urge ? { at: toLocalIso(urge.at), by: urge.by_name, message: urge.message } : null,
      usedHours: Math.round(workingMinutesBetween(calendar, task.openedAt, task.pausedAt ?? now) / 6) / 10,
      hours: task.hours ?? 0,
      part: task.part,
      escalation: task.escalation,
      onBehalfOf: actingFor(task, officerOf(actor)),
    }
  }

  const tasks = async (
    input: Input<typeof listTasks>,
    actor: StaffActor,
  ): Promise<Output<typeof listTasks>> => {
    const tree = await deps.tree()
    const rights = taskRights(actor, tree)
    const mine = { rights, filter: { assignees: [actor.id, ...(actor.actsFor ?? []).map(({ id }) => id)] } }
    const free = { rights, filter: { state: 'open' as const } }
    const toReturn = { rights, filter: { action: 'return' as const } }
    const rule = readRule(actor, tree)
    const [mineCount, freeCount, returnCount, waiting] = await Promise.all([
      deps.workflow.countTasks(deps.db, mine),
      deps.workflow.countTasks(deps.db, free),
      deps.workflow.countTasks(deps.db, toReturn),
      waitingRows(deps.db, rule, 201),
    ])
    const from = decodePosition(input.after)
    const base =
      input.filter === 'mine'
        ? mine
        : input.filter === 'claimable'
          ? free
          : { rights: input.filter === 'unit' ? watchedRights(actor, tree, input.unit) : rights, filter: {} }
    const filter = {
      ...base.filter,
      ...(input.officer === 'nobody' ? { unassigned: true } : {}),
      ...(input.officer && input.officer !== 'nobody' ? { assignees: [input.officer] } : {}),
      ...(input.dueBefore ? { dueBefore: new Date(input.dueBefore) } : {}),
      ...(input.dueFrom ? { dueFrom: new Date(input.dueFrom) } : {}),
      ...(input.kind ? { action: input.kind } : {}),
      ...(input.step ? { step: input.step } : {}),
    }
    const page =
      input.filter === 'waiting'
        ? { items: [] as TaskRow[], next: null }
        : await deps.workflow.listTasks(deps.db, {
            rights: base.rights,
            filter,
            limit: input.limit,
            ...(from ? { after: { dueAt: from.at, id: from.id } } : {}),
          })
    const waitingIds = input.filter === 'waiting' ? waiting.slice(0, input.limit).map(({ id }) => id) : []
    const subjects = [...page.items.map((task) => task.subject.id), ...waitingIds]
    const [dossiers, histories] = await Promise.all([
      dossiersByIds(deps.db, subjects),
      deps.workflow.tasksOfSubjects(deps.db, subjects),
    ])
    const shown =
      input.filter === 'waiting'
        ? waitingIds.flatMap((id) => histories.get(id)?.find(isOpen) ?? [])
        : page.items
    const urges = await lastUrges(
      deps.db,
      shown.map(({ id }) => id),
    )
    const items = await Promise.all(
      shown.flatMap((task) => {
        const dossier = dossiers.get(task.subject.id)
        return dossier
          ? [itemOf({ actor, tree }, task, dossier, histories.get(task.subject.id) ?? [], urges.get(task.id))]
          : []
      }),
    )
    return {
      items,
      next: encodePosition(page.next && { at: page.next.dueAt, id: page.next.id }),
      counts: {
        mine: { value: mineCount.count, capped: mineCount.capped },
        claimable: { value: freeCount.count, capped: freeCount.capped },
        waiting: { value: Math.min(waiting.length, 200), capped: waiting.length > 200 },
        toReturn: { value: returnCount.count, capped: returnCount.capped },
      },
    }
  }

  return { list, tasks }
}
