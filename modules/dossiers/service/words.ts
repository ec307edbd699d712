import { localDateOf, minuteOfDay, textFromMinute } from '#platform/time/vietnam.ts'
import { weekdayAndDate } from '#platform/time/words.ts'

/** `16:20 thứ Ba 21/4` for messages about who acted when. */
export const momentWords = (instant: Date, language: 'vi' | 'en' = 'vi'): string => {
  const date = localDateOf(instant)
  return `${textFromMinute(minuteOfDay(instant))} ${weekdayAndDate(date, language, date.slice(0, 4))}`
}
