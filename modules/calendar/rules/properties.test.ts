import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayNumberOf } from '#platform/time/days.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import { at, centreWith, nation } from './calendars.fixture.ts'
import { isWorkingDay } from './compile.ts'
import { dueDate } from './due.ts'
import type { DayPolicy, DurationUnit } from './model.ts'
import { naiveAdd, naiveMinutesBetween, naiveNthWorkingDay, naiveWorkingDay } from './naive-oracle.fixture.ts'
import {
  addWorkingMinutes,
  isWorking,
  movedByPause,
  nextSession,
  workingMinutesBetween,
} from './working-time.ts'

const FROM = at('2014-01-01 00:00').getTime()
const TO = at('2027-10-01 00:00').getTime()
const minuteIn = (from: number, to: number) =>
  fc
    .integer({ min: 0, max: Math.floor((to - from) / 60_000) - 1 })
    .map((minute) => new Date(from + minute * 60_000))
const anyMinute = minuteIn(FROM, TO)
const anyInstant = fc
  .tuple(anyMinute, fc.integer({ min: 0, max: 59_999 }))
  .map(([minute, ms]) => new Date(minute.getTime() + ms))
const minutes = fc.integer({ min: 1, max: 20_000 })
const shortMinutes = fc.integer({ min: 1, max: 2_000 })
const monotoneUnits: readonly DurationUnit[] = [
  ...([
    'WORKING_DAY',
    'CALENDAR_DAY',
    'WORKING_HOUR',
    'HOUR',
    'MINUTE',
    'MONTH',
    'YEAR',
    'SAME_DAY',
    'IMMEDIATE',
  ] as const),
]
const anyUnit = fc.constantFrom(...monotoneUnits)
const amountFor = (unit: DurationUnit) => fc.integer({ min: 1, max: unit === 'YEAR' ? 5 : 60 })

/** An odd centre: short Fridays, Saturday mornings, duty on Sundays, a day off, an hour on a holiday. */
const oddCentre = centreWith({
  weekly: { 5: [{ from: 420, to: 660 }], 6: [{ from: 480, to: 600 }] },
  duty: { 7: [{ from: 480, to: 600 }] },
})
const anyCalendar = fc.constantFrom(nation, oddCentre)

describe('every due date', () => {
  test('is later or the same for a later start', () => {
    fc.assert(
      fc.property(
        anyUnit.chain((unit) => fc.tuple(fc.constant(unit), amountFor(unit))),
        fc.tuple(anyInstant, anyInstant),
        anyCalendar,
        fc.constantFrom<DayPolicy>('END_OF_DAY', 'SAME_TIME'),
        ([unit, amount], pair, calendar, policy) => {
          const [first, second] = pair.toSorted((a, b) => a.getTime() - b.getTime())
          if (!first || !second) return
          const due = (start: Date) =>
            dueDate({ start, amount, unit, calendar, policy }).due?.getTime() ?? Number.NaN
          expect(due(first)).toBeLessThanOrEqual(due(second))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('of neighbouring starts keeps the order too', () => {
    fc.assert(
      fc.property(
        anyUnit,
        anyInstant,
        fc.integer({ min: 1, max: 26 * 3_600_000 }),
        anyCalendar,
        fc.constantFrom<DayPolicy>('END_OF_DAY', 'SAME_TIME'),
        (unit, start, gap, calendar, policy) => {
          const due = (from: Date) =>
            dueDate({ start: from, amount: 3, unit, calendar, policy }).due?.getTime() ?? Number.NaN
          expect(due(start)).toBeLessThanOrEqual(due(new Date(start.getTime() + gap)))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('lies after the start and never outside working time, but for clock hours', () => {
    const units = monotoneUnits.filter((unit) => unit !== 'HOUR' && unit !== 'MINUTE')
    fc.assert(
      fc.property(
        fc.constantFrom(...units).chain((unit) => fc.tuple(fc.constant(unit), amountFor(unit))),
        anyInstant,
        anyCalendar,
        fc.constantFrom<DayPolicy>('END_OF_DAY', 'SAME_TIME'),
        ([unit, amount], start, calendar, policy) => {
          const { due } = dueDate({ start, amount, unit, calendar, policy })
          if (!due) throw new Error('a term without an end')
          expect(due.getTime()).toBeGreaterThan(start.getTime())
          // A term ends with a minute of work, or at the opening for SAME_TIME before opening.
          const before = isWorking(calendar, new Date(due.getTime() - 1))
          expect(before || isWorking(calendar, due)).toBe(true)
          expect(isWorkingDay(calendar, dayNumberOf(localDateOf(due)))).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('moves by exactly the working minutes of a pause', () => {
    fc.assert(
      fc.property(
        anyMinute,
        fc.integer({ min: 1, max: 40 }),
        anyMinute,
        minutes,
        (start, amount, pausedAt, paused) => {
          const { due } = dueDate({ start, amount, unit: 'WORKING_DAY', calendar: nation })
          if (!due) throw new Error('a term without an end')
          const resumedAt = addWorkingMinutes(nation, pausedAt, paused)
          const moved = movedByPause(nation, due, pausedAt, resumedAt)
          expect(workingMinutesBetween(nation, due, moved)).toBe(paused)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('does not move by a pause in which nobody worked', () => {
    const due = at('2026-03-13 17:00')
    expect(movedByPause(nation, due, at('2026-03-06 17:00'), at('2026-03-09 07:30'))).toEqual(due)
    expect(movedByPause(nation, due, at('2026-03-06 10:00'), at('2026-03-06 09:00'))).toEqual(due)
  })

  test('counts in its trace exactly the days of the term', () => {
    fc.assert(
      fc.property(anyMinute, fc.integer({ min: 1, max: 90 }), anyCalendar, (start, amount, calendar) => {
        const { due, trace } = dueDate({ start, amount, unit: 'WORKING_DAY', calendar })
        expect(trace.counted.map(({ ordinal }) => ordinal)).toEqual(
          Array.from({ length: amount }, (_, index) => index + 1),
        )
        expect(trace.counted.at(-1)?.date).toBe(due && localDateOf(due))
        const days = [...trace.counted, ...trace.skipped].map(({ date }) => date).sort()
        const span = dayNumberOf(trace.dueOn ?? '') - dayNumberOf(trace.receivedOn)
        // No day between receipt and due day is missing or told twice.
        expect(new Set(days).size).toBe(days.length)
        expect(days.length).toBe(span)
      }),
      { numRuns: 500 },
    )
  })

  test('in working hours uses up, day by day, exactly the hours given', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 60 }), anyCalendar, (start, amount, calendar) => {
        const { trace } = dueDate({ start, amount, unit: 'WORKING_HOUR', calendar })
        const used = trace.counted.reduce((sum, day) => sum + (day.minutes ?? 0), 0)
        expect(used).toBeCloseTo(amount * 60, 6)
      }),
      { numRuns: 500 },
    )
  })
})

describe('working time', () => {
  test('adds up: two terms one after the other are their sum', () => {
    fc.assert(
      fc.property(anyInstant, minutes, minutes, anyCalendar, (start, a, b, calendar) => {
        const together = addWorkingMinutes(calendar, start, a + b)
        expect(addWorkingMinutes(calendar, addWorkingMinutes(calendar, start, a), b)).toEqual(together)
      }),
      { numRuns: 1000 },
    )
  })

  test('between two instants adds up over any instant between, and is negative backwards', () => {
    fc.assert(
      fc.property(anyMinute, anyMinute, anyMinute, (a, b, c) => {
        const parts = workingMinutesBetween(nation, a, b) + workingMinutesBetween(nation, b, c)
        expect(parts).toBe(workingMinutesBetween(nation, a, c))
        expect(workingMinutesBetween(nation, b, a) + workingMinutesBetween(nation, a, b)).toBe(0)
      }),
    )
  })

  test('equals a walk minute by minute', () => {
    fc.assert(
      fc.property(anyMinute, shortMinutes, (start, amount) => {
        const walked = naiveAdd(start.getTime(), amount)
        expect(toLocalIso(addWorkingMinutes(nation, start, amount))).toBe(toLocalIso(new Date(walked)))
        expect(workingMinutesBetween(nation, start, new Date(walked))).toBe(
          naiveMinutesBetween(start.getTime(), walked),
        )
      }),
      { numRuns: 300 },
    )
  })

  test('working days equal a walk day by day', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 60 }), (start, n) => {
        const { due } = dueDate({ start, amount: n, unit: 'WORKING_DAY', calendar: nation })
        expect(due && toLocalIso(due)).toBe(`${naiveNthWorkingDay(start.getTime(), n)}T17:00:00+07:00`)
      }),
      { numRuns: 1000 },
    )
  })

  test('every single day from 2014 to 2027 is what the published rows say', () => {
    const wrong: string[] = []
    for (let day = dayNumberOf('2014-01-01'); day <= dayNumberOf('2027-12-31'); day += 1) {
      const date = new Date(day * 86_400_000).toISOString().slice(0, 10)
      if (isWorkingDay(nation, day) !== naiveWorkingDay(date)) wrong.push(date)
    }
    expect(wrong).toEqual([])
  })

  test('the next session is under way or begins with work', () => {
    fc.assert(
      fc.property(anyInstant, anyCalendar, (now, calendar) => {
        const { from, to } = nextSession(calendar, now)
        expect(to.getTime()).toBeGreaterThan(now.getTime())
        expect(isWorking(calendar, from)).toBe(true)
        if (isWorking(calendar, now)) expect(from.getTime()).toBeLessThanOrEqual(now.getTime())
        else expect(workingMinutesBetween(calendar, now, from)).toBe(0)
      }),
    )
  })
})
