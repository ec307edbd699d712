import { objectOf, type PdfFile, streamText } from './pdf-file.ts'

export type Box = readonly [left: number, bottom: number, right: number, top: number]
/** A run of letters as Typst set it. `adjust[i]` moves the letter after the i-th left, in thousandths of the size. */
export type PlacedText = {
  kind: 'text'
  /** `/Span << /MCID 3 … >> BDC`, its place in the structure tree, or `/Artifact << … >> BDC` of a running head. */
  mark: string
  font: string
  size: number
  x: string
  y: string
  text: string
  adjust: readonly number[]
}
export type PagePart = PlacedText | { kind: 'symbol'; box: Box } | { kind: 'fixed'; operators: string }

const TEXT =
  /(\/\w+ <<[^>]*>> BDC)\nq\n1 0 0 -1 (\S+) (\S+) cm\n\/c0 cs\n0 scn\nBT\n0 Tr\n(\/f\d+) (\S+) Tf\n1 0 0 -1 0 0 Tm\n([\s\S]*?) T[Jj]\nET\nQ\nEMC\n?/y
const ARTIFACT = /\/Artifact BMC\n([\s\S]*?)\nEMC\n?/y
/** Whatever is filled is a bar code or QR: the forms have lines and frames only. The first rectangle cuts it to its box. */
const SYMBOL = /^q\n(\S+) (\S+) m\n(\S+) (\S+) l\n(\S+) (\S+) l\n(\S+) (\S+) l\nh\nW\nn\n[\s\S]*\nf\nQ/

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
const unescaped = (literal: string): string =>
  literal.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (_, octal: string | undefined, letter: string) =>
    octal === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(octal, 8)),
  )

/** End of the string that begins at `from`; parentheses inside may stand unescaped in pairs. */
const endOfLiteral = (text: string, from: number): number => {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (depth === 0) return at
  }
  return text.length
}

const HEX_OR_NUMBER = /<([0-9A-Fa-f]*)>|(-?[\d.]+)/y

/** Glyph codes (two bytes each) and what stands between them. */
const operandOf = (operand: string): { codes: number[]; adjust: number[] } => {
  const codes: number[] = []
  const adjust: number[] = []
  const add = (bytes: string): void => {
    for (let i = 0; i + 1 < bytes.length; i += 2) {
      codes.push(bytes.charCodeAt(i) * 256 + bytes.charCodeAt(i + 1))
      adjust.push(0)
    }
  }
  for (let at = 0; at < operand.length; ) {
    HEX_OR_NUMBER.lastIndex = at
    const token = HEX_OR_NUMBER.exec(operand)
    if (operand[at] === '(') {
      const end = endOfLiteral(operand, at)
      add(unescaped(operand.slice(at + 1, end)))
      at = end + 1
    } else if (token) {
      if (token[1] !== undefined) add(Buffer.from(token[1], 'hex').toString('latin1'))
      else adjust[codes.length - 1] = Number(token[2])
      at = HEX_OR_NUMBER.lastIndex
    } else at += 1
  }
  return { codes, adjust }
}

const fromHex = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le')

/** Name, face (`Tinos-Bold`) and letters of each font of a page. */
const fontsOf = (file: PdfFile, page: string) =>
  new Map(
    [...page.matchAll(/(\/f\d+) (\d+) 0 R/g)].map(([, name = '', number]) => {
      const font = objectOf(file, Number(number)).text
      const map = objectOf(file, Number(/\/ToUnicode (\d+)/.exec(font)?.[1]))
      const letters = new Map(
        [...streamText(map).matchAll(/<(\w{4})> <(\w+)>\n/g)].map(([, code = '', hex = '']) => [
          Number.parseInt(code, 16),
          fromHex(hex),
        ]),
      )
      return [
        name,
        { face: /\/BaseFont \/\w+\+(\S+)/.exec(font)?.[1] ?? '', number: Number(number), letters },
      ]
    }),
  )

export type ReadPage = { parts: PagePart[]; fonts: ReturnType<typeof fontsOf> }

/** What Typst put on a page, in its order; undefined when there is something that this reader does not know. */
export const readPage = (file: PdfFile, page: string): ReadPage | undefined => {
  const fonts = fontsOf(file, page)
  const content = streamText(objectOf(file, Number(/\/Contents (\d+)/.exec(page)?.[1])))
  const parts: PagePart[] = []
  for (let at = 0; at < content.length; ) {
    TEXT.lastIndex = at
    ARTIFACT.lastIndex = at
    const text = TEXT.exec(content)
    const artifact = text ? null : ARTIFACT.exec(content)
    if (text) {
      const [, mark = '', x = '', y = '', name = '', size = '', operand = ''] = text
      const font = fonts.get(name)
      const { codes, adjust } = operandOf(operand)
      const letters = codes.map((code) => font?.letters.get(code) ?? '\ufffd').join('')
      parts.push({
        kind: 'text',
        mark,
        font: font?.face ?? '',
        size: Number(size),
        x,
        y,
        text: letters,
        adjust,
      })
      at = TEXT.lastIndex
    } else if (artifact?.[1]) {
      const symbol = SYMBOL.exec(artifact[1])
      if (symbol) {
        const numbers = symbol.slice(1).map(Number)
        const xs = numbers.filter((_, i) => i % 2 === 0)
        const ys = numbers.filter((_, i) => i % 2 === 1)
        parts.push({
          kind: 'symbol',
          box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
        })
      } else parts.push({ kind: 'fixed', operators: artifact[0].trimEnd() })
      at = ARTIFACT.lastIndex
    } else return undefined
  }
  return { parts, fonts }
}
