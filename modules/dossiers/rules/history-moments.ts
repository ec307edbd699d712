export const MINUTE_MS = 60_000
const VIETNAM_MS = 7 * 60 * MINUTE_MS
const DAY_MS = 86_400_000
/** A date without a time that ends something: the end of the working day. */
const END_OF_DAY_MS = 17 * 60 * MINUTE_MS

const digits = (text: string, from: number, to: number): number => {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const dayOf = (year: number, month: number, day: number): number => {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= (DAYS[month - 1] ?? 0))) return Number.NaN
  const at = Date.UTC(year, month - 1, day)
  // 29 February of a year that has none would be the first of March.
  return month === 2 && day === 29 && new Date(at).getUTCMonth() !== 1 ? Number.NaN : at
}

/** Milliseconds in the day of `08:30` or `08:30:00` from a place on; NaN when it is no time. */
const timeAt = (text: string, from: number, to: number): number => {
  if (to - from !== 5 && to - from !== 8) return Number.NaN
  const [hour, minute] = [digits(text, from, from + 2), digits(text, from + 3, from + 5)]
  const second = to - from === 8 ? digits(text, from + 6, from + 8) : 0
  if (text[from + 2] !== ':' || !(hour < 24 && minute < 60 && second < 60)) return Number.NaN
  return ((hour * 60 + minute) * 60 + second) * 1_000
}

/** `Z`, `+07:00`, or nothing, which is Vietnam's. Answers the offset and where the time ends. */
const zoneOf = (text: string): { offset: number; end: number } => {
  if (text.endsWith('+07:00')) return { offset: VIETNAM_MS, end: text.length - 6 }
  if (text.endsWith('Z')) return { offset: 0, end: text.length - 1 }
  return { offset: VIETNAM_MS, end: text.length }
}

/**
 * Written by hand because a file has millions of them: `2023-05-12T08:30:00+07:00`, `2023-05-12 08:30[:00]`, `2023-05-12`, and
 * `12/05/2023[ 08:30]` as former systems print it. Milliseconds since 1970, or NaN.
 */
export const readInstant = (text: string, endOfDay: boolean): number => {
  const slashed = text[2] === '/' && text[5] === '/'
  if (!slashed && (text[4] !== '-' || text[7] !== '-')) return Number.NaN
  const day = slashed
    ? dayOf(digits(text, 6, 10), digits(text, 3, 5), digits(text, 0, 2))
    : dayOf(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
  if (text.length === 10) return day - VIETNAM_MS + (endOfDay ? END_OF_DAY_MS : 0)
  if (text[10] !== 'T' && text[10] !== ' ') return Number.NaN
  const { offset, end } = zoneOf(text)
  // Fractions of a second say nothing about a dossier.
  const dot = text.indexOf('.', 16)
  const time = timeAt(text, 11, dot > 0 && dot < end ? dot : end)
  return time < DAY_MS ? day + time - offset : Number.NaN
}
