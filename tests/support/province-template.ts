import pg from 'pg'
import { inject } from 'vitest'
import { seedProvince } from './seed-province.ts'

export { SECRET, START } from './seed-province.ts'

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
      await seedProvince(new URL(`/${TEMPLATE}_making`, url).href)
      // The name appears when the seed is whole: a run that was interrupted begins anew.
      await admin.query(`alter database ${TEMPLATE}_making rename to ${TEMPLATE}`)
    }
    return TEMPLATE
  } finally {
    await admin.end()
  }
}
