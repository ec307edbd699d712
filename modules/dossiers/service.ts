import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { Input, Output } from '#platform/operation.ts'
import { matches } from '#platform/policy.ts'
import { addDays, localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type { BulkTasks } from './contract/bulk.ts'
import type { DossierView } from './contract/dossier.ts'
import type { State } from './contract/vocabulary.ts'
import type * as op from './contract.ts'
import { type DeadlineDates, deadlineFrom } from './rules/deadlines.ts'
import { groupOf } from './rules/group.ts'
import { lifeRulesOn } from './rules/life-rules.ts'
import { CHART, type DeadlineKind } from './rules.ts'
import { createAccept, type IntakeAnswer, type IntakeEnd } from './service/accept.ts'
import { createAct } from './service/act.ts'
import { createAlarms } from './service/alarms.ts'
import { createAuthorisations } from './service/authorisations.ts'
import { createBatchIntake } from './service/batch.ts'
import { createBulk } from './service/bulk.ts'
import { createConsultations } from './service/consultations.ts'
import { explainDeadline } from './service/deadline.ts'
import type { DossierDeps } from './service/deps.ts'
import { feeLines } from './service/fee-lines.ts'
import { createGroups } from './service/groups.ts'
import { createHandover } from './service/handover.ts'
import { createHandoverPaper } from './service/handover-paper.ts'
import { createLateHands } from './service/hands.ts'
import { createKept } from './service/kept.ts'
import { createLateness } from './service/lateness.ts'
import { officerOf } from './service/officer.ts'
import { createPages } from './service/page.ts'
import { bringsNumber, titleOfPaper } from './service/paper-list.ts'
import { createPapers } from './service/papers.ts'
import { createPrepareIntake, intakeProblems, RECEIVES, RECORDS_ARRIVALS } from './service/prepare-intake.ts'
import { createRecomputation } from './service/recomputation.ts'
import { createReturns } from './service/returns.ts'
import { holdsAt, mayTakeStep, readRule, taskRights } from './service/rights.ts'
import { createSheets } from './service/sheets.ts'
import { createSteps } from './service/steps.ts'
import { createSummaries } from './service/summaries.ts'
import { createTracking } from './service/tracking.ts'
import { roleWords } from './service/words.ts'
import { createWorkload } from './service/workload.ts'
import { isConsultationFile } from './store/consultations.ts'
import { type DossierRow, findDossier, lockDossier } from './store/dossiers.ts'
import { deleteDraft, draftsOf, saveDraftRow } from './store/drafts.ts'
import { dossiersByIds } from './views/lists.ts'

/** Who asks, and under which idempotency key. */
export type Asked = { actor: StaffActor; idempotency: Idempotency | undefined }

const DRAFT_LIMIT = 200_000

export const createDossierService = (deps: DossierDeps) => {
  const prepare = createPrepareIntake(deps)
  const accept = createAccept(deps)
  const steps = createSteps(deps)
  const step = steps.one
  const bulk = createBulk(deps, steps.run)
  const pages = createPages(deps)
  const act = createAct(deps, pages.readable)
  const returns = createReturns({
    ...deps,
    readable: async (code, actor) => pages.readable(code, actor, await deps.tree()),
    actIn: (tx, input, actor) => actIn(tx, input, actor),
  })
  const handover = createHandover({ ...deps, backBefore: returns.backBefore })
  const printHandover = createHandoverPaper(deps)
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

  const intake = async (
    input: Input<typeof op.createDossier>,
    { actor, idempotency }: Asked,
    end: IntakeEnd,
  ): Promise<IntakeAnswer> =>
    accept.one({
      prepared: await prepare(input, actor, end.kind === 'submitted' ? RECORDS_ARRIVALS : RECEIVES),
      end,
      remember: idempotency && ((answer) => idempotency.row(answer)),
    })

  /** The limit that begins with an intake that is not accepted at once. */
  const withDeadline = async <T>(
    kind: DeadlineKind,
    centre: string,
    work: (dates: DeadlineDates) => Promise<T>,
  ): Promise<T> => {
    const now = deps.clock.now()
    const [calendar, locals] = await Promise.all([deps.calendarFor(centre), deps.parameters()])
    return work(deadlineFrom(kind, calendar, now, lifeRulesOn(localDateOf(now), locals)))
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
  const sheets = createSheets(deps, readable)
  const groups = createGroups(deps)
  const consultations = createConsultations({ ...deps, readable })

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

  return {
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
      begun(await intake(input, asked, { kind: 'accepted' }), input.procedure),

    submit: (input: Input<typeof op.submitDossier>, asked: Asked) =>
      withDeadline('INTAKE_CHECK', input.receivingCentre, ({ alarm, due }) =>
        intake(input, asked, { kind: 'submitted', alarm, deadline: due }),
      ),

    requestIntakeSupplement: async (input: Input<typeof op.requestIntakeSupplement>, asked: Asked) => {
      const answer = await withDeadline('APPLICANT', input.receivingCentre, ({ due }) =>
        intake(input, asked, {
          kind: 'incomplete',
          items: input.items,
          legalBasis: input.legalBasis ?? null,
          deadline: due,
        }),
      )
      await papers.issueDue(answer.code)
      return answer
    },

    refuseIntake: async (input: Input<typeof op.refuseIntake>, asked: Asked) => {
      const { reasonCode, reason, rightAuthority } = input
      if (reasonCode === 'WRONG_AUTHORITY' && !rightAuthority)
        throw new Refusal('dossiers.right-authority-required')
      const answer = await intake(input, asked, {
        kind: 'refused',
        reasonCode,
        reason,
        rightAuthority: rightAuthority ?? null,
      })
      await papers.issueDue(answer.code)
      return answer
    },

    preview: async (
      input: Input<typeof op.previewIntake>,
      { actor }: Asked,
    ): Promise<Output<typeof op.previewIntake>> => {
      const tree = await deps.tree()
      const now = deps.clock.now()
      const owner = input.owner ?? { kind: 'person' as const, name: '' }
      const full: Input<typeof op.createDossier> = {
        ...input,
        owner: { kind: owner.kind, name: owner.name, ...(owner.commune ? { commune: owner.commune } : {}) },
        submitter: undefined,
        representative: undefined,
        channel: input.channel ?? 'direct',
        components: input.components ?? [],
        resultReturn: input.resultReturn ?? { way: 'counter' },
        sets: input.sets ?? 1,
      }
      const prepared = await prepare(full, actor).catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'dossiers.no-resolving-unit') return undefined
        throw error
      })
      const calendar = await deps.calendarFor(input.receivingCentre)
      const unit = prepared && tree.units.get(prepared.resolvingUnit)
      return {
        deadline: explainDeadline({ calendar, start: now, limit: prepared?.limit ?? null, now }),
        fees: {
          lines: prepared ? feeLines(prepared.fees) : [],
          total: prepared?.fees.total ?? null,
        },
        resolvingUnit: unit ? { id: unit.id, name: unit.name } : null,
        nonTerritorial: prepared?.nonTerritorial ?? false,
        missing: prepared?.missing ?? [],
        problems: intakeProblems(
          { ...full, ...input, owner: input.owner ?? owner } as typeof full,
          now,
          deps.samples,
        ),
      }
    },

    saveDraft: async ({ id, content }: Input<typeof op.saveDraft>, { actor }: Asked) => {
      if (JSON.stringify(content).length > DRAFT_LIMIT) throw new Refusal('dossiers.draft-too-large')
      const savedAt = deps.clock.now()
      await saveDraftRow(deps.db, { id, account: actor.id, content, saved_at: savedAt })
      return { id, savedAt: toLocalIso(savedAt) }
    },
    listDrafts: async ({ actor }: Asked) => ({
      items: (await draftsOf(deps.db, actor.id)).map(({ id, content, saved_at }) => ({
        id,
        savedAt: toLocalIso(saved_at),
        // Written by `saveDraft` from an object of the contract.
        content: content as Record<string, unknown>,
      })),
    }),
    discardDraft: async ({ id }: Input<typeof op.discardDraft>, { actor }: Asked) => {
      await deleteDraft(deps.db, actor.id, id)
      return {}
    },

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

    act: async (
      input: Input<typeof op.actOnDossier>,
      { actor, idempotency }: Asked,
    ): Promise<DossierView> => {
      // The first answer is remembered as what changed; a repeat gets the same bytes whatever happened since.
      let view: DossierView | undefined
      const { event, clock } = CHART[input.action]
      // What was promised is kept as it was said, before it is promised anew or asked for otherwise.
      if (clock === 'restart' || input.action === 'adjust') await papers.issueDue(input.code)
      await act(input, actor, async (tx) => {
        const changed = bringsNumber(event) ? await lockDossier(tx, input.code) : undefined
        if (changed) await papers.settle(tx, changed)
        const inside = createPages({ ...deps, db: tx })
        view = await inside.view(input.code, actor)
        await idempotency?.remember(tx, view)
      })
      if (view && (view.group || view.parent)) await groups.settleAround(input.code)
      return view ?? pages.view(input.code, actor)
    },

    explainLateness: async (
      input: Input<typeof op.explainLateness>,
      { actor, idempotency }: Asked,
    ): Promise<DossierView> => {
      await readable(input.code, actor)
      let view: DossierView | undefined
      await lateness.explain(input, actor, async (tx) => {
        view = await createPages({ ...deps, db: tx }).view(input.code, actor)
        await idempotency?.remember(tx, view)
      })
      return view ?? pages.view(input.code, actor)
    },

    retryMember: (input: Input<typeof op.retryMember>, asked: Asked) => onMember(groups.retry, input, asked),
    dropMember: (input: Input<typeof op.dropMember>, asked: Asked) => onMember(groups.drop, input, asked),

    askOpinions: async (
      input: Input<typeof op.askOpinions>,
      { actor, idempotency }: Asked,
    ): Promise<DossierView> => {
      let view: DossierView | undefined
      await consultations.ask(input, actor, async (tx) => {
        view = await createPages({ ...deps, db: tx }).view(input.code, actor)
        await idempotency?.remember(tx, view)
      })
      return view ?? pages.view(input.code, actor)
    },

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
      return followed(answer)
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

    /** Papers carry numbers in full, so that opening one is a reading of personal data. */
    paper: async ({ code, ...asked }: Input<typeof op.getPaper>, { actor }: Asked): Promise<Buffer> => {
      const dossier = await readable(code, actor)
      const printed = await papers.print(asked, dossier, actor)
      const { form } = asked
      await recordReading(actor, { kind: 'dossier', id: dossier.id }, [`paper:${form}`], titleOfPaper(form))
      return printed
    },

    register: async (
      { centre, from, to }: Input<typeof op.getRegister>,
      { actor }: Asked,
    ): Promise<Buffer> => {
      const tree = await deps.tree()
      if (!tree.centres.has(centre)) throw new Refusal('dossiers.unknown-centre', { centre })
      const roles = ['RECEPTION', 'RETURN_DESK', 'CENTRE_OFFICER', 'CENTRE_DIRECTOR', 'SUPERVISOR', 'AUDITOR']
      if (!holdsAt(actor, tree, roles, centre)) throw new Refusal('dossiers.unknown-centre', { centre })
      if (to < from || to > addDays(from, 366)) throw new Refusal('dossiers.period-too-long')
      const printed = await papers.register(centre, from, to)
      await recordReading(
        actor,
        { kind: 'centre', id: centre },
        [`register:${from}..${to}`],
        'In sổ theo dõi hồ sơ',
      )
      return printed
    },

    batchReceipt: async ({ codes }: Input<typeof op.getBatchReceipt>, { actor }: Asked): Promise<Buffer> => {
      const { printed, dossiers } = await sheets.batchReceipt(codes, actor)
      for (const { id } of dossiers)
        await recordReading(
          actor,
          { kind: 'dossier', id },
          ['paper:batch-receipt'],
          'In giấy tiếp nhận nhiều hồ sơ',
        )
      return printed
    },
    handoverPaper: async (
      { sheet: code }: Input<typeof op.getHandoverPaper>,
      { actor }: Asked,
    ): Promise<Buffer> => {
      const sheet = await handover.readable(code, actor, await deps.tree())
      const printed = await printHandover(sheet, actor)
      await recordReading(
        actor,
        { kind: 'handover-sheet', id: sheet.id },
        [`owner-names:${sheet.rows}`],
        'In phiếu bàn giao',
      )
      return printed
    },
    overdueReport: async ({ unit }: Input<typeof op.getOverdueReport>, { actor }: Asked): Promise<Buffer> => {
      const printed = await sheets.overdueReport(unit, actor)
      await recordReading(actor, { kind: 'unit', id: unit }, ['overdue-report'], 'In báo cáo hồ sơ quá hạn')
      return printed
    },
    unclaimedResults: async (
      { centre }: Input<typeof op.getUnclaimedResults>,
      { actor }: Asked,
    ): Promise<Buffer> => {
      const printed = await sheets.unclaimedResults(centre, actor)
      await recordReading(
        actor,
        { kind: 'centre', id: centre },
        ['unclaimed-results'],
        'In danh sách kết quả chưa nhận',
      )
      return printed
    },
    guidance: (input: Input<typeof op.getGuidance>, { actor }: Asked): Promise<Buffer> =>
      sheets.guidance(input, actor),

    /** A file of a dossier that this officer may read; the opening is logged like any reading of personal data. */
    file: async ({ code, file }: Input<typeof op.getDossierFile>, { actor }: Asked) => {
      const dossier = await readable(code, actor)
      if (!(await ownsFile(dossier.id, file))) throw new Refusal('dossiers.unknown-file')
      await recordReading(actor, { kind: 'dossier', id: dossier.id }, [`file:${file}`], 'Xem tệp của hồ sơ')
      return deps.documents.open(file)
    },

    track: (input: Input<typeof op.trackDossier>, asked?: { language: 'vi' | 'en' }) =>
      tracking.track(input.code, input.pin, asked?.language),

    today: () => localDateOf(deps.clock.now()),

    /** Codes of dossiers by their ids, for other modules' lists. */
    codesOf: async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
      new Map([...(await dossiersByIds(deps.db, ids))].map(([id, { code }]) => [id, code])),
  }

  async function onMember(
    decide: typeof groups.retry,
    input: { code: string; member: string; reason: string },
    { actor, idempotency }: Asked,
  ): Promise<DossierView> {
    await readable(input.code, actor)
    let view: DossierView | undefined
    await decide(input, actor, async (tx) => {
      view = await createPages({ ...deps, db: tx }).view(input.code, actor)
      await idempotency?.remember(tx, view)
    })
    return view ?? pages.view(input.code, actor)
  }

  /** Where somebody may hold this very step: a mandate to sign is looked at with its dossier. */
  async function rightsOn(id: string, actor: StaffActor) {
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

  function recordReading(
    { id, name }: StaffActor,
    subject: { kind: string; id: string },
    fields: readonly string[],
    purpose: string,
  ): Promise<void> {
    return deps.recordAccess({ actor: { kind: 'staff', id, name }, subject, fields, purpose })
  }

  async function readsDossier(id: string, actor: StaffActor): Promise<boolean> {
    const dossier = (await dossiersByIds(deps.db, [id])).get(id)
    return dossier !== undefined && matches(readRule(actor, await deps.tree()), dossier)
  }

  async function ownsFile(dossier: string, file: string): Promise<boolean> {
    const [component, result, opinion] = await Promise.all([
      deps.db
        .selectFrom('dossier_component')
        .select('component_id')
        .where('dossier_id', '=', dossier)
        .where((where) => where(where.val(file), '=', where.fn.any('files')))
        .executeTakeFirst(),
      deps.db
        .selectFrom('dossier_result')
        .select('id')
        .where('dossier_id', '=', dossier)
        .where('file', '=', file)
        .executeTakeFirst(),
      isConsultationFile(deps.db, dossier, file),
    ])
    return component !== undefined || result !== undefined || opinion
  }

  async function taskAbility(dossier: string, id: string, actor: StaffActor) {
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
}

/** Why somebody opens a dossier: for the step in hand, else to look it up. */
const readingPurpose = ({ task }: DossierView): string =>
  task ? `Để làm bước ${task.name}` : 'Tra cứu hồ sơ'

export type DossierService = ReturnType<typeof createDossierService>
