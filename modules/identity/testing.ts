import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { type MovableClock, movableClock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { platformErrors } from '#platform/errors.ts'
import { createHttpServer } from '#platform/http/server.ts'
import { createLog, type EventLog } from '#platform/log/log.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import type { Grant } from './contract.ts'
import { DEMO_PASSWORD, type DemoPerson, seedDemoAccounts } from './demo.ts'
import { identityErrors } from './errors.ts'
import { createIdentity, type Identity } from './index.ts'
import type { Passwords } from './passwords.ts'

export const SECRET = 'a secret for tests that is long enough to be one'

export const aPerson = (
  username: string,
  more: Partial<DemoPerson> & { grants?: Grant[] } = {},
): DemoPerson => ({
  username,
  fullName: `Mẫu Thị ${username}`,
  position: 'Chuyên viên',
  unit: 'phong-a',
  agency: 'so-a',
  centre: 'trung-tam-a',
  counter: null,
  grants: [],
  ...more,
})

export type Harness = {
  database: TestDatabase
  db: Db
  clock: MovableClock
  log: EventLog
  identity: Identity
  app: FastifyInstance
  ids: Map<string, string>
  call: (
    jar: Jar,
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    payload?: object,
  ) => Promise<LightMyRequestResponse>
  signIn: (username: string, password?: string, more?: Record<string, string>) => Promise<Jar>
  /** A second process on the same database. */
  anotherProcess: (passwords?: Passwords) => Promise<{ identity: Identity; app: FastifyInstance }>
  close: () => Promise<void>
}

/** A browser's cookies. */
export type Jar = Map<string, string>

export const keepCookies = (jar: Jar, response: LightMyRequestResponse): void => {
  for (const cookie of response.cookies) {
    if (cookie.maxAge === 0 || cookie.value === '') jar.delete(cookie.name)
    else jar.set(cookie.name, cookie.value)
  }
}

const cookieHeader = (jar: Jar): Record<string, string> =>
  jar.size === 0
    ? {}
    : { cookie: [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ') }

const serve = async (db: Db, clock: MovableClock, log: EventLog, passwords?: Passwords) => {
  const identity = createIdentity({ db, clock, log, secret: SECRET, ...(passwords ? { passwords } : {}) })
  const app = await createHttpServer({
    db,
    clock,
    routes: identity.routes,
    errors: { ...platformErrors, ...identityErrors },
    authenticate: identity.authenticate,
    nobody: { kind: 'public' },
    publicRequestsPerMinute: 10_000,
    checkAnswers: true,
    logLevel: 'silent',
    trustProxy: true,
  })
  identity.mountAuth(app)
  return { identity, app }
}

/** The identity module over real HTTP and a real database, with these officers. */
export const harness = async (staff: readonly DemoPerson[]): Promise<Harness> => {
  const database = await testDatabase()
  const clock = movableClock(new Date())
  const log = createLog()
  const { identity, app } = await serve(database.db, clock, log)
  const ids = await seedDemoAccounts(database.db, staff, { at: new Date(clock.now().getTime() - 1000) })
  const call: Harness['call'] = async (jar, method, url, payload) => {
    const response = await app.inject({ method, url: `/api${url}`, payload, headers: cookieHeader(jar) })
    keepCookies(jar, response)
    return response
  }
  const others: FastifyInstance[] = []
  return {
    ...{ database, db: database.db, clock, log, identity, app, ids, call },
    signIn: async (username, password = DEMO_PASSWORD, more = {}) => {
      const jar: Jar = new Map()
      const response = await app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/username',
        payload: { username, password },
        headers: more,
      })
      if (response.statusCode !== 200) throw new Error(`sign-in of ${username}: ${response.body}`)
      keepCookies(jar, response)
      return jar
    },
    anotherProcess: async (passwords) => {
      const other = await serve(database.db, clock, log, passwords)
      others.push(other.app)
      return other
    },
    close: async () => {
      await Promise.all([app, ...others].map((one) => one.close()))
      await database.drop()
    },
  }
}
