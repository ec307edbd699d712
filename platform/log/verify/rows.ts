import { hash } from 'node:crypto'
import { HASH_LENGTH } from '../merkle.ts'
import { createFastCheck, differingColumns, type RowFields, uuidText } from './columns.ts'

/** The columns in the order that `eachRow` reads them; the body last, see `writeLeaf`. */
export const ROW_COLUMNS =
  'position, id, type, at, actor_kind, actor_id, actor_name, subject_kind, subject_id, hash, body'
const FIELD_COUNT = 11
/** Signature, flags and the length of an empty extension (PostgreSQL manual, COPY, binary format). */
export const HEADER_LENGTH = 19

type Field = [from: number, to: number]

export type Row = RowFields & {
  /** Null when not sealed. */
  position: number | null
  /** Where the stored hash begins. */
  hash: number
}

const NOTHING = Buffer.alloc(0)
const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

const createRow = () => {
  const fields = Array.from({ length: FIELD_COUNT }, (): Field => [-1, -1])
  const field = (index: number): Field => fields[index] ?? [-1, -1]
  const row: Row = {
    bytes: NOTHING,
    view: viewOf(NOTHING),
    position: null,
    id: 0,
    at: 0,
    hash: 0,
    type: field(2),
    actorKind: field(4),
    actorId: field(5),
    actorName: field(6),
    subjectKind: field(7),
    subjectId: field(8),
    body: field(10),
  }
  return { row, fields }
}

/** Calls `visit` with each row in a range. The row is reused: what must last is copied by the visitor. */
export type RowReader = (bytes: Buffer, from: number, to: number) => void

export const createRowReader = (visit: (row: Row) => void): RowReader => {
  const { row, fields } = createRow()
  return (bytes, from, to) => {
    if (row.bytes !== bytes) {
      row.bytes = bytes
      row.view = viewOf(bytes)
    }
    const { view } = row
    let place = from
    while (place < to && view.getInt16(place) === FIELD_COUNT) {
      place += 2
      for (const current of fields) {
        const length = view.getInt32(place)
        place += 4
        current[0] = length < 0 ? -1 : place
        if (length > 0) place += length
        current[1] = place
      }
      const at = fields[0]?.[0] ?? -1
      row.position = at < 0 ? null : view.getInt32(at) * 2 ** 32 + view.getUint32(at + 4)
      row.id = fields[1]?.[0] ?? -1
      row.at = fields[3]?.[0] ?? -1
      row.hash = fields[9]?.[0] ?? -1
      visit(row)
    }
  }
}

export const eachRow = (bytes: Buffer, visit: (row: Row) => void): void =>
  createRowReader(visit)(bytes, HEADER_LENGTH, bytes.length)

/** RFC 9162 leaf hash. The byte before the body, the end of its length, was read and gives its place to the 0x00 prefix. */
const writeLeaf = ({ bytes, body }: Row, into: Buffer, place: number): void => {
  bytes[body[0] - 1] = 0
  // As text: a digest as a buffer brings memory of its own, which costs as much as the hash (see `nodeHash`).
  into.write(hash('sha256', bytes.subarray(body[0] - 1, body[1]), 'binary'), place, 'latin1')
}

const isStoredHash = ({ bytes, hash }: Row, leaf: Buffer, place: number): boolean => {
  for (let i = 0; i < HASH_LENGTH; i++) if (bytes[hash + i] !== leaf[place + i]) return false
  return true
}

/** Writes a row's leaf to its place; whether the stored hash and the columns say the same as the body. */
export type RowFits = (row: Row, into: Buffer, place: number) => boolean

export const createRowFits = (): RowFits => {
  const columnsFit = createFastCheck()
  return (row, into, place) => {
    writeLeaf(row, into, place)
    return isStoredHash(row, into, place) && (columnsFit(row) || differingColumns(row).length === 0)
  }
}

export type CheckedRow = {
  position: number | null
  id: string
  leaf: Buffer
  /** The stored hash is the one of the body. */
  hashFits: boolean
  /** Columns that contradict the body. */
  columns: string[]
}

/** The leaf of a row in order, or what is known about one that is not. The leaf is reused for the next row. */
export const createRowCheck = () => {
  const fits = createRowFits()
  const leaf = Buffer.alloc(HASH_LENGTH)
  return (row: Row): Buffer | CheckedRow => {
    if (fits(row, leaf, 0)) return leaf
    const { position, bytes } = row
    const hashFits = isStoredHash(row, leaf, 0)
    return { position, id: uuidText(bytes, row.id), leaf, hashFits, columns: differingColumns(row) }
  }
}
