import http from 'node:http'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { systemClock } from '#platform/clock/clock.ts'
import { platformErrors } from '#platform/errors.ts'
import { defineOperation } from '#platform/operation.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import type { LiveLine } from './live.ts'
import { route } from './route.ts'
import { createHttpServer } from './server.ts'

const follow = defineOperation({
  id: 'test.follow',
  method: 'GET',
  path: '/follow',
  summary: 'What happens',
  access: 'public',
  input: z.object({}),
  output: z.unknown(),
  produces: 'text/event-stream',
  errors: [],
})

let database: TestDatabase
let app: FastifyInstance
const lines = new Set<LiveLine>()
beforeAll(async () => {
  database = await testDatabase()
  const live = route(follow, async () => ({
    ...{ mediaType: 'text/event-stream', headers: { 'Cache-Control': 'no-store' } },
    begin: (line: LiveLine) => {
      lines.add(line)
      line.write(Buffer.from('data: first\n\n'))
      return () => lines.delete(line)
    },
  }))
  app = await createHttpServer({
    ...{ db: database.db, clock: systemClock, routes: [live], errors: platformErrors },
    authenticate: async () => undefined,
    nobody: { kind: 'public' } as never,
    ...{ publicRequestsPerMinute: 10_000, checkAnswers: true, logLevel: 'silent', trustProxy: false },
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

const read = async () => {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const request = http.get({ port, path: '/api/follow', agent: false })
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.once('error', reject)
  })
  const seen = { text: '', ended: false }
  response.setEncoding('utf8')
  response.on('data', (chunk: string) => {
    seen.text += chunk
  })
  response.once('end', () => {
    seen.ended = true
  })
  response.on('error', () => undefined)
  return { seen, headers: response.headers, leave: () => request.destroy() }
}

it('goes on to every reader with the same bytes, unframed, and ends when it is told to', async () => {
  const readers = await Promise.all([read(), read()])
  await expect.poll(() => lines.size).toBe(2)
  expect(readers[0]?.headers).toMatchObject({
    ...{ 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'close' },
    'x-content-type-options': 'nosniff',
  })
  expect(readers[0]?.headers).not.toHaveProperty('transfer-encoding')
  const bytes = Buffer.from('data: số A001\n\n')
  for (const line of lines) line.write(bytes)
  for (const { seen } of readers) await expect.poll(() => seen.text).toBe('data: first\n\ndata: số A001\n\n')
  for (const line of lines) line.end()
  for (const { seen } of readers) await expect.poll(() => seen.ended).toBe(true)
  await expect.poll(() => lines.size).toBe(0)
})

it('is told when a reader leaves, and cuts off one that takes nothing', async () => {
  const gone = await read()
  const stuck = await read()
  await expect.poll(() => lines.size).toBe(2)
  gone.leave()
  await expect.poll(() => lines.size).toBe(1)
  const [line] = lines
  expect(line?.pending()).toBe(0)
  line?.cut()
  await expect.poll(() => lines.size).toBe(0)
  stuck.leave()
})
