import { sql } from 'kysely'
import type { Tx } from '#platform/db/connect.ts'

export type BatchRecord = {
  id: string
  centre: string
  year: number
  number: number
  at: Date
  by_account: string
  by_name: string
}

/** Running number of a centre's batches in a year, on their receipts. */
export const takeBatchNumber = async (tx: Tx, centre: string, year: number): Promise<number> => {
  const { rows } = await sql<{ last: number }>`
    insert into intake_batch_counter as c (centre, year, last) values (${centre}, ${year}, 1)
    on conflict (centre, year) do update set last = c.last + 1 returning last`.execute(tx)
  return rows[0]?.last ?? 1
}

export const insertBatch = async (tx: Tx, batch: BatchRecord, dossiers: readonly string[]): Promise<void> => {
  await tx.insertInto('intake_batch').values(batch).execute()
  await tx
    .insertInto('intake_batch_dossier')
    .values(dossiers.map((dossier_id, ordinal) => ({ dossier_id, batch_id: batch.id, ordinal })))
    .execute()
}
