import { type Bitmap, bytesInRow } from './bitmap.ts'

const ESC = 0x1b
const GS = 0x1d
const FS = 0x1c

/**
 * Rows sent by one `GS v 0`. Printers are known that read only the low byte of the row count (288 rows act as 32), print
 * rubbish after a strip whose height is a multiple of 48, or fail on powers of two: 200 is none of these.
 */
const STRIP_ROWS = 200

const isBadHeight = (rows: number): boolean => rows % 48 === 0 || (rows & (rows - 1)) === 0

/** The last strip is made higher with white paper until no printer minds its height. */
const stripHeight = (rows: number): number => (isBadHeight(rows) ? stripHeight(rows + 1) : rows)

const strip = ({ width, rows }: Bitmap, from: number, count: number): Uint8Array => {
  const stride = bytesInRow(width)
  const height = stripHeight(count)
  const bytes = new Uint8Array(8 + stride * height)
  bytes.set([GS, 0x76, 0x30, 0, stride & 0xff, stride >> 8, height & 0xff, height >> 8])
  bytes.set(rows.subarray(from * stride, (from + count) * stride), 8)
  return bytes
}

/** Back to the state after switching on, and out of the mode in which some printers take two bytes for one Chinese letter. */
const BEGIN = [ESC, 0x40, FS, 0x2e]
/** Feed past the cutter and cut, leaving one point: the paper does not fall. */
const END = [GS, 0x56, 66, 0]

/** A picture as the bytes of a thermal printer: initialise, strips, feed, cut. Nothing in it depends on code pages. */
export const escPosOf = (bitmap: Bitmap): Uint8Array => {
  const parts: Uint8Array[] = [Uint8Array.from(BEGIN)]
  for (let from = 0; from < bitmap.height; from += STRIP_ROWS)
    parts.push(strip(bitmap, from, Math.min(STRIP_ROWS, bitmap.height - from)))
  parts.push(Uint8Array.from(END))
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
