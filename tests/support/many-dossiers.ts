import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'

/** So many more of a common kind beside what is there: copies of one dossier, each with a code, a person and a day of its own. */
export const manyDossiers = async (db: Db, count: number): Promise<void> => {
  await sql`insert into dossier select r.* from (
      select * from dossier where state = 'PROCESSING' order by id limit 1
    ) d, generate_series(1, ${count}::integer) n, lateral jsonb_populate_record(d, jsonb_build_object(
      'id', gen_random_uuid(), 'code', 'H49-250101-' || lpad((10000 + n)::text, 6, '0'), 'owner_number', '1' || n,
      'owner_phone', '07' || n, 'owner_name', 'Nguyễn Văn Nhiều', 'search_tokens', array['nguyen', 'van', 'nguyen_van'],
      'received_at', timestamptz '2025-01-01 08:00+07' + n * interval '15 minutes',
      'due_at', timestamptz '2025-01-08 17:00+07' + n * interval '15 minutes', 'channel', 'direct')) r`.execute(
    db,
  )
  await sql`analyze dossier`.execute(db)
}
