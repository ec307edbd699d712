import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'

/** Copies have a day of their own in their codes, so that they are found and taken away again. */
export const COPIED = 'H49-240101-'

/** The n-th copy's code, card and phone. */
export const copyOf = (n: number) => ({
  code: `${COPIED}${String(n).padStart(7, '0')}`,
  card: `0${String(n).padStart(11, '9')}`,
  phone: `07${String(n).padStart(8, '9')}`,
})

/**
 * So many more of a common kind beside what is there, for lists that are long: copies of one dossier in this state, each with a
 * code, a person and a quarter of an hour of its own. Nothing hangs on them.
 */
export const manyDossiers = async (db: Db, count: number, state = 'RETURNED'): Promise<void> => {
  await sql`insert into dossier select r.* from
    (select * from dossier where state = ${state} order by id limit 1) d,
    generate_series(1, ${count}::integer) n,
    lateral jsonb_populate_record(null::dossier, to_jsonb(d) || jsonb_build_object(
      'id', gen_random_uuid(), 'code', ${COPIED}::text || lpad(n::text, 7, '0'),
      'owner_name', 'Nguyễn Văn Nhiều', 'search_tokens', array['nguyen', 'van', 'nhieu', 'nguyen_van', 'van_nhieu'],
      'owner_number', '0' || lpad(n::text, 11, '9'), 'owner_phone', '07' || lpad(n::text, 8, '9'),
      'received_at', timestamptz '2024-01-01 08:00+07' + n * interval '15 minutes',
      'due_at', timestamptz '2024-01-08 17:00+07' + n * interval '15 minutes')) r`.execute(db)
  await sql`analyze dossier`.execute(db)
}

export const withoutCopies = async (db: Db): Promise<void> => {
  await sql`delete from dossier where code like ${`${COPIED}%`}`.execute(db)
  await sql`analyze dossier`.execute(db)
}
