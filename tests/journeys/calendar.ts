import {
  naiveDate,
  naiveNthWorkingDay,
  naiveWorkingDay,
} from '../../modules/calendar/rules/naive-oracle.fixture.ts'

export type Limit =
  | { kind: 'same-day' }
  | { kind: 'working-days'; days: number }
  | { kind: 'days'; days: number }
  | { kind: 'none' }

const DAY_MS = 86_400_000
const FIFTEEN_O_CLOCK = 15 * 60
const minuteInVietnam = (ms: number): number => Math.floor(((ms + 7 * 3_600_000) % DAY_MS) / 60_000)

/** The promised day as a clerk counts it on the wall calendar; always by 17:00. Null where the law sets no limit. */
export const promisedDay = (receivedAt: number, limit: Limit): string | null => {
  if (limit.kind === 'none') return null
  if (limit.kind === 'working-days') return naiveNthWorkingDay(receivedAt, limit.days)
  if (limit.kind === 'days') {
    const last = receivedAt + limit.days * DAY_MS
    return naiveWorkingDay(naiveDate(last)) ? naiveDate(last) : naiveNthWorkingDay(last, 1)
  }
  const today = naiveDate(receivedAt)
  return naiveWorkingDay(today) && minuteInVietnam(receivedAt) < FIFTEEN_O_CLOCK
    ? today
    : naiveNthWorkingDay(receivedAt, 1)
}

const WEEKDAYS = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy']
const weekday = (day: string): string => WEEKDAYS[new Date(day).getUTCDay()] ?? ''

/** `ngày 08 tháng 5 năm 2026`: days, and the months January and February, in two digits (Decree 30/2020). */
export const dayOnPaper = (day: string): string => {
  const [year = '', month = '', date = ''] = day.split('-')
  return `ngày ${date} tháng ${Number(month) <= 2 ? month : Number(month)} năm ${year}`
}

/** `17 giờ 00 phút, thứ Sáu, ngày 08 tháng 5 năm 2026`. */
export const promiseOnPaper = (day: string): string => `17 giờ 00 phút, ${weekday(day)}, ${dayOnPaper(day)}`

/** `thứ Sáu 08/5`, what the screens say, without the year. */
export const dayOnScreen = (day: string): string => {
  const [, month = '', date = ''] = day.split('-')
  return `${weekday(day)} ${date}/${month}`
}

export const todayInVietnam = (ms: number): string => naiveDate(ms)

/** `08/05/2026`. */
export const slashed = (day: string): string => day.split('-').reverse().join('/')
