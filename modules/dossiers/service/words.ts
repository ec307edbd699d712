import { ROLES } from '#modules/identity/contract.ts'
import type { Words } from '#platform/errors.ts'
import { localDateOf, minuteOfDay, textFromMinute } from '#platform/time/vietnam.ts'
import { dayMonthYear, weekdayAndDate } from '#platform/time/words.ts'

/** `16:20 thứ Ba 21/4` for messages about who acted when. */
export const momentWords = (instant: Date, language: 'vi' | 'en' = 'vi'): string => {
  const date = localDateOf(instant)
  return `${textFromMinute(minuteOfDay(instant))} ${weekdayAndDate(date, language, date.slice(0, 4))}`
}

export const momentInWords = (instant: Date): Words => ({
  vi: momentWords(instant),
  en: momentWords(instant, 'en'),
})

/** `21/4/2026` for a day that a message names. */
export const dayWords = (day: string): Words => ({ vi: dayMonthYear(day), en: dayMonthYear(day, 'en') })

/** Roles as people say them; a role that a process brings and the house does not know stays as it is. */
export const roleWords = (roles: readonly string[]): Words => {
  const named = roles.map((role) => Object.entries(ROLES).find(([name]) => name === role)?.[1])
  const join = (language: keyof Words) => roles.map((role, i) => named[i]?.[language] ?? role).join(', ')
  return { vi: join('vi'), en: join('en') }
}

/** What one person may not do both of on one dossier. */
export const DID = {
  intake: { vi: 'tiếp nhận', en: 'received it' },
  approval: { vi: 'ký duyệt', en: 'approved it' },
} as const
export const DOING = {
  approval: { vi: 'ký duyệt', en: 'approve it' },
  payment: { vi: 'xác nhận đã nộp tiền', en: 'confirm the payment' },
} as const

export const resultInFuture = (today: string) => ({
  what: { vi: 'Ngày của kết quả', en: 'The date of the result' },
  today: dayWords(today),
})
