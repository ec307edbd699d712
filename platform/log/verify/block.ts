import { setImmediate } from 'node:timers/promises'
import type pg from 'pg'
import { to } from 'pg-copy-streams'
import { HASH_LENGTH } from '../merkle.ts'
import { uuidText } from './columns.ts'
import type { BlockJob } from './job.ts'
import { createPeaks, type PeaksOf } from './levels.ts'
import { type CheckedRow, createRowCheck, eachRow, ROW_COLUMNS, type Row } from './rows.ts'
import { lookAtBlock } from './sound.ts'

/** A row that is not what the tree says: damaged, exchanged or on a place taken twice. */
export type Stray = Omit<CheckedRow, 'leaf'> & { leaf: string; wanted: string }

export type BlockResult = {
  start: number
  end: number
  events: number
  /** The database's words when the rows could not be read. */
  unreadable?: string
  bytes: number
  /** Peaks of the block's own leaves, packed. */
  peaks: Buffer
  /** Of tree sizes within the block. */
  peaksAt: [size: number, peaks: Buffer][]
  strays: Stray[]
  /** Places without a row, with the leaf that belongs there (empty when that is gone, too). */
  missing: { position: number; leaf: string }[]
  /** Places whose leaf is not on record. */
  withoutLeaf: number[]
}

/** What is listed of one block; more is the same story. */
const LISTED = 1_000

const copyRows = async (client: pg.Client, where: string): Promise<Buffer> => {
  const chunks: Buffer[] = []
  const query = `copy (select ${ROW_COLUMNS} from event where ${where}) to stdout (format binary)`
  const stream = client.query(to(query, { highWaterMark: 1 << 20 }))
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

type Leaves = { hashes: Buffer; known: Uint8Array }

const readLeaves = async (client: pg.Client, { start, end }: BlockJob): Promise<Leaves> => {
  const { rows } = await client.query<{ first: number; hashes: Buffer }>(
    `select first, hashes from log_leaves
     where first >= coalesce((select max(first) from log_leaves where first <= $1), $1) and first <= $2
       and hashes is not null
     order by first`,
    [start + 1, end],
  )
  const leaves = { hashes: Buffer.alloc((end - start) * HASH_LENGTH), known: new Uint8Array(end - start) }
  for (const { first, hashes } of rows) {
    const count = Math.floor(hashes.length / HASH_LENGTH)
    const from = Math.max(0, start + 1 - first)
    const until = Math.min(count, end - first + 1)
    if (until <= from) continue
    const index = first + from - start - 1
    leaves.hashes.set(hashes.subarray(from * HASH_LENGTH, until * HASH_LENGTH), index * HASH_LENGTH)
    leaves.known.fill(1, index, index + until - from)
  }
  return leaves
}

/** Compares one block's rows with their leaves and gives the block's part of the tree. */
export type VerifyBlock = (job: BlockJob) => Promise<BlockResult>

/** Asked for a second block before the first is done, it has the database read on while the first one's nodes are computed. */
export const createBlockVerifier = (client: pg.Client, peaksOf: PeaksOf = createPeaks()): VerifyBlock => {
  let reading: Promise<unknown> = Promise.resolve()
  return async (job) => {
    const read = reading.then(() => readBlock(client, job))
    reading = read.catch(() => undefined)
    const { leaves, ...found } = await read
    // The next block's query leaves now.
    await setImmediate()
    const { start, end, sizes } = job
    const { peaks, peaksAt } = await peaksOf(
      leaves,
      sizes.map((size) => size - start),
    )
    return { start, end, ...found, peaks, peaksAt: peaksAt.map((each, index) => [sizes[index] ?? 0, each]) }
  }
}

type ReadBlock = Omit<BlockResult, 'start' | 'end' | 'peaks' | 'peaksAt'> & { leaves: Buffer }

const readBlock = async (client: pg.Client, job: BlockJob): Promise<ReadBlock> => {
  const { sound, leaves, bytes } = await lookAtBlock(client, job)
  if (!sound) return examineBlock(client, job)
  return { leaves, bytes, events: job.end - job.start, strays: [], missing: [], withoutLeaf: [] }
}

/** The second look, at a block in which something is wrong: at what. */
const examineBlock = async (client: pg.Client, job: BlockJob): Promise<ReadBlock> => {
  const { start, end } = job
  const leaves = await readLeaves(client, job)
  // A page whose checksum fails must cost this block's rows only, not the verification's transaction.
  await client.query('savepoint block')
  const rows = `position > ${start} and position <= ${end} order by position`
  const bytes = await copyRows(client, rows).catch((error: unknown) => String(error))
  await client.query(typeof bytes === 'string' ? 'rollback to savepoint block' : 'release savepoint block')
  if (typeof bytes === 'string')
    return { leaves: leaves.hashes, ...NOTHING_READ, bytes: 0, unreadable: bytes }
  return { ...compareRows(bytes, job, leaves), leaves: leaves.hashes, bytes: bytes.length }
}

const NOTHING_READ: Found = { events: 0, strays: [], missing: [], withoutLeaf: [] }

const leafAt = ({ hashes }: Leaves, index: number): Buffer =>
  hashes.subarray(index * HASH_LENGTH, (index + 1) * HASH_LENGTH)

type Found = Pick<BlockResult, 'events' | 'strays' | 'missing' | 'withoutLeaf'>

const compareRows = (bytes: Buffer, { start, end }: BlockJob, leaves: Leaves): Found => {
  const found: Found = { events: 0, strays: [], missing: [], withoutLeaf: [] }
  const taken = new Uint8Array(end - start)
  const check = createRowCheck()
  eachRow(bytes, (row) => {
    found.events++
    const checked = check(row)
    const index = (row.position ?? 0) - start - 1
    const leaf = Buffer.isBuffer(checked) ? checked : checked.leaf
    const wanted = leafAt(leaves, index)
    const again = taken[index] === 1
    taken[index] = 1
    if (leaves.known[index] === 0) {
      // Without its leaf the row stands in: the signed roots decide whether it is the right one.
      found.withoutLeaf.push(index + start + 1)
      wanted.set(leaf)
      leaves.known[index] = 2
    }
    if (Buffer.isBuffer(checked) && leaf.equals(wanted) && !again) return
    if (found.strays.length < LISTED)
      found.strays.push(toStray(row, checked, again ? '' : wanted.toString('hex')))
  })
  taken.forEach((rowIsThere, index) => {
    if (rowIsThere || found.missing.length >= LISTED) return
    const leaf = leaves.known[index] ? leafAt(leaves, index).toString('hex') : ''
    found.missing.push({ position: start + index + 1, leaf })
  })
  return found
}

const toStray = (row: Row, checked: Buffer | CheckedRow, wanted: string): Stray =>
  Buffer.isBuffer(checked)
    ? {
        position: row.position,
        id: uuidText(row.bytes, row.id),
        leaf: checked.toString('hex'),
        wanted,
        hashFits: true,
        columns: [],
      }
    : { ...checked, leaf: checked.leaf.toString('hex'), wanted }

/** Normally a batch's worth waits; a log that was never sealed must not fill the memory. */
const WAITING_CHECKED = 100_000

/** Rows outside the tree: not yet sealed (position null), or on places that were never given. */
export const rowsOutside = async (client: pg.Client, size: number): Promise<Stray[]> => {
  const strays: Stray[] = []
  const check = createRowCheck()
  const inspect = (bytes: Buffer, keepSound: boolean): void =>
    eachRow(bytes, (row) => {
      const checked = check(row)
      if (keepSound || !Buffer.isBuffer(checked)) strays.push(toStray(row, checked, ''))
    })
  inspect(
    await copyRows(client, `position is null order by waiting_since, id limit ${WAITING_CHECKED}`),
    false,
  )
  inspect(
    await copyRows(client, `position < 1 or position > ${size} order by position limit ${LISTED}`),
    true,
  )
  return strays
}
