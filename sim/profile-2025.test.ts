import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STATES } from '#modules/dossiers/contract.ts'
import { movableClock } from '#platform/clock/clock.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { seedDemo } from '#server/demo.ts'
import { seedReference } from '#server/seed.ts'
import { createServices } from '#server/services.ts'
import { type TestDatabase, testDatabase } from '../tests/support/database.ts'
import { SECRET } from '../tests/support/province-template.ts'

const PROFILE = 'quang-ninh-2025'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await testDatabase()
  folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-sim-'))
}, 120_000)
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

test('the province of 54 communes, first started on a Sunday night after a long holiday', async () => {
  const { db, url } = database
  const now = new Date('2026-02-22T23:30:00+07:00')
  const files = await createLocalFileStore(folder)
  const past = { db, reference: db, files, clock: movableClock(now), secret: SECRET, demo: true }
  const services = createServices({ ...past, hotline: '', publicUrl: () => '' })
  await seedReference(db, services, PROFILE)
  const report = await seedDemo({
    ...{ hotline: '1900 0000', publicUrl: 'https://dichvucong.example.vn' },
    url,
    services,
    profile: PROFILE,
    now,
    dossiers: 130,
    say: () => undefined,
  })
  expect(report).toMatchObject({ refusals: [], abandoned: false, dossiers: 130 })
  const own = await db
    .selectFrom('process_instance as i')
    .innerJoin('process_version as v', 'v.id', 'i.version_id')
    .where('v.process_key', 'like', 'procedure/%')
    .select(['v.process_key', 'i.ended_as'])
    .execute()
  // Procedures with a process of their own travel it, to its end.
  expect(new Set(own.map(({ process_key }) => process_key)).size).toBeGreaterThan(1)
  expect(own.map(({ ended_as }) => ended_as)).toContain('completed')
  const states = await db.selectFrom('dossier').select('state').distinct().execute()
  // What waits for a step of a process belongs to the larger province; every turn of a life is in this one.
  const present = new Set(states.map(({ state }) => state))
  const seldom = STATES.filter(
    (state) => !['SUBMITTED', 'ACCEPTED', 'COMPLETED', 'PROCESSING'].includes(state),
  )
  expect(seldom.filter((state) => !present.has(state))).toEqual([])
}, 120_000)
