import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'

export type ReadPdf = {
  pages: readonly {
    width: number
    height: number
    text: string
    boxes: readonly Box[]
    paths: readonly Path[]
  }[]
  /** Text of all pages, white space collapsed. */
  text: string
  tagged: boolean
  language: string | undefined
}
export type Box = { text: string; x: number; y: number; width: number }
/** Corners of a filled path's rectangles in points: left, top of the page is the largest y. */
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

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Reads a PDF back the way another program would. */
export const readPdf = async (bytes: Buffer): Promise<ReadPdf> => {
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
