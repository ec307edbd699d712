import type { Action, createDossier, DossierView, PaperForm } from '#modules/dossiers/contract.ts'
import { CHART } from '#modules/dossiers/rules.ts'
import type { Role, StaffActor } from '#modules/identity/contract.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input } from '#platform/operation.ts'
import { fold } from '#platform/text/fold.ts'
import { type ActBody, anIntake, asked, holderAt, viewOf } from '../../tests/support/dossiers.ts'
import type { Province } from '../../tests/support/open-province.ts'
import { readPdf } from '../../tests/support/pdf.ts'
import type { Shape } from './procedures.ts'
import { type Transition, transitionsIn } from './transitions.ts'

type Intake = Input<typeof createDossier>
export type Seen = {
  transitions: Set<Transition>
  /** What was refused, by transition. */
  refusals: Map<Transition, Set<string>>
  /** Papers that were printed and read back. */
  papers: Set<PaperForm>
}
export const nothingSeen = (): Seen => ({ transitions: new Set(), refusals: new Map(), papers: new Set() })

const SQUEEZED = /\s+/g
const squeeze = (text: string): string => fold(text).replace(SQUEEZED, '')

/** One procedure and the officers who work on it; what they were refused with is kept. */
export const officersAtWork = (province: Province, shape: Shape, seen: Seen) => {
  const { services, db, clock } = province
  const { dossiers, workflow, log } = services

  const intake = (more: object = {}): Promise<Intake> =>
    anIntake(province, {
      ...{ procedure: shape.code, receivingCentre: shape.centre },
      ...(shape.unit ? { resolvingUnit: shape.unit } : {}),
      ...more,
    })
  const clerk = (): StaffActor => holderAt(province, 'RECEPTION', shape.centre)
  const view = (code: string): Promise<DossierView> => viewOf(province, code)

  /** Keeps the code of the refusal; anything else, and no refusal at all, is a failed test. */
  const refusal = async (law: Transition, code: string, work: Promise<unknown>): Promise<void> => {
    const answer = await work.then(
      () => 'done',
      (error: unknown) => {
        if (error instanceof Refusal) return error.code
        throw error
      },
    )
    if (answer !== code) throw new Error(`${shape.code} ${law}: ${answer} instead of ${code}`)
    seen.refusals.set(law, (seen.refusals.get(law) ?? new Set()).add(code))
  }

  const doerOf = async (code: string, action: Action): Promise<StaffActor> => {
    const dossier = await view(code)
    const { roles, at } = CHART[action]
    const unit = {
      receivingCentre: dossier.receivingCentre.id,
      resolvingUnit: dossier.resolvingUnit.id,
      returningCentre: dossier.returningCentre.id,
    }[at]
    return holderAt(province, roles[0] ?? 'RECEPTION', unit)
  }

  const lawOf = (action: Action): Transition | undefined => {
    const { law } = CHART[action]
    // The chart names the table's transitions by the table's own numbers, and what is beside the table by its article.
    return /^T\d+$/.test(law) ? (law as Transition) : undefined
  }

  const tryAct = async (code: string, action: Action, body: ActBody, by?: StaffActor) =>
    dossiers.act({ code, action, ...body }, asked(by ?? (await doerOf(code, action))))

  /** An action as it is done, after somebody who only watches has tried it. */
  const act = async (code: string, action: Action, body: ActBody = {}): Promise<void> => {
    const law = lawOf(action)
    const watcher = province.actor('AUDITOR')
    if (law) await refusal(law, 'dossiers.not-your-role', tryAct(code, action, body, watcher))
    await tryAct(code, action, body)
  }

  const openTasks = async (code: string) => {
    const { id } = await view(code)
    const tasks = (await workflow.tasksOfSubjects(db, [id])).get(id) ?? []
    return tasks.filter(({ state }) => state === 'open' || state === 'claimed')
  }
  // Roles of steps are roles of the house: processes are compiled against them.
  const holderOf = (task: { role: string; unit: string; assignee: { id: string } | null }): StaffActor => {
    const holder = holderAt(province, task.role as Role, task.unit)
    const hand = province.staff
      .map(({ username }) => username)
      .find((name) => province.officer(name).id === task.assignee?.id)
    return hand === undefined ? holder : province.officer(hand)
  }

  /** What another agency answers where the process waits for it. */
  const answerMessages = async (code: string): Promise<void> => {
    const { id } = await view(code)
    const subject = { kind: 'dossier', id }
    for (const { kind, topic, state } of await workflow.waitsOfSubject(db, subject))
      if (kind === 'message' && topic !== null && state === 'waiting')
        await workflow.deliverMessage(db, {
          ...{ subject, name: topic, key: null, sender: 'Cơ quan thuế' },
          payload: { obligation: 12_500_000 },
        })
  }

  const completion = (task: { id: string }, decisions: readonly { value: string }[], more: object) => ({
    ...{ id: task.id, opinion: 'Đã xem, đủ điều kiện.', outcome: 'GRANTED' as const },
    ...(decisions[0] ? { decision: decisions[0].value } : {}),
    ...more,
  })

  /** Takes steps until one of this kind waits, or the result is out. */
  const walkTo = async (code: string, action: string, more: object = {}) => {
    for (let i = 0; i < 30; i++) {
      await answerMessages(code)
      await workflow.runOperations()
      const tasks = await openTasks(code)
      const there = tasks.find((task) => task.action === action)
      if (there) return there
      const [task] = tasks
      if (!task) throw new Error(`${shape.code} ${code} waits for nobody before ${action}`)
      clock.advance(60_000)
      const by = holderOf(task)
      const mine = (await dossiers.get({ code }, asked(by))).tasks.find(({ id }) => id === task.id)
      await dossiers.complete(completion(task, mine?.decisions ?? [], more), asked(by))
    }
    throw new Error(`${shape.code} ${code} never came to ${action}`)
  }

  const complete = async (code: string, task: Awaited<ReturnType<typeof walkTo>>, more: object = {}) => {
    const by = holderOf(task)
    const mine = (await dossiers.get({ code }, asked(by))).tasks.find(({ id }) => id === task.id)
    return dossiers.complete(completion(task, mine?.decisions ?? [], more), asked(by))
  }

  /** Prints a paper that the dossier offers and looks for these facts in what another program reads of it. */
  const readBack = async (code: string, form: PaperForm, facts: readonly string[]): Promise<void> => {
    const dossier = await view(code)
    const by = holderAt(province, 'RECEPTION', dossier.receivingCentre.id)
    const printed = await dossiers.paper({ code, form, edition: undefined }, asked(by))
    const text = squeeze((await readPdf(printed)).text)
    const all = [code, dossier.owner, ...facts]
    const missing = all.filter((fact) => !text.includes(squeeze(fact)))
    if (missing.length > 0)
      throw new Error(`${shape.code} ${form}: ${missing.join(', ')} is not on the paper`)
    seen.papers.add(form)
  }

  /** What the log proves of this dossier. */
  const remember = async (code: string): Promise<void> => {
    const { id } = await view(code)
    for (const one of transitionsIn(await log.timeline(db, { kind: 'dossier', id })))
      seen.transitions.add(one)
  }

  return {
    intake,
    clerk,
    view,
    refusal,
    act,
    tryAct,
    doerOf,
    openTasks,
    holderOf,
    walkTo,
    complete,
    readBack,
    remember,
  }
}

export type AtWork = ReturnType<typeof officersAtWork>
