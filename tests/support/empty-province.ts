import path from 'node:path'
import pg from 'pg'
import { systemClock } from '#platform/clock/clock.ts'
import { connect } from '#platform/db/connect.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { migrate } from '#platform/db/migrate.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { seedDemoPeople, seedReference } from '#server/seed.ts'
import { createServices } from '#server/services.ts'

const DATABASE = 'mot_cua'
const PROFILE = 'quang-ninh-2016'

/**
 * A data folder as after a first start with the demo province, but without its past: officers, procedures and calendar, not
 * one dossier. Faults and benchmarks count what they made themselves.
 */
export const makeEmptyProvince = async (dataDir: string): Promise<void> => {
  // Nothing is killed yet, so nothing waits for the disk; the server of the test starts with the real settings.
  const server = await startEmbedded({ dataDir, settings: ['fsync=off', 'synchronous_commit=off'] })
  const admin = new pg.Client({ connectionString: server.url('postgres') })
  await admin.connect()
  await admin.query(`create database ${DATABASE}`)
  await admin.end()
  const { db, close } = connect({ url: server.url(DATABASE), poolSize: 4 })
  await migrate(db)
  const services = createServices({
    db,
    reference: db,
    files: await createLocalFileStore(path.join(dataDir, 'files')),
    clock: systemClock,
    secret: 'nobody signs in while the province is being made',
    demo: true,
    hotline: '',
    publicUrl: () => '',
  })
  const now = new Date()
  await seedReference(db, services, PROFILE)
  await seedDemoPeople(db, PROFILE, now)
  await db.insertInto('installation').values({ profile: PROFILE, seeded_at: now, demo_at: now }).execute()
  await close()
  await server.stop()
}
