import { localDateOf, minuteOfDay, textFromMinute, weekdayOf } from '#platform/time/vietnam.ts'
import type { Language } from '../language/language.tsx'

const DAYS = {
  vi: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const
const SHORT_DAYS = {
  vi: ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const

/** `2026-05-08` → `08/05/2026`. */
export const formatDate = (date: string): string =>
  `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`
/** `2026-05-08` → `08/5`: the short form of Vietnamese offices. */
export const formatDayMonth = (date: string): string => `${date.slice(8, 10)}/${Number(date.slice(5, 7))}`
export const weekdayName = (date: string, language: Language): string =>
  DAYS[language][weekdayOf(date) - 1] ?? ''
export const weekdayShort = (date: string, language: Language): string =>
  SHORT_DAYS[language][weekdayOf(date) - 1] ?? ''
export const shortWeekdays = (language: Language): readonly string[] => SHORT_DAYS[language]
/** `2026-05-08` → `Thứ Sáu 08/05/2026`. */
export const formatLongDate = (date: string, language: Language): string =>
  `${weekdayName(date, language)} ${formatDate(date)}`

export type InstantParts = { date: string; time: string }
/** An RFC 3339 instant, read on Vietnam's wall clock whatever the browser's zone. */
export const partsOf = (instant: string): InstantParts => {
  const at = new Date(instant)
  return { date: localDateOf(at), time: textFromMinute(minuteOfDay(at)) }
}
/** `21/4, 08:58`. */
export const formatMoment = (instant: string): string => {
  const { date, time } = partsOf(instant)
  return `${formatDayMonth(date)}, ${time}`
}

/** Đồng as people write it: `10.000 đ`. */
export const formatMoney = (dong: number): string => `${formatCount(dong)} đ`
/** `2436` → `2.436`, by hand because some browsers ship without Vietnamese number data. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+(?!\d))/g, '.')

/** `dd/mm/yyyy` (also `d/m/yyyy`, dots, dashes or eight digits) → `yyyy-mm-dd`; undefined when no such day exists. */
export function parseTypedDate(text: string): string | undefined {
  const match =
    /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})$/.exec(text.trim()) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(text.trim())
  if (!match) return undefined
  const [, day = '', month = '', year = ''] = match
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const instant = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === date ? date : undefined
}

/** `000000000001` → `0000 0000 0001`. */
export const groupDigits = (digits: string, size: number): string =>
  digits.replace(new RegExp(`(.{${size}})(?=.)`, 'g'), '$1 ')

/** Shows the last four characters only. */
export const maskNumber = (value: string): string => {
  const compact = value.replace(/\s/g, '')
  return (
    groupDigits('•'.repeat(Math.max(0, compact.length - 4)), 4) +
    (compact.length > 4 ? ' ' : '') +
    compact.slice(-4)
  )
}
