import { randomInt } from 'node:crypto'
import { v7 as newId } from 'uuid'
import type { ProcedureVersion } from '#modules/catalogue/index.ts'
import { assessFees, durationFor } from '#modules/catalogue/rules.ts'
import type { Role, StaffActor } from '#modules/identity/contract.ts'
import {
  isValidOn,
  nearestIdentifier,
  type OnSitePart,
  onSiteAt,
  resolveAgency,
  type Tree,
} from '#modules/organisation/rules.ts'
import { Refusal } from '#platform/errors.ts'
import type { EventActor } from '#platform/log/log.ts'
import { searchTokens } from '#platform/text/fold.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { Intake } from '../contract/intake.ts'
import type { HandedIn } from '../contract/vocabulary.ts'
import { type GroupDefinition, groupOf, type MemberDefinition, memberCaseOf } from '../rules/group.ts'
import { isNonTerritorial } from '../rules/territory.ts'
import { findByKey } from '../store/authorisations.ts'
import type { NewComponent } from '../store/dossiers.ts'
import { keyOfIntake } from './authorisations.ts'
import { checkParty, checkRepresentative, fieldsOf } from './check-party.ts'
import { computeDue, type Limit } from './deadline.ts'
import { type DossierDeps, eventActor } from './deps.ts'
import { createProcessFinder } from './process-of.ts'
import { holdsAt } from './rights.ts'
import { momentInWords } from './words.ts'

export type ComponentRow = Omit<NewComponent, 'dossier_id'>

export type PreparedMember = { member: MemberDefinition; procedure: ProcedureVersion; unit: string }

/** Everything of an intake that is known before a number is taken: checked, looked up and computed, nothing written. */
export type Prepared = {
  id: string
  pin: string
  intake: Intake
  procedure: ProcedureVersion
  caseId: string
  caseName: string
  resolvingUnit: string
  returningCentre: string
  nonTerritorial: boolean
  /** What of it is done at the centre, by the decisions of the day. */
  onSite: readonly OnSitePart[]
  identifier: string
  day: string
  at: Date
  limit: Limit
  due: Date | null
  provisional: boolean
  fees: ReturnType<typeof assessFees>
  components: ComponentRow[]
  missing: { component: string; name: string }[]
  processVersion: string
  /** Who received it; of a procedure of a group, who received the group. */
  actor: Pick<StaffActor, 'id' | 'name'>
  by: EventActor
  /** It is received once for several procedures. */
  isGroup: boolean
  /** Those procedures, each with who decides it; none where it is no group. */
  members: readonly PreparedMember[]
  /** Of a procedure of a group: the group's dossier, and which of its members this is. */
  parent: { id: string; member: string } | null
}

export const RECEIVES: readonly Role[] = ['RECEPTION', 'NON_TERRITORIAL']
/** Recording what arrived decides nothing yet, so the post's officer may do it. */
export const RECORDS_ARRIVALS: readonly Role[] = [...RECEIVES, 'POSTAL']

export const findCase = (procedure: ProcedureVersion, id: string | undefined) => {
  const { cases } = procedure.content
  if (id !== undefined) {
    const found = cases.find((one) => one.id === id)
    if (!found) throw new Refusal('dossiers.unknown-case', { case: id })
    return found
  }
  const [only, ...more] = cases
  if (more.length > 0) throw new Refusal('dossiers.case-required', { count: cases.length })
  return only
}

export const assertCentre = (tree: Tree, id: string, day: string): void => {
  const centre = tree.units.get(id)
  if (!centre || !tree.centres.has(id) || !isValidOn(centre, day)) {
    throw new Refusal('dossiers.unknown-centre', { centre: id })
  }
}

/** What is said of a paper before it is brought. */
export type Paper = Pick<
  ProcedureVersion['content']['cases'][number]['components'][number],
  'id' | 'name' | 'group' | 'mandatory'
>

/** The papers of the case with what was handed in; a paper of another case is a mistake of the sender. */
export const matchComponents = (
  components: readonly Paper[],
  handedIn: readonly HandedIn[],
): { rows: ComponentRow[]; missing: { component: string; name: string }[] } => {
  const given = new Map(handedIn.map((one) => [one.component, one]))
  const unknown = [...given.keys()].filter((id) => !components.some((component) => component.id === id))
  if (unknown.length > 0) throw new Refusal('dossiers.unknown-component', { components: unknown.join(', ') })
  const rows = components.map((component, ordinal): ComponentRow => {
    const one = given.get(component.id)
    const brought =
      one !== undefined && one.originals + one.copies + one.certifiedCopies + one.files.length > 0
    const status = statusOf(one, brought, component.mandatory)
    return {
      component_id: component.id,
      ordinal,
      name: component.name,
      group_name: component.group,
      mandatory: component.mandatory,
      status,
      originals: one?.originals ?? 0,
      copies: one?.copies ?? 0,
      certified_copies: one?.certifiedCopies ?? 0,
      reason: one?.reason ?? null,
      files: one?.files ?? [],
    }
  })
  const missing = rows
    .filter(
      (row) => row.status === 'missing' || (row.status === 'not-applicable' && row.mandatory && !row.reason),
    )
    .map((row) => ({ component: row.component_id, name: row.name }))
  return { rows, missing }
}

const statusOf = (one: HandedIn | undefined, brought: boolean, mandatory: boolean): HandedIn['status'] => {
  if (one && one.status !== 'present') return one.status
  if (brought) return 'present'
  // Nothing lies on the desk: an unconditional paper is missing, a conditional one does not apply.
  return mandatory ? 'missing' : 'not-applicable'
}

const resolvingUnitOf = (
  tree: Tree,
  intake: Intake,
  procedure: ProcedureVersion,
  day: string,
): string | undefined => {
  if (intake.resolvingUnit !== undefined) {
    const unit = tree.units.get(intake.resolvingUnit)
    if (!unit || !isValidOn(unit, day))
      throw new Refusal('dossiers.unknown-unit', { unit: intake.resolvingUnit })
    return unit.id
  }
  const { content } = procedure
  const agency = content.profiles[tree.profile]?.agency
  const found = resolveAgency(tree, {
    mapping: agency?.text ?? (agency?.units.join('; ') || content.agency),
    centre: intake.receivingCentre,
    place: intake.owner.commune ?? null,
    procedure: { ministry: content.ministry, field: content.field, levels: content.levels },
    on: day,
  })
  return found.unit ?? undefined
}

const assertActorReceives = (actor: StaffActor, tree: Tree, centre: string, roles: readonly Role[]): void => {
  if (!holdsAt(actor, tree, roles, centre)) {
    throw new Refusal('dossiers.not-at-this-centre', { centre: tree.units.get(centre)?.shortName ?? centre })
  }
}

const CHANNEL_WORDS = {
  direct: { vi: 'trực tiếp', en: 'at the counter' },
  online: { vi: 'trực tuyến', en: 'online' },
  postal: { vi: 'bưu chính', en: 'by post' },
} as const

const assertChannel = (procedure: ProcedureVersion, channel: Intake['channel']): void => {
  const offered = [...new Set(procedure.content.methods.map((method) => method.channel))]
  // A record without ways of handing in is incomplete, not closed: the counter takes it.
  if (channel === 'direct' || offered.length === 0 || offered.includes(channel)) return
  throw new Refusal('dossiers.channel-not-offered', {
    offered: {
      vi: offered.map((one) => CHANNEL_WORDS[one].vi).join(', '),
      en: offered.map((one) => CHANNEL_WORDS[one].en).join(', '),
    },
  })
}

const partyProblems = (intake: Intake, now: Date, samples: boolean) => {
  const owner = { whose: { vi: 'chủ hồ sơ', en: 'the owner' }, path: 'owner', now, samples }
  const submitter = { whose: { vi: 'người nộp', en: 'the submitter' }, path: 'submitter', now, samples }
  const representative = {
    whose: { vi: 'người được ủy quyền', en: 'the representative' },
    path: 'representative',
    now,
    samples,
  }
  return [
    ...checkParty(intake.owner, owner),
    ...(intake.submitter ? checkParty(intake.submitter, submitter) : []),
    ...(intake.representative
      ? checkRepresentative(intake.representative, representative, intake.procedure)
      : []),
  ]
}

export const intakeProblems = (intake: Intake, now: Date, samples: boolean) =>
  fieldsOf(partyProblems(intake, now, samples))

const assertParties = (intake: Intake, now: Date, samples: boolean): void => {
  const problems = partyProblems(intake, now, samples)
  const [first] = problems
  if (first) throw new Refusal(first.code, { ...first.details, fields: fieldsOf(problems) })
}

/** The agency of a member: what its definition says, else its own procedure's record. */
const memberUnitOf = (
  tree: Tree,
  intake: Intake,
  { member, procedure, day }: { member: MemberDefinition; procedure: ProcedureVersion; day: string },
): string | undefined => {
  if (member.agency === null) return resolvingUnitOf(tree, intake, procedure, day)
  const { ministry, field, levels } = procedure.content
  const found = resolveAgency(tree, {
    mapping: member.agency,
    ...{ centre: intake.receivingCentre, place: intake.owner.commune ?? null },
    procedure: { ministry, field, levels },
    on: day,
  })
  return found.unit ?? undefined
}

type Found = {
  procedure: ProcedureVersion
  chosen: { id: string; name: string | null } | undefined
  resolvingUnit: string
  rows: ComponentRow[]
  missing: Prepared['missing']
  actor: Prepared['actor']
  by: EventActor
  parent: Prepared['parent']
  members: Prepared['members']
}

export const createPrepareIntake = (deps: DossierDeps) => {
  const processVersion = createProcessFinder(deps)

  /** What follows from who receives what for whom: limits, dates, fees, the process. */
  const assemble = async (intake: Intake, tree: Tree, at: Date, found: Found): Promise<Prepared> => {
    const day = localDateOf(at)
    const { procedure, chosen, resolvingUnit } = found
    const returningCentre = intake.resultReturn.centre ?? intake.receivingCentre
    assertCentre(tree, returningCentre, day)
    const caseId = chosen?.id ?? `${procedure.code}.c1`
    const promised =
      durationFor(procedure, caseId, intake.channel) ?? durationFor(procedure, caseId, 'direct')
    const limit: Limit = promised && { amount: promised.amount, unit: promised.unit }
    const calendar = await deps.calendarFor(intake.receivingCentre)
    const { due, provisional } = computeDue(calendar, at, limit)
    const isGroup = groupOf(procedure.code) !== undefined
    return {
      id: newId(),
      pin: String(randomInt(0, 1_000_000)).padStart(6, '0'),
      intake,
      procedure,
      caseId,
      caseName: chosen?.name ?? '',
      resolvingUnit,
      returningCentre,
      nonTerritorial: isNonTerritorial(tree, intake.receivingCentre, resolvingUnit),
      onSite: isGroup ? [] : onSiteAt(tree.signing, intake.receivingCentre, procedure.code),
      // A group's code begins with the one-stop that received it (Article 28, Decree 118/2025).
      identifier: nearestIdentifier(tree, isGroup ? intake.receivingCentre : resolvingUnit) ?? '',
      day,
      at,
      limit,
      due,
      provisional,
      fees: assessFees(procedure, caseId, intake.channel),
      components: found.rows,
      missing: found.missing,
      processVersion: await processVersion(procedure.code, limit, day),
      actor: found.actor,
      by: found.by,
      isGroup,
      members: found.members,
      parent: found.parent,
    }
  }

  /** Whether every procedure of the group has an agency here: said before anything is received. */
  const findMembers = async (
    intake: Intake,
    tree: Tree,
    group: GroupDefinition | undefined,
    day: string,
  ): Promise<PreparedMember[]> => {
    // Whichever agency was chosen for the group decides none of its procedures.
    const { resolvingUnit: _, ...own } = intake
    const found: PreparedMember[] = []
    for (const member of group?.members ?? []) {
      const procedure = await deps.catalogue.getInForce(member.procedure, day)
      const unit = memberUnitOf(tree, own, { member, procedure, day })
      if (!unit) throw new Refusal('dossiers.no-resolving-unit', { procedure: procedure.code })
      found.push({ member, procedure, unit })
    }
    return found
  }

  /** A paper that its owner took back is no paper any more, whatever it says. */
  const assertNotTakenBack = async (intake: Intake): Promise<void> => {
    const key = keyOfIntake(intake)
    const kept = key && (await findByKey(deps.db, key))
    if (kept?.ended_at)
      throw new Refusal('dossiers.authorisation-ended', {
        name: kept.representative_name,
        when: momentInWords(kept.ended_at),
      })
  }

  /** Checks, looks up and computes; refuses with the first thing that stands against receiving. */
  const prepare = async (
    intake: Intake,
    actor: StaffActor,
    roles: readonly Role[] = RECEIVES,
  ): Promise<Prepared> => {
    const at = deps.clock.now()
    const day = localDateOf(at)
    const tree = await deps.tree()
    assertCentre(tree, intake.receivingCentre, day)
    assertActorReceives(actor, tree, intake.receivingCentre, roles)
    const procedure = await deps.catalogue.getInForce(intake.procedure, day)
    const chosen = findCase(procedure, intake.case)
    assertChannel(procedure, intake.channel)
    assertParties(intake, at, deps.samples)
    await assertNotTakenBack(intake)
    const { rows, missing } = matchComponents(chosen?.components ?? [], intake.components)
    const resolvingUnit = resolvingUnitOf(tree, intake, procedure, day)
    if (!resolvingUnit) throw new Refusal('dossiers.no-resolving-unit', { procedure: procedure.code })
    const members = await findMembers(intake, tree, groupOf(procedure.code), day)
    return assemble(intake, tree, at, {
      ...{ procedure, chosen, resolvingUnit, rows, missing, actor, members },
      by: eventActor(actor),
      parent: null,
    })
  }

  /** One procedure of a group that was received: whatever had to be checked was checked with the group. */
  const member = async (
    about: { definition: MemberDefinition; parent: string; intake: Omit<Intake, 'procedure' | 'components'> },
    { rows, actor, by }: Pick<Found, 'rows' | 'actor' | 'by'>,
  ): Promise<Prepared> => {
    const { definition, parent } = about
    const at = deps.clock.now()
    const day = localDateOf(at)
    const tree = await deps.tree()
    const procedure = await deps.catalogue.getInForce(definition.procedure, day)
    const intake = { ...about.intake, procedure: definition.procedure, components: [] }
    const resolvingUnit = memberUnitOf(tree, intake, { member: definition, procedure, day })
    if (!resolvingUnit) throw new Refusal('dossiers.no-resolving-unit', { procedure: procedure.code })
    return assemble(intake, tree, at, {
      ...{ procedure, chosen: memberCaseOf(procedure, definition), resolvingUnit },
      ...{ rows, missing: [], actor, by, members: [] },
      parent: { id: parent, member: definition.key },
    })
  }

  return Object.assign(prepare, { member })
}

/** What lists and counters find a dossier by. */
export const tokensOf = (intake: Intake): string[] =>
  searchTokens(
    [intake.owner.name, intake.submitter?.name, intake.representative?.name].filter(Boolean).join(' '),
  )
