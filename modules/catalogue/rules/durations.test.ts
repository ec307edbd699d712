import { describe, expect, test } from 'vitest'
import type { Duration, Method } from './content.ts'
import { durationFor, inForce, type Limit, limitsOn, totalProcessHours } from './durations.ts'
import { assessFees, FEE_TEXT } from './fees.ts'

const aMethod = (more: Partial<Method>): Method => ({
  channel: 'direct',
  duration: null,
  sourceTime: null,
  fees: [],
  free: null,
  note: null,
  flags: [],
  ...more,
})
const days = (amount: number): Duration => ({ amount, unit: 'WORKING_DAY' })
const aLimit = (more: Partial<Limit>): Limit => ({
  kind: 'LOCAL',
  ...days(3),
  caseId: null,
  channel: null,
  decisionNo: '12/QĐ-UBND',
  decisionDate: '2026-01-05',
  from: null,
  to: null,
  ...more,
})
const version = (methods: Method[], limits: Limit[] = []) => ({ content: { methods }, limits })

describe('the promised time', () => {
  const published = [aMethod({ duration: days(5) }), aMethod({ channel: 'online', duration: days(4) })]

  test('is the law’s when nobody cut it, for the channel asked', () => {
    expect(durationFor(version(published), 'c1', 'direct')).toEqual({
      ...days(5),
      statutory: days(5),
      source: 'LAW',
      decisionNo: null,
      others: [],
    })
    expect(durationFor(version(published), 'c1', 'online')?.amount).toBe(4)
  })

  test('is unknown when the channel is not offered or its time unusable', () => {
    expect(durationFor(version(published), 'c1', 'postal')).toBeNull()
    expect(durationFor(version([aMethod({})]), 'c1', 'direct')).toBeNull()
  })

  test('is min(local, announced), with the statutory limit beside it', () => {
    const limits = [aLimit({}), aLimit({ kind: 'ANNOUNCED', amount: 4, decisionNo: '9/QĐ-BTP' })]
    expect(durationFor(version(published, limits), 'c1', 'direct')).toMatchObject({
      amount: 3,
      source: 'LOCAL',
      statutory: days(5),
      decisionNo: '12/QĐ-UBND',
    })
    const tighter = [aLimit({}), aLimit({ kind: 'ANNOUNCED', amount: 2 })]
    expect(durationFor(version(published, tighter), 'c1', 'direct')).toMatchObject({
      amount: 2,
      source: 'ANNOUNCED',
    })
  })

  test('takes the most specific limit: case and channel before case before channel before all', () => {
    const limits = [
      aLimit({ amount: 4 }),
      aLimit({ amount: 3, channel: 'direct' }),
      aLimit({ amount: 2, caseId: 'c1' }),
      aLimit({ amount: 1, caseId: 'c1', channel: 'direct' }),
    ]
    expect(durationFor(version(published, limits), 'c1', 'direct')?.amount).toBe(1)
    expect(durationFor(version(published, limits.slice(0, 3)), 'c1', 'direct')?.amount).toBe(2)
    expect(durationFor(version(published, limits.slice(0, 2)), 'c2', 'direct')?.amount).toBe(3)
    expect(durationFor(version(published, limits), 'c2', 'postal')?.amount).toBe(4)
  })

  test('an article fills in where the record gives none (NĐ 23/2015/NĐ-CP, art. 7)', () => {
    const article = aLimit({ kind: 'LEGAL', amount: 1, unit: 'SAME_DAY', decisionNo: 'NĐ 23/2015, Điều 7' })
    expect(durationFor(version([aMethod({})], [article]), 'c1', 'direct')).toMatchObject({
      amount: 1,
      unit: 'SAME_DAY',
      source: 'LAW',
      decisionNo: 'NĐ 23/2015, Điều 7',
    })
  })

  test('the internal sum of steps promises nothing', () => {
    expect(
      durationFor(version(published, [aLimit({ kind: 'INTERNAL', amount: 1 })]), 'c1', 'direct')?.amount,
    ).toBe(5)
  })

  test('of several published times the longest is the limit, the others are named', () => {
    const two = [aMethod({ duration: days(1) }), aMethod({ duration: days(3) })]
    expect(durationFor(version(two), 'c1', 'direct')).toMatchObject({ amount: 3, others: [days(1)] })
  })
})

test.each<[Duration, number]>([
  [{ amount: 5, unit: 'WORKING_DAY' }, 40],
  [{ amount: 0.5, unit: 'WORKING_DAY' }, 4],
  [{ amount: 7, unit: 'CALENDAR_DAY' }, 40],
  [{ amount: 1, unit: 'CALENDAR_DAY' }, 8],
  [{ amount: 30, unit: 'CALENDAR_DAY' }, 168],
  [{ amount: 1, unit: 'MONTH' }, 168],
  [{ amount: 4, unit: 'WORKING_HOUR' }, 4],
  [{ amount: 2, unit: 'HOUR' }, 2],
  [{ amount: 1, unit: 'SAME_DAY' }, 8],
  [{ amount: 1, unit: 'IMMEDIATE' }, 1],
])('%o is %s working hours of a process', (duration, hours) => {
  expect(totalProcessHours(duration)).toBe(hours)
})

test('a period is half open, null is unbounded', () => {
  expect(inForce({ from: null, to: null }, '2016-01-01')).toBe(true)
  expect(inForce({ from: '2026-07-01', to: null }, '2026-06-30')).toBe(false)
  expect(inForce({ from: '2026-07-01', to: null }, '2026-07-01')).toBe(true)
  expect(inForce({ from: null, to: '2026-07-01' }, '2026-07-01')).toBe(false)
  const limits = [aLimit({ to: '2026-07-01' }), aLimit({ amount: 2, from: '2026-07-01' })]
  expect(limitsOn(limits, '2026-07-01').map((limit) => limit.amount)).toEqual([2])
})

describe('fees', () => {
  const fee = (amount: number | null, note: string | null = null, more: object = {}) => ({
    amount,
    currency: 'VND' as const,
    note,
    suspect: false,
    ...more,
  })
  const assess = (fees: Method['fees'], free: boolean | null = false) =>
    assessFees(version([aMethod({ fees, free })]), 'c1', 'direct')

  test.each<[string, Method['fees'], boolean | null, number | null, string | null]>([
    ['one amount', [fee(50_000)], false, 50_000, null],
    ['per time is once', [fee(100_000, '100.000 đồng/lần')], false, 100_000, null],
    ['counted by the page', [fee(2_000, '2.000 đồng/trang')], false, null, FEE_TEXT.count],
    ['counted by the transaction', [fee(50_000, '/giao dịch')], false, null, FEE_TEXT.count],
    ['declared free', [], true, 0, FEE_TEXT.free],
    ['zero said in words', [fee(0, 'Không')], null, 0, FEE_TEXT.free],
    ['zero said in other words', [fee(0, '- Không có.')], null, 0, FEE_TEXT.free],
    ['exempt in words', [fee(0, 'Miễn lệ phí')], true, 0, FEE_TEXT.free],
    [
      'the provincial council',
      [fee(0, 'Theo quy định của Hội đồng nhân dân cấp tỉnh.')],
      null,
      null,
      FEE_TEXT.province,
    ],
    ['zero with other words is not free', [fee(0, 'Lệ phí: 135.000 đồng/lần')], null, null, FEE_TEXT.unknown],
    ['zero without a word is not free', [fee(0)], null, null, FEE_TEXT.unknown],
    ['suspect amount', [fee(150, null, { suspect: true })], false, null, FEE_TEXT.unknown],
    ['foreign currency', [fee(155, null, { currency: 'USD' })], false, null, FEE_TEXT.unknown],
    ['unreadable amount', [fee(null)], false, null, FEE_TEXT.unknown],
    [
      'several rates exclude one another',
      [fee(10_000, 'xe máy'), fee(50_000, 'ô tô')],
      false,
      null,
      FEE_TEXT.choose,
    ],
    ['the same line twice is one', [fee(10_000, 'a'), fee(10_000, 'a')], false, 10_000, null],
    ['nothing said', [], null, null, FEE_TEXT.unknown],
  ])('%s', (_title, fees, free, total, text) => {
    const { total: got, text: words } = assess(fees, free)
    expect([got, words]).toEqual([total, text])
  })

  test('the source’s own amount stays visible beside an unknown one', () => {
    expect(assess([fee(155, 'Thẻ tạm trú', { currency: 'USD' })]).lines[0]).toMatchObject({
      state: 'UNKNOWN',
      amount: null,
      source: { amount: 155, currency: 'USD', suspect: false },
    })
  })

  test.each<[string | null, string]>([
    ['Lệ phí cấp giấy chứng nhận', 'LE_PHI'],
    ['Phí thẩm định hồ sơ', 'PHI'],
    ['Phí, lệ phí theo quy định', 'UNKNOWN'],
    ['Theo quy định của Luật phí và lệ phí', 'UNKNOWN'],
    ['Lệ phí đăng ký, miễn phí cho hộ nghèo', 'LE_PHI'],
    [null, 'UNKNOWN'],
  ])('%s is %s', (note, kind) => {
    expect(assess([fee(1_000, note)]).lines[0]?.kind).toBe(kind)
  })
})
