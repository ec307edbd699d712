import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { Content } from '../rules/content.ts'
import type { SearchEntry } from '../rules/search.ts'

export type EntryRow = SearchEntry & {
  versionId: string
  ministry: string
  agencyText: string | null
  revision: number
  methods: Pick<Content['methods'][number], 'channel' | 'duration'>[]
  firstCase: string | null
  online: boolean
}

/** One row for each version that may be in force: what lists and the search need; the rest of the content stays on disk. */
export const listEntries = async (db: Db): Promise<EntryRow[]> => {
  const { rows } = await sql<EntryRow>`
    select p.code, v.id as "versionId", v.name, p.plain_name as "plainName", p.synonyms, v.field,
      f.name as "fieldName", v.levels, v.ministry, v.agency as "agencyText", p.popularity, p.revision,
      v.methods, v.first_case as "firstCase", v.online,
      concat_ws(' ', v.agency, v.agencies ->> 'search') as agency,
      coalesce((select array_agg(s.situation) from life_situation_procedure s where s.code = p.code), '{}') as situations
    from procedure p
    join procedure_version v on v.code = p.code and v.state in ('PUBLISHED', 'AMENDED', 'REPEALED')
    join procedure_field f on f.id = v.field
    order by p.code`.execute(db)
  return rows
}

export const listSituations = (
  db: Db,
): Promise<{ id: string; title: string; line: string; icon: string; codes: string[] }[]> =>
  sql<{ id: string; title: string; line: string; icon: string; codes: string[] }>`
    select s.id, s.title, s.line, s.icon,
      (select coalesce(array_agg(l.code order by l.position), '{}') from life_situation_procedure l
        where l.situation = s.id) as codes
    from life_situation s order by s.position`
    .execute(db)
    .then((result) => result.rows)

export const listFields = (db: Db): Promise<{ id: string; name: string }[]> =>
  db.selectFrom('procedure_field').select(['id', 'name']).orderBy('name').execute()

/** Fields that are not known yet are added by their name. */
export const insertFields = async (
  tx: Db,
  fields: readonly { id: string; name: string }[],
): Promise<void> => {
  await sql`
    insert into procedure_field (id, name)
    select * from unnest(${fields.map((f) => f.id)}::text[], ${fields.map((f) => f.name)}::text[])
    on conflict do nothing`.execute(tx)
}

export const insertProcedures = async (tx: Db, codes: readonly string[]): Promise<void> => {
  await sql`insert into procedure (code) select unnest(${codes}::text[]) on conflict do nothing`.execute(tx)
}

/** Writes the names when the revision read is still the one stored; the number of rows says whether it was. */
export const updateNames = async (
  tx: Db,
  change: {
    code: string
    revision: number | undefined
    plainName: string | null
    synonyms: readonly string[]
  },
): Promise<number | undefined> => {
  const row = await tx
    .updateTable('procedure')
    .set((eb) => ({
      plain_name: change.plainName,
      synonyms: [...change.synonyms],
      revision: eb('revision', '+', 1),
    }))
    .where('code', '=', change.code)
    .$if(change.revision !== undefined, (query) => query.where('revision', '=', change.revision ?? 0))
    .returning('revision')
    .executeTakeFirst()
  return row?.revision
}

/** Touches a procedure, so that its revision shows the change; also the lock of its changes. */
export const touchProcedure = async (tx: Db, code: string): Promise<number | undefined> => {
  const row = await tx
    .updateTable('procedure')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('code', '=', code)
    .returning('revision')
    .executeTakeFirst()
  return row?.revision
}
