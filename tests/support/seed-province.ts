import { rm } from 'node:fs/promises'
import { movableClock } from '#platform/clock/clock.ts'
import { connect } from '#platform/db/connect.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { seedDemoPeople, seedHalls, seedReference } from '../../apps/server/seed.ts'
import { createServices } from '../../apps/server/services.ts'
import { temporaryFolder } from './temporary-folder.ts'

export const PROFILE = 'quang-ninh-2016'
/** Tuesday, eight in the morning: half an hour after the counters opened. */
export const START = new Date('2026-04-21T08:00:00+07:00')
export const SECRET = 'a secret for tests that is long enough to be one'

/** Organisation, calendar, procedures, officers and the usual processes, without one dossier. */
export const seedProvince = async (url: string, now = START): Promise<void> => {
  const database = connect({ url, poolSize: 4 })
  const { db } = database
  const folder = await temporaryFolder('province')
  try {
    const services = createServices({
      db,
      reference: db,
      files: await createLocalFileStore(folder),
      clock: movableClock(now),
      secret: SECRET,
      demo: true,
      hotline: '1900 0000',
      publicUrl: () => 'https://dichvucong.example.vn',
    })
    await seedReference(db, services, PROFILE)
    await db.insertInto('installation').values({ profile: PROFILE, seeded_at: now }).execute()
    await seedDemoPeople(db, PROFILE, now)
    await seedHalls(db, services)
    // Processes of the usual limits, in working hours, so that no test waits for a diagram to be compiled.
    await services.workflow.ensureStandardProcesses([null, 1, 8, 16, 24, 40, 56, 80, 120, 160], '2014-01-01')
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}
