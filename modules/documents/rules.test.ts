import { describe, expect, test } from 'vitest'
import {
  amountInWords,
  appointmentInWords,
  countInWords,
  dayInWords,
  dongInWords,
  durationInWords,
  feesInWords,
  instantInWords,
  numberInWords,
  returnInWords,
  weekdayInWords,
} from './printing/words.ts'
import { cleanName, downloadHeaders } from './rules.ts'

describe('dates of official papers (NĐ 30/2020, Annex I)', () => {
  test.each([
    ['2026-04-21', 'ngày 21 tháng 4 năm 2026', 'months from 3 have no leading zero'],
    ['2026-01-05', 'ngày 05 tháng 01 năm 2026', 'days below 10 and months 1–2 have one'],
    ['2026-02-28', 'ngày 28 tháng 02 năm 2026', 'February'],
    ['2026-03-09', 'ngày 09 tháng 3 năm 2026', 'March has none'],
    ['2026-12-31', 'ngày 31 tháng 12 năm 2026', 'two digits stay'],
  ])('%s → %s (%s)', (day, words) => expect(dayInWords(day)).toBe(words))

  test('hours are Vietnamese hours whatever the offset of the instant', () => {
    expect(instantInWords('2026-04-21T08:58:00+07:00')).toBe('08 giờ 58 phút, ngày 21 tháng 4 năm 2026')
    expect(instantInWords('2026-04-20T17:05:00Z')).toBe('00 giờ 05 phút, ngày 21 tháng 4 năm 2026')
    expect(appointmentInWords('2026-05-08T10:00:00Z')).toBe(
      '17 giờ 00 phút, thứ Sáu, ngày 08 tháng 5 năm 2026',
    )
  })

  test('weekdays', () => {
    const week = Array.from({ length: 7 }, (_, i) => weekdayInWords(`2026-04-${20 + i}`))
    expect(week).toEqual(['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'])
  })
})

test.each([
  [0, '0 đồng'],
  [999, '999 đồng'],
  [1_000, '1.000 đồng'],
  [1_250_000, '1.250.000 đồng'],
])('%d → %s', (amount, words) => expect(dongInWords(amount)).toBe(words))

test.each([
  [{ amount: 10, unit: 'WORKING_DAY' as const }, '10 ngày làm việc'],
  [{ amount: 3, unit: 'CALENDAR_DAY' as const }, '03 ngày'],
  [{ amount: 0.5, unit: 'WORKING_DAY' as const }, '0,5 ngày làm việc'],
  [{ amount: null, unit: 'SAME_DAY' as const }, 'trong ngày'],
  [{ amount: null, unit: 'IMMEDIATE' as const }, 'trả ngay'],
  [{ amount: null, unit: 'NONE' as const }, 'không ghi rõ trong thủ tục đã công bố'],
  [{ amount: 30, unit: 'MINUTE' as const }, '30 phút'],
  [{ amount: 1, unit: 'YEAR' as const }, '01 năm'],
])('%o → %s', (duration, words) => expect(durationInWords(duration)).toBe(words))

test('fees: unknown, none, one, several with their sum', () => {
  const fee = { name: 'Lệ phí', amount: 8_000, paid: true }
  expect(feesInWords(null)).toBe('Theo thông báo của cơ quan giải quyết')
  expect(feesInWords([])).toBe('Không thu')
  expect(feesInWords([fee])).toBe('Lệ phí 8.000 đồng (đã nộp)')
  expect(feesInWords([fee, { name: 'Phí thẩm định', amount: 500_000, paid: false }])).toBe(
    'Lệ phí 8.000 đồng (đã nộp); Phí thẩm định 500.000 đồng. Cộng: 508.000 đồng',
  )
  const free = { name: 'Đăng ký khai sinh', amount: 0, paid: false }
  const open = { name: 'Đăng ký thường trú', amount: null, paid: false }
  expect(feesInWords([free, fee])).toBe(
    'Đăng ký khai sinh: không thu; Lệ phí 8.000 đồng (đã nộp). Cộng: 8.000 đồng',
  )
  expect(feesInWords([open, fee])).toBe(
    'Đăng ký thường trú: theo thông báo của cơ quan giải quyết; Lệ phí 8.000 đồng (đã nộp). Cộng các khoản đã rõ: 8.000 đồng',
  )
})

test('the way of return names the counter, or the way and the address', () => {
  expect(returnInWords({ way: 'counter', place: 'Quầy 9' })).toBe('Quầy 9')
  expect(returnInWords({ way: 'counter', place: null })).toBe('Trực tiếp')
  expect(returnInWords({ way: 'post', place: 'Số 00, phường Mẫu' })).toBe(
    'Qua dịch vụ bưu chính công ích: Số 00, phường Mẫu',
  )
})

test.each([
  ['C:\\Hồ sơ\\đơn.pdf', 'đơn.pdf', 'a path is dropped'],
  ['../../etc/passwd.pdf', 'passwd.pdf', 'so are steps upwards'],
  ['don\r\nSet-Cookie: a=b.pdf', 'donSet-Cookie: a=b.pdf', 'control characters go'],
  ['don\u202Efdp.exe', 'donfdp.exe', 'an override of the writing direction cannot hide the extension'],
  ['đơn.pdf', 'đơn.pdf', 'names arrive in NFC'],
  ['', 'tep', 'a nameless file has a name'],
])('file name %j → %s (%s)', (name, clean) => expect(cleanName(name)).toBe(clean))

test('download headers carry Vietnamese names in both forms and nothing that breaks a header', () => {
  const header = downloadHeaders({ name: 'Đơn "xin" (1); x=y\'.pdf' })['content-disposition']
  expect(header).toBe(
    `attachment; filename="Don _xin_ (1)_ x_y_.pdf"; filename*=UTF-8''%C4%90%C6%A1n%20%22xin%22%20%281%29%3B%20x%3Dy%27.pdf`,
  )
})

test.each([
  [0, 'không'],
  [5, 'năm'],
  [10, 'mười'],
  [14, 'mười bốn'],
  [15, 'mười lăm'],
  [21, 'hai mươi mốt'],
  [24, 'hai mươi tư'],
  [105, 'một trăm linh năm'],
  [111, 'một trăm mười một'],
  [1_005, 'một nghìn không trăm linh năm'],
  [16_000, 'mười sáu nghìn'],
  [1_250_005, 'một triệu hai trăm năm mươi nghìn không trăm linh năm'],
  [1_000_000_000, 'một tỷ'],
  [2_000_300_000, 'hai tỷ ba trăm nghìn'],
  [1_500_000_000_000, 'một nghìn năm trăm tỷ'],
])('%d is read %s', (n, words) => expect(numberInWords(n)).toBe(words))

test('amounts and counts repeat themselves in words', () => {
  expect(amountInWords(1_350_000)).toBe('Một triệu ba trăm năm mươi nghìn đồng')
  expect(countInWords(2)).toBe('02 (hai)')
  expect(countInWords(31)).toBe('31 (ba mươi mốt)')
})
