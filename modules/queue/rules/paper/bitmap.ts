/** One bit a dot, rows of whole bytes, the leftmost dot in the highest bit; 1 is black. */
export type Bitmap = { width: number; height: number; rows: Uint8Array }

export const bytesInRow = (width: number): number => Math.ceil(width / 8)

/** Darker than the middle is black: edges stay where the outline is, so strokes neither swell nor break. */
const THRESHOLD = 128

/** Pixels of a canvas (red, green, blue, alpha), painted black on white: one of the colours tells. */
export const bitmapOf = (
  { width, height }: { width: number; height: number },
  pixels: Uint8Array | Uint8ClampedArray,
): Bitmap => {
  const stride = bytesInRow(width)
  const rows = new Uint8Array(stride * height)
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 4)
      if ((pixels[at] ?? 255) < THRESHOLD) {
        const place = y * stride + (x >> 3)
        rows[place] = (rows[place] ?? 0) | (0x80 >> (x & 7))
      }
  return { width, height, rows }
}

export const isBlack = ({ width, rows }: Bitmap, x: number, y: number): boolean =>
  ((rows[y * bytesInRow(width) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0
