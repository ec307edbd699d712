import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type pg from 'pg'
import { agencyOf } from '#modules/organisation/rules.ts'
import { inTransaction } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { EventActor } from '#platform/log/log.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { readHistory } from '../rules/history.ts'
import {
  failImport,
  findImport,
  finishImport,
  type ImportRow,
  listImports,
  openImport,
  passCounters,
  type Rejection,
  registerKey,
  rejectionsOf,
  restartCheck,
  takenCodes,
  takenRegisters,
} from '../store/imports.ts'
import type { DossierDeps } from './deps.ts'
import { NotHistory, type ReadLine, readFormat, readHistoryFile } from './history-file.ts'
import { createPlaceFinder } from './history-places.ts'
import { createProcedureFinder } from './history-procedures.ts'
import { createHistoryWriter, type HistoryRecord } from './history-rows.ts'
import { type Batch, createBatchWriter, numberTaken, twice } from './import-batch.ts'

export type ImportDeps = Pick<DossierDeps, 'db' | 'clock' | 'log' | 'tree' | 'catalogue' | 'samples'> & {
  /** COPY needs the driver's own connections. */
  pool: pg.Pool
}
export type ImportProgress = {
  bytes: number
  size: number
  lines: number
  accepted: number
  rejected: number
}
export type ImportRequest = {
  file: string
  /** What it was called where it came from. */
  name: string
  dryRun: boolean
  actor: EventActor
  onProgress?: (progress: ImportProgress) => void
  /** Beside requests that are being answered: no more than a few milliseconds at a time. */
  gentle?: boolean
  signal?: AbortSignal
}

/** Batches being written at once; the one before commits first. */
const LANES = 2
const GENTLE_LINES = 200
/** From this size on the planner is told what the tables hold now. */
const LARGE = 5_000

export const hashOf = async (file: string): Promise<Buffer> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(chunk)
  return hash.digest()
}

/** A UUID of the file's bytes (version 8): the same file is the same import. */
export const importIdOf = (hash: Buffer, dryRun: boolean): string => {
  const bytes = createHash('sha256')
    .update(hash)
    .update(dryRun ? 'check' : 'import')
    .digest()
    .subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export const createHistoryImport = (deps: ImportDeps) => {
  const { db, pool, clock, log } = deps

  const open = async ({ file, name, dryRun, actor }: ImportRequest): Promise<ImportRow> => {
    const [hash, { size }, format] = await Promise.all([hashOf(file), stat(file), readFormat(file)])
    const id = importIdOf(hash, dryRun)
    const row = await openImport(db, {
      id,
      file_name: path.basename(name).slice(0, 200),
      file_hash: hash,
      file_size: size,
      format,
      dry_run: dryRun,
      started_by: actor.id,
      started_by_name: actor.name,
      started_at: clock.now(),
    })
    if (dryRun) await restartCheck(db, id)
    return dryRun ? { ...row, done_bytes: 0, done_lines: 0, accepted: 0, rejected: 0 } : row
  }

  /** Held while the import runs, by the connection: whoever dies gives it back. */
  const withLock = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    try {
      const { rows } = await client.query<{ held: boolean }>(
        `select pg_try_advisory_lock(hashtextextended($1, 0)) as held`,
        [`import ${id}`],
      )
      if (!rows[0]?.held) throw new Refusal('dossiers.import-running')
      try {
        return await work()
      } finally {
        await client.query(`select pg_advisory_unlock(hashtextextended($1, 0))`, [`import ${id}`])
      }
    } finally {
      client.release()
    }
  }

  /** The readers of lines, with everything they look up. */
  const prepare = async (row: ImportRow, { actor }: ImportRequest) => {
    const now = clock.now()
    const today = localDateOf(now)
    const tree = await deps.tree()
    const procedures = createProcedureFinder(deps.catalogue)
    const recordOf = createHistoryWriter({
      id: row.id,
      now,
      actor,
      samples: deps.samples,
      places: createPlaceFinder(tree, today),
      procedures,
      isCentre: (unit) => tree.centres.has(unit),
      registerOf: (unit) => agencyOf(tree, unit)?.id ?? unit,
    })
    const context = { now: now.getTime(), samples: deps.samples }
    const read = ({ number, fields }: ReadLine): HistoryRecord | Rejection => {
      if ('problem' in fields) return { line: number, code: '', reason: fields.problem }
      const row = readHistory(fields, context)
      const record = Array.isArray(row) ? row : recordOf(row, number)
      return Array.isArray(record)
        ? { line: number, code: fields.code.slice(0, 60), reason: record.join('; ') }
        : record
    }
    const learn = (lines: readonly ReadLine[]) =>
      procedures.learn(
        new Set(lines.flatMap(({ fields }) => ('problem' in fields ? [] : [fields.procedure]))),
      )
    return { learn, read }
  }

  const importInto = async (row: ImportRow, request: ImportRequest): Promise<void> => {
    const { learn, read } = await prepare(row, request)
    const writer = row.dry_run ? createChecker(pool) : createBatchWriter(pool, row.id, clock.now)
    const progress = {
      bytes: row.done_bytes,
      size: row.file_size,
      lines: row.done_lines,
      accepted: row.accepted,
      rejected: row.rejected,
    }
    const inFlight: { claims: Map<string, number>; done: Promise<void> }[] = []
    let before = Promise.resolve()

    const batchOf = async (lines: readonly ReadLine[]): Promise<Batch> => {
      await learn(lines)
      const rejected: Rejection[] = []
      const records: HistoryRecord[] = []
      for (const [index, line] of lines.entries()) {
        if (request.gentle && index % GENTLE_LINES === 0) await yieldToOthers()
        const one = read(line)
        if ('reason' in one) rejected.push(one)
        else records.push(one)
      }
      const end = lines.at(-1)
      return { records, rejected, bytes: end?.end ?? 0, lines: end?.number ?? 0 }
    }
    const submit = (batch: Batch): void => {
      const claims = new Map<string, number>()
      const free = unclaimed(batch, [claims, ...inFlight.map((one) => one.claims)])
      const turn = { before }
      const done = writer.write(free, turn).then(({ accepted, rejected }) => {
        progress.bytes = free.bytes
        progress.lines = free.lines
        progress.accepted += accepted
        progress.rejected += rejected
        request.onProgress?.({ ...progress })
      })
      // Whoever waits for a turn sees the failure; here it only must not go unheard.
      done.catch(() => undefined)
      before = done
      inFlight.push({ claims, done })
    }
    try {
      for await (const lines of readHistoryFile(request.file, row.format as 'csv' | 'jsonl', {
        bytes: row.done_bytes,
        lines: row.done_lines,
      })) {
        request.signal?.throwIfAborted()
        if (lines.length === 0) continue
        const batch = await batchOf(lines)
        while (inFlight.length >= LANES) await inFlight.shift()?.done
        submit(batch)
      }
      for (const { done } of inFlight) await done
    } finally {
      // Whoever goes on after a failure must find every commit that was on its way.
      await Promise.allSettled(inFlight.map(({ done }) => done))
    }
    if (row.dry_run) await saveCheck(row, progress, writer)
  }

  const saveCheck = async (row: ImportRow, progress: ImportProgress, writer: Writer): Promise<void> => {
    const rejections = writer.rejections?.() ?? []
    await inTransaction(db, async (tx) => {
      for (let from = 0; from < rejections.length; from += 5_000) {
        const page = rejections.slice(from, from + 5_000).map((one) => ({ import_id: row.id, ...one }))
        await tx.insertInto('dossier_import_rejection').values(page).execute()
      }
      const { bytes, lines, accepted, rejected } = progress
      await tx
        .updateTable('dossier_import')
        .set({ done_bytes: bytes, done_lines: lines, accepted, rejected })
        .where('id', '=', row.id)
        .execute()
    })
  }

  const finish = (row: ImportRow, { actor }: ImportRequest): Promise<void> =>
    inTransaction(db, async (tx) => {
      const at = clock.now()
      await finishImport(tx, row.id, at)
      if (row.dry_run) return
      await passCounters(tx, row.id, localDateOf(at))
      const done = await findImport(tx, row.id)
      await log.append(tx, [
        {
          type: 'dossiers-imported',
          at,
          actor,
          subject: { kind: 'dossier-import', id: row.id },
          data: {
            file: row.file_name,
            hash: row.file_hash.toString('hex'),
            accepted: done?.accepted ?? 0,
            rejected: done?.rejected ?? 0,
          },
        },
      ])
    })

  const tellPlanner = async (): Promise<void> => {
    const client = await pool.connect()
    try {
      await client.query(`set statement_timeout = '10min'`)
      await client.query(`select gin_clean_pending_list('dossier_tokens')`)
      await client.query('vacuum (analyze) dossier')
      await client.query('analyze dossier_result, event')
    } finally {
      // Its settings are not the pool's.
      client.release(true)
    }
  }

  return {
    open,
    find: (id: string) => findImport(db, id),
    list: (limit: number) => listImports(db, limit),
    /** Lines that became no dossier, after a line. */
    rejections: (id: string, after: number, limit: number) => rejectionsOf(db, id, after, limit),
    /** Imports an opened file to its end, from where it stands. Refuses `dossiers.import-running`. */
    run: (row: ImportRow, request: ImportRequest): Promise<ImportRow> =>
      withLock(row.id, async () => {
        // Another process may have gone on between opening and the lock.
        const current = row.dry_run ? row : ((await findImport(db, row.id)) ?? row)
        if (current.state === 'done') return current
        try {
          await importInto(current, request)
          await finish(current, request)
        } catch (error) {
          const why =
            error instanceof NotHistory
              ? error.message
              : 'Có lỗi, xem nhật ký máy chủ; gửi lại tệp để nhập tiếp.'
          await failImport(db, row.id, why, clock.now()).catch(() => undefined)
          throw error
        }
        const done = (await findImport(db, row.id)) ?? current
        if (!done.dry_run && done.accepted >= LARGE) await tellPlanner()
        return done
      }),
  }
}

export type HistoryImport = ReturnType<typeof createHistoryImport>

type Writer = ReturnType<typeof createBatchWriter> & { rejections?: () => readonly Rejection[] }

/** A check asks what a write would meet, and keeps what it would say. */
const createChecker = (pool: pg.Pool): Writer => {
  const claimed = new Map<string, number>()
  const rejections: Rejection[] = []
  return {
    rejections: () => rejections,
    write: async (batch, { before }) => {
      await before
      const { records, rejected } = unclaimed(batch, [claimed])
      const codes = await takenBy(pool, records)
      const taken = records.flatMap((record): Rejection[] => {
        const { line, code, register } = record
        if (codes.codes.has(code)) return [{ line, code, reason: 'code: mã hồ sơ đã có trong hệ thống' }]
        return register && codes.registers.has(registerKey(register))
          ? [{ line, code, reason: numberTaken(register) }]
          : []
      })
      rejections.push(...rejected, ...taken)
      return { accepted: records.length - taken.length, rejected: rejected.length + taken.length }
    },
  }
}

const takenBy = async (pool: pg.Pool, records: readonly HistoryRecord[]) => {
  const client = await pool.connect()
  try {
    return {
      codes: await takenCodes(
        client,
        records.map(({ code }) => code),
      ),
      registers: await takenRegisters(
        client,
        records.flatMap(({ register }) => register ?? []),
      ),
    }
  } finally {
    client.release()
  }
}

/** Lets the first of two lines with one code or one result number through; `claims` are maps of who came first, the first one is added to. */
const unclaimed = (batch: Batch, claims: readonly Map<string, number>[]): Batch => {
  const [own] = claims
  const rejected = [...batch.rejected]
  const firstOf = (key: string): number | undefined => {
    for (const one of claims) {
      const line = one.get(key)
      if (line !== undefined) return line
    }
    return undefined
  }
  const records = batch.records.filter(({ line, code, register }) => {
    const before = firstOf(code)
    if (before !== undefined) {
      rejected.push({ line, code, reason: twice(before) })
      return false
    }
    const number = register && registerKey(register)
    if (number && firstOf(number) !== undefined) {
      rejected.push({ line, code, reason: numberTaken(register) })
      return false
    }
    own?.set(code, line)
    if (number) own?.set(number, line)
    return true
  })
  return { ...batch, records, rejected }
}
