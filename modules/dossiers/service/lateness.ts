import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import type { TaskRow } from '#modules/workflow/index.ts'
import { type Db, inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input } from '#platform/operation.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type { LatenessView } from '../contract/dossier.ts'
import type { explainLateness } from '../contract/lateness.ts'
import {
  EXPLAINS_LATENESS,
  type ExplainingBlock,
  explainingBlock,
  isLate,
  LATENESS_REASONS,
} from '../rules/lateness.ts'
import { type DossierRow, lockDossier } from '../store/dossiers.ts'
import { findExplanation, insertExplanation, type LatenessRow } from '../store/lateness.ts'
import { dossierPace } from './deadline.ts'
import { type DossierDeps, eventActor } from './deps.ts'
import { holdsAt } from './rights.ts'
import { isOpen } from './summaries.ts'
import { momentInWords, roleWords } from './words.ts'

const reasonOf = (code: string) => LATENESS_REASONS.find((reason) => reason.code === code)
/** A reason that an installation has taken off its list says its code, so that nothing given is lost. */
const nameOf = (code: string) => reasonOf(code)?.name ?? { vi: code, en: code }
export const publicReason = (code: string) => reasonOf(code)?.public ?? nameOf(code)

/** Where the dossier lies and who decides it: both know why it waits. */
const holdersOf = (dossier: DossierRow, tasks: readonly TaskRow[]): string[] => [
  ...new Set([dossier.resolving_unit, ...tasks.filter(isOpen).map(({ unit }) => unit)]),
]

export const createLateness = (deps: DossierDeps) => {
  const isLateNow = async (dossier: DossierRow): Promise<boolean> => {
    const calendar = await deps.calendarFor(dossier.receiving_centre)
    return isLate(dossierPace(calendar, dossier, deps.clock.now()).pace)
  }

  const holds = (actor: StaffActor, tree: Tree, dossier: DossierRow, tasks: readonly TaskRow[]): boolean =>
    holdersOf(dossier, tasks).some((unit) => holdsAt(actor, tree, EXPLAINS_LATENESS, unit))

  const explanationOf = async (db: Db, dossier: DossierRow): Promise<LatenessRow | undefined> =>
    dossier.due_at ? findExplanation(db, dossier.id, dossier.due_at) : undefined

  /** Of a late dossier its missed date and the reason given; null for all others. */
  const viewOf = async (
    db: Db,
    dossier: DossierRow,
    { actor, tree, tasks }: { actor: StaffActor; tree: Tree; tasks: readonly TaskRow[] },
  ): Promise<LatenessView | null> => {
    if (!dossier.due_at || !(await isLateNow(dossier))) return null
    const given = await explanationOf(db, dossier)
    const mayExplain = holds(actor, tree, dossier, tasks)
    return {
      due: toLocalIso(dossier.due_at),
      explanation: given
        ? {
            edition: given.edition,
            reason: { code: given.reason_code, name: nameOf(given.reason_code) },
            text: given.explanation,
            by: given.by_name,
            at: toLocalIso(given.at),
          }
        : null,
      mayExplain,
      reasons: mayExplain
        ? LATENESS_REASONS.filter(({ retired }) => !retired).map(({ code, name }) => ({ code, name }))
        : [],
    }
  }

  const refusalOf = (
    code: ExplainingBlock,
    { dossier, tree, given }: { dossier: DossierRow; tree: Tree; given: LatenessRow | undefined },
  ): Refusal => {
    if (code === 'dossiers.not-your-role') {
      const unit = tree.units.get(dossier.resolving_unit)?.name ?? dossier.resolving_unit
      return new Refusal(code, { role: roleWords(EXPLAINS_LATENESS), unit })
    }
    if (code === 'dossiers.lateness-explained' && given)
      return new Refusal(code, {
        who: given.by_name,
        when: momentInWords(given.at),
        edition: given.edition,
      })
    return new Refusal(code)
  }

  /** The first explanation of a missed date, or a further edition; the dossier is locked, so two do not stand side by side. */
  const explain = async (
    { code, reasonCode, explanation, amends }: Input<typeof explainLateness>,
    actor: StaffActor,
    finish: (tx: Tx) => Promise<void>,
  ): Promise<void> => {
    const tree = await deps.tree()
    await inTransaction(deps.db, async (tx) => {
      const dossier = await lockDossier(tx, code)
      if (!dossier) throw new Refusal('dossiers.unknown', { code })
      const tasks = (await deps.workflow.tasksOfSubjects(tx, [dossier.id])).get(dossier.id) ?? []
      const given = await explanationOf(tx, dossier)
      const block = explainingBlock({
        late: await isLateNow(dossier),
        edition: given?.edition ?? 0,
        amends: amends ?? null,
        holds: holds(actor, tree, dossier, tasks),
        reason: reasonOf(reasonCode),
      })
      if (block) throw refusalOf(block, { dossier, tree, given })
      await record(tx, dossier, { reasonCode, explanation, edition: (given?.edition ?? 0) + 1, actor })
      await finish(tx)
    })
  }

  const record = async (
    tx: Tx,
    dossier: DossierRow,
    said: { reasonCode: string; explanation: string; edition: number; actor: StaffActor },
  ): Promise<void> => {
    const { reasonCode, explanation, edition, actor } = said
    const [at, due] = [deps.clock.now(), dossier.due_at]
    if (!due) throw new Error('what has no date is never late')
    await insertExplanation(tx, {
      ...{ dossier_id: dossier.id, due_at: due, edition, at, explanation },
      ...{ reason_code: reasonCode, by_account: actor.id, by_name: actor.name },
    })
    await deps.log.append(tx, [
      {
        type: edition === 1 ? 'lateness-explained' : 'lateness-explanation-amended',
        at,
        actor: eventActor(actor),
        subject: { kind: 'dossier', id: dossier.id },
        data: {
          reasonCode,
          reasonName: nameOf(reasonCode).vi,
          reason: explanation,
          due: due.toISOString(),
          edition,
        },
      },
    ])
  }

  return { explain, viewOf }
}
