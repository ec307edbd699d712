import type { Actor, Role } from '#modules/identity/contract.ts'
import { Refusal } from '#platform/errors.ts'
import type { Operation } from '#platform/operation.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import { grantCovers, isValidOn, type Tree, type Unit } from './rules.ts'

const ADMINISTRATORS: readonly Role[] = ['UNIT_ADMIN', 'SYSTEM_ADMIN']
/** Who sees who was sent where. */
export const READERS_OF_TOURS: readonly Role[] = [
  ...ADMINISTRATORS,
  'CENTRE_DIRECTOR',
  'SUPERVISOR',
  'AUDITOR',
]

/** For checks shared by operations: the operation must declare the code, which its own test provokes. */
export const refuseAny = (operation: Operation, code: string, details: Record<string, unknown>): never => {
  if (!operation.errors.includes(code)) throw new Error(`${operation.id} does not declare ${code}`)
  throw new Refusal(code, details)
}

export const assertMay = (
  operation: Operation,
  actor: Actor,
  roles: readonly Role[],
  tree: Tree,
  unit: string,
): void => {
  if (actor.kind === 'system') return
  const grants = actor.kind === 'staff' ? actor.grants.filter((grant) => roles.includes(grant.role)) : []
  if (!grants.some((grant) => grantCovers(tree, grant, unit)))
    refuseAny(operation, 'organisation.outside-your-unit', { name: tree.units.get(unit)?.name ?? unit })
}

export const assertMayAdminister = (operation: Operation, actor: Actor, tree: Tree, unit: string): void =>
  assertMay(operation, actor, ADMINISTRATORS, tree, unit)

export const mayProvinceWide = (actor: Actor): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'staff' &&
    actor.grants.some((grant) => grant.role === 'SYSTEM_ADMIN' && grant.scope === 'province'))

export const assertInForce = (operation: Operation, unit: Unit, date: LocalDate): void => {
  if (!isValidOn(unit, date)) refuseAny(operation, 'organisation.unit-ended', { name: unit.name, date })
}
