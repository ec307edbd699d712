import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockOf, HISTORY_FIELDS, type HistoryField, type HistoryLine, readHistory } from './history.ts'
import { readInstant } from './history-moments.ts'

const NOW = Date.parse('2026-04-21T08:00:00+07:00')
const empty = Object.fromEntries(HISTORY_FIELDS.map((field) => [field, ''])) as HistoryLine // each field is there
const aLine = (more: Partial<Record<HistoryField, string>> = {}): HistoryLine => ({
  ...empty,
  code: 'H49-230512-0007',
  procedure: '2.000815',
  state: 'RETURNED',
  receivingCentre: 'tthcc-ha-long',
  resolvingUnit: 'tu-phap-ha-long',
  receivedAt: '2023-05-12 08:30',
  dueAt: '2023-05-15',
  completedAt: '2023-05-15 10:00',
  returnedAt: '2023-05-16 09:00',
  ownerName: 'Nguyễn Văn Mẫu',
  ownerId: '000000000001',
  ownerPhone: '0900000001',
  ...more,
})
const read = (more: Partial<Record<HistoryField, string>> = {}) =>
  readHistory(aLine(more), { now: NOW, samples: true })

describe('a line that can be true', () => {
  test('is a dossier with its moments', () => {
    expect(read()).toMatchObject({
      code: 'H49-230512-0007',
      state: 'RETURNED',
      outcome: 'GRANTED',
      channel: 'direct',
      kind: 'person',
      receivedAt: Date.parse('2023-05-12T08:30:00+07:00'),
      acceptedAt: Date.parse('2023-05-12T08:30:00+07:00'),
      dueAt: Date.parse('2023-05-15T17:00:00+07:00'),
      completedAt: Date.parse('2023-05-15T10:00:00+07:00'),
    })
  })
  test.each<[string, Partial<Record<HistoryField, string>>, object]>([
    [
      'words for codes',
      { channel: 'Trực tuyến', outcome: 'từ chối', returnWay: 'bưu chính' },
      { channel: 'online', outcome: 'REFUSED', returnWay: 'postal' },
    ],
    ['a card of nine digits', { ownerId: '100123456' }, {}],
    ['a phone of eleven digits', { ownerPhone: '01661234567' }, {}],
    [
      'days as they are printed',
      { receivedAt: '12/05/2023 08:30' },
      { receivedAt: Date.parse('2023-05-12T08:30:00+07:00') },
    ],
    ['a result without its day', { resultNumber: '12/GP' }, { resultDate: '2023-05-15' }],
    ['no limit', { dueAt: '' }, { dueAt: null }],
    [
      'a withdrawal',
      { state: 'WITHDRAWN', completedAt: '', returnedAt: '', endedAt: '2023-05-14' },
      { outcome: null },
    ],
    [
      'two pauses',
      { pauses: 'SUPPLEMENT 2023-05-12 09:00~2023-05-13 09:00; PAYMENT 13/05/2023 10:00~14/05/2023 08:00' },
      { pauses: [{ kind: 'SUPPLEMENT' }, { kind: 'PAYMENT' }] },
    ],
  ])('%s', (_what, more, expected) => expect(read(more)).toMatchObject(expected))
})

describe('a line that cannot be true says why, in Vietnamese', () => {
  test.each<[HistoryField, Partial<Record<HistoryField, string>>, string]>([
    ['code', { code: '' }, 'thiếu mã hồ sơ'],
    ['code', { code: 'HS 12/2023' }, 'không có dạng'],
    ['procedure', { procedure: '' }, 'thiếu mã thủ tục'],
    ['state', { state: '' }, 'thiếu trạng thái'],
    ['state', { state: 'PROCESSING' }, 'chưa phải trạng thái kết thúc'],
    ['receivedAt', { receivedAt: '' }, 'thiếu thời điểm'],
    ['receivedAt', { receivedAt: '2023-02-29 08:00' }, 'không phải thời điểm'],
    ['receivedAt', { receivedAt: '2027-01-01' }, 'nằm ngoài khoảng'],
    ['completedAt', { completedAt: '2023-05-11' }, 'sớm hơn receivedAt'],
    ['returnedAt', { returnedAt: '2023-05-15 08:00' }, 'sớm hơn completedAt'],
    ['returnedAt', { returnedAt: '' }, 'thiếu thời điểm trả'],
    ['completedAt', { state: 'WITHDRAWN', returnedAt: '' }, 'không có ở trạng thái'],
    ['ownerName', { ownerName: '' }, 'thiếu họ tên'],
    ['ownerId', { ownerId: '12345' }, 'không phải số định danh'],
    ['ownerId', { ownerKind: 'organisation', ownerId: '0100109107' }, 'không phải mã số thuế'],
    ['ownerPhone', { ownerPhone: '113' }, 'không phải số điện thoại'],
    ['channel', { channel: 'fax' }, 'không hiểu "fax"'],
    ['outcome', { outcome: 'có lẽ' }, 'không hiểu'],
    ['pauses', { pauses: 'SUPPLEMENT hôm qua' }, 'không hiểu'],
    [
      'pauses',
      { pauses: 'SUPPLEMENT 2023-05-13 08:00~2023-05-14 08:00;PAYMENT 2023-05-13 09:00~2023-05-14 09:00' },
      'nối tiếp nhau',
    ],
    ['pauses', { pauses: 'SUPPLEMENT 2023-05-13 08:00~2023-06-14 08:00' }, 'nối tiếp nhau'],
    ['resultDate', { resultNumber: '1', resultDate: 'hôm qua' }, 'không phải ngày'],
    ['pin', { pin: '12' }, '6 chữ số'],
    ['bookNumber', { bookNumber: 'x' }, 'không phải số thứ tự'],
    ['note', { note: 'x'.repeat(2_001) }, 'dài quá 2000'],
  ])('%s %j', (field, more, words) => {
    const problems = read(more)
    expect(problems).toBeInstanceOf(Array)
    expect((problems as string[]).find((one) => one.startsWith(`${field}:`))).toContain(words)
  })
  test('all that is wrong at once', () => {
    expect(read({ code: '', ownerName: '', state: 'x' })).toHaveLength(3)
  })
  test('sample numbers are nobody’s outside the demo', () => {
    expect(readHistory(aLine(), { now: NOW, samples: false })).toEqual([expect.stringContaining('ownerId')])
  })
})

describe('the clock', () => {
  test('runs from acceptance to the result, but for the pauses, without a gap', () => {
    const row = read({
      pauses: 'SUPPLEMENT 2023-05-12 09:00~2023-05-13 09:00;PAYMENT 2023-05-14 08:00~2023-05-14 10:00',
    })
    if (Array.isArray(row)) throw new Error(row.join())
    const intervals = clockOf(row)
    expect(intervals.map(({ kind, fromZero }) => `${kind}${fromZero ? ' from zero' : ''}`)).toEqual([
      'RUNNING from zero',
      'SUPPLEMENT',
      'RUNNING from zero',
      'PAYMENT',
      'RUNNING',
    ])
    expect([intervals[0]?.from, intervals.at(-1)?.to]).toEqual([row.acceptedAt, row.completedAt])
    for (const [i, { to }] of intervals.slice(0, -1).entries()) expect(intervals[i + 1]?.from).toBe(to)
  })
  test('never ran for what was not accepted', () => {
    const row = read({ state: 'NOT_ACCEPTED', completedAt: '', returnedAt: '', dueAt: '' })
    if (Array.isArray(row)) throw new Error(row.join())
    expect(clockOf(row)).toEqual([])
  })
})

describe('moments', () => {
  test('every minute is read as it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1990, 0, 2), max: Date.UTC(2060, 0, 1) }), (millis) => {
        const at = Math.floor(millis / 60_000) * 60_000
        const text = new Date(at + 7 * 3_600_000).toISOString().slice(0, 16)
        expect(readInstant(text, false)).toBe(at)
        expect(readInstant(`${text}:00+07:00`, false)).toBe(at)
        expect(readInstant(new Date(at).toISOString(), false)).toBe(at)
        const [day = '', time = ''] = text.split('T')
        expect(readInstant(`${day.split('-').reverse().join('/')} ${time}`, false)).toBe(at)
      }),
    )
  })
  test.each([
    '',
    'x',
    '2023-13-01',
    '2023-02-30',
    '2023-05-12 24:00',
    '2023-05-12 8:30',
    '2023/05/12',
    '2023-05-12T08:30+09:00',
  ])('%s is none', (text) => {
    expect(readInstant(text, false)).toBeNaN()
  })
})
