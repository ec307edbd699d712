import type { Role, StaffActor } from '#modules/identity/contract.ts'
import type { DemoPerson } from '#modules/identity/index.ts'
import { grantCovers, type Tree } from '#modules/organisation/rules.ts'

/** Officers as their sessions would have them: account and the grants they really hold. */
export const actorsOf = (
  people: readonly DemoPerson[],
  accounts: ReadonlyMap<string, string>,
): StaffActor[] =>
  people.flatMap(({ username, fullName, position, unit, centre, counter, grants }) => {
    const id = accounts.get(username)
    if (id === undefined) return []
    const place = { unit, centre, counter }
    return [
      { kind: 'staff', id, username, name: fullName, position, ...place, grants: [...grants], session: id },
    ]
  })

export type Officers = {
  /** Who may act in a role at a unit: those of the unit before those of the whole province. */
  at: (role: Role, unit: string) => readonly StaffActor[]
  byAccount: (account: string) => StaffActor | undefined
  /** Where somebody holds the role near at hand (not for the whole province). */
  anchors: (role: Role) => readonly string[]
}

export const createOfficers = (staff: readonly StaffActor[], tree: Tree): Officers => {
  const known = new Map<string, readonly StaffActor[]>()
  const find = (role: Role, unit: string): readonly StaffActor[] => {
    const near = (local: boolean) =>
      staff.filter(({ grants }) =>
        grants.some(
          (grant) =>
            grant.role === role && (grant.scope !== 'province') === local && grantCovers(tree, grant, unit),
        ),
      )
    const local = near(true)
    return local.length > 0 ? local : near(false)
  }
  return {
    at: (role, unit) => {
      const key = `${role} ${unit}`
      const found = known.get(key) ?? find(role, unit)
      known.set(key, found)
      return found
    },
    byAccount: (account) => staff.find(({ id }) => id === account),
    anchors: (role) => [
      ...new Set(
        staff.flatMap(({ grants }) =>
          grants.flatMap((grant) =>
            grant.role === role && grant.scope !== 'province' && grant.unit !== null ? [grant.unit] : [],
          ),
        ),
      ),
    ],
  }
}
