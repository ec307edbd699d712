import { hash } from 'node:crypto'
import { HASH_LENGTH } from '../merkle.ts'
import { createFastCheck, differingColumns, type RowFields, uuidText } from './columns.ts'

/** The columns in the order that `eachRow` reads them; the body last, see `writeLeaf`. */
export const ROW_COLUMNS =
  'position, id, type, at, actor_kind, actor_id, actor_name, subject_kind, subject_id, hash, body'
const FIELD_COUNT = 11
/** Signature, flags and the length of an empty extension (PostgreSQL manual, COPY, binary format). */
const HEADER_LENGTH = 19

type Field = [from: number, to: number]

export type Row = RowFields & {
  /** Null when not sealed. */
  position: number | null
  /** Where the stored hash begins. */
  hash: number
}

/** Calls `visit` with each row of a whole binary COPY. The row is reused: what must last is copied by the visitor. */
export const eachRow = (bytes: Buffer, visit: (row: Row) => void): void => {
  const fields = Array.from({ length: FIELD_COUNT }, (): Field => [-1, -1])
  const field = (index: number): Field => fields[index] ?? [-1, -1]
  const row: Row = {
    bytes,
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
  let place = HEADER_LENGTH
  while (place < bytes.length && bytes.readInt16BE(place) === FIELD_COUNT) {
    place += 2
    for (const current of fields) {
      const length = bytes.readInt32BE(place)
      place += 4
      current[0] = length < 0 ? -1 : place
      if (length > 0) place += length
      current[1] = place
    }
    const at = field(0)[0]
    row.position = at < 0 ? null : bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4)
    row.id = field(1)[0]
    row.at = field(3)[0]
    row.hash = field(9)[0]
    visit(row)
  }
}

/** RFC 9162 leaf hash. The byte before the body, the end of its length, was read and gives its place to the 0x00 prefix. */
const writeLeaf = ({ bytes, body }: Row, leaf: Buffer): void => {
  bytes[body[0] - 1] = 0
  // As text: a digest as a buffer brings memory of its own, which costs as much as the hash (see `nodeHash`).
  leaf.write(hash('sha256', bytes.subarray(body[0] - 1, body[1]), 'binary'), 'latin1')
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
  const columnsFit = createFastCheck()
  const leaf = Buffer.alloc(HASH_LENGTH)
  return (row: Row): Buffer | CheckedRow => {
    writeLeaf(row, leaf)
    const hashFits = leaf.compare(row.bytes, row.hash, row.hash + leaf.length) === 0
    if (hashFits && columnsFit(row)) return leaf
    const columns = differingColumns(row)
    if (hashFits && columns.length === 0) return leaf
    return { position: row.position, id: uuidText(row.bytes, row.id), leaf, hashFits, columns }
  }
}
