import type { StaffActor } from '#modules/identity/contract.ts'
import { ON_SITE_PARTS, type SignedAs, type Tree } from '#modules/organisation/rules.ts'
import type { TaskRow } from '#modules/workflow/index.ts'
import { actingFor, type ProcessGraph, refuseStanding, type Step } from '#modules/workflow/rules.ts'
import { fillMessage, Refusal } from '#platform/errors.ts'
import { matches } from '#platform/policy.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type { Ability, DossierView, StepView, TaskAbility } from '../contract/dossier.ts'
import type { Outcome, Party, Representative } from '../contract/vocabulary.ts'
import { dossierErrors } from '../errors.ts'
import { SCOPE } from '../rules/authorisation.ts'
import { ANSWERS } from '../rules/consultation.ts'
import { isNonTerritorial } from '../rules/territory.ts'
import { type Pause, pausesIn, workedMinutes } from '../rules/worked.ts'
import {
  actionsFrom,
  CHART,
  decide,
  ENDED,
  maskNumber,
  nationalStatus,
  RUNNING,
  STATE_LABELS,
} from '../rules.ts'
import { type AuthorisationRow, findAuthorisation } from '../store/authorisations.ts'
import { deadlinesOf, dueChangesOf, intervalsOf } from '../store/clock.ts'
import { consultationsOf, unitsAsked } from '../store/consultations.ts'
import { componentsOf, type DossierRow, findDossier } from '../store/dossiers.ts'
import { findById, withApproval } from '../store/groups.ts'
import { findHandover, findResult } from '../store/results.ts'
import { termsOf } from './authorisations.ts'
import { refuseRepresentative } from './check-receiver.ts'
import { clocksOf } from './clocks.ts'
import { consultationViews } from './consultation-views.ts'
import { askingTask } from './consultations.ts'
import { dossierDeadline, stepPace } from './deadline.ts'
import type { DossierDeps } from './deps.ts'
import { factsOf, rulesOf } from './facts.ts'
import { feesShown } from './group-fees.ts'
import { groupView } from './group-views.ts'
import { handsView } from './hands.ts'
import { createLateness } from './lateness.ts'
import { officerOf } from './officer.ts'
import { papersOf } from './paper-list.ts'
import { explainBlock } from './refusals.ts'
import { holderOf, holdsAt, mandateUsed, mayTakeStep, readRule, signedAs } from './rights.ts'
import { waitsForOpinions } from './steps.ts'
import { stepsShown } from './steps-shown.ts'
import { isOpen, summaryOf } from './summaries.ts'
import { timelineOf } from './timeline.ts'
import { DID, DOING, momentWords, roleWords } from './words.ts'

/** Verbs of the main button, by what the step does. */
const STEP_VERBS: Readonly<Record<Step['action'], { vi: string; en: string }>> = {
  transfer: { vi: 'Chuyển hồ sơ', en: 'Transfer' },
  assign: { vi: 'Phân công', en: 'Assign' },
  appraise: { vi: 'Trình lãnh đạo', en: 'Submit to the head' },
  review: { vi: 'Trình ký', en: 'Submit for signature' },
  approve: { vi: 'Ký duyệt', en: 'Approve and sign' },
  issue: { vi: 'Vào sổ, phát hành', en: 'Register and issue' },
  return: { vi: 'Trả kết quả', en: 'Hand the result over' },
}

/** An agency that is consulted answers; it submits to nobody (Article 20(2), Decree 118/2025). */
const GIVE_OPINION = { vi: 'Gửi ý kiến', en: 'Send the opinion' }

const messagesOf = (refusal: Refusal) => {
  const words = dossierErrors[refusal.code as keyof typeof dossierErrors]
  return {
    code: refusal.code,
    vi: fillMessage(words?.vi ?? refusal.code, refusal.details),
    en: fillMessage(words?.en ?? refusal.code, refusal.details, 'en'),
  }
}

const hoursOf = (minutes: number): number => Math.round(minutes / 6) / 10

const maskedParty = (party: Party) => ({
  kind: party.kind,
  name: party.name,
  personalId: party.personalId ? maskNumber(party.personalId) : null,
  birthDate: party.birthDate ?? null,
  phone: party.phone ? maskNumber(party.phone) : null,
  email: party.email ?? null,
  address: party.address ?? null,
})

/** Another role's, or done elsewhere: not even said to be closed. */
const NOT_OFFERED: readonly string[] = ['dossiers.not-your-role', 'dossiers.group-by-members']

type Graphs = (task: TaskRow) => ProcessGraph | undefined

const isMine = (task: TaskRow, actor: StaffActor): boolean =>
  task.assignee === null || task.assignee.id === actor.id || actingFor(task, officerOf(actor)) !== null

const mayAsk = (task: TaskRow | undefined, actor: StaffActor): boolean =>
  task !== undefined && refuseStanding(task, officerOf(actor)) === undefined

export const createPages = (deps: DossierDeps) => {
  const lateness = createLateness(deps)

  /** The dossier when this officer may read it; otherwise it does not exist for them. */
  const readable = async (code: string, actor: StaffActor, tree: Tree): Promise<DossierRow> => {
    const dossier = await findDossier(deps.db, code)
    const may =
      dossier &&
      (matches(readRule(actor, tree), dossier) ||
        (await holdsTask(dossier, actor, tree)) ||
        (await isAsked(dossier, actor, tree)))
    if (!dossier || !may) {
      throw new Refusal('dossiers.unknown', { code })
    }
    return dossier
  }

  /** Somebody with a step of this dossier reads it, wherever the dossier belongs. */
  const holdsTask = async (dossier: DossierRow, actor: StaffActor, tree: Tree): Promise<boolean> => {
    const tasks = (await deps.workflow.tasksOfSubjects(deps.db, [dossier.id])).get(dossier.id) ?? []
    return tasks.some(
      (task) => isOpen(task) && (task.assignee?.id === actor.id || mayTakeStep(actor, tree, task, dossier)),
    )
  }

  /** So does an agency while its opinion is waited for: it cannot answer what it cannot read (Article 20(2)). */
  const isAsked = async ({ id }: DossierRow, actor: StaffActor, tree: Tree): Promise<boolean> =>
    (await unitsAsked(deps.db, id)).some((unit) => holdsAt(actor, tree, ANSWERS, unit))

  const abilitiesOf = async (dossier: DossierRow, actor: StaffActor, tree: Tree): Promise<Ability[]> => {
    const calendar = await deps.calendarFor(dossier.receiving_centre)
    const standing = await withApproval(deps.db, dossier)
    const facts = factsOf(standing, calendar, rulesOf(dossier, await deps.parameters()))
    const holder = holderOf(actor, tree, dossier)
    const now = deps.clock.now()
    const state = dossier.state
    return actionsFrom(state).flatMap((action): Ability[] => {
      const transition = CHART[action]
      const verdict = decide(action, facts, holder, now.getTime())
      // What belongs to another role is not offered at all; what is mine but closed says why.
      if (!verdict.allowed && NOT_OFFERED.includes(verdict.block.code)) return []
      const until = verdict.allowed && verdict.until !== null ? new Date(verdict.until) : undefined
      return [
        {
          action,
          label: transition.label,
          needs: [...transition.needs],
          allowed: verdict.allowed,
          ...(verdict.allowed
            ? {}
            : { blockedBy: messagesOf(explainBlock(verdict.block, { tree, dossier })) }),
          ...(until
            ? {
                until: toLocalIso(until),
                untilWords: {
                  vi: `Chỉ được đến ${momentWords(until)}`,
                  en: `Only until ${momentWords(until, 'en')}`,
                },
              }
            : {}),
          irreversible: transition.irreversible ?? false,
          main: [
            'accept',
            'complete-intake',
            'return',
            'receive-supplement',
            'confirm-payment',
            'correct-result',
          ].includes(action),
        },
      ]
    })
  }

  const taskOf = async (
    dossier: DossierRow,
    open: TaskRow | undefined,
    step: Step | undefined,
    graph: ProcessGraph | undefined,
    actor: StaffActor,
    tree: Tree,
  ): Promise<TaskAbility | null> => {
    if (!open || !step || ENDED.includes(dossier.state)) return null
    const may = mayTakeStep(actor, tree, open, dossier)
    const mandate =
      may && open.action === 'approve' ? mandateUsed(actor, tree, dossier, open.unit) : undefined
    const lead = holdsAt(actor, tree, ['UNIT_LEAD', 'AGENCY_LEAD'], open.unit)
    const mine = isMine(open, actor)
    if (!may && !lead) return null
    const calendar = await deps.calendarFor(open.unit)
    const blocked = blockOf(dossier, open, may, actor, tree)
    const waits = waitOf(dossier, open, tree)
    const against = blocked ?? waits
    return {
      id: open.id,
      name: open.name,
      unit: { id: open.unit, name: tree.units.get(open.unit)?.shortName ?? open.unit },
      part: open.part,
      escalation: open.escalation,
      onBehalfOf: actingFor(open, officerOf(actor)),
      signs:
        may && open.action === 'approve'
          ? {
              lines: signedAs(actor, tree, dossier, open.unit).lines,
              decisionNo: mandate?.decisionNo ?? null,
              until: mandate?.to ?? null,
            }
          : null,
      decisions: [...step.decisions],
      compensations: open.compensations.map(({ name, text }) => ({ name, text })),
      due: open.dueAt && toLocalIso(open.dueAt),
      ...stepPace(calendar, open, deps.clock.now()),
      assignee: open.assignee,
      label: open.part === 'consultee' ? GIVE_OPINION : STEP_VERBS[open.action],
      needs: needsOf(open, step),
      mayClaim: may && mine && open.state === 'open' && !blocked && open.action !== 'return',
      mayComplete: may && mine && !blocked && !waits && open.action !== 'return',
      maySendBack: may && mine && !blocked && open.action !== 'return' && step.canReturnTo.length > 0,
      mayReassign: lead && open.action !== 'return',
      sendBackTo: step.canReturnTo.map((id) => ({
        step: id,
        name: graph?.steps.find((one) => one.id === id)?.name ?? id,
      })),
      ...(against ? { blockedBy: messagesOf(against) } : {}),
    }
  }

  /** Open steps with what this person may do; what is theirs to finish comes first. */
  const tasksOf = async (
    dossier: DossierRow,
    tasks: readonly TaskRow[],
    graphs: Graphs,
    actor: StaffActor,
    tree: Tree,
  ): Promise<TaskAbility[]> => {
    const all = await Promise.all(
      tasks.filter(isOpen).map((task) => {
        const graph = graphs(task)
        const step = graph?.steps.find((one) => one.id === task.step)
        return taskOf(dossier, task, step, graph, actor, tree)
      }),
    )
    const rank = (one: TaskAbility) => Number(!one.mayComplete) * 2 + Number(!one.mayClaim)
    return all.filter((one) => one !== null).sort((a, b) => rank(a) - rank(b))
  }

  const blockOf = (dossier: DossierRow, task: TaskRow, may: boolean, actor: StaffActor, tree: Tree) => {
    const state = dossier.state
    if (task.action !== 'return' && !RUNNING.includes(state)) {
      return new Refusal('dossiers.action-not-allowed', { state: STATE_LABELS[state] })
    }
    if (!may) {
      return new Refusal('dossiers.not-your-role', {
        role: roleWords([task.role]),
        unit: tree.units.get(task.unit)?.name ?? task.unit,
      })
    }
    if (task.action === 'approve' && dossier.intake_by === actor.id) {
      return new Refusal('dossiers.segregation', { did: DID.intake, doing: DOING.approval })
    }
    return undefined
  }

  /** What stands only against finishing the step. */
  const waitOf = (dossier: DossierRow, task: TaskRow, tree: Tree): Refusal | undefined =>
    waitsForOpinions(tree, task, dossier)
      ? new Refusal('dossiers.opinions-awaited', { count: dossier.opinions_awaited })
      : undefined

  const stepsOf = async (
    graph: ProcessGraph,
    tasks: readonly TaskRow[],
    dossier: DossierRow,
    tree: Tree,
    pauses: readonly Pause[],
  ): Promise<StepView[]> => {
    const calendar = await deps.calendarFor(dossier.receiving_centre)
    const now = deps.clock.now()
    const own = tasks.filter(({ version }) => version === null)
    return stepsShown(graph, own).map((step): StepView => {
      const last = own.filter((task) => task.step === step.id && task.state !== 'cancelled').at(-1)
      const place = {
        receivingCentre: dossier.receiving_centre,
        resolvingAgency: dossier.resolving_unit,
        returningPlace: dossier.returning_centre,
      }[step.place]
      const unit = last?.unit ?? step.agency ?? place
      const laterStep = last !== undefined && last.outcome === 'returned'
      return {
        task: last?.id ?? null,
        step: step.id,
        name: step.name,
        role: step.role,
        unit: { id: unit, name: tree.units.get(unit)?.shortName ?? unit },
        hours: step.hours ?? 0,
        usedHours: last
          ? hoursOf(workedMinutes(calendar, last.openedAt, last.closedAt ?? now, pauses))
          : null,
        state: !last || laterStep ? 'expected' : isOpen(last) ? 'current' : 'done',
        assignee: last?.closedBy?.name ?? last?.assignee?.name ?? null,
        openedAt: last ? toLocalIso(last.openedAt) : null,
        doneAt: last?.closedAt ? toLocalIso(last.closedAt) : null,
        due: last?.dueAt ? toLocalIso(last.dueAt) : null,
      }
    })
  }

  const view = async (code: string, actor: StaffActor): Promise<DossierView> => {
    const tree = await deps.tree()
    const dossier = await readable(code, actor, tree)
    const { db } = deps
    const [components, events, result, handover, taskMap, clocks, dueChanges, deadlines, asked] =
      await Promise.all([
        componentsOf(db, dossier.id),
        deps.log.timeline(db, { kind: 'dossier', id: dossier.id }),
        findResult(db, dossier.id),
        findHandover(db, dossier.id),
        deps.workflow.tasksOfSubjects(db, [dossier.id]),
        intervalsOf(db, [dossier.id]),
        dueChangesOf(db, [dossier.id]),
        deadlinesOf(db, dossier.id),
        consultationsOf(db, dossier.id),
      ])
    const tasks = taskMap.get(dossier.id) ?? []
    const intervals = clocks.get(dossier.id) ?? []
    const files = await deps.documents.describeFiles(db, [
      ...components.flatMap((component) => component.files),
      ...(result?.file ? [result.file] : []),
    ])
    const fileOf = new Map(files.map((file) => [file.id, file]))
    const graph = dossier.process_version
      ? (await deps.workflow.graphsOf(db, [dossier.process_version])).get(dossier.process_version)
      : undefined
    const abilities = await tasksOf(dossier, tasks, await graphsOf(tasks, graph), actor, tree)
    const open = tasks.find((task) => isOpen(task) && task.id === abilities[0]?.id) ?? tasks.find(isOpen)
    const owner = dossier.owner
    const representative = dossier.representative
    const kept =
      dossier.authorisation_id === null ? undefined : await findAuthorisation(db, dossier.authorisation_id)
    const calendar = await deps.calendarFor(dossier.receiving_centre)
    const returning = tree.units.get(dossier.returning_centre)
    const group = await groupView(deps, db, dossier, { actor, tree })
    const dropped = group?.members.flatMap(({ key, state }) => (state === 'dropped' ? [key] : []))
    const resultFile = result?.file ? fileOf.get(result.file) : undefined
    return {
      ...(await summaryOf(deps, tree, dossier, open)),
      id: dossier.id,
      nationalStatus: nationalStatus(dossier.state, dossier.returned_at !== null),
      case: { id: dossier.case_id, name: dossier.case_name },
      channel: dossier.channel,
      onSite: ON_SITE_PARTS.filter((part) => dossier.on_site.includes(part)),
      nonTerritorial: isNonTerritorial(tree, dossier.receiving_centre, dossier.resolving_unit),
      returningCentre: {
        id: dossier.returning_centre,
        name: returning?.shortName ?? dossier.returning_centre,
      },
      resultReturn: {
        way: dossier.return_way,
        address: dossier.return_address,
      },
      ownerParty: maskedParty(owner),
      submitter: maskedParty(dossier.submitter ?? representative ?? owner),
      representative: representative && {
        ...maskedParty(representative),
        paper: representative.paper,
        ...representationOf(representative, kept, refuseRepresentative(dossier, kept, deps.clock.now())),
      },
      components: components.map((row) => ({
        component: row.component_id,
        name: row.name,
        group: row.group_name,
        mandatory: row.mandatory,
        originals: row.originals,
        copies: row.copies,
        certifiedCopies: row.certified_copies,
        status: row.status as DossierView['components'][number]['status'],
        reason: row.reason,
        files: row.files.flatMap((id) => {
          const file = fileOf.get(id)
          return file ? [{ id, name: file.name, mediaType: file.mediaType, size: file.size }] : []
        }),
      })),
      fees: await feesShown(deps, dossier, dropped),
      deadline: dossierDeadline(calendar, dossier, deps.clock.now()),
      lateness: await lateness.viewOf(db, dossier, { actor, tree, tasks }),
      clocks: clocksOf(
        dossier,
        { intervals, changes: dueChanges.get(dossier.id) ?? [], deadlines },
        {
          calendar,
          rules: rulesOf(dossier, await deps.parameters()),
          now: deps.clock.now(),
        },
      ),
      hands: handsView(
        { tree, calendar, now: deps.clock.now() },
        { dossier, tasks, pauses: pausesIn(intervals) },
      ),
      lost: lostOf(dossier),
      handedBack: (dossier.handed_back ?? []) as DossierView['handedBack'],
      process: graph
        ? {
            name: graph.name,
            version: 1,
            totalHours: graph.limitHours ?? graph.steps.reduce((sum, one) => sum + (one.hours ?? 0), 0),
            steps: await stepsOf(graph, tasks, dossier, tree, pausesIn(intervals)),
            waiting: await waitingOf(dossier, graph),
          }
        : null,
      task: abilities[0] ?? null,
      tasks: abilities,
      actions: await abilitiesOf(dossier, actor, tree),
      group,
      parent: dossier.parent_id ? await parentOf(dossier.parent_id) : null,
      consultations: await consultationViews(deps, db, asked, {
        ...{ actor, tree, now: deps.clock.now() },
        dueOf: () => dossier.due_at,
        whole: () => matches(readRule(actor, tree), dossier),
      }),
      mayAskOpinions: RUNNING.includes(dossier.state) && mayAsk(askingTask(tasks, { actor, tree }), actor),
      opinions: tasks.flatMap((task) =>
        task.opinion && task.closedAt
          ? [
              {
                at: toLocalIso(task.closedAt),
                actor: task.closedBy?.name ?? '',
                step: task.name,
                text: task.opinion,
              },
            ]
          : [],
      ),
      timeline: timelineOf(events, tree),
      result: result
        ? {
            number: result.number,
            date: result.date,
            summary: result.summary,
            outcome: result.outcome as Outcome,
            signer:
              tasks.find((task) => task.action === 'approve' && task.outcome === 'completed')?.closedBy
                ?.name ?? null,
            file: resultFile ? { id: resultFile.id, name: resultFile.name } : null,
            // Written from this shape when the result was issued.
            signedAs: (result.signed_as as SignedAs | null)?.lines ?? [],
            seal: result.seal === null ? null : (tree.signing.everySeal.get(result.seal)?.label ?? ''),
          }
        : null,
      handover: handover
        ? {
            at: toLocalIso(handover.at),
            receiver: handover.receiver_name,
            relation: handover.relation,
            way: handover.way as DossierView['resultReturn']['way'],
            by: handover.by_name,
          }
        : null,
      papers: papersOf({ dossier, events, tasks }, tree),
      pin: holdsAt(actor, tree, ['RECEPTION', 'RETURN_DESK'], dossier.receiving_centre) ? dossier.pin : null,
    }
  }

  const parentOf = async (id: string): Promise<DossierView['parent']> => {
    const parent = await findById(deps.db, id)
    return parent ? { code: parent.code, name: parent.procedure_name } : null
  }

  /** Steps of called processes are of another version than the dossier's own. */
  const graphsOf = async (tasks: readonly TaskRow[], own: ProcessGraph | undefined): Promise<Graphs> => {
    const called = tasks.flatMap((task) => (task.version === null ? [] : [task.version]))
    const found =
      called.length === 0 ? undefined : await deps.workflow.graphsOf(deps.db, [...new Set(called)])
    return (task) => (task.version === null ? own : found?.get(task.version))
  }

  /** Events on the border of a step are the step's own matter. */
  const waitingOf = async ({ id }: DossierRow, graph: ProcessGraph) =>
    (await deps.workflow.waitsOfSubject(deps.db, { kind: 'dossier', id }))
      .filter(({ node }) => graph.nodes.get(node)?.kind !== 'boundary')
      .map(({ name, kind, openedAt, dueAt, state }) => ({
        name,
        kind,
        since: toLocalIso(openedAt),
        due: dueAt && toLocalIso(dueAt),
        failed: state === 'failed',
      }))

  return { view, readable }
}

/** The paper as it stands now: shown again or taken back since the intake, where it was kept. */
const representationOf = (
  person: Representative,
  kept: AuthorisationRow | undefined,
  refusal: Refusal | undefined,
) => {
  const {
    scope = SCOPE,
    procedures = [],
    validFrom = null,
    validUntil = null,
  } = kept ? termsOf(kept) : person
  const why = refusal && messagesOf(refusal)
  return {
    ...{ paperNumber: person.paperNumber ?? null, paperDate: person.paperDate ?? null },
    ...{ scope: [...scope], procedures: [...procedures], validFrom, validUntil },
    ...{ mayReceive: why === undefined, whyNot: why ? { vi: why.vi, en: why.en } : null },
    authorisation: kept?.id ?? null,
  }
}

/** Written by the action from the contract's own shape. */
const lostOf = (dossier: DossierRow): DossierView['lost'] =>
  dossier.lost_reported_at && {
    reportedAt: toLocalIso(dossier.lost_reported_at),
    settledAt: dossier.lost_settled_at && toLocalIso(dossier.lost_settled_at),
    papers: dossier.lost_papers as NonNullable<DossierView['lost']>['papers'],
  }

const needsOf = (task: TaskRow, step: Step): TaskAbility['needs'] => {
  const needs: TaskAbility['needs'] = [{ field: 'opinion', required: step.requires.includes('opinion') }]
  if (step.decisions.length > 0) needs.push({ field: 'decision', required: true })
  if (task.action === 'assign') needs.push({ field: 'assignee', required: false })
  if (task.action === 'approve') needs.push({ field: 'outcome', required: false })
  if (task.action === 'issue') needs.push({ field: 'result', required: false })
  return needs
}
