import { createHash } from 'node:crypto'
import type { CodeSymbol } from './codes.ts'
import { pathOf } from './codes.ts'
import { FACES, type Faces } from './faces.ts'
import type { Block, Run, Typesetter } from './lines.ts'
import { type PagePart, type PlacedText, readPage } from './page-content.ts'
import { entryAt, objectOf, type PdfFile, reachable, readPdfFile, renumbered, written } from './pdf-file.ts'

/** One page as the composer needs it: its paragraphs in Typst's order, its symbols in Typst's order, its link. */
export type PageLayout = { blocks: readonly Block[]; symbols: readonly CodeSymbol[]; link: string }
/** The paragraphs after line breaking: the runs of each line of each block. */
export type LaidOut = { runs: readonly Run[]; shape: string; symbols: readonly CodeSymbol[]; link: string }

/** Which blocks there are, on how many lines, of how many runs: papers of one shape differ in letters only. */
export const layOutPage = (typesetter: Typesetter, page: PageLayout): LaidOut | undefined => {
  const runs: Run[] = []
  let shape = ''
  // A link with signs that a PDF string escapes is left to Typst.
  if (!/^[!-'*-[\]-~]+$/.test(page.link)) return undefined
  for (const block of page.blocks) {
    const lines = typesetter.layOut(block)
    if (!lines) return undefined
    shape += block.id
    for (const line of lines) {
      shape += `,${line.length}`
      for (const run of line) runs.push(run)
    }
    shape += ';'
  }
  return { runs, shape, symbols: page.symbols, link: page.link }
}

/** Typst measured in points; it and we round differently in the sixth digit. */
const NEAR = 0.01
const near = (a: number, b: number): boolean => Math.abs(a - b) < NEAR

const agrees = (typesetter: Typesetter, run: Run | undefined, text: PlacedText): boolean => {
  if (!run || run.text !== text.text || !text.font.endsWith(`-${run.face}`) || !near(run.size, text.size))
    return false
  const adjust = typesetter.adjustments(run)
  return (
    near(run.x, Number(text.x)) &&
    adjust.every((ours, i) => i + 1 === adjust.length || Math.abs(ours - (text.adjust[i] ?? 0)) < 0.05)
  )
}

/** Operators of a page, cut where a paper's own values go. */
type Cut =
  | { kind: 'fixed'; operators: string }
  | { kind: 'text'; before: string; after: string }
  | { kind: 'symbol'; box: readonly [number, number, number, number] }

const cutOf = (part: PagePart): Cut => {
  if (part.kind !== 'text') return part
  const { mark, font, size, y } = part
  return {
    kind: 'text',
    before: `${mark.replace(/\s+/g, ' ')}\nBT /${font.split('-')[1]} ${size} Tf 1 0 0 1 `,
    after: ` ${y} Tm\n`,
  }
}

const joined = (cuts: readonly Cut[]): Cut[] => {
  const all: Cut[] = []
  for (const cut of cuts) {
    const last = all.at(-1)
    if (cut.kind === 'fixed' && last?.kind === 'fixed') last.operators += `\n${cut.operators}`
    else all.push({ ...cut })
  }
  return all
}

const rounded = (x: number): number => Math.round(x * 1000) / 1000

const symbolOperators = (symbol: CodeSymbol, [left, bottom, right, top]: readonly number[]): string => {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = [left, bottom, right, top]
  const [across, down] = [(x1 - x0) / symbol.width, (y0 - y1) / symbol.height]
  return `/Artifact BMC\nq ${across} 0 0 ${down} ${x0} ${y1} cm\n${pathOf(symbol)}f Q\nEMC\n`
}

/** A print of one shape with everything but its letters, symbols and links. */
export type Skeleton = {
  pages: readonly { cuts: readonly Cut[]; link: readonly string[] }[]
  fixed: Buffer
  entries: string
  firstOwn: number
  root: number
  info: number
}

const pagesOf = (file: PdfFile): number[] => {
  const tree = [...file.objects.values()].find(({ text }) => text.includes('/Type /Pages\n'))?.text ?? ''
  return [...(/\/Kids \[([^\]]*)\]/.exec(tree)?.[1]?.matchAll(/(\d+) 0 R/g) ?? [])].map((kid) =>
    Number(kid[1]),
  )
}

/** The print's own marks: who reads one paper must not find another's in it. */
const withoutIds = (metadata: Buffer): Buffer =>
  Buffer.from(
    metadata.toString('latin1').replace(/<xmpMM:(InstanceID|DocumentID)>[^<]*<\/xmpMM:\1>/g, ''),
    'latin1',
  )

/**
 * Takes Typst's print of `laidOut` apart. Undefined when it has another number of pages, or any letter, position or
 * adjustment that we would have set otherwise: then papers of this shape stay with Typst.
 */
export const compileShape = (
  pdf: Buffer,
  laidOut: readonly LaidOut[],
  typesetter: Typesetter,
  { embedded }: Faces,
): Skeleton | undefined => {
  const file = readPdfFile(pdf)
  const pageNumbers = pagesOf(file)
  if (pageNumbers.length !== laidOut.length) return undefined

  const numbers = new Map<number, number>()
  const pages: { cuts: Cut[]; link: string[]; contents: number; annotation: number }[] = []
  for (const [index, number] of pageNumbers.entries()) {
    const { text } = objectOf(file, number)
    const read = readPage(file, text)
    const paper = laidOut[index]
    const annotation = Number(/\/Annots \[(\d+) 0 R\]/.exec(text)?.[1])
    if (!read || !paper || !file.objects.has(annotation)) return undefined
    const texts = read.parts.filter((part) => part.kind === 'text')
    const symbols = read.parts.filter((part) => part.kind === 'symbol')
    const same =
      texts.length === paper.runs.length && texts.every((text, i) => agrees(typesetter, paper.runs[i], text))
    if (!same || symbols.length !== paper.symbols.length) return undefined
    for (const { face, number } of read.fonts.values()) {
      const known = FACES.find((one) => face.endsWith(`-${one}`))
      if (!known) return undefined
      numbers.set(number, embedded.numbers[known])
    }
    const link = objectOf(file, annotation).text.split(`(${paper.link})`)
    if (link.length !== 3) return undefined
    pages.push({
      cuts: joined(read.parts.map(cutOf)),
      link,
      contents: Number(/\/Contents (\d+)/.exec(text)?.[1]),
      annotation,
    })
  }

  const own = new Set(pages.flatMap((page) => [page.contents, page.annotation]))
  const skip = new Map([...numbers, ...[...own].map((number) => [number, 0] as const)])
  const fixed = reachable(file, [file.root, file.info], skip)
  const firstOwn = embedded.size + 1 + fixed.length
  for (const [index, number] of [...fixed, ...own].entries()) numbers.set(number, embedded.size + 1 + index)

  const faces = FACES.map((face) => `/${face} ${embedded.numbers[face]} 0 R`).join(' ')
  const objects = fixed.map((number) => {
    const { text, stream } = objectOf(file, number)
    const fonts = renumbered(text, numbers).replace(/\/Font <<[^>]*>>/, `/Font << ${faces} >>`)
    return {
      number: numbers.get(number) ?? 0,
      object: { text: fonts, stream: stream && text.includes('/Metadata') ? withoutIds(stream) : stream },
    }
  })
  const { bytes, entries } = written(objects, embedded.bytes.length)
  return {
    pages: pages.map(({ cuts, link }) => ({ cuts, link: link.map((part) => renumbered(part, numbers)) })),
    fixed: bytes,
    entries: `0000000000 65535 f \n${embedded.entries}${entries}`,
    firstOwn,
    root: numbers.get(file.root) ?? 0,
    info: numbers.get(file.info) ?? 0,
  }
}

const BLACK = '/c0 cs 0 scn /c0 CS 0 SCN\n'

const contentOf = (cuts: readonly Cut[], { runs, symbols }: LaidOut, typesetter: Typesetter): string => {
  let content = BLACK
  let run = 0
  let symbol = 0
  for (const cut of cuts) {
    if (cut.kind === 'fixed') content += `${cut.operators}\n`
    else if (cut.kind === 'symbol') {
      const drawn = symbols[symbol++]
      if (drawn) content += symbolOperators(drawn, cut.box)
    } else {
      const text = runs[run++]
      if (text)
        content += `${cut.before}${rounded(text.x)}${cut.after}${typesetter.operand(text)} TJ ET\nEMC\n`
    }
  }
  return content
}

/** Puts the values of a print into the skeleton of its shape. */
export const fillShape = (
  skeleton: Skeleton,
  laidOut: readonly LaidOut[],
  typesetter: Typesetter,
  { embedded }: Faces,
): Buffer => {
  const start = embedded.bytes.length + skeleton.fixed.length
  let own = ''
  let entries = skeleton.entries
  let number = skeleton.firstOwn
  const add = (object: string): void => {
    entries += entryAt(start + own.length)
    own += `${number++} 0 obj\n${object}\nendobj\n`
  }
  skeleton.pages.forEach(({ cuts, link }, index) => {
    const page = laidOut[index]
    if (!page) throw new Error('a print with fewer pages than its shape')
    const content = contentOf(cuts, page, typesetter)
    add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`)
    add(link.join(`(${page.link})`))
  })
  const id = createHash('sha256').update(own).digest('hex').slice(0, 32)
  const { root, info } = skeleton
  const end = `xref\n0 ${number}\n${entries}trailer\n<< /Size ${number} /Root ${root} 0 R /Info ${info} 0 R /ID [<${id}> <${id}>] >>\nstartxref\n${start + own.length}\n%%EOF\n`
  return Buffer.concat([embedded.bytes, skeleton.fixed, Buffer.from(own + end, 'latin1')])
}
