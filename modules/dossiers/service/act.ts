import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import { inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import { addDays, instantOf, localDateOf } from '#platform/time/vietnam.ts'
import { CHART, decide, stateAfter } from '../rules.ts'
import { type DossierRow, lockDossier, updateDossier } from '../store/dossiers.ts'
import { findHandover, findResult, insertHandover, insertResult, type NewResult } from '../store/results.ts'
import type { ActInput, Acting, Effect } from './acting.ts'
import { assertAttachable } from './attach.ts'
import { checkReceiver } from './check-receiver.ts'
import { computeDue, limitOf } from './deadline.ts'
import { type DossierDeps, eventActor } from './deps.ts'
import { factsOf, supplementDeadline } from './facts.ts'
import { moveClock } from './move-clock.ts'
import { createProcessFinder } from './process-of.ts'
import { explainBlock } from './refusals.ts'
import { refuseStale } from './refuse-stale.ts'
import { holderOf } from './rights.ts'
import { acceptWithProcess, supplementComponents } from './supplement.ts'
import { momentInWords, resultInFuture } from './words.ts'

const required = <T>(value: T | undefined, code: string): T => {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    throw new Refusal(code)
  return value
}

const reasonOf = ({ input }: Acting): string => required(input.reason, 'dossiers.reason-required')

const startClock = (acting: Acting): Effect => {
  const { dossier, calendar, now } = acting
  const { due, provisional } = computeDue(calendar, now, limitOf(dossier))
  return {
    patch: { clock_started_at: now, due_at: due, original_due_at: due, due_provisional: provisional },
    data: { due: due?.toISOString() ?? null },
  }
}

const askForPapers = (acting: Acting): Effect => {
  const items = required(acting.input.items, 'dossiers.items-required')
  const legalBasis = acting.input.legalBasis ?? null
  const deadline = supplementDeadline(acting.calendar, acting.now)
  return {
    patch: { supplement_items: JSON.stringify({ items, legalBasis }), supplement_deadline: deadline },
    data: {
      items: items.map(({ what, reason }) => ({ what, reason })),
      legalBasis,
      deadline: deadline.toISOString(),
    },
  }
}

/** The applicant's silence or wish, or the authority's decision, ends the process with its open tasks. */
const endProcess = async ({ tx, deps, dossier, actor, now }: Acting): Promise<void> => {
  if (dossier.instance === null) return
  await deps.workflow.cancelInstances(tx, [
    { subject: { kind: 'dossier', id: dossier.id }, at: now, by: { id: actor.id, name: actor.name } },
  ])
}

const extensionDetails = ({ dossier, now }: Acting) => ({ due: momentInWords(dossier.due_at ?? now) })

const extension = (acting: Acting): Effect => {
  const { dossier, calendar, input } = acting
  const reason = reasonOf(acting)
  const day = input.newDue
  if (!day) throw new Refusal('dossiers.extension-not-later', extensionDetails(acting))
  // The last working minute of the new day; a day of rest has none.
  const { due } = computeDue(calendar, instantOf(addDays(day, -1), 12 * 60), {
    amount: 1,
    unit: 'WORKING_DAY',
  })
  const present = dossier.due_at
  if (!due || !present || localDateOf(due) !== day || due <= present) {
    throw new Refusal('dossiers.extension-not-later', extensionDetails(acting))
  }
  return {
    patch: { due_at: due, extended_at: acting.now, extension_reason: reason },
    data: { reason, from: present.toISOString(), due: due.toISOString() },
  }
}

const handOver = async (acting: Acting): Promise<Effect> => {
  const { tx, dossier, input, actor, now } = acting
  const receiver = required(input.receiver, 'dossiers.receiver-required')
  checkReceiver(acting, receiver)
  const way = input.way ?? dossier.return_way
  await insertHandover(tx, {
    dossier_id: dossier.id,
    at: now,
    by_account: actor.id,
    by_name: actor.name,
    receiver_name: receiver.name,
    receiver_number: receiver.personalId ?? null,
    relation: receiver.relation,
    authorisation_paper: receiver.authorisationPaper ?? null,
    slip_shown: receiver.slipShown,
    way,
  })
  await completeReturnTask(acting)
  return {
    patch: { returned_at: now, ended_at: now },
    data: { relation: receiver.relation, way, slipShown: receiver.slipShown },
  }
}

const completeReturnTask = async ({ tx, deps, dossier, actor, now }: Acting): Promise<void> => {
  const tasks = (await deps.workflow.tasksOfSubjects(tx, [dossier.id])).get(dossier.id) ?? []
  const open = tasks.find(
    (task) => task.action === 'return' && (task.state === 'open' || task.state === 'claimed'),
  )
  if (!open) return
  const by = { id: actor.id, name: actor.name }
  const [moved] = await deps.workflow.moveTasks(tx, [
    { task: open.id, by, at: now, act: { kind: 'complete', opinion: null, hasResult: true, signed: true } },
  ])
  if (moved && !moved.ok) throw new Refusal(moved.refusal.code, moved.refusal.details)
}

const correctResult = async (acting: Acting): Promise<Effect> => {
  const { tx, dossier, input, actor, now } = acting
  const result = required(input.result, 'dossiers.result-required')
  const reason = reasonOf(acting)
  const today = localDateOf(now)
  const date = result.date ?? today
  if (date > today) throw new Refusal('dossiers.date-in-future', resultInFuture(today))
  const number = required(result.number, 'dossiers.result-required')
  const before = await findResult(tx, dossier.id)
  await registerCorrection(acting, {
    id: newId(),
    dossier_id: dossier.id,
    edition: (before?.edition ?? 0) + 1,
    unit: before?.unit ?? dossier.resolving_unit,
    year: Number(date.slice(0, 4)),
    number,
    date,
    summary: result.summary ?? null,
    outcome: dossier.outcome ?? 'GRANTED',
    signer: before?.signer ?? null,
    file: result.file ?? null,
    issued_at: now,
    issued_by: actor.id,
    reason,
  })
  return { patch: {}, data: { number, date, reason } }
}

const registerCorrection = async ({ tx, tree }: Acting, row: NewResult): Promise<void> => {
  await insertResult(tx, row).catch((error: unknown) => {
    if (!violates(error, 'dossier_result_number_once')) throw error
    const { number, year, unit } = row
    throw new Refusal('dossiers.result-number-taken', {
      ...{ number, year },
      unit: tree.units.get(unit)?.name ?? unit,
    })
  })
}

const refusal = (acting: Acting): Effect => {
  const { reasonCode, rightAuthority } = acting.input
  const reason = reasonOf(acting)
  if (reasonCode === 'WRONG_AUTHORITY' && !rightAuthority)
    throw new Refusal('dossiers.right-authority-required')
  return {
    patch: {
      ended_reason: reason,
      ended_basis: reasonCode ?? 'OTHER',
      right_authority: rightAuthority ?? null,
      ended_at: acting.now,
    },
    data: { reason, reasonCode: reasonCode ?? 'OTHER', rightAuthority: rightAuthority ?? null },
  }
}

const ending = async (acting: Acting, reason: string, basis: string | null): Promise<Effect> => {
  await endProcess(acting)
  return {
    patch: { ended_reason: reason, ended_basis: basis, ended_at: acting.now },
    data: { reason, legalBasis: basis },
  }
}

const EFFECTS: Readonly<Record<ActInput['action'], (acting: Acting) => Effect | Promise<Effect>>> = {
  accept: (acting) => acceptWithProcess(acting, startClock(acting)),
  'complete-intake': (acting) => acceptWithProcess(acting, startClock(acting)),
  'request-intake-supplement': (acting) => {
    const { patch, data } = askForPapers(acting)
    return { patch: { ...patch, intake_supplement_asked_at: acting.now }, data }
  },
  'refuse-intake': refusal,
  'request-supplement': (acting) => {
    const { patch, data } = askForPapers(acting)
    return { patch: { ...patch, supplement_asked_at: acting.now }, data }
  },
  'receive-supplement': async (acting) => {
    await supplementComponents(acting)
    // Counted again from zero once the dossier is complete (Article 19(5), Decree 118/2025).
    return startClock(acting)
  },
  'close-unsupplemented': (acting) =>
    ending(
      acting,
      acting.input.reason ?? 'Quá 15 ngày không bổ sung hồ sơ',
      'Điều 19 khoản 5 Nghị định 118/2025/NĐ-CP',
    ),
  'request-payment': ({ input }) => {
    const amount = required(input.amount, 'dossiers.amount-required')
    const legalBasis = required(input.legalBasis, 'dossiers.amount-required')
    return { patch: { payment_amount: amount }, data: { amount, legalBasis } }
  },
  'confirm-payment': ({ input }) => ({ patch: {}, data: { note: input.reason ?? null } }),
  withdraw: (acting) => ending(acting, reasonOf(acting), 'Điều 21 Nghị định 118/2025/NĐ-CP'),
  stop: (acting) =>
    ending(acting, reasonOf(acting), required(acting.input.legalBasis, 'dossiers.reason-required')),
  extend: extension,
  return: handOver,
  'report-result-error': (acting) => ({ patch: {}, data: { reason: reasonOf(acting) } }),
  'correct-result': correctResult,
}

type Readable = (code: string, actor: StaffActor, tree: Tree) => Promise<DossierRow>

const STARTS_PROCESS: readonly ActInput['action'][] = ['accept', 'complete-intake']

/** `readable` refuses dossiers that the officer may not even see, so that no refusal tells anything of them. */
export const createAct = (deps: DossierDeps, readable: Readable) => {
  const findProcess = createProcessFinder(deps)

  const assertAllowed = async (acting: Acting): Promise<void> => {
    const { tx, dossier, input, actor, tree, calendar, now } = acting
    const verdict = decide(
      input.action,
      factsOf(dossier, calendar),
      holderOf(actor, tree, dossier),
      now.getTime(),
    )
    if (verdict.allowed) return
    if (verdict.block.code === 'dossiers.already-returned') {
      const handover = await findHandover(tx, dossier.id)
      throw new Refusal(verdict.block.code, {
        receiver: handover?.receiver_name ?? '',
        when: momentInWords(handover?.at ?? now),
      })
    }
    throw explainBlock(verdict.block, { tree, dossier })
  }

  /** Locks, checks and changes in one transaction; the answer for repeats is made by the caller from the new state. */
  return async (
    input: ActInput,
    actor: StaffActor,
    finish: (tx: Tx, dossier: DossierRow) => Promise<void>,
  ): Promise<void> => {
    const tree = await deps.tree()
    const seen = await readable(input.code, actor, tree)
    const processVersion = STARTS_PROCESS.includes(input.action)
      ? await findProcess(seen.procedure_code, limitOf(seen), localDateOf(deps.clock.now()))
      : null
    await assertAttachable(
      deps,
      (input.components ?? []).flatMap(({ files }) => files),
      actor.id,
    )
    await assertAttachable(deps, input.result?.file ? [input.result.file] : [], actor.id)
    await inTransaction(deps.db, async (tx) => {
      const dossier = await lockDossier(tx, input.code)
      if (!dossier) throw new Refusal('dossiers.unknown', { code: input.code })
      const now = deps.clock.now()
      const calendar = await deps.calendarFor(dossier.receiving_centre)
      const acting: Acting = { tx, dossier, input, actor, tree, calendar, now, deps, processVersion }
      if (input.version !== undefined && input.version !== dossier.version) await refuseStale(acting)
      await assertAllowed(acting)
      const { patch, data } = await EFFECTS[input.action](acting)
      const clockPatch = await moveClock(acting)
      const state = stateAfter(input.action, dossier.state)
      await updateDossier(tx, dossier.id, { ...patch, ...clockPatch, state, version: dossier.version + 1 })
      await deps.log.append(tx, [
        {
          type: CHART[input.action].event,
          at: now,
          actor: eventActor(actor),
          subject: { kind: 'dossier', id: dossier.id },
          data: { ...data, from: dossier.state, state },
        },
      ])
      await finish(tx, dossier)
    })
  }
}
