import { expect, test } from 'vitest'
import { isAdvanced, isFilter, keepable, readFilter, withCondition } from './conditions.ts'

test('a filter is read back as it was kept; what nobody knows is left out', () => {
  const filter = { q: 'Mẫu', agency: 'so-tu-phap', states: ['PROCESSING' as const], pace: 'OVERDUE' as const }
  expect(readFilter(filter)).toEqual(filter)
  expect(readFilter({ ...filter, colour: 'red', channel: 'pigeon', states: ['GONE'] })).toEqual({
    q: 'Mẫu',
    agency: 'so-tu-phap',
    pace: 'OVERDUE',
  })
  expect(readFilter(null)).toEqual({})
  expect(isFilter({ colour: 'red' })).toBe(false)
})

test('an empty value drops a condition', () => {
  expect(withCondition({ agency: 'so-tu-phap', pace: 'OVERDUE' }, 'agency', '')).toEqual({ pace: 'OVERDUE' })
  expect(withCondition({}, 'channel', 'online')).toEqual({ channel: 'online' })
})

test('what is typed is never kept: it may be a card or phone number', () => {
  expect(keepable({ q: '000000000001', pace: 'OVERDUE' })).toEqual({ pace: 'OVERDUE' })
})

test('only conditions that are folded away count as advanced', () => {
  expect(isAdvanced({ q: 'a', centre: 'x', pace: 'OVERDUE', states: ['PROCESSING'] })).toBe(false)
  expect(isAdvanced({ officer: 'x' })).toBe(true)
})
