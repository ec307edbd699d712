import type { Db } from '#platform/db/connect.ts'

export const saveDraftRow = (
  db: Db,
  row: { id: string; account: string; content: unknown; saved_at: Date },
) =>
  db
    .insertInto('intake_draft')
    .values({ ...row, content: JSON.stringify(row.content) })
    .onConflict((conflict) =>
      conflict
        .columns(['account', 'id'])
        .doUpdateSet({ content: JSON.stringify(row.content), saved_at: row.saved_at }),
    )
    .execute()

export const draftsOf = (db: Db, account: string) =>
  db
    .selectFrom('intake_draft')
    .select(['id', 'content', 'saved_at'])
    .where('account', '=', account)
    .orderBy('saved_at', 'desc')
    .limit(20)
    .execute()

export const deleteDraft = (db: Db, account: string, id: string) =>
  db.deleteFrom('intake_draft').where('account', '=', account).where('id', '=', id).execute()
