import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isWorking } from '#modules/calendar/rules.ts'
import { STATES } from '#modules/dossiers/contract.ts'
import { movableClock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import type { LogEvent } from '#platform/log/log.ts'
import { seedDemo } from '#server/demo.ts'
import { createServices, type Services } from '#server/services.ts'
import { type TestDatabase, testDatabase } from '../tests/support/database.ts'
import { provinceTemplate, SECRET } from '../tests/support/province-template.ts'
import type { PopulateReport } from './populate.ts'
import { replay } from './replay.ts'

const NOW = new Date('2026-04-21T15:40:00+07:00')

let database: TestDatabase
let folder: string
let services: Services
let report: PopulateReport
let db: Db

const dossiers = () =>
  db
    .selectFrom('dossier')
    .select([
      'id',
      'code',
      'state',
      'due_at',
      'received_at',
      'receiving_centre',
      'resolving_unit',
      'duration_unit',
    ])
    .orderBy('code')
    .execute()
const eventsOf = (id: string): Promise<LogEvent[]> => services.log.timeline(db, { kind: 'dossier', id })

beforeAll(async () => {
  database = await testDatabase({ template: await provinceTemplate() })
  db = database.db
  folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-sim-'))
  const files = await createLocalFileStore(folder)
  const past = { db, reference: db, files, clock: movableClock(NOW), secret: SECRET, demo: true }
  services = createServices({ ...past, hotline: '', publicUrl: () => '' })
  report = await seedDemo({
    url: database.url,
    services,
    profile: 'quang-ninh-2016',
    now: NOW,
    say: () => {},
  })
}, 120_000)
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

describe('the demo province', () => {
  test('was lived through without one refusal: every officer acted within the own grants', () => {
    expect(report.refusals).toEqual([])
    expect(report).toMatchObject({ actions: report.planned, abandoned: false })
    expect(report.dossiers).toBeGreaterThanOrEqual(400)
  })

  test('has dossiers in every state', async () => {
    const present = new Set((await dossiers()).map(({ state }) => state))
    expect([...present].sort()).toEqual([...STATES].sort())
  })

  test('each dossier’s events, in turn, lead to the state it is in', async () => {
    for (const { id, code, state } of await dossiers()) {
      const types = (await eventsOf(id)).map(({ type }) => type)
      expect({ code, state: replay(types) }).toEqual({ code, state })
    }
  })

  test('everything was done in working time, in order, before now', async () => {
    for (const { id, code, received_at, receiving_centre } of await dossiers()) {
      const calendar = await services.calendar.calendarFor(db, receiving_centre)
      const instants = (await eventsOf(id)).map(({ at }) => at)
      expect(instants[0]).toEqual(received_at)
      for (const [i, at] of instants.entries()) {
        expect(isWorking(calendar, at), `${code} at ${at.toISOString()}`).toBe(true)
        expect(at <= NOW).toBe(true)
        if (i > 0) expect(at > (instants[i - 1] ?? at), `${code}: one thing at a time`).toBe(true)
      }
    }
  })

  test('promises lie within working time, or at its end', async () => {
    for (const { code, due_at, receiving_centre, duration_unit } of await dossiers()) {
      // Hours run by the clock on the wall (domain 2.5).
      if (!due_at || duration_unit === 'HOUR') continue
      const calendar = await services.calendar.calendarFor(db, receiving_centre)
      const justBefore = new Date(due_at.getTime() - 1)
      expect(isWorking(calendar, justBefore), `${code} due ${due_at.toISOString()}`).toBe(true)
    }
  })

  test('the log names it as invented, before the first dossier', async () => {
    const events = await services.log.timeline(db, { kind: 'installation', id: 'quang-ninh-2016' })
    expect(events.map(({ type }) => type)).toEqual(['demo-province-started'])
  })
})
