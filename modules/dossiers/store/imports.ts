import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Db, Tx } from '#platform/db/connect.ts'

export type NewImport = {
  id: string
  file_name: string
  file_hash: Buffer
  file_size: number
  format: 'csv' | 'jsonl'
  dry_run: boolean
  started_by: string | null
  started_by_name: string
  started_at: Date
}
export type Rejection = { line: number; code: string; reason: string }

/** The import of this file, begun now or before. A check begins anew each time: it has written nothing. */
export const openImport = async (db: Db, row: NewImport) =>
  db
    .insertInto('dossier_import')
    .values({ ...row, state: 'running', touched_at: row.started_at })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({
        state: sql`case when dossier_import.state = 'done' and not dossier_import.dry_run then 'done' else 'running' end`,
        finished_at: sql`case when dossier_import.state = 'done' and not dossier_import.dry_run then dossier_import.finished_at end`,
        failure: null,
        touched_at: row.started_at,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()

export type ImportRow = Awaited<ReturnType<typeof openImport>>

export const findImport = (db: Db, id: string) =>
  db.selectFrom('dossier_import').selectAll().where('id', '=', id).executeTakeFirst()

export const listImports = (db: Db, limit: number) =>
  db
    .selectFrom('dossier_import')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()

export const rejectionsOf = (db: Db, id: string, after: number, limit: number) =>
  db
    .selectFrom('dossier_import_rejection')
    .select(['line', 'code', 'reason'])
    .where('import_id', '=', id)
    .where('line', '>', after)
    .orderBy('line')
    .limit(limit)
    .execute()

export const restartCheck = async (db: Db, id: string): Promise<void> => {
  await db.deleteFrom('dossier_import_rejection').where('import_id', '=', id).execute()
  await db
    .updateTable('dossier_import')
    .set({ done_bytes: 0, done_lines: 0, accepted: 0, rejected: 0 })
    .where('id', '=', id)
    .execute()
}

export const failImport = (db: Db, id: string, failure: string, at: Date) =>
  db
    .updateTable('dossier_import')
    .set({ state: 'failed', failure, touched_at: at })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()

export const finishImport = (tx: Tx, id: string, at: Date) =>
  tx
    .updateTable('dossier_import')
    .set({ state: 'done', finished_at: at, touched_at: at })
    .where('id', '=', id)
    .execute()

/** Numbers of this year's registers and of today's codes that came with the file are not given out again. */
export const passCounters = async (tx: Tx, id: string, day: string): Promise<void> => {
  const year = Number(day.slice(0, 4))
  await sql`insert into result_number_counter as c (unit, year, last)
    select unit, year, max(number::integer) from dossier_result
    where year = ${year} and number ~ '^[0-9]{1,8}$' and issued_by = 'imported' group by unit, year
    on conflict (unit, year) do update set last = greatest(c.last, excluded.last)`.execute(tx)
  const today = `${day.slice(2, 4)}${day.slice(5, 7)}${day.slice(8, 10)}`
  await sql`insert into dossier_code_counter as c (identifier, day, last)
    select split_part(code, '-', 1), ${day}::date, max(split_part(code, '-', 3)::integer) from dossier
    where substr(code, strpos(code, '-') + 1) like ${`${today}-%`} and import_id = ${id} group by 1
    on conflict (identifier, day) do update set last = greatest(c.last, excluded.last)`.execute(tx)
}

export type CopyIn = (client: pg.ClientBase, statement: string, lines: readonly string[]) => Promise<void>

/**
 * COPY's text format, line by line into one buffer that serves the whole import: joined first, the text would exist three
 * times, and buffers made anew for each batch wake the garbage collector. One copy at a time.
 */
export const createCopier = (): CopyIn => {
  let buffer = Buffer.allocUnsafe(4 * 1024 * 1024)
  return async (client, statement, lines) => {
    let most = 0
    // No character takes more than three bytes for one unit of the string.
    for (const line of lines) most += line.length * 3
    if (most === 0) return
    if (buffer.length < most) buffer = Buffer.allocUnsafe(most)
    let end = 0
    for (const line of lines) end += buffer.write(line, end, 'utf8')
    await pipeline(Readable.from([buffer.subarray(0, end)]), client.query(copyFrom(statement)))
  }
}

export type Advance = {
  id: string
  bytes: number
  lines: number
  accepted: number
  rejected: readonly Rejection[]
  at: Date
}

/** How far the file is committed, in the transaction of the batch. */
export const advanceImport = async (client: pg.ClientBase, advance: Advance): Promise<void> => {
  const { id, bytes, lines, accepted, rejected, at } = advance
  if (rejected.length > 0)
    await client.query(
      `insert into dossier_import_rejection (import_id, line, code, reason)
       select $1, x.line, x.code, x.reason from jsonb_to_recordset($2::jsonb) as x(line bigint, code text, reason text)`,
      [id, JSON.stringify(rejected)],
    )
  await client.query(
    `update dossier_import set done_bytes = $2, done_lines = $3, accepted = accepted + $4, rejected = rejected + $5,
       touched_at = $6 where id = $1`,
    [id, bytes, lines, accepted, rejected.length, at],
  )
}

export type Register = { unit: string; year: number; number: string }

/** Codes that are taken, with the line they came from when it was this import. */
export const takenCodes = async (
  client: pg.ClientBase,
  codes: readonly string[],
): Promise<Map<string, { import_id: string | null; import_line: number | null }>> => {
  const { rows } = await client.query<{ code: string; import_id: string | null; import_line: number | null }>(
    'select code, import_id, import_line from dossier where code = any($1::text[])',
    [codes],
  )
  return new Map(rows.map((row) => [row.code, row]))
}

export const takenRegisters = async (
  client: pg.ClientBase,
  entries: readonly Register[],
): Promise<Set<string>> => {
  const { rows } = await client.query<Register>(
    `select r.unit, r.year, r.number from dossier_result r
     join jsonb_to_recordset($1::jsonb) as x(unit text, year integer, number text)
       on r.unit = x.unit and r.year = x.year and r.number = x.number`,
    [JSON.stringify(entries)],
  )
  return new Set(rows.map(registerKey))
}

export const registerKey = ({ unit, year, number }: Register): string => `${unit} ${year} ${number}`
