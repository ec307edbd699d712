import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { systemClock } from '#platform/clock/clock.ts'
import { connect, type Database } from '#platform/db/connect.ts'
import { defineErrors, platformErrors, refuse } from '#platform/errors.ts'
import { defineOperation } from '#platform/operation.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { rememberAnswers } from './idempotency.ts'
import { type Route, route } from './route.ts'
import { createHttpServer } from './server.ts'

const putNote = defineOperation({
  id: 'test.put-note',
  method: 'POST',
  path: '/notes/:name',
  summary: 'Keep a note',
  access: 'public',
  input: z.object({ name: z.string(), text: z.string().min(2), version: z.number().optional() }),
  output: z.object({ name: z.string(), text: z.string(), version: z.number() }),
  status: 201,
  errors: ['test.taken'],
  idempotent: true,
  versioned: true,
})
const secret = defineOperation({
  id: 'test.secret',
  method: 'GET',
  path: '/secret',
  summary: 'For staff',
  access: 'staff',
  input: z.object({}),
  output: z.object({}),
  errors: [],
})
const errors = {
  ...platformErrors,
  ...defineErrors({
    'test.taken': { status: 409, vi: 'Tên {name} đã có.', en: 'The name {name} is taken.' },
  }),
}

const memory = defineOperation({
  id: 'test.memory',
  method: 'GET',
  path: '/memory',
  summary: 'Needs no database',
  access: 'public',
  input: z.object({}),
  output: z.object({}),
  errors: [],
})

let database: TestDatabase
let app: FastifyInstance
beforeAll(async () => {
  database = await testDatabase()
  await sql`create table note (name text, text text)`.execute(database.db)
  app = await serverOn(database)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

const serverOn = ({ db, pressure }: Database): Promise<FastifyInstance> => {
  const routes: Route[] = [
    route(putNote, async (input, { idempotency }) => {
      if (input.text === 'bug') throw new Error('a bug with a secret inside')
      if (input.text === 'taken') return refuse(putNote, 'test.taken', { name: input.name })
      const answer = { name: input.name, text: input.text, version: (input.version ?? 0) + 1 }
      await db.transaction().execute(async (tx) => {
        await sql`insert into note values (${input.name}, ${input.text})`.execute(tx)
        if (idempotency) await rememberAnswers(tx, [idempotency.row(answer)])
      })
      return answer
    }),
    route(secret, async () => ({})),
    route(memory, async () => ({})),
  ]
  return createHttpServer({
    db,
    pressure,
    clock: systemClock,
    routes,
    errors,
    authenticate: async () => undefined,
    nobody: { kind: 'public' } as never,
    publicRequestsPerMinute: 10_000,
    checkAnswers: true,
    logLevel: 'silent',
    trustProxy: false,
    missingPage: '<!doctype html><title>Một Cửa</title>',
  })
}

const post = (payload: object | string, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/notes/a',
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  })

describe('an operation over HTTP', () => {
  it('answers with its status, its version as ETag, and takes If-Match', async () => {
    const answer = await post({ text: 'xin chào' }, { 'if-match': '"6"' })
    expect(answer.statusCode).toBe(201)
    expect(answer.headers.etag).toBe('"7"')
    expect(answer.json()).toEqual({ name: 'a', text: 'xin chào', version: 7 })
  })

  it('names the field that is wrong, in Vietnamese and in English', async () => {
    const problem = (await post({ text: 'x' })).json()
    expect(problem).toMatchObject({ status: 422, code: 'platform.invalid-input' })
    expect(problem.fields[0]).toMatchObject({ path: 'text', code: 'too_small' })
    expect(problem.fields[0].vi).not.toEqual(problem.fields[0].en)
  })

  it('refuses with the declared code and fills its words', async () => {
    const answer = await post({ text: 'taken' }, { 'accept-language': 'en' })
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ status: 409, code: 'test.taken', detail: 'The name a is taken.' })
  })

  it('hides what a bug says', async () => {
    const answer = await post({ text: 'bug' })
    expect(answer.json()).toMatchObject({ status: 500, code: 'platform.internal' })
    expect(answer.body).not.toContain('secret inside')
  })

  it('refuses what is not JSON, what is too large, what does not exist, and who is not signed in', async () => {
    expect((await post('{"text":')).json().code).toBe('platform.malformed-request')
    expect((await post({ text: 'x'.repeat(1_100_000) })).json().code).toBe('platform.too-large')
    expect((await app.inject('/api/nowhere')).json().code).toBe('platform.not-found')
    expect((await app.inject('/api/secret')).json().code).toBe('platform.not-signed-in')
  })

  it('sends the security headers', async () => {
    const { headers } = await app.inject('/api/nowhere')
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['x-content-type-options']).toBe('nosniff')
  })
})

describe('an address that is none', () => {
  const ask = (url: string, accept: string, method: 'GET' | 'POST' = 'GET') =>
    app.inject({ url, method, headers: { accept } })

  it('answers a browser with the page, as not found', async () => {
    const answer = await ask('/kiosk', 'text/html,application/xhtml+xml,*/*;q=0.8')
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body).toContain('<!doctype html>')
  })

  it.each([
    ['/api/nowhere', 'text/html'],
    ['/api', 'text/html'],
    ['/api?x=1', 'text/html'],
    ['/kiosk', 'application/json'],
    ['/assets/gone-1.js', '*/*'],
  ])('answers %s that asks for %s with a problem document', async (url, accept) => {
    const answer = await ask(url, accept)
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ code: 'platform.not-found' })
  })

  it('answers what is sent to no address with a problem document too', async () => {
    expect((await ask('/kiosk', 'text/html', 'POST')).json().code).toBe('platform.not-found')
  })
})

describe('a repeated request', () => {
  it('gets the first answer byte for byte, and the effect happens once', async () => {
    const send = () => post({ text: 'một lần' }, { 'idempotency-key': 'k-parallel' })
    const answers = await Promise.all(Array.from({ length: 20 }, send))
    const later = await send()
    expect(new Set([...answers, later].map((answer) => `${answer.statusCode} ${answer.body}`)).size).toBe(1)
    const { rows } = await sql`select 1 from note where text = 'một lần'`.execute(database.db)
    expect(rows).toHaveLength(1)
  })

  it('is refused when the body changed', async () => {
    await post({ text: 'first' }, { 'idempotency-key': 'k-changed' })
    const answer = await post({ text: 'second' }, { 'idempotency-key': 'k-changed' })
    expect(answer.json().code).toBe('platform.idempotency-conflict')
  })
})

describe('a database that gives nobody a connection', () => {
  const keep = (base: string, text: string) =>
    fetch(`${base}/api/notes/a`, {
      method: 'POST',
      body: JSON.stringify({ text }),
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    })

  it('turns away who needs it before anything is done, in both languages; memory answers; later all is well', async () => {
    const narrow = connect({ url: database.url, poolSize: 1 })
    const server = await serverOn(narrow)
    const base = await server.listen({ port: 0, host: '127.0.0.1' })
    const held = Promise.withResolvers<void>()
    const holding = narrow.db.connection().execute(() => held.promise)
    const waiting = sql`select 1`.execute(narrow.db)
    while (narrow.pressure.expectedWaitMs() <= 1_500) await sleep(20)

    const away = await keep(base, 'chưa nhận')
    expect(away.status).toBe(503)
    const seconds = Number(away.headers.get('retry-after'))
    expect(seconds).toBeGreaterThanOrEqual(2)
    expect(seconds).toBeLessThanOrEqual(5)
    const problem = (await away.json()) as { code: string; messages: { vi: string; en: string } }
    expect(problem.code).toBe('platform.overloaded')
    expect(problem.messages.vi).toContain(`Gửi lại sau ${seconds} giây`)
    expect(problem.messages.en).toContain(`in ${seconds} seconds`)
    expect((await fetch(`${base}/api/memory`)).status).toBe(200)

    held.resolve()
    await Promise.all([holding, waiting])
    expect((await keep(base, 'nay nhận')).status).toBe(201)
    const { rows } = await sql<{ text: string }>`select text from note where text like '%nhận'`.execute(
      database.db,
    )
    expect(rows).toEqual([{ text: 'nay nhận' }])
    await server.close()
    await narrow.close()
  })
})
