import { describe, expect, it } from 'vitest'
import type { DayRuler, RulerDay } from '#modules/calendar/rules.ts'
import { codeIn } from './tracking-form.tsx'
import { dayOf, headAndRest, isAhead } from './words.ts'

const day = (date: string, ordinal: number | null): RulerDay => ({
  date,
  state: ordinal === null ? 'skipped' : 'counted',
  ordinal,
  label: null,
  reason: null,
})
const FIRST = [
  day('2026-04-20', null),
  day('2026-04-21', null),
  day('2026-04-22', 1),
  day('2026-04-23', 2),
  day('2026-04-24', 3),
  day('2026-04-25', null),
  day('2026-04-26', null),
]
const LAST = [day('2026-05-04', 6), day('2026-05-05', 7), day('2026-05-06', 8)]
const ruler = (today: string | null, { gap = false, added = 0 } = {}): DayRuler => ({
  rows: [
    { kind: 'week', days: FIRST },
    ...(gap ? [{ kind: 'gap', weeks: 1, counted: 2 } as const] : []),
    { kind: 'week', days: LAST },
  ],
  today,
  provisional: false,
  added,
})

describe('the day the clock stands at', () => {
  it.each([
    ['on the day of receipt', '2026-04-21', { day: 0, of: 8, added: 0 }],
    ['on a counted day', '2026-04-23', { day: 2, of: 8, added: 0 }],
    ['on a weekend the day before stands', '2026-04-26', { day: 3, of: 8, added: 0 }],
    ['past the last day', '2026-05-20', { day: 8, of: 8, added: 0 }],
    ['before the ruler begins', '2026-04-01', undefined],
    ['without a today', null, undefined],
  ])('%s', (_reason, today, expected) => expect(dayOf(ruler(today))).toEqual(expected))
  it('tells the days of the law from those added to them', () =>
    expect(dayOf(ruler('2026-05-05', { added: 2 }))).toEqual({ day: 7, of: 6, added: 2 }))
  it('is not guessed in weeks left out', () =>
    expect(dayOf(ruler('2026-04-29', { gap: true }))).toBeUndefined())
  it('is unknown without a ruler', () => expect(dayOf(null)).toBeUndefined())
})

describe('what to do, and the rest', () => {
  it.each([
    [
      'Ông/bà chưa cần làm gì. Có kết quả, chúng tôi báo.',
      'Ông/bà chưa cần làm gì',
      'Có kết quả, chúng tôi báo.',
    ],
    ['Nộp 1.250.000 đ theo thông báo. Hồ sơ đi tiếp.', 'Nộp 1.250.000 đ theo thông báo', 'Hồ sơ đi tiếp.'],
    ['Chỉ một câu.', 'Chỉ một câu', ''],
  ])('%s', (text, head, rest) => expect(headAndRest(text)).toEqual({ head, rest }))
})

describe('moments to come', () => {
  const now = new Date('2026-04-21T18:00:00Z') // 01:00 of the 22nd in Vietnam
  it('go by Vietnam’s day', () => {
    expect(isAhead('2026-04-22T17:00:00+07:00', now)).toBe(true)
    expect(isAhead('2026-04-21T17:00:00+07:00', now)).toBe(false)
  })
})

describe('a code in what was typed or scanned', () => {
  it.each([
    ['H49.05.12-260421-0007', 'H49.05.12-260421-0007'],
    [' h49-260421-0007 ', 'H49-260421-0007'],
    ['https://motcua.example.vn/tra-cuu/H49-260421-12345?x=1', 'H49-260421-12345'],
    ['H49-26042-0007', undefined],
    ['hồ sơ của tôi', undefined],
  ])('%s', (text, code) => expect(codeIn(text)).toBe(code))
})
