import { createHash } from 'node:crypto'
import { type Db, violates } from '../db/connect.ts'
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

export const rememberAnswers = async (tx: Db, rows: readonly IdempotencyRow[]): Promise<void> => {
  if (rows.length > 0)
    await tx
      .insertInto('idempotency')
      .values([...rows])
      .execute()
}

/** The first answer to this key, if there was one; another body under the same key is refused. */
export const recallAnswer = async (
  db: Db,
  { account, key, operation, body }: Omit<Key, 'status' | 'now'>,
): Promise<{ status: number; answer: string } | undefined> => {
  const found = await db
    .selectFrom('idempotency')
    .select(['request_hash', 'status', 'answer'])
    .where('account', '=', account)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!found) return undefined
  if (!found.request_hash.equals(hashOf(operation, body))) throw new Refusal('platform.idempotency-conflict')
  return { status: found.status, answer: found.answer }
}

export const isRepeat = (error: unknown): boolean => violates(error, 'idempotency_pkey')
