import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { openAnchors, readAnchors } from '../anchors.ts'
import { leafHash } from '../event.ts'
import { createLog, type NewEvent } from '../log.ts'
import { createSealer } from '../sealer.ts'
import { type SigningKey, temporarySigningKey } from '../signing-key.ts'
import type { Finding } from './findings.ts'
import { verifyLog } from './verify.ts'

const log = createLog()
const anEvent = (n: number): NewEvent => ({
  type: 'task-completed',
  at: new Date(Date.UTC(2026, 2, 2, 1, 30, 0, n)),
  // Every second one needs JSON's escapes, so that both ways of comparing are walked.
  actor: { kind: 'staff', id: n % 3 ? 'a1' : null, name: n % 2 ? 'Thử Văn Mẫu' : 'Thử "Văn" \\ Mẫu' },
  subject: { kind: 'dossier', id: `d${n}` },
  data: { n, note: `số ${n}` },
})

let database: TestDatabase
let key: SigningKey
let folder: string
beforeEach(async () => {
  database = await testDatabase({ poolSize: 2 })
  folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-anchors-'))
  key = temporarySigningKey()
})
afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

const append = async (from: number, to: number, signingKey = key): Promise<void> => {
  await log.append(
    database.db,
    Array.from({ length: to - from + 1 }, (_, index) => anEvent(from + index)),
  )
  const anchors = await openAnchors(folder)
  const sealer = createSealer({ db: database.db, signingKey, anchors })
  await sealer.stop()
}
const verify = async (): Promise<Finding[]> => {
  const keys = [{ id: key.id, key: key.publicKey }]
  return (await verifyLog({ url: database.url, keys, anchors: await readAnchors(folder) })).findings
}
const run = (statement: string): Promise<unknown> => sql.raw(statement).execute(database.db)
const idAt = async (position: number): Promise<string> => {
  const row = await database.db
    .selectFrom('event')
    .select('id')
    .where('position', '=', position)
    .executeTakeFirst()
  return row?.id ?? ''
}

describe('a sound log', () => {
  it('has no findings: empty, with rows that still wait, and over several batches', async () => {
    expect(await verify()).toEqual([])
    await append(1, 10)
    await append(11, 13)
    await log.append(database.db, [anEvent(14)])
    expect(await verify()).toEqual([])
  })
})

describe('an edit', () => {
  beforeEach(() => append(1, 12))

  it.each([
    ['id', `id = overlay(id::text placing '0000' from 1)::uuid`, ['id']],
    ['type', `type = 'task-returned'`, ['type']],
    ['at', `at = at + interval '1 microsecond'`, ['at']],
    ['at, beyond a double', `at = '9999-12-31T00:00:00Z'`, ['at']],
    ['at, never', `at = 'infinity'`, ['at']],
    ['actor_kind', `actor_kind = 'public'`, ['actor_kind']],
    ['actor_id', `actor_id = 'a2'`, ['actor_id']],
    ['actor_id to nobody', `actor_id = nullif(actor_id, 'a1')`, ['actor_id']],
    ['actor_name', `actor_name = 'Minh Họa'`, ['actor_name']],
    ['subject_kind', `subject_kind = 'ticket'`, ['subject_kind']],
    ['subject_id', `subject_id = 'd1'`, ['subject_id']],
    ['body', `body = replace(body, 'số', 'sô')`, ['body']],
    ['body, no longer JSON', `body = left(body, -1)`, ['body']],
    ['hash', `hash = sha256('')`, ['hash']],
    ['type and body', `type = 'x', body = replace(body, 'task-completed', 'x')`, ['body']],
  ])('of %s is named', async (_name, change, columns) => {
    for (const position of [4, 5]) {
      await run(`update event set ${change} where position = ${position}`)
      const id = await idAt(position)
      const found = await verify()
      expect(found.filter((finding) => 'position' in finding && finding.position === position)).toEqual([
        { kind: 'edited', position, id, columns },
      ])
    }
    expect(await verify()).toHaveLength(2)
  })

  it.each(['type', 'at', 'actor_name', 'subject_kind', 'hash', 'body'])(
    'of %s to nothing is named, where the owner took the constraint away',
    async (column) => {
      await run(`alter table event alter ${column} drop not null`)
      await run(`update event set ${column} = null where position = 4`)
      expect(await verify()).toEqual([{ kind: 'edited', position: 4, id: await idAt(4), columns: [column] }])
    },
  )

  it('of body, columns and hash together is named, because the leaf stays', async () => {
    const { body } = await database.db
      .selectFrom('event')
      .select('body')
      .where('position', '=', 6)
      .executeTakeFirstOrThrow()
    const changed = body.replace('số 6', 'số 9')
    const hash = leafHash(changed)
    await database.db.updateTable('event').set({ body: changed, hash }).where('position', '=', 6).execute()
    expect(await verify()).toEqual([
      { kind: 'edited', position: 6, id: await idAt(6), columns: ['body', 'hash'] },
    ])
  })

  it('of body, hash and leaf together shows in the signed root', async () => {
    const { body } = await database.db
      .selectFrom('event')
      .select('body')
      .where('position', '=', 6)
      .executeTakeFirstOrThrow()
    const hash = leafHash(body.replace('số 6', 'số 9'))
    await database.db
      .updateTable('event')
      .set({ body: body.replace('số 6', 'số 9'), hash })
      .where('position', '=', 6)
      .execute()
    await sql`update log_leaves set hashes = overlay(hashes placing ${hash} from ${5 * 32 + 1})`.execute(
      database.db,
    )
    expect(await verify()).toEqual([
      { kind: 'rewritten', from: 1, to: 12, by: 'checkpoint' },
      { kind: 'rewritten', from: 1, to: 12, by: 'anchor' },
      { kind: 'tree-altered', size: 12, expected: 12 },
    ])
  })

  it('of a row that still waits is named', async () => {
    await log.append(database.db, [anEvent(13)])
    await run(`update event set body = replace(body, 'số', 'sô') where position is null`)
    expect(await verify()).toMatchObject([{ kind: 'edited', position: null, columns: ['body or hash'] }])
  })
})

describe('rows that come, go and move', () => {
  beforeEach(() => append(1, 12))

  it('names what was deleted', async () => {
    await run('delete from event where position in (3, 4, 7)')
    expect(await verify()).toEqual([
      { kind: 'deleted', from: 3, to: 4 },
      { kind: 'deleted', from: 7, to: 7 },
    ])
  })

  it('names a row on a place that was never given', async () => {
    const [row] = log.prepare([anEvent(99)])
    await log.append(database.db, [anEvent(99)])
    await run('update event set position = 13, waiting_since = null where position is null')
    expect(await verify()).toEqual([{ kind: 'inserted', position: 13, id: await idAt(13) }])
    expect(row?.id).not.toBe(await idAt(13))
  })

  it('names a row pushed between two others, and those that had to move', async () => {
    await run('update event set position = position + 100 where position > 10')
    await log.append(database.db, [anEvent(99)])
    await run('update event set position = 11, waiting_since = null where position is null')
    await run('update event set position = position - 99 where position > 100')
    expect(await verify()).toEqual([
      { kind: 'inserted', position: 11, id: await idAt(11) },
      { kind: 'reordered', position: 12, id: await idAt(12), belongs: 11 },
      { kind: 'reordered', position: 13, id: await idAt(13), belongs: 12 },
    ])
  })

  it('names two that changed places', async () => {
    await run('update event set position = 1000 where position = 2')
    await run('update event set position = 2 where position = 9')
    await run('update event set position = 9 where position = 1000')
    expect(await verify()).toEqual([
      { kind: 'reordered', position: 2, id: await idAt(2), belongs: 9 },
      { kind: 'reordered', position: 9, id: await idAt(9), belongs: 2 },
    ])
  })

  it('names a tail without rows', async () => {
    await run('delete from event where position > 10')
    expect(await verify()).toEqual([{ kind: 'truncated', from: 11, to: 12, by: 'checkpoint' }])
  })

  it('tells lost leaves from changed events', async () => {
    await run('delete from log_leaves')
    expect(await verify()).toEqual([{ kind: 'leaves-lost', from: 1, to: 12 }])
  })
})

describe('the tree and its signatures', () => {
  it('sees by the anchors that the tail went with its leaves, checkpoints and tree', async () => {
    await append(1, 8)
    await run('create table old_tree as table log_tree; create table old_marks as table log_checkpoint')
    await append(9, 12)
    await run(`
      delete from event where position > 8; delete from log_leaves where first > 8;
      delete from log_tree; insert into log_tree table old_tree;
      delete from log_checkpoint; insert into log_checkpoint table old_marks`)
    expect(await verify()).toEqual([{ kind: 'truncated', from: 9, to: 12, by: 'anchor' }])
    // The old copy goes on and grows past the anchor: other events now stand where the anchored ones stood.
    await append(20, 30)
    expect(await verify()).toEqual([{ kind: 'rewritten', from: 9, to: 12, by: 'anchor' }])
  })

  it('names a checkpoint signed with somebody else’s key over a history rebuilt to fit', async () => {
    await append(1, 12)
    await run(`
      delete from log_leaves; delete from log_checkpoint; delete from log_tree; insert into log_tree default values;
      update event set position = null, waiting_since = clock_timestamp(); delete from event where subject_id = 'd5'`)
    const thief = temporarySigningKey()
    await createSealer({ db: database.db, signingKey: thief }).sealAll()
    expect(await verify()).toEqual([
      { kind: 'forged-checkpoint', size: 11, keyId: thief.id },
      { kind: 'unsigned', from: 1, to: 11 },
      { kind: 'truncated', from: 12, to: 12, by: 'anchor' },
    ])
  })

  it.each([
    ['root', `root = sha256('')`],
    ['at', `at = at + interval '1 second'`],
    ['key_id', `key_id = 'x'`],
    ['signature', `signature = '\\x00'`],
    ['size', 'size = 11'],
  ])('names a checkpoint whose %s was changed', async (_column, change) => {
    await append(1, 12)
    await run(`update log_checkpoint set ${change}`)
    expect(await verify()).toMatchObject([
      { kind: 'forged-checkpoint' },
      { kind: 'unsigned', from: 1, to: 12 },
    ])
  })

  it('names removed checkpoints, an altered tree, a forged and an unreadable anchor', async () => {
    await append(1, 12)
    await run(`delete from log_checkpoint; update log_tree set size = 9000000000000000`)
    await writeFile(
      path.join(folder, 'log-anchors.jsonl'),
      'x\n{"size":5,"root":"00","at":"2026","keyId":"k","signature":""}\n',
    )
    expect(await verify()).toEqual([
      { kind: 'forged-anchor', size: 5, keyId: 'k' },
      { kind: 'unreadable-anchor', line: 1 },
      { kind: 'unsigned', from: 1, to: 12 },
      { kind: 'tree-altered', size: 9_000_000_000_000_000, expected: 12 },
    ])
  })
})

describe('many blocks on several threads', () => {
  it('finds the one that is wrong among 30,000', async () => {
    for (let from = 1; from <= 30_000; from += 10_000) await append(from, from + 9_999)
    const keys = [{ id: key.id, key: key.publicKey }]
    const sound = await verifyLog({ url: database.url, keys, anchors: await readAnchors(folder), threads: 2 })
    expect(sound).toMatchObject({ findings: [], events: 30_000, size: 30_000 })
    await run(`update event set actor_name = 'Ai Đó' where position = 20001`)
    const { findings } = await verifyLog({ url: database.url, keys, threads: 2 })
    expect(findings).toEqual([
      { kind: 'edited', position: 20_001, id: await idAt(20_001), columns: ['actor_name'] },
    ])
  })

  it.each([1, 2])('names what it cannot read and goes on, on %i', async (threads) => {
    for (let from = 1; from <= 30_000; from += 10_000) await append(from, from + 9_999)
    await run(`update event set actor_name = 'Ai Đó' where position in (5, 29000)`)
    // What a damaged page does to its reader.
    await run(`
      alter table event rename to event_pages;
      create view event as select position, id, type, at, actor_kind, actor_id, actor_name, subject_kind, subject_id, hash,
        waiting_since, case when position = 20001 then (1 / (position - 20001))::text else body end as body from event_pages`)
    const keys = [{ id: key.id, key: key.publicKey }]
    const { findings, events } = await verifyLog({ url: database.url, keys, threads })
    const edited = (position: number, id: string) => ({
      kind: 'edited',
      position,
      id,
      columns: ['actor_name'],
    })
    expect(findings).toEqual([
      { kind: 'unreadable', from: 16_385, to: 24_576, reason: 'error: division by zero' },
      edited(5, await idAt(5)),
      edited(29_000, await idAt(29_000)),
    ])
    expect(events).toBe(30_000 - 8_192)
  })
})
