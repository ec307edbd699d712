import type { Role, StaffActor } from '#modules/identity/contract.ts'
import { belowOf, grantCovers, type Tree } from '#modules/organisation/rules.ts'
import type { TaskRights } from '#modules/workflow/index.ts'
import { anyOf, clauseOf, type Rule } from '#platform/policy.ts'
import type { Holder, Place } from '../rules.ts'

/** Columns that say where a dossier is; every read path is filtered on them by one rule. */
export type ReachColumn = 'receiving_centre' | 'returning_centre' | 'resolving_unit' | 'intake_by'

const COUNTER: readonly ReachColumn[] = ['receiving_centre', 'returning_centre']
const AGENCY: readonly ReachColumn[] = ['resolving_unit']
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

/** Everything that this officer may read, as one rule for lists, counts, search, files and single dossiers. */
export const readRule = (actor: StaffActor, tree: Tree): Rule<ReachColumn> => {
  const below = belowOf(tree)
  return anyOf<ReachColumn>(
    ...actor.grants.flatMap((grant): Rule<ReachColumn>[] => {
      const columns = SEES[grant.role]
      if (!columns) return []
      if (grant.scope === 'province') return ['all']
      if (grant.scope === 'own') return [{ any: [clauseOf<ReachColumn>('intake_by', [actor.id])] }]
      if (grant.unit === null) return []
      const units = below[grant.scope](grant.unit)
      return columns.map((column) => ({ any: [clauseOf(column, units)] }))
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

/** Where somebody may take steps, as (unit, role) pairs; a province-wide grant covers every unit. */
export const taskRights = (actor: StaffActor, tree: Tree): Exclude<TaskRights, 'all'> => {
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

export const unitOf = (dossier: Places, place: Place): string => {
  if (place === 'receivingCentre') return dossier.receiving_centre
  return place === 'resolvingUnit' ? dossier.resolving_unit : dossier.returning_centre
}

export const holderOf = (actor: StaffActor, tree: Tree, dossier: Places): Holder => ({
  account: actor.id,
  holds: (roles, at) => holdsAt(actor, tree, roles, unitOf(dossier, at)),
})
