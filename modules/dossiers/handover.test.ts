import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  aDossier,
  asked,
  completedDossier,
  newKey,
  PROCEDURES,
  refusalOf,
  viewOf,
} from '../../tests/support/dossiers.ts'
import { readPdf } from '../../tests/support/pdf.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince({ poolSize: 12 })
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const HERE = 'tthcc-tinh'
const AGENCY = 'so-tu-phap'
const service = () => province.services.dossiers
const handover = () => service().handover
const counter = () => asked(province.actor('RECEPTION', HERE))
const clerk = () => asked(province.actor('CLERK', AGENCY))
const some = async (count: number, options = {}) =>
  (await Promise.all(Array.from({ length: count }, () => aDossier(province, options)))).map(
    ({ code }) => code,
  )
const sheetOf = async (codes: readonly string[]) => {
  const { sheets, refused } = await handover().create(
    { kind: 'dossiers', from: HERE, dossiers: [...codes] },
    counter(),
  )
  expect(refused).toEqual([])
  const [sheet] = sheets
  if (!sheet) throw new Error('no sheet')
  return sheet
}
const happened = async (code: string) =>
  (await viewOf(province, code)).timeline
    .filter(({ type }) => /^(paper|result-(handed|arrived|sent|taken)|difference|hand-over)/.test(type))
    .map(({ type }) => type)
    .toReversed()
const waiting = async (
  kind: 'dossiers' | 'results' | 'uncollected' = 'dossiers',
  from = HERE,
  by = counter(),
) => (await handover().candidates({ kind, from, limit: 200 }, by)).items

describe('from the counter to the agency', () => {
  test('made, carried and received: listed, printed, in form 06 and in the timeline; nothing waits any more', async () => {
    const codes = await some(3)
    expect((await waiting()).map(({ code }) => code)).toEqual(expect.arrayContaining(codes))
    const sheet = await sheetOf(codes)
    expect(sheet).toMatchObject({ kind: 'dossiers', state: 'open', rows: 3, to: { id: AGENCY } })
    expect(sheet.code).toMatch(/^PBG26-\d{6}$/)
    const there = await handover().list({ direction: 'in', state: 'open', limit: 50 }, clerk())
    expect(there.items.map(({ code }) => code)).toContain(sheet.code)
    expect(there.counts.arriving.value).toBeGreaterThan(0)
    province.clock.advance(3_600_000)
    const received = await handover().receive({ sheet: sheet.code, received: codes }, clerk())
    expect(received).toMatchObject({ state: 'received', unsettled: 0, mayReceive: false })
    expect(received.items.map(({ state }) => state)).toEqual(['received', 'received', 'received'])
    const [code = ''] = codes
    expect(await happened(code)).toEqual(['paper-handed-over', 'paper-received'])
    expect((await waiting()).map((one) => one.code)).not.toContain(code)
    const { text: form } = await readPdf(await service().paper({ code, form: 'form-06' }, counter()))
    expect(form).toContain(sheet.code)
    expect(form).toContain(province.actor('CLERK', AGENCY).name)
  })

  test('is printed for both sides: every code with its bars, numbered once, copies marked', async () => {
    const codes = await some(3)
    const { code } = await sheetOf(codes)
    const printed = async (by = counter()) =>
      (await readPdf(await service().handoverPaper({ sheet: code }, by))).text
    const first = await printed()
    for (const one of [...codes, code, 'GIẤY BÀN GIAO HỒ SƠ', '03 (ba) hồ sơ', 'Sở Tư pháp'])
      expect(first).toContain(one)
    const number = /Số: (\d+\/BGHS)/.exec(first)?.[1]
    expect(number).toBeDefined()
    const taken = await printed(clerk())
    expect(taken).toContain(number)
    expect(taken).toContain('Bản in lại')
    const elsewhere = asked(province.actor('RECEPTION', 'tthcc-cam-pha'))
    expect((await refusalOf(printed(elsewhere))).code).toBe('dossiers.unknown-sheet')
  })

  test('goes on one sheet to each agency', async () => {
    const codes = [...(await some(2)), ...(await some(1, { resolvingUnit: 'tu-phap-ha-long' }))]
    const { sheets } = await handover().create({ kind: 'dossiers', from: HERE, dossiers: codes }, counter())
    expect(sheets.map(({ rows }) => rows).toSorted()).toEqual([1, 2])
    expect(new Set(sheets.map(({ to }) => to.id)).size).toBe(2)
  })

  test('must leave the same day, or the next morning when it came from 15:00 on', async () => {
    const [early = ''] = await some(1)
    province.clock.set(new Date('2026-04-21T15:10:00+07:00'))
    const [late = ''] = await some(1)
    const dueOf = async (code: string) => (await waiting()).find((one) => one.code === code)
    expect(await dueOf(early)).toMatchObject({ due: expect.stringMatching(/^2026-04-21T17:00/), late: false })
    expect(await dueOf(late)).toMatchObject({ due: expect.stringMatching(/^2026-04-22T11:30/), late: false })
    province.clock.set(new Date('2026-04-22T08:00:00+07:00'))
    expect([(await dueOf(early))?.late, (await dueOf(late))?.late]).toEqual([true, false])
  })

  test('what came online has no paper to carry', async () => {
    const online = await some(1, { channel: 'online', procedure: PROCEDURES.justice })
    const answer = await handover().create({ kind: 'dossiers', from: HERE, dossiers: online }, counter())
    expect([answer.sheets, answer.refused[0]?.refusal.code]).toEqual([[], 'dossiers.not-to-hand-over'])
  })
})

describe('what came otherwise than listed', () => {
  test('a missing one stays on the sheet until it is settled; an extra one is named; both have a way out', async () => {
    const [here = '', lost = '', extra = ''] = await some(3)
    const sheet = await sheetOf([here, lost])
    const received = await handover().receive({ sheet: sheet.code, received: [here, extra] }, clerk())
    expect(received).toMatchObject({ state: 'received', rows: 2, unsettled: 2 })
    expect(received.items.map(({ dossier, state, settle }) => [dossier, state, settle])).toEqual([
      [here, 'received', []],
      [lost, 'missing', ['found', 'lost']],
      [extra, 'extra', ['accepted', 'returned']],
    ])
    // Missing is not free for another sheet: first somebody says where it is.
    const again = await handover().create({ kind: 'dossiers', from: HERE, dossiers: [lost] }, counter())
    expect(again.refused).toMatchObject([{ code: lost, refusal: { code: 'dossiers.on-open-sheet' } }])
    const unsettled = await handover().list({ direction: 'both', state: 'unsettled', limit: 50 }, counter())
    expect(unsettled.items.map(({ code }) => code)).toContain(sheet.code)

    const kept = { sheet: sheet.code, code: lost, resolution: 'kept' as const, note: 'Còn trên giá tại quầy' }
    expect((await refusalOf(handover().settle(kept, clerk()))).code).toBe('dossiers.no-difference')
    await handover().settle(kept, counter())
    expect((await waiting()).map(({ code }) => code)).toContain(lost)
    const taken = { sheet: sheet.code, code: extra, resolution: 'accepted' as const, note: 'Nhận luôn' }
    expect(await handover().settle(taken, clerk())).toMatchObject({ unsettled: 0 })
    expect((await waiting()).map(({ code }) => code)).not.toContain(extra)
    expect(await happened(lost)).toEqual(['paper-handed-over', 'paper-missing', 'difference-settled'])
    expect(await happened(extra)).toEqual(['paper-extra', 'difference-settled'])
    await sheetOf([lost])
  })

  test('a dossier of another agency among them is named by its code alone', async () => {
    const [one = ''] = await some(1)
    const [strange = ''] = await some(1, { resolvingUnit: 'tu-phap-ha-long' })
    const { code } = await sheetOf([one])
    const { items } = await handover().receive({ sheet: code, received: [one, strange] }, clerk())
    expect(items[1]).toMatchObject({ dossier: strange, state: 'extra', owner: null })
  })

  test('a sheet that was never carried is taken back, and its dossiers wait again', async () => {
    const codes = await some(2)
    const { code } = await sheetOf(codes)
    expect((await refusalOf(handover().cancel({ sheet: code, reason: 'In nhầm' }, clerk()))).code).toBe(
      'dossiers.not-your-unit',
    )
    expect(await handover().cancel({ sheet: code, reason: 'In nhầm' }, counter())).toMatchObject({
      state: 'cancelled',
      cancelReason: 'In nhầm',
    })
    await sheetOf(codes)
  })
})

test('results travel back, and those that nobody fetched go to the agency again', async () => {
  const { code } = await completedDossier(province)
  expect((await waiting('results', AGENCY, clerk())).map((one) => one.code)).toContain(code)
  const sent = await handover().create({ kind: 'results', from: AGENCY, dossiers: [code] }, clerk())
  expect(sent.sheets).toMatchObject([{ to: { id: HERE }, kind: 'results' }])
  const { items } = await handover().receive(
    { sheet: sent.sheets[0]?.code ?? '', received: [code] },
    counter(),
  )
  expect(items).toMatchObject([{ state: 'received' }])
  province.clock.advance(120 * 86_400_000)
  expect((await waiting('uncollected')).map((one) => one.code)).toContain(code)
  const back = await handover().create({ kind: 'uncollected', from: HERE, dossiers: [code] }, counter())
  await handover().receive({ sheet: back.sheets[0]?.code ?? '', received: [code] }, clerk())
  expect(await happened(code)).toEqual([
    'result-handed-over',
    'result-arrived',
    'result-sent-back',
    'result-taken-back',
  ])
})

describe('at the same moment', () => {
  test('a dossier comes onto one sheet, however many list it', async () => {
    const codes = await some(12)
    const other = province.anotherProcess()
    const answers = await Promise.all(
      [codes, codes.toReversed(), codes.slice(4), codes.slice(0, 8)].map((list, i) =>
        (i % 2 ? other.dossiers : service()).handover.create(
          { kind: 'dossiers', from: HERE, dossiers: list },
          counter(),
        ),
      ),
    )
    const listed = answers.flatMap(({ sheets }) => sheets).reduce((sum, { rows }) => sum + rows, 0)
    expect(listed).toBe(12)
    for (const refusal of answers.flatMap(({ refused }) => refused))
      expect(refusal.refusal.code).toBe('dossiers.on-open-sheet')
    for (const code of codes) expect(await happened(code)).toEqual(['paper-handed-over'])
  })

  test('a sheet is received once; the second is told who was first', async () => {
    const codes = await some(4)
    const { code: sheet } = await sheetOf(codes)
    const second = { ...province.officer('vanthu.halong'), grants: province.actor('CLERK', AGENCY).grants }
    const ends = await Promise.allSettled([
      handover().receive({ sheet, received: codes }, clerk()),
      handover().receive({ sheet, received: codes.slice(1) }, asked(second)),
    ])
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    for (const code of codes) expect((await happened(code)).length).toBe(2)
  })

  test('received and taken back at once: one of the two', async () => {
    const codes = await some(3)
    const { code: sheet } = await sheetOf(codes)
    await Promise.allSettled([
      handover().receive({ sheet, received: codes }, clerk()),
      handover().cancel({ sheet, reason: 'In nhầm' }, counter()),
    ])
    const ends = new Set(await Promise.all(codes.map(async (code) => (await happened(code)).at(-1))))
    expect(ends.size).toBe(1)
    expect(['paper-received', 'hand-over-cancelled']).toContain([...ends][0])
  })

  test('sheets made at once have numbers of their own, without a gap', async () => {
    const lists = await Promise.all(Array.from({ length: 8 }, () => some(1)))
    const before = await lastNumber()
    const made = await Promise.all(lists.map((codes) => sheetOf(codes)))
    const numbers = made.map(({ code }) => Number(code.split('-')[1])).toSorted((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 8 }, (_, i) => before + 1 + i))
  })
})

const lastNumber = async (): Promise<number> =>
  (await province.db.selectFrom('handover_sheet_counter').select('last').executeTakeFirst())?.last ?? 0

test('a repeat of the same intention makes no second sheet', async () => {
  const body = { kind: 'dossiers', from: HERE, dossiers: await some(2) }
  const headers = { 'idempotency-key': newKey() }
  const actor = province.actor('RECEPTION', HERE)
  const answers = await Promise.all(
    [1, 2, 3].map(() => province.call(actor, 'POST', '/handover-sheets', body, headers)),
  )
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201])
  expect(new Set(answers.map(({ body: text }) => text)).size).toBe(1)
})
