import { describe, expect, test } from 'vitest'
import { toLocalIso } from '#platform/time/vietnam.ts'
import { at, nation, withCultureDay } from './calendars.fixture.ts'
import type { Calendar } from './compile.ts'
import { dueDate } from './due.ts'

const local = (instant: Date | null): string | null =>
  instant && toLocalIso(instant).slice(0, 16).replace('T', ' ')

/** The reference table of the field, computed by hand from the published holidays; make-up Saturdays work. */
const workingDays: [
  start: string,
  days: number,
  endOfDay: string,
  sameTime: string,
  why: string,
  calendar?: Calendar,
][] = [
  [
    '2025-12-30 08:15',
    5,
    '2026-01-08 17:00',
    '2026-01-08 08:15',
    '1/1 and the swapped 2/1 are off, across the year',
  ],
  ['2026-01-08 08:00', 2, '2026-01-10 17:00', '2026-01-10 08:00', 'Saturday 10/1 makes up for 2/1'],
  ['2026-02-12 09:00', 5, '2026-02-26 17:00', '2026-02-26 09:00', 'Tết 2026, Monday 16/2 to Friday 20/2'],
  [
    '2026-04-24 10:00',
    3,
    '2026-05-04 17:00',
    '2026-05-04 10:00',
    'Giỗ Tổ in lieu on 27/4, then 30/4 and 1/5',
  ],
  ['2026-08-20 14:00', 2, '2026-08-22 17:00', '2026-08-22 14:00', 'Saturday 22/8 makes up for 31/8'],
  ['2026-08-28 16:00', 3, '2026-09-07 17:00', '2026-09-07 16:00', '31/8, 1/9 and 2/9 are off'],
  [
    '2026-11-20 09:00',
    3,
    '2026-11-26 17:00',
    '2026-11-26 09:00',
    '24/11 adopted as a day off',
    withCultureDay,
  ],
  ['2026-11-20 09:00', 3, '2026-11-25 17:00', '2026-11-25 09:00', '24/11 still a candidate: it works'],
  [
    '2026-12-31 10:00',
    2,
    '2027-01-05 17:00',
    '2027-01-05 10:00',
    '1/1/2027 is off although 2027 is not published',
  ],
]

describe('the legal table of working days', () => {
  test.each(workingDays)(
    '%s + %i → %s, at the same time %s: %5$s',
    (start, amount, endOfDay, sameTime, _why, calendar = nation) => {
      const request = { start: at(start), amount, unit: 'WORKING_DAY' as const, calendar }
      expect(local(dueDate(request).due)).toBe(endOfDay)
      expect(local(dueDate({ ...request, policy: 'SAME_TIME' }).due)).toBe(sameTime)
    },
  )

  test.each([
    ['2026-08-21 16:00', 2, '2026-08-22 08:30', 'one hour on Friday, one on the make-up Saturday'],
    ['2026-02-13 16:00', 8, '2026-02-23 16:00', 'one hour before Tết, seven on the Monday after'],
  ] as const)('%s + %i working hours → %s: %s', (start, amount, due, _why) => {
    expect(local(dueDate({ start: at(start), amount, unit: 'WORKING_HOUR', calendar: nation }).due)).toBe(due)
  })

  test('only the row that enters 2027 is provisional', () => {
    const provisional = workingDays.filter(
      ([start, amount, , , , calendar = nation]) =>
        dueDate({ start: at(start), amount, unit: 'WORKING_DAY', calendar }).provisional,
    )
    expect(provisional.map(([start]) => start)).toEqual(['2026-12-31 10:00'])
  })
})
