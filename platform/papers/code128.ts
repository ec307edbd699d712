/** Widths of bar, gap, bar, gap, bar, gap of the 107 symbols (ISO/IEC 15417, table 1); the stop pattern ends with one more bar. */
const SYMBOLS = (
  '212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221' +
  '223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321' +
  '112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131' +
  '311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114' +
  '122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141' +
  '214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232'
).match(/.{6}/g)
const STOP = '2331112'
const [TO_C, TO_B, START_B, START_C] = [99, 100, 104, 105]

const digitsAt = (text: string, from: number): number => {
  let to = from
  while (to < text.length && text.charCodeAt(to) >= 48 && text.charCodeAt(to) <= 57) to += 1
  return to - from
}

/** Pairs of digits pay off from four at an end and six in between, where the way back costs a symbol too. */
const paysOff = (text: string, from: number, digits: number): boolean =>
  digits >= (from === 0 || from + digits === text.length ? 4 : 6)

/** Symbol values: start, data, check digit. */
const valuesOf = (text: string): number[] => {
  let pairs = paysOff(text, 0, digitsAt(text, 0)) || /^\d\d$/.test(text)
  const values = [pairs ? START_C : START_B]
  for (let at = 0; at < text.length; ) {
    const digits = digitsAt(text, at)
    if (pairs && digits >= 2) {
      values.push(Number(text.slice(at, at + 2)))
      at += 2
    } else if (pairs) {
      values.push(TO_B)
      pairs = false
    } else if (digits % 2 === 0 && paysOff(text, at, digits)) {
      values.push(TO_C)
      pairs = true
    } else {
      values.push(text.charCodeAt(at) - 32)
      at += 1
    }
  }
  values.push(values.reduce((sum, value, index) => sum + value * Math.max(index, 1), 0) % 103)
  return values
}

/**
 * Widths of bars and gaps in turn, beginning with a bar, in modules, of a text in ASCII. Own code, because the general library interprets
 * PostScript: 0.3 ms a symbol, as long as half a paper may take.
 */
export const code128Widths = (text: string): number[] =>
  [...valuesOf(text).map((value) => SYMBOLS?.[value] ?? ''), STOP].join('').split('').map(Number)
