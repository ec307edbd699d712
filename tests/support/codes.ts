import decodeQr from 'qr/decode.js'
import type { Path } from './pdf.ts'

/** Paints filled rectangles (four corners each) on a grid of dots, as a scanner sees them: dark where covered. */
const paint = (path: Path, dot: number, quiet: number) => {
  const xs = path.map(([x]) => x)
  const ys = path.map(([, y]) => y)
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)]
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - bottom].map((n) =>
    Math.round(n / dot),
  ) as [number, number]
  const row = width + 2 * quiet
  const data = new Uint8Array(row * (height + 2 * quiet) * 4).fill(255)
  for (let i = 0; i + 3 < path.length; i += 4) {
    const part = path.slice(i, i + 4)
    const [x0, x1] = [Math.min(...part.map(([x]) => x)), Math.max(...part.map(([x]) => x))]
    const [y0, y1] = [Math.min(...part.map(([, y]) => y)), Math.max(...part.map(([, y]) => y))]
    for (let y = Math.round((y0 - bottom) / dot); y < Math.round((y1 - bottom) / dot); y++)
      for (let x = Math.round((x0 - left) / dot); x < Math.round((x1 - left) / dot); x++)
        data.fill(0, ((y + quiet) * row + x + quiet) * 4, ((y + quiet) * row + x + quiet) * 4 + 3)
  }
  return { width: row, height: height + 2 * quiet, data }
}

/** Reads a QR symbol drawn as rectangles. */
export const readQr = (path: Path): string => decodeQr(paint(path, 0.3, 20))

/** Widths of the 107 Code 128 symbols (ISO/IEC 15417, table 1), the stop pattern last. */
const PATTERNS =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'.split(
    ' ',
  )
const [CODE_C, CODE_B, CODE_A, START_A, START_B, START_C] = [99, 100, 101, 103, 104, 105]

/** Reads a Code 128 symbol drawn as rectangles, checking its check digit. */
export const readCode128 = (path: Path): string => {
  const bars: [number, number][] = []
  for (let i = 0; i + 3 < path.length; i += 4) {
    const xs = path.slice(i, i + 4).map(([x]) => x)
    bars.push([Math.min(...xs), Math.max(...xs)])
  }
  bars.sort(([a], [b]) => a - b)
  const widths = bars.flatMap(([from, to], i) => {
    const next = bars[i + 1]
    return next ? [to - from, next[0] - to] : [to - from]
  })
  // The symbol ends with a bar of two modules.
  const module = (widths.at(-1) ?? 0) / 2
  const units = widths.map((width) => Math.round(width / module)).join('')
  const symbols: number[] = []
  for (let at = 0; at < units.length - 7; at += 6) symbols.push(PATTERNS.indexOf(units.slice(at, at + 6)))
  const check = symbols.pop()
  const sum = symbols.reduce((total, value, i) => total + value * Math.max(i, 1), 0) % 103
  if (check !== sum || symbols.includes(-1)) throw new Error('not a Code 128 symbol')
  let set = symbols[0]
  let text = ''
  for (const value of symbols.slice(1)) {
    if (set === START_C || set === CODE_C) {
      if (value === CODE_B || value === CODE_A) set = value
      else text += String(value).padStart(2, '0')
    } else if (value === CODE_C) set = CODE_C
    else if (value === CODE_B || value === CODE_A) set = value
    else
      text +=
        value < 64
          ? String.fromCharCode(value + 32)
          : value < 96 && set !== START_A
            ? String.fromCharCode(value + 32)
            : ''
  }
  if (![START_A, START_B, START_C].includes(symbols[0] ?? -1)) throw new Error('no start symbol')
  return text
}
