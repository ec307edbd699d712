import { readFile } from 'node:fs/promises'
import { seedCatalogue } from '#modules/catalogue/index.ts'
import { type DemoPerson, seedDemoAccounts } from '#modules/identity/index.ts'
import { demoStaff, seedDemoStaff, seedOrganisation } from '#modules/organisation/index.ts'
import { seedServiceGroups } from '#modules/queue/index.ts'
import type { Db } from '#platform/db/connect.ts'
import { atRoot } from '#platform/root.ts'
import { addDays, localDateOf } from '#platform/time/vietnam.ts'
import type { Config } from './config.ts'
import type { Services } from './services.ts'

/** What every installation needs before the first dossier; each part finds its own work done at later starts. */
export const seedReference = async (
  db: Db,
  services: Services,
  profile: Config['profile'],
): Promise<void> => {
  await seedOrganisation(db, profile)
  await services.calendar.seed(
    db,
    JSON.parse(await readFile(atRoot('data/calendar/year-tables.json'), 'utf8')),
  )
  await seedCatalogue(db)
  await services.documents.registerTemplates(db)
}

/** The invented officers of the demo province, with accounts anybody may use. */
export const seedDemoPeople = async (
  db: Db,
  profile: Config['profile'],
  now: Date,
): Promise<DemoPerson[]> => {
  const staff = await demoStaff(profile)
  const accounts = await seedDemoAccounts(db, staff, { at: new Date(now.getTime() - 400 * 86_400_000) })
  const from = addDays(localDateOf(now), -200)
  await seedDemoStaff(db, profile, {
    from,
    to: addDays(from, 600),
    at: now,
    accountOf: (username) => accounts.get(username) ?? null,
  })
  return staff
}

/** Each centre's services in its hall, made of the counters that it has. */
export const seedHalls = async (db: Db, { organisation }: Pick<Services, 'organisation'>): Promise<void> => {
  for (const centre of (await organisation.tree()).centres.keys())
    await seedServiceGroups(db, centre, await organisation.countersOf(centre))
}
