import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { addDays, weekdayOf } from '#platform/time/vietnam.ts'
import { appliesOn, findConflicts, type OpeningRule, slotsOn, visitFrom } from './openings.ts'

const rule = (more: Partial<OpeningRule> = {}): OpeningRule => ({
  ...{ id: 'r', opens: true, from: '2026-04-01', to: null, weekdays: [1, 2, 3, 4, 5] },
  ...{ everyWeeks: 1, nthOfMonth: null, fromMinute: 480, toMinute: 600, slotMinutes: 30 },
  ...{ publicCapacity: 2, staffCapacity: 1, ...more },
})
const closed = (more: Partial<OpeningRule> = {}) => rule({ id: 'c', opens: false, ...more })
/** A working day of a centre: 07:30–11:30, 13:30–17:00. */
const SESSIONS = [
  { from: 450, to: 690 },
  { from: 810, to: 1020 },
]
const times = (rules: OpeningRule[], date: string, sessions = SESSIONS) =>
  slotsOn(rules, date, sessions).map(
    ({ from }) => `${Math.floor(from / 60)}:${String(from % 60).padStart(2, '0')}`,
  )

// April 2026 begins on a Wednesday; Fridays are 3, 10, 17, 24; May begins on a Friday.
describe('a rule applies', () => {
  test.each<[string, Partial<OpeningRule>, Record<string, boolean>]>([
    ['each weekday', {}, { '2026-04-03': true, '2026-04-04': false, '2026-03-31': false }],
    ['until its last day', { to: '2026-04-10' }, { '2026-04-10': true, '2026-04-13': false }],
    [
      'Fridays of every second week',
      { weekdays: [5], everyWeeks: 2 },
      {
        '2026-04-03': true,
        '2026-04-10': false,
        '2026-04-17': true,
        '2026-05-01': true,
        '2026-04-16': false,
      },
    ],
    [
      'every second week from a Sunday: its week is the one that ends that day',
      { from: '2026-04-05', weekdays: [1], everyWeeks: 2 },
      { '2026-04-06': false, '2026-04-13': true, '2026-04-20': false },
    ],
    [
      'the first Friday of a month',
      { weekdays: [5], nthOfMonth: 1 },
      { '2026-04-03': true, '2026-04-10': false, '2026-05-01': true, '2026-05-08': false },
    ],
    [
      'the first Friday, every second week',
      { weekdays: [5], nthOfMonth: 1, everyWeeks: 2 },
      {
        '2026-04-03': true,
        '2026-05-01': true,
        '2026-06-05': false,
        '2026-07-03': false,
        '2026-08-07': true,
      },
    ],
    [
      'the last Thursday',
      { weekdays: [4], nthOfMonth: -1 },
      { '2026-04-30': true, '2026-04-23': false, '2026-05-28': true },
    ],
    [
      'the fifth Friday, where there is one',
      { weekdays: [5], nthOfMonth: 5 },
      { '2026-05-29': true, '2026-04-24': false },
    ],
    [
      'a single day, whatever its weekday',
      { from: '2026-04-04', to: '2026-04-04' },
      { '2026-04-04': true, '2026-04-03': false },
    ],
    [
      'over the new year',
      { weekdays: [5], everyWeeks: 2, from: '2025-12-26' },
      { '2026-01-02': false, '2026-01-09': true },
    ],
  ])('%s', (_, more, days) => {
    const one = rule(more)
    expect(Object.fromEntries(Object.keys(days).map((day) => [day, appliesOn(one, day)]))).toEqual(days)
  })
})

describe('the times of a day', () => {
  test.each<[string, OpeningRule[], string, string[]]>([
    ['cut into slots, no half one', [rule({ toMinute: 590 })], '2026-04-03', ['8:00', '8:30', '9:00']],
    ['none on another weekday', [rule()], '2026-04-04', []],
    [
      'only within the sessions',
      [rule({ fromMinute: 660, toMinute: 840 })],
      '2026-04-03',
      ['11:00', '13:30'],
    ],
    [
      'a closure takes away what it touches',
      [rule(), closed({ fromMinute: 510, toMinute: 525 })],
      '2026-04-03',
      ['8:00', '9:00', '9:30'],
    ],
    [
      'a closed day',
      [rule(), closed({ from: '2026-04-03', to: '2026-04-03', fromMinute: 0, toMinute: 1440 })],
      '2026-04-03',
      [],
    ],
    [
      'a special opening replaces the recurring one',
      [rule(), rule({ id: 's', from: '2026-04-03', to: '2026-04-03', fromMinute: 900, toMinute: 960 })],
      '2026-04-03',
      ['15:00', '15:30'],
    ],
    [
      'a closure of the same day closes part of a special opening',
      [
        rule({ id: 's', from: '2026-04-03', to: '2026-04-03', fromMinute: 900, toMinute: 960 }),
        closed({ from: '2026-04-03', to: '2026-04-03', fromMinute: 930, toMinute: 960 }),
      ],
      '2026-04-03',
      ['15:00'],
    ],
    [
      'of two that overlap the later begun holds',
      [rule(), rule({ id: 'n', from: '2026-04-02', fromMinute: 495, toMinute: 555 })],
      '2026-04-03',
      ['8:15', '8:45', '9:30'],
    ],
    [
      'two that touch do not overlap',
      [rule(), rule({ id: 'n', fromMinute: 600, toMinute: 660 })],
      '2026-04-03',
      ['8:00', '8:30', '9:00', '9:30', '10:00', '10:30'],
    ],
  ])('%s', (_, rules, date, expected) => expect(times(rules, date)).toEqual(expected))

  it('a day off has none, unless it was opened by itself', () => {
    expect(times([rule()], '2026-04-30', [])).toEqual([])
    const special = rule({ id: 's', from: '2026-04-30', to: '2026-04-30', fromMinute: 480, toMinute: 540 })
    expect(times([rule(), special], '2026-04-30', [])).toEqual(['8:00', '8:30'])
  })

  it('never overlap, lie in their rules, and do not depend on the order of the rules', () => {
    const rules = fc.array(
      fc.record({
        ...{ opens: fc.boolean(), fromMinute: fc.integer({ min: 400, max: 700 }) },
        ...{ length: fc.integer({ min: 5, max: 300 }), slotMinutes: fc.integer({ min: 5, max: 60 }) },
        ...{ every: fc.integer({ min: 1, max: 3 }), begins: fc.integer({ min: 0, max: 20 }) },
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 60 }), (drawn, day) => {
        const all = drawn.map(({ length, every, begins, ...one }, index) =>
          rule({
            ...one,
            ...{ id: `r${index}`, toMinute: one.fromMinute + length, everyWeeks: every },
            from: addDays('2026-04-01', begins),
          }),
        )
        const date = addDays('2026-04-01', day)
        const slots = slotsOn(all, date, SESSIONS)
        for (const [index, slot] of slots.entries()) {
          expect(slot.from).toBeGreaterThanOrEqual(slots[index - 1]?.to ?? 0)
          const own = all.find(({ id }) => id === slot.rule)
          expect(own && appliesOn(own, date) && slot.from >= own.fromMinute && slot.to <= own.toMinute).toBe(
            true,
          )
        }
        expect(slotsOn(all.toReversed(), date, SESSIONS)).toEqual(slots)
        if (weekdayOf(date) > 5) expect(slots).toEqual([])
      }),
    )
  })
})

describe('a visit of several slots', () => {
  const slots = slotsOn([rule(), closed({ fromMinute: 540, toMinute: 541 })], '2026-04-03', SESSIONS)
  it.each([
    ['one', 480, 1, [480]],
    ['two in a row', 480, 2, [480, 510]],
    ['over a gap', 510, 2, undefined],
    ['beyond the end', 570, 2, undefined],
    ['at no slot', 481, 1, undefined],
  ])('%s', (_, from, count, expected) =>
    expect(visitFrom(slots, from, count)?.map((slot) => slot.from)).toEqual(expected),
  )
})

describe('conflicts', () => {
  const found = (a: Partial<OpeningRule>, b: Partial<OpeningRule>) =>
    findConflicts([rule({ id: 'a', ...a }), rule({ id: 'b', ...b })], '2026-04-01', 120).map(
      ({ dates }) => dates[0],
    )
  it.each([
    ['the same hours', {}, {}, ['2026-04-01']],
    ['hours apart', {}, { fromMinute: 600, toMinute: 660 }, []],
    ['weekdays apart', { weekdays: [1] }, { weekdays: [2] }, []],
    ['weeks that never meet', { everyWeeks: 2 }, { everyWeeks: 2, from: '2026-04-08' }, []],
    [
      'weeks that meet at last',
      { weekdays: [5], everyWeeks: 2 },
      { weekdays: [5], everyWeeks: 3 },
      ['2026-04-03'],
    ],
    [
      'the first Friday, and every third Friday from another week',
      { weekdays: [5], nthOfMonth: 1 },
      { weekdays: [5], everyWeeks: 3, from: '2026-04-10' },
      ['2026-05-01'],
    ],
    ['a special day over the recurring one is meant so', {}, { from: '2026-04-03', to: '2026-04-03' }, []],
    ['a closure is none', {}, { opens: false }, []],
    [
      'two special openings of one day',
      { from: '2026-04-03', to: '2026-04-03' },
      { from: '2026-04-03', to: '2026-04-03' },
      ['2026-04-03'],
    ],
  ])('%s', (_, a, b, expected) => expect(found(a, b)).toEqual(expected))
})
