import { v7 } from 'uuid'
import { type Db, inTransaction } from '#platform/db/connect.ts'
import { type Route, route } from '#platform/http/route.ts'
import { fold } from '#platform/text/fold.ts'
import { type Grant, listDemoAccounts, ROLE_NAMES } from './contract.ts'
import * as store from './store.ts'

/** The one password of all invented officers; published on purpose, so it exists in the demo only. */
export const DEMO_PASSWORD = 'motcua-demo'

export type DemoPerson = {
  username: string
  fullName: string
  position: string
  unit: string
  /** The agency of `unit`; the unit itself unless told. */
  agency?: string
  centre: string | null
  counter: string | null
  grants: readonly Grant[]
}

/**
 * Opens the demo's accounts with their grants and answers the account id of every user name; what is there already
 * stays as it is. The slow hash is computed once and shared, which only a published password may do.
 */
export const seedDemoAccounts = async (
  db: Db,
  staff: readonly DemoPerson[],
  { at }: { at: Date },
): Promise<Map<string, string>> => {
  const known = await store.findAccountIds(
    db,
    staff.map(({ username }) => username),
  )
  const missing = staff.filter(({ username }) => !known.has(username))
  if (missing.length === 0) return known
  const { hashPassword } = await import('better-auth/crypto')
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  const accounts = missing.map((person): store.NewAccount => {
    const { username, fullName, position, unit, agency = unit, centre, counter } = person
    return {
      ...{ id: v7(), credential: v7(), username, name: fullName, searchName: fold(fullName), position },
      ...{ unit, agency, centre, counter, passwordHash, oneTimeUntil: null, createdAt: at },
    }
  })
  await inTransaction(db, async (tx) => {
    const opened = new Set(await store.insertAccounts(tx, accounts))
    const grants = accounts.flatMap(({ id }, index) =>
      opened.has(id) ? (missing[index]?.grants ?? []).map((grant) => grantOf(id, grant, at)) : [],
    )
    await store.insertGrants(tx, grants)
  })
  return store.findAccountIds(
    db,
    staff.map(({ username }) => username),
  )
}

const grantOf = (account: string, { role, scope, unit }: Grant, from: Date): store.NewGrant => ({
  ...{ id: v7(), account, role, scope, unit, from, until: null },
  by: 'system',
  reason: 'Tài khoản của tỉnh minh họa',
})

/**
 * The list on the sign-in page, one click each. Bound only in the demo: elsewhere the path does not exist. `staff` is asked
 * by the first visitor, because nothing else of a start needs the officers.
 */
export const createDemoRoutes = (staff: () => Promise<readonly DemoPerson[]>): Route[] => [
  route(listDemoAccounts, async () => ({ items: (await staff()).map(shown) })),
]

const shown = (person: DemoPerson) => {
  const { username, fullName: name, position, unit, agency = unit, centre, counter } = person
  const held = new Set(person.grants.map(({ role }) => role))
  const roles = ROLE_NAMES.filter((role) => held.has(role))
  return { username, password: DEMO_PASSWORD, name, position, roles, unit, agency, centre, counter }
}
