import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { buildServer } from '../../scripts/install.mjs'
import { makeEmptyProvince } from '../support/empty-province.ts'
import { createHttpClient, type HttpClient } from '../support/http-client.ts'
import {
  embeddedDatabase,
  type ServerProcess,
  startServerProcess,
  unusedPort,
} from '../support/server-process.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { createIntake, post, signIn } from './clerks.ts'

const OFFICERS = 60

let dataDir: string
let server: ServerProcess
let http: HttpClient

beforeAll(async () => {
  dataDir = await temporaryFolder('morning')
  await makeEmptyProvince(dataDir)
  server = await startServerProcess({ dataDir, port: await unusedPort() })
  http = createHttpClient(server.base, OFFICERS)
}, 120_000)
afterAll(async () => {
  http?.close()
  await server?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const Accounts = z.object({ items: z.array(z.object({ username: z.string(), password: z.string() })) })

test(`${OFFICERS} officers sign in at once when the centres open, and other requests still get through`, {
  timeout: 240_000,
}, async () => {
  const accounts = Accounts.parse(
    JSON.parse((await http.call({ method: 'GET', path: '/demo/accounts' })).body),
  )
  expect(accounts.items.length).toBeGreaterThanOrEqual(OFFICERS)
  // A client without the patience of fifteen seconds: on a busy machine hashing sixty passwords takes longer.
  const attempts = accounts.items.slice(0, OFFICERS).map(async ({ username, password }) => {
    const answer = await fetch(`${server.base}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })
    return { username, status: answer.status, problem: answer.ok ? '' : await answer.text() }
  })
  let arrived = false
  const all = Promise.all(attempts).finally(() => {
    arrived = true
  })
  // New connections to the database prove a password on the threads that hash: they must not wait behind the officers.
  const others: number[] = []
  while (!arrived) {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => http.call({ method: 'GET', path: '/ready' })),
    )
    others.push(...answers.map(({ status }) => status))
    await sleep(100)
  }
  const refused = (await all).filter(({ status }) => status !== 200)
  expect(refused).toEqual([])
  expect(new Set(others)).toEqual(new Set([200]))
})

test('the built server takes an intake, prints its slip and is found again after a stop', {
  timeout: 120_000,
}, async () => {
  const clerk = await signIn(server.base, 'tiepnhan.halong1')
  const intake = await createIntake(clerk, 'tthcc-ha-long')
  const accepted = await post(clerk, '/dossiers', intake('bản dựng'))
  expect([accepted.status, accepted.body]).toEqual([201, expect.stringContaining('"code"')])
  const { code } = z.object({ code: z.string() }).parse(JSON.parse(accepted.body))
  const slip = await clerk.http.call({
    method: 'GET',
    path: `/dossiers/${code}/papers/form-01`,
    cookie: clerk.cookie,
  })
  expect([slip.status, slip.headers['content-type']]).toEqual([200, 'application/pdf'])
  clerk.http.close()
  const { pid } = await embeddedDatabase(dataDir)
  await server.stop()
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')

  server = await startServerProcess({ dataDir, port: await unusedPort() })
  http.close()
  http = createHttpClient(server.base, OFFICERS)
  // Asked at once: while the modules are still being loaded the request waits, it is not refused.
  const tracked = await http.call({ method: 'GET', path: `/tracking/${code}` })
  expect([tracked.status, JSON.parse(tracked.body).code]).toEqual([200, code])
})

test('a first start that is stopped half-way leaves no database running', { timeout: 120_000 }, async () => {
  const other = path.join(dataDir, 'other')
  const child = spawn(process.execPath, [buildServer(() => undefined)], {
    stdio: 'ignore',
    env: { PATH: process.env.PATH ?? '', DATA_DIR: other, PORT: String(await unusedPort()), DEMO: '1' },
  })
  const ended = once(child, 'exit')
  // The database is up and being filled: that takes many seconds more.
  const { pid } = await untilThere(() => embeddedDatabase(other))
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})

const untilThere = async <T>(look: () => Promise<T>): Promise<T> => {
  for (;;) {
    const found = await look().catch(() => undefined)
    if (found !== undefined) return found
    await sleep(20)
  }
}
