import { describe, expect, test } from 'vitest'
import { at, centreWith, nation, withCultureDay } from './calendars.fixture.ts'
import type { Calendar } from './compile.ts'
import { dueDate } from './due.ts'
import type { DurationUnit } from './model.ts'
import { traceMoved } from './moved.ts'
import { dayRuler } from './ruler.ts'
import { dueInWords, explainDue } from './sentences.ts'

const traced = (start: string, amount: number, unit: DurationUnit, calendar: Calendar = nation) =>
  dueDate({ start: at(start), amount, unit, calendar }).trace

const vi = (...of: Parameters<typeof traced>) => explainDue(traced(...of), 'vi')
const en = (...of: Parameters<typeof traced>) => explainDue(traced(...of), 'en')

describe('the explanation in Vietnamese', () => {
  test('of ten working days over Giỗ Tổ, 30/4 and 1/5', () => {
    expect(vi('2026-04-21 08:58', 10, 'WORKING_DAY')).toEqual({
      lines: [
        'Nhận đủ hồ sơ 08:58 thứ Ba 21/4. Ngày nhận không tính, đếm từ thứ Tư 22/4.',
        'Thủ tục này có 10 ngày làm việc.',
        'Không tính cuối tuần, 27/4 nghỉ bù Giỗ Tổ Hùng Vương, 30/4 và 01/5.',
      ],
      legalBasis: 'Theo Điều 147, 148 Bộ luật Dân sự và lịch nghỉ lễ năm 2026.',
    })
  })

  const lastLines: [string, number, DurationUnit, string, string, Calendar?][] = [
    [
      '2026-02-12 09:00',
      5,
      'WORKING_DAY',
      'Không tính cuối tuần và từ 16/02 đến 20/02 nghỉ Tết Nguyên đán.',
      'a run of days is one phrase',
    ],
    [
      '2026-08-28 16:00',
      3,
      'WORKING_DAY',
      'Không tính cuối tuần, 31/8 nghỉ hoán đổi Quốc khánh và từ 01/9 đến 02/9 nghỉ Quốc khánh.',
      'swapped and statutory days apart',
    ],
    [
      '2026-01-08 08:00',
      2,
      'WORKING_DAY',
      'Thứ Bảy 10/01 là ngày làm bù nên được tính.',
      'a make-up Saturday surprises, so it is said',
    ],
    [
      '2026-08-20 14:00',
      3,
      'WORKING_DAY',
      'Không tính Chủ nhật. Thứ Bảy 22/8 là ngày làm bù nên được tính.',
      'only the Sunday of that weekend rests',
    ],
    [
      '2026-11-20 09:00',
      3,
      'WORKING_DAY',
      'Không tính cuối tuần và 24/11 nghỉ Ngày Văn hóa Việt Nam.',
      'the adopted day',
      withCultureDay,
    ],
    [
      '2026-12-31 10:00',
      2,
      'WORKING_DAY',
      'Không tính cuối tuần và 01/01 nghỉ Tết Dương lịch. Ngày này là tạm tính vì lịch nghỉ năm 2027 chưa công bố.',
      'provisional',
    ],
    [
      '2026-04-17 09:00',
      15,
      'CALENDAR_DAY',
      'Ngày cuối thứ Bảy 02/5 là ngày nghỉ nên hạn lùi đến thứ Hai 04/5.',
      'rolled over a weekend',
    ],
    [
      '2026-02-01 09:00',
      15,
      'CALENDAR_DAY',
      'Ngày cuối thứ Hai 16/02 (nghỉ Tết Nguyên đán) là ngày nghỉ nên hạn lùi đến thứ Hai 23/02.',
      'rolled over Tết',
    ],
    [
      '2026-04-15 09:00',
      15,
      'CALENDAR_DAY',
      'Ngày cuối thứ Năm 30/4 là ngày nghỉ nên hạn lùi đến thứ Hai 04/5.',
      'a day known by its date',
    ],
    [
      '2026-01-31 09:00',
      1,
      'MONTH',
      'Tháng cuối không có ngày 31 nên tính đến 28/02. Ngày cuối thứ Bảy 28/02 là ngày nghỉ nên hạn lùi đến thứ Hai 02/3.',
      'clipped and rolled',
    ],
    [
      '2026-08-21 16:00',
      2,
      'WORKING_HOUR',
      'Chỉ tính giờ làm việc 07:30–11:30 và 13:00–17:00. Thứ Bảy 22/8 là ngày làm bù nên được tính.',
      'hours',
    ],
    ['2026-03-04 10:00', 2, 'HOUR', 'Tính liên tục, cả ngoài giờ làm việc.', 'clock hours'],
    [
      '2026-01-05 08:00',
      400,
      'WORKING_DAY',
      'Không tính cuối tuần, từ 16/02 đến 20/02 nghỉ Tết Nguyên đán, 27/4 nghỉ bù Giỗ Tổ Hùng Vương, 30/4, 01/5 và 12 ngày nghỉ khác. Thứ Bảy 10/01 và thứ Bảy 22/8 là ngày làm bù nên được tính. Ngày này là tạm tính vì lịch nghỉ năm 2027 chưa công bố.',
      'a long term names the first ones only',
    ],
  ]
  test.each(lastLines)('%s + %d %s: %s (%s)', (start, amount, unit, line, _why, calendar) => {
    expect(vi(start, amount, unit, calendar).lines[2]).toBe(line)
  })

  test.each([
    ['2026-03-04 14:59', 'SAME_DAY', 'Nhận đủ hồ sơ 14:59 thứ Tư 04/3, trước 15:00.'],
    [
      '2026-03-04 15:00',
      'SAME_DAY',
      'Nhận đủ hồ sơ 15:00 thứ Tư 04/3, từ 15:00 trở đi. Trả trong ngày làm việc tiếp theo.',
    ],
    [
      '2026-03-08 16:00',
      'SAME_DAY',
      'Nhận đủ hồ sơ 16:00 Chủ nhật 08/3, ngoài giờ làm việc. Trả trong ngày làm việc tiếp theo.',
    ],
    ['2026-03-04 16:00', 'IMMEDIATE', 'Nhận đủ hồ sơ 16:00 thứ Tư 04/3.'],
    [
      '2026-03-04 18:00',
      'IMMEDIATE',
      'Nhận đủ hồ sơ 18:00 thứ Tư 04/3, ngoài giờ làm việc. Trả trong ngày làm việc tiếp theo.',
    ],
    [
      '2026-03-04 12:10',
      'WORKING_HOUR',
      'Nhận đủ hồ sơ 12:10 thứ Tư 04/3, ngoài giờ làm việc. Tính từ 13:00 thứ Tư 04/3.',
    ],
    ['2026-03-04 10:10', 'WORKING_HOUR', 'Nhận đủ hồ sơ 10:10 thứ Tư 04/3. Tính ngay từ lúc nhận.'],
    [
      '2026-12-31 10:00',
      'WORKING_DAY',
      'Nhận đủ hồ sơ 10:00 thứ Năm 31/12. Ngày nhận không tính, đếm từ thứ Hai 04/01/2027.',
    ],
    ['2026-03-04 10:10', 'NONE', 'Nhận đủ hồ sơ 10:10 thứ Tư 04/3.'],
  ] as const)('begins: %s %s: %s', (start, unit, line) => {
    expect(vi(start, 1, unit).lines[0]).toBe(line)
  })

  test.each([
    [10, 'WORKING_DAY', 'Thủ tục này có 10 ngày làm việc.'],
    [1.5, 'WORKING_DAY', 'Thủ tục này có 1,5 ngày làm việc.'],
    [15, 'CALENDAR_DAY', 'Thủ tục này có 15 ngày, tính cả ngày nghỉ.'],
    [2, 'MONTH', 'Thủ tục này có 2 tháng.'],
    [1, 'YEAR', 'Thủ tục này có 1 năm.'],
    [1, 'SAME_DAY', 'Thủ tục này trả kết quả trong ngày.'],
    [1, 'IMMEDIATE', 'Thủ tục này trả kết quả ngay.'],
    [1, 'NONE', 'Thủ tục đã công bố không ghi rõ thời hạn.'],
  ] as const)('says the amount: %d %s: %s', (amount, unit, line) => {
    expect(vi('2026-03-04 10:00', amount, unit).lines[1]).toBe(line)
  })

  test('names a centre’s own day in its own words', () => {
    const ownDay = centreWith({
      exceptions: [
        {
          ...{
            date: '2026-03-05',
            type: 'OFF',
            kind: 'local',
            legalBasis: 'Quyết định thử',
            confidence: 'verified',
          },
          name: { vi: 'Chuyển trụ sở', en: 'Moving house' },
          short: { vi: 'Nghỉ', en: 'Off' },
        },
      ],
    })
    expect(vi('2026-03-04 10:00', 1, 'WORKING_DAY', ownDay).lines[2]).toBe('Không tính 05/3 (Chuyển trụ sở).')
  })

  test('never has more than three lines, whatever the term', () => {
    const units: DurationUnit[] = [
      'WORKING_DAY',
      'CALENDAR_DAY',
      'WORKING_HOUR',
      'HOUR',
      'MONTH',
      'YEAR',
      'SAME_DAY',
      'IMMEDIATE',
      'NONE',
    ]
    for (const unit of units)
      for (const start of ['2026-02-13 16:00', '2026-04-26 09:00', '2026-12-30 12:00'])
        expect(vi(start, 3, unit).lines.length).toBeLessThanOrEqual(3)
  })

  test('the due date in words', () => {
    expect(dueInWords(at('2026-05-08 17:00'), false)).toBe('trước 17:00 thứ Sáu 08/5/2026')
    expect(dueInWords(at('2027-01-05 17:00'), true)).toBe('trước 17:00 thứ Ba 05/01/2027 (tạm tính)')
    expect(dueInWords(at('2026-05-08 17:00'), false, 'en')).toBe('by 17:00 on Friday 8 May 2026')
  })
})

describe('the explanation in English', () => {
  test('of ten working days', () => {
    expect(en('2026-04-21 08:58', 10, 'WORKING_DAY').lines).toEqual([
      'Complete dossier received at 08:58 Tuesday 21 April. That day is not counted; counting starts on Wednesday 22 April.',
      'This procedure has 10 working days.',
      "Not counted: weekends, 27 April (in lieu of Hùng Kings' Commemoration Day), 30 April and 1 May.",
    ])
  })

  test('of one working day says day, not days', () => {
    expect(en('2026-03-04 10:00', 1, 'WORKING_DAY').lines[1]).toBe('This procedure has 1 working day.')
  })
})

describe('the day ruler', () => {
  const drawn = (...of: Parameters<typeof traced>) =>
    dayRuler(traced(...of)).rows.map((row) =>
      row.kind === 'gap'
        ? `… ${row.weeks} weeks, ${row.counted} counted`
        : row.days
            .map(({ state, ordinal, label }) => `${state[0]}${ordinal ?? ''}${label?.vi ?? ''}`)
            .join(' '),
    )

  test('is the picture of the tracking page', () => {
    expect(drawn('2026-04-21 08:58', 10, 'WORKING_DAY')).toEqual([
      'o rNhận c1 c2 c3 sNghỉ sGiỗ Tổ',
      'sBù lễ c4 c5 sLễ sLễ sNghỉ sNghỉ',
      'c6 c7 c8 c9 d10 o o',
    ])
  })

  test('shows hours on their days', () => {
    expect(drawn('2026-02-13 16:00', 8, 'WORKING_HOUR')).toEqual([
      'o o o o c11 giờ sNghỉ sNghỉ',
      'sTết sTết sTết sTết sTết sNghỉ sNghỉ',
      'd27 giờ o o o o o o',
    ])
  })

  test('marks receipt on a day of rest', () => {
    expect(drawn('2026-03-08 10:00', 2, 'WORKING_HOUR')).toEqual(['o o o o o o rNhận', 'd12 giờ o o o o o o'])
  })

  test('counts every day of a term of calendar days, and hatches what moved its end', () => {
    expect(drawn('2026-03-02 09:00', 5, 'CALENDAR_DAY')).toEqual([
      'rNhận c1 c2 c3 c4 sNghỉ sNghỉ',
      'd o o o o o o',
    ])
  })

  test('within the day has one cell', () => {
    expect(drawn('2026-03-04 09:00', 1, 'SAME_DAY')).toEqual(['o o d1 o o o o'])
  })

  test('of a long term leaves weeks out and says how many', () => {
    const rows = drawn('2026-03-02 09:00', 100, 'WORKING_DAY')
    expect(rows).toHaveLength(9)
    expect(rows[4]).toMatch(/^… \d+ weeks, \d+ counted$/)
    const counted = dayRuler(traced('2026-03-02 09:00', 100, 'WORKING_DAY')).rows.reduce(
      (sum, row) =>
        sum + (row.kind === 'gap' ? row.counted : row.days.filter(({ ordinal }) => ordinal !== null).length),
      0,
    )
    expect(counted).toBe(100)
  })

  test('names every hatched day for those who do not see hatching', () => {
    const rows = dayRuler(traced('2026-02-12 09:00', 5, 'WORKING_DAY')).rows
    const skipped = rows
      .flatMap((row) => (row.kind === 'week' ? row.days : []))
      .filter(({ state }) => state === 'skipped')
    expect(skipped).toHaveLength(9)
    expect(skipped.every(({ reason }) => reason !== null && reason.vi.length > 0)).toBe(true)
  })

  const moved = (of: Parameters<typeof traced>, promised: string) => {
    const trace = traced(...of)
    return dayRuler(trace, null, traceMoved(nation, trace, promised))
  }

  test('goes on to the day promised instead, and keeps the old one', () => {
    const ruler = moved(['2026-04-21 08:58', 10, 'WORKING_DAY'], '2026-05-12')
    const days = ruler.rows.flatMap((row) => (row.kind === 'week' ? row.days : []))
    expect(
      days.filter(({ date }) => date >= '2026-05-07').map(({ state, ordinal }) => [state, ordinal]),
    ).toEqual([
      ['counted', 9],
      ['former', 10],
      ['skipped', null],
      ['skipped', null],
      ['added', 11],
      ['due', 12],
      ['outside', null],
      ['outside', null],
      ['outside', null],
      ['outside', null],
      ['outside', null],
    ])
    expect(ruler.added).toBe(2)
  })

  test('goes on in calendar days where the term counts them', () => {
    const ruler = moved(['2026-03-02 09:00', 3, 'CALENDAR_DAY'], '2026-03-09')
    const days = ruler.rows.flatMap((row) => (row.kind === 'week' ? row.days : []))
    expect(
      days.filter(({ state }) => state === 'added' || state === 'due').map(({ ordinal }) => ordinal),
    ).toEqual([4, 5, 6, 7])
  })

  test('of a day that was not moved stays as it is', () => {
    const trace = traced('2026-04-21 08:58', 10, 'WORKING_DAY')
    expect(traceMoved(nation, trace, '2026-05-08')).toBeNull()
  })

  test('into a year without announced holidays is provisional', () => {
    expect(moved(['2026-12-15 09:00', 2, 'WORKING_DAY'], '2027-01-05').provisional).toBe(true)
  })

  test('carries today and what is provisional', () => {
    expect(dayRuler(traced('2026-12-31 09:00', 2, 'WORKING_DAY'), '2027-01-04')).toMatchObject({
      today: '2027-01-04',
      provisional: true,
    })
  })
})
