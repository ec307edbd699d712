import { describe, expect, it } from 'vitest'
import { createScanBuffer } from './scan-buffer.ts'
import { isSingleCharacter, nameOfPress, normaliseKeys } from './shortcut-keys.ts'

const type = (text: string, gap: number): string | undefined => {
  const buffer = createScanBuffer()
  let at = 1000
  for (const key of text) {
    at += gap
    buffer.push(key, at)
  }
  const step = buffer.push('Enter', at + gap)
  return step.kind === 'scanned' ? step.text : undefined
}

describe('a scanner among the keys', () => {
  it('is recognised by its speed', () =>
    expect(type('H49.05.12-260421-0007', 4)).toBe('H49.05.12-260421-0007'))
  it('is recognised with Vietnamese letters', () =>
    expect(type('0|0|Nguyễn Văn Mẫu', 8)).toBe('0|0|Nguyễn Văn Mẫu'))
  it('is not a person typing fast', () => expect(type('nguyen van mau', 60)).toBeUndefined())
  it('is not a short roll on the keys', () => expect(type('abc', 5)).toBeUndefined())
  it('forgets what a person typed before it', () => {
    const buffer = createScanBuffer()
    buffer.push('x', 0)
    let at = 500
    for (const key of 'ABCDEF') {
      at += 5
      buffer.push(key, at)
    }
    expect(buffer.push('Enter', at + 5)).toEqual({ kind: 'scanned', text: 'ABCDEF' })
  })
  it('needs its Enter at the same speed', () => {
    const buffer = createScanBuffer()
    let at = 0
    for (const key of 'ABCDEFG') {
      at += 5
      buffer.push(key, at)
    }
    expect(buffer.push('Enter', at + 400)).toEqual({ kind: 'ignored' })
  })
})

describe('names of key presses', () => {
  const press = (
    key: string,
    held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
  ) => nameOfPress({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })
  it.each([
    ['j', press('j'), 'j'],
    ['capital by Shift', press('X', { shiftKey: true }), 'Shift+x'],
    ['? needs Shift on some layouts and is one sign', press('?', { shiftKey: true }), '?'],
    ['Ctrl Enter', press('Enter', { ctrlKey: true }), 'Ctrl+Enter'],
    ['Command counts as Ctrl', press('k', { metaKey: true }), 'Ctrl+k'],
    ['space', press(' '), 'Space'],
    ['F2', press('F2'), 'F2'],
  ])('%s', (_, got, wanted) => expect(got).toBe(wanted))
  it.each([
    ['j', true],
    ['Shift+x', true],
    ['?', true],
    ['Ctrl+k', false],
    ['F2', false],
    ['Enter', false],
  ])('%s can be switched off: %s', (keys, single) => expect(isSingleCharacter(keys)).toBe(single))
  it('designed keys compare without case', () => expect(normaliseKeys('Ctrl+K')).toBe('Ctrl+k'))
})
