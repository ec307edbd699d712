import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type JsonValue } from './canonical.ts'

// Strings with every code unit that JSON escapes or sorts differently; unpaired surrogates have a case of their own.
const words = fc.string({ unit: 'binary' })
const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    words,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(words, tie('value'), { maxKeys: 5 }).map((members) => ({ ...members })),
  ),
})).value

const shuffled = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, member === undefined ? undefined : shuffled(member)]),
  )
}

describe('canonical JSON', () => {
  it('keeps the value', () => {
    fc.assert(
      fc.property(json, (value) => {
        // -0 has the text of 0, as RFC 8785 wants.
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('does not depend on the order in which members were written', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))
      }),
    )
  })

  it('is its own canonical form', () => {
    fc.assert(
      fc.property(json, (value) => {
        const once = canonicalJson(value)
        expect(canonicalJson(JSON.parse(once))).toBe(once)
      }),
    )
  })

  it.each<[JsonValue, string, string]>([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}', 'members sorted'],
    [
      { '\u20ac': 1, '\ud83d\ude00': 2, '\ufb33': 3, '1': 4 },
      '{"1":4,"€":1,"😀":2,"\ufb33":3}',
      'by UTF-16 units: RFC 8785, 3.2.3',
    ],
    [
      [1e21, 1e-7, 0.1, -0, 333333333.3333333],
      '[1e+21,1e-7,0.1,0,333333333.3333333]',
      'numbers as ECMAScript',
    ],
    ['\u0000\u001f"\\\n đồng', '"\\u0000\\u001f\\"\\\\\\n đồng"', 'shortest escapes, letters as they are'],
    [{ a: undefined, b: [] }, '{"b":[]}', 'undefined members are absent'],
  ])('%j → %s (%s)', (value, expected) => {
    expect(canonicalJson(value)).toBe(expected)
  })

  it.each([
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    ['\ud800'],
    [new Date(0)],
    [new Map()],
    [10n],
    [[undefined]],
  ])('refuses %s', (value) => {
    // What types forbid may still arrive from a cast elsewhere.
    expect(() => canonicalJson(value as JsonValue)).toThrow(TypeError)
  })
})
