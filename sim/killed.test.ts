import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { movableClock } from '#platform/clock/clock.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { seedDemo } from '#server/demo.ts'
import { createServices } from '#server/services.ts'
import { type TestDatabase, testDatabase } from '../tests/support/database.ts'
import { provinceTemplate, SECRET } from '../tests/support/province-template.ts'

/** Every state and every turn, in a third of the time. */
const DOSSIERS = 130
const NOW = new Date('2026-04-21T10:20:00+07:00')

let folder: string
let whole: TestDatabase
let broken: TestDatabase
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-sim-'))
  const template = await provinceTemplate()
  ;[whole, broken] = [await testDatabase({ template }), await testDatabase({ template })]
}, 120_000)
afterAll(async () => {
  await Promise.all([whole.drop(), broken.drop()])
  await rm(folder, { recursive: true, force: true })
})

const seed = async ({ db, url }: TestDatabase, now: Date) => {
  const files = await createLocalFileStore(folder)
  const past = { db, reference: db, files, clock: movableClock(now), secret: SECRET, demo: true }
  const services = createServices({ ...past, hotline: '', publicUrl: () => '' })
  return seedDemo({
    ...{ hotline: '1900 0000', publicUrl: 'https://dichvucong.example.vn' },
    url,
    services,
    profile: 'quang-ninh-2016',
    now,
    dossiers: DOSSIERS,
    say: () => undefined,
  })
}

const count = async ({ db }: TestDatabase): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('dossier')
        .select((q) => q.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )

/** Starts the seed in a process of its own and kills it, without a farewell, once so many dossiers are there. */
const killAt = async (database: TestDatabase, dossiers: number): Promise<void> => {
  const file = path.join(import.meta.dirname, 'seed-child.fixture.ts')
  const child = spawn(process.execPath, [file, database.url, folder, NOW.toISOString(), String(DOSSIERS)], {
    stdio: 'ignore',
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  while ((await count(database)) < dossiers && child.exitCode === null) await sleep(10)
  expect(child.exitCode, 'it was still at work').toBeNull()
  child.kill('SIGKILL')
  await gone
}

/** All that happened, without the ids and PINs that chance alone gives. */
const story = async ({ db }: TestDatabase) => {
  const dossiers = await db
    .selectFrom('dossier')
    .select([
      'id',
      'code',
      'state',
      'outcome',
      'owner_name',
      'procedure_code',
      'received_at',
      'due_at',
      'version',
    ])
    .orderBy('code')
    .execute()
  const events = await db
    .selectFrom('event')
    .select(['subject_id', 'type', 'at', 'actor_name'])
    .where('subject_kind', '=', 'dossier')
    .orderBy('at')
    .orderBy('type')
    .execute()
  const of = Map.groupBy(events, ({ subject_id }) => subject_id)
  return dossiers.map(({ id, ...dossier }) => ({
    ...dossier,
    events: (of.get(id) ?? []).map(({ type, at, actor_name }) => `${at.toISOString()} ${type} ${actor_name}`),
  }))
}

test('killed twice and started again later, it becomes the same province as without a break', async () => {
  await killAt(broken, 20)
  await killAt(broken, 70)
  const before = await count(broken)
  // Three days later: what was begun is finished as it was meant, up to the "now" of its beginning.
  const resumed = await seed(broken, new Date(NOW.getTime() + 3 * 86_400_000))
  const uninterrupted = await seed(whole, NOW)

  expect(before).toBeGreaterThanOrEqual(70)
  expect(before).toBeLessThan(uninterrupted.dossiers)
  expect(resumed).toMatchObject({ refusals: [], abandoned: false, planned: uninterrupted.planned })
  expect(resumed.actions).toBeLessThan(uninterrupted.actions)
  expect(await story(broken)).toEqual(await story(whole))
}, 240_000)

test('what another version of the simulator began is left as it is', async () => {
  const before = await count(whole)
  await whole.db
    .updateTable('event')
    .set((q) => ({ body: q.fn('replace', ['body', q.val('"plan":"'), q.val('"plan":"other ')]) }))
    .where('type', '=', 'demo-province-started')
    .execute()
  expect(await seed(whole, NOW)).toMatchObject({ abandoned: true, actions: 0 })
  expect(await count(whole)).toBe(before)
}, 120_000)
