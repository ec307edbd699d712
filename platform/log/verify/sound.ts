import type pg from 'pg'
import { HASH_LENGTH } from '../merkle.ts'
import { showCopy } from './fast-copy.ts'
import type { BlockJob } from './job.ts'
import { createRowFits, createRowReader, HEADER_LENGTH, ROW_COLUMNS } from './rows.ts'

/** What the first look at a block gives. */
export type FirstLook = {
  /** Every place has exactly its row, every row its leaf. Otherwise the block is read again, to name what is wrong. */
  sound: boolean
  leaves: Buffer
  bytes: number
}

/** The first byte of the header; a row begins with the high byte of its number of fields. */
const HEADER_START = 0x50
const LEAF_FIELDS = 2
/** A row of `log_leaves`: number of fields, length and value of `first`, length of `hashes`. */
const FIRST_AT = 6
const HASHES_AT = 18

const statements = ({ start, end }: BlockJob): string => `
  savepoint block;
  copy (
    select first, hashes from log_leaves
    where first >= coalesce((select max(first) from log_leaves where first <= ${start + 1}), 1) and first <= ${end}
    order by first
  ) to stdout (format binary);
  copy (
    select ${ROW_COLUMNS} from event where position > ${start} and position <= ${end} order by position
  ) to stdout (format binary);
  release savepoint block`

/**
 * Reads a block in one round trip and compares its rows as they arrive, while the database still reads the next ones. It only
 * tells a block that is as it was sealed from one that deserves a second look, so nothing is kept about a row.
 */
export const lookAtBlock = async (client: pg.Client, job: BlockJob): Promise<FirstLook> => {
  const count = job.end - job.start
  const leaves = createLeaves(job)
  const found = Buffer.alloc(count * HASH_LENGTH)
  const fits = createRowFits()
  let seen = 0
  let sound = true
  let bytes = 0
  const readRows = createRowReader((row) => {
    if (row.position !== job.start + seen + 1 || !fits(row, found, seen * HASH_LENGTH)) sound = false
    else seen++
  })
  const answered = await showCopy(client, statements(job), (message, at, to) => {
    bytes += to - at
    const from = message[at] === HEADER_START ? at + HEADER_LENGTH : at
    if (message[from + 1] === LEAF_FIELDS) leaves.add(message.subarray(from, to))
    else if (sound) readRows(message, from, to)
  })
  if (!answered) await client.query('rollback to savepoint block; release savepoint block')
  sound = answered && sound && seen === count && leaves.complete() && found.equals(leaves.bytes)
  return { sound, leaves: leaves.bytes, bytes }
}

/** The stored leaves of a block; rows that do not follow one another without gap leave it incomplete. */
const createLeaves = ({ start, end }: BlockJob) => {
  const bytes = Buffer.alloc((end - start) * HASH_LENGTH)
  let known = start
  return {
    bytes,
    complete: () => known === end,
    add: (row: Buffer): void => {
      if (row.length < HASHES_AT) return
      const first = Number(row.readBigInt64BE(FIRST_AT))
      const count = Math.floor((row.length - HASHES_AT) / HASH_LENGTH)
      const skipped = known + 1 - first
      const taken = Math.min(count - skipped, end - known)
      if (skipped < 0 || (skipped > 0 && known > start) || taken <= 0) return
      row.copy(
        bytes,
        (known - start) * HASH_LENGTH,
        HASHES_AT + skipped * HASH_LENGTH,
        HASHES_AT + (skipped + taken) * HASH_LENGTH,
      )
      known += taken
    },
  }
}
