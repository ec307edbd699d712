import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'

export type ReadPdf = {
  pages: readonly {
    width: number
    height: number
    text: string
    boxes: readonly Box[]
    paths: readonly Path[]
    drawings: readonly Drawing[]
    /** The structure tree as a screen reader gets it, as JSON without object numbers; empty when not asked for (slow). */
    tags: string
  }[]
  /** Text of all pages, white space collapsed. */
  text: string
  tagged: boolean
  language: string | undefined
}
export type Box = { text: string; x: number; y: number; width: number }
/** Corners of a filled path's rectangles in points: left, top of the page is the largest y. */
/** Where a path lies on the page: left, bottom, right, top in points; clips are the paths that are not painted. */
export type Drawing = { paint: 'stroke' | 'fill' | 'none'; box: readonly [number, number, number, number] }
export type Path = readonly (readonly [number, number])[]

const MOVE = 0
const LINE = 1
const CURVE = 2
const QUADRATIC = 3

/** Coordinates of one path in the order they were drawn. */
const corners = (data: ArrayLike<number>): [number, number][] => {
  const found: [number, number][] = []
  for (let i = 0; i < data.length; ) {
    const kind = data[i++]
    const pairs = kind === MOVE || kind === LINE ? 1 : kind === CURVE ? 3 : kind === QUADRATIC ? 2 : 0
    for (let pair = 0; pair < pairs; pair++) found.push([data[i++] ?? 0, data[i++] ?? 0])
  }
  return found
}

type Matrix = readonly [number, number, number, number, number, number]
const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
]

/** Follows the transformations, so that what is drawn is known where a person sees it. */
const drawingsOf = ({ fnArray, argsArray }: { fnArray: number[]; argsArray: unknown[][] }): Drawing[] => {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0]
  const saved: Matrix[] = []
  const found: Drawing[] = []
  fnArray.forEach((fn, index) => {
    const args = argsArray[index] ?? []
    if (fn === OPS.save) saved.push(matrix)
    else if (fn === OPS.restore) matrix = saved.pop() ?? matrix
    else if (fn === OPS.transform) {
      const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = args.map(Number)
      matrix = times(matrix, [a, b, c, d, e, f])
    } else if (fn === OPS.constructPath && args[2] instanceof Float32Array) {
      const [left = 0, bottom = 0, right = 0, top = 0] = args[2]
      const ends = [times(matrix, [1, 0, 0, 1, left, bottom]), times(matrix, [1, 0, 0, 1, right, top])]
      const xs = ends.map((end) => end[4])
      const ys = ends.map((end) => end[5])
      const paint = args[0] === OPS.stroke ? 'stroke' : args[0] === OPS.endPath ? 'none' : 'fill'
      found.push({ paint, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] })
    }
  })
  return found
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Reads a PDF back the way another program would. */
export const readPdf = async (bytes: Buffer, { tags = false } = {}): Promise<ReadPdf> => {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const document = await loading.promise
  try {
    const pages = []
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      const viewport = page.getViewport({ scale: 1 })
      const content = await page.getTextContent()
      const items = content.items.filter((item) => 'str' in item)
      const operators = await page.getOperatorList()
      const paths = operators.fnArray.flatMap((fn, index) => {
        if (fn !== OPS.constructPath) return []
        const data: unknown = operators.argsArray[index]?.[1]?.[0]
        return data instanceof Float32Array || Array.isArray(data) ? [corners(data)] : []
      })
      pages.push({
        width: viewport.width,
        height: viewport.height,
        text: squeeze(items.map((item) => item.str + (item.hasEOL ? '\n' : '')).join('')),
        boxes: items
          .filter((item) => item.str.trim() !== '')
          .map((item) => ({ text: item.str, x: item.transform[4], y: item.transform[5], width: item.width })),
        paths,
        drawings: drawingsOf(operators),
        tags: tags ? JSON.stringify(await page.getStructTree()).replace(/\d+R\b|\d+R_/g, 'R') : '',
      })
    }
    // Declared as an object, delivered as a Map.
    const markInfo: unknown = await document.getMarkInfo()
    const { info } = await document.getMetadata()
    return {
      pages,
      text: squeeze(pages.map((page) => page.text).join(' ')),
      tagged: markInfo instanceof Map && markInfo.get('Marked') === true,
      language: 'Language' in info && typeof info.Language === 'string' ? info.Language : undefined,
    }
  } finally {
    await loading.destroy()
  }
}
