import path from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import document from '#data/calendar/year-tables.json' with { type: 'json' }
import type { Grant, StaffActor } from '#modules/identity/contract.ts'
import { movableClock } from '#platform/clock/clock.ts'
import { inTransaction } from '#platform/db/connect.ts'
import { fillMessage, platformErrors, Refusal } from '#platform/errors.ts'
import { createHttpServer } from '#platform/http/server.ts'
import { createLog } from '#platform/log/log.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import * as contract from './contract.ts'
import { type CalendarService, calendarErrors, createCalendarRoutes, createCalendarService } from './index.ts'
import { dueDate } from './rules.ts'
import * as store from './store.ts'

const CENTRE = 'trung-tam-ha-long'
const clock = movableClock(new Date('2026-04-24T09:00:00+07:00'))
const log = createLog()

let database: TestDatabase
let service: CalendarService
/** A second process on the same database. */
let neighbour: CalendarService

const aService = () =>
  createCalendarService({
    db: database.db,
    log,
    clock,
    isCentre: async (id) => id === CENTRE || id === 'trung-tam-mong-cai',
  })

beforeAll(async () => {
  database = await testDatabase()
  service = aService()
  neighbour = aService()
  await service.seed(database.db, document)
})
afterAll(() => database.drop())

const officer = (grants: Grant[]): StaffActor => ({
  ...{ kind: 'staff', id: 'tk-1', username: 'minhhoa', name: 'Minh Họa Thị Mẫu', position: 'Giám đốc' },
  ...{ unit: CENTRE, centre: CENTRE, counter: null, grants, session: 's' },
})
const administrator = officer([{ role: 'SYSTEM_ADMIN', scope: 'province', unit: null }])
const director = officer([{ role: 'CENTRE_DIRECTOR', scope: 'centre', unit: CENTRE }])
const receptionist = officer([{ role: 'RECEPTION', scope: 'centre', unit: CENTRE }])

const basis = { legalBasis: 'Quyết định thử số 01', reason: 'kiểm thử' }
const aDay = (date: string) => ({
  ...{ calendar: 'nation', date, type: 'OFF' as const, name: { vi: 'Ngày thử', en: 'Trial day' } },
  ...basis,
})

const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (outcome instanceof Refusal) return outcome
  throw new Error('expected a refusal', { cause: outcome })
}
const codeOf = async (work: Promise<unknown>): Promise<string> => (await refusal(work)).code

const deadline = (start: string, amount: string | undefined, unit: string, centre?: string) =>
  service.computeDeadline({ start, amount, unit, centre })

describe('the public deadline', () => {
  test('answers with the date, three lines and the ruler', async () => {
    const answer = await deadline('2026-04-21T08:58:00+07:00', '10', 'WORKING_DAY')
    expect(answer).toMatchObject({ due: '2026-05-08T17:00:00+07:00', provisional: false })
    expect(answer.explanation).toEqual([
      'Nhận đủ hồ sơ 08:58 thứ Ba 21/4. Ngày nhận không tính, đếm từ thứ Tư 22/4.',
      'Thủ tục này có 10 ngày làm việc.',
      'Không tính cuối tuần, 27/4 nghỉ bù Giỗ Tổ Hùng Vương, 30/4 và 01/5.',
    ])
    expect(answer.ruler).toMatchObject({ today: '2026-04-24', provisional: false })
    expect(answer.ruler.rows).toHaveLength(3)
  })

  test.each([
    ['2026-04-21T08:58', 'no offset is Vietnam time', '2026-05-08T17:00:00+07:00'],
    ['2026-04-21 08:58', 'a space instead of the T', '2026-05-08T17:00:00+07:00'],
    ['2026-04-21T01:58:00Z', 'UTC', '2026-05-08T17:00:00+07:00'],
    ['2026-04-20T20:58:00-05:00', 'another zone, the day before there', '2026-05-08T17:00:00+07:00'],
    ['2026-04-21T08:58:00 07:00', 'a plus that the address turned into a space', '2026-05-08T17:00:00+07:00'],
    ['2026-04-21', 'a plain date', '2026-05-08T17:00:00+07:00'],
    ['2026-04-20T23:30:00Z', 'already the 21st in Vietnam', '2026-05-08T17:00:00+07:00'],
  ])('reads %s: %s', async (start, _why, due) => {
    expect((await deadline(start, '10', 'WORKING_DAY')).due).toBe(due)
  })

  test('a plain date stands for the opening, so hours run from 07:30', async () => {
    expect((await deadline('2026-04-21', '2', 'WORKING_HOUR')).due).toBe('2026-04-21T09:30:00+07:00')
    expect((await deadline('2026-04-21', undefined, 'SAME_DAY')).due).toBe('2026-04-21T17:00:00+07:00')
  })

  test('no limit is null, beyond the published years is provisional', async () => {
    expect((await deadline('2026-04-21', undefined, 'NONE')).due).toBeNull()
    expect(await deadline('2026-12-31T10:00', '2', 'WORKING_DAY')).toMatchObject({
      due: '2027-01-05T17:00:00+07:00',
      provisional: true,
    })
  })

  test.each([
    ['calendar.start-unreadable', 'hôm qua', '1', 'WORKING_DAY', undefined],
    ['calendar.start-unreadable', '2026-02-30', '1', 'WORKING_DAY', undefined],
    ['calendar.start-unreadable', '2026-04-21T25:00', '1', 'WORKING_DAY', undefined],
    ['calendar.start-unreadable', '2026-04-21T08:00+99:00', '1', 'WORKING_DAY', undefined],
    ['calendar.start-unreadable', '', '1', 'WORKING_DAY', undefined],
    ['calendar.out-of-range', '1999-12-31', '1', 'WORKING_DAY', undefined],
    ['calendar.out-of-range', '2070-01-01', '1', 'WORKING_DAY', undefined],
    ['calendar.out-of-range', '2069-12-30', '90', 'WORKING_DAY', undefined],
    ['calendar.out-of-range', '2069-12-30', '9', 'MONTH', undefined],
    ['calendar.amount-impossible', '2026-04-21', '0', 'WORKING_DAY', undefined],
    ['calendar.amount-impossible', '2026-04-21', '-3', 'WORKING_DAY', undefined],
    ['calendar.amount-impossible', '2026-04-21', 'mười', 'WORKING_DAY', undefined],
    ['calendar.amount-impossible', '2026-04-21', '1e3', 'WORKING_DAY', undefined],
    ['calendar.amount-impossible', '2026-04-21', '1.5', 'CALENDAR_DAY', undefined],
    ['calendar.amount-impossible', '2026-04-21', undefined, 'WORKING_DAY', undefined],
    ['calendar.amount-too-large', '2026-04-21', '99999', 'WORKING_DAY', undefined],
    ['calendar.amount-too-large', '2026-04-21', '241', 'MONTH', undefined],
    ['calendar.unknown-unit', '2026-04-21', '1', 'FORTNIGHT', undefined],
    ['calendar.unknown-centre', '2026-04-21', '1', 'WORKING_DAY', 'trung-tam-khong-co'],
  ])(
    'refuses with %s: start %j, amount %j, unit %s, centre %s',
    async (code, start, amount, unit, centre) => {
      const { code: actual, details } = await refusal(deadline(start, amount, unit, centre))
      expect(actual).toBe(code)
      const words = calendarErrors[actual as keyof typeof calendarErrors]
      // No blank is left in either language.
      expect(fillMessage(words.vi, details)).not.toMatch(/\{\w+\}/)
      expect(fillMessage(words.en, details)).not.toMatch(/\{\w+\}/)
    },
  )
})

describe('over HTTP', () => {
  test('the address answers, and refuses with a stable code', async () => {
    const app = await createHttpServer({
      ...{
        db: database.db,
        clock,
        routes: createCalendarRoutes(service),
        errors: { ...platformErrors, ...calendarErrors },
      },
      authenticate: async () => undefined,
      nobody: { kind: 'public' },
      ...{ publicRequestsPerMinute: 1000, checkAnswers: true, logLevel: 'silent', trustProxy: false },
    })
    const good = await app.inject('/api/deadline?start=2026-04-24T10:00:00%2B07:00&amount=3&unit=WORKING_DAY')
    expect([good.statusCode, good.json().due]).toEqual([200, '2026-05-04T17:00:00+07:00'])
    const bad = await app.inject('/api/deadline?start=2026-04-24&amount=0&unit=WORKING_DAY')
    expect([bad.statusCode, bad.json().code]).toEqual([422, 'calendar.amount-impossible'])
    const year = await app.inject('/api/calendar/2026')
    expect(year.statusCode).toBe(200)
    expect((await app.inject('/api/calendar/2026/exceptions')).statusCode).toBe(401)
    await app.close()
  })
})

describe('a year', () => {
  test('2026 as published: 365 days, each with what it is', async () => {
    const year = await service.showYear({ year: '2026', centre: undefined })
    const on = (date: string) => year.days.find((day) => day.date === date)
    expect(year.official).toBe(true)
    expect(year.days).toHaveLength(365)
    // 261 weekdays; 13 of them off (1 + 1 swapped, 5 Tết, 27/4, 30/4, 1/5, 31/8, 1/9, 2/9); two Saturdays made up.
    expect(year.workingDays).toBe(261 - 13 + 2)
    expect(on('2026-04-27')).toMatchObject({ kind: 'compensatory', working: false })
    expect(on('2026-08-22')).toMatchObject({
      kind: 'make-up',
      working: true,
      sessions: [
        { from: '07:30', to: '11:30' },
        { from: '13:00', to: '17:00' },
      ],
    })
    expect(on('2026-11-24')).toMatchObject({ kind: 'working' })
    expect(year.candidates).toMatchObject([{ date: '2026-11-24', adopted: false }])
  })

  test.each(['26', '1999', '2070', 'nay'])('%s is no year of the calendar', async (year) => {
    expect(await codeOf(service.showYear({ year, centre: undefined }))).toBe('calendar.unknown-year')
  })
})

describe('changing a calendar', () => {
  test('an added day moves deadlines here at once, at the neighbour within a second, and is on record', async () => {
    const request = { start: new Date('2026-06-01T09:00:00+07:00'), amount: 1, unit: 'WORKING_DAY' as const }
    const dueAt = async (from: CalendarService) => {
      const { due } = dueDate({ ...request, calendar: await from.calendarFor(database.db, null) })
      return due && toLocalIso(due).slice(0, 10)
    }
    expect([await dueAt(service), await dueAt(neighbour)]).toEqual(['2026-06-02', '2026-06-02'])
    const added = await service.addException(aDay('2026-06-02'), administrator)
    expect(await dueAt(service)).toBe('2026-06-03')
    await expect.poll(() => dueAt(neighbour), { timeout: 1500, interval: 50 }).toBe('2026-06-03')
    const listed = await service.listExceptions({ year: '2026', calendar: 'nation' }, receptionist)
    expect(listed.items.map(({ date }) => date)).toContain('2026-06-02')
    expect(listed.mayChange).toBe(false)

    const changed = await service.changeException(
      {
        ...aDay('2026-06-02'),
        exception: added.id,
        version: 1,
        type: 'PARTIAL',
        sessions: [{ from: '07:30', to: '11:30' }],
      },
      administrator,
    )
    expect(changed).toMatchObject({ type: 'PARTIAL', version: 2 })
    expect((await deadline('2026-06-01T09:00', '1', 'WORKING_DAY')).due).toBe('2026-06-02T11:30:00+07:00')

    await service.removeException({ exception: added.id, version: 2, reason: 'nhập nhầm' }, administrator)
    expect(await dueAt(service)).toBe('2026-06-02')
    const events = await log.timeline(database.db, { kind: 'calendar', id: 'nation' })
    expect(events.filter(({ data }) => data.exception === added.id).map(({ type }) => type)).toEqual([
      'calendar-exception-added',
      'calendar-exception-changed',
      'calendar-exception-removed',
    ])
  })

  test('of two who add the same day at once one wins, and the version never counts a failed change', async () => {
    const before = await store.readVersion(database.db)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) =>
        (index % 2 ? service : neighbour).addException(aDay('2026-06-09'), administrator),
      ),
    )
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason.code] : [],
    )
    expect(refused).toEqual(Array(5).fill('calendar.exception-exists'))
    expect(await store.readVersion(database.db)).toBe(before + 1)
  })

  test('a change on a stale version is refused and overwrites nothing', async () => {
    const { id } = await service.addException(aDay('2026-06-10'), administrator)
    const change = { ...aDay('2026-06-10'), exception: id, version: 1 }
    const both = await Promise.allSettled([
      service.changeException({ ...change, name: { vi: 'Một', en: 'One' } }, administrator),
      service.changeException({ ...change, name: { vi: 'Hai', en: 'Two' } }, administrator),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(
      await codeOf(service.removeException({ exception: id, version: 1, reason: 'thử' }, administrator)),
    ).toBe('calendar.changed-meanwhile')
  })

  test('the candidate day is a switch', async () => {
    const { items } = await service.listExceptions({ year: '2026', calendar: 'nation' }, administrator)
    const culture = items.find(({ date }) => date === '2026-11-24')
    const switchTo = (adopted: boolean) =>
      service.adoptCandidate({ exception: culture?.id ?? '', adopted, ...basis }, administrator)
    expect((await deadline('2026-11-20T09:00', '3', 'WORKING_DAY')).due).toBe('2026-11-25T17:00:00+07:00')
    await switchTo(true)
    const adopted = await deadline('2026-11-20T09:00', '3', 'WORKING_DAY')
    expect(adopted.due).toBe('2026-11-26T17:00:00+07:00')
    expect(adopted.explanation[2]).toBe('Không tính cuối tuần và 24/11 nghỉ Ngày Văn hóa Việt Nam.')
    await switchTo(false)
    expect((await deadline('2026-11-20T09:00', '3', 'WORKING_DAY')).due).toBe('2026-11-25T17:00:00+07:00')
    const tet = items.find(({ date }) => date === '2026-02-17')
    const wrong = service.adoptCandidate({ exception: tet?.id ?? '', adopted: true, ...basis }, administrator)
    expect(await codeOf(wrong)).toBe('calendar.not-a-candidate')
  })

  test('publishing a year makes its answers final', async () => {
    const ask = async () => (await deadline('2026-12-31T10:00', '2', 'WORKING_DAY')).provisional
    await service.publishYear({ year: '2027', official: true, ...basis }, administrator)
    expect(await ask()).toBe(false)
    await service.publishYear({ year: '2027', official: false, ...basis }, administrator)
    expect(await ask()).toBe(true)
    expect(await codeOf(service.publishYear({ year: '1990', official: true, ...basis }, administrator))).toBe(
      'calendar.unknown-year',
    )
  })

  test('a centre has hours and days of its own; others do not notice', async () => {
    await service.setWorkingHours(
      {
        calendar: CENTRE,
        weekly: { '5': [{ from: '07:00', to: '11:00' }] },
        duty: { '6': [{ from: '08:00', to: '11:00' }] },
        ...basis,
      },
      director,
    )
    await service.addException({ ...aDay('2026-07-01'), calendar: CENTRE }, director)
    const { hours } = await service.listExceptions({ year: '2026', calendar: CENTRE }, receptionist)
    expect(hours).toEqual({
      weekly: { '5': [{ from: '07:00', to: '11:00' }] },
      duty: { '6': [{ from: '08:00', to: '11:00' }] },
    })
    expect((await deadline('2026-07-02T09:00', '1', 'WORKING_DAY', CENTRE)).due).toBe(
      '2026-07-03T11:00:00+07:00',
    )
    expect((await deadline('2026-07-02T09:00', '1', 'WORKING_DAY')).due).toBe('2026-07-03T17:00:00+07:00')
    expect((await deadline('2026-06-30T09:00', '1', 'WORKING_DAY', CENTRE)).due).toBe(
      '2026-07-02T17:00:00+07:00',
    )
    const other = await deadline('2026-06-30T09:00', '1', 'WORKING_DAY', 'trung-tam-mong-cai')
    expect(other.due).toBe('2026-07-01T17:00:00+07:00')
    const saturday = await service.showYear({ year: '2026', centre: CENTRE })
    expect(saturday.days.find(({ date }) => date === '2026-07-04')).toMatchObject({
      kind: 'duty',
      working: false,
    })
  })

  test('the province stands between nation and centre', async () => {
    await service.addException({ ...aDay('2026-10-30'), calendar: 'province' }, administrator)
    await service.addException({ ...aDay('2026-10-30'), type: 'WORK', calendar: CENTRE }, director)
    const due = async (centre?: string) =>
      (await deadline('2026-10-29T09:00', '1', 'WORKING_DAY', centre)).due
    expect(await due()).toBe('2026-11-02T17:00:00+07:00')
    expect(await due(CENTRE)).toBe('2026-10-30T11:00:00+07:00')
  })

  test('who may change what', async () => {
    const add = (calendar: string, actor: StaffActor) =>
      service.addException({ ...aDay('2026-07-07'), calendar }, actor)
    expect(await codeOf(add('nation', director))).toBe('calendar.not-allowed')
    expect(await codeOf(add('province', director))).toBe('calendar.not-allowed')
    expect(await codeOf(add('trung-tam-mong-cai', director))).toBe('calendar.not-allowed')
    expect(await codeOf(add(CENTRE, receptionist))).toBe('calendar.not-allowed')
    expect(await codeOf(service.publishYear({ year: '2027', official: true, ...basis }, director))).toBe(
      'calendar.not-allowed',
    )
    expect(await codeOf(service.importYears({ tables: document, reason: 'thử' }, director))).toBe(
      'calendar.not-allowed',
    )
    expect(
      await codeOf(service.setWorkingHours({ calendar: 'nation', weekly: {}, duty: {}, ...basis }, director)),
    ).toBe('calendar.not-allowed')
    const { items } = await service.listExceptions({ year: '2026', calendar: 'nation' }, director)
    const row = { exception: items[0]?.id ?? '', version: 1, reason: 'thử' }
    expect(await codeOf(service.removeException(row, director))).toBe('calendar.not-allowed')
    expect((await add(CENTRE, director)).date).toBe('2026-07-07')
  })

  test('refusals of the rest', async () => {
    const gone = { exception: v7(), version: 1, reason: 'thử' }
    expect(await codeOf(service.removeException(gone, administrator))).toBe('calendar.unknown-exception')
    expect(await codeOf(service.addException({ ...aDay('2071-01-01') }, administrator))).toBe(
      'calendar.out-of-range',
    )
    expect(
      await codeOf(service.addException({ ...aDay('2026-07-08'), calendar: 'khong-co' }, administrator)),
    ).toBe('calendar.unknown-centre')
    const partial = { ...aDay('2026-07-08'), type: 'PARTIAL' as const }
    const impossible = [
      [],
      [{ from: '11:00', to: '08:00' }],
      [
        { from: '08:00', to: '12:00' },
        { from: '11:00', to: '17:00' },
      ],
    ]
    for (const sessions of impossible)
      expect(await codeOf(service.addException({ ...partial, sessions }, administrator))).toBe(
        'calendar.impossible-sessions',
      )
  })
})

describe('the year tables', () => {
  const rows = () => database.db.selectFrom('calendar_exception').selectAll().orderBy('id').execute()

  test('a second start adds nothing and undoes nothing', async () => {
    const before = await rows()
    expect(await service.seed(database.db, document)).toBe(0)
    expect(await rows()).toEqual(before)
  })

  test('a start of a newer release adds its new years and leaves the others alone', async () => {
    const before = await rows()
    const tables = structuredClone(document)
    const [year] = tables.years.splice(0).filter((table) => table.year === 2027)
    if (!year) throw new Error('2027 is in the tables')
    const days = year.days.slice(0, 1).map((day) => ({ ...day, date: '2028-01-03' }))
    tables.years.push({ ...year, year: 2028, days })
    expect(await service.seed(database.db, tables)).toBe(1)
    expect(await rows()).toHaveLength(before.length + 1)
    expect((await deadline('2028-01-02', '1', 'WORKING_DAY')).due).toBe('2028-01-04T17:00:00+07:00')
  })

  test('of two processes that start at once on an empty database one brings the years in', async () => {
    const empty = await testDatabase()
    const deps = { db: empty.db, log, clock, isCentre: async () => false }
    const starts = [createCalendarService(deps), createCalendarService(deps), createCalendarService(deps)]
    const added = await Promise.all(starts.map((each) => each.seed(empty.db, document)))
    const total = document.years.reduce((sum, { days }) => sum + days.length, 0)
    expect(added.toSorted((a, b) => b - a)).toEqual([total, 0, 0])
    await empty.drop()
  })

  test('a file with one bad row is refused by its name, and nothing is lost', async () => {
    const before = await rows()
    const version = await store.readVersion(database.db)
    const tables = structuredClone(document)
    const row = tables.years.find(({ year }) => year === 2025)?.days[3]
    if (row) row.date = '2025-02-30'
    const { code, details } = await refusal(service.importYears({ tables, reason: 'thử' }, administrator))
    expect(code).toBe('calendar.bad-import')
    expect(details).toMatchObject({ year: 2025, row: 4, date: '2025-02-30' })
    expect(await rows()).toEqual(before)
    expect(await store.readVersion(database.db)).toBe(version)
  })

  test.each([
    ['a source nobody knows', { sources: ['X99'] }, 'X99'],
    ['a holiday nobody knows', { holiday: 'carnival' }, 'carnival'],
    ['another year', { date: '2024-12-25' }, 'another year'],
    ['a day twice', { date: '2025-01-01' }, 'twice'],
    ['a day off that is work', { type: 'WORK' }, 'WORK'],
    ['no source', { sources: [] }, 'source'],
  ])('names the row with %s', async (_what, wrong, said) => {
    const tables = structuredClone(document)
    Object.assign(tables.years.find(({ year }) => year === 2025)?.days[3] ?? {}, wrong)
    const { details } = await refusal(service.importYears({ tables, reason: 'thử' }, administrator))
    expect(details).toMatchObject({ year: 2025, row: 4 })
    expect(details.problem).toContain(said)
  })

  test('something else than a table is refused', async () => {
    expect(await codeOf(service.importYears({ tables: { hello: 1 }, reason: 'thử' }, administrator))).toBe(
      'calendar.bad-import',
    )
  })

  test('an import replaces whole years, keeps other years and the adopted candidate', async () => {
    const { items } = await service.listExceptions({ year: '2027', calendar: 'nation' }, administrator)
    const culture = items.find(({ date }) => date === '2027-11-24')
    await service.adoptCandidate({ exception: culture?.id ?? '', adopted: true, ...basis }, administrator)
    const of2026 = await service.listExceptions({ year: '2026', calendar: 'nation' }, administrator)

    const tables = structuredClone(document)
    tables.years = tables.years.filter(({ year }) => year === 2027)
    const [only] = tables.years
    if (only) {
      only.official = true
      only.days = only.days.filter(({ date }) => date !== '2027-02-04')
    }
    const answer = await service.importYears({ tables, reason: 'Thông báo chính thức' }, administrator)
    expect(answer).toEqual({ years: [2027], rows: only?.days.length })
    const after = await service.listExceptions({ year: '2027', calendar: 'nation' }, administrator)
    expect(after.items.map(({ date }) => date)).not.toContain('2027-02-04')
    expect(after.items.find(({ date }) => date === '2027-11-24')).toMatchObject({ adopted: true })
    expect(await service.listExceptions({ year: '2026', calendar: 'nation' }, administrator)).toEqual(of2026)
    expect((await deadline('2026-12-31T10:00', '2', 'WORKING_DAY')).provisional).toBe(false)
  })
})

test('every declared code is provoked by a test of this module', async () => {
  const { readFile } = await import('node:fs/promises')
  const files = [import.meta.filename, path.join(import.meta.dirname, 'parameters.test.ts')]
  const text = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n')
  const declared = Object.values(contract).flatMap((entry) =>
    typeof entry === 'object' && 'errors' in entry ? [...entry.errors] : [],
  )
  expect(new Set(declared)).toEqual(new Set(Object.keys(calendarErrors)))
  expect(Object.keys(calendarErrors).filter((code) => !text.includes(`'${code}'`))).toEqual([])
})

test('when every connection is inside a transaction that asks, nobody waits for another connection', async () => {
  const small = await testDatabase({ poolSize: 2 })
  const fresh = createCalendarService({ db: small.db, log, clock, isCentre: async () => false })
  await fresh.seed(small.db, document)
  const ask = () =>
    inTransaction(small.db, async (tx) => {
      const calendar = await fresh.calendarFor(tx, null)
      const { due } = dueDate({
        ...{ start: new Date('2026-04-24T10:00:00+07:00'), amount: 3, unit: 'WORKING_DAY', calendar },
      })
      return due && toLocalIso(due)
    })
  const answers = await Promise.all(Array.from({ length: 8 }, ask))
  expect(new Set(answers)).toEqual(new Set(['2026-05-04T17:00:00+07:00']))
  await small.drop()
})
