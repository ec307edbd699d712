import { anyOf, clauseOf, matches, type Rule } from '#platform/policy.ts'
import { fold } from '#platform/text/fold.ts'
import type { Actor, Grant, Role, Scope, StaffActor } from './contract.ts'

/** Where something is: in whose hands, in which unit, and what stands around that unit. */
export type Place = {
  officer?: string | null
  unit?: string | null
  /** The rooms that the unit is and stands in, up to its agency; an agency itself is in no room. */
  rooms?: readonly string[]
  /** The agency that the unit is or belongs to, and those above it. */
  agencies?: readonly string[]
  centre?: string | null
}

/**
 * What a scope reaches (domain 12.3), the one reading for accounts, dossiers, steps, counters and calendars. `own`: what the
 * person has in hand. `unit`: the room with the teams in it; anchored at an agency, its own desk and not its rooms. `agency`:
 * the agency with its rooms and the agencies under it, as a district directs its communes. `centre`: the centre with its
 * rooms. A scope anchored at a unit of another kind reaches nothing.
 */
export const covers = (
  { scope, unit }: Pick<Grant, 'scope' | 'unit'>,
  place: Place,
  account: string,
): boolean => {
  if (scope === 'province') return true
  if (scope === 'own') return place.officer === account
  if (unit === null) return false
  if (scope === 'centre') return place.centre === unit
  if (scope === 'agency') return place.agencies?.includes(unit) ?? false
  return place.unit === unit || (place.rooms?.includes(unit) ?? false)
}

/** The same by anchor, for rules over columns: the units that each scope reaches from there. */
export type Below = {
  readonly [S in Exclude<Scope, 'province' | 'own'>]: (unit: string) => readonly string[]
}

/** Without an organisation each anchor reaches itself. */
export const NOTHING_BELOW: Below = { unit: (id) => [id], agency: (id) => [id], centre: (id) => [id] }

export const grantsOf = (actor: Actor, roles: readonly Role[]): Grant[] =>
  actor.kind === 'staff' ? actor.grants.filter((grant) => roles.includes(grant.role)) : []

export const holds = (actor: Actor, ...roles: readonly Role[]): boolean => grantsOf(actor, roles).length > 0

/** Which column of a read model says where a row is; a scope whose column is missing reaches nothing. */
export type ReachColumns<C extends string> = { [S in Exclude<Scope, 'province'>]?: C }

/**
 * How far these roles of the actor reach, as a rule over a read model's columns: exactly the rows whose place a grant `covers`.
 */
export const reachOf = <C extends string>(
  actor: Actor,
  roles: readonly Role[],
  columns: ReachColumns<C>,
  below: Below,
): Rule<C> => {
  if (actor.kind === 'system') return 'all'
  return anyOf<C>(
    ...grantsOf(actor, roles).map((grant): Rule<C> => {
      if (grant.scope === 'province') return 'all'
      const column = columns[grant.scope]
      if (column === undefined || actor.kind !== 'staff') return 'none'
      if (grant.scope === 'own') return { any: [clauseOf(column, [actor.id])] }
      return grant.unit === null ? 'none' : { any: [clauseOf(column, below[grant.scope](grant.unit))] }
    }),
  )
}

/** What one person must not do twice over on one dossier: intake ≠ approval ≠ cashier. */
export type Duty = 'intake' | 'approval' | 'cashier'
export const SEGREGATED: readonly (readonly [Duty, Duty])[] = [
  ['intake', 'approval'],
  ['intake', 'cashier'],
  ['approval', 'cashier'],
]

/** The duties already done by this account on the dossier that exclude the next one; empty when it may go on. */
export const segregationConflicts = (
  done: readonly { duty: Duty; account: string }[],
  next: { duty: Duty; account: string },
): Duty[] => {
  const excluded = SEGREGATED.flatMap(([a, b]) => (a === next.duty ? [b] : b === next.duty ? [a] : []))
  return excluded.filter((duty) => done.some((one) => one.duty === duty && one.account === next.account))
}

/** Roles that only the system's administrator gives: they look after the system, its law or its records. */
export const RESERVED_ROLES: readonly Role[] = [
  'UNIT_ADMIN',
  'SYSTEM_ADMIN',
  'CATALOG_ADMIN',
  'PROCESS_ADMIN',
  'AUDITOR',
]

/** Roles that nobody hands on: administration and audit are personal. */
export const PERSONAL_ROLES: readonly Role[] = ['UNIT_ADMIN', 'SYSTEM_ADMIN', 'AUDITOR']

const WIDTH: Record<Scope, number> = { own: 0, unit: 1, agency: 2, centre: 2, province: 3 }

export type AccountPlace = { id: string; unit: string; agency: string; centre: string | null }

const ADMINISTRATORS: readonly Role[] = ['UNIT_ADMIN', 'SYSTEM_ADMIN']

/**
 * The accounts that the actor looks after, for every read path: the system's administrator all, a unit's administrator those
 * that the own grant reaches by where their holders work.
 */
export const administeredAccounts = (actor: Actor, below: Below): Rule<'unit' | 'agency' | 'centre'> =>
  reachOf(actor, ADMINISTRATORS, { unit: 'unit', agency: 'agency', centre: 'centre' }, below)

/** Whether the actor looks after this account, by the same rule as the lists. */
export const mayAdminister = (actor: Actor, account: AccountPlace, below: Below): boolean =>
  matches(administeredAccounts(actor, below), account)

/**
 * Whether the actor may give this right to this account. A unit's administrator gives unreserved roles, no wider than
 * the own grant, anchored at the own anchor or where the account's holder works. Nobody gives to himself.
 */
export const mayGive = (actor: Actor, account: AccountPlace, grant: Grant, below: Below): boolean => {
  if (actor.kind === 'system') return true
  if (actor.kind !== 'staff' || actor.id === account.id) return false
  if (holds(actor, 'SYSTEM_ADMIN')) return true
  if (RESERVED_ROLES.includes(grant.role)) return false
  return grantsOf(actor, ['UNIT_ADMIN']).some((own) => {
    if (!mayAdminister({ ...actor, grants: [own] }, account, below)) return false
    if (own.scope === 'province') return true
    if (grant.unit === null || WIDTH[grant.scope] > WIDTH[own.scope]) return false
    // A centre is an agency too: the scopes are equally wide only around the same anchor.
    const sideways = WIDTH[grant.scope] === 2 && grant.scope !== own.scope
    return grant.unit === own.unit || (!sideways && grant.unit === account.unit)
  })
}

/** Destinations of the desk's navigation rail. */
export type ShellItem =
  | 'home'
  | 'intake'
  | 'dossiers'
  | 'tasks'
  | 'approvals'
  | 'dispatch'
  | 'results'
  | 'handover'
  | 'workload'
  | 'payments'
  | 'queue'
  | 'supervision'
  | 'complaints'
  | 'catalogue'
  | 'forms'
  | 'processes'
  | 'calendar'
  | 'organisation'
  | 'statistics'
  | 'accounts'
  | 'audit'

const RAIL: readonly (readonly [ShellItem, readonly Role[]])[] = [
  ['intake', ['RECEPTION', 'NON_TERRITORIAL']],
  [
    'dossiers',
    [
      'RECEPTION',
      'DIGITISER',
      'RETURN_DESK',
      'SPECIALIST',
      'UNIT_LEAD',
      'AGENCY_LEAD',
      'CLERK',
      'CENTRE_OFFICER',
      'SUPERVISOR',
      'CENTRE_DIRECTOR',
      'NON_TERRITORIAL',
      'DUE_WATCH',
      'AUDITOR',
    ],
  ],
  ['tasks', ['RECEPTION', 'SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD', 'CLERK', 'NOTARY', 'DUE_WATCH']],
  ['approvals', ['AGENCY_LEAD']],
  ['dispatch', ['UNIT_LEAD', 'AGENCY_LEAD', 'CENTRE_OFFICER', 'SYSTEM_ADMIN']],
  ['results', ['RETURN_DESK', 'RECEPTION', 'POSTAL']],
  [
    'handover',
    [
      ...([
        'RECEPTION',
        'RETURN_DESK',
        'DIGITISER',
        'CENTRE_OFFICER',
        'CLERK',
        'SPECIALIST',
        'UNIT_LEAD',
      ] as const),
      ...(['SUPERVISOR', 'CENTRE_DIRECTOR', 'AUDITOR'] as const),
    ],
  ],
  ['workload', ['UNIT_LEAD', 'AGENCY_LEAD', 'SUPERVISOR', 'CENTRE_DIRECTOR', 'CENTRE_OFFICER', 'DUE_WATCH']],
  ['payments', ['CASHIER']],
  [
    'queue',
    [
      ...(['GUIDE', 'RECEPTION', 'NON_TERRITORIAL', 'CASHIER', 'RETURN_DESK'] as const),
      ...(['CENTRE_OFFICER', 'CENTRE_DIRECTOR', 'SYSTEM_ADMIN'] as const),
    ],
  ],
  ['supervision', ['SUPERVISOR', 'CENTRE_OFFICER', 'CENTRE_DIRECTOR', 'DUE_WATCH']],
  ['complaints', ['COMPLAINT_OFFICER', 'SUPERVISOR', 'CENTRE_DIRECTOR']],
  ['catalogue', ['CATALOG_ADMIN']],
  ['forms', ['CATALOG_ADMIN']],
  ['processes', ['PROCESS_ADMIN']],
  ['calendar', ['SYSTEM_ADMIN', 'UNIT_ADMIN', 'CENTRE_DIRECTOR', 'CATALOG_ADMIN', 'PROCESS_ADMIN']],
  ['organisation', ['SYSTEM_ADMIN', 'UNIT_ADMIN', 'CENTRE_DIRECTOR']],
  ['statistics', ['REPORTER', 'SUPERVISOR', 'CENTRE_DIRECTOR', 'AGENCY_LEAD', 'AUDITOR']],
  ['accounts', ADMINISTRATORS],
  ['audit', ['AUDITOR']],
]

/** The rail's items for these grants, in the rail's order; everybody has a home. */
export const railOf = (actor: StaffActor): ShellItem[] => [
  'home',
  ...RAIL.flatMap(([item, roles]) => (holds(actor, ...roles) ? [item] : [])),
]

export const MIN_PASSWORD = 10
export const MAX_PASSWORD = 128

/** What attackers try first, by their letters and digits alone; Vietnamese habits included. */
const COMMON = [
  'password',
  'passw0rd',
  'matkhau',
  'qwertyuiop',
  'qwerty',
  'iloveyou',
  'anhyeuem',
  'emyeuanh',
  'vietnam',
  'admin',
  'administrator',
  'welcome',
  'letmein',
  'motcua',
  'hanhchinhcong',
  'quangninh',
  'halong',
]

const core = (text: string): string => fold(text).replaceAll(' ', '')

/**
 * Why a new password is too easy, if it is. No rule on kinds of characters (ASVS 6.2.5): length, and not a common word,
 * the own name or a run of digits with decoration.
 */
export const passwordWeakness = (
  password: string,
  own: readonly string[],
): 'short' | 'long' | 'common' | undefined => {
  if (password.length < MIN_PASSWORD) return 'short'
  if (password.length > MAX_PASSWORD) return 'long'
  const letters = core(password)
  if (new Set(password).size < 5) return 'common'
  if ('01234567890123456789'.includes(letters) || '98765432109876543210'.includes(letters)) return 'common'
  const stem = letters.replace(/^\d+|\d+$/g, '')
  return COMMON.includes(stem) || own.some((name) => stem === core(name).replace(/^\d+|\d+$/g, ''))
    ? 'common'
    : undefined
}

/** The actor as events name them. */
export const eventActorOf = (
  actor: Actor,
): { kind: 'staff' | 'public' | 'system'; id: string | null; name: string } => {
  if (actor.kind === 'staff') return { kind: 'staff', id: actor.id, name: actor.name }
  return { kind: actor.kind, id: null, name: actor.kind === 'system' ? actor.name : '' }
}
