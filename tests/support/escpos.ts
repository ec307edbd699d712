import { type Bitmap, bytesInRow } from '#modules/queue/rules.ts'

/** One strip as it came: rows as declared, padding included. */
export type Strip = { bytesAcross: number; rows: number }
/** What left the printer at one cut. */
export type PrintedPaper = { bitmap: Bitmap; strips: readonly Strip[]; whole: boolean }

/** A question that a printer answers at once (`DLE EOT n`) or in its turn (`GS r n`). */
export type Question = { kind: 'now' | 'in-turn'; n: number }

/**
 * Reads what a thermal printer reads, byte by byte as it comes, and knows nothing but the commands of a ticket: whatever else
 * would come out as letters, so it throws. `onQuestion` is told where in the stream a question stands.
 */
export const createEscPosReader = (onQuestion: (question: Question) => void = () => undefined) => {
  let bytes: number[] = []
  let strips: { strip: Strip; data: number[] }[] = []
  const papers: PrintedPaper[] = []

  const paper = (whole: boolean): PrintedPaper => {
    const across = strips[0]?.strip.bytesAcross ?? 0
    const data = strips.flatMap((one) => one.data)
    const bitmap = {
      width: across * 8,
      height: across === 0 ? 0 : data.length / across,
      rows: Uint8Array.from(data),
    }
    return { bitmap, strips: strips.map(({ strip }) => strip), whole }
  }

  /** How many bytes the first command takes; undefined while it has not come whole. */
  const take = (): number | undefined => {
    const [first, second, third, fourth] = bytes
    if (first === undefined || second === undefined) return undefined
    const pair = (first << 8) | second
    if (pair === 0x1b40 || pair === 0x1c2e) return 2
    if (third === undefined) return undefined
    if (pair === 0x1004) {
      onQuestion({ kind: 'now', n: third })
      return 3
    }
    if (pair === 0x1d72) {
      onQuestion({ kind: 'in-turn', n: third })
      return 3
    }
    if (fourth === undefined) return undefined
    if (pair === 0x1d56 && third === 66) {
      papers.push(paper(true))
      strips = []
      return 4
    }
    if (pair !== 0x1d76 || third !== 0x30 || fourth !== 0)
      throw new Error(
        `no command of a ticket: ${bytes
          .slice(0, 6)
          .map((byte) => byte.toString(16))
          .join(' ')}`,
      )
    const [xLow, xHigh, yLow, yHigh] = bytes.slice(4, 8)
    if (xLow === undefined || xHigh === undefined || yLow === undefined || yHigh === undefined)
      return undefined
    const strip = { bytesAcross: xLow + xHigh * 256, rows: yLow + yHigh * 256 }
    const length = 8 + strip.bytesAcross * strip.rows
    if (bytes.length < length) return undefined
    strips.push({ strip, data: bytes.slice(8, length) })
    return length
  }

  return {
    papers,
    feed: (chunk: Uint8Array): void => {
      bytes = bytes.length === 0 ? [...chunk] : [...bytes, ...chunk]
      for (let length = take(); length !== undefined; length = take()) bytes = bytes.slice(length)
    },
    /** Bytes of a command that never came whole. */
    left: (): number => bytes.length,
    /** Somebody tears off what is out so far: a paper without its end. */
    tear: (): void => {
      if (strips.length > 0 || bytes.length > 0) papers.push(paper(false))
      strips = []
      bytes = []
    },
  }
}

export const readPapers = (bytes: Uint8Array): readonly PrintedPaper[] => {
  const reader = createEscPosReader()
  reader.feed(bytes)
  if (reader.left() > 0) throw new Error(`${reader.left()} bytes after the last command`)
  return reader.papers
}

/** As a camera sees it. */
export const pixelsOf = ({ width, height, rows }: Bitmap): Uint8ClampedArray => {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255)
  const stride = bytesInRow(width)
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 4)
      if ((rows[y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) pixels.fill(0, at, at + 3)
  return pixels
}
