import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, weekdayOf } from '#platform/time/vietnam.ts'
import { expectedVisitors, HABITS, type HallToPlay, planDay, type Span } from './hall-plan.ts'
import { createRandom } from './random.ts'

const WORKING: readonly Span[] = [
  { from: 450, to: 690 },
  { from: 780, to: 1_020 },
]
const hall = (sessions: readonly Span[] = WORKING): HallToPlay => ({
  ...{ centre: 'tthcc', sessions },
  services: [
    { group: 'A', kind: 'reception', counters: ['1', '2', '3'] },
    { group: 'B', kind: 'reception', counters: ['3'] },
    { group: 'T', kind: 'return', counters: ['4'] },
  ],
})
const days = fc.integer({ min: 0, max: 1_500 }).map((n) => addDays('2025-06-01', n))
const seeds = fc.string({ minLength: 1, maxLength: 8 })
const plan = (seed: string, day: string, of = hall()) => planDay(of, day, createRandom(seed))

describe('the plan of a day', () => {
  test('the same seed gives the same day, another seed another one', () => {
    fc.assert(
      fc.property(seeds, days, (seed, day) => {
        expect(plan(seed, day)).toEqual(plan(seed, day))
        expect(plan(`${seed}+`, day)).not.toEqual(plan(seed, day))
      }),
      { numRuns: 25 },
    )
  })

  test('nobody comes while it is closed, and nobody sits there', () => {
    fc.assert(
      fc.property(seeds, days, (seed, day) => {
        const { visitors, shifts } = plan(seed, day)
        for (const { minute } of visitors)
          expect(WORKING.some(({ from, to }) => minute >= from && minute < to)).toBe(true)
        for (const { from, to, breaks } of shifts) {
          expect([from >= 450, to <= 1_020]).toEqual([true, true])
          for (const rest of breaks) expect(rest.from >= from && rest.to <= to).toBe(true)
          expect(breaks.find(({ why }) => why === 'LUNCH')).toMatchObject({ from: 690, to: 780 })
        }
        const closed = plan(seed, day, hall([]))
        expect([closed.visitors, closed.shifts]).toEqual([[], []])
      }),
      { numRuns: 40 },
    )
  })

  test('as many come as are expected, in the order of the clock, only for what is offered', () => {
    fc.assert(
      fc.property(seeds, days, (seed, day) => {
        const { visitors } = plan(seed, day)
        const expected = expectedVisitors(hall(), day)
        // Poisson: five standard deviations are met less than once in a million days.
        expect(Math.abs(visitors.length - expected)).toBeLessThan(5 * Math.sqrt(expected))
        const minutes = visitors.map(({ minute }) => minute)
        expect(minutes).toEqual(minutes.toSorted((a, b) => a - b))
        expect(new Set(visitors.map(({ n }) => n)).size).toBe(visitors.length)
        for (const { group, goesOnTo } of visitors) {
          expect(['A', 'B', 'T']).toContain(group)
          expect(goesOnTo).not.toBe(group)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('Monday brings more than Thursday, the weeks around Tết more than a summer week', () => {
    fc.assert(
      fc.property(days, (day) => {
        const monday = addDays(day, 1 - weekdayOf(day))
        expect(expectedVisitors(hall(), monday)).toBeGreaterThan(expectedVisitors(hall(), addDays(monday, 3)))
      }),
    )
    const summer = expectedVisitors(hall(), '2026-07-06')
    expect(expectedVisitors(hall(), '2026-02-09')).toBeGreaterThan(summer)
    expect(expectedVisitors(hall(), '2026-02-23')).toBeGreaterThan(summer)
    expect(expectedVisitors(hall(), '2026-03-30')).toBe(summer)
    const sampled = (day: string) => {
      const seeds = Array.from({ length: 20 }, (_, n) => plan(String(n), day).visitors.length)
      return seeds.reduce((sum, count) => sum + count, 0)
    }
    expect(sampled('2026-11-30')).toBeGreaterThan(sampled('2026-12-03'))
  })

  test('the morning after opening is the busiest time', () => {
    const all = Array.from({ length: 30 }, (_, n) => plan(String(n), '2026-12-02').visitors).flat()
    const between = (from: number, to: number) =>
      all.filter(({ minute }) => minute >= from && minute < to).length / (to - from)
    expect(between(480, 600)).toBeGreaterThan(between(840, 900))
    expect(between(840, 900)).toBeGreaterThan(between(960, 1_020))
  })

  test('shares come out as they were set', () => {
    const all = Array.from({ length: 60 }, (_, n) => plan(String(n), '2026-12-02').visitors).flat()
    const share = (of: (visitor: (typeof all)[number]) => boolean) => all.filter(of).length / all.length
    expect(all.length).toBeGreaterThan(4_000)
    const near = (found: number, wanted: number) => expect(Math.abs(found / wanted - 1)).toBeLessThan(0.15)
    near(
      share(({ priority }) => priority !== 'NONE'),
      HABITS.priority,
    )
    near(
      share(({ answersCall }) => !answersCall),
      HABITS.noShow,
    )
    near(
      share(({ booked }) => booked),
      HABITS.appointment,
    )
    near(
      share(({ asideFor }) => asideFor !== null),
      HABITS.aside,
    )
    near(all.reduce((sum, { visit }) => sum + visit, 0) / all.length, HABITS.visit.mean)
  })

  test('each service is asked for as much as its counters are there for it', () => {
    const all = Array.from({ length: 60 }, (_, n) => plan(String(n), '2026-12-02').visitors).flat()
    const count = (group: string) => all.filter((visitor) => visitor.group === group).length
    expect(count('A') / count('B')).toBeGreaterThan(3)
    expect(count('T') / count('A')).toBeCloseTo(0.7 / 2.5, 1)
  })
})
