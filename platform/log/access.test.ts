import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '#platform/db/connect.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { createLog } from './log.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ poolSize: 4 })
})
afterAll(() => database.drop())

const anAccess = (subject: string) => ({
  actor: { kind: 'staff' as const, id: 'a1', name: 'Thử Văn Mẫu' },
  subject: { kind: 'dossier', id: subject },
  fields: ['owner.name', 'owner.phone'],
  purpose: 'get-dossier',
})
const at = new Date('2026-03-02T01:30:00.000Z')
const log = createLog({ clock: { now: () => at } })
const recorded = (subject: string) => log.timeline(database.db, { kind: 'dossier', id: subject })

describe('the record of a read', () => {
  it('is there, for others to see, before the answer leaves', async () => {
    await log.recordAccess(database.db, anAccess('one'))
    expect(await recorded('one')).toMatchObject([
      {
        type: 'personal-data-read',
        at,
        actor: { id: 'a1' },
        data: { fields: ['owner.name', 'owner.phone'], purpose: 'get-dossier' },
      },
    ])
  })

  it('is grouped with others under way, each answered when its own is there', async () => {
    const subjects = Array.from({ length: 100 }, (_, index) => `many-${index}`)
    await Promise.all(
      subjects.map(async (subject) => {
        await log.recordAccess(database.db, anAccess(subject))
        expect(await recorded(subject)).toHaveLength(1)
      }),
    )
  })

  it('fails the read when it cannot be written, and only that one', async () => {
    // An actor of no known kind passes our checks and meets the constraint.
    const broken = { ...anAccess('bad'), actor: { ...anAccess('bad').actor, kind: 'nobody' as 'staff' } }
    const results = await Promise.allSettled([
      log.recordAccess(database.db, anAccess('before')),
      log.recordAccess(database.db, anAccess('with-it')),
      log.recordAccess(database.db, broken),
      log.recordAccess(database.db, anAccess('after')),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(await recorded('with-it')).toHaveLength(1)
    expect(await recorded('after')).toHaveLength(1)
    expect(await recorded('bad')).toHaveLength(0)
  })

  it('belongs to the transaction when the read is part of one', async () => {
    await inTransaction(database.db, async (tx) => {
      await log.recordAccess(tx, anAccess('inside'))
      expect(await recorded('inside')).toHaveLength(0)
    })
    expect(await recorded('inside')).toHaveLength(1)
  })
})
