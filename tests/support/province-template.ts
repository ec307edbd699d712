import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { movableClock } from '#platform/clock/clock.ts'
import { connect } from '#platform/db/connect.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { seedDemoPeople, seedHalls, seedReference } from '../../apps/server/seed.ts'
import { createServices } from '../../apps/server/services.ts'

export const PROFILE = 'quang-ninh-2016'
/** Tuesday, eight in the morning: half an hour after the counters opened. */
export const START = new Date('2026-04-21T08:00:00+07:00')
export const SECRET = 'a secret for tests that is long enough to be one'

const TEMPLATE = 'mot_cua_province'
/** Any number that nothing else in the tests locks. */
const LOCK = 7_020_016

/** The seeded province as a second template: made by the first test file that asks, cloned by every other one. */
export const provinceTemplate = async (): Promise<string> => {
  const { url, template } = inject('databaseServer')
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    await admin.query('select pg_advisory_lock($1)', [LOCK])
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [TEMPLATE])
    if (rowCount === 0) {
      await admin.query(`drop database if exists ${TEMPLATE}_making with (force)`)
      await admin.query(`create database ${TEMPLATE}_making template ${template}`)
      await seed(new URL(`/${TEMPLATE}_making`, url).href)
      // The name appears when the seed is whole: a run that was interrupted begins anew.
      await admin.query(`alter database ${TEMPLATE}_making rename to ${TEMPLATE}`)
    }
    return TEMPLATE
  } finally {
    await admin.end()
  }
}

const seed = async (url: string): Promise<void> => {
  const database = connect({ url, poolSize: 4 })
  const { db } = database
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-province-'))
  try {
    const services = createServices({
      db,
      reference: db,
      files: await createLocalFileStore(folder),
      clock: movableClock(START),
      secret: SECRET,
      demo: true,
      hotline: '1900 0000',
      publicUrl: () => 'https://dichvucong.example.vn',
    })
    await seedReference(db, services, PROFILE)
    await db.insertInto('installation').values({ profile: PROFILE, seeded_at: START }).execute()
    await seedDemoPeople(db, PROFILE, START)
    await seedHalls(db, services)
    // Processes of the usual limits, in working hours, so that no test waits for a diagram to be compiled.
    await services.workflow.ensureStandardProcesses([null, 1, 8, 16, 24, 40, 56, 80, 120, 160], '2014-01-01')
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}
