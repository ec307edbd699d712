import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor, StaffActor } from '#modules/identity/contract.ts'
import { movableClock } from '#platform/clock/clock.ts'
import { Refusal } from '#platform/errors.ts'
import { createLog } from '#platform/log/log.ts'
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts'
import { catalogueErrors } from './errors.ts'
import { type CatalogueService, createCatalogueService, seedCatalogue } from './index.ts'

const clock = movableClock(new Date('2026-11-24T02:00:00Z'))
const log = createLog()
let database: TestDatabase
let service: CatalogueService
let seconds: number

const officer = (id: string, grants: StaffActor['grants']): Actor => ({
  kind: 'staff',
  id,
  username: id,
  name: `Mẫu ${id}`,
  position: 'Chuyên viên',
  unit: 'van-phong-ubnd',
  centre: null,
  counter: null,
  grants,
  session: `session-${id}`,
})
const admin = (id: string) => officer(id, [{ role: 'CATALOG_ADMIN', scope: 'province', unit: null }])
const an = admin('an')
const binh = admin('binh')
const clerk = officer('clerk', [{ role: 'RECEPTION', scope: 'centre', unit: 'tthcc-tinh' }])

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : `not a refusal: ${String(error)}`),
  )

const DATA = path.join(import.meta.dirname, '../../data/catalogue/procedures')
const secondsOfFreshSeed = async (): Promise<number> => {
  const fresh = await testDatabase()
  const start = performance.now()
  await seedCatalogue(fresh.db)
  const taken = (performance.now() - start) / 1_000
  await fresh.drop()
  return taken
}
let marriage: Record<string, unknown>

beforeAll(async () => {
  database = await testDatabase()
  const start = performance.now()
  await seedCatalogue(database.db, clock.now())
  seconds = (performance.now() - start) / 1_000
  const lines = (await readFile(path.join(DATA, 'bo-tu-phap.jsonl'), 'utf8')).split('\n')
  marriage = JSON.parse(lines.find((line) => line.includes('"code":"1.000894"')) ?? '')
})
afterAll(() => database.drop())
beforeEach(() => {
  clock.set(new Date('2026-11-24T02:00:00Z'))
  service = createCatalogueService({ db: database.db, log, clock, freshFor: 0 })
})

const decision = { decisionNo: '99/QĐ-BTP', decisionDate: '2026-11-20' }
let drafts = 0
/** A checked draft of a new version, by `an`, checked by `binh`. */
const aCheckedDraft = async (code: string): Promise<string> => {
  drafts += 1
  const record = { ...marriage, name: `Thủ tục đăng ký kết hôn, bản ${drafts}` }
  const { id } = await service.draft({ code, ...decision, record }, an)
  await service.check({ id }, binh)
  return id
}

describe('the seed', () => {
  test('fills the catalogue in under five seconds, and again does nothing', async () => {
    // Other work on the machine may slow one run down; the better of two tells about the seed.
    const best = seconds < 5 ? seconds : Math.min(seconds, await secondsOfFreshSeed())
    expect(best).toBeLessThan(5)
    expect(await seedCatalogue(database.db)).toEqual({ procedures: 0 })
    expect((await service.search({ limit: 1 })).total).toBe(2_436)
  })

  test('in two processes at once fills it once', async () => {
    const fresh = await testDatabase()
    const both = await Promise.all([seedCatalogue(fresh.db), seedCatalogue(fresh.db)])
    expect(both.map((one) => one.procedures).sort()).toEqual([0, 2_436])
    await fresh.drop()
  })

  test('keeps what the source says, with its flags', async () => {
    const flagged = await database.pool.query<{ flag: string; n: number }>(
      `select flag, count(*)::int as n from procedure_version, jsonb_array_elements_text(content -> 'flags') as flag
       group by 1 order by 1`,
    )
    const counts = Object.fromEntries(flagged.rows.map((row) => [row.flag, row.n]))
    expect(counts).toMatchObject({ CASES_MISSING_IN_SOURCE: 23, COUNTS_UNKNOWN: 13, TIME_UNIT_OTHER: 301 })
    const profiles = await database.pool.query(
      `select count(*)::int as n from procedure_version where content -> 'profiles' ? 'quang-ninh-2016'`,
    )
    expect(profiles.rows[0]).toEqual({ n: 180 })
    const plain = await database.pool.query(
      'select count(*)::int as n from procedure where plain_name is not null',
    )
    expect(plain.rows[0].n).toBeGreaterThanOrEqual(100)
  })

  test('gives fields, situations and their procedures', async () => {
    const { items: fields } = await service.fields()
    expect(fields).toContainEqual({ id: 'ho-tich', name: 'Hộ tịch', count: 41 })
    expect(fields.reduce((sum, field) => sum + field.count, 0)).toBe(2_436)
    const { items } = await service.situations()
    expect(items[0]).toMatchObject({ id: 'sinh-con', title: 'Sinh con' })
    expect(items[0]?.procedures[0]).toMatchObject({ code: '1.001193', plainName: 'Đăng ký khai sinh' })
    expect(items.every((item) => item.procedures.length > 0)).toBe(true)
  })
})

describe('one procedure', () => {
  test('birth registration: one case, groups kept, certificate of birth mandatory, remarks apart, time unknown', async () => {
    const birth = await service.get({ code: '1.001193' })
    expect(birth).toMatchObject({ plainName: 'Đăng ký khai sinh', field: 'Hộ tịch', levels: ['commune'] })
    expect(birth.flags).toContain('TIME_UNIT_OTHER')
    expect(birth.cases).toHaveLength(1)
    const papers = birth.cases[0]?.components ?? []
    expect(new Set(papers.map((paper) => paper.group))).toEqual(
      new Set(['Giấy tờ phải nộp', 'Giấy tờ phải xuất trình', null]),
    )
    expect(papers.find((paper) => paper.name.startsWith('Giấy chứng sinh'))?.mandatory).toBe(true)
    expect(papers.find((paper) => paper.name.startsWith('Trường hợp trẻ em bị bỏ rơi'))?.mandatory).toBe(
      false,
    )
    expect(papers.find((paper) => paper.name.startsWith('Mẫu hộ tịch điện tử'))?.channels).toEqual(['online'])
    expect(birth.cases[0]?.notes.length).toBeGreaterThan(10)
    expect(birth.cases[0]?.channels.map((one) => one.duration)).toEqual([null, null, null])
    expect(birth.cases[0]?.channels[0]?.fees).toMatchObject({ total: 0 })
  })

  test('certification is due the same day by NĐ 23/2015/NĐ-CP, art. 7', async () => {
    for (const code of ['2.000815', '2.000884', '2.000908']) {
      const procedure = await service.get({ code })
      const counter = procedure.cases[0]?.channels.find((one) => one.channel === 'direct')
      expect(counter?.duration).toMatchObject({ amount: 1, unit: 'SAME_DAY', source: 'LAW' })
      expect(counter?.duration?.decisionNo).toContain('23/2015/NĐ-CP')
    }
  })

  test('alternatives stay cases', async () => {
    const residence = await service.get({ code: '1.004194' })
    expect(residence.cases.map((one) => one.name)).toEqual([
      'Hồ sơ đăng ký tạm trú gồm',
      'Đăng ký tạm trú theo danh sách, hồ sơ gồm',
      expect.stringContaining('Đăng ký tạm trú tại nơi đơn vị đóng quân'),
    ])
  })

  test('every case and paper of the catalogue has an id of its own', async () => {
    const { rows } = await database.pool.query(`
      select count(*)::int as n, count(distinct component ->> 'id')::int as ids
      from procedure_version, jsonb_array_elements(content -> 'cases') as one,
        jsonb_array_elements(one -> 'components') as component`)
    expect(rows[0].ids).toBe(rows[0].n)
    expect(rows[0].n).toBeGreaterThan(13_000)
  })

  test('a parsed version comes from memory, frozen', async () => {
    const first = await service.getInForce('1.000894', '2026-11-24')
    const calm = createCatalogueService({ db: database.db, log, clock, freshFor: 60_000 })
    const one = await calm.getInForce('1.000894', '2026-11-24')
    expect(await calm.getInForce('1.000894', '2026-11-24')).toBe(one)
    expect(() => Object.assign(one.content, { name: 'khác' })).toThrow(TypeError)
    expect(await service.getVersion(first.id)).toMatchObject({ id: first.id, code: '1.000894' })
  })
})

describe('versions', () => {
  test('draft, check, publish: the old one serves until the day before, ids of papers stay', async () => {
    const before = await service.get({ code: '1.000894' })
    const id = await aCheckedDraft('1.000894')
    expect((await service.get({ code: '1.000894' })).version.id).toBe(before.version.id)
    await service.publish({ id, effectiveFrom: '2026-12-01' }, binh)
    const today = await service.get({ code: '1.000894' })
    expect(today.version).toMatchObject({
      id: before.version.id,
      state: 'AMENDED',
      effectiveTo: '2026-12-01',
    })
    const later = await service.get({ code: '1.000894', on: '2026-12-01' })
    expect(later.version).toMatchObject({ id, state: 'PUBLISHED', decisionNo: '99/QĐ-BTP' })
    const idsOf = (one: typeof later) => one.cases.flatMap((item) => item.components.map((paper) => paper.id))
    expect(idsOf(later)).toEqual(idsOf(before))
    clock.set(new Date('2026-12-01T02:00:00Z'))
    expect((await service.search({ q: '1.000894', limit: 1 })).items[0]?.name).toBe(later.name)
  })

  test('a draft is read with the state it has now', async () => {
    const record = { ...marriage, name: 'Thủ tục đăng ký kết hôn, bản nháp' }
    const { id } = await service.draft({ code: '1.004746', ...decision, record }, an)
    expect(await service.getVersion(id)).toMatchObject({ state: 'DRAFT', content: { name: record.name } })
    await service.check({ id }, binh)
    expect((await service.getVersion(id)).state).toBe('CHECKED')
    expect((await service.get({ code: '1.004746' })).version.id).not.toBe(id)
  })

  test('who checks finds what waits, reads it, and sees whose it is; only administrators do', async () => {
    const record = { ...marriage, name: 'Thủ tục đăng ký kết hôn, chờ kiểm tra' }
    const { id } = await service.draft({ code: '1.001022', ...decision, record }, an)
    const waiting = async (actor: Actor) =>
      (await service.inPreparation({ limit: 500 }, actor)).items.find((one) => one.id === id)
    expect(await waiting(an)).toMatchObject({ state: 'DRAFT', name: record.name, mine: true })
    expect(await waiting(binh)).toMatchObject({ decisionNo: decision.decisionNo, mine: false })
    expect(await service.readVersion({ id }, binh)).toMatchObject({
      name: record.name,
      version: { id, state: 'DRAFT' },
    })
    const { versions } = await service.administrationOf({ code: '1.001022' }, binh)
    expect(versions.map((one) => one.state)).toEqual(['DRAFT', 'PUBLISHED'])
    expect(await codeOf(service.inPreparation({ limit: 1 }, clerk))).toBe('platform.forbidden')
    expect(await codeOf(service.readVersion({ id }, clerk))).toBe('platform.forbidden')
    expect(await codeOf(service.administrationOf({ code: '1.001022' }, clerk))).toBe('platform.forbidden')
    expect(await codeOf(service.administrationOf({ code: '9.999999' }, an))).toBe(
      'catalogue.unknown-procedure',
    )
  })

  test('another process sees what was published', async () => {
    const other = createCatalogueService({ db: database.db, log, clock, freshFor: 50 })
    expect((await other.search({ q: 'tên gọi hiếm có', limit: 1 })).items[0]?.code).not.toBe('1.000656')
    await service.editNames({ code: '1.000656', plainName: 'Tên gọi hiếm có', synonyms: [] }, an)
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect((await other.search({ q: 'tên gọi hiếm có', limit: 1 })).items[0]?.code).toBe('1.000656')
  })

  test('two publish at once for one procedure: one version is in force, the other is told', async () => {
    const ids = [await aCheckedDraft('1.000593'), await aCheckedDraft('1.000593')]
    const services = ids.map(() => createCatalogueService({ db: database.db, log, clock }))
    const outcomes = await Promise.all(
      ids.map((id, i) =>
        codeOf(services[i]?.publish({ id, effectiveFrom: '2027-01-01' }, binh) ?? Promise.reject()),
      ),
    )
    expect(outcomes.sort()).toEqual(['catalogue.effective-date-taken', 'done'])
    const { rows } = await database.pool.query(
      `select count(*)::int as n from procedure_version
       where code = '1.000593' and state = 'PUBLISHED' and effective_from = '2027-01-01'`,
    )
    expect(rows[0].n).toBe(1)
  })

  test('one checked version is published once, whoever asks', async () => {
    const id = await aCheckedDraft('1.003583')
    const tries = Array.from({ length: 6 }, (_, i) =>
      codeOf(
        createCatalogueService({ db: database.db, log, clock }).publish(
          { id, effectiveFrom: `2027-02-0${i + 1}` },
          binh,
        ),
      ),
    )
    const outcomes = await Promise.all(tries)
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(1)
    expect(outcomes.filter((one) => one === 'catalogue.wrong-state')).toHaveLength(5)
  })

  test('the database itself refuses a second version in force and a publisher who wrote it', async () => {
    const copy = (change: string) =>
      database.pool.query(
        `insert into procedure_version select (jsonb_populate_record(v, ${change})).* from procedure_version v
         where code = '2.000815' limit 1`,
      )
    const id = crypto.randomUUID()
    await expect(copy(`'{"id": "${id}"}'`)).rejects.toMatchObject({
      constraint: 'procedure_version_one_in_force',
    })
    await expect(
      copy(`'{"id": "${id}", "state": "DRAFT", "author": "an", "publisher": "an"}'`),
    ).rejects.toMatchObject({ code: '23514' })
  })

  test('a repealed procedure is found by its day only', async () => {
    const { version } = await service.get({ code: '1.000110' })
    await service.repeal({ id: version.id, effectiveTo: '2026-11-24', decisionNo: '7/QĐ-UBND' }, an)
    expect(await codeOf(service.get({ code: '1.000110' }))).toBe('catalogue.not-in-force')
    expect((await service.get({ code: '1.000110', on: '2026-11-23' })).version.state).toBe('REPEALED')
    expect((await service.search({ q: '1.000110', limit: 1 })).items).toEqual([])
  })

  test('every change is in the log', async () => {
    const events = await log.timeline(database.db, { kind: 'procedure', id: '1.000894' })
    expect(events.map((event) => event.type)).toEqual([
      'procedure-version-drafted',
      'procedure-version-checked',
      'procedure-version-published',
    ])
    expect(events.at(-1)).toMatchObject({
      actor: { kind: 'staff', id: 'binh' },
      data: { effectiveFrom: '2026-12-01' },
    })
  })
})

describe('local decisions', () => {
  const cut = {
    code: '1.004837',
    kind: 'LOCAL' as const,
    case: null,
    channel: null,
    amount: 2,
    unit: 'WORKING_DAY' as const,
    decisionNo: '1234/QĐ-UBND',
    decisionDate: '2026-11-01',
    effectiveFrom: '2026-11-20',
  }

  test('the chairman’s cut is promised from its day, the law’s limit beside it; history stays', async () => {
    await service.setLimit(cut, an)
    expect((await service.administrationOf({ code: cut.code }, an)).limits).toMatchObject([
      { kind: 'LOCAL', amount: 2, decisionNo: cut.decisionNo, effectiveFrom: cut.effectiveFrom },
    ])
    const counter = async (on: string) =>
      (await service.get({ code: cut.code, on })).cases[0]?.channels.find((one) => one.channel === 'direct')
    expect((await counter('2026-11-19'))?.duration).toMatchObject({ amount: 3, source: 'LAW' })
    expect((await counter('2026-11-20'))?.duration).toMatchObject({
      amount: 2,
      source: 'LOCAL',
      decisionNo: '1234/QĐ-UBND',
      statutory: { amount: 3, unit: 'WORKING_DAY' },
    })
    await service.setLimit({ ...cut, amount: 1, effectiveFrom: '2026-12-20' }, an)
    expect((await counter('2026-12-19'))?.duration?.amount).toBe(2)
    expect((await counter('2026-12-20'))?.duration?.amount).toBe(1)
    expect(await codeOf(service.setLimit({ ...cut, effectiveFrom: '2026-12-10' }, an))).toBe(
      'catalogue.limit-overlaps',
    )
  })

  test('an administrator decides what is mandatory; the source’s wording stays', async () => {
    const before = await service.get({ code: '1.004837' })
    const paper = before.cases[0]?.components[0]
    const mark = {
      code: '1.004837',
      component: paper?.id ?? '',
      mandatory: !paper?.mandatory,
      reason: 'Theo luật',
    }
    await service.markComponent(mark, an)
    const after = (await service.get({ code: '1.004837' })).cases[0]?.components[0]
    expect(after).toEqual({ ...paper, mandatory: !paper?.mandatory, mandatorySource: 'edited' })
  })

  test('names are edited at the revision read; a stale one loses nothing', async () => {
    const { revision } = await service.get({ code: '1.004845' })
    const names = {
      code: '1.004845',
      plainName: 'Thôi giám hộ',
      synonyms: ['hết giám hộ'],
      version: revision,
    }
    expect(await service.editNames(names, an)).toEqual({ code: '1.004845', revision: revision + 1 })
    expect(await codeOf(service.editNames({ ...names, plainName: 'Khác' }, binh))).toBe('catalogue.stale')
    expect((await service.search({ q: 'het giam ho', limit: 1 })).items[0]?.plainName).toBe('Thôi giám hộ')
  })
})

describe('import', () => {
  test('one bad row is named, the good ones become drafts, nothing in force changes', async () => {
    const good = { ...marriage, code: '9.000001', name: 'Thủ tục nhập thử', decisionNo: '1/QĐ' }
    const bad = { ...good, code: '9.00002', methods: 'không' }
    const text = [JSON.stringify(good), '', JSON.stringify(bad), '{hỏng', JSON.stringify(good)].join('\r\n')
    const report = await service.importFile(text, an)
    expect(report.drafted).toEqual([{ row: 1, code: '9.000001', version: expect.any(String) }])
    expect(report.refused.map(({ row, code, reason }) => [row, code, reason])).toEqual([
      [3, '9.00002', 'INVALID'],
      [4, null, 'NOT_JSON'],
      [5, '9.000001', 'DUPLICATE_IN_FILE'],
    ])
    expect(report.refused[0]?.fields.map((field) => field.path).sort()).toEqual(['code', 'methods'])
    expect(await codeOf(service.get({ code: '9.000001' }))).toBe('catalogue.unknown-procedure')
    const again = await service.importFile(JSON.stringify(good), an)
    expect(again).toEqual({ drafted: [], unchanged: [{ row: 1, code: '9.000001' }], refused: [] })
    const [draft] = report.drafted
    await service.check({ id: draft?.version ?? '' }, binh)
    await service.publish({ id: draft?.version ?? '', effectiveFrom: '2026-11-24' }, binh)
    expect((await service.get({ code: '9.000001' })).name).toBe('Thủ tục nhập thử')
  })
})

describe('every refusal', () => {
  const missing = { id: '01900000-0000-7000-8000-000000000000' }
  const limit = {
    code: '1.004884',
    kind: 'LOCAL' as const,
    case: null,
    channel: null,
    amount: 1,
    unit: 'WORKING_DAY' as const,
    decisionNo: '5/QĐ',
    decisionDate: '2026-11-01',
    effectiveFrom: '2026-11-20',
  }
  const provoked: Record<string, () => Promise<unknown>> = {
    'catalogue.unknown-procedure': () => service.getInForce('1.999999'),
    'catalogue.not-in-force': async () => {
      const { version } = await service.get({ code: '1.000094' })
      await service.repeal({ id: version.id, effectiveTo: '2026-01-01', decisionNo: '5/QĐ' }, an)
      return service.getInForce('1.000094', '2026-01-01')
    },
    'catalogue.unknown-case': () => service.setLimit({ ...limit, case: '1.004884.c99' }, an),
    'catalogue.unknown-component': () =>
      service.markComponent({ code: '1.004884', component: 'không có', mandatory: true, reason: 'thử' }, an),
    'catalogue.unknown-version': () => service.check(missing, an),
    'catalogue.stale': () =>
      service.editNames({ code: '1.004884', plainName: null, synonyms: [], version: 999 }, an),
    'catalogue.wrong-state': async () => {
      const { version } = await service.get({ code: '1.004884' })
      return service.check({ id: version.id }, an)
    },
    'catalogue.same-person': async () => {
      const record = { ...marriage, name: 'Thủ tục tự kiểm tra' }
      const { id } = await service.draft({ code: '1.005461', ...decision, record }, an)
      return service.check({ id }, an)
    },
    'catalogue.effective-date-taken': async () => {
      const first = await aCheckedDraft('1.004772')
      await service.publish({ id: first, effectiveFrom: '2026-12-01' }, binh)
      const second = await aCheckedDraft('1.004772')
      return service.publish({ id: second, effectiveFrom: '2026-12-01' }, binh)
    },
    'catalogue.limit-overlaps': async () => {
      await service.setLimit(limit, an)
      return service.setLimit(limit, an)
    },
    'catalogue.limit-not-shorter': () => service.setLimit({ ...limit, code: '1.004222', amount: 30 }, an),
    'catalogue.import-unreadable': () => service.importFile('\n\n', an),
  }

  test.each(Object.keys(catalogueErrors))('%s', async (code) => {
    expect(await codeOf(provoked[code]?.() ?? Promise.resolve())).toBe(code)
  })

  test('only administrators of the catalogue change it', async () => {
    const outcomes = await Promise.all([
      codeOf(service.editNames({ code: '1.004884', plainName: null, synonyms: [] }, clerk)),
      codeOf(service.setLimit(limit, clerk)),
      codeOf(
        service.markComponent({ code: '1.004884', component: 'x', mandatory: true, reason: 'thử' }, clerk),
      ),
      codeOf(service.draft({ code: '1.004884', ...decision, record: marriage }, clerk)),
      codeOf(service.check(missing, clerk)),
      codeOf(service.publish({ ...missing, effectiveFrom: '2027-01-01' }, clerk)),
      codeOf(service.repeal({ ...missing, effectiveTo: '2027-01-01', decisionNo: '1/QĐ' }, clerk)),
      codeOf(service.importFile('{}', clerk)),
    ])
    expect(new Set(outcomes)).toEqual(new Set(['platform.forbidden']))
  })

  test('a draft that is no procedure says which fields are wrong', async () => {
    const draft = service.draft({ code: '1.004884', ...decision, record: { name: 'x' } }, an)
    await expect(draft).rejects.toMatchObject({ code: 'platform.invalid-input' })
  })
})
