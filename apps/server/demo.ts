import { seedDemoAccounts } from '#modules/identity/index.ts'
import { seedOpenings } from '#modules/queue/index.ts'
import { movableClock } from '#platform/clock/clock.ts'
import { connect, type Database, type Db } from '#platform/db/connect.ts'
import { addDays, instantOf, localDateOf } from '#platform/time/vietnam.ts'
import { liveTogether } from '#sim/agencies.ts'
import { actorsOf } from '#sim/officers.ts'
import { type PopulateReport, populate } from '#sim/populate.ts'
import type { Config } from './config.ts'
import { seedDemoHalls } from './demo-hall.ts'
import { seedDemoSigning } from './demo-signing.ts'
import { seedOwnProcesses } from './own-processes.ts'
import { seedDemoPeople, seedHalls } from './seed.ts'
import { createServices, type Services } from './services.ts'

export type DemoOptions = {
  url: string
  services: Pick<Services, 'files'>
  profile: Config['profile']
  now: Date
  say: (line: string) => void
  /** Printed on the papers that the past issued. */
  hotline: string
  publicUrl: string
  /** With fewer than usual not every account finds work waiting. */
  dossiers?: number | undefined
  /** Always open unless told. */
  halls?: Config['demoHalls']
}

/** About sixty working days. */
const PAST_DAYS = 86
const SEED = 'mot-cua-2026'
/** So many that every account has something to do, and that there is a history besides. */
const USUAL: Readonly<Record<Config['profile'], number>> = { 'quang-ninh-2016': 420, 'quang-ninh-2025': 520 }

/**
 * The seed's own connections. They do not wait for the disk at each commit: a server that falls loses the last of them
 * together, the next start goes on from there, and the flush of "all is there" flushes everything before it.
 */
const connectLoosely = (url: string): Database => {
  const database = connect({ url, poolSize: 12, applicationName: 'mot-cua-demo' })
  database.pool.on('connect', (client) => void client.query('set synchronous_commit to off'))
  return database
}

/**
 * The demo province: its officers, and what happened in it until now. Whoever is killed half-way and starts again finishes
 * the same past; nothing in it happens twice.
 */
export const seedDemo = async (options: DemoOptions): Promise<PopulateReport> => {
  const [database, reference] = [connectLoosely(options.url), connectLoosely(options.url)]
  try {
    return await seedWith(options, { db: database.db, reference: reference.db })
  } finally {
    await Promise.all([database.close(), reference.close()])
  }
}

const seedWith = async (
  {
    services,
    profile,
    now,
    say,
    hotline,
    publicUrl,
    halls = 'always',
    dossiers = USUAL[profile],
  }: DemoOptions,
  { db, reference }: { db: Db; reference: Db },
): Promise<PopulateReport> => {
  say('Đang dựng tỉnh mẫu… · Setting up the demo province…')
  const people = await seedDemoPeople(db, profile, now)
  const accounts = await seedDemoAccounts(db, people, { at: now })
  const from = instantOf(addDays(localDateOf(now), -PAST_DAYS))
  const clock = movableClock(from)
  const past = createServices({
    ...{ db, reference, files: services.files, clock, demo: true },
    // Nobody signs in while the past is made; its papers tell the same telephone and address as those of today.
    secret: 'only the present signs cookies, with a secret of its own',
    hotline,
    publicUrl: () => publicUrl,
  })
  await seedHalls(db, past)
  for (const centre of (await past.organisation.tree()).centres.keys())
    await seedOpenings(db, centre, localDateOf(from))
  await seedOwnProcesses(past)
  await seedDemoSigning(past, from)
  const report = await populate({
    services: past,
    ...{ db, clock, staff: actorsOf(people, accounts), from, to: now, seed: SEED, dossiers },
  })
  // A province without a past has none in its halls either.
  if (dossiers > 0) {
    const staff = actorsOf(people, accounts)
    // At the end of the past as it was agreed: a start that was broken off finishes the one that was begun.
    if (!report.abandoned) await liveTogether({ services: past, db, clock, staff }, clock.now())
    await seedDemoHalls({ services: past, db, staff, hours: halls }, now)
  }
  say(`Tỉnh mẫu có ${report.dossiers} hồ sơ. · The demo province has ${report.dossiers} dossiers.`)
  for (const { n, code, does, by } of report.refusals)
    console.error(`demo dossier ${n}: ${does} by ${by}: ${code}`)
  return report
}
