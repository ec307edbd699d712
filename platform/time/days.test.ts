import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addMonths,
  dateOfDay,
  dayNumberOf,
  dayOfInstant,
  isRealDate,
  msIntoDay,
  msOfDay,
  weekdayOfDay,
} from './days.ts'
import { addDays, instantOf, localDateOf, minuteOfDay, weekdayOf } from './vietnam.ts'
import { dayMonth, joinWords, weekdayAndDate } from './words.ts'

const anyInstant = fc.date({ min: new Date('1960-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })

describe('day numbers', () => {
  test('say the same as dates do', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const day = dayOfInstant(instant.getTime())
        expect(dateOfDay(day)).toBe(localDateOf(instant))
        expect(dayNumberOf(localDateOf(instant))).toBe(day)
        expect(weekdayOfDay(day)).toBe(weekdayOf(localDateOf(instant)))
        expect(dateOfDay(day + 1)).toBe(addDays(localDateOf(instant), 1))
        expect(Math.floor(msIntoDay(instant.getTime()) / 60_000)).toBe(minuteOfDay(instant))
        expect(msOfDay(day, 450)).toBe(instantOf(localDateOf(instant), 450).getTime())
      }),
    )
  })
})

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2026-12-31', 2, '2027-02-28'],
  ['2026-11-15', 2, '2027-01-15'],
  ['2026-12-01', 12, '2027-12-01'],
  ['2026-03-31', 0, '2026-03-31'],
])('%s and %d months is %s', (date, months, expected) => {
  expect(addMonths(date, months)).toBe(expected)
})

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2024-02-29', true],
  ['2026-13-01', false],
  ['2026-4-1', false],
  ['', false],
])('%j is a day: %s', (text, real) => {
  expect(isRealDate(text)).toBe(real)
})

describe('words', () => {
  test.each([
    ['2026-04-21', '21/4'],
    ['2026-05-01', '01/5'],
    ['2026-02-16', '16/02'],
    ['2026-01-02', '02/01'],
    ['2026-12-31', '31/12'],
  ])('%s is written %s', (date, expected) => {
    expect(dayMonth(date)).toBe(expected)
  })

  test('the year only where it is another one', () => {
    expect(weekdayAndDate('2026-04-21', 'vi', '2026')).toBe('thứ Ba 21/4')
    expect(weekdayAndDate('2027-01-03', 'vi', '2026')).toBe('Chủ nhật 03/01/2027')
    expect(weekdayAndDate('2026-04-21', 'en')).toBe('Tuesday 21 April')
  })

  test('lists end with và', () => {
    expect(joinWords([], 'vi')).toBe('')
    expect(joinWords(['a'], 'vi')).toBe('a')
    expect(joinWords(['a', 'b', 'c'], 'vi')).toBe('a, b và c')
    expect(joinWords(['a', 'b'], 'en')).toBe('a and b')
  })
})
