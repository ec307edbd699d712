import { sql } from 'kysely'
import { isUnavailable, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'

/** Runs in the transaction; when it throws, what it wrote is taken back and the transaction lives on. */
export const keptOrUndone = async <T>(tx: Tx, work: () => Promise<T>): Promise<T> => {
  await sql`savepoint item`.execute(tx)
  try {
    const result = await work()
    await sql`release savepoint item`.execute(tx)
    return result
  } catch (error) {
    // A broken connection cannot take anything back; the database has done so already.
    if (!isUnavailable(error)) await sql`rollback to savepoint item`.execute(tx)
    throw error
  }
}

/**
 * One statement for all where that works. Where one item breaks a constraint (a number that somebody took a moment ago) all
 * are done again one by one in the same transaction, so that it alone is refused.
 */
export const togetherOrEachAlone = async <Item, Result>(
  tx: Tx,
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  refused: (refusal: Refusal) => Result,
): Promise<Result[]> => {
  try {
    return [...(await keptOrUndone(tx, () => work(items)))]
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
  const results: Result[] = []
  for (const item of items) {
    try {
      results.push(...(await keptOrUndone(tx, () => work([item]))))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      results.push(refused(error))
    }
  }
  return results
}
