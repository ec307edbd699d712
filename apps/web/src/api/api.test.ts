import { describe, expect, it } from 'vitest'
import {
  formatCount,
  formatDayMonth,
  formatMoment,
  formatMoney,
  groupDigits,
  maskNumber,
  parseTypedDate,
} from '../ui/format/format.ts'
import { prepare } from './call.ts'
import { canRetry, offlineProblem, problemFrom } from './problem.ts'
import { createRetrying } from './queries.ts'

describe('where an input goes', () => {
  it('path first, then the query; empty values stay away, lists repeat', () => {
    expect(
      prepare(
        { method: 'GET', path: '/dossiers/:code/files' },
        { code: 'H49.05/1', q: 'đổi tên', state: ['A', 'B'], level: undefined, after: '' },
      ).url,
    ).toBe('/api/dossiers/H49.05%2F1/files?q=%C4%91%E1%BB%95i+t%C3%AAn&state=A&state=B')
  })
  it('path first, then the body', () => {
    expect(prepare({ method: 'POST', path: '/tracking/:code' }, { code: 'X', pin: '1234' })).toEqual({
      url: '/api/tracking/X',
      method: 'POST',
      body: { pin: '1234' },
    })
  })
  it('refuses an address with a hole', () =>
    expect(() => prepare({ method: 'GET', path: '/tasks/:id' }, {})).toThrow('id'))
})

describe('problems', () => {
  it.each([
    [401, 'signed-out', false],
    [404, 'not-found', false],
    [412, 'stale', false],
    [422, 'invalid', false],
    [409, 'refused', false],
    [429, 'unavailable', true],
    [503, 'unavailable', true],
    [500, 'refused', false],
  ] as const)('%i is %s', (status, kind, retry) => {
    const problem = problemFrom(status, { code: 'x.y', vi: 'Có chữ.', en: 'Words.' })
    expect([problem.kind, canRetry(problem)]).toEqual([kind, retry])
  })
  it('keep the words, the code and the fields', () => {
    const problem = problemFrom(422, {
      code: 'platform.invalid-input',
      messages: { vi: 'Sửa ô.', en: 'Mend.' },
      fields: [{ path: 'owner.name', code: 'required', vi: 'Ghi họ tên.', en: 'Name.' }],
    })
    expect(problem).toMatchObject({
      code: 'platform.invalid-input',
      vi: 'Sửa ô.',
      fields: [{ path: 'owner.name', vi: 'Ghi họ tên.' }],
    })
  })
  it('survive an answer that is not a problem', () =>
    expect(problemFrom(502, undefined)).toMatchObject({ code: 'http.502', kind: 'unavailable' }))
  it('no answer at all is offline, and worth repeating', () => expect(canRetry(offlineProblem())).toBe(true))
})

describe('asking again by itself', () => {
  const turnedAway = problemFrom(503, { code: 'platform.overloaded', seconds: 3 })
  it('one in five of those turned away, once, and spread over the time that the server names', () => {
    const chances = Array.from({ length: 20 }, (_, n) => createRetrying(() => n / 20))
    expect(chances.filter(({ retry }) => retry(0, turnedAway))).toHaveLength(4)
    expect(chances.some(({ retry }) => retry(1, turnedAway))).toBe(false)
    expect([0, 10].map((n) => chances[n]?.retryDelay(0, turnedAway))).toEqual([3_000, 4_500])
  })
  it('twice when there was no answer, never when it was no', () => {
    const { retry, retryDelay } = createRetrying()
    expect([0, 1, 2].map((count) => retry(count, offlineProblem()))).toEqual([true, true, false])
    expect([0, 1].map((count) => retryDelay(count, offlineProblem()))).toEqual([1_000, 2_000])
    expect(retry(0, problemFrom(409, { code: 'x.y' }))).toBe(false)
  })
})

describe('formats', () => {
  it('write money and counts with dots', () =>
    expect([formatMoney(10_000), formatMoney(0), formatCount(2436), formatCount(1_234_567)]).toEqual([
      '10.000 đ',
      '0 đ',
      '2.436',
      '1.234.567',
    ]))
  it('write days and moments of Vietnam whatever the zone', () =>
    expect([formatDayMonth('2026-05-01'), formatMoment('2026-04-21T01:58:00Z')]).toEqual([
      '01/5',
      '21/4, 08:58',
    ]))
  it('group and mask digits', () =>
    expect([groupDigits('000000000001', 4), maskNumber('000000000001')]).toEqual([
      '0000 0000 0001',
      '•••• •••• 0001',
    ]))
  it.each([
    ['01/01/1954', '1954-01-01'],
    ['1.2.2000', '2000-02-01'],
    ['29/02/2024', '2024-02-29'],
    ['29/02/2023', undefined],
    ['31/04/2026', undefined],
    ['2026-04-21', undefined],
    ['21042026', '2026-04-21'],
  ])('%s is %s', (text, date) => expect(parseTypedDate(text)).toBe(date))
})
