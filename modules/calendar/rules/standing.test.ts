import { describe, expect, test } from 'vitest'
import { toLocalIso } from '#platform/time/vietnam.ts'
import { at, centreWith, nation } from './calendars.fixture.ts'
import { dueDate, restartedDue } from './due.ts'
import { punctuality, standing, standingInWords } from './remaining.ts'
import {
  isOpen,
  isWorking,
  lastWorkBeforeDueDay,
  mayAnnounceExtension,
  movedByPause,
  paperTransfer,
} from './working-time.ts'

const text = (instant: Date) => toLocalIso(instant).slice(0, 16).replace('T', ' ')

describe('what is left of a term due Friday 08/5/2026 17:00', () => {
  const due = at('2026-05-08 17:00')
  test.each([
    ['2026-04-24 09:00', 'running', 'Còn 7 ngày làm việc', 'third counted day of ten'],
    ['2026-05-06 09:00', 'running', 'Còn 2 ngày làm việc', 'the day before the day before'],
    ['2026-05-07 16:59', 'running', 'Còn 8 giờ làm việc', 'a minute more than 24 hours'],
    ['2026-05-07 17:01', 'due-soon', 'Còn 8 giờ làm việc', 'less than 24 hours'],
    ['2026-05-08 09:00', 'due-soon', 'Còn 6 giờ làm việc', 'the due day'],
    ['2026-05-08 16:40', 'due-soon', 'Còn 20 phút', 'the last minutes'],
    ['2026-05-08 18:00', 'due-soon', 'Đến hạn hôm nay', 'a day term ends with the day, not at closing'],
    ['2026-05-09 00:00', 'late', 'Vừa quá hạn', 'the day after; nobody has worked yet'],
    ['2026-05-11 09:00', 'late', 'Quá 1 ngày làm việc', 'the first working day after'],
    ['2026-05-12 09:00', 'late', 'Quá 2 ngày làm việc', 'the second'],
  ] as const)('at %s: %s, %s (%s)', (now, state, words, _why) => {
    const left = standing(nation, due, at(now), 'WORKING_DAY')
    expect(left.state).toBe(state)
    expect(standingInWords(left, 'vi')).toBe(words)
  })

  test('hour terms are late from the moment', () => {
    const left = standing(nation, at('2026-05-08 10:00'), at('2026-05-08 11:00'), 'WORKING_HOUR')
    expect([left.state, standingInWords(left, 'vi'), standingInWords(left, 'en')]).toEqual([
      'late',
      'Quá 1 giờ làm việc',
      '1 working hour late',
    ])
  })

  test('no limit, nothing left and never late', () => {
    expect(standingInWords(standing(nation, null, at('2030-01-01 10:00'), 'NONE'), 'vi')).toBe(
      'Không ghi rõ thời hạn',
    )
  })
})

describe('early, on time, late', () => {
  test.each([
    ['2026-05-07 23:59', 'WORKING_DAY', 'early'],
    ['2026-05-08 08:00', 'WORKING_DAY', 'on-time'],
    ['2026-05-08 20:00', 'WORKING_DAY', 'on-time'],
    ['2026-05-09 08:00', 'WORKING_DAY', 'late'],
    ['2026-05-08 17:00', 'WORKING_HOUR', 'on-time'],
    ['2026-05-08 17:01', 'WORKING_HOUR', 'late'],
  ] as const)('completed %s, %s: %s', (completed, unit, expected) => {
    expect(punctuality(at('2026-05-08 17:00'), at(completed), unit)).toBe(expected)
  })
  test('without a limit everything is on time', () => {
    expect(punctuality(null, at('2030-01-01 10:00'), 'NONE')).toBe('on-time')
  })
})

describe('the paper dossier leaves', () => {
  test.each([
    ['2026-03-04 14:59', '2026-03-04 17:00', true, 'the same day'],
    ['2026-03-04 15:00', '2026-03-05 11:30', false, 'the next morning'],
    ['2026-03-06 15:01', '2026-03-09 11:30', false, 'after a Friday afternoon, on Monday'],
    ['2026-02-13 16:00', '2026-02-23 11:30', false, 'after Tết'],
    ['2026-08-21 15:30', '2026-08-22 11:30', false, 'on a make-up Saturday'],
    ['2026-03-07 09:00', '2026-03-09 11:30', false, 'received on a Saturday'],
  ] as const)('%s → by %s: same day %s (%s)', (received, by, sameDay, _why) => {
    const transfer = paperTransfer(nation, at(received))
    expect([text(transfer.by), transfer.sameDay]).toEqual([by, sameDay])
  })
})

describe('a new date is announced', () => {
  const due = at('2026-05-11 17:00')
  test('until the end of the day before the due day, the last working moment being the Friday', () => {
    expect(mayAnnounceExtension(due, at('2026-05-10 23:59'))).toBe(true)
    expect(mayAnnounceExtension(due, at('2026-05-11 00:00'))).toBe(false)
    expect(text(lastWorkBeforeDueDay(nation, due))).toBe('2026-05-08 17:00')
  })
})

describe('supplements and pauses', () => {
  test('after a supplement the whole term runs again from the completion', () => {
    const first = { start: at('2026-03-02 09:00'), amount: 5, unit: 'WORKING_DAY' as const, calendar: nation }
    const again = restartedDue(first, at('2026-03-12 16:00')).due
    expect(again && text(again)).toBe('2026-03-19 17:00')
    expect(dueDate(first).due).not.toEqual(again)
  })

  test.each([
    ['2026-03-03 08:00', '2026-03-04 08:00', '2026-03-10 17:00', 'a whole day: the next working day'],
    ['2026-03-03 09:00', '2026-03-03 10:00', '2026-03-10 08:30', 'an hour: the first hour of the next day'],
    ['2026-03-06 17:00', '2026-03-09 07:30', '2026-03-09 17:00', 'a weekend: nothing'],
    ['2026-03-03 11:30', '2026-03-03 13:00', '2026-03-09 17:00', 'a lunch break: nothing'],
  ])('paused %s to %s moves 09/3 17:00 to %s (%s)', (from, to, moved, _why) => {
    expect(text(movedByPause(nation, at('2026-03-09 17:00'), at(from), at(to)))).toBe(moved)
  })
})

describe('open and working', () => {
  const duty = centreWith({ duty: { 6: [{ from: 450, to: 690 }] } })
  test.each([
    ['2026-03-04 07:29', false, false],
    ['2026-03-04 07:30', true, true],
    ['2026-03-04 11:30', false, false],
    ['2026-03-04 16:59', true, true],
    ['2026-03-04 17:00', false, false],
    ['2026-03-07 09:00', false, true],
    ['2026-03-08 09:00', false, false],
  ])('%s: working %s, open %s', (now, working, open) => {
    expect([isWorking(duty, at(now)), isOpen(duty, at(now))]).toEqual([working, open])
  })
})
