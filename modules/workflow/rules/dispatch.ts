import type { Grant, Role, StaffActor } from '#modules/identity/contract.ts'
import { grantCovers, subtree, type Tree } from '#modules/organisation/rules.ts'

/** Why work stands still without anybody being told: nothing of it may stay silent (domain 2.4, "never treo"). */
export const STUCK_KINDS = [
  'nobody',
  'assignee-gone',
  'operation-failed',
  'timer-failed',
  'message-overdue',
] as const
export type StuckKind = (typeof STUCK_KINDS)[number]

/** Roles that look after stuck work (domain 12.3); the system's administrator sees it without the dossier's content. */
export const DISPATCHERS: readonly Role[] = ['UNIT_LEAD', 'AGENCY_LEAD', 'CENTRE_OFFICER', 'SYSTEM_ADMIN']

export type DispatchRights = { reassign: boolean; release: boolean; retry: boolean; deliver: boolean }

const grantsOf = (actor: StaffActor, roles: readonly Role[]): Grant[] =>
  actor.grants.filter(({ role }) => roles.includes(role))

/** Units whose stuck work somebody sees. */
export function dispatchReach(actor: StaffActor, tree: Tree): 'all' | readonly string[] {
  const grants = grantsOf(actor, DISPATCHERS)
  if (grants.some(({ role, scope }) => role === 'SYSTEM_ADMIN' || scope === 'province')) return 'all'
  const units = grants.flatMap(({ scope, unit }) => {
    if (unit === null || scope === 'own') return []
    return scope === 'agency' ? subtree(tree, unit).map(({ id }) => id) : [unit]
  })
  return [...new Set(units)]
}

/** What somebody may do about one stuck thing at a unit. */
export function dispatchRights(
  actor: StaffActor,
  tree: Tree,
  { kind, unit }: { kind: StuckKind; unit: string },
): DispatchRights {
  const holds = (...roles: Role[]) => grantsOf(actor, roles).some((grant) => grantCovers(tree, grant, unit))
  const decides = holds('UNIT_LEAD', 'AGENCY_LEAD', 'CENTRE_OFFICER')
  const runs = holds('AGENCY_LEAD', 'CENTRE_OFFICER') || grantsOf(actor, ['SYSTEM_ADMIN']).length > 0
  const isTask = kind === 'nobody' || kind === 'assignee-gone'
  return {
    reassign: isTask && decides,
    release: kind === 'assignee-gone' && decides,
    retry: (kind === 'operation-failed' || kind === 'timer-failed') && runs,
    deliver: kind === 'message-overdue' && decides,
  }
}

/** A right of an open account: what the organisation knows of who can do which work where. */
export type HeldRight = Grant & { account: string }

/** Waiting work of one kind: same unit, role and person. */
export type WorkGroup = { unit: string; role: string; assignee: string | null }

/** Which groups of waiting work nobody, or not the person who has it, can do. */
export function stuckGroups(
  groups: readonly WorkGroup[],
  held: readonly HeldRight[],
  tree: Tree,
): (WorkGroup & { kind: 'nobody' | 'assignee-gone' })[] {
  const byRole = Map.groupBy(held, ({ role }) => role as string)
  const canDo = new Map<string, ReadonlySet<string>>()
  const holders = (role: string, unit: string): ReadonlySet<string> => {
    const key = `${role} ${unit}`
    const known = canDo.get(key)
    if (known) return known
    const able = (byRole.get(role) ?? []).filter((right) => grantCovers(tree, right, unit))
    const accounts = new Set(able.map(({ account }) => account))
    canDo.set(key, accounts)
    return accounts
  }
  return groups.flatMap((group): (WorkGroup & { kind: 'nobody' | 'assignee-gone' })[] => {
    const able = holders(group.role, group.unit)
    if (able.size === 0) return [{ ...group, kind: 'nobody' }]
    const gone = group.assignee !== null && !able.has(group.assignee)
    return gone ? [{ ...group, kind: 'assignee-gone' }] : []
  })
}
