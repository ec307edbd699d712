import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeEmptyProvince } from '../support/empty-province.ts'
import type { Reply } from '../support/http-client.ts'
import {
  embeddedDatabase,
  type ServerProcess,
  startServerProcess,
  unusedPort,
} from '../support/server-process.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type Clerk, createIntake, currentTask, inParallel, post, read, signIn, step } from './clerks.ts'

const PAIRS = Number(process.env.FAULT_PAIRS ?? 50)
const KEYS = Number(process.env.FAULT_KEYS ?? 8)
const REPEATS = 20
const CRASHES = Number(process.env.FAULT_RUNS ?? 3)
const WIDTH = 8
/** A pair needs up to five steps before it can meet, on a machine that may be busy. */
const PATIENCE_MS = 120_000 + PAIRS * 1_500
const CENTRE = 'tthcc-ha-long'

let folder: string
let first: ServerProcess
let second: ServerProcess
let secondPort: number
let clerks: Record<
  'reception' | 'other' | 'specialist' | 'lead' | 'otherLead' | 'clerk' | 'desk' | 'otherDesk',
  Clerk
>
let intakeBody: (note: string) => unknown

/** Another process of the application on the same database, as a second node. */
const startSecond = async (): Promise<ServerProcess> =>
  startServerProcess({
    dataDir: path.join(folder, 'second'),
    port: secondPort,
    environment: { DATABASE_URL: (await embeddedDatabase(path.join(folder, 'first'))).url },
  })

beforeAll(async () => {
  folder = await temporaryFolder('f6')
  await makeEmptyProvince(path.join(folder, 'first'))
  first = await startServerProcess({ dataDir: path.join(folder, 'first'), port: await unusedPort() })
  secondPort = await unusedPort()
  second = await startSecond()
  const [one, two] = [first.base, second.base]
  clerks = {
    reception: await signIn(one, 'tiepnhan.halong1'),
    other: await signIn(two, 'tiepnhan.halong2'),
    specialist: await signIn(one, 'chuyenvien.thuongtruc'),
    lead: await signIn(one, 'lanhdao.thuongtruc'),
    otherLead: await signIn(two, 'lanhdao.thuongtruc'),
    clerk: await signIn(one, 'vanthu.thuongtruc'),
    desk: await signIn(one, 'traketqua.halong'),
    otherDesk: await signIn(two, 'traketqua.halong'),
  }
  intakeBody = await createIntake(clerks.reception, CENTRE)
}, 120_000)

afterAll(async () => {
  for (const clerk of Object.values(clerks ?? {})) clerk.http.close()
  await second?.stop()
  await first?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Dossiers that have been taken through these officers' steps. */
const dossiers = (count: number, ...through: readonly Clerk[]): Promise<string[]> =>
  inParallel(Array.from({ length: count }), WIDTH, async () => {
    const { status, body } = await post(clerks.reception, '/dossiers', intakeBody(crypto.randomUUID()))
    if (status !== 201) throw new Error(`${status} ${body}`)
    const { code }: { code: string } = JSON.parse(body)
    for (const officer of through) await step(officer, clerks.reception, code)
    return code
  })

type Race = { code: string; winner: number; won: Reply; lost: Reply }

/** Both requests leave in one tick; exactly one is done. */
const race = async (
  code: string,
  ask: readonly [() => Promise<Reply>, () => Promise<Reply>],
): Promise<Race> => {
  const replies = await Promise.all(ask.map((one) => one()))
  const winner = replies.findIndex(({ status }) => status < 300)
  const [won, lost] = [replies[winner], replies[1 - winner]]
  const told = replies.map(({ status, body }) => `${status} ${body.slice(0, 200)}`)
  if (!won || !lost || lost.status < 300) throw new Error(`${code}: ${told.join(' | ')}`)
  return { code, winner, won, lost }
}

const problem = ({ body }: Reply): Record<string, unknown> => JSON.parse(body)

describe(`F6: two clerks at once, ${PAIRS} pairs each, on two processes of one database`, () => {
  test('claim a step: one has it, the other is told who', { timeout: PATIENCE_MS }, async () => {
    const codes = await dossiers(PAIRS)
    await inParallel(codes, WIDTH, async (code) => {
      const task = currentTask(await read(clerks.reception, code))
      const claim = (clerk: Clerk) => () => post(clerk, `/tasks/${task}/claim`, {})
      const { winner, won, lost } = await race(code, [claim(clerks.reception), claim(clerks.other)])
      expect(lost.status).toBe(409)
      const holder = JSON.parse(won.body).assignee
      expect(problem(lost)).toMatchObject({ code: 'workflow.task-taken', by: holder.name })
      expect(
        (await read([clerks.other, clerks.reception][winner] ?? clerks.other, code)).task?.assignee,
      ).toEqual(holder)
    })
  })

  test('finish a step: one opinion, the other is told who was first', { timeout: PATIENCE_MS }, async () => {
    const codes = await dossiers(PAIRS)
    await inParallel(codes, WIDTH, async (code) => {
      const task = currentTask(await read(clerks.reception, code))
      const complete = (clerk: Clerk) => () =>
        post(clerk, `/tasks/${task}/complete`, { opinion: `Ý kiến của ${clerk.name}` })
      const { winner, lost } = await race(code, [complete(clerks.reception), complete(clerks.other)])
      expect(lost.status).toBe(409)
      expect(problem(lost)).toMatchObject({ code: 'workflow.task-done' })
      const after = await read(clerks.reception, code)
      const name = [clerks.reception, clerks.other][winner]?.name
      expect(after.opinions.map(({ text }) => text)).toEqual([`Ý kiến của ${name}`])
      expect(after.version).toBe(2)
    })
  })

  test('approve and refuse: one decision', { timeout: PATIENCE_MS }, async () => {
    const { reception, specialist, lead, otherLead } = clerks
    const codes = await dossiers(PAIRS, reception, specialist)
    await inParallel(codes, WIDTH, async (code) => {
      const task = currentTask(await read(reception, code))
      const approve = () => post(lead, `/tasks/${task}/complete`, { outcome: 'GRANTED', opinion: 'Đồng ý' })
      const refuse = () =>
        post(otherLead, `/tasks/${task}/complete`, { outcome: 'REFUSED', opinion: 'Không' })
      const { winner, lost } = await race(code, [approve, refuse])
      expect(problem(lost)).toMatchObject({ status: 409, code: 'workflow.task-done' })
      const after = await read(reception, code)
      expect(after.opinions.at(-1)?.text).toBe(winner === 0 ? 'Đồng ý' : 'Không')
      expect(after.version).toBe(4)
    })
  })

  test('hand a result over: once', { timeout: PATIENCE_MS }, async () => {
    const { reception, specialist, lead, clerk, desk, otherDesk } = clerks
    const codes = await dossiers(PAIRS, reception, specialist, lead, clerk)
    await inParallel(codes, WIDTH, async (code, index) => {
      const { version } = await read(reception, code)
      // Half of them without the version read: the hand-over itself may happen only once.
      const versioned = index % 2 === 0 ? { version } : {}
      const hand = (at: Clerk, name: string) => () =>
        post(at, `/dossiers/${code}/actions/return`, { receiver: { name, relation: 'owner' } }, versioned)
      const { lost } = await race(code, [hand(desk, 'Nguyễn Văn Mẫu'), hand(otherDesk, 'Trần Thị Ví Dụ')])
      expect(lost.status).toBe(index % 2 === 0 ? 412 : 409)
      const after = await read(reception, code)
      expect(after.version).toBe(version + 1)
      expect(after.timeline.filter(({ type }) => type === 'result-returned')).toHaveLength(1)
    })
  })

  test('act on a dossier with the version read: the other is told who, what and when', {
    timeout: PATIENCE_MS,
  }, async () => {
    const codes = await dossiers(PAIRS)
    await inParallel(codes, WIDTH, async (code) => {
      const { version } = await read(clerks.reception, code)
      const withdraw = (clerk: Clerk) => () =>
        post(clerk, `/dossiers/${code}/actions/withdraw`, { reason: `Theo ${clerk.name}` }, { version })
      const { winner, lost } = await race(code, [withdraw(clerks.reception), withdraw(clerks.other)])
      expect(lost.status).toBe(412)
      expect(problem(lost)).toMatchObject({
        code: 'dossiers.stale-version',
        what: { en: 'withdrawn' },
        current: version + 1,
      })
      expect(problem(lost).who).not.toBe('')
      const after = await read(clerks.reception, code)
      const detail = JSON.stringify(after.timeline.find(({ type }) => type === 'dossier-withdrawn'))
      expect(detail).toContain([clerks.reception, clerks.other][winner]?.name)
    })
  })
})

describe(`F7: one key, ${REPEATS} requests at once on two processes`, () => {
  /** Every repeat gets the first answer byte for byte; another body under the key is refused. */
  const repeat = async (
    here: Clerk,
    there: Clerk,
    path: string,
    body: object,
    version?: number,
  ): Promise<Reply> => {
    const key = crypto.randomUUID()
    const extra = version === undefined ? { key } : { key, version }
    const replies = await Promise.all(
      Array.from({ length: REPEATS }, (_, index) => post(index % 2 === 0 ? here : there, path, body, extra)),
    )
    const [reply] = replies
    if (!reply) throw new Error('no answer')
    expect(replies.map((one) => `${one.status} ${one.body}`)).toEqual(
      replies.map(() => `${reply.status} ${reply.body}`),
    )
    expect(reply.status, reply.body).toBeLessThan(300)
    const changed = await post(there, path, { ...body, note: 'khác', opinion: 'khác', reason: 'khác' }, extra)
    expect(problem(changed)).toMatchObject({ status: 422, code: 'platform.idempotency-conflict' })
    return reply
  }

  /** The same officer at both processes: a key belongs to an account. */
  const twice = async (name: string): Promise<[Clerk, Clerk]> => [
    await signIn(first.base, name),
    await signIn(second.base, name),
  ]

  test('an intake is one dossier', { timeout: 120_000 }, async () => {
    const [here, there] = await twice('tiepnhan.halong1')
    const notes = Array.from({ length: KEYS }, () => crypto.randomUUID())
    for (const note of notes) await repeat(here, there, '/dossiers', intakeBody(note) as object)
    expect(await countOf(notes)).toBe(KEYS)
  })

  test('a step is done once', { timeout: 120_000 }, async () => {
    const [here, there] = await twice('tiepnhan.halong1')
    for (const code of await dossiers(KEYS)) {
      const task = currentTask(await read(here, code))
      await repeat(here, there, `/tasks/${task}/complete`, { opinion: 'Đủ giấy tờ.' })
      expect((await read(here, code)).version).toBe(2)
    }
  })

  test('an action happens once', { timeout: 120_000 }, async () => {
    const [here, there] = await twice('tiepnhan.halong1')
    for (const code of await dossiers(KEYS)) {
      await repeat(here, there, `/dossiers/${code}/actions/withdraw`, { reason: 'Theo đơn' }, 1)
      expect((await read(here, code)).version).toBe(2)
    }
  })

  test(`after a crash, ${CRASHES} times`, { timeout: 60_000 + CRASHES * 20_000 }, async () => {
    for (let crash = 0; crash < CRASHES; crash++) {
      const clerk = await signIn(second.base, 'tiepnhan.halong2')
      const keys = Array.from({ length: 12 }, () => crypto.randomUUID())
      const answers = keys.map((key) =>
        post(clerk, '/dossiers', intakeBody(key), { key }).then(
          ({ status, body }) => `${status} ${body}`,
          () => undefined,
        ),
      )
      // Some are committed, some under way, some not begun when the process goes.
      await sleep(crash * 9)
      await second.kill()
      const known = await Promise.all(answers)
      second = await startSecond()
      for (const [index, key] of keys.entries()) {
        const replies = await Promise.all(
          Array.from({ length: REPEATS }, () => post(clerk, '/dossiers', intakeBody(key), { key })),
        )
        const all = new Set(replies.map(({ status, body }) => `${status} ${body}`))
        const answered = known[index]
        if (answered !== undefined) all.add(answered)
        expect([...all], `${known.filter(Boolean).length} of 12 had been answered`).toHaveLength(1)
      }
      expect(await countOf(keys)).toBe(keys.length)
    }
  })

  /** Dossiers with these notes, asked beside the application. */
  const countOf = async (notes: readonly string[]): Promise<number> => {
    const database = new pg.Client({
      connectionString: (await embeddedDatabase(path.join(folder, 'first'))).url,
    })
    await database.connect()
    const { rows } = await database.query(
      'select count(*)::integer as count from dossier where note = any($1)',
      [notes],
    )
    await database.end()
    return rows[0]?.count
  }
})
