import type { Db } from '#platform/db/connect.ts'

export const readRevision = async (db: Db): Promise<number> => {
  const row = await db.selectFrom('catalogue_revision').select('revision').executeTakeFirstOrThrow()
  return row.revision
}

/** Taken first by every change: changes to the catalogue are rare, and one at a time keeps the revision true. */
export const raiseRevision = async (tx: Db): Promise<void> => {
  await tx
    .updateTable('catalogue_revision')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .execute()
}
