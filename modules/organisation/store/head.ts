import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'

/** What every change raises; a process that sees a new number reads the tree again. */
export const readVersion = async (db: Db): Promise<number> => {
  const row = await db.selectFrom('organisation').select('version').executeTakeFirst()
  return row?.version ?? 0
}

/** Also the lock that makes changes of the organisation follow one another: they are rare. */
export const raiseVersion = async (tx: Db): Promise<void> => {
  await tx
    .updateTable('organisation')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .execute()
}

export type Head = { profile: string; title: string; asOf: string; adminEdition: string }

export const lockHead = async (tx: Db): Promise<Head | undefined> => {
  const row = await tx.selectFrom('organisation').selectAll().forUpdate().executeTakeFirst()
  return row && { profile: row.profile, title: row.title, asOf: row.as_of, adminEdition: row.admin_edition }
}

export const writeHead = async (tx: Db, head: Head): Promise<void> => {
  await sql`
    insert into organisation (profile, title, as_of, admin_edition)
    values (${head.profile}, ${head.title}, ${head.asOf}, ${head.adminEdition})
    on conflict (only_row) do update set profile = excluded.profile, title = excluded.title, as_of = excluded.as_of,
      admin_edition = excluded.admin_edition, version = organisation.version + 1`.execute(tx)
}
