import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import { agencyOf, belowOf, isValidOn, type Tree } from '#modules/organisation/rules.ts'
import type { TaskRow } from '#modules/workflow/index.ts'
import { refuseStanding } from '#modules/workflow/rules.ts'
import { inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { JsonObject, NewEvent } from '#platform/log/log.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { ConsultationView } from '../contract/consultation-view.ts'
import type * as op from '../contract/consultations.ts'
import {
  ANSWERS,
  ASKING_STEPS,
  ASKS,
  consultationDates,
  mayAnswer,
  OPINION_WORDS,
  SILENCE_WORDS,
  watchedNow,
} from '../rules/consultation.ts'
import { RUNNING, STATE_LABELS } from '../rules.ts'
import { openDeadlines } from '../store/clock.ts'
import * as store from '../store/consultations.ts'
import { type DossierRow, lockDossier, updateDossier } from '../store/dossiers.ts'
import { lockDossiersById } from '../store/handover.ts'
import { countConsultations, type Reaching, waitingConsultations } from '../views/consultations.ts'
import { dossiersByIds } from '../views/lists.ts'
import { assertAttachable } from './attach.ts'
import { consultationViews, isWelcome } from './consultation-views.ts'
import { decodePosition, encodePosition } from './cursor.ts'
import { type Asked, type DossierDeps, eventActor } from './deps.ts'
import { officerOf } from './officer.ts'
import { holdsAt } from './rights.ts'
import { isOpen } from './summaries.ts'
import { momentInWords, roleWords } from './words.ts'

type AgencyRow = store.ConsultationRow['agencies'][number]
type ConsultationDeps = DossierDeps & {
  readable: (code: string, actor: StaffActor) => Promise<DossierRow>
}

const SYSTEM = { kind: 'system', id: null, name: 'Theo dõi lấy ý kiến' } as const
const AT_ONCE = 100

const nameIn = (tree: Tree, unit: string): string => tree.units.get(unit)?.name ?? unit

/** The step in which somebody of this role and place may ask; whoever is only asked asks nobody. */
export const askingTask = (
  tasks: readonly TaskRow[],
  { actor, tree }: { actor: StaffActor; tree: Tree },
): TaskRow | undefined =>
  tasks.find(
    (task) =>
      isOpen(task) &&
      task.part !== 'consultee' &&
      ASKING_STEPS.includes(task.action) &&
      holdsAt(actor, tree, [task.role], task.unit),
  )

/** Units for which somebody asks or answers. */
const unitsOf = (actor: StaffActor, tree: Tree, roles: readonly string[]): Reaching => {
  const grants = actor.grants.filter(({ role }) => roles.includes(role))
  if (grants.some(({ scope }) => scope === 'province')) return 'all'
  const below = belowOf(tree)
  return [
    ...new Set(
      grants.flatMap(({ scope, unit }) =>
        unit === null || scope === 'own' || scope === 'province' ? [] : below[scope](unit),
      ),
    ),
  ]
}

export const createConsultations = (deps: ConsultationDeps) => {
  const eventOf = (
    type: string,
    { dossier_id: dossier }: Pick<store.ConsultationRow, 'dossier_id'>,
    by: { actor: NewEvent['actor']; at: Date },
    data: JsonObject,
  ): NewEvent => ({ type, at: by.at, actor: by.actor, subject: { kind: 'dossier', id: dossier }, data })

  const assertUnits = (tree: Tree, units: readonly string[], from: string, day: string): void => {
    const own = agencyOf(tree, from)?.id
    for (const id of units) {
      const unit = tree.units.get(id)
      const asked = agencyOf(tree, id)?.id
      if (!unit || !isValidOn(unit, day) || tree.centres.has(id) || asked === own)
        throw new Refusal('dossiers.consulted-unit', { unit: nameIn(tree, id) })
    }
  }

  const ask = async (
    input: Input<typeof op.askOpinions>,
    actor: StaffActor,
    finish: (tx: Tx) => Promise<void>,
  ): Promise<void> => {
    const tree = await deps.tree()
    await deps.readable(input.code, actor)
    if (input.silence === 'AGREEMENT' && !input.silenceBasis)
      throw new Refusal('dossiers.silence-basis-required')
    await assertAttachable(deps, input.files, actor.id)
    await inTransaction(deps.db, async (tx) => {
      const dossier = await lockDossier(tx, input.code)
      if (!dossier) throw new Refusal('dossiers.unknown', { code: input.code })
      if (!RUNNING.includes(dossier.state))
        throw new Refusal('dossiers.action-not-allowed', { state: STATE_LABELS[dossier.state] })
      const tasks = (await deps.workflow.tasksOfSubjects(tx, [dossier.id])).get(dossier.id) ?? []
      const task = askingTask(tasks, { actor, tree })
      if (!task)
        throw new Refusal('dossiers.not-your-role', {
          role: roleWords(ASKS),
          unit: nameIn(tree, dossier.resolving_unit),
        })
      const taken = refuseStanding(task, officerOf(actor))
      if (taken) throw new Refusal(taken.code, taken.details)
      const at = deps.clock.now()
      assertUnits(tree, input.agencies, task.unit, localDateOf(at))
      await write(tx, { tree, input, actor, dossier, task, at })
      await finish(tx)
    })
  }

  const write = async (
    tx: Tx,
    about: {
      tree: Tree
      input: Input<typeof op.askOpinions>
      actor: StaffActor
      dossier: DossierRow
      task: { unit: string; name: string }
      at: Date
    },
  ): Promise<void> => {
    const { tree, input, actor, dossier, task, at } = about
    const units = [...new Set(input.agencies)].toSorted()
    const calendar = await deps.calendarFor(task.unit)
    const { due, remind } = consultationDates(calendar, at, input.workingDays)
    const number = await store.nextNumber(tx, dossier.id)
    const [ordinal = 1] = await openDeadlines(tx, [
      { dossier: dossier.id, kind: 'CONSULTATION', from: at, alarm: due, due, reason: input.question },
    ])
    const id = newId()
    const row = {
      ...{ id, dossier_id: dossier.id, number, from_unit: task.unit, step: task.name },
      ...{ question: input.question, files: input.files, due_at: due, silence: input.silence },
      ...{ silence_basis: input.silenceBasis || null, deadline_ordinal: ordinal },
      ...{ asked_at: at, asked_by: actor.id, asked_by_name: actor.name },
    }
    const agencies = units.map((unit) => ({
      ...{ consultation_id: id, unit, dossier_id: dossier.id, due_at: due, silence: input.silence },
      ...{ state: 'asked', watch_at: remind },
    }))
    await store.insertConsultation(tx, row, agencies).catch((error: unknown) => {
      if (violates(error, 'consultation_agency_open')) throw new Refusal('dossiers.consulted-already')
      throw error
    })
    await updateDossier(tx, dossier.id, {
      opinions_awaited: dossier.opinions_awaited + units.length,
      version: dossier.version + 1,
      moved_at: at,
    })
    await deps.log.append(tx, [
      eventOf(
        'opinion-asked',
        row,
        { actor: eventActor(actor), at },
        {
          consultation: id,
          number,
          units,
          from: task.unit,
          name: units.map((unit) => nameIn(tree, unit)).join('; '),
          reason: input.question,
          due: due.toISOString(),
          silence: input.silence,
          notify: [{ to: 'consulted', message: 'opinion-asked' }],
        },
      ),
    ])
  }

  type Standing = { consultation: store.ConsultationRow; agency: AgencyRow; dossier: DossierRow; at: Date }

  /** The dossier is locked first, as everywhere; what is decided on is read after it. */
  const standing = async (tx: Tx, id: string, unit: string): Promise<Standing> => {
    const [seen] = await store.consultationsById(tx, [id])
    const dossier = seen && (await lockDossiersById(tx, [seen.dossier_id])).get(seen.dossier_id)
    const [consultation] = await store.consultationsById(tx, [id])
    const agency = consultation?.agencies.find((one) => one.unit === unit)
    if (!dossier || !consultation || !agency) throw new Refusal('dossiers.unknown-consultation')
    return { consultation, agency, dossier, at: deps.clock.now() }
  }

  const overOf = (tree: Tree, { agency }: Standing): Refusal =>
    new Refusal('dossiers.consultation-over', {
      unit: nameIn(tree, agency.unit),
      when: momentInWords(agency.answered_at ?? agency.withdrawn_at ?? agency.due_at),
    })

  const viewOf = async (tx: Tx, id: string, actor: StaffActor, tree: Tree): Promise<ConsultationView> => {
    const rows = await store.consultationsById(tx, [id])
    const dossiers = await dossiersByIds(
      tx,
      rows.map((row) => row.dossier_id),
    )
    const [view] = await consultationViews(deps, tx, rows, {
      ...{ actor, tree, now: deps.clock.now() },
      dueOf: (dossier) => dossiers.get(dossier)?.due_at ?? null,
      whole: (row) => holdsAt(actor, tree, ASKS, row.from_unit),
    })
    if (!view) throw new Error(`consultation ${id} is gone`)
    return view
  }

  /** One change of one agency's answer: rights, the row, the count, the limit and the event together. */
  const change = async (
    { id, unit }: { id: string; unit: string },
    { actor, idempotency }: Asked,
    decide: (
      tree: Tree,
      standing: Standing,
    ) => { patch: Parameters<typeof store.updateAgency>[2]; event: string; data: JsonObject },
  ): Promise<ConsultationView> => {
    const tree = await deps.tree()
    return inTransaction(deps.db, async (tx) => {
      const found = await standing(tx, id, unit)
      const { consultation, agency, dossier, at } = found
      const reaches =
        holdsAt(actor, tree, ANSWERS, unit) || holdsAt(actor, tree, ASKS, consultation.from_unit)
      if (!reaches) throw new Refusal('dossiers.unknown-consultation')
      const { patch, event, data } = decide(tree, found)
      await store.updateAgency(tx, { consultation: id, unit }, patch)
      if (agency.state === 'asked' && patch.state !== undefined && patch.state !== 'asked')
        await store.countAwaited(tx, dossier.id, -1)
      await store.closeSettled(tx, id, at)
      await deps.log.append(tx, [
        eventOf(
          event,
          consultation,
          { actor: eventActor(actor), at },
          {
            consultation: id,
            unit,
            ...data,
          },
        ),
      ])
      const view = await viewOf(tx, id, actor, tree)
      await idempotency?.remember(tx, view)
      return view
    })
  }

  const answer = async (
    input: Input<typeof op.answerConsultation>,
    asked: Asked,
  ): Promise<ConsultationView> => {
    const { actor } = asked
    await assertAttachable(deps, input.file ? [input.file] : [], actor.id)
    return change(input, asked, (tree, found) => {
      const { agency, at } = found
      if (!holdsAt(actor, tree, ANSWERS, agency.unit))
        throw new Refusal('dossiers.not-your-role', {
          role: roleWords(ANSWERS),
          unit: nameIn(tree, agency.unit),
        })
      if (!mayAnswer({ state: agency.state, due: agency.due_at, silence: agency.silence }, at))
        throw overOf(tree, found)
      return {
        patch: {
          ...{ state: 'answered', watch_at: null, opinion: input.opinion, answer: input.answer },
          ...{ file: input.file ?? null, answered_at: at, answered_by: actor.id },
          answered_by_name: actor.name,
        },
        event: 'opinion-given',
        data: {
          name: `${nameIn(tree, agency.unit)}: ${OPINION_WORDS[input.opinion].vi}`,
          verdict: input.opinion,
          opinion: input.answer,
          notify: [{ to: 'agency', message: 'opinion-given' }],
        },
      }
    })
  }

  const assertAsks = (actor: StaffActor, tree: Tree, { consultation }: Standing): void => {
    if (!holdsAt(actor, tree, ASKS, consultation.from_unit))
      throw new Refusal('dossiers.not-your-role', {
        role: roleWords(ASKS),
        unit: nameIn(tree, consultation.from_unit),
      })
  }

  const remind = (input: Input<typeof op.remindConsulted>, asked: Asked): Promise<ConsultationView> =>
    change(input, asked, (tree, found) => {
      assertAsks(asked.actor, tree, found)
      const { agency, at } = found
      if (!isWelcome(agency)) throw overOf(tree, found)
      return {
        patch: {
          ...{ reminders: agency.reminders + 1, reminded_at: at },
          ...(agency.state === 'asked' ? { watch_at: agency.due_at } : {}),
        },
        event: 'opinion-reminded',
        data: {
          name: nameIn(tree, agency.unit),
          notify: [{ to: 'consulted', message: 'opinion-reminded' }],
        },
      }
    })

  const withdraw = (input: Input<typeof op.withdrawConsultation>, asked: Asked): Promise<ConsultationView> =>
    change(input, asked, (tree, found) => {
      assertAsks(asked.actor, tree, found)
      const { agency, at } = found
      if (!isWelcome(agency)) throw overOf(tree, found)
      return {
        patch: { state: 'withdrawn', watch_at: null, withdrawn_at: at, withdrawn_reason: input.reason },
        event: 'opinion-no-longer-asked',
        data: {
          name: nameIn(tree, agency.unit),
          reason: input.reason,
          notify: [{ to: 'consulted', message: 'opinion-no-longer-asked' }],
        },
      }
    })

  const list = async (
    input: Input<typeof op.listConsultations>,
    { actor }: Asked,
  ): Promise<Output<typeof op.listConsultations>> => {
    const tree = await deps.tree()
    const units = { answer: unitsOf(actor, tree, ANSWERS), ask: unitsOf(actor, tree, ASKS) }
    const position = decodePosition(input.after)
    const after = position?.at ? { at: position.at, id: position.id } : undefined
    const [{ rows, next }, answering, asking] = await Promise.all([
      waitingConsultations(deps.db, input.side, units[input.side], { after, limit: input.limit }),
      countConsultations(deps.db, 'answer', units.answer),
      countConsultations(deps.db, 'ask', units.ask),
    ])
    const found = await store.consultationsById(
      deps.db,
      rows.map(({ id }) => id),
    )
    const dossiers = await dossiersByIds(
      deps.db,
      found.map((row) => row.dossier_id),
    )
    const views = await consultationViews(deps, deps.db, found, {
      ...{ actor, tree, now: deps.clock.now() },
      dueOf: (dossier) => dossiers.get(dossier)?.due_at ?? null,
      whole: (row) => input.side === 'ask' && holdsAt(actor, tree, ASKS, row.from_unit),
    })
    const byId = new Map(views.map((view, i) => [view.id, { view, dossier: found[i]?.dossier_id ?? '' }]))
    const items = rows.flatMap(({ id, unit }) => {
      const one = byId.get(id)
      const dossier = one && dossiers.get(one.dossier)
      if (!one || !dossier) return []
      return [
        {
          ...one.view,
          dossier: {
            code: dossier.code,
            procedureName: dossier.procedure_name,
            owner: dossier.owner_name,
          },
          asked: input.side === 'answer' ? { id: unit, name: tree.units.get(unit)?.shortName ?? unit } : null,
        },
      ]
    })
    await deps.recordAccess({
      actor: { kind: 'staff', id: actor.id, name: actor.name },
      subject: { kind: 'account', id: actor.id },
      fields: [`owner-names:${items.length}`],
      purpose: 'Xem danh sách lấy ý kiến',
    })
    return { items, next: encodePosition(next), counts: { answer: answering, ask: asking } }
  }

  /** What time alone brings about one agency: a reminder, or its silence with the consequence that was stated. */
  const watchOne = async (
    tx: Tx,
    tree: Tree,
    consultation: store.ConsultationRow,
    agency: AgencyRow,
    at: Date,
  ): Promise<boolean> => {
    if (agency.watch_at === null || agency.watch_at >= at) return false
    const { state, due_at: due, silence } = agency
    const now = watchedNow({ state, due, silence }, agency.reminded_at, at)
    const key = { consultation: consultation.id, unit: agency.unit }
    const by = { actor: SYSTEM, at }
    const base = { consultation: consultation.id, unit: agency.unit }
    const name = nameIn(tree, agency.unit)
    if (now === null) {
      await store.updateAgency(tx, key, { watch_at: state === 'asked' ? due : null })
      return false
    }
    if (now === 'remind') {
      await store.updateAgency(tx, key, {
        ...{ reminders: agency.reminders + 1, reminded_at: at, watch_at: due },
      })
      const data = { ...base, name, notify: [{ to: 'consulted', message: 'opinion-reminded' }] }
      await deps.log.append(tx, [eventOf('opinion-reminded', consultation, by, data)])
      return true
    }
    await store.updateAgency(tx, key, { state: 'silent', watch_at: null, silent_at: at })
    await store.countAwaited(tx, consultation.dossier_id, -1)
    await store.closeSettled(tx, consultation.id, at)
    await deps.log.append(tx, [
      eventOf('opinion-silent', consultation, by, {
        ...base,
        name,
        reason: SILENCE_WORDS[silence].vi,
        due: due.toISOString(),
        silence,
        legalBasis: consultation.silence_basis,
        notify: [
          { to: 'agency', message: 'opinion-silent' },
          ...(silence === 'ESCALATION'
            ? [
                { to: 'centre-head', message: 'opinion-silent' },
                { to: 'consulted-head', message: 'opinion-silent' },
              ]
            : []),
        ],
      }),
    ])
    return true
  }

  const watchSome = (): Promise<{ found: number; told: number }> =>
    inTransaction(deps.db, async (tx) => {
      const at = deps.clock.now()
      const tree = await deps.tree()
      const dossiers = await store.lockWatched(tx, at, AT_ONCE)
      let told = 0
      for (const dossier of dossiers)
        for (const consultation of await store.consultationsOf(tx, dossier))
          for (const agency of consultation.agencies)
            if (await watchOne(tx, tree, consultation, agency, at)) told += 1
      return { found: dossiers.length, told }
    })

  return {
    ask,
    answer,
    remind,
    withdraw,
    list,
    /** Reminds and records silence; safe in several processes at once. Answers how many were told. */
    watch: async (): Promise<number> => {
      let told = 0
      for (let some = await watchSome(); some.found > 0; some = await watchSome()) told += some.told
      return told
    },
  }
}
