import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { State } from '../contract/vocabulary.ts'
import { deadlineFrom } from '../rules/deadlines.ts'
import { CHART, decide, stateAfter } from '../rules.ts'
import { closeDeadlines, openDeadlines } from '../store/clock.ts'
import { type DossierRow, lockDossier, updateDossier } from '../store/dossiers.ts'
import { childrenOf, releaseResults, withApproval } from '../store/groups.ts'
import { findHandover } from '../store/results.ts'
import { type ActInput, type Acting, type Effect, reasonOf, required } from './acting.ts'
import { assertAttachable } from './attach.ts'
import { limitOf } from './deadline.ts'
import { type DossierDeps, eventActor } from './deps.ts'
import { adjust, extend } from './effects/changes.ts'
import { closeUnsupplemented, refuseIntake, reopen, stop, withdraw } from './effects/ending.ts'
import { askBeforeAcceptance, askBeyondTheRule, askDuringWork, lose, settleLoss } from './effects/papers.ts'
import { correctResult, handOver } from './effects/result.ts'
import { factsOf, rulesOf } from './facts.ts'
import { moveClock } from './move-clock.ts'
import { createProcessFinder } from './process-of.ts'
import { explainBlock } from './refusals.ts'
import { refuseStale } from './refuse-stale.ts'
import { holderOf, signedAs } from './rights.ts'
import { acceptWithProcess, resubmitted, supplementComponents } from './supplement.ts'
import { momentInWords } from './words.ts'

const EFFECTS: Readonly<Record<ActInput['action'], (acting: Acting) => Effect | Promise<Effect>>> = {
  accept: acceptWithProcess,
  'complete-intake': acceptWithProcess,
  resubmit: resubmitted,
  'request-intake-supplement': askBeforeAcceptance,
  'refuse-intake': refuseIntake,
  reopen,
  'request-supplement': askDuringWork,
  'request-late-supplement': askBeyondTheRule,
  'receive-supplement': async (acting) => {
    await supplementComponents(acting)
    return { patch: { supplement_deadline: null }, data: {} }
  },
  'close-unsupplemented': closeUnsupplemented,
  'request-payment': ({ input }) => {
    const amount = required(input.amount, 'dossiers.amount-required')
    const legalBasis = required(input.legalBasis, 'dossiers.amount-required')
    return { patch: { payment_amount: amount }, data: { amount, legalBasis } }
  },
  'confirm-payment': ({ input }) => ({ patch: {}, data: { note: input.reason ?? null } }),
  withdraw,
  stop,
  extend,
  adjust,
  'report-lost-papers': lose,
  'settle-lost-papers': settleLoss,
  return: handOver,
  'report-result-error': (acting) => ({ patch: {}, data: { reason: reasonOf(acting) } }),
  'correct-result': correctResult,
}

/** Limits beside the clock end with the state that they belong to; the next state's begins. */
const turnDeadlines = async (acting: Acting, state: State): Promise<void> => {
  const { tx, dossier, input, now, calendar, rules } = acting
  const { opens, form, ends } = CHART[input.action]
  if (state !== dossier.state) await closeDeadlines(tx, dossier.id, now, ends === true)
  if (!opens) return
  const { alarm, due } = deadlineFrom(opens, calendar, now, rules)
  const reason = input.reason ?? null
  await openDeadlines(tx, [
    { dossier: dossier.id, kind: opens, from: now, alarm, due, reason, document: form ?? null },
  ])
}

type Readable = (code: string, actor: StaffActor, tree: Tree) => Promise<DossierRow>

const STARTS_PROCESS: readonly ActInput['action'][] = ['accept', 'complete-intake']

/** `readable` refuses dossiers that the officer may not even see, so that no refusal tells anything of them. */
export const createAct = (deps: DossierDeps, readable: Readable) => {
  const findProcess = createProcessFinder(deps)

  const assertAllowed = async (acting: Acting): Promise<void> => {
    const { tx, dossier, input, actor, tree, calendar, now, rules } = acting
    const verdict = decide(
      input.action,
      factsOf(await withApproval(tx, dossier), calendar, rules),
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
    const locals = await deps.parameters()
    await inTransaction(deps.db, async (tx) => {
      const dossier = await lockDossier(tx, input.code)
      if (!dossier) throw new Refusal('dossiers.unknown', { code: input.code })
      const now = deps.clock.now()
      const calendar = await deps.calendarFor(dossier.receiving_centre)
      const rules = rulesOf(dossier, locals)
      const acting: Acting = { tx, dossier, input, actor, tree, calendar, rules, now, deps, processVersion }
      if (input.version !== undefined && input.version !== dossier.version) await refuseStale(acting)
      await assertAllowed(acting)
      const { patch, data } = await EFFECTS[input.action](acting)
      const clock = await moveClock(acting)
      const { event, notify, form, roles } = CHART[input.action]
      // What the head of an agency does is said on a paper that names the office.
      const signed = roles.includes('AGENCY_LEAD')
        ? { signedAs: signedAs(actor, tree, dossier, dossier.resolving_unit).lines }
        : {}
      const state = stateAfter(input.action, dossier.state, dossier.returned_at !== null)
      await turnDeadlines(acting, state)
      await updateDossier(tx, dossier.id, {
        ...{ ...patch, ...clock.patch, state, moved_at: now, version: dossier.version + 1 },
      })
      await deps.log.append(tx, [
        {
          type: event,
          at: now,
          actor: eventActor(actor),
          subject: { kind: 'dossier', id: dossier.id },
          data: {
            ...{ ...data, ...clock.data, ...signed, from: dossier.state, state, notify },
            ...(form ? { form } : {}),
          },
        },
      ])
      if (dossier.is_group) await toMembers(acting)
      await finish(tx, dossier)
    })
  }
}

/** What a group passes on to the dossiers of its procedures: one hand-over of all results, or the applicant's withdrawal. */
const PASSED_ON: Partial<Record<ActInput['action'], readonly State[]>> = {
  return: ['COMPLETED'],
  withdraw: ['ACCEPTED', 'PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT'],
}

const toMembers = async ({ tx, deps, dossier, input, actor }: Acting): Promise<void> => {
  const states = PASSED_ON[input.action]
  if (!states) return
  await releaseResults(tx, dossier.id)
  const { action, receiver, way, reason } = input
  for (const child of await childrenOf(tx, dossier.id)) {
    if (!states.includes(child.state)) continue
    const act = createAct({ ...deps, db: tx }, async () => child)
    await act({ code: child.code, action, receiver, way, reason }, actor, async () => undefined)
  }
}
