import { type Selectable, sql } from 'kysely'
import type { Db, Schema, Tx } from '#platform/db/connect.ts'
import type { Party, Representative } from '../contract/vocabulary.ts'
import type { ScopePart } from '../rules/authorisation.ts'

type Narrowed = { owner: Party; representative: Party; scope: ScopePart[]; paper: Representative['paper'] }
export type AuthorisationRow = Omit<Selectable<Schema['authorisation']>, keyof Narrowed> & Narrowed

export type NewAuthorisation = {
  id: string
  owner_kind: string
  owner_name: string
  owner_number: string
  owner: Party
  representative_name: string
  representative_number: string
  representative: Party
  paper: string
  paper_number: string
  paper_date: string | null
  scope: readonly ScopePart[]
  procedures: readonly string[]
  valid_from: string | null
  valid_to: string | null
  recorded_at: string
  recorded_by: string
  recorded_by_name: string
}

export type AuthorisationKey = Pick<
  NewAuthorisation,
  'owner_number' | 'representative_number' | 'paper' | 'paper_number'
>

export const keyOf = (one: AuthorisationKey | undefined): string =>
  one === undefined
    ? ''
    : [one.representative_number, one.owner_number, one.paper, one.paper_number].join('\u0000')

/** Shown again, a paper says what it says now; one that was taken back stays so. Gives the ids by key. */
export const keepAuthorisations = async (
  tx: Tx,
  rows: readonly NewAuthorisation[],
): Promise<Map<string, string>> => {
  if (rows.length === 0) return new Map()
  // Of one paper in a batch the last showing counts; in one order, so that two batches never wait in a circle.
  const once = [...new Map(rows.map((row) => [keyOf(row), row])).entries()].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const values = JSON.stringify(once.map(([, row]) => row))
  const { rows: kept } = await sql<AuthorisationKey & { id: string }>`
    insert into authorisation as a (id, owner_kind, owner_name, owner_number, owner, representative_name,
      representative_number, representative, paper, paper_number, paper_date, scope, procedures, valid_from, valid_to,
      recorded_at, recorded_by, recorded_by_name)
    select id, owner_kind, owner_name, owner_number, owner, representative_name, representative_number, representative,
      paper, paper_number, paper_date, scope, procedures, valid_from, valid_to, recorded_at, recorded_by, recorded_by_name
    from jsonb_populate_recordset(null::authorisation, ${values}::jsonb)
    on conflict (representative_number, owner_number, paper, paper_number) do update set
      owner_name = excluded.owner_name, owner = excluded.owner, representative_name = excluded.representative_name,
      representative = excluded.representative, paper_date = excluded.paper_date, scope = excluded.scope,
      procedures = excluded.procedures, valid_from = excluded.valid_from, valid_to = excluded.valid_to
    returning id, owner_number, representative_number, paper, paper_number`.execute(tx)
  return new Map(kept.map((row) => [keyOf(row), row.id]))
}

const narrowed = (db: Db) => db.selectFrom('authorisation').selectAll().$castTo<AuthorisationRow>()

export const findByKey = (db: Db, key: AuthorisationKey): Promise<AuthorisationRow | undefined> =>
  narrowed(db)
    .where('representative_number', '=', key.representative_number)
    .where('owner_number', '=', key.owner_number)
    .where('paper', '=', key.paper)
    .where('paper_number', '=', key.paper_number)
    .executeTakeFirst()

export const findAuthorisation = (db: Db, id: string): Promise<AuthorisationRow | undefined> =>
  narrowed(db).where('id', '=', id).executeTakeFirst()

export const lockAuthorisation = (tx: Tx, id: string): Promise<AuthorisationRow | undefined> =>
  narrowed(tx).where('id', '=', id).forUpdate().executeTakeFirst()

const MOST = 20

/** Good on this day, the last shown first. */
export const authorisationsOf = (db: Db, number: string, day: string): Promise<AuthorisationRow[]> =>
  narrowed(db)
    .where('representative_number', '=', number)
    .where('ended_at', 'is', null)
    .where((q) => q.or([q('valid_to', 'is', null), q('valid_to', '>=', day)]))
    .where((q) => q.or([q('valid_from', 'is', null), q('valid_from', '<=', day)]))
    .orderBy('recorded_at', 'desc')
    .orderBy('id')
    .limit(MOST)
    .execute()

export const endAuthorisationRow = (
  tx: Tx,
  id: string,
  { at, by, name, reason }: { at: Date; by: string; name: string; reason: string },
) =>
  tx
    .updateTable('authorisation')
    .set({ ended_at: at, ended_by: by, ended_by_name: name, end_reason: reason })
    .where('id', '=', id)
    .execute()
