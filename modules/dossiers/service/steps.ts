import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import { agencyOf, sealAt, type Tree } from '#modules/organisation/rules.ts'
import type { LockedTask, MoveItem, MoveResult } from '#modules/workflow/index.ts'
import { inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { createGroup } from '#platform/db/group.ts'
import { Refusal } from '#platform/errors.ts'
import { type Idempotency, rememberAnswers } from '#platform/http/idempotency.ts'
import type { JsonObject, NewEvent } from '#platform/log/log.ts'
import { matches } from '#platform/policy.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { Outcome, State } from '../contract/vocabulary.ts'
import { ASKING_STEPS } from '../rules/consultation.ts'
import { RUNNING, STATE_LABELS, STEPS } from '../rules.ts'
import { stopClocks } from '../store/clock.ts'
import { takeResultNumber } from '../store/codes.ts'
import {
  applyStepPatches,
  type DossierRow,
  lockDossiersOfTasks,
  markAtCentre,
  type StepPatch,
} from '../store/dossiers.ts'
import { insertResult } from '../store/results.ts'
import { assertAttachable } from './attach.ts'
import { type DossierDeps, eventActor } from './deps.ts'
import { officerOf } from './officer.ts'
import { mayTakeStep, readRule, signedAs } from './rights.ts'
import { DID, DOING, resultInFuture, roleWords } from './words.ts'

export type StepAnswer = { code: string; state: State; version: number; next: string[]; tasks: string[] }

export type ResultInput = {
  number?: string | undefined
  date?: string | undefined
  summary?: string | undefined
  file?: string | undefined
}

export type StepAct =
  | {
      kind: 'complete'
      opinion: string | null
      outcome: Outcome
      decision: string | null
      assignee: { id: string; name: string } | null
      result: ResultInput | null
    }
  | { kind: 'send-back'; reason: string; toStep: string | null }

export type StepItem = {
  task: string
  actor: StaffActor
  act: StepAct
  idempotency: Idempotency | undefined
  /** The dossier's version that the officer had read; of a list, where nobody looks at each once more. */
  read?: { version: number | undefined }
}

export type StepOutcome = { answer: StepAnswer } | { refusal: Refusal }

/** What a step does to the dossier besides moving the process. */
const patchOf = (
  dossier: DossierRow,
  task: LockedTask,
  { item, tree, at }: { item: StepItem; tree: Tree; at: Date },
): StepPatch => {
  const patch: StepPatch = {
    id: dossier.id,
    state: dossier.state === 'ACCEPTED' ? 'PROCESSING' : dossier.state,
    outcome: dossier.outcome,
    approved_by: dossier.approved_by,
    approved_as: dossier.approved_as,
    completed_at: null,
    moved_at: at.toISOString(),
  }
  if (item.act.kind === 'send-back') return patch
  if (task.action === 'approve') {
    const approved = {
      approved_by: item.actor.id,
      approved_as: signedAs(item.actor, tree, dossier, task.unit),
    }
    return { ...patch, outcome: item.act.outcome, ...approved }
  }
  if (task.action === 'issue') {
    return {
      ...patch,
      state: 'COMPLETED',
      outcome: patch.outcome ?? 'GRANTED',
      completed_at: at.toISOString(),
    }
  }
  return patch
}

/** The agency in charge goes on when everybody it asked has answered, was silent or is no longer asked. */
export const waitsForOpinions = (
  tree: Tree,
  task: { unit: string; action: string },
  dossier: Pick<DossierRow, 'opinions_awaited' | 'resolving_unit'>,
): boolean =>
  dossier.opinions_awaited > 0 &&
  ASKING_STEPS.includes(task.action) &&
  agencyOf(tree, task.unit)?.id === agencyOf(tree, dossier.resolving_unit)?.id

export const createSteps = (deps: DossierDeps) => {
  const refusalBefore = (
    tree: Tree,
    task: LockedTask,
    dossier: DossierRow,
    item: StepItem,
  ): Refusal | undefined => {
    if (!mayTakeStep(item.actor, tree, task, dossier)) {
      // Who may not read the dossier is not told that the step exists, nor whose it is.
      if (!matches(readRule(item.actor, tree), dossier)) return new Refusal('workflow.task-not-found')
      return new Refusal('dossiers.not-your-role', {
        role: roleWords([task.role]),
        unit: tree.units.get(task.unit)?.name ?? task.unit,
      })
    }
    const state = dossier.state
    if (task.action === 'return') return new Refusal('dossiers.return-by-action')
    if (!RUNNING.includes(state))
      return new Refusal('dossiers.action-not-allowed', { state: STATE_LABELS[state] })
    if (item.act.kind !== 'complete') return undefined
    if (waitsForOpinions(tree, task, dossier))
      return new Refusal('dossiers.opinions-awaited', { count: dossier.opinions_awaited })
    const unread = item.read && refuseUnread(task, dossier, item.read.version)
    if (unread) return unread
    if (task.action === 'approve' && dossier.intake_by === item.actor.id) {
      return new Refusal('dossiers.segregation', { did: DID.intake, doing: DOING.approval })
    }
    if (item.act.outcome === 'REFUSED' && task.action === 'approve' && !item.act.opinion) {
      return new Refusal('dossiers.opinion-required')
    }
    const today = localDateOf(deps.clock.now())
    if (item.act.result?.date && item.act.result.date > today) {
      return new Refusal('dossiers.date-in-future', resultInFuture(today))
    }
    return undefined
  }

  const registerResult = async (
    tx: Tx,
    tree: Tree,
    dossier: DossierRow,
    item: StepItem,
    at: Date,
  ): Promise<JsonObject> => {
    if (item.act.kind !== 'complete') return {}
    const unit = registerOf(tree, dossier)
    const date = item.act.result?.date ?? localDateOf(at)
    const year = Number(date.slice(0, 4))
    const number = item.act.result?.number ?? (await freeNumber(tx, unit, year))
    const outcome = dossier.outcome ?? 'GRANTED'
    const seal = sealFor(tree, dossier)
    await insertResult(tx, {
      id: newId(),
      dossier_id: dossier.id,
      edition: 1,
      unit,
      year,
      number,
      date,
      summary: item.act.result?.summary ?? null,
      outcome,
      signer: dossier.approved_by,
      signed_as: dossier.approved_as && JSON.stringify(dossier.approved_as),
      seal: seal?.id ?? null,
      file: item.act.result?.file ?? null,
      issued_at: at,
      issued_by: item.actor.id,
      reason: null,
    }).catch((error: unknown) => {
      if (!violates(error, 'dossier_result_number_once')) throw error
      throw new Refusal('dossiers.result-number-taken', {
        number,
        year,
        unit: tree.units.get(unit)?.name ?? unit,
      })
    })
    return { number, date, outcome, ...(seal ? { seal: seal.label } : {}) }
  }

  const eventOf = (
    item: StepItem,
    moved: Extract<MoveResult, { ok: true }>,
    patch: StepPatch,
    result: JsonObject,
    at: Date,
  ): NewEvent => {
    const { task, opened, actedFor, cancelled, compensations } = moved
    const next = opened[0]
    const change = changeOf(item, task)
    return {
      type: change.event,
      at,
      actor: eventActor(item.actor),
      subject: task.subject,
      data: {
        task: task.id,
        step: task.step,
        stepName: task.name,
        unit: task.unit,
        state: patch.state,
        notify: change.notify,
        ...(item.act.kind === 'complete' ? { opinion: item.act.opinion } : { reason: item.act.reason }),
        ...result,
        ...(item.act.kind === 'complete' && task.action === 'approve'
          ? { outcome: item.act.outcome, signedAs: patch.approved_as?.lines ?? [] }
          : {}),
        ...(item.act.kind === 'complete' && item.act.decision ? { decision: item.act.decision } : {}),
        ...(actedFor ? { onBehalfOf: actedFor } : {}),
        ...(cancelled.length > 0 ? { cancelled: cancelled.map(({ name }) => name) } : {}),
        ...(compensations.length > 0 ? { compensations: compensations.map(({ text }) => text) } : {}),
        ...(next
          ? { to: next.step, toName: next.name, toUnit: next.unit, toAssignee: next.assignee?.name ?? null }
          : {}),
      },
    }
  }

  /** Sent back to the approval or before it, the decision is open again; a step between it and the issue keeps it. */
  const undoesApproval = async (
    tx: Tx,
    { outcome, process_version: version }: DossierRow,
    { act, opened }: Extract<MoveResult, { ok: true }>,
  ): Promise<boolean> => {
    if (act.kind !== 'send-back' || outcome === null || version === null) return false
    const steps = (await deps.workflow.graphsOf(tx, [version])).get(version)?.steps ?? []
    const indexOf = (id: string | undefined) => steps.findIndex((step) => step.id === id)
    return indexOf(opened[0]?.step) <= steps.findLastIndex(({ action }) => action === 'approve')
  }

  /** One batch: dossiers and tasks are locked, every item is decided alone, and what moves is written together. */
  const run = async (tx: Tx, tree: Tree, items: readonly StepItem[]): Promise<StepOutcome[]> => {
    const at = deps.clock.now()
    const dossiers = await lockDossiersOfTasks(
      tx,
      items.map(({ task }) => task),
    )
    const refused = new Map<MoveItem, Refusal>()
    const moves = items.map((item) => ({ item, move: moveOf(item, at) }))
    const itemOf = new Map(moves.map(({ item, move }) => [move, item]))
    const results = await deps.workflow.moveTasks(
      tx,
      moves.map(({ move }) => move),
      (task, move) => {
        const item = itemOf.get(move)
        const dossier = dossiers.get(task.subject.id)
        if (!item || !dossier) return { code: 'workflow.task-not-found', details: {} }
        const refusal = refusalBefore(tree, task, dossier, item)
        if (!refusal) return undefined
        refused.set(move, refusal)
        return { code: 'workflow.task-not-found', details: {} }
      },
    )
    const patches: StepPatch[] = []
    const events: NewEvent[] = []
    const answers: { item: StepItem; answer: StepAnswer }[] = []
    const outcomes: StepOutcome[] = []
    const registerAt = (i: number): string => {
      const moved = results[i]
      const dossier = moved?.ok ? dossiers.get(moved.task.subject.id) : undefined
      return dossier ? registerOf(tree, dossier) : ''
    }
    // Registers of results are counter rows: two batches that issue for the same agencies lock them in one order.
    const order = [...moves.entries()].sort(([a], [b]) => registerAt(a).localeCompare(registerAt(b)))
    for (const [i, { item, move }] of order) {
      const moved = results[i]
      const dossier = moved?.ok ? dossiers.get(moved.task.subject.id) : undefined
      if (!moved?.ok || !dossier) {
        outcomes[i] = { refusal: refused.get(move) ?? refusalOf(moved) }
        continue
      }
      const patch = patchOf(dossier, moved.task, { item, tree, at })
      const undone = await undoesApproval(tx, dossier, moved)
      if (undone) Object.assign(patch, { outcome: null, approved_by: null, approved_as: null })
      // The log says of itself what became of the decision.
      const result = undone
        ? { outcome: null }
        : moved.task.action === 'issue'
          ? await registerResult(tx, tree, dossier, item, at)
          : {}
      const answer: StepAnswer = {
        code: dossier.code,
        state: patch.state,
        version: dossier.version + 1,
        next: moved.opened.map(({ name }) => name),
        tasks: moved.opened.map(({ id }) => id),
      }
      // A second item of this batch may act on the same dossier: it must find what the first one left.
      Object.assign(dossier, patch, { version: dossier.version + 1 })
      patches.push(patch)
      events.push(eventOf(item, moved, patch, result, at))
      answers.push({ item, answer })
      outcomes[i] = { answer }
    }
    if (patches.length > 0) {
      await applyStepPatches(tx, patches)
      const finished = patches.filter(({ state }) => state === 'COMPLETED').map(({ id }) => id)
      await stopClocks(tx, finished, at)
      const sealed = finished.filter((id) => {
        const dossier = dossiers.get(id)
        return dossier !== undefined && sealFor(tree, dossier) !== undefined
      })
      await markAtCentre(tx, sealed, at)
      await deps.log.append(tx, events)
      await rememberAnswers(
        tx,
        answers.flatMap(({ item, answer }) => item.idempotency?.row(answer) ?? []),
      )
    }
    return outcomes
  }

  const group = createGroup<StepItem, StepOutcome>({
    lanes: 2,
    maxBatch: 64,
    run: async (items) => {
      const tree = await deps.tree()
      return inTransaction(deps.db, (tx) => run(tx, tree, items))
    },
  })

  const one = async (item: StepItem): Promise<StepAnswer> => {
    if (item.act.kind === 'complete' && item.act.result?.file) {
      await assertAttachable(deps, [item.act.result.file], item.actor.id)
    }
    const outcome = await group.submit(item)
    if ('refusal' in outcome) throw outcome.refusal
    return outcome.answer
  }
  return { one, run }
}

/** A signature covers what was read: a list names the version of each dossier, and one that changed since is read again. */
const refuseUnread = (
  task: LockedTask,
  dossier: DossierRow,
  version: number | undefined,
): Refusal | undefined => {
  // Of a finished step it is said who finished it.
  if (task.state === 'done' || task.state === 'cancelled') return undefined
  if (version === undefined) return task.action === 'approve' ? new Refusal('dossiers.not-read') : undefined
  return version === dossier.version ? undefined : new Refusal('dossiers.changed-since-read')
}

/** What the table of transitions says of a step. The return of a result is an action on the dossier and no step. */
const changeOf = ({ act }: StepItem, { action }: LockedTask) => {
  if (act.kind === 'send-back') return STEPS['send-back']
  if (action === 'return') throw new Error('a result is handed over by its action')
  return STEPS[action]
}

/**
 * The agency's second seal, where the result is signed and sealed at the centre that received the dossier: it lies there, and
 * nobody hands it over.
 */
const sealFor = (tree: Tree, dossier: DossierRow) =>
  dossier.on_site.includes('seal') && dossier.returning_centre === dossier.receiving_centre
    ? sealAt(tree.signing, registerOf(tree, dossier), dossier.receiving_centre)
    : undefined

/** The agency in whose register of results a dossier's result is numbered. */
const registerOf = (tree: Tree, { resolving_unit }: DossierRow): string =>
  agencyOf(tree, resolving_unit)?.id ?? resolving_unit

/** The next number nobody used: a clerk may have typed one ahead of the counter. */
const freeNumber = async (tx: Tx, unit: string, year: number): Promise<string> => {
  for (;;) {
    const number = String(await takeResultNumber(tx, unit, year)).padStart(2, '0')
    const taken = await tx
      .selectFrom('dossier_result')
      .select('id')
      .where('unit', '=', unit)
      .where('year', '=', year)
      .where('number', '=', number)
      .executeTakeFirst()
    if (!taken) return number
  }
}

const moveOf = ({ task, actor, act }: StepItem, at: Date): MoveItem => ({
  task,
  by: officerOf(actor),
  at,
  act:
    act.kind === 'complete'
      ? {
          kind: 'complete',
          opinion: act.opinion,
          decision: act.decision,
          outcome: act.outcome,
          hasResult: true,
          // The officer's own session stands for the signature until papers are signed with a certificate.
          signed: true,
          ...(act.assignee ? { next: { assignee: act.assignee } } : {}),
        }
      : { kind: 'send-back', toStep: act.toStep, reason: act.reason },
})

const refusalOf = (moved: MoveResult | undefined): Refusal =>
  moved && !moved.ok
    ? new Refusal(moved.refusal.code, moved.refusal.details)
    : new Refusal('workflow.task-not-found')
