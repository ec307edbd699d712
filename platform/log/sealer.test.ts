import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inTransaction } from '#platform/db/connect.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { consumePage } from './consume.ts'
import { createFollower } from './follow.ts'
import { createLog, type LogEvent, type NewEvent } from './log.ts'
import { createSealer } from './sealer.ts'
import { loadSigningKey, type SigningKey, temporarySigningKey } from './signing-key.ts'
import { verifyLog } from './verify/verify.ts'

let database: TestDatabase
let key: SigningKey
beforeEach(async () => {
  database = await testDatabase({ poolSize: 16 })
  key = temporarySigningKey()
})
afterEach(() => database.drop())

const log = createLog()
const anEvent = (subject: string, data = {}): NewEvent => ({
  type: 'task-completed',
  at: new Date(),
  actor: { kind: 'staff', id: 'a1', name: 'Thử Văn Mẫu' },
  subject: { kind: 'dossier', id: subject },
  data,
})
const findings = async (): Promise<unknown[]> =>
  (await verifyLog({ url: database.url, keys: [{ id: key.id, key: key.publicKey }] })).findings
const readAll = async (): Promise<LogEvent[]> =>
  (await log.read(database.db, { after: 0, limit: 1_000_000 })).events

/** Writers that hold a subject's row lock while they append, and commit after a random while. */
const writeConcurrently = async (writers: number, each: number, subjects: number): Promise<void> => {
  const { db } = database
  for (let subject = 0; subject < subjects; subject++)
    await db
      .insertInto('log_read')
      .values({ reader: `subject ${subject}` })
      .execute()
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let i = 0; i < each; i++) {
        const subject = (writer * 7 + i * 3) % subjects
        await inTransaction(db, async (tx) => {
          // Any lockable row serves as the subject's; its counter tells the order in which the lock was held.
          const { position: turn } = await tx
            .updateTable('log_read')
            .set((row) => ({ position: row('position', '+', 1) }))
            .where('reader', '=', `subject ${subject}`)
            .returning('position')
            .executeTakeFirstOrThrow()
          await log.append(tx, [
            anEvent(`${subject}`, { turn, part: 1 }),
            anEvent(`${subject}`, { turn, part: 2 }),
          ])
          await sleep(Math.random() < 0.2 ? 60 : 0)
        })
      }
    }),
  )
}

const expectSubjectsInOrder = (events: readonly LogEvent[]): void => {
  for (const [subject, own] of Object.entries(Object.groupBy(events, (event) => event.subject.id))) {
    const seen = (own ?? []).map((event) => `${event.data.turn}/${event.data.part}`)
    const turns = Array.from({ length: seen.length / 2 }, (_, turn) => [
      `${turn + 1}/1`,
      `${turn + 1}/2`,
    ]).flat()
    expect(seen, `subject ${subject}`).toEqual(turns)
  }
}

describe('sealing while others commit late', () => {
  it('shows a follower each event once, in the order in which each subject was locked, with two sealers at work', async () => {
    const { db } = database
    const follower = createFollower(db)
    const errors: unknown[] = []
    const sealers = [1, 2].map(() =>
      createSealer({ db, signingKey: key, onSealed: follower.wake, onError: (error) => errors.push(error) }),
    )
    const seen: LogEvent[] = []
    const stop = new AbortController()
    const following = follower.follow(0, async ({ events }) => void seen.push(...events), {
      signal: stop.signal,
    })
    for (const sealer of sealers) sealer.start()
    await writeConcurrently(8, 25, 5)
    for (const sealer of sealers) await sealer.stop()
    await expect.poll(() => seen.length, { timeout: 5_000 }).toBe(400)
    stop.abort()
    await following

    expect(errors).toEqual([])
    expect(seen.map((event) => event.position)).toEqual(seen.map((_, index) => index + 1))
    expect(new Set(seen.map((event) => event.id)).size).toBe(400)
    expectSubjectsInOrder(seen)
    expect(await findings()).toEqual([])
  })

  it('finds a row that is committed long after later ones were sealed', async () => {
    const { db } = database
    const sealer = createSealer({ db, signingKey: key })
    const committed = Promise.withResolvers<void>()
    const appended = Promise.withResolvers<void>()
    const slow = inTransaction(db, async (tx) => {
      await log.append(tx, [anEvent('slow')])
      appended.resolve()
      await committed.promise
    })
    await appended.promise
    await log.append(db, [anEvent('quick')])
    expect(await sealer.sealAll()).toBe(1)
    committed.resolve()
    await slow
    expect(await sealer.sealAll()).toBe(1)
    expect((await readAll()).map((event) => event.subject.id)).toEqual(['quick', 'slow'])
  })

  it('gives a named reader each event once, also when its effect failed at first', async () => {
    const { db } = database
    await log.append(db, [anEvent('a'), { ...anEvent('b'), type: 'other' }, anEvent('c')])
    await createSealer({ db, signingKey: key }).sealAll()
    const taken: string[] = []
    const consume = (fail: boolean) =>
      consumePage(db, { reader: 'test', limit: 1, types: ['task-completed'] }, async (_tx, { events }) => {
        if (fail) throw new Error('stop')
        taken.push(...events.map((event) => event.subject.id))
      })
    await expect(consume(true)).rejects.toThrow('stop')
    while (await consume(false));
    expect(taken).toEqual(['a', 'c'])
  })
})

describe('a sealer that is killed', () => {
  const program = `
    import { createSealer } from '#platform/log/sealer.ts'
    import { loadSigningKey } from '#platform/log/signing-key.ts'
    import { connect } from '#platform/db/connect.ts'
    const [url, keys] = process.argv.slice(1)
    const { db } = connect({ url, poolSize: 2 })
    const sealer = createSealer({ db, signingKey: await loadSigningKey(keys) })
    await sealer.sealAll()
    process.stdout.write('ready')
    for (;;) await sealer.sealAll()`

  it('leaves whole batches, 20 times out of 20', async () => {
    const { db } = database
    const folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-keys-'))
    key = await loadSigningKey(folder)
    const writing = new AbortController()
    let written = 0
    const writer = (async () => {
      while (!writing.signal.aborted) {
        const events = Array.from({ length: 20 }, () => anEvent(`${written % 7}`))
        await log.append(db, events)
        written += events.length
        await sleep(1)
      }
    })()
    const sizes = new Set<number>()
    for (let round = 0; round < 20; round++) {
      const args = ['--input-type=module', '-e', program, database.url, folder]
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      await once(child.stdout, 'data')
      await sleep(Math.random() * 40)
      child.kill('SIGKILL')
      await once(child, 'exit')
      sizes.add((await log.read(db, { after: 0, limit: 1_000_000 })).next)
      if (round % 5 === 4) expect(await findings()).toEqual([])
    }
    writing.abort()
    await writer
    await createSealer({ db, signingKey: key }).sealAll()
    const events = await readAll()
    expect(events).toHaveLength(written)
    expect(new Set(events.map((event) => event.id)).size).toBe(written)
    expect(await findings()).toEqual([])
    // The kills came while there was something to seal.
    expect(sizes.size).toBeGreaterThan(10)
    await rm(folder, { recursive: true })
    // Twenty processes start one after the other, which a busy machine does slowly.
  }, 120_000)

  it('does not hold the tree when it hangs inside its transaction', async () => {
    const { db } = database
    await log.append(db, [anEvent('x')])
    const hanging = inTransaction(db, async (tx) => {
      await tx.selectFrom('log_tree').select('size').forUpdate().execute()
      expect(await createSealer({ db, signingKey: key }).sealAll()).toBe(0)
    })
    await hanging
    expect(await createSealer({ db, signingKey: key }).sealAll()).toBe(1)
  })
})

describe('the signing key', () => {
  it('is made once by two processes starting together, readable by its owner only', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-keys-'))
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadSigningKey(folder)))
    expect(new Set(keys.map(({ id }) => id)).size).toBe(1)
    expect((await stat(path.join(folder, 'log-signing.pem'))).mode & 0o777).toBe(0o600)
    await rm(folder, { recursive: true })
  })
})
