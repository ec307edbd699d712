import type { Role, StaffActor } from '#modules/identity/contract.ts'
import {
  agencyOf,
  belowOf,
  grantCovers,
  isWithin,
  type Mandate,
  mandateFor,
  type SignedAs,
  signedByOffice,
  signedUnder,
  type Tree,
} from '#modules/organisation/rules.ts'
import type { TaskRights } from '#modules/workflow/index.ts'
import { anyOf, type Clause, clauseOf, type Rule } from '#platform/policy.ts'
import { supervisedBy } from '../rules/territory.ts'
import type { Holder, Place } from '../rules.ts'

/** Columns that say where a dossier is; every read path is filtered on them by one rule. */
export type ReachColumn =
  | 'receiving_centre'
  | 'returning_centre'
  | 'resolving_unit'
  | 'intake_by'
  | 'procedure_code'

const COUNTER: readonly ReachColumn[] = ['receiving_centre', 'returning_centre']
const AGENCY: readonly ReachColumn[] = ['resolving_unit']
/** Of a centre also what it watches over for the agencies around it. */
const EVERYWHERE: readonly ReachColumn[] = [...COUNTER, ...AGENCY]

/**
 * Which places of a dossier a role sees. Roles that look after the system, the catalogue or accounts are not
 * here: they hold no right to dossiers' content.
 */
const SEES: Partial<Record<Role, readonly ReachColumn[]>> = {
  RECEPTION: COUNTER,
  DIGITISER: COUNTER,
  CASHIER: COUNTER,
  RETURN_DESK: COUNTER,
  NON_TERRITORIAL: COUNTER,
  COMPLAINT_OFFICER: COUNTER,
  SPECIALIST: AGENCY,
  UNIT_LEAD: AGENCY,
  AGENCY_LEAD: AGENCY,
  CLERK: AGENCY,
  CENTRE_OFFICER: EVERYWHERE,
  CENTRE_DIRECTOR: EVERYWHERE,
  SUPERVISOR: EVERYWHERE,
  DUE_WATCH: EVERYWHERE,
  AUDITOR: EVERYWHERE,
}

const mandatesOf = ({ id }: StaffActor, { signing }: Tree): readonly Mandate[] =>
  signing.mandates.get(id) ?? []

/** Who signs for an agency reads what they may sign. */
const clauseOfMandate = ({ unit, centre, procedures }: Mandate, tree: Tree): Clause<ReachColumn> => ({
  resolving_unit: belowOf(tree).agency(unit),
  ...(centre === null ? {} : { receiving_centre: [centre] }),
  ...(procedures.length === 0 ? {} : { procedure_code: procedures }),
})

/** Everything that this officer may read, as one rule for lists, counts, search, files and single dossiers. */
export const readRule = (actor: StaffActor, tree: Tree): Rule<ReachColumn> => {
  const below = belowOf(tree)
  const isCentre = (id: string): boolean => tree.centres.has(id)
  return anyOf<ReachColumn>(
    ...mandatesOf(actor, tree).map((one): Rule<ReachColumn> => ({ any: [clauseOfMandate(one, tree)] })),
    ...actor.grants.flatMap((grant): Rule<ReachColumn>[] => {
      const columns = SEES[grant.role]
      if (!columns) return []
      if (grant.scope === 'province') return ['all']
      if (grant.scope === 'own') return [{ any: [clauseOf<ReachColumn>('intake_by', [actor.id])] }]
      if (grant.unit === null) return []
      const units = below[grant.scope](grant.unit)
      const watched = columns === EVERYWHERE ? supervisedBy(tree, units.filter(isCentre)) : []
      return [...columns.map((column) => ({ any: [clauseOf(column, units)] })), { any: watched }]
    }),
  )
}

/** Roles that do steps of processes. */
export const WORKING: readonly Role[] = [
  'RECEPTION',
  'SPECIALIST',
  'UNIT_LEAD',
  'AGENCY_LEAD',
  'CLERK',
  'RETURN_DESK',
]

type Pairs = Exclude<TaskRights, 'all'>

/** Where somebody may take steps, as (unit, role) pairs; who signs for an agency takes its approvals, as far as the mandate reaches. */
export const taskRights = (actor: StaffActor, tree: Tree): Pairs => {
  const own = heldRights(actor, tree)
  const held = new Set(own.flatMap(({ unit, role }) => (role === SIGNS ? [unit] : [])))
  const below = belowOf(tree)
  const mandated = Map.groupBy(
    mandatesOf(actor, tree).flatMap((one) =>
      below.agency(one.unit).flatMap((unit) => (held.has(unit) ? [] : [{ unit, one }])),
    ),
    ({ unit }) => unit,
  )
  const approvals = [...mandated].map(([unit, all]) => ({
    ...{ unit, role: SIGNS, action: 'approve' as const },
    only: all.map(({ one }) => ({
      centre: one.centre,
      procedures: one.procedures.length === 0 ? null : [...one.procedures],
    })),
  }))
  return [...own, ...approvals]
}

/** The same by the rights that somebody holds; a province-wide one covers every unit. */
const heldRights = (actor: StaffActor, tree: Tree): Pairs => {
  const below = belowOf(tree)
  return actor.grants.flatMap((grant) => {
    if (!WORKING.includes(grant.role) || grant.scope === 'own') return []
    if (grant.scope === 'province') return [...tree.units.keys()].map((unit) => ({ unit, role: grant.role }))
    if (grant.unit === null) return []
    return below[grant.scope](grant.unit).map((unit) => ({ unit, role: grant.role }))
  })
}

/** Who looks after other people's work: that of their units, or across. */
export const WATCHES: readonly Role[] = [
  'UNIT_LEAD',
  'AGENCY_LEAD',
  'SUPERVISOR',
  'CENTRE_DIRECTOR',
  'CENTRE_OFFICER',
  'DUE_WATCH',
]

/** Units whose work somebody watches; an agency's head watches its sections, not the centre beside them. */
export const watchedUnits = (actor: StaffActor, tree: Tree): 'all' | string[] => {
  const grants = actor.grants.filter(({ role }) => WATCHES.includes(role))
  if (grants.some(({ scope }) => scope === 'province')) return 'all'
  const below = belowOf(tree)
  const units = grants.flatMap(({ role, scope, unit }) => {
    if (unit === null || scope === 'own' || scope === 'province') return []
    const reached = below[scope](unit)
    return role === 'UNIT_LEAD' || role === 'AGENCY_LEAD'
      ? reached.filter((id) => !tree.centres.has(id))
      : reached
  })
  return [...new Set(units)]
}

/** Every step of the units that somebody watches, whoever's role it is; of one unit when it is named. */
export const watchedRights = (actor: StaffActor, tree: Tree, only: string | undefined): TaskRights => {
  const watched = watchedUnits(actor, tree)
  if (watched === 'all' && only === undefined) return 'all'
  const units = watched === 'all' ? [...tree.units.keys()] : watched
  const chosen = only === undefined ? units : units.filter((unit) => unit === only)
  return chosen.flatMap((unit) => WORKING.map((role) => ({ unit, role })))
}

export const holdsAt = (actor: StaffActor, tree: Tree, roles: readonly string[], unit: string): boolean =>
  actor.grants.some((grant) => roles.includes(grant.role) && grantCovers(tree, grant, unit))

export type Places = { receiving_centre: string; resolving_unit: string; returning_centre: string }
/** What of a dossier a mandate to sign is compared with. */
export type Signable = Places & { procedure_code: string; on_site: readonly string[] }

/** The role that signs for an agency. */
const SIGNS: Role = 'AGENCY_LEAD'

const mandateOn = (actor: StaffActor, tree: Tree, dossier: Signable, unit: string): Mandate | undefined =>
  mandateFor(
    tree.signing,
    actor.id,
    {
      unit,
      centre: dossier.receiving_centre,
      procedure: dossier.procedure_code,
      onSite: dossier.on_site,
    },
    (inside, agency) => isWithin(tree, inside, agency),
  )

/** Whether somebody signs for the unit on this dossier by a mandate and not by a right of their own. */
export const mandateUsed = (
  actor: StaffActor,
  tree: Tree,
  dossier: Signable,
  unit: string,
): Mandate | undefined =>
  holdsAt(actor, tree, [SIGNS], unit) ? undefined : mandateOn(actor, tree, dossier, unit)

/** In whose name and as what this officer signs for the unit (Decree 30/2020, Article 13). */
export const signedAs = (actor: StaffActor, tree: Tree, dossier: Signable, unit: string): SignedAs => {
  const collective = agencyOf(tree, unit)?.kind === 'people-committee'
  const mandate = mandateUsed(actor, tree, dossier, unit)
  return mandate ? signedUnder(mandate, collective) : signedByOffice(actor.position, collective)
}

/** Roles whose holder may act on a step: its own; and an approval is also whose who signs for the agency by a mandate. */
export const mayTakeStep = (
  actor: StaffActor,
  tree: Tree,
  task: { role: string; unit: string; action: string },
  dossier: Signable,
): boolean =>
  holdsAt(actor, tree, [task.role], task.unit) ||
  (task.role === SIGNS &&
    task.action === 'approve' &&
    mandateOn(actor, tree, dossier, task.unit) !== undefined)

export const unitOf = (dossier: Places, place: Place): string => {
  if (place === 'receivingCentre') return dossier.receiving_centre
  return place === 'resolvingUnit' ? dossier.resolving_unit : dossier.returning_centre
}

export const holderOf = (actor: StaffActor, tree: Tree, dossier: Signable): Holder => ({
  account: actor.id,
  holds: (roles, at) =>
    holdsAt(actor, tree, roles, unitOf(dossier, at)) ||
    (at === 'resolvingUnit' &&
      roles.includes(SIGNS) &&
      mandateOn(actor, tree, dossier, dossier.resolving_unit) !== undefined),
})
