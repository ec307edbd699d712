import type { Db, Tx } from '#platform/db/connect.ts'
import type { Outcome } from '../contract/vocabulary.ts'

export type NewResult = {
  id: string
  dossier_id: string
  edition: number
  unit: string
  year: number
  number: string
  date: string
  summary: string | null
  outcome: Outcome
  signer: string | null
  /** In whose name it was signed, as JSON. */
  signed_as: string | null
  /** The agency's second seal, where the result was sealed at the centre. */
  seal: string | null
  file: string | null
  issued_at: Date
  issued_by: string
  reason: string | null
}

export const insertResult = (tx: Tx, row: NewResult) => tx.insertInto('dossier_result').values(row).execute()

/** The edition that counts: the last one issued. */
export const findResult = (db: Db, dossier: string) =>
  db
    .selectFrom('dossier_result')
    .selectAll()
    .where('dossier_id', '=', dossier)
    .orderBy('edition', 'desc')
    .limit(1)
    .executeTakeFirst()

export type NewHandover = {
  dossier_id: string
  at: Date
  by_account: string
  by_name: string
  receiver_name: string
  receiver_number: string | null
  relation: string
  authorisation_paper: string | null
  slip_shown: boolean
  way: string
}

export const insertHandover = (tx: Tx, row: NewHandover) =>
  tx.insertInto('dossier_handover').values(row).execute()

export const findHandover = (db: Db, dossier: string) =>
  db.selectFrom('dossier_handover').selectAll().where('dossier_id', '=', dossier).executeTakeFirst()
