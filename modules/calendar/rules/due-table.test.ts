import { describe, expect, test } from 'vitest'
import { toLocalIso } from '#platform/time/vietnam.ts'
import { at, centreWith, nation, withCultureDay } from './calendars.fixture.ts'
import type { Calendar } from './compile.ts'
import { dueDate } from './due.ts'
import { DUE_TABLE } from './due-table.fixture.ts'
import type { DayException, DayPolicy, DurationUnit, Session } from './model.ts'

const local = (instant: Date | null): string | null =>
  instant && toLocalIso(instant).slice(0, 16).replace('T', ' ')

const due = (
  start: string,
  amount: number,
  unit: DurationUnit,
  calendar: Calendar = nation,
  policy?: DayPolicy,
) => dueDate({ start: at(start), amount, unit, calendar, policy })

describe.each(Object.entries(DUE_TABLE))('%s', (_group, rows) => {
  test.each(rows)('%s + %d %s → %s: %s', (start, amount, unit, expected, _why) => {
    expect(local(due(start, amount, unit).due)).toBe(expected)
  })
})

describe('the candidate day 24/11', () => {
  test.each([
    ['2026-11-23 10:00', 1, 'WORKING_DAY', '2026-11-24 17:00', '2026-11-25 17:00'],
    ['2026-11-09 10:00', 15, 'CALENDAR_DAY', '2026-11-24 17:00', '2026-11-25 17:00'],
    ['2026-11-24 10:00', 1, 'SAME_DAY', '2026-11-24 17:00', '2026-11-25 17:00'],
    ['2026-11-23 16:00', 2, 'WORKING_HOUR', '2026-11-24 08:30', '2026-11-25 08:30'],
    ['2026-10-24 10:00', 1, 'MONTH', '2026-11-24 17:00', '2026-11-25 17:00'],
  ] as const)('%s + %d %s: off by default → %s, adopted → %s', (start, amount, unit, off, on) => {
    expect(local(due(start, amount, unit).due)).toBe(off)
    expect(local(due(start, amount, unit, withCultureDay).due)).toBe(on)
  })
})

describe('beyond the published years', () => {
  test.each([
    ['2026-12-30 10:00', 1, 'WORKING_DAY', false, 'ends on 31/12/2026'],
    ['2026-12-31 10:00', 1, 'WORKING_DAY', true, 'ends in 2027, which is a projection'],
    ['2026-12-31 16:30', 1, 'WORKING_HOUR', true, 'half an hour into 2027'],
    ['2026-12-31 16:00', 1, 'WORKING_HOUR', false, 'to the last minute of 2026'],
    ['2026-12-01 10:00', 1, 'MONTH', true, '1/1/2027 and then to a working day'],
    ['2026-12-01 10:00', 30, 'CALENDAR_DAY', false, 'exactly 31/12/2026'],
    ['2026-12-31 15:00', 1, 'SAME_DAY', true, 'the next working day is in 2027'],
    ['2027-06-01 10:00', 5, 'WORKING_DAY', true, 'wholly within 2027'],
    ['2028-01-10 10:00', 5, 'WORKING_DAY', true, '2028 has no table at all'],
    ['2013-12-30 10:00', 3, 'WORKING_DAY', true, 'before the first table'],
    ['2026-06-01 10:00', 2, 'YEAR', true, 'across 2027 into 2028'],
    ['2026-12-31 23:30', 2, 'HOUR', false, 'clock hours need no calendar'],
    ['2026-12-31 10:00', 1, 'NONE', false, 'no limit, nothing to be provisional'],
  ] as const)('%s + %d %s is provisional: %s (%s)', (start, amount, unit, provisional, _why) => {
    expect(due(start, amount, unit).provisional).toBe(provisional)
  })

  test('2028 still knows its weekends', () => {
    expect(local(due('2028-01-07 10:00', 1, 'WORKING_DAY').due)).toBe('2028-01-10 17:00')
  })

  test('the trap: without the next year 1/1/2027 would be a working day and the answer 4/1', () => {
    expect(local(due('2026-12-31 10:00', 2, 'WORKING_DAY').due)).toBe('2027-01-05 17:00')
  })
})

const morning: Session = { from: 450, to: 690 }
const exception = (date: string, type: DayException['type'], sessions?: Session[]): DayException => ({
  ...{ date, type, sessions, kind: 'local', legalBasis: 'Quyết định thử', confidence: 'verified' },
  name: { vi: 'Ngày riêng', en: 'Own day' },
  short: { vi: 'Riêng', en: 'Own' },
})

describe('a centre of its own', () => {
  const saturdayDuty = centreWith({ duty: { 6: [morning] } })
  const saturdayWork = centreWith({ weekly: { 6: [morning] } })
  const shortFriday = centreWith({ weekly: { 5: [morning] } })
  const days = centreWith({
    exceptions: [
      exception('2026-03-05', 'OFF'),
      exception('2026-03-10', 'PARTIAL', [{ from: 480, to: 600 }]),
      exception('2026-04-30', 'WORK'),
      exception('2026-08-22', 'OFF'),
      exception('2026-03-17', 'DUTY', [morning]),
    ],
  })
  const rows: [
    start: string,
    amount: number,
    unit: DurationUnit,
    expected: string,
    why: string,
    on: Calendar,
  ][] = [
    [
      '2026-03-06 10:00',
      1,
      'WORKING_DAY',
      '2026-03-09 17:00',
      'Saturday duty is no working day',
      saturdayDuty,
    ],
    ['2026-03-07 10:00', 1, 'WORKING_DAY', '2026-03-09 17:00', 'received on Saturday duty', saturdayDuty],
    ['2026-03-07 08:00', 1, 'WORKING_HOUR', '2026-03-09 08:30', 'hours of duty do not run', saturdayDuty],
    ['2026-03-07 08:00', 1, 'SAME_DAY', '2026-03-09 17:00', 'same-day work of Saturday duty', saturdayDuty],
    [
      '2026-08-21 08:00',
      1,
      'WORKING_DAY',
      '2026-08-22 17:00',
      'a make-up Saturday is stronger than duty',
      saturdayDuty,
    ],
    [
      '2026-03-06 10:00',
      1,
      'WORKING_DAY',
      '2026-03-07 11:30',
      'a centre that works on Saturday mornings',
      saturdayWork,
    ],
    ['2026-03-06 16:00', 6, 'WORKING_HOUR', '2026-03-09 08:30', 'its Saturday hours run', saturdayWork],
    [
      '2026-08-21 10:00',
      1,
      'WORKING_DAY',
      '2026-08-22 17:00',
      'its make-up Saturday has the hours of 31/8',
      saturdayWork,
    ],
    [
      '2026-03-05 10:00',
      1,
      'WORKING_DAY',
      '2026-03-06 11:30',
      'a short Friday ends at its own closing',
      shortFriday,
    ],
    ['2026-03-05 16:00', 6, 'WORKING_HOUR', '2026-03-09 08:30', 'no hours on Friday afternoon', shortFriday],
    ['2026-03-04 10:00', 1, 'WORKING_DAY', '2026-03-06 17:00', 'its own day off', days],
    [
      '2026-03-09 10:00',
      1,
      'WORKING_DAY',
      '2026-03-10 10:00',
      'a short day is a working day until it closes',
      days,
    ],
    ['2026-03-10 08:00', 3, 'WORKING_HOUR', '2026-03-11 08:30', 'two of the hours on the short day', days],
    ['2026-03-10 14:00', 1, 'SAME_DAY', '2026-03-11 17:00', 'the short day has closed', days],
    ['2026-04-29 10:00', 1, 'WORKING_DAY', '2026-04-30 17:00', 'works on a public holiday', days],
    ['2026-08-21 10:00', 1, 'WORKING_DAY', '2026-08-24 17:00', 'does not work on the make-up Saturday', days],
    ['2026-03-16 10:00', 1, 'WORKING_DAY', '2026-03-18 17:00', 'a Tuesday of duty only', days],
  ]
  test.each(rows)('%s + %d %s → %s: %s', (start, amount, unit, expected, _why, on) => {
    expect(local(due(start, amount, unit, on).due)).toBe(expected)
  })
})

describe('working days that end at the hour of receipt', () => {
  test.each([
    ['2026-03-04 10:00', 1, '2026-03-05 10:00', 'in working time'],
    ['2026-03-04 12:00', 1, '2026-03-05 11:30', 'in the lunch break: the end of the morning'],
    ['2026-03-04 19:00', 1, '2026-03-05 17:00', 'after closing: closing'],
    ['2026-03-04 06:00', 1, '2026-03-05 07:30', 'before opening: opening'],
    ['2026-03-08 10:00', 1, '2026-03-09 17:00', 'on a Sunday: a whole day'],
    ['2026-08-21 16:59', 1, '2026-08-22 16:59', 'on a make-up Saturday'],
  ] as const)('%s + %d → %s: %s', (start, amount, expected, _why) => {
    expect(local(due(start, amount, 'WORKING_DAY', nation, 'SAME_TIME').due)).toBe(expected)
  })
})

test.each([
  [0, 'WORKING_DAY'],
  [-1, 'HOUR'],
  [1.5, 'MONTH'],
  [Number.NaN, 'WORKING_DAY'],
  [Number.POSITIVE_INFINITY, 'HOUR'],
  [5001, 'WORKING_DAY'],
] as const)('%d %s is refused', (amount, unit) => {
  expect(() => due('2026-03-04 10:00', amount, unit)).toThrow(RangeError)
})
