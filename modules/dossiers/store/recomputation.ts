import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'
import type { DossierRow } from './dossiers.ts'

export type Recomputation = Awaited<ReturnType<typeof lastRecomputations>>[number]

export const lastRecomputations = (db: Db, limit: number) =>
  db.selectFrom('deadline_recomputation').selectAll().orderBy('started_at', 'desc').limit(limit).execute()

export const insertRecomputation = (
  db: Db,
  row: { id: string; reason: string; started_at: Date; started_by: string; started_by_name: string },
) => db.insertInto('deadline_recomputation').values(row).execute()

/** The one under way, when no other process works on it at this moment. */
export const lockUnfinished = (tx: Tx) =>
  tx
    .selectFrom('deadline_recomputation')
    .selectAll()
    .where('finished_at', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

export const saveProgress = (
  tx: Tx,
  id: string,
  patch: {
    last_dossier: string | null
    looked: number
    moved: number
    kept: number
    confirmed: number
    finished_at: Date | null
  },
) => tx.updateTable('deadline_recomputation').set(patch).where('id', '=', id).execute()

const PROMISED = sql`d.state in ('ACCEPTED', 'PROCESSING', 'AWAITING_PAYMENT') and d.due_at is not null`

/** Dossiers with a date that still counts, in the order of their ids; locked when they are to be changed. */
export const promisedDossiers = async (
  db: Db,
  after: string | null,
  limit: number,
  lock: boolean,
): Promise<DossierRow[]> => {
  const { rows } = await sql<DossierRow>`select d.* from dossier d
    where ${PROMISED} and (${after}::uuid is null or d.id > ${after}::uuid)
    order by d.id limit ${limit} ${lock ? sql`for no key update` : sql``}`.execute(db)
  return rows
}

export type DuePatch = { id: string; due: string; provisional: boolean }

export const applyDuePatches = async (tx: Tx, patches: readonly DuePatch[]): Promise<void> => {
  if (patches.length === 0) return
  await sql`update dossier d set due_at = x.due, due_provisional = x.provisional, version = d.version + 1
    from jsonb_to_recordset(${JSON.stringify(patches)}::jsonb) as x(id uuid, due timestamptz, provisional boolean)
    where d.id = x.id`.execute(tx)
}
