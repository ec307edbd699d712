import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { type Db, violates } from '../db/connect.ts'
import { createGroup } from '../db/group.ts'
import { Refusal } from '../errors.ts'

export type IdempotencyRow = {
  account: string
  key: string
  operation: string
  request_hash: Buffer
  status: number
  answer: string
  created_at: Date
}

/** One request's key. The use case stores its answer in the transaction of the effect, alone or within a batch. */
export type Idempotency = {
  /** Stores the first answer; a parallel repeat breaks the primary key and is answered with the first one. */
  remember: (tx: Db, answer: unknown) => Promise<void>
  /** The row, for use cases that write many requests in one statement. */
  row: (answer: unknown) => IdempotencyRow
}

type Key = { account: string; key: string; operation: string; body: unknown; status: number; now: () => Date }

const hashOf = (operation: string, body: unknown): Buffer =>
  createHash('sha256').update(operation).update('\0').update(JSON.stringify(body)).digest()

export const createIdempotency = (key: Key): Idempotency => {
  const row = (answer: unknown): IdempotencyRow => ({
    account: key.account,
    key: key.key,
    operation: key.operation,
    request_hash: hashOf(key.operation, key.body),
    status: key.status,
    answer: JSON.stringify(answer),
    created_at: key.now(),
  })
  return { row, remember: (tx, answer) => rememberAnswers(tx, [row(answer)]) }
}

/** Keeps any number of first answers; a column is one parameter. Alone, or as a part of a `with`. */
export const remembering = (rows: readonly IdempotencyRow[]): RawBuilder<unknown> => {
  const column = <K extends keyof IdempotencyRow>(name: K): IdempotencyRow[K][] =>
    rows.map((row) => row[name])
  return sql`insert into idempotency (account, key, operation, request_hash, status, answer, created_at)
    select * from unnest(${column('account')}::text[], ${column('key')}::text[], ${column('operation')}::text[],
      ${column('request_hash')}::bytea[], ${column('status')}::integer[], ${column('answer')}::text[],
      ${column('created_at')}::timestamptz[])`
}

export const rememberAnswers = async (tx: Db, rows: readonly IdempotencyRow[]): Promise<void> => {
  if (rows.length > 0) await remembering(rows).execute(tx)
}

type Asked = Omit<Key, 'status' | 'now'>
type Remembered = { request_hash: Buffer; status: number; answer: string }

/** The first answer to this key, if there was one; another body under the same key is refused. */
export type Recall = (asked: Asked) => Promise<{ status: number; answer: string } | undefined>

const nameOf = (account: string, key: string): string => `${account}\0${key}`

/** Every request with a key looks here first: those that come while a look is under way share the next one. */
export const createRecall = (db: Db): Recall => {
  const look = createGroup<Asked, Remembered | undefined>({
    lanes: 1,
    soon: setImmediate,
    run: async (asked) => {
      const { rows } = await sql<Remembered & { account: string; key: string }>`
        select asked.account, asked.key, kept.request_hash, kept.status, kept.answer
        from unnest(${asked.map(({ account }) => account)}::text[], ${asked.map(({ key }) => key)}::text[])
          as asked (account, key)
        cross join lateral (
          -- One place of the index for each key, whatever is believed of the table's size.
          select request_hash, status, answer from idempotency i
          where i.account = asked.account and i.key = asked.key limit 1
        ) kept`.execute(db)
      const found = new Map(rows.map((row) => [nameOf(row.account, row.key), row]))
      return asked.map(({ account, key }) => found.get(nameOf(account, key)))
    },
  })
  return async (asked) => {
    const found = await look.submit(asked)
    if (!found) return undefined
    if (!found.request_hash.equals(hashOf(asked.operation, asked.body)))
      throw new Refusal('platform.idempotency-conflict')
    return { status: found.status, answer: found.answer }
  }
}

export const isRepeat = (error: unknown): boolean => violates(error, 'idempotency_pkey')
