import { numberSyllables, type Region, ticketSyllables } from '#modules/queue/rules.ts'

/** Words that stand around the numbers; each is one clip. */
export const CALL_PHRASES = { invite: 'mời công dân có số thứ tự', counter: 'đến quầy số' } as const
/** English spells: A, zero, one, four. */
export const ENGLISH_DIGITS = [
  ...['zero', 'one', 'two', 'three', 'four'],
  ...['five', 'six', 'seven', 'eight', 'nine'],
] as const
/** A breath between the first and the second time. */
export const PAUSE = ''

/** What is said for a call, clip by clip: the number twice, then the counter. */
export const announcementOf = (number: string, counter: number, region: Region): string[] => {
  const said = ticketSyllables(number, region)
  return [
    CALL_PHRASES.invite,
    ...said,
    PAUSE,
    ...said,
    CALL_PHRASES.counter,
    ...numberSyllables(counter, region),
  ]
}

export const englishNumber = (code: string): string[] =>
  [...code].map((sign) => (/\d/.test(sign) ? (ENGLISH_DIGITS[Number(sign)] ?? sign) : sign))
