import { describe, expect, it } from 'vitest'
import { rangeOf, waitText } from './waits.tsx'

const words = { minutes: 'phút', soon: 'dưới 5 phút', unknown: 'chưa đủ số liệu' }

describe('a wait in words', () => {
  it.each([
    [{ p10: 11.2, p50: 14, p90: 18.1 }, '10–20 phút'],
    [{ p10: 10, p50: 15, p90: 20 }, '10–20 phút'],
    [{ p10: 0, p50: 1, p90: 3 }, 'dưới 5 phút'],
    [{ p10: 2, p50: 4, p90: 9 }, '0–10 phút'],
    [null, 'chưa đủ số liệu'],
  ])('%o is %s', (wait, text) => expect(waitText(wait, words)).toBe(text))
  it('is never narrower than what was promised', () => {
    for (let p10 = 0; p10 < 60; p10 += 1.7) {
      const { from, to } = rangeOf({ p10, p50: p10 + 3, p90: p10 + 7.3 })
      expect(from).toBeLessThanOrEqual(p10)
      expect(to).toBeGreaterThanOrEqual(p10 + 7.3)
    }
  })
})
