import { type Db, inTransaction, type Tx } from '#platform/db/connect.ts'
import { type LogPage, readEvents } from './store.ts'

export type ConsumeOptions = { reader: string; limit?: number; types?: readonly string[] }

/**
 * One page of the log for a named reader, its effect and its cursor in one transaction: each event takes effect once,
 * whatever is killed. Returns false when there was nothing to read, or when another process is at it.
 */
export const consumePage = async (
  db: Db,
  { reader, limit = 500, types }: ConsumeOptions,
  work: (tx: Tx, page: LogPage) => Promise<void>,
): Promise<boolean> => {
  await db
    .insertInto('log_read')
    .values({ reader })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return inTransaction(db, async (tx) => {
    const cursor = await tx
      .selectFrom('log_read')
      .select('position')
      .where('reader', '=', reader)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!cursor) return false
    const page = await readEvents(tx, { after: cursor.position, limit, types })
    if (page.next === cursor.position) return false
    if (page.events.length > 0) await work(tx, page)
    await tx.updateTable('log_read').set({ position: page.next }).where('reader', '=', reader).execute()
    return true
  })
}
