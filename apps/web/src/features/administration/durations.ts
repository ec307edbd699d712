import type { Language } from '../../ui/language/language.tsx'

type Unit = 'WORKING_DAY' | 'CALENDAR_DAY' | 'WORKING_HOUR' | 'HOUR' | 'MONTH' | 'SAME_DAY' | 'IMMEDIATE'

const UNITS: Record<Unit, { vi: string; en: string }> = {
  WORKING_DAY: { vi: 'ngày làm việc', en: 'working days' },
  CALENDAR_DAY: { vi: 'ngày', en: 'days' },
  WORKING_HOUR: { vi: 'giờ làm việc', en: 'working hours' },
  HOUR: { vi: 'giờ', en: 'hours' },
  MONTH: { vi: 'tháng', en: 'months' },
  SAME_DAY: { vi: 'trong ngày', en: 'same day' },
  IMMEDIATE: { vi: 'ngay khi nhận', en: 'at once' },
}
export const DURATION_UNITS: readonly Unit[] = [
  'WORKING_DAY',
  'CALENDAR_DAY',
  'WORKING_HOUR',
  'HOUR',
  'MONTH',
  'SAME_DAY',
  'IMMEDIATE',
]
export const isDurationUnit = (value: string): value is Unit => Object.hasOwn(UNITS, value)

export const unitWords = (unit: Unit, language: Language): string => UNITS[unit][language]

const sentence = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)

/** `10 ngày làm việc`, `Trong ngày`. */
export const durationWords = (
  { amount, unit }: { amount: number; unit: Unit },
  language: Language,
): string =>
  unit === 'SAME_DAY' || unit === 'IMMEDIATE'
    ? sentence(unitWords(unit, language))
    : `${String(amount).replace('.', ',')} ${unitWords(unit, language)}`
