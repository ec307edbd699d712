import { type FontMetrics, readFontMetrics } from './font-metrics.ts'
import { readPage } from './page-content.ts'
import { objectOf, type PdfObject, reachable, readPdfFile, renumbered, written } from './pdf-file.ts'

export type Face = 'Regular' | 'Bold' | 'Italic'
export const FACES: readonly Face[] = ['Regular', 'Bold', 'Italic']

/** Advances and kerning by the letter's place among the known letters; place 0 is the unknown letter. */
export type FaceMetrics = {
  /** In ems. */
  advances: Float64Array
  /** In ems, row of the left letter. */
  kerns: Float64Array
  /** Glyph in the embedded font, four hexadecimal digits. */
  codes: readonly string[]
}
export type Faces = {
  places: Uint16Array
  count: number
  metrics: Readonly<Record<Face, FaceMetrics>>
  /** Objects 1 to `size` of every paper, with the header of the file in front. */
  embedded: { bytes: Buffer; entries: string; size: number; numbers: Readonly<Record<Face, number>> }
}

const VIETNAMESE = [...'aăâeêioôơuưy']
  .flatMap((vowel) =>
    ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((mark) => (vowel + mark).normalize('NFC')),
  )
  .concat('đ')
const ASCII = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
/** What papers of an office are written with. Anything else is set by Typst. Space not first: it would be trimmed. */
const LETTERS = [
  ...new Set([
    ...ASCII.toReversed(),
    ...VIETNAMESE,
    ...VIETNAMESE.map((letter) => letter.toUpperCase()),
    ...'–—“”‘’…°²³×÷₫§',
  ]),
]
const LARGEST = 0x2100

const HEADER = Buffer.from('%PDF-1.7\n%\u00d0\u00d4\u00c5\u00d8\n', 'latin1')

const metricsOf = (font: FontMetrics, codes: readonly string[]): FaceMetrics => {
  const count = LETTERS.length + 1
  const points = LETTERS.map((letter) => letter.charCodeAt(0))
  const advances = new Float64Array(count)
  const kerns = new Float64Array(count * count)
  points.forEach((point, i) => {
    const advance = font.advance(point)
    if (advance === undefined) throw new Error(`a font without ${JSON.stringify(LETTERS[i])}`)
    advances[i + 1] = advance / font.unitsPerEm
    points.forEach((next, k) => {
      kerns[(i + 1) * count + k + 1] = font.kern(point, next) / font.unitsPerEm
    })
  })
  return { advances, kerns, codes: ['0000', ...codes] }
}

/**
 * The three faces, learned from one page that Typst prints of them: its reduced fonts are embedded in every paper as
 * they are. `fontFiles` by name, `Tinos-Bold.ttf`.
 */
export const learnFaces = (
  specimen: (data: unknown) => Buffer,
  fontFiles: ReadonlyMap<string, Buffer>,
): Faces => {
  const file = readPdfFile(specimen({ letters: LETTERS.join('') }))
  const page = [...file.objects.values()].find(({ text }) => text.includes('/Type /Page\n'))
  const read = page && readPage(file, page.text)
  if (!read) throw new Error('the specimen of the fonts cannot be read')
  const texts = read.parts.filter((part) => part.kind === 'text')

  const entries: { number: number; object: PdfObject }[] = []
  const known = (face: Face) => {
    const set = texts.find((text) => text.font.endsWith(`-${face}`))
    const font = [...read.fonts.values()].find((one) => one.face === set?.font)
    const ttf = fontFiles.get(`${set?.font}.ttf`)
    if (!set || !font || !ttf || set.text !== LETTERS.join(''))
      throw new Error(`the specimen has no ${face} with every letter once`)
    const codeOf = new Map([...font.letters].map(([code, letter]) => [letter, code]))
    const codes = LETTERS.map((letter) => (codeOf.get(letter) ?? 0).toString(16).padStart(4, '0'))
    const first = entries.length + 1
    const needed = reachable(file, [font.number], new Map())
    const numbers = new Map(needed.map((old, i) => [old, first + i]))
    for (const [old, number] of numbers) {
      const { text, stream } = objectOf(file, old)
      entries.push({ number, object: { text: renumbered(text, numbers), stream } })
    }
    return { first, metrics: metricsOf(readFontMetrics(ttf), codes) }
  }
  const [regular, bold, italic] = [known('Regular'), known('Bold'), known('Italic')]
  const { bytes, entries: table } = written(entries, HEADER.length)

  const places = new Uint16Array(LARGEST)
  LETTERS.forEach((letter, i) => {
    places[letter.charCodeAt(0)] = i + 1
  })
  return {
    places,
    count: LETTERS.length + 1,
    metrics: { Regular: regular.metrics, Bold: bold.metrics, Italic: italic.metrics },
    embedded: {
      bytes: Buffer.concat([HEADER, bytes]),
      entries: table,
      size: entries.length,
      numbers: { Regular: regular.first, Bold: bold.first, Italic: italic.first },
    },
  }
}
