import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffWords } from './word-diff.ts'

test('a figure that was corrected is struck and written anew, the rest stays', () => {
  expect(diffWords('Diện tích 120,0 m² theo sổ.', 'Diện tích 120,5 m² theo sổ.')).toEqual([
    { kind: 'same', text: 'Diện tích ' },
    { kind: 'struck', text: '120,0 ' },
    { kind: 'inserted', text: '120,5 ' },
    { kind: 'same', text: 'm² theo sổ.' },
  ])
})

test('the same text is one part, nothing is none', () => {
  expect(diffWords('Đủ điều kiện', 'Đủ điều kiện')).toEqual([{ kind: 'same', text: 'Đủ điều kiện' }])
  expect(diffWords('', '')).toEqual([])
})

test('what is not struck is the new text, what is not inserted holds the words of the old one', () => {
  const text = fc
    .array(fc.constantFrom('đất', 'ở', 'thửa', '12', 'diện', 'tích'), { maxLength: 12 })
    .map((all) => all.join(' '))
  const wordsIn = (parts: readonly { text: string }[]) =>
    parts
      .map((part) => part.text)
      .join(' ')
      .split(/\s+/)
      .filter(Boolean)
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = diffWords(before, after)
      expect(wordsIn(parts.filter(({ kind }) => kind !== 'struck'))).toEqual(after.split(' ').filter(Boolean))
      expect(wordsIn(parts.filter(({ kind }) => kind !== 'inserted'))).toEqual(
        before.split(' ').filter(Boolean),
      )
    }),
  )
})
