import document from '#data/calendar/year-tables.json' with { type: 'json' }

/**
 * Working time as a child would count it: look the day up in the published rows, go forward minute by minute. It shares
 * nothing with the code under test but the file of dates.
 */
const VIETNAM_MS = 7 * 3_600_000
const MINUTE = 60_000
const rows = document.years.flatMap(({ days }) => days)
const off = new Set(rows.filter((row) => row.type === 'OFF' && !('candidate' in row)).map(({ date }) => date))
const madeUp = new Set(rows.filter((row) => row.type === 'WORK').map(({ date }) => date))

export const naiveDate = (ms: number): string => new Date(ms + VIETNAM_MS).toISOString().slice(0, 10)

export const naiveWorkingDay = (date: string): boolean => {
  const weekday = new Date(date).getUTCDay()
  return madeUp.has(date) || (weekday !== 0 && weekday !== 6 && !off.has(date))
}

const naiveMinute = (ms: number): boolean => {
  const minute = Math.floor(((ms + VIETNAM_MS) % 86_400_000) / MINUTE)
  const inSession = (minute >= 450 && minute < 690) || (minute >= 780 && minute < 1020)
  return inSession && naiveWorkingDay(naiveDate(ms))
}

export const naiveMinutesBetween = (from: number, to: number): number => {
  let minutes = 0
  for (let at = from; at < to; at += MINUTE) if (naiveMinute(at)) minutes += 1
  return minutes
}

export const naiveAdd = (start: number, minutes: number): number => {
  let at = start
  for (let left = minutes; left > 0; at += MINUTE) if (naiveMinute(at)) left -= 1
  return at
}

export const naiveNthWorkingDay = (start: number, n: number): string => {
  let at = start
  for (let left = n; left > 0; ) {
    at += 86_400_000
    if (naiveWorkingDay(naiveDate(at))) left -= 1
  }
  return naiveDate(at)
}
