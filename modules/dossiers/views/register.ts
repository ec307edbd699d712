import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import { addDays, instantOf } from '#platform/time/vietnam.ts'
import type { DossierRow } from '../store/dossiers.ts'

/** A printed book is read by people: beyond this it is a report. */
const MOST_ROWS = 5_000

/** What a centre received in a period (both days included), in the order of its book. */
export const registerRows = async (
  db: Db,
  centre: string,
  from: string,
  to: string,
): Promise<DossierRow[]> => {
  const { rows } = await sql<DossierRow>`select d.* from dossier d
    where d.receiving_centre = ${centre} and d.received_at >= ${instantOf(from)} and d.received_at < ${instantOf(addDays(to, 1))}
    order by d.received_at, d.book_number limit ${MOST_ROWS}`.execute(db)
  return rows
}
