import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isWorking } from '#modules/calendar/rules.ts'
import { STATES } from '#modules/dossiers/contract.ts'
import { seedDemoAccounts } from '#modules/identity/index.ts'
import { demoStaff } from '#modules/organisation/index.ts'
import { movableClock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import type { LogEvent } from '#platform/log/log.ts'
import { seedDemo } from '#server/demo.ts'
import { createServices, type Services } from '#server/services.ts'
import { type TestDatabase, testDatabase } from '../tests/support/database.ts'
import { readPdf } from '../tests/support/pdf.ts'
import { provinceTemplate, SECRET } from '../tests/support/province-template.ts'
import { actorsOf } from './officers.ts'
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
    ...{ hotline: '1900 0000', publicUrl: 'https://dichvucong.example.vn' },
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
      const events = await eventsOf(id)
      const instants = events.map(({ at }) => at)
      expect(instants[0]).toEqual(received_at)
      for (const [i, at] of instants.entries()) {
        expect(isWorking(calendar, at), `${code} at ${at.toISOString()}`).toBe(true)
        expect(at <= NOW).toBe(true)
        // A message goes out with the step that sends it, and a group follows its procedures, in the same moment.
        const before = events[i - 1]
        const together = [before, events[i]].some((event) =>
          /^(message-sent$|group-)/.test(event?.type ?? ''),
        )
        if (before)
          expect(at > before.at || (together && at >= before.at), `${code}: one thing at a time`).toBe(true)
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

  test('everybody who signs in for a step of a process finds work waiting', async () => {
    const WORKING = ['RECEPTION', 'SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD', 'CLERK', 'RETURN_DESK']
    const people = await demoStaff('quang-ninh-2016')
    const accounts = await seedDemoAccounts(db, people, { at: NOW })
    const working = actorsOf(people, accounts).filter(({ grants }) =>
      grants.some(({ role }) => WORKING.includes(role)),
    )
    expect(working.length).toBeGreaterThan(100)
    const idle: string[] = []
    for (const actor of working) {
      const { items } = await services.dossiers.listTasks(
        { filter: 'all', limit: 5 },
        { actor, idempotency: undefined },
      )
      if (items.length === 0) idle.push(actor.username)
    }
    expect(idle).toEqual([])
  })

  test('shows dossiers in time, due soon, overdue and moved with an apology', async () => {
    const supervisor = actorsOf(
      await demoStaff('quang-ninh-2016'),
      await seedDemoAccounts(db, await demoStaff('quang-ninh-2016'), { at: NOW }),
    ).find(({ username }) => username === 'giamsat.tinh')
    if (!supervisor) throw new Error('the province has a supervisor')
    const asked = { actor: supervisor, idempotency: undefined }
    const { items } = await services.dossiers.list({ limit: 200 }, asked)
    const paces = Map.groupBy(items, ({ pace }) => pace)
    for (const pace of ['EARLY', 'ON_TIME', 'LATE', 'ON_TRACK', 'DUE_SOON', 'OVERDUE', 'PAUSED'] as const)
      expect(paces.get(pace)?.length ?? 0, pace).toBeGreaterThan(0)
    const early = (paces.get('EARLY')?.length ?? 0) + (paces.get('ON_TIME')?.length ?? 0)
    expect(early).toBeGreaterThan((paces.get('LATE')?.length ?? 0) * 2)
    const moved = await db.selectFrom('dossier').select('code').where('extended_at', 'is not', null).execute()
    expect(moved.length).toBeGreaterThan(3)
  })

  test('tells why most of what is late is late, and leaves some to be explained', async () => {
    const explained = await db
      .selectFrom('dossier_lateness')
      .innerJoin('dossier', 'dossier.id', 'dossier_id')
      .select(['dossier.completed_at', 'reason_code'])
      .execute()
    expect(explained.some((one) => one.completed_at === null)).toBe(true)
    expect(explained.some((one) => one.completed_at !== null)).toBe(true)
    expect(new Set(explained.map((one) => one.reason_code)).size).toBeGreaterThan(2)
    const people = await demoStaff('quang-ninh-2016')
    const watcher = actorsOf(people, await seedDemoAccounts(db, people, { at: NOW })).find(({ grants }) =>
      grants.some(({ role }) => role === 'DUE_WATCH'),
    )
    if (!watcher) throw new Error('the province has somebody who watches due dates')
    const asked = { actor: watcher, idempotency: undefined }
    const owed = await services.dossiers.list({ pace: 'UNEXPLAINED', limit: 200 }, asked)
    expect(owed.items.length).toBeGreaterThan(2)
    expect(owed.items.every(({ pace }) => pace === 'OVERDUE' || pace === 'LATE')).toBe(true)
  })

  test('agencies work together in it: groups half-way and failed, opinions given, owed and silent, paper on its way', async () => {
    const members = await db.selectFrom('dossier_group_member').select('state').execute()
    expect(new Set(members.map(({ state }) => state))).toEqual(
      new Set(['done', 'running', 'waiting', 'failed']),
    )
    const opinions = await db.selectFrom('consultation_agency').select('state').execute()
    expect(new Set(opinions.map(({ state }) => state))).toEqual(new Set(['asked', 'answered', 'silent']))
    const sheets = await db.selectFrom('handover_sheet').select('state').execute()
    expect(sheets.map(({ state }) => state)).toContain('received')
  })

  test('centres decide on the spot in it: by delegated signers, under second seals, some of it still waiting', async () => {
    const people = await demoStaff('quang-ninh-2016')
    const accounts = await seedDemoAccounts(db, people, { at: NOW })
    const director = actorsOf(people, accounts).find(({ grants }) =>
      grants.some(({ role, unit }) => role === 'CENTRE_DIRECTOR' && unit === 'tthcc-tinh'),
    )
    if (!director) throw new Error('the provincial centre has a director')
    const asked = { actor: director, idempotency: undefined }
    const period = { from: '2026-01-01', to: '2026-04-21' }
    const share = await services.dossiers.onSiteShare({ centre: 'tthcc-tinh', ...period }, asked)
    expect(share.dossiers.sealed).toBeGreaterThan(5)
    expect(share.dossiers.approved).toBeGreaterThanOrEqual(share.dossiers.sealed)
    expect(share.dossiers.accepted).toBeGreaterThan(share.dossiers.approved)
    expect(share.procedures.sealed).toBeGreaterThan(1)

    const results = await db
      .selectFrom('dossier_result')
      .innerJoin('dossier', 'dossier.id', 'dossier_id')
      .select(['dossier.code', 'seal', 'signed_as'])
      .where('seal', 'is not', null)
      .execute()
    expect(results.length).toBeGreaterThan(5)
    expect(results.some(({ signed_as }) => JSON.stringify(signed_as).includes('TUQ. GIÁM ĐỐC'))).toBe(true)
    const register = await services.dossiers.sealRegister({ seal: results[0]?.seal ?? '', ...period }, asked)
    const { text } = await readPdf(register)
    for (const { code } of results) expect(text.replace(/\s+/g, '')).toContain(code)
    const waiting = await db
      .selectFrom('dossier')
      .select('code')
      .where(sql<boolean>`'seal' = any(on_site)`)
      .where('completed_at', 'is', null)
      .execute()
    expect(waiting.length).toBeGreaterThan(0)
  })

  test('attached papers can be opened by those who may read the dossier', async () => {
    const { dossier_id: id, files } = await db
      .selectFrom('dossier_component')
      .select(['dossier_id', 'files'])
      .where((q) => q.fn('cardinality', ['files']), '>', 0)
      .orderBy('dossier_id')
      .executeTakeFirstOrThrow()
    const [file = ''] = files
    const { info, stream } = await services.documents.open(file)
    const bytes = Buffer.concat(await stream.toArray())
    const { text } = await readPdf(bytes)
    const { owner_name: owner } = await db
      .selectFrom('dossier')
      .select('owner_name')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(info.mediaType).toBe('application/pdf')
    expect(text).toContain('Giấy minh họa của tỉnh mẫu')
    expect(text).toContain(owner)
  })

  test('the log names it as invented, before the first dossier', async () => {
    const events = await services.log.timeline(db, { kind: 'installation', id: 'quang-ninh-2016' })
    expect(events.map(({ type }) => type)).toEqual(['demo-province-started'])
  })
})
