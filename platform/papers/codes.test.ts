import bwip from 'bwip-js/node'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCode128 } from '../../tests/support/codes.ts'
import { code128 } from './codes.ts'

/** The bars as rectangles of four corners, the way a page reader delivers them. */
const corners = (text: string): [number, number][] =>
  code128(text).strips.flatMap(({ x, width }): [number, number][] => [
    [x, 0],
    [x + width, 0],
    [x + width, 1],
    [x, 1],
  ])

const width = (text: string): number => {
  const [symbol] = bwip.raw('code128', text, {})
  if (!symbol || !('sbs' in symbol)) throw new Error('no reference')
  return symbol.sbs.reduce((sum, bar) => sum + bar, 0)
}

const code = fc
  .array(fc.oneof(fc.stringMatching(/^\d{1,7}$/), fc.stringMatching(/^[ -~]{1,3}$/)), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(''))

test('any code is read back, in no more modules than the general library takes', () => {
  fc.assert(
    fc.property(code, (text) => {
      expect(readCode128(corners(text))).toBe(text)
      expect(code128(text).width).toBeLessThanOrEqual(width(text))
    }),
  )
})

test('letters beyond ASCII get the symbol of the general library', () => {
  expect(code128('H49-Đ').width).toBe(width('H49-Đ'))
})
