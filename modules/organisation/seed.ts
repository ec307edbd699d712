import { sql } from 'kysely'
import { v7 } from 'uuid'
import { type Db, inTransaction } from '#platform/db/connect.ts'
import {
  type DemoStaff,
  readAdminUnits,
  readDefaults,
  readDemoStaff,
  readProfile,
  readReferences,
} from './document.ts'
import { parseDocument, writeDocument } from './import.ts'
import type { Profile } from './profiles.ts'
import { agencyOf } from './rules.ts'
import * as store from './store.ts'

/**
 * Loads a profile that comes with the product into an empty database; does nothing where it is loaded already, so that
 * what the province has changed since stays. Two processes starting at once: the second waits and finds it done.
 */
export const seedOrganisation = async (db: Db, profile: Profile): Promise<'loaded' | 'present'> => {
  if ((await db.selectFrom('organisation').select('profile').executeTakeFirst())?.profile === profile)
    return 'present'
  const [raw, adminUnits, references] = await Promise.all([
    readProfile(profile),
    readAdminUnits(),
    readReferences(),
  ])
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('organisation'))`.execute(tx)
    const head = await store.lockHead(tx)
    if (head && head.profile !== profile)
      throw new Error(
        `This database holds the organisation ${head.profile}; start it with PROFILE=${head.profile}, or ${profile} on another database`,
      )
    if (head) return 'present'
    await store.insertAdminUnits(tx, adminUnits)
    const document = parseDocument(raw)
    await writeDocument(tx, document)
    await store.upsertReferences(tx, references)
    await store.upsertDefaults(tx, await readDefaults(document.adminEdition))
    return 'loaded'
  })
}

/** An invented officer with the committee or agency that the employing unit belongs to. */
export type DemoOfficer = DemoStaff['staff'][number] & { agency: string }

/** The invented staff of the demo province: who works where, at which counter, with which rights. */
export const demoStaff = async (profile: Profile): Promise<DemoOfficer[]> => {
  const { staff } = await readDemoStaff(profile)
  const { units } = parseDocument(await readProfile(profile))
  const tree = { units: new Map(units.map((unit) => [unit.id, unit])) }
  return staff.map((person) => ({ ...person, agency: agencyOf(tree, person.unit)?.id ?? person.unit }))
}

/**
 * Counters, officers and secondments of the demo province, once. `accountOf` gives the account id of a user name, where
 * identity has made one.
 */
export const seedDemoStaff = async (
  db: Db,
  profile: Profile,
  options: { from: string; to: string; at: Date; accountOf?: (username: string) => string | null },
): Promise<'loaded' | 'present'> => {
  const { counters, staff } = await readDemoStaff(profile)
  const rows = staff.map((person) => ({
    ...person,
    id: v7(),
    account: options.accountOf?.(person.username) ?? null,
  }))
  const tours = rows
    .filter((person) => person.centre !== null && !person.unit.startsWith(person.centre))
    .map((person, index) => ({
      id: v7(),
      staff: person.id,
      sending: person.unit,
      centre: person.centre,
      from: options.from,
      to: options.to,
      decision: `${String(index + 1).padStart(2, '0')}/QĐ-MẪU`,
      fields: person.fields,
    }))
  const posts = rows.flatMap((person) =>
    person.counter === null ? [] : [{ id: v7(), staff: person.id, counter: person.counter }],
  )
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('organisation'))`.execute(tx)
    const present = await tx.selectFrom('staff').select('id').limit(1).executeTakeFirst()
    if (present) return 'present'
    await store.insertCounters(tx, counters)
    await store.insertStaff(tx, rows)
    await store.insertSecondments(tx, tours)
    await store.insertAssignments(tx, posts, options.at)
    return 'loaded'
  })
}
