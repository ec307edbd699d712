import type { Db, Tx } from '#platform/db/connect.ts'

export type LatenessRow = {
  dossier_id: string
  due_at: Date
  edition: number
  reason_code: string
  explanation: string
  at: Date
  by_account: string
  by_name: string
}

/** The explanation that stands for a missed date: its newest edition. */
export const findExplanation = (db: Db, dossier: string, due: Date): Promise<LatenessRow | undefined> =>
  db
    .selectFrom('dossier_lateness')
    .selectAll()
    .where('dossier_id', '=', dossier)
    .where('due_at', '=', due)
    .orderBy('edition', 'desc')
    .limit(1)
    .executeTakeFirst()

export const insertExplanation = (tx: Tx, row: LatenessRow) =>
  tx.insertInto('dossier_lateness').values(row).execute()
