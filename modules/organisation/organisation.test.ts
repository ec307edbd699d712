import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grant, StaffActor } from '#modules/identity/contract.ts'
import { movableClock } from '#platform/clock/clock.ts'
import { platformErrors, Refusal } from '#platform/errors.ts'
import { createHttpServer } from '#platform/http/server.ts'
import { createLog } from '#platform/log/log.ts'
import { instantOf } from '#platform/time/vietnam.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import * as contract from './contract.ts'
import { readProfile } from './document.ts'
import { organisationErrors } from './errors.ts'
import {
  createOrganisationService,
  demoStaff,
  type OrganisationService,
  seedDemoStaff,
  seedOrganisation,
} from './index.ts'
import { createOrganisationRoutes } from './routes.ts'

const TODAY = '2026-11-24'
const NOBODY_ID = '00000000-0000-7000-8000-000000000000'
const clock = movableClock(instantOf(TODAY, 9 * 60))
const tour = { from: '2026-01-01', to: '2027-12-31', at: clock.now() }

const officer = (...grants: Grant[]): { actor: StaffActor } => ({
  actor: {
    kind: 'staff',
    id: 'account-1',
    username: 'quantri.mau',
    name: 'Mẫu Thị Quản Trị',
    position: 'Quản trị',
    unit: 'tthcc-tinh',
    centre: null,
    counter: null,
    grants,
    session: 's',
  },
})
const system = officer({ role: 'SYSTEM_ADMIN', scope: 'province', unit: null })
const ofHaLong = officer({ role: 'UNIT_ADMIN', scope: 'agency', unit: 'tthcc-ha-long' })
const reception = officer({ role: 'RECEPTION', scope: 'province', unit: null })

let database: TestDatabase
let service: OrganisationService
let milliseconds = 0
const serviceOn = () =>
  createOrganisationService({ db: database.db, log: createLog(), clock, monotonic: () => milliseconds })

beforeAll(async () => {
  database = await testDatabase()
  await seedOrganisation(database.db, 'quang-ninh-2016')
  await seedDemoStaff(database.db, 'quang-ninh-2016', { ...tour, accountOf: (username) => `acc-${username}` })
  service = serviceOn()
})
afterAll(() => database.drop())

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (error instanceof Refusal) return error.code
  if (error !== undefined) throw error
  return 'accepted'
}
const eventsOf = async (id: string) =>
  (await createLog().timeline(database.db, { kind: id.includes('quay') ? 'counter' : 'unit', id })).map(
    (event) => event.type,
  )
const aStaff = async (unit = 'so-tu-phap'): Promise<string> =>
  (
    await service.addStaff(
      {
        unit,
        fullName: 'Thử Văn Một',
        position: 'Chuyên viên',
        account: null,
        phone: null,
        fields: [],
        leader: false,
      },
      system,
    )
  ).id
const aTour = (staff: string, from: string, to: string) => ({
  centre: 'tthcc-ha-long',
  staff,
  from,
  to,
  decisionNo: '12/QĐ-MẪU',
  fields: ['Hộ tịch'],
  backupOf: null,
  exceptionBasis: null,
})
const aCounter = (number: number) => ({
  centre: 'tthcc-ha-long',
  number,
  name: 'Quầy thử',
  kinds: ['reception' as const],
  agencies: ['tu-phap-ha-long'],
  fields: [],
  priority: false,
})

describe('seeding', () => {
  it('is quick, happens once though processes start together, and keeps what was changed since', async () => {
    const other = await testDatabase()
    const began = performance.now()
    const done = await Promise.all([1, 2, 3].map(() => seedOrganisation(other.db, 'quang-ninh-2025')))
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(done.sort()).toEqual(['loaded', 'present', 'present'])
    await sql`update unit set name = 'Tên đã đổi' where id = 'so-tu-phap'`.execute(other.db)
    expect(await seedOrganisation(other.db, 'quang-ninh-2025')).toBe('present')
    const { rows } = await sql<{ name: string }>`select name from unit where id = 'so-tu-phap'`.execute(
      other.db,
    )
    expect(rows[0]?.name).toBe('Tên đã đổi')
    await expect(seedOrganisation(other.db, 'quang-ninh-2016')).rejects.toThrow('quang-ninh-2025')
    expect(await seedDemoStaff(other.db, 'quang-ninh-2025', tour)).toBe('loaded')
    expect(await seedDemoStaff(other.db, 'quang-ninh-2025', tour)).toBe('present')
    const there = createOrganisationService({ db: other.db, log: createLog(), clock })
    expect((await there.listCentres({})).items).toHaveLength(55)
    await other.drop()
  })

  it('links each demo account to one officer', async () => {
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int n from staff where account_id like 'acc-%'`.execute(database.db)
    const staff = await demoStaff('quang-ninh-2016')
    expect(rows[0]?.n).toBe(staff.length)
    const agencyOf = (username: string) => staff.find((person) => person.username === username)?.agency
    expect(agencyOf('chuyenvien.halong')).toBe('ubnd-ha-long')
    expect(agencyOf('giamsat.tinh')).toBe('tthcc-tinh')
  })

  it('finds a subtree by the prefix index', async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int n from unit where path like '/ubnd-tinh/ubnd-co-to/%'`.execute(database.db)
    // 1 committee, its office with the centre, 11 sections, 3 communes with their posts (wards have their police elsewhere).
    expect(rows[0]?.n).toBe(1 + 2 + 11 + 3 * 9)
  })
})

describe('what the public reads over HTTP', () => {
  const server = async () =>
    createHttpServer({
      db: database.db,
      clock,
      routes: createOrganisationRoutes(service),
      errors: { ...platformErrors, ...organisationErrors },
      authenticate: async () => undefined,
      nobody: { kind: 'public' },
      publicRequestsPerMinute: 1_000,
      checkAnswers: true,
      logLevel: 'silent',
      trustProxy: false,
    })

  it('lists centres, one with rooms and counters, and its directory without personal numbers', async () => {
    const app = await server()
    const { items } = (await app.inject('/api/centres')).json()
    expect(items).toHaveLength(15)
    expect(items[0]).toMatchObject({ id: 'tthcc-tinh', kind: 'centre', level: 'province' })
    expect(items[1]).toMatchObject({ id: 'tthcc-ha-long', adminCode: '193', place: 'Thành phố Hạ Long' })
    const top = (await app.inject('/api/centres/tthcc-tinh')).json()
    expect(top.rooms.map((room: { name: string }) => room.name)).toEqual(
      expect.arrayContaining(['Phòng Tiếp nhận hồ sơ và trả kết quả']),
    )
    expect(top.rooms).toHaveLength(3)
    expect(top.counters.map((counter: { number: number }) => counter.number)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ])
    const staff = (await app.inject('/api/centres/tthcc-ha-long/staff')).json().items
    expect(staff).toHaveLength(5)
    expect(staff[0]).toMatchObject({ leader: true, seconded: false })
    expect(staff[1]).toMatchObject({ counter: 1, seconded: true, fields: ['Hộ tịch', 'Chứng thực'] })
    expect(Object.keys(staff[1]).sort()).toEqual(
      ['counter', 'fields', 'id', 'leader', 'name', 'phone', 'position', 'seconded', 'unit'].sort(),
    )
    expect((await app.inject('/api/centres/so-tu-phap')).json().code).toBe('organisation.centre-not-found')
    expect((await app.inject('/api/units/khong-co')).json().code).toBe('organisation.unit-not-found')
    expect((await app.inject('/api/centres/tthcc-tinh/secondments')).statusCode).toBe(401)
    await app.close()
  })

  it('searches units without accents and pages through all of them exactly once', async () => {
    const app = await server()
    const found = (await app.inject('/api/units?q=so%20tu%20phap')).json()
    expect(found.items[0].id).toBe('so-tu-phap')
    const nothing = (await app.inject('/api/units?q=u%20phap')).json()
    expect(nothing.items.map((unit: { id: string }) => unit.id)).not.toContain('so-tu-phap')
    const seen: string[] = []
    let after = ''
    for (;;) {
      const page: { items: { id: string }[]; next: string | null } = (
        await app.inject(`/api/units?kind=people-committee&limit=50${after}`)
      ).json()
      seen.push(...page.items.map((unit) => unit.id))
      if (page.next === null) break
      after = `&after=${encodeURIComponent(page.next)}`
    }
    expect(seen).toHaveLength(1 + 14 + 186)
    expect(new Set(seen).size).toBe(seen.length)
    const unit = (await app.inject('/api/units/tu-phap-ha-long')).json()
    expect(unit).toMatchObject({
      identifier: null,
      effectiveIdentifier: 'H49',
      parentName: 'Ủy ban nhân dân thành phố Hạ Long',
    })
    const children = (await app.inject('/api/units?parent=tthcc-tinh')).json().items
    expect(children).toHaveLength(3)
    await app.close()
  })

  it('offers places level by level and by name', async () => {
    const app = await server()
    const get = async (query: string) => (await app.inject(`/api/admin-units${query}`)).json().items
    expect((await get('')).map((place: { code: string }) => place.code)).toEqual(['22'])
    expect(await get('?parent=22')).toHaveLength(14)
    expect(await get('?parent=193')).toHaveLength(20)
    expect((await get('?q=cao%20xanh'))[0]).toMatchObject({ code: '06658', parentName: 'Thành phố Hạ Long' })
    await app.close()
  })

  it('2025: an old name finds the place it became', async () => {
    const other = await testDatabase()
    await seedOrganisation(other.db, 'quang-ninh-2025')
    const there = createOrganisationService({ db: other.db, log: createLog(), clock })
    const { items } = await there.listAdminUnits({ q: 'ha phong', limit: 10 })
    expect(items.map((place) => place.fullName)).toEqual(['Phường Hà Tu'])
    expect(items[0]?.formerNames).toContainEqual({ code: '06652', name: 'Phường Hà Phong', partial: false })
    const old = await there.getUnit({ unit: 'so-noi-vu-cu' })
    expect(old).toMatchObject({ inForce: false, validTo: '2025-02-28' })
    expect(old.successors.map((one) => one.id)).toContain('so-noi-vu')
    await other.drop()
  })
})

describe('editing a unit', () => {
  const edit = (unit: string, version: number, rest: object = {}) => ({
    unit,
    legalBasis: 'Quyết định 1/QĐ-MẪU',
    effectiveFrom: TODAY,
    version,
    ...rest,
  })

  it('renames with the legal basis, keeps the old name for old papers, and records who did it', async () => {
    const renamed = await service.editUnit(edit('so-du-lich', 1, { name: 'Sở Du lịch và Dịch vụ' }), system)
    expect(renamed).toMatchObject({ name: 'Sở Du lịch và Dịch vụ', version: 2 })
    expect(renamed.formerNames).toEqual([{ name: 'Sở Du lịch', until: '2026-11-23' }])
    expect(await eventsOf('so-du-lich')).toEqual(['unit-edited'])
  })

  it('of two edits of one version one wins', async () => {
    const attempts = [1, 2, 3, 4].map((n) =>
      codeOf(service.editUnit(edit('so-ngoai-vu', 1, { shortName: `SNV ${n}` }), system)),
    )
    const codes = (await Promise.all(attempts)).sort()
    expect(codes).toEqual(['accepted', ...Array(3).fill('organisation.changed-meanwhile')])
  })

  it('gives an identifier that continues the one above, to one agency only', async () => {
    const given = await service.editUnit(edit('so-y-te', 1, { identifier: 'H49.99' }), system)
    expect(given.effectiveIdentifier).toBe('H49.99')
    expect(await codeOf(service.editUnit(edit('so-cong-thuong', 1, { identifier: 'H49.99' }), system))).toBe(
      'organisation.identifier-taken',
    )
    for (const identifier of ['H50.1', 'h49.1', 'H49', 'H49..1'])
      expect(
        await codeOf(service.editUnit(edit('so-cong-thuong', 1, { identifier }), system)),
        identifier,
      ).toBe('organisation.identifier-invalid')
  })

  it('refuses the unknown, the future and what is outside the unit', async () => {
    expect(await codeOf(service.editUnit(edit('khong-co', 1), system))).toBe('organisation.unit-not-found')
    const future = edit('so-tu-phap', 1, { effectiveFrom: '2026-11-25' })
    expect(await codeOf(service.editUnit(future, system))).toBe('organisation.date-in-future')
    expect(await codeOf(service.editUnit(edit('so-tu-phap', 1), ofHaLong))).toBe(
      'organisation.outside-your-unit',
    )
    expect(await codeOf(service.editUnit(edit('so-tu-phap', 1), reception))).toBe(
      'organisation.outside-your-unit',
    )
  })

  it('is seen by another process within a second', async () => {
    const other = serviceOn()
    await other.getUnit({ unit: 'ban-dan-toc' })
    await service.editUnit(edit('ban-dan-toc', 1, { name: 'Ban Dân tộc mới' }), system)
    expect((await service.getUnit({ unit: 'ban-dan-toc' })).name).toBe('Ban Dân tộc mới')
    milliseconds += 1_001
    expect((await other.getUnit({ unit: 'ban-dan-toc' })).name).toBe('Ban Dân tộc mới')
    const [before, after] = [await other.tree(), await other.tree()]
    expect(after).toBe(before)
  })
})

describe('counters', () => {
  it('open, close and open again within the own centre; a closed number is free', async () => {
    const opened = await service.openCounter(aCounter(21), ofHaLong)
    expect(opened.agencies).toEqual([{ id: 'tu-phap-ha-long', name: 'Phòng Tư pháp thành phố Hạ Long' }])
    expect((await service.closeCounter({ counter: opened.id }, ofHaLong)).closedOn).toBe(TODAY)
    const second = await service.openCounter(aCounter(21), ofHaLong)
    expect(await codeOf(service.reopenCounter({ counter: opened.id }, ofHaLong))).toBe(
      'organisation.counter-number-taken',
    )
    await service.closeCounter({ counter: second.id }, ofHaLong)
    expect((await service.reopenCounter({ counter: opened.id }, ofHaLong)).closedOn).toBeNull()
    expect(await eventsOf(opened.id)).toEqual(['counter-opened', 'counter-closed', 'counter-reopened'])
  })

  it('one number is given once, though many ask together', async () => {
    const codes = await Promise.all(
      Array.from({ length: 8 }, () => codeOf(service.openCounter(aCounter(30), ofHaLong))),
    )
    expect(codes.filter((code) => code === 'accepted')).toHaveLength(1)
    expect(new Set(codes.filter((code) => code !== 'accepted'))).toEqual(
      new Set(['organisation.counter-number-taken']),
    )
  })

  it('have one officer, and an officer one counter, also under a rush', async () => {
    const [one, two] = [
      await service.openCounter(aCounter(41), ofHaLong),
      await service.openCounter(aCounter(42), ofHaLong),
    ]
    const staff = await aStaff('tthcc-ha-long')
    const rush = [one.id, two.id, one.id, two.id, one.id].map((counter) =>
      codeOf(service.assignCounter({ counter, staff }, ofHaLong)),
    )
    for (const code of await Promise.all(rush))
      expect(['accepted', 'organisation.counter-occupied']).toContain(code)
    const open = await sql`
      select 1 from counter_assignment where staff_id = ${staff} and to_at is null`.execute(database.db)
    expect(open.rows).toHaveLength(1)
    await service.closeCounter({ counter: one.id }, ofHaLong)
    expect(await codeOf(service.assignCounter({ counter: one.id, staff }, ofHaLong))).toBe(
      'organisation.counter-closed',
    )
    expect(await codeOf(service.assignCounter({ counter: two.id, staff: NOBODY_ID }, ofHaLong))).toBe(
      'organisation.staff-not-found',
    )
    await service.assignCounter({ counter: two.id, staff }, ofHaLong)
    const seen = async () =>
      (await service.listCounters({ centre: 'tthcc-ha-long' })).items
        .filter(({ number }) => number === 41 || number === 42)
        .map(({ number, closedOn, officer: who }) => [number, closedOn, who?.id ?? null])
    expect(await seen()).toEqual([
      [41, TODAY, null],
      [42, null, staff],
    ])
    const employed = (await service.listUnitStaff({ unit: 'tthcc-ha-long' })).items
    expect(employed.find(({ id }) => id === staff)).toMatchObject({ counter: 42, seconded: false })
    expect((await service.assignCounter({ counter: two.id, staff: null }, ofHaLong)).id).toBe(two.id)
    expect(await seen()).toContainEqual([42, null, null])
  })

  it('tell that an officer was taken at the same moment', async () => {
    const counter = await service.openCounter(aCounter(43), ofHaLong)
    const staff = await aStaff('tthcc-ha-long')
    // Another process holds an assignment of this officer that this transaction cannot see yet.
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let began = (): void => undefined
    const started = new Promise<void>((resolve) => {
      began = resolve
    })
    const other = database.db.transaction().execute(async (tx) => {
      await sql`insert into counter_assignment (id, counter_id, staff_id, from_at)
        select gen_random_uuid(), id, ${staff}, now() from counter where centre_id = 'tthcc-co-to' and number = 5`.execute(
        tx,
      )
      began()
      await held
    })
    await started
    const losing = codeOf(service.assignCounter({ counter: counter.id, staff }, ofHaLong))
    await new Promise((resolve) => setTimeout(resolve, 150))
    release()
    await other
    expect(await losing).toBe('organisation.counter-occupied')
  })

  it('refuse the unknown and other people’s centres', async () => {
    expect(await codeOf(service.closeCounter({ counter: 'khong-co' }, system))).toBe(
      'organisation.counter-not-found',
    )
    expect(await codeOf(service.closeCounter({ counter: 'tthcc-co-to-quay-1' }, ofHaLong))).toBe(
      'organisation.outside-your-unit',
    )
    expect(await codeOf(service.openCounter({ ...aCounter(50), centre: 'so-tu-phap' }, system))).toBe(
      'organisation.centre-not-found',
    )
    expect(await codeOf(service.openCounter({ ...aCounter(50), agencies: ['khong-co'] }, system))).toBe(
      'organisation.unit-not-found',
    )
  })
})

describe('staff and secondments', () => {
  it('adds an officer once per account, in a unit in force', async () => {
    const person = {
      unit: 'tthcc-ha-long',
      fullName: 'Ví Dụ Thị Hai',
      position: 'Viên chức',
      account: 'acc-ví-dụ-2',
      phone: null,
      fields: [],
      leader: false,
    }
    expect(await codeOf(service.addStaff(person, ofHaLong))).toBe('accepted')
    expect(await codeOf(service.addStaff(person, ofHaLong))).toBe('organisation.account-taken')
    expect(await codeOf(service.addStaff({ ...person, unit: 'so-tu-phap' }, ofHaLong))).toBe(
      'organisation.outside-your-unit',
    )
    await sql`insert into unit (id, name, short_name, kind, level, parent_id, path, valid_to, confidence, source)
      values ('phong-da-giai-the', 'Phòng đã giải thể', 'Phòng cũ', 'room', 'district', 'tthcc-ha-long',
        '/ubnd-tinh/ubnd-ha-long/vp-ha-long/tthcc-ha-long/phong-da-giai-the/', '2026-06-30', 'local', 'thử')`.execute(
      database.db,
    )
    await sql`update organisation set version = version + 1`.execute(database.db)
    milliseconds += 1_001
    expect(
      await codeOf(service.addStaff({ ...person, account: null, unit: 'phong-da-giai-the' }, system)),
    ).toBe('organisation.unit-ended')
  })

  it('of overlapping tours that arrive together exactly one is written', async () => {
    const staff = await aStaff()
    const asked = Array.from({ length: 10 }, (_, month) =>
      aTour(staff, `2026-0${(month % 9) + 1}-01`, `2027-0${(month % 9) + 1}-28`),
    )
    const codes = await Promise.all(asked.map((one) => codeOf(service.startSecondment(one, ofHaLong))))
    expect(codes.filter((code) => code === 'accepted')).toHaveLength(1)
    expect(codes.filter((code) => code === 'organisation.secondment-overlap')).toHaveLength(9)
    const { items } = await service.listSecondments({ centre: 'tthcc-ha-long' }, ofHaLong)
    expect(items.filter((one) => one.staff === staff)).toHaveLength(1)
  })

  it('ends one early, after which the next may begin on the following day', async () => {
    const staff = await aStaff()
    const first = await service.startSecondment(aTour(staff, '2026-01-01', '2027-06-30'), ofHaLong)
    expect(first.sendingUnit).toEqual({ id: 'so-tu-phap', name: 'Sở Tư pháp' })
    const early = { secondment: first.id, endedOn: '2025-12-31', reason: 'nhận nhiệm vụ khác' }
    expect(await codeOf(service.endSecondment(early, ofHaLong))).toBe('organisation.secondment-dates')
    await service.endSecondment({ ...early, endedOn: '2026-11-30' }, ofHaLong)
    expect(await codeOf(service.startSecondment(aTour(staff, '2026-11-30', '2027-12-31'), ofHaLong))).toBe(
      'organisation.secondment-overlap',
    )
    const next = { ...aTour(staff, '2026-12-01', '2027-11-30'), backupOf: first.id }
    expect(await codeOf(service.startSecondment(next, ofHaLong))).toBe('accepted')
    const events = await createLog().timeline(database.db, { kind: 'staff', id: staff })
    expect(events.map((event) => event.type)).toEqual([
      'staff-added',
      'secondment-started',
      'secondment-ended',
      'secondment-started',
    ])
  })

  it.each([
    ['eleven months', '2026-01-01', '2026-11-30', null, 'organisation.secondment-length'],
    ['twelve months to the day before', '2026-01-01', '2026-12-31', null, 'accepted'],
    ['thirty-six months and a day', '2026-01-01', '2029-01-02', null, 'organisation.secondment-length'],
    ['three months with a stated basis', '2026-01-01', '2026-03-31', 'Văn bản 5/UBND-MẪU', 'accepted'],
    ['six months under the rules before July 2025', '2024-01-01', '2024-06-30', null, 'accepted'],
    [
      'thirty months under the rules before July 2025',
      '2023-01-01',
      '2025-06-30',
      null,
      'organisation.secondment-length',
    ],
  ])('a tour of %s', async (_words, from, to, exceptionBasis, expected) => {
    const asked = { ...aTour(await aStaff(), from, to), exceptionBasis }
    expect(await codeOf(service.startSecondment(asked, ofHaLong))).toBe(expected)
  })

  it('refuses unknown people, tours and centres, and other people’s centres', async () => {
    const staff = await aStaff()
    const good = aTour(staff, '2026-01-01', '2027-01-01')
    expect(await codeOf(service.startSecondment({ ...good, staff: NOBODY_ID }, system))).toBe(
      'organisation.staff-not-found',
    )
    expect(await codeOf(service.startSecondment({ ...good, backupOf: NOBODY_ID }, system))).toBe(
      'organisation.secondment-not-found',
    )
    expect(await codeOf(service.startSecondment({ ...good, centre: 'so-tu-phap' }, system))).toBe(
      'organisation.centre-not-found',
    )
    expect(await codeOf(service.startSecondment({ ...good, centre: 'tthcc-co-to' }, ofHaLong))).toBe(
      'organisation.outside-your-unit',
    )
    const beforeTheCentre = { ...good, centre: 'tthcc-tinh', from: '2010-01-01', to: '2011-06-30' }
    expect(await codeOf(service.startSecondment(beforeTheCentre, system))).toBe('organisation.unit-ended')
    const end = { secondment: NOBODY_ID, endedOn: TODAY, reason: 'không có' }
    expect(await codeOf(service.endSecondment(end, system))).toBe('organisation.secondment-not-found')
    expect(await codeOf(service.listSecondments({ centre: 'tthcc-ha-long' }, reception))).toBe(
      'organisation.outside-your-unit',
    )
  })
})

describe('importing an organisation', () => {
  const unit = (id: string, rest: object = {}) => ({
    id,
    name: `Đơn vị ${id}`,
    shortName: id,
    kind: 'section',
    level: 'province',
    parent: 'so-tu-phap',
    confidence: 'local',
    source: 'tinh',
    ...rest,
  })
  const file = (units: unknown[], rest: object = {}) => ({
    document: {
      format: 'mot-cua/organisation@1',
      profile: 'quang-ninh-2016',
      title: 'Tổ chức hành chính tỉnh Quảng Ninh năm 2016',
      asOf: '2016-12-31',
      adminEdition: '2016',
      sources: { tinh: 'Quyết định của tỉnh' },
      units,
      ...rest,
    },
  })
  const has = async (id: string) =>
    (await service.listUnits({ q: '', ended: true, limit: 200, parent: 'so-tu-phap' })).items.some(
      (one) => one.id === id,
    )

  it('adds and changes units, which everybody sees', async () => {
    const done = await service.importOrganisation(file([unit('phong-moi-a'), unit('phong-moi-b')]), system)
    expect(done).toEqual({ units: 2, changed: 2, centres: 0 })
    expect(await has('phong-moi-b')).toBe(true)
    const again = await service.importOrganisation(file([unit('phong-moi-a'), unit('phong-moi-b')]), system)
    expect(again.changed).toBe(0)
  })

  it.each<[string, number, object, object?]>([
    ['unknown-parent', 3, unit('xau', { parent: 'khong-co' })],
    ['duplicate-id', 3, unit('tot-1')],
    ['dates-reversed', 3, unit('xau', { validFrom: '2020-02-01', validTo: '2020-01-01' })],
    ['cycle', 3, unit('xau', { parent: 'xau' })],
    ['unknown-source', 3, unit('xau', { source: 'ai-do' })],
    ['identifier-taken', 3, unit('xau', { identifier: 'H49' })],
    ['no-attributes', 3, unit('xau', { kind: 'centre' })],
    [
      'unknown-unit',
      1,
      unit('xau'),
      {
        successions: [
          { from: 'xau', to: 'khong-co', date: TODAY, partial: false, confidence: 'local', source: 'tinh' },
        ],
      },
    ],
    [
      'not-a-centre',
      1,
      unit('xau'),
      { centres: [{ unit: 'xau', address: null, phone: null, receptionPoints: [], seatAdminCode: '193' }] },
    ],
  ])('refuses the whole for one bad row: %s', async (code, row, bad, rest = {}) => {
    const asked = service.importOrganisation(file([unit('tot-1'), unit('tot-2'), bad], rest), system)
    const error = await asked.catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Refusal)
    expect(error).toMatchObject({ code: 'organisation.import-row', details: { row, code } })
    expect(await has('tot-1')).toBe(false)
  })

  it('moves a unit with everything beneath it', async () => {
    await service.importOrganisation(file([unit('to-a'), unit('to-a-1', { parent: 'to-a' })]), system)
    await service.importOrganisation(file([unit('to-a', { parent: 'so-y-te' })]), system)
    const { rows } = await sql<{ path: string }>`select path from unit where id = 'to-a-1'`.execute(
      database.db,
    )
    expect(rows[0]?.path).toBe('/ubnd-tinh/so-y-te/to-a/to-a-1/')
  })

  it('refuses to end a unit that others still hang on, and names its row', async () => {
    await service.importOrganisation(file([unit('to-b'), unit('to-b-1', { parent: 'to-b' })]), system)
    const asked = service.importOrganisation(file([unit('to-b', { validTo: '2026-01-01' })]), system)
    await expect(asked).rejects.toMatchObject({
      details: { row: 1, id: 'to-b', code: 'parent-ended-before' },
    })
  })

  it('names the row and the field that has a wrong shape', async () => {
    const bad = unit('xau', { kind: 'phong' })
    const asked = service.importOrganisation(file([unit('tot-1'), bad]), system)
    await expect(asked).rejects.toMatchObject({
      details: { row: 2, id: 'xau', reason: expect.stringContaining('kind') },
    })
    expect(await has('tot-1')).toBe(false)
  })

  it('refuses what is no such document, and people who may not', async () => {
    expect(await codeOf(service.importOrganisation({ document: { units: [] } }, system))).toBe(
      'organisation.import-head',
    )
    expect(await codeOf(service.importOrganisation(file([]), ofHaLong))).toBe(
      'organisation.outside-your-unit',
    )
  })

  it('takes the profile files themselves', async () => {
    const document = await readProfile('quang-ninh-2016')
    expect((await service.importOrganisation({ document }, system)).units).toBeGreaterThan(1_900)
  })
})

describe('the table of refusals', () => {
  it('has each code that an operation declares, with words in both languages, and no other', () => {
    const operations = Object.values(contract).filter(
      (value): value is typeof contract.editUnit => typeof value === 'object' && 'errors' in value,
    )
    const declared = new Set(operations.flatMap((operation) => [...operation.errors]))
    expect([...declared].sort()).toEqual(Object.keys(organisationErrors).sort())
  })
})
