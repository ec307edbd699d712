import { localDateOf } from '#platform/time/vietnam.ts'
import { formatDate, formatDayMonth, partsOf, weekdayShort } from '../../ui/format/format.ts'
import type { Language } from '../../ui/language/language.tsx'

/** In a list: the hour when it is today, else `T4 29/4`; an em dash when the law sets no limit. */
export function dueInList(due: string | null, language: Language, now: Date): string {
  if (due === null) return '—'
  const { date, time } = partsOf(due)
  return date === localDateOf(now) ? time : `${weekdayShort(date, language)} ${formatDayMonth(date)}`
}

/** `T6 08/05/2026 17:00`. */
export function dueInFull(due: string | null, language: Language): string {
  if (due === null) return '—'
  const { date, time } = partsOf(due)
  return `${weekdayShort(date, language)} ${formatDate(date)} ${time}`
}
