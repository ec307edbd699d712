import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  aDossier,
  anIntake,
  asked,
  PERSON,
  PROCEDURES,
  refusalOf,
  viewOf,
} from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const clerk = (centre = 'tthcc-tinh') => province.actor('RECEPTION', centre)
const rowsOf = async (table: 'dossier' | 'task' | 'event' | 'idempotency' | 'dossier_component') => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(
    province.db,
  )
  return rows[0]?.count ?? 0
}

describe('an accepted dossier', () => {
  test('has code, PIN, due date, first step, papers and event', async () => {
    const made = await aDossier(province)
    expect(made).toMatchObject({ state: 'ACCEPTED', version: 1, due: '2026-04-29T17:00:00+07:00' })
    expect(made.code).toMatch(/^H49-260421-\d{4}$/)
    expect(made.pin).toMatch(/^\d{6}$/)
    const view = await viewOf(province, made.code, clerk())
    expect(view.process?.steps.find(({ state }) => state === 'current')).toMatchObject({
      step: 'receive',
      role: 'RECEPTION',
      unit: { id: 'tthcc-tinh' },
    })
    expect(view.components.map(({ originals, status }) => [originals, status])).toEqual([
      [1, 'present'],
      [1, 'present'],
      [1, 'present'],
    ])
    expect(view.timeline.map(({ type, actor }) => [type, actor])).toEqual([
      ['dossier-accepted', clerk().name],
    ])
    expect(view.pin).toBe(made.pin)
    expect(view.papers.map(({ form }) => form)).toEqual(['form-01', 'form-06', 'progress'])
  })

  test.each([
    [PROCEDURES.sameDay, 'tthcc-ha-long', 'tu-phap-ha-long', '2026-04-21T17:00:00+07:00', 'the same day'],
    // 27/4 stands for the Hùng Kings' day, 30/4 and 1/5 are holidays.
    [
      PROCEDURES.land,
      'tthcc-ha-long',
      'vpdk-dat-dai-ha-long',
      '2026-05-08T17:00:00+07:00',
      'ten working days',
    ],
    [PROCEDURES.withFee, 'tthcc-tinh', 'so-tu-phap', '2026-05-15T17:00:00+07:00', 'fifteen working days'],
    [PROCEDURES.birth, 'tthcc-ha-long', 'ubnd-ha-long-phuong-ha-khanh', null, 'no limit of its own'],
  ])('%s at %s goes to %s, due %s: %s', async (procedure, receivingCentre, unit, due, _why) => {
    const made = await aDossier(province, { procedure, receivingCentre })
    expect(made.due).toBe(due)
    expect((await viewOf(province, made.code)).resolvingUnit.id).toBe(unit)
  })

  test('a limit of one and a half working days is kept', async () => {
    const input = await anIntake(province, { procedure: PROCEDURES.halfDays, resolvingUnit: 'so-tu-phap' })
    const made = await aDossier(province, input)
    const { duration_amount } = await province.db
      .selectFrom('dossier')
      .select('duration_amount')
      .where('code', '=', made.code)
      .executeTakeFirstOrThrow()
    expect(duration_amount).toBe(1.5)
    expect(made.due).not.toBeNull()
  })

  test('same-day work that comes after 15:00 is due the next working day', async () => {
    province.clock.set(new Date('2026-04-21T15:01:00+07:00'))
    const { due } = await aDossier(province, {
      procedure: PROCEDURES.sameDay,
      receivingCentre: 'tthcc-ha-long',
    })
    expect(due).toBe('2026-04-22T17:00:00+07:00')
  })

  test('fees are those of the procedure and channel', async () => {
    const { code } = await aDossier(province, { procedure: PROCEDURES.withFee })
    expect((await viewOf(province, code)).fees).toMatchObject({
      total: 800_000,
      lines: [{ name: 'Phí', amount: 800_000 }],
    })
  })
})

describe('papers', () => {
  const withPapers = async (
    change: (id: string, index: number) => object | undefined,
    procedure: string = PROCEDURES.withFee,
  ) => {
    const { components } = await anIntake(province, { procedure })
    const handedIn = components.flatMap(({ component }, index) => {
      const one = change(component, index)
      return one ? [{ component, ...one }] : []
    })
    return aDossier(province, { procedure, components: handedIn })
  }
  // 1.000688: the second paper is conditional, the others are not.
  test.each([
    [
      'a conditional paper may stay away',
      (index: number) => (index === 1 ? undefined : { originals: 1 }),
      true,
    ],
    ['an unconditional one may not', (index: number) => (index === 0 ? undefined : { originals: 1 }), false],
    ['a copy is enough for the counter', () => ({ copies: 1 }), true],
    ['a certified copy too', () => ({ certifiedCopies: 1 }), true],
    [
      'what a database holds is not asked for',
      (index: number) => (index === 0 ? { status: 'in-database' } : { originals: 1 }),
      true,
    ],
    [
      'nothing of it lies on the desk',
      (index: number) => (index === 0 ? { originals: 0 } : { originals: 1 }),
      false,
    ],
    [
      'said to be missing',
      (index: number) => (index === 0 ? { originals: 1, status: 'missing' } : { originals: 1 }),
      false,
    ],
    [
      'not applicable without a reason',
      (index: number) => (index === 0 ? { status: 'not-applicable' } : { originals: 1 }),
      false,
    ],
    [
      'not applicable, with the reason',
      (index: number) =>
        index === 0 ? { status: 'not-applicable', reason: 'Đã nộp lần trước' } : { originals: 1 },
      true,
    ],
  ])('%s', async (_why, change, accepted) => {
    const made = withPapers((_id, index) => change(index))
    if (accepted) expect((await made).state).toBe('ACCEPTED')
    else expect((await refusalOf(made)).code).toBe('dossiers.missing-components')
  })

  test('every missing paper is named at once', async () => {
    const { details } = await refusalOf(aDossier(province, { components: [] }))
    expect(details).toMatchObject({ count: 3 })
    expect(details.missing).toHaveLength(3)
  })
})

describe('people', () => {
  test('everything wrong of them is said at once, field by field', async () => {
    const { code, details } = await refusalOf(
      aDossier(province, {
        owner: { ...PERSON, personalId: '123', phone: '12', birthDate: '2030-01-01' },
        representative: {
          name: 'Trần Thị Ví Dụ',
          paper: 'authorisation',
          validUntil: '2026-04-20',
          phone: '1',
        },
      }),
    )
    expect(code).toBe('dossiers.invalid-personal-id')
    expect(details.fields?.map(({ path, code }) => [path, code])).toEqual([
      ['owner.personalId', 'dossiers.invalid-personal-id'],
      ['owner.birthDate', 'dossiers.date-in-future'],
      ['owner.phone', 'dossiers.invalid-phone'],
      ['representative.phone', 'dossiers.invalid-phone'],
      ['representative.validUntil', 'dossiers.authorisation-expired'],
    ])
  })

  test('an authorisation is good on its last day', async () => {
    const made = await aDossier(province, {
      representative: { name: 'Trần Thị Ví Dụ', paper: 'authorisation', validUntil: '2026-04-21' },
    })
    expect(made.state).toBe('ACCEPTED')
  })

  test('sample numbers are refused where no demo runs', async () => {
    const real = await aProvince({ demo: false })
    try {
      expect((await refusalOf(aDossier(real))).code).toBe('dossiers.invalid-personal-id')
      const organisation = { kind: 'organisation', name: 'Công ty Thí Dụ', personalId: '5700000001' } as const
      expect((await refusalOf(aDossier(real, { owner: organisation }))).code).toBe(
        'dossiers.invalid-tax-code',
      )
      const made = await aDossier(real, { owner: { ...PERSON, personalId: '022099000001' } })
      expect(made.state).toBe('ACCEPTED')
    } finally {
      await real.close()
    }
  })
})

describe('codes', () => {
  test('five digits after 9,999', async () => {
    await province.db
      .insertInto('dossier_code_counter')
      .values({ identifier: 'H49', day: '2026-06-01', last: 9_998 })
      .execute()
    province.clock.set(new Date('2026-06-01T08:00:00+07:00'))
    const codes = []
    for (let i = 0; i < 3; i++) codes.push((await aDossier(province)).code)
    expect(codes).toEqual(['H49-260601-9999', 'H49-260601-10000', 'H49-260601-10001'])
    expect((await viewOf(province, 'H49-260601-10000')).code).toBe('H49-260601-10000')
  })

  test('count anew each day of Vietnam, also between midnight there and midnight in London', async () => {
    province.clock.set(new Date('2026-06-02T23:59:59+07:00'))
    expect((await aDossier(province)).code).toBe('H49-260602-0001')
    province.clock.set(new Date('2026-06-03T00:00:00+07:00'))
    expect((await aDossier(province)).code).toBe('H49-260603-0001')
  })

  test('without gap or double: 50 clients at once, three series, two centres, two processes', async () => {
    province.clock.set(new Date('2026-06-04T08:00:00+07:00'))
    const other = province.anotherProcess({ poolSize: 4 })
    const kinds = [
      { procedure: PROCEDURES.justice, receivingCentre: 'tthcc-tinh' },
      { procedure: PROCEDURES.sameDay, receivingCentre: 'tthcc-ha-long' },
      { procedure: PROCEDURES.justice, receivingCentre: 'tthcc-mong-cai' },
    ]
    const client = async (n: number) => {
      const codes = []
      for (let i = 0; i < 4; i++) {
        const through = (n + i) % 2 === 0 ? province.services : other
        codes.push((await aDossier(province, { ...kinds[(n + i) % kinds.length], through })).code)
      }
      return codes
    }
    const codes = (await Promise.all(Array.from({ length: 50 }, (_, n) => client(n)))).flat()
    expect(new Set(codes).size).toBe(200)
    for (const [series, own] of Map.groupBy(codes, (code) => code.slice(0, code.lastIndexOf('-')))) {
      const numbers = own.map((code) => Number(code.slice(series.length + 1))).toSorted((a, b) => a - b)
      expect(numbers).toEqual(Array.from({ length: own.length }, (_, i) => i + 1))
    }
    // The books of the centres have no gap either, over the whole year.
    const books = await province.db
      .selectFrom('dossier')
      .select(['receiving_centre', 'book_number'])
      .execute()
    for (const own of Map.groupBy(books, (row) => row.receiving_centre).values()) {
      const numbers = own.map((row) => row.book_number).toSorted((a, b) => a - b)
      expect(numbers).toEqual(Array.from({ length: own.length }, (_, i) => i + 1))
    }
  })
})

describe('one transaction', () => {
  test('in a batch with one that the database refuses, the others are whole and of that one nothing is there', async () => {
    const before = await Promise.all([
      rowsOf('dossier'),
      rowsOf('task'),
      rowsOf('event'),
      rowsOf('dossier_component'),
    ])
    // No text of PostgreSQL may hold this character; nothing before the insert looks at it.
    const poison = { ...PERSON, name: 'Nguyễn\u0000Mẫu' }
    const made = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => aDossier(province, i === 7 ? { owner: poison } : {})),
    )
    expect(made.map(({ status }) => status === 'fulfilled')).toEqual(made.map((_, i) => i !== 7))
    const after = await Promise.all([
      rowsOf('dossier'),
      rowsOf('task'),
      rowsOf('event'),
      rowsOf('dossier_component'),
    ])
    expect(after.map((count, i) => count - (before[i] ?? 0))).toEqual([19, 19, 19, 57])
  })

  test('a repeat under the same key gets the first answer byte for byte, twenty at once too', async () => {
    const input = await anIntake(province)
    const [key, url] = ['khoa-mot', '/dossiers']
    const before = await rowsOf('dossier')
    const send = (body: object) => province.call(clerk(), 'POST', url, body, { 'idempotency-key': key })
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(input)))
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
    expect(answers[0]?.statusCode).toBe(201)
    expect((await rowsOf('dossier')) - before).toBe(1)
    const other = await send({ ...input, sets: 2 })
    expect([other.statusCode, other.json().code]).toEqual([422, 'platform.idempotency-conflict'])
  })
})

describe('not accepted', () => {
  const REASON = 'Thửa đất đang có tranh chấp'
  test('an incomplete dossier waits fifteen days without a clock of its own', async () => {
    const input = await anIntake(province, { components: [] })
    const items = [{ what: 'Tờ khai', reason: 'Chưa ký' }]
    const made = await province.services.dossiers.requestIntakeSupplement({ ...input, items }, asked(clerk()))
    expect(made).toMatchObject({ state: 'INTAKE_SUPPLEMENT', due: null })
    const view = await viewOf(province, made.code)
    expect(view).toMatchObject({ process: null, task: null, nationalStatus: 5, pace: 'PAUSED' })
    expect(view.papers.map(({ form }) => form)).toEqual(['form-02', 'progress'])
  })
  test('a refused one is ended with its reason', async () => {
    const input = await anIntake(province, { components: [] })
    const made = await province.services.dossiers.refuseIntake(
      { ...input, reasonCode: 'NOT_ELIGIBLE', reason: REASON },
      asked(clerk()),
    )
    const view = await viewOf(province, made.code)
    expect(view).toMatchObject({ state: 'NOT_ACCEPTED', nationalStatus: 3, actions: [] })
    expect(view.timeline[0]?.detail).toBe(REASON)
    expect(view.papers.map(({ form }) => form)).toEqual(['form-03', 'progress'])
  })
})

test('the preview says what saving would do, and writes nothing', async () => {
  const before = await rowsOf('dossier')
  const { components: _all, ...rest } = await anIntake(province, { procedure: PROCEDURES.withFee })
  const preview = await province.services.dossiers.preview(
    { ...rest, owner: { ...PERSON, phone: '1' } },
    asked(clerk()),
  )
  expect(preview.deadline.due).toBe('2026-05-15T17:00:00+07:00')
  expect(preview.missing).toHaveLength(4)
  expect(preview.problems.map(({ path }) => path)).toEqual(['owner.phone'])
  expect(preview.fees.total).toBe(800_000)
  expect(await rowsOf('dossier')).toBe(before)
})

test('every procedure of the catalogue can be previewed at the provincial centre', async () => {
  const { rows } = await sql<{ code: string }>`select code from procedure order by code`.execute(province.db)
  expect(rows.length).toBe(2_436)
  const failed: string[] = []
  for (const { code } of rows) {
    const { content } = await province.services.catalogue.getInForce(code, '2026-04-21')
    const input = { procedure: code, case: content.cases[0]?.id, receivingCentre: 'tthcc-tinh' }
    await province.services.dossiers
      .preview(input, asked(clerk()))
      .catch((error) => failed.push(`${code}: ${error}`))
  }
  expect(failed).toEqual([])
})
