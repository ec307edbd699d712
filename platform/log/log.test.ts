import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '#platform/db/connect.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { createLog } from './log.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const anEvent = (subject: string, data = {}) => ({
  type: 'dossier-accepted',
  at: new Date('2026-03-02T01:30:00.250Z'),
  actor: { kind: 'staff' as const, id: 'a1', name: 'Mẫu Thị Ví Dụ' },
  subject: { kind: 'dossier', id: subject },
  data,
})

describe('appending', () => {
  const log = createLog()

  it('gives the timeline in the order of appending before anything is sealed', async () => {
    await inTransaction(database.db, async (tx) => {
      await log.append(tx, [anEvent('one', { step: 1 }), anEvent('two'), anEvent('one', { step: 2 })])
      await log.append(tx, [anEvent('one', { step: 3 })])
    })
    const timeline = await log.timeline(database.db, { kind: 'dossier', id: 'one' })
    expect(timeline.map((event) => event.data)).toEqual([{ step: 1 }, { step: 2 }, { step: 3 }])
    expect(timeline[0]).toMatchObject({ ...anEvent('one', { step: 1 }), position: null })
  })

  it('shares the fate of the transaction', async () => {
    const failing = inTransaction(database.db, async (tx) => {
      await log.append(tx, [anEvent('three')])
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    expect(await log.timeline(database.db, { kind: 'dossier', id: 'three' })).toEqual([])
  })

  it('refuses a full personal number wherever it hides in the data', () => {
    expect(() => log.prepare([anEvent('x', { owner: [{ personalId: '000000000001' }] })])).toThrow(
      /personalId/,
    )
  })
})
