import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#platform/clock/clock.ts'
import { platformErrors } from '#platform/errors.ts'
import { createHttpServer } from '#platform/http/server.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { createBetterAuth } from './better-auth.ts'
import { createDemoRoutes, DEMO_PASSWORD, seedDemoAccounts } from './demo.ts'
import { identityErrors } from './errors.ts'
import { createPasswords } from './passwords.ts'
import { aPerson, SECRET } from './testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const staff = Array.from({ length: 250 }, (_, i) =>
  aPerson(`mau.${i}`, {
    counter: 'quay-01',
    grants: [
      { role: 'CASHIER', scope: 'centre', unit: 'trung-tam-a' },
      { role: 'RECEPTION', scope: 'centre', unit: 'trung-tam-a' },
    ],
  }),
)

describe('the demo accounts', () => {
  it('are opened in bulk, once, and what was changed since stays', async () => {
    const start = performance.now()
    const first = await seedDemoAccounts(database.db, staff, { at: new Date() })
    expect(performance.now() - start).toBeLessThan(3_000)
    expect(first.size).toBe(250)
    const again = await seedDemoAccounts(database.db, [...staff, aPerson('mau.them')], { at: new Date() })
    expect(again.size).toBe(251)
    expect(again.get('mau.7')).toBe(first.get('mau.7'))
    const grants = await database.db.selectFrom('account_grant').select('id').execute()
    expect(grants).toHaveLength(500)
  })

  it('are listed with the password that opens them', async () => {
    const app = await createHttpServer({
      db: database.db,
      clock: systemClock,
      routes: createDemoRoutes(async () => staff),
      errors: { ...platformErrors, ...identityErrors },
      authenticate: async () => undefined,
      nobody: { kind: 'public' },
      publicRequestsPerMinute: 100,
      checkAnswers: true,
      logLevel: 'silent',
      trustProxy: false,
    })
    const { items } = (await app.inject('/api/demo/accounts')).json()
    expect(items).toHaveLength(250)
    expect(items[0]).toEqual({
      username: 'mau.0',
      password: DEMO_PASSWORD,
      name: 'Mẫu Thị mau.0',
      position: 'Chuyên viên',
      roles: ['RECEPTION', 'CASHIER'],
      unit: 'phong-a',
      agency: 'so-a',
      centre: 'trung-tam-a',
      counter: 'quay-01',
    })
    await app.close()
  })
})

describe('the sign-in tables', () => {
  it('have every table and column that better-auth expects, under our names', async () => {
    const auth = createBetterAuth({
      ...{ db: database.db, clock: systemClock, secret: SECRET, protocol: 'http' },
      passwords: createPasswords(),
    })
    const { toBeAdded, toBeCreated } = await getMigrations(auth.options)
    expect(toBeCreated).toEqual([])
    expect(toBeAdded).toEqual([])
  })
})
