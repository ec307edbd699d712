import { type LocalDate, weekdayOf } from './vietnam.ts'

export type Language = 'vi' | 'en'

const WEEKDAYS: Record<Language, readonly string[]> = {
  vi: ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const partsOf = (date: LocalDate): { year: string; month: number; day: number } => ({
  year: date.slice(0, 4),
  month: Number(date.slice(5, 7)),
  day: Number(date.slice(8, 10)),
})

/** 1 = Monday … 7 = Sunday → `thứ Hai`, `Monday`. */
export const weekdayName = (weekday: number, language: Language): string =>
  WEEKDAYS[language][weekday - 1] ?? ''

/** `21/4`, `02/5`, `16/02`: Decree 30/2020 asks a leading zero for days below 10 and for months 1 and 2 only. */
export const dayMonth = (date: LocalDate, language: Language = 'vi'): string => {
  const { month, day } = partsOf(date)
  if (language === 'en') return `${day} ${MONTHS[month - 1] ?? ''}`
  return `${String(day).padStart(2, '0')}/${month <= 2 ? `0${month}` : month}`
}

/** `21/4/2026`, `21 April 2026`. */
export const dayMonthYear = (date: LocalDate, language: Language = 'vi'): string =>
  `${dayMonth(date, language)}${language === 'vi' ? '/' : ' '}${partsOf(date).year}`

/** `thứ Ba 21/4`; with the year when `year` is another one than the date's: `thứ Ba 05/01/2027`. */
export const weekdayAndDate = (date: LocalDate, language: Language, year?: string): string => {
  const words =
    year !== undefined && year !== partsOf(date).year
      ? dayMonthYear(date, language)
      : dayMonth(date, language)
  return `${weekdayName(weekdayOf(date), language)} ${words}`
}

/** `a, b và c`, `a, b and c`. */
export const joinWords = (items: readonly string[], language: Language): string => {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${language === 'vi' ? 'và' : 'and'} ${items.at(-1)}`
}
