import { inflateSync } from 'node:zlib'

/** One object of a PDF: text of its dictionary or array, and its stream as it stands in the file. */
export type PdfObject = { text: string; stream: Buffer | undefined }
export type PdfFile = { objects: ReadonlyMap<number, PdfObject>; root: number; info: number }

const only = (found: RegExpExecArray | null, what: string): string => {
  if (!found?.[1]) throw new Error(`a PDF without ${what}`)
  return found[1]
}

/** Reads the files that Typst writes: a plain cross-reference table and plain objects. */
export const readPdfFile = (bytes: Buffer): PdfFile => {
  const text = bytes.toString('latin1')
  const table = Number(only(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text), 'startxref'))
  const trailer = text.slice(text.indexOf('trailer', table))
  const objects = new Map<number, PdfObject>()
  for (const entry of text.slice(table).matchAll(/(\d{10}) \d{5} n/g)) {
    const offset = Number(entry[1])
    const head = /^(\d+) 0 obj\n/.exec(text.slice(offset, offset + 20))
    if (!head) continue
    const from = offset + head[0].length
    const end = text.indexOf('endobj', from)
    const start = text.indexOf('\nstream\n', from)
    if (start < 0 || start > end) {
      objects.set(Number(head[1]), { text: text.slice(from, end).trimEnd(), stream: undefined })
      continue
    }
    const dictionary = text.slice(from, start)
    const length = Number(only(/\/Length (\d+)/.exec(dictionary), 'a length'))
    objects.set(Number(head[1]), { text: dictionary, stream: bytes.subarray(start + 8, start + 8 + length) })
  }
  return {
    objects,
    root: Number(only(/\/Root (\d+) 0 R/.exec(trailer), 'a root')),
    info: Number(only(/\/Info (\d+) 0 R/.exec(trailer), 'an info')),
  }
}

export const objectOf = ({ objects }: PdfFile, number: number): PdfObject => {
  const found = objects.get(number)
  if (!found) throw new Error(`a PDF without object ${number}`)
  return found
}

/** The stream as text, unpacked. */
export const streamText = ({ text, stream }: PdfObject): string => {
  if (!stream) throw new Error('an object without a stream')
  return (text.includes('/FlateDecode') ? inflateSync(stream) : stream).toString('latin1')
}

const REFERENCE = /(\d+) 0 R/g

export const renumbered = (text: string, numbers: ReadonlyMap<number, number>): string =>
  text.replace(REFERENCE, (_, old: string) => `${numbers.get(Number(old)) ?? 0} 0 R`)

/** Numbers of what `roots` need, in order of discovery, without what is in `known` already. */
export const reachable = (
  file: PdfFile,
  roots: readonly number[],
  known: ReadonlyMap<number, number>,
): number[] => {
  const found = new Set(roots)
  for (const number of found)
    for (const reference of objectOf(file, number).text.matchAll(REFERENCE))
      if (!known.has(Number(reference[1]))) found.add(Number(reference[1]))
  return [...found]
}

export const writtenObject = (number: number, { text, stream }: PdfObject): Buffer => {
  if (!stream) return Buffer.from(`${number} 0 obj\n${text}\nendobj\n`, 'latin1')
  const dictionary = text.replace(/\/Length \d+/, `/Length ${stream.length}`)
  return Buffer.concat([
    Buffer.from(`${number} 0 obj\n${dictionary}\nstream\n`, 'latin1'),
    stream,
    Buffer.from('\nendstream\nendobj\n', 'latin1'),
  ])
}

/** A line of the cross-reference table. */
export const entryAt = (offset: number): string => `${String(offset).padStart(10, '0')} 00000 n \n`

/** Objects one after the other and where each begins, for a table that starts at `offset`. */
export const written = (
  objects: readonly { number: number; object: PdfObject }[],
  offset: number,
): { bytes: Buffer; entries: string } => {
  const parts = objects.map(({ number, object }) => writtenObject(number, object))
  let at = offset
  let entries = ''
  for (const part of parts) {
    entries += entryAt(at)
    at += part.length
  }
  return { bytes: Buffer.concat(parts), entries }
}
