import { type LocalDate, localDateOf, minuteOfDay, weekdayOf } from '#platform/time/vietnam.ts'
import type { PaperData } from '../paper-data.ts'

export const two = (n: number): string => String(n).padStart(2, '0')

/** Vietnamese date of an official paper: days below 10 and months 1–2 with a leading zero (NĐ 30/2020, Annex I). */
export const dayInWords = (date: LocalDate): string => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return `ngày ${two(day)} tháng ${month <= 2 ? two(month) : month} năm ${year}`
}

export const hourInWords = (at: Date): string => {
  const minute = minuteOfDay(at)
  return `${two(Math.floor(minute / 60))} giờ ${two(minute % 60)} phút`
}

/** `08 giờ 58 phút, ngày 21 tháng 4 năm 2026`. */
export const instantInWords = (iso: string): string => {
  const at = new Date(iso)
  return `${hourInWords(at)}, ${dayInWords(localDateOf(at))}`
}

const WEEKDAYS = ['Hai', 'Ba', 'Tư', 'Năm', 'Sáu', 'Bảy']
export const weekdayInWords = (date: LocalDate): string => {
  const index = weekdayOf(date)
  return index === 7 ? 'Chủ nhật' : `thứ ${WEEKDAYS[index - 1]}`
}

/** `17 giờ 00 phút, thứ Sáu, ngày 08 tháng 5 năm 2026`. */
export const appointmentInWords = (iso: string): string => {
  const at = new Date(iso)
  const day = localDateOf(at)
  return `${hourInWords(at)}, ${weekdayInWords(day)}, ${dayInWords(day)}`
}

/** `17:00 08/05/2026`, for the cells of a list. */
export const hourAndDay = (iso: string): string => {
  const at = new Date(iso)
  const minute = minuteOfDay(at)
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)} ${shortDay(localDateOf(at))}`
}

/** `21/04/2026`. */
export const shortDay = (date: LocalDate | null): string => (date ? date.split('-').reverse().join('/') : '')

/** `1.250.000 đồng`. */
export const dongInWords = (amount: number): string =>
  `${String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, '.')} đồng`

const UNITS = {
  WORKING_DAY: 'ngày làm việc',
  CALENDAR_DAY: 'ngày',
  WORKING_HOUR: 'giờ làm việc',
  HOUR: 'giờ',
  MINUTE: 'phút',
  MONTH: 'tháng',
  YEAR: 'năm',
}

export const durationInWords = ({ amount, unit }: PaperData<'form-01'>['duration']): string => {
  if (unit === 'SAME_DAY') return 'trong ngày'
  if (unit === 'IMMEDIATE') return 'trả ngay'
  if (unit === 'NONE' || amount === null) return 'không ghi rõ trong thủ tục đã công bố'
  const number = Number.isInteger(amount) ? two(amount) : String(amount).replace('.', ',')
  return `${number} ${UNITS[unit]}`
}

/** No day can be promised: the result comes at once, or nothing published says when. */
export const withoutDay = ({ unit }: PaperData<'form-01'>['duration']): string =>
  unit === 'IMMEDIATE'
    ? 'trả ngay sau khi tiếp nhận, giải quyết'
    : 'chưa hẹn được ngày; cơ quan báo khi có kết quả'

export const feesInWords = (fees: PaperData<'form-01'>['fees']): string => {
  if (fees === null) return 'Theo thông báo của cơ quan giải quyết'
  if (fees.length === 0) return 'Không thu'
  if (fees.length === 1) return fees.map(feeInWords).join('')
  const total = fees.reduce((sum, { amount }) => sum + (amount ?? 0), 0)
  // What is not known cannot be summed, and the paper says so.
  const known = fees.some(({ amount }) => amount === null) ? 'Cộng các khoản đã rõ' : 'Cộng'
  return `${fees.map(feeInWords).join('; ')}. ${known}: ${dongInWords(total)}`
}

const feeInWords = ({ name, amount, paid }: NonNullable<PaperData<'form-01'>['fees']>[number]): string => {
  if (amount === null) return `${name}: theo thông báo của cơ quan giải quyết`
  if (amount === 0) return `${name}: không thu`
  return `${name} ${dongInWords(amount)}${paid ? ' (đã nộp)' : ''}`
}

export const WAYS = {
  counter: 'Trực tiếp',
  post: 'Qua dịch vụ bưu chính công ích',
  online: 'Trực tuyến, trên Cổng Dịch vụ công quốc gia',
  'other-centre': 'Trực tiếp tại Trung tâm khác',
}
export const returnInWords = ({ way, place }: PaperData<'form-01'>['resultReturn']): string => {
  if (!place) return WAYS[way]
  return way === 'counter' || way === 'other-centre' ? place : `${WAYS[way]}: ${place}`
}

const IDENTITIES = {
  'personal-id': 'Số định danh cá nhân',
  'old-id': 'Số CMND',
  passport: 'Số hộ chiếu',
  'tax-code': 'Mã số thuế',
  'registration-number': 'Số đăng ký',
}
type Identity = NonNullable<PaperData<'form-01'>['applicant']['identity']>
export const identityInWords = ({ kind, number }: Identity): string => `${IDENTITIES[kind]}: ${number}`

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']

/** Up to three digits; `full` reads the leading zeros too: "không trăm linh năm". */
const threeDigits = (n: number, full: boolean): string => {
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10]
  const parts: string[] = []
  if (hundreds > 0 || full) parts.push(`${DIGITS[hundreds]} trăm`)
  if (tens === 1) parts.push('mười')
  else if (tens > 1) parts.push(`${DIGITS[tens]} mươi`)
  else if (ones > 0 && parts.length > 0) parts.push('linh')
  if (ones === 1 && tens > 1) parts.push('mốt')
  else if (ones === 4 && tens > 1) parts.push('tư')
  else if (ones === 5 && tens > 0) parts.push('lăm')
  else if (ones > 0) parts.push(DIGITS[ones] ?? '')
  return parts.join(' ')
}

/** `1.250.005` → "một triệu hai trăm năm mươi nghìn không trăm linh năm". Beyond milliards the milliards are counted. */
export const numberInWords = (n: number): string => {
  if (n === 0) return 'không'
  const [milliards, rest] = [Math.floor(n / 1e9), n % 1e9]
  const parts = milliards > 0 ? [`${numberInWords(milliards)} tỷ`] : []
  for (const [size, scale] of [
    [1e6, ' triệu'],
    [1e3, ' nghìn'],
    [1, ''],
  ] as const) {
    const group = Math.floor(rest / size) % 1000
    if (group > 0) parts.push(threeDigits(group, parts.length > 0) + scale)
  }
  return parts.join(' ')
}

/** "Một triệu hai trăm nghìn đồng", as receipts and notices repeat an amount. */
export const amountInWords = (amount: number): string => {
  const words = `${numberInWords(amount)} đồng`
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** "12 (mười hai)", "05 (năm)". */
export const countInWords = (n: number): string => `${two(n)} (${numberInWords(n)})`
