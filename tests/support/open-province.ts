import { createHmac } from 'node:crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { v7 } from 'uuid'
import type { Role, StaffActor } from '#modules/identity/contract.ts'
import { type DemoOfficer, demoStaff } from '#modules/organisation/index.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import { type MovableClock, movableClock } from '#platform/clock/clock.ts'
import { connect, type Database, type Db } from '#platform/db/connect.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { createApp } from '../../apps/server/app.ts'
import { createServices, type Services } from '../../apps/server/services.ts'
import { PROFILE, SECRET, START } from './seed-province.ts'
import { type Statement, watchStatements } from './statements.ts'

export type ProvinceOptions = {
  /** When it is there; Tuesday 21 April 2026, 8:00 unless told. */
  now?: Date
  /** A province that accepts sample numbers; the demo does, a real one does not. */
  demo?: boolean
  poolSize?: number
  /** Told of every statement of the services, as it is sent. */
  onStatement?: (statement: Statement) => void
}

export type OpenOptions = Omit<ProvinceOptions, 'poolSize'> & {
  /** Shared with what was open before, so that time goes on. */
  clock?: MovableClock
}

export type Province = {
  db: Db
  url: string
  clock: MovableClock
  services: Services
  tree: Tree
  staff: readonly DemoOfficer[]
  /** An officer who holds the role at this unit or above it, as the identity module would name them. */
  actor: (role: Role, unit?: string) => StaffActor
  officer: (username: string) => StaffActor
  /** The whole server, made at the first use. */
  app: () => Promise<FastifyInstance>
  /** The officer's session cookie, made when there is none that is still good for a while. */
  cookieOf: (who: StaffActor) => Promise<string>
  /** A request by HTTP with a real session cookie; without an officer, as the public. */
  call: (
    who: StaffActor | null,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH',
    url: string,
    body?: object | string,
    headers?: Record<string, string>,
  ) => Promise<LightMyRequestResponse>
  /** Another process on the same database: its own pool, caches and groups. */
  anotherProcess: (options?: { poolSize?: number }) => Services
  close: () => Promise<void>
}

/** The whole product on a seeded database, as one process would have it open; what it does not own outlives it. */
export const openProvince = async (
  database: Database & { url: string },
  folder: string,
  options: OpenOptions = {},
): Promise<Province> => {
  const { now = START, demo = true, clock = movableClock(now) } = options
  const { db, url } = database
  if (options.onStatement) watchStatements(database.pool, options.onStatement)
  const files = await createLocalFileStore(folder)
  const serve = (pool: Database, reference: Db) =>
    createServices({
      ...{ db: pool.db, pool: pool.pool, reference, files, clock, secret: SECRET, demo },
      hotline: '1900 0000',
      publicUrl: () => 'https://dichvucong.example.vn',
    })
  const others: { close: () => Promise<void> }[] = []
  const pool = (size: number) => {
    const one = connect({ url, poolSize: size })
    others.push(one)
    return one
  }
  const services = serve(database, pool(2).db)
  const [staff, tree, accounts] = await Promise.all([
    demoStaff(PROFILE),
    services.organisation.tree(),
    db.selectFrom('auth_user').select(['id', 'username']).execute(),
  ])
  const idOf = new Map(accounts.map(({ id, username }) => [username, id]))
  const officer = (username: string): StaffActor => {
    const person = staff.find((one) => one.username === username)
    const id = idOf.get(username)
    if (!person || !id) throw new Error(`nobody is called ${username}`)
    const { fullName: name, position, unit, centre, counter, grants } = person
    return { kind: 'staff', id, username, name, position, unit, centre, counter, grants, session: v7() }
  }
  const actor = (role: Role, unit?: string): StaffActor => {
    const reaches = (grant: StaffActor['grants'][number]) =>
      grant.role === role && (unit === undefined || grant.unit === unit)
    // Somebody who is nothing else comes first, so that a right is never another role's.
    const found =
      staff.find(({ grants }) => grants.length === 1 && grants.some(reaches)) ??
      staff.find(({ grants }) => grants.some(reaches))
    if (!found) throw new Error(`nobody is ${role} at ${unit}`)
    return officer(found.username)
  }
  let app: Promise<FastifyInstance> | undefined
  const started = () => {
    app ??= createApp({
      ...{ db, clock, services, demoStaff: async () => staff, checkAnswers: true },
      pressure: database.pressure,
      config: { logLevel: 'silent', trustProxy: false, publicRequestsPerMinute: 100_000 },
    })
    return app
  }
  const cookies = new Map<string, { until: number; cookie: string }>()
  const cookieOf = async (who: StaffActor): Promise<string> => {
    const at = clock.now()
    const known = cookies.get(who.id)
    if (known && known.until > at.getTime()) return known.cookie
    const token = v7()
    await db
      .insertInto('auth_session')
      .values({
        ...{ id: v7(), user_id: who.id, token, created_at: at, updated_at: at },
        expires_at: new Date(at.getTime() + 12 * 3_600_000),
      })
      .execute()
    const signature = createHmac('sha256', SECRET).update(token).digest('base64')
    const cookie = `mot-cua.session_token=${encodeURIComponent(`${token}.${signature}`)}`
    cookies.set(who.id, { until: at.getTime() + 20 * 60_000, cookie })
    return cookie
  }
  return {
    ...{ db, url, clock, services, tree, staff, officer, actor, app: started, cookieOf },
    call: async (who, method, address, body, headers = {}) =>
      (await started()).inject({
        method,
        url: `/api${address}`,
        ...(body === undefined ? {} : { payload: body }),
        headers: { ...(who ? { cookie: await cookieOf(who) } : {}), ...headers },
      }),
    anotherProcess: (own = {}) => serve(pool(own.poolSize ?? 8), pool(2).db),
    close: async () => {
      await (await app)?.close()
      await Promise.all(others.map((one) => one.close()))
    },
  }
}
