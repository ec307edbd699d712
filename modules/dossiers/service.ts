import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tx } from '#platform/db/connect.ts'
import type { Input } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { BulkTasks } from './contract/bulk.ts'
import type { DossierView } from './contract/dossier.ts'
import type { State } from './contract/vocabulary.ts'
import type * as op from './contract.ts'
import { groupOf } from './rules/group.ts'
import { CHART } from './rules.ts'
import { createAccept } from './service/accept.ts'
import { createAct } from './service/act.ts'
import { createAlarms } from './service/alarms.ts'
import { createAuthorisations } from './service/authorisations.ts'
import { createBatchIntake } from './service/batch.ts'
import { createBulk } from './service/bulk.ts'
import { createConsultations } from './service/consultations.ts'
import type { Asked, DossierDeps } from './service/deps.ts'
import { createGroups } from './service/groups.ts'
import { createHandover } from './service/handover.ts'
import { createLateHands } from './service/hands.ts'
import { createIntake } from './service/intake.ts'
import { createKept } from './service/kept.ts'
import { createLateness } from './service/lateness.ts'
import { createPages } from './service/page.ts'
import { bringsNumber } from './service/paper-list.ts'
import { createPapers } from './service/papers.ts'
import { createPrepareIntake } from './service/prepare-intake.ts'
import { createPrinting } from './service/printing.ts'
import { recordReading as reading } from './service/readings.ts'
import { createRecomputation } from './service/recomputation.ts'
import { createReturns } from './service/returns.ts'
import { createSteps } from './service/steps.ts'
import { createSummaries } from './service/summaries.ts'
import { createTaskDesk } from './service/task-desk.ts'
import { createTracking } from './service/tracking.ts'
import { createWorkload } from './service/workload.ts'
import { type DossierRow, findDossier, lockDossier } from './store/dossiers.ts'
import { dossiersByIds } from './views/lists.ts'

export const createDossierService = (deps: DossierDeps) => {
  const prepare = createPrepareIntake(deps)
  const accept = createAccept(deps)
  const steps = createSteps(deps)
  const bulk = createBulk(deps, steps.run)
  const pages = createPages(deps)
  const act = createAct(deps, pages.readable)
  const returns = createReturns({
    ...deps,
    readable: async (code, actor) => pages.readable(code, actor, await deps.tree()),
    actIn: (tx, input, actor) => actIn(tx, input, actor),
  })
  const handover = createHandover({ ...deps, backBefore: returns.backBefore })
  const batch = createBatchIntake(deps, prepare, accept)
  const kept = createKept(deps)
  const workload = createWorkload(deps)
  const summaries = createSummaries(deps)
  const alarms = createAlarms(deps)
  const tracking = createTracking(deps)
  const papers = createPapers(deps)
  const lateness = createLateness(deps)
  const lateHands = createLateHands(deps)
  const authorisations = createAuthorisations(deps)

  /** A dossier that was accepted may be a group of procedures: they begin at once. */
  const begun = async <T extends { code: string }>(answer: T, procedure: string): Promise<T> => {
    if (groupOf(procedure)) await groups.settleAround(answer.code)
    return answer
  }
  /** What was finished may be a procedure of a group that goes on with it. */
  const followed = async <T extends { code: string; state: State }>(answer: T): Promise<T> => {
    if (answer.state === 'COMPLETED') await groups.settleAround(answer.code)
    return answer
  }
  const allFollowed = async (answer: BulkTasks): Promise<BulkTasks> => {
    for (const one of answer.done) await followed(one)
    return answer
  }

  /** An action inside somebody's transaction; what it reads is the transaction's. */
  const actIn = async (
    tx: Tx,
    input: Input<typeof op.actOnDossier>,
    actor: StaffActor,
  ): Promise<DossierRow> => {
    const inside = { ...deps, db: tx }
    await createAct(inside, createPages(inside).readable)(input, actor, async () => undefined)
    const after = await findDossier(tx, input.code)
    if (!after) throw new Error(`dossier ${input.code} is gone`)
    return after
  }

  const readable = async (code: string, actor: StaffActor): Promise<DossierRow> =>
    pages.readable(code, actor, await deps.tree())
  const groups = createGroups(deps)
  const consultations = createConsultations({ ...deps, readable })

  const intake = createIntake({ ...deps, prepare, accept, papers })
  const tasks = createTaskDesk({ ...deps, pages, step: steps.one })
  const recordReading = reading(deps)

  /** What changed is read in the transaction that changed it, so that a repeat gets the same answer whatever happened since. */
  const answering = async (
    code: string,
    { actor, idempotency }: Asked,
    change: (done: (tx: Tx) => Promise<void>) => Promise<unknown>,
  ): Promise<DossierView> => {
    let view: DossierView | undefined
    await change(async (tx) => {
      view = await createPages({ ...deps, db: tx }).view(code, actor)
      await idempotency?.remember(tx, view)
    })
    return view ?? pages.view(code, actor)
  }

  return {
    ...intake,
    ...tasks,
    ...createPrinting({ ...deps, readable, papers, handover }),
    authorisations,
    bulk: {
      ...bulk,
      complete: async (input: Input<typeof op.completeTasks>, asked: Asked) =>
        allFollowed(await bulk.complete(input, asked)),
    },
    handover,
    returns,
    batch: async (input: Input<typeof op.createBatch>, asked: Asked) => {
      const answer = await batch(input, asked)
      for (const item of answer.items) await begun(item, item.procedure)
      return answer
    },
    kept,
    workload,
    consultations,
    lateHands: (input: Input<typeof op.getLateHands>, { actor }: Asked) => lateHands(input, actor),
    groups: { settleAll: groups.settleAll },
    create: async (input: Input<typeof op.createDossier>, asked: Asked) =>
      begun(await intake.create(input, asked), input.procedure),
    complete: async (input: Input<typeof op.completeTask>, asked: Asked) =>
      followed(await tasks.complete(input, asked)),

    list: async (
      input: Input<typeof op.listDossiers> | Input<typeof op.searchDossiers>,
      { actor }: Asked,
    ) => {
      const page = await summaries.list(input, actor)
      // What was searched for is itself personal data, so the record says how many were shown and not what was typed.
      const purpose = input.q ? 'Tìm hồ sơ' : 'Xem danh sách hồ sơ'
      await recordReading(
        actor,
        { kind: 'account', id: actor.id },
        [`owner-names:${page.items.length}`],
        purpose,
      )
      return page
    },
    get: async (input: Input<typeof op.getDossier>, { actor }: Asked) => {
      const view = await pages.view(input.code, actor)
      const fields = ['name', 'birthDate', 'address', 'email']
      await recordReading(actor, { kind: 'dossier', id: view.id }, fields, readingPurpose(view))
      return view
    },

    /** Logged before the answer leaves: who saw which numbers, and why. */
    reveal: async ({ code, reason }: Input<typeof op.revealPersonalData>, { actor }: Asked) => {
      const dossier = await readable(code, actor)
      await recordReading(actor, { kind: 'dossier', id: dossier.id }, ['personalId', 'phone'], reason)
      const numbers = (party: { personalId?: string | undefined; phone?: string | undefined }) => ({
        personalId: party.personalId ?? null,
        phone: party.phone ?? null,
      })
      return {
        owner: numbers(dossier.owner),
        submitter: numbers(dossier.submitter ?? dossier.representative ?? dossier.owner),
        representative: dossier.representative && numbers(dossier.representative),
      }
    },

    act: async (input: Input<typeof op.actOnDossier>, asked: Asked): Promise<DossierView> => {
      const { event, clock } = CHART[input.action]
      // What was promised is kept as it was said, before it is promised anew or asked for otherwise.
      if (clock === 'restart' || input.action === 'adjust') await papers.issueDue(input.code)
      const view = await answering(input.code, asked, (done) =>
        act(input, asked.actor, async (tx) => {
          const changed = bringsNumber(event) ? await lockDossier(tx, input.code) : undefined
          if (changed) await papers.settle(tx, changed)
          await done(tx)
        }),
      )
      if (view.group || view.parent) await groups.settleAround(input.code)
      return view
    },

    explainLateness: async (input: Input<typeof op.explainLateness>, asked: Asked): Promise<DossierView> => {
      await readable(input.code, asked.actor)
      return answering(input.code, asked, (done) => lateness.explain(input, asked.actor, done))
    },

    retryMember: async (input: Input<typeof op.retryMember>, asked: Asked): Promise<DossierView> => {
      await readable(input.code, asked.actor)
      return answering(input.code, asked, (done) => groups.retry(input, asked.actor, done))
    },
    dropMember: async (input: Input<typeof op.dropMember>, asked: Asked): Promise<DossierView> => {
      await readable(input.code, asked.actor)
      return answering(input.code, asked, (done) => groups.drop(input, asked.actor, done))
    },

    askOpinions: (input: Input<typeof op.askOpinions>, asked: Asked): Promise<DossierView> =>
      answering(input.code, asked, (done) => consultations.ask(input, asked.actor, done)),

    ...createRecomputation(deps),

    listAlarms: async (input: Input<typeof op.listAlarms>, { actor }: Asked) => {
      const page = await alarms(input, actor)
      const fields = [`owner-names:${page.items.length}`]
      await recordReading(actor, { kind: 'account', id: actor.id }, fields, 'Xem cảnh báo hồ sơ')
      return page
    },

    listTasks: async (input: Input<typeof op.listTasks>, { actor }: Asked) => {
      const page = await summaries.tasks(input, actor)
      const fields = [`owner-names:${page.items.length}`]
      await recordReading(actor, { kind: 'account', id: actor.id }, fields, 'Xem danh sách việc')
      return page
    },

    track: (input: Input<typeof op.trackDossier>, asked?: { language: 'vi' | 'en' }) =>
      tracking.track(input.code, input.pin, asked?.language),

    today: () => localDateOf(deps.clock.now()),

    /** Codes of dossiers by their ids, for other modules' lists. */
    codesOf: async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
      new Map([...(await dossiersByIds(deps.db, ids))].map(([id, { code }]) => [id, code])),
  }
}

/** Why somebody opens a dossier: for the step in hand, else to look it up. */
const readingPurpose = ({ task }: DossierView): string =>
  task ? `Để làm bước ${task.name}` : 'Tra cứu hồ sơ'

export type DossierService = ReturnType<typeof createDossierService>
