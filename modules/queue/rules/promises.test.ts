import { describe, expect, it } from 'vitest'
import { type Kept, LEAST_TICKETS, measure, shownRange } from './promises.ts'

const kept = (waited: number, comeBackAfter: number | null = null): Kept => ({
  ...{ p10: 10, p50: 20, p90: 30, waited, comeBackAfter },
})

describe('we said, and it was', () => {
  it('counts who was called within, before and after what was shown, its ends included', () =>
    expect(measure([9, 10, 20, 30, 31].map((waited) => kept(waited)))).toMatchObject({
      ...{ tickets: 5, within: 3, sooner: 1, later: 1 },
    }))
  it('shows a range that is never narrower than the promise', () => {
    for (let p10 = 0; p10 < 60; p10 += 1.7) {
      const { from, to } = shownRange({ p10, p90: p10 + 7.3 })
      expect([from <= p10, to >= p10 + 7.3, from % 5, to % 5]).toEqual([true, true, 0, 0])
    }
    expect(shownRange({ p10: 0, p90: 0 })).toEqual({ from: 0, to: 5 })
  })
  it('counts the costly error: called before the moment they were told to be back', () =>
    expect(measure([kept(8, 10), kept(12, 10), kept(8)]).tooEarly).toBe(1))
  it('tells no minutes of so few that chance would speak', () => {
    const few = Array.from({ length: LEAST_TICKETS - 1 }, (_, i) => kept(i))
    expect(measure(few)).toMatchObject({ promised: null, waited: null, ninety: null })
    expect(measure([...few, kept(29)])).toMatchObject({ promised: 20, waited: 14, ninety: 26 })
  })
  it('knows nothing of nobody', () =>
    expect(measure([])).toMatchObject({ tickets: 0, within: 0, waited: null }))
})
