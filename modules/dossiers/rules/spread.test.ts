import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spreadEvenly } from './spread.ts'

const OFFICERS = ['an', 'binh', 'chi', 'dung'] as const

test('thirty steps among three who hold nothing are ten each', () => {
  const items = Array.from({ length: 30 }, (_, i) => ({ item: `${i}`, candidates: ['an', 'binh', 'chi'] }))
  const given = [...spreadEvenly(items, new Map()).values()]
  expect(['an', 'binh', 'chi'].map((one) => given.filter((officer) => officer === one).length)).toEqual([
    10, 10, 10,
  ])
})

test('who holds much gets little', () => {
  const items = Array.from({ length: 4 }, (_, i) => ({ item: `${i}`, candidates: ['an', 'binh'] }))
  expect([...spreadEvenly(items, new Map([['an', 10]])).values()]).toEqual(['binh', 'binh', 'binh', 'binh'])
})

test('an early choice is taken back when a later step can go to one officer only', () => {
  const items = [
    { item: 'free', candidates: ['an', 'binh'] },
    { item: 'fixed-1', candidates: ['an'] },
    { item: 'fixed-2', candidates: ['an'] },
  ]
  expect(spreadEvenly(items, new Map()).get('free')).toBe('binh')
})

test('everything that has a candidate is given to one of its candidates, and no single hand-over would even it out', () => {
  const items = fc.array(fc.subarray([...OFFICERS]), { maxLength: 40 })
  const loads = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9))
  fc.assert(
    fc.property(items, loads, (candidates, before) => {
      const spread = candidates.map((one, i) => ({ item: `${i}`, candidates: one }))
      const load = new Map<string, number>(OFFICERS.map((officer, i) => [officer, before[i] ?? 0]))
      const given = spreadEvenly(spread, load)
      for (const officer of given.values()) load.set(officer, (load.get(officer) ?? 0) + 1)
      for (const { item, candidates: able } of spread) {
        const holder = given.get(item)
        expect(holder === undefined).toBe(able.length === 0)
        if (holder === undefined) continue
        expect(able.map(String)).toContain(holder)
        for (const other of able)
          expect((load.get(holder) ?? 0) - (load.get(other) ?? 0)).toBeLessThanOrEqual(1)
      }
    }),
  )
})
