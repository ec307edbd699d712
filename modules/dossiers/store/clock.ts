import type { Db, Tx } from '#platform/db/connect.ts'

export const openPause = (
  tx: Tx,
  row: { id: string; dossier: string; kind: string; reason: string | null; at: Date },
) =>
  tx
    .insertInto('dossier_clock_pause')
    .values({ id: row.id, dossier_id: row.dossier, kind: row.kind, reason: row.reason, from_at: row.at })
    .execute()

/** Ends the pause that is open, if any, and gives it. */
export const closePause = (tx: Tx, dossier: string, at: Date) =>
  tx
    .updateTable('dossier_clock_pause')
    .set({ to_at: at })
    .where('dossier_id', '=', dossier)
    .where('to_at', 'is', null)
    .returning(['kind', 'from_at'])
    .executeTakeFirst()

/** When the dossier's clock stood still; the last one may still be open. */
export const pausesOf = (db: Db, dossier: string) =>
  db
    .selectFrom('dossier_clock_pause')
    .select(['from_at', 'to_at'])
    .where('dossier_id', '=', dossier)
    .orderBy('from_at')
    .execute()
