import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import tables from '#data/calendar/year-tables.json' with { type: 'json' }
import {
  compileCalendar,
  movedByPause,
  nationLayer,
  readYearTables,
  workingMinutesBetween,
} from '#modules/calendar/rules.ts'
import { type ClockKind, type DueChange, deriveDues, type Interval, latenessOf } from './clock.ts'
import { deadlineFrom } from './deadlines.ts'
import { lifeRulesOn } from './life-rules.ts'
import { pausesIn, workedMinutes } from './worked.ts'

const calendar = compileCalendar([nationLayer(readYearTables(tables))])
const at = (text: string) => new Date(`${text}:00+07:00`)
const limit = { amount: 5, unit: 'WORKING_DAY' as const }

const clockOf = (start: Date, pieces: readonly { kind: ClockKind; minutes: number; fromZero: boolean }[]) => {
  let from = start
  return pieces.map(({ kind, minutes, fromZero }, i): Interval => {
    const to = i === pieces.length - 1 ? null : new Date(from.getTime() + minutes * 60_000)
    const interval = { ordinal: i + 1, kind, fromZero: kind === 'RUNNING' && (i === 0 || fromZero), from, to }
    from = to ?? from
    return interval
  })
}

describe('the promised date is derived', () => {
  const running = (from: string, to: string | null, fromZero = false, ordinal = 1): Interval => ({
    ...{ ordinal, kind: 'RUNNING', fromZero, from: at(from), to: to === null ? null : at(to) },
  })
  test('of a clock that runs: the limit', () => {
    const dues = deriveDues(calendar, limit, [running('2026-04-21T08:00', null, true)], [])
    expect(dues.due).toEqual(at('2026-04-29T17:00'))
    expect(dues).toMatchObject({ original: dues.due, withoutExtension: dues.due })
  })
  test('after a supplement: the limit from zero', () => {
    const { due } = deriveDues(
      calendar,
      limit,
      [
        running('2026-04-21T08:00', '2026-04-23T09:00', true),
        {
          ...{ ordinal: 2, kind: 'SUPPLEMENT', fromZero: false },
          from: at('2026-04-23T09:00'),
          to: at('2026-04-29T09:00'),
        },
        running('2026-04-29T09:00', null, true, 3),
      ],
      [],
    )
    expect(due).toEqual(at('2026-05-08T17:00'))
  })
  test('after a payment: the rest, and while it waits nothing moves', () => {
    const paid: Interval[] = [
      running('2026-04-21T08:00', '2026-04-22T09:00', true),
      {
        ...{ ordinal: 2, kind: 'PAYMENT', fromZero: false },
        from: at('2026-04-22T09:00'),
        to: at('2026-04-24T10:00'),
      },
      running('2026-04-24T10:00', null, false, 3),
    ]
    expect(deriveDues(calendar, limit, paid, []).due).toEqual(at('2026-05-06T08:30'))
    expect(deriveDues(calendar, limit, paid.slice(0, 2), []).due).toEqual(at('2026-04-29T17:00'))
  })
  test('an apology moves what is promised, and not what is counted', () => {
    const before = at('2026-04-29T17:00')
    const change: DueChange = { interval: 1, kind: 'EXTENSION', before, due: at('2026-05-08T17:00') }
    const dues = deriveDues(calendar, limit, [running('2026-04-21T08:00', null, true)], [change])
    expect(dues).toMatchObject({ due: change.due, withoutExtension: before })
    const done = at('2026-05-05T09:00')
    expect(latenessOf(dues, done, 'WORKING_DAY')).toEqual({ vsOriginal: true, vsExtended: false })
    expect(latenessOf(dues, at('2026-04-29T23:00'), 'WORKING_DAY').vsOriginal).toBe(false)
  })
  test('hours are compared by the moment, days by the date', () => {
    const due = at('2026-04-29T10:00')
    const same = { due, withoutExtension: due }
    expect(latenessOf(same, at('2026-04-29T10:01'), 'WORKING_HOUR').vsOriginal).toBe(true)
    expect(latenessOf(same, at('2026-04-29T16:00'), 'WORKING_DAY').vsOriginal).toBe(false)
    expect(latenessOf({ due: null, withoutExtension: null }, due, 'NONE').vsOriginal).toBe(false)
  })
})

const piece = fc.record({
  kind: fc.constantFrom<ClockKind>('RUNNING', 'SUPPLEMENT', 'PAYMENT', 'APPLICANT_WAIT', 'FORCE_MAJEURE'),
  minutes: fc.integer({ min: 0, max: 20_000 }),
  fromZero: fc.boolean(),
})
const clock = fc
  .tuple(fc.integer({ min: 0, max: 300 * 24 * 60 }), fc.array(piece, { minLength: 1, maxLength: 8 }))
  .map(([offset, pieces]) =>
    clockOf(new Date(at('2025-07-01T08:00').getTime() + offset * 60_000), [
      { kind: 'RUNNING' as const, minutes: 500, fromZero: true },
      ...pieces,
    ]),
  )

describe('for every clock', () => {
  test('its intervals add up to the working time that passed', () => {
    fc.assert(
      fc.property(clock, (intervals) => {
        const first = intervals[0]?.from ?? at('2026-01-01T00:00')
        const end = new Date((intervals.at(-1)?.from ?? first).getTime() + 600 * 60_000)
        const sum = intervals.reduce(
          (total, { from, to }) => total + workingMinutesBetween(calendar, from, to ?? end),
          0,
        )
        expect(sum).toBeCloseTo(workingMinutesBetween(calendar, first, end), 5)
        const waited = pausesIn(intervals).reduce(
          (total, { from, to }) => total + workingMinutesBetween(calendar, from, to ?? end),
          0,
        )
        expect(workedMinutes(calendar, first, end, pausesIn(intervals))).toBeCloseTo(sum - waited, 5)
      }),
    )
  })
  test('the date equals one that is kept step by step', () => {
    fc.assert(
      fc.property(clock, (intervals) => {
        let kept: Date | null = null
        intervals.forEach(({ fromZero }, i) => {
          const before = intervals[i - 1]
          if (fromZero) kept = deriveDues(calendar, limit, [intervals[i] as Interval], []).due
          else if (before && before.kind !== 'RUNNING' && before.to && kept)
            kept = movedByPause(calendar, kept, before.from, before.to)
        })
        expect(deriveDues(calendar, limit, intervals, []).due).toEqual(kept)
      }),
    )
  })
})

describe('limits beside the clock', () => {
  const rules = lifeRulesOn('2026-04-21')
  test.each([
    ['INTAKE_CHECK', '2026-04-21T16:00', '2026-04-21T18:00', '2026-04-22T16:00'],
    ['INTAKE_CHECK', '2026-04-24T16:00', '2026-04-24T18:00', '2026-04-28T16:00'],
    ['APPLICANT', '2026-04-21T09:00', '2026-05-06T17:00', '2026-05-06T17:00'],
    ['CORRECTION', '2026-04-29T09:00', '2026-05-06T17:00', '2026-05-06T17:00'],
    ['PAYMENT', '2026-04-21T09:00', '2026-05-21T17:00', null],
    ['CONSULTATION', '2026-04-21T09:00', null, null],
  ] as const)('%s from %s: told at %s, over at %s', (kind, from, alarm, due) => {
    expect(deadlineFrom(kind, calendar, at(from), rules)).toEqual({
      alarm: alarm && at(alarm),
      due: due && at(due),
    })
  })
  test('a dossier of before July 2025 is never closed for silence', () => {
    expect(lifeRulesOn('2025-06-30').closeAfter).toBeNull()
    expect(lifeRulesOn('2025-07-01').closeAfter).toBe(15)
    expect(deadlineFrom('APPLICANT', calendar, at('2025-06-30T09:00'), lifeRulesOn('2025-06-30'))).toEqual({
      ...{ alarm: null, due: null },
    })
  })
  test('a province’s own number counts from its day on', () => {
    const local = {
      key: 'supplement.within',
      from: '2026-05-01',
      to: null,
      value: 2,
      legalBasis: 'QĐ 01',
    } as const
    expect(lifeRulesOn('2026-04-30', [local]).supplementWithin).toBe(3)
    expect(lifeRulesOn('2026-05-01', [local]).supplementWithin).toBe(2)
  })
})
