import { describe, expect, it } from 'vitest'
import { groupOf, groupTasks, heldFor, twoDaysAhead } from './task-groups.ts'

// Friday 24/04/2026, 09:00 in Vietnam.
const now = new Date('2026-04-24T09:00:00+07:00')
const task = (
  due: string | null,
  pace: 'ON_TRACK' | 'OVERDUE' | 'DUE_SOON' | 'PAUSED' | 'NO_LIMIT' = 'ON_TRACK',
) => ({
  due,
  pace,
})

describe('headings of the task list', () => {
  it.each([
    ['past due', task('2026-04-23T17:00:00+07:00', 'OVERDUE'), 'overdue'],
    ['over although its day is today', task('2026-04-24T08:30:00+07:00', 'OVERDUE'), 'overdue'],
    ['later today', task('2026-04-24T17:00:00+07:00', 'DUE_SOON'), 'today'],
    ['today by the clock of Vietnam, yesterday by UTC', task('2026-04-24T00:30:00+07:00'), 'today'],
    ['Monday after the weekend', task('2026-04-27T10:00:00+07:00'), 'soon'],
    ['Tuesday, the second working weekday', task('2026-04-28T17:00:00+07:00'), 'soon'],
    ['Wednesday', task('2026-04-29T10:20:00+07:00'), 'later'],
    ['no limit by law', task(null, 'NO_LIMIT'), 'open-ended'],
    ['the clock waits for the applicant', task('2026-04-20T17:00:00+07:00', 'PAUSED'), 'paused'],
  ])('%s', (_name, row, heading) => {
    expect(groupOf(row, now)).toBe(heading)
  })

  it('never loses or doubles a task', () => {
    const rows = [
      task(null, 'NO_LIMIT'),
      task('2026-05-05T17:00:00+07:00'),
      task('2026-04-24T17:00:00+07:00'),
    ]
    const grouped = groupTasks(rows, now).flatMap(({ items }) => items)
    expect(new Set(grouped).size).toBe(rows.length)
  })

  it('counts two weekdays over a weekend', () => {
    expect(twoDaysAhead('2026-04-24')).toBe('2026-04-28')
    expect(twoDaysAhead('2026-04-25')).toBe('2026-04-28')
    expect(twoDaysAhead('2026-04-21')).toBe('2026-04-23')
  })
})

describe('how long a task has lain', () => {
  it.each([
    ['2026-04-24T08:40:00+07:00', 20, 'MINUTE'],
    ['2026-04-24T07:00:00+07:00', 2, 'HOUR'],
    ['2026-04-15T09:00:00+07:00', 9, 'DAY'],
    ['2026-04-24T09:05:00+07:00', 0, 'MINUTE'],
  ])('%s', (openedAt, amount, unit) => {
    expect(heldFor(openedAt, now)).toEqual({ amount, unit })
  })
})
