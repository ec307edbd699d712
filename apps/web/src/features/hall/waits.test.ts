import { describe, expect, it } from 'vitest'
import { waitText } from './waits.tsx'

const words = { minutes: 'phút', soon: 'dưới 5 phút', unknown: 'chưa đủ số liệu' }

describe('a wait in words', () => {
  it.each([
    [{ p10: 11.2, p50: 14, p90: 18.1 }, '10–20 phút'],
    [{ p10: 10, p50: 15, p90: 20 }, '10–20 phút'],
    [{ p10: 0, p50: 1, p90: 3 }, 'dưới 5 phút'],
    [{ p10: 2, p50: 4, p90: 9 }, '0–10 phút'],
    [null, 'chưa đủ số liệu'],
  ])('%o is %s', (wait, text) => expect(waitText(wait, words)).toBe(text))
})
