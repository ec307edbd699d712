/** How a region says an empty ten and a four after twenty. */
export type Region = 'north' | 'south'

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']
const digit = (value: number): string => DIGITS[value] ?? ''

const unitAfterTens = (tens: number, units: number): string[] => {
  if (units === 0) return []
  if (units === 1 && tens > 1) return ['mốt']
  if (units === 5) return ['lăm']
  return [digit(units)]
}

const belowHundred = (value: number, afterHundreds: boolean, region: Region): string[] => {
  const tens = Math.floor(value / 10)
  const units = value % 10
  if (tens === 0) {
    if (units === 0) return []
    return afterHundreds ? [region === 'north' ? 'linh' : 'lẻ', digit(units)] : [digit(units)]
  }
  return [...(tens === 1 ? ['mười'] : [digit(tens), 'mươi']), ...unitAfterTens(tens, units)]
}

const belowThousand = (value: number, afterThousands: boolean, region: Region): string[] => {
  const hundreds = Math.floor(value / 100)
  const rest = value % 100
  if (hundreds === 0 && !afterThousands) return belowHundred(rest, false, region)
  return [digit(hundreds), 'trăm', ...belowHundred(rest, true, region)]
}

const GROUPS = ['', 'nghìn', 'triệu', 'tỷ']

/** The syllables of a number from 0 to 999,999,999,999, one clip each: 105 is `một trăm linh năm`. */
export const numberSyllables = (value: number, region: Region = 'north'): string[] => {
  if (!Number.isInteger(value) || value < 0 || value >= 1e12) throw new RangeError(`${value} cannot be said`)
  if (value === 0) return ['không']
  const groups: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 1000)) groups.push(rest % 1000)
  return groups
    .map((group, power) => ({ group, power }))
    .reverse()
    .flatMap(({ group, power }, index) => {
      if (group === 0) return []
      const name = power === 1 && region === 'south' ? 'ngàn' : (GROUPS[power] ?? '')
      return [...belowThousand(group, index > 0, region), ...(name === '' ? [] : [name])]
    })
}

/** The number as written in words: `một trăm linh năm`. */
export const numberInWords = (value: number, region: Region = 'north'): string =>
  numberSyllables(value, region).join(' ')

const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    ...{ A: 'a', B: 'bê', C: 'xê', D: 'dê', E: 'e', F: 'ép', G: 'gờ', H: 'hát', I: 'i', J: 'gi', K: 'ca' },
    ...{ L: 'lờ', M: 'mờ', N: 'nờ', O: 'o', P: 'pê', Q: 'cu', R: 'rờ', S: 'ét', T: 'tê', U: 'u', V: 'vê' },
    ...{ W: 'vê kép', X: 'ích', Y: 'i dài', Z: 'dét' },
  }),
)

/** `A005` as it is called: `a không trăm linh năm`; zeros before a longer number are said one by one. */
export const ticketSyllables = (code: string, region: Region = 'north'): string[] => {
  const match = /^([A-Z]*)(\d+)$/.exec(code)
  if (!match) throw new RangeError(`${code} is no ticket number`)
  const [, letters = '', digits = ''] = match
  const value = Number(digits)
  const spoken =
    digits.length === 3
      ? value === 0
        ? ['không', 'không', 'không']
        : belowThousand(value, true, region)
      : [...'0'.repeat(digits.length - String(value).length)]
          .map(() => 'không')
          .concat(numberSyllables(value, region))
  return [...[...letters].map((letter) => LETTERS[letter] ?? letter.toLowerCase()), ...spoken]
}

/** Every syllable that numbers and tickets of a region are said with: one clip each. */
export const spokenSyllables = (region: Region): string[] => {
  const regional = region === 'north' ? ['linh', 'nghìn'] : ['lẻ', 'ngàn']
  return [
    ...DIGITS,
    ...['mười', 'mươi', 'mốt', 'lăm', 'trăm', 'triệu', 'tỷ', ...regional],
    ...Object.values(LETTERS),
  ]
}
