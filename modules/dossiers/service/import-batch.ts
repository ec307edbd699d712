import type pg from 'pg'
import { appendSealed } from '#platform/log/bulk.ts'
import {
  type Advance,
  advanceImport,
  type CopyIn,
  createCopier,
  type Rejection,
  registerKey,
  takenCodes,
  takenRegisters,
} from '../store/imports.ts'
import {
  CLOCK_COLUMNS,
  DOSSIER_COLUMNS,
  HANDOVER_COLUMNS,
  type HistoryRecord,
  RESULT_COLUMNS,
} from './history-rows.ts'

/** What one part of the file became. */
export type Batch = {
  records: readonly HistoryRecord[]
  rejected: readonly Rejection[]
  bytes: number
  lines: number
}

/** The commits of one import follow one another in the order of the file; what goes before may overlap. */
export type Turn = { before: Promise<void> }

const linesOf = (
  records: readonly HistoryRecord[],
  part: 'dossier' | 'result' | 'clock' | 'handover',
): string[] => records.map((record) => record[part]).filter((line) => line !== '')

/**
 * What hangs on a dossier is written beside it in one transaction, so that asking for each row whether its dossier is there
 * (a third of its cost) can only find it. Only the owner of the server may leave it out; elsewhere it is asked.
 */
const withoutAsking = async (client: pg.ClientBase): Promise<void> => {
  await client.query('savepoint asking')
  await client
    .query(`set local session_replication_role = replica`)
    .catch(() => client.query('rollback to savepoint asking'))
}

const copyAll = async (
  client: pg.ClientBase,
  records: readonly HistoryRecord[],
  copyIn: CopyIn,
): Promise<void> => {
  await copyIn(client, `copy dossier (${DOSSIER_COLUMNS}) from stdin`, linesOf(records, 'dossier'))
  await withoutAsking(client)
  await copyIn(client, `copy dossier_result (${RESULT_COLUMNS}) from stdin`, linesOf(records, 'result'))
  await copyIn(client, `copy dossier_clock (${CLOCK_COLUMNS}) from stdin`, linesOf(records, 'clock'))
  await copyIn(client, `copy dossier_handover (${HANDOVER_COLUMNS}) from stdin`, linesOf(records, 'handover'))
}

/** Not waiting for the disk: a batch that a falling server loses is lost with its place in the file, and comes again. */
const begin = async (client: pg.ClientBase): Promise<void> => {
  await client.query(`begin; set local synchronous_commit = off; set local statement_timeout = '10min'`)
}

type Writing = { client: pg.ClientBase; copyIn: CopyIn }

const writeIn = async (
  { client, copyIn }: Writing,
  records: readonly HistoryRecord[],
  { before }: Turn,
  advance: Advance,
): Promise<void> => {
  await begin(client)
  await copyAll(client, records, copyIn)
  await before
  await appendSealed(
    client,
    records.map(({ event }) => event),
    (statement, lines) => copyIn(client, statement, lines),
  )
  await advanceImport(client, advance)
  await client.query('commit')
}

const isTaken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '23505'

/** Splits off what the database holds already. */
const withoutTaken = async (
  client: pg.ClientBase,
  records: readonly HistoryRecord[],
  importId: string,
): Promise<{ free: HistoryRecord[]; taken: Rejection[] }> => {
  const codes = await takenCodes(
    client,
    records.map(({ code }) => code),
  )
  const registers = await takenRegisters(
    client,
    records.flatMap(({ register }) => register ?? []),
  )
  const free: HistoryRecord[] = []
  const taken: Rejection[] = []
  for (const record of records) {
    const { line, code, register } = record
    const known = codes.get(code)
    if (known)
      taken.push({ line, code, reason: known.import_id === importId ? twice(known.import_line) : ALREADY })
    else if (register && registers.has(registerKey(register)))
      taken.push({ line, code, reason: numberTaken(register) })
    else free.push(record)
  }
  return { free, taken }
}

export const twice = (line: number | null): string => `code: trùng mã với dòng ${line} của tệp này`
const ALREADY = 'code: mã hồ sơ đã có trong hệ thống'
export const numberTaken = ({ number, year }: { number: string; year: number }): string =>
  `resultNumber: số ${number} năm ${year} của cơ quan này đã có trong sổ kết quả`

export type BatchWriter = {
  /** Commits the batch in its turn; answers how many dossiers it made. */
  write: (batch: Batch, turn: Turn) => Promise<{ accepted: number; rejected: number }>
}

/**
 * Straight into the tables; only when a key is taken does a batch ask first, and from then on every batch does: files with
 * one repeated code have more, as a rule.
 */
export const createBatchWriter = (pool: pg.Pool, importId: string, now: () => Date): BatchWriter => {
  let asksFirst = false
  const copiers: CopyIn[] = []

  const advanceOf = (batch: Batch, accepted: number, taken: readonly Rejection[]): Advance => ({
    id: importId,
    bytes: batch.bytes,
    lines: batch.lines,
    accepted,
    rejected: [...batch.rejected, ...taken],
    at: now(),
  })

  const asking = async (writing: Writing, batch: Batch, turn: Turn) => {
    // What stands before in the file is committed now, so that its codes are seen.
    await turn.before
    const { free, taken } = await withoutTaken(writing.client, batch.records, importId)
    await writeIn(writing, free, turn, advanceOf(batch, free.length, taken))
    return { accepted: free.length, rejected: batch.rejected.length + taken.length }
  }

  const straight = async (writing: Writing, batch: Batch, turn: Turn) => {
    await writeIn(writing, batch.records, turn, advanceOf(batch, batch.records.length, []))
    return { accepted: batch.records.length, rejected: batch.rejected.length }
  }

  return {
    write: async (batch, turn) => {
      const client = await pool.connect()
      const copyIn = copiers.pop() ?? createCopier()
      const writing = { client, copyIn }
      try {
        if (asksFirst) return await asking(writing, batch, turn)
        return await straight(writing, batch, turn).catch(async (error: unknown) => {
          if (!isTaken(error)) throw error
          asksFirst = true
          await client.query('rollback')
          return asking(writing, batch, turn)
        })
      } catch (error) {
        await client.query('rollback').catch(() => undefined)
        throw error
      } finally {
        copiers.push(copyIn)
        client.release()
      }
    },
  }
}
