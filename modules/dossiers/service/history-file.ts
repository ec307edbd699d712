import { open } from 'node:fs/promises'
import { HISTORY_FIELDS, type HistoryLine } from '../rules/history.ts'

export type HistoryFormat = 'csv' | 'jsonl'

/** A line of the file, or why it is none. `end` is the first byte after it. */
export type ReadLine = { number: number; end: number; fields: HistoryLine | { problem: string } }

export type FilePosition = { bytes: number; lines: number }

/** One batch: large enough to share a commit, small enough to die young in memory. */
const CHUNK = 1024 * 1024
/** A line longer than this is no dossier; the rest of the file is not swallowed looking for its end. */
const LONGEST_LINE = 256 * 1024
const NEWLINE = 10
const QUOTE = 34

/** Thrown for a file that is none of ours as a whole. */
export class NotHistory extends Error {}

type RawLine = { text: string; number: number; end: number; tooLong: boolean }

/** Physical lines from a position on; with `quoted`, a line break between quotes belongs to the line. */
async function* linesOf(path: string, from: FilePosition, quoted: boolean): AsyncGenerator<RawLine[]> {
  const file = await open(path, 'r')
  try {
    // One buffer for the whole file: what is left of a page moves to its front.
    const buffer = Buffer.allocUnsafe(CHUNK + LONGEST_LINE)
    let offset = from.bytes
    let number = from.lines
    let rest = 0
    for (;;) {
      const { bytesRead } = await file.read(buffer, rest, CHUNK, offset + rest)
      const last = bytesRead === 0
      const filled = buffer.subarray(0, rest + bytesRead)
      const lines: RawLine[] = []
      let start = 0
      while (start < filled.length) {
        const { end, breaks } = endOfLine(filled, start, quoted)
        if (end < 0 && !last && filled.length - start <= LONGEST_LINE) break
        const stop = end < 0 ? filled.length : end
        number += 1
        const tooLong = stop - start > LONGEST_LINE
        const text = tooLong ? '' : filled.toString('utf8', start, stop)
        start = end < 0 ? filled.length : end + 1
        lines.push({ text, number, end: offset + start, tooLong })
        number += breaks
      }
      offset += start
      rest = filled.length - start
      filled.copy(buffer, 0, start)
      if (lines.length > 0) yield lines
      if (last) return
    }
  } finally {
    await file.close()
  }
}

/** Where the line that begins at `start` ends, and how many line breaks stand between its quotes; -1 when it goes on. */
const endOfLine = (buffer: Buffer, start: number, quoted: boolean): { end: number; breaks: number } => {
  let end = buffer.indexOf(NEWLINE, start)
  let breaks = 0
  if (!quoted) return { end, breaks }
  let quotes = 0
  let from = start
  while (end >= 0) {
    for (let at = buffer.indexOf(QUOTE, from); at >= 0 && at < end; at = buffer.indexOf(QUOTE, at + 1))
      quotes += 1
    if (quotes % 2 === 0 || end - start > LONGEST_LINE) return { end, breaks }
    breaks += 1
    from = end + 1
    end = buffer.indexOf(NEWLINE, from)
  }
  return { end, breaks }
}

/** Cells of one line; quotes as RFC 4180 writes them. */
export const cellsOf = (text: string, separator: string): string[] => {
  if (!text.includes('"')) return text.split(separator)
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? ''
    if (quoted && character === '"' && text[i + 1] === '"') {
      cell += '"'
      i += 1
    } else if (character === '"') quoted = !quoted
    else if (character === separator && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += character
  }
  cells.push(cell)
  return cells
}

/** Written out: an object made by a loop over names costs three times as much, and a file has millions. */
const lineOf = (at: (field: number) => string): HistoryLine => ({
  code: at(0),
  procedure: at(1),
  case: at(2),
  state: at(3),
  outcome: at(4),
  channel: at(5),
  receivingCentre: at(6),
  resolvingUnit: at(7),
  returningCentre: at(8),
  returnWay: at(9),
  receivedAt: at(10),
  acceptedAt: at(11),
  dueAt: at(12),
  completedAt: at(13),
  returnedAt: at(14),
  endedAt: at(15),
  endedReason: at(16),
  ownerKind: at(17),
  ownerName: at(18),
  ownerId: at(19),
  ownerBirthDate: at(20),
  ownerPhone: at(21),
  ownerAddress: at(22),
  submitterName: at(23),
  receivedBy: at(24),
  approvedBy: at(25),
  resultNumber: at(26),
  resultDate: at(27),
  resultSummary: at(28),
  pauses: at(29),
  receiver: at(30),
  bookNumber: at(31),
  pin: at(32),
  note: at(33),
})

const withoutEnd = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text)

type Columns = { separator: string; places: readonly number[]; count: number }

const columnsOf = (header: string): Columns => {
  const text = withoutEnd(header.replace(/^\uFEFF/, ''))
  const separator = [';', '\t', ','].find((one) => text.includes(one)) ?? ','
  const names = cellsOf(text, separator).map((name) => name.trim())
  const unknown = names.filter((name) => !(HISTORY_FIELDS as readonly string[]).includes(name))
  if (unknown.length > 0) throw new NotHistory(`Cột không có trong mẫu: ${unknown.slice(0, 5).join(', ')}`)
  if (!names.includes('code')) throw new NotHistory('Dòng đầu phải là tên cột và có cột code.')
  return { separator, places: HISTORY_FIELDS.map((field) => names.indexOf(field)), count: names.length }
}

const fromCells = (
  text: string,
  { separator, places, count }: Columns,
): HistoryLine | { problem: string } => {
  const cells = cellsOf(withoutEnd(text), separator)
  if (cells.length !== count) return { problem: `có ${cells.length} ô, dòng đầu có ${count} cột` }
  return lineOf((field) => {
    const place = places[field] ?? -1
    return place < 0 ? '' : (cells[place] ?? '').trim()
  })
}

const plain = (value: unknown): string | undefined => {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number') return String(value)
  // Pauses as a list of their texts.
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(';') : undefined
}

const KNOWN = new Set<string>(HISTORY_FIELDS)

const fromJson = (text: string): HistoryLine | { problem: string } => {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return { problem: 'không phải JSON' }
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return { problem: 'không phải đối tượng JSON' }
  // An object of JSON has text keys.
  const object = parsed as Record<string, unknown>
  const unknown = Object.keys(object).find((key) => !KNOWN.has(key))
  if (unknown !== undefined) return { problem: `trường "${unknown.slice(0, 40)}" không có trong mẫu` }
  const odd = HISTORY_FIELDS.find((field) => plain(object[field]) === undefined)
  if (odd !== undefined) return { problem: `trường ${odd} phải là chữ hoặc số` }
  return lineOf((field) => plain(object[HISTORY_FIELDS[field] ?? 'code']) ?? '')
}

/** JSON lines begin with `{`; everything else is CSV, whose header is looked at here. Throws `NotHistory`. */
export const readFormat = async (path: string): Promise<HistoryFormat> => {
  const first = await headerOf(path)
  if (/^\uFEFF?\s*\{/.test(first)) return 'jsonl'
  columnsOf(first)
  return 'csv'
}

/** The file's lines in pages, from a position on; empty lines are passed over. */
export async function* readHistoryFile(
  path: string,
  format: HistoryFormat,
  from: FilePosition,
): AsyncGenerator<ReadLine[]> {
  const columns = format === 'csv' ? columnsOf(await headerOf(path)) : undefined
  for await (const raw of linesOf(path, from, columns !== undefined)) {
    const page: ReadLine[] = []
    for (const { text, number, end, tooLong } of raw) {
      if ((columns && number === 1) || text.trim() === '') {
        if (!tooLong) continue
      }
      if (tooLong || text.length === 0) page.push({ number, end, fields: { problem: 'dòng quá dài' } })
      else if (columns) page.push({ number, end, fields: fromCells(text, columns) })
      else page.push({ number, end, fields: fromJson(number === 1 ? text.replace(/^\uFEFF/, '') : text) })
    }
    yield page
  }
}

const headerOf = async (path: string): Promise<string> => {
  for await (const [first] of linesOf(path, { bytes: 0, lines: 0 }, true)) if (first) return first.text
  throw new NotHistory('Tệp rỗng.')
}
