import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Schema, Tx } from '#platform/db/connect.ts'
import type { AskState, Opinion, Silence } from '../rules/consultation.ts'

type Consultation = Selectable<Schema['consultation']>
/** The table's checks hold exactly these words. */
type AgencyRow = Omit<Selectable<Schema['consultation_agency']>, 'state' | 'opinion' | 'silence'> & {
  state: AskState
  opinion: Opinion | null
  silence: Silence
}
export type ConsultationRow = Omit<Consultation, 'silence'> & { silence: Silence; agencies: AgencyRow[] }

const joined = async (db: Db, rows: readonly Consultation[]): Promise<ConsultationRow[]> => {
  if (rows.length === 0) return []
  const agencies = await db
    .selectFrom('consultation_agency')
    .selectAll()
    .where(
      'consultation_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('consultation_id')
    .orderBy('unit')
    .$castTo<AgencyRow>()
    .execute()
  const byId = Map.groupBy(agencies, (row) => row.consultation_id)
  return rows.map((row) => ({
    ...row,
    // The table's check holds exactly these words.
    silence: row.silence as Silence,
    agencies: byId.get(row.id) ?? [],
  }))
}

/** Every question about a dossier, in the order asked. */
export const consultationsOf = async (db: Db, dossier: string): Promise<ConsultationRow[]> =>
  joined(
    db,
    await db
      .selectFrom('consultation')
      .selectAll()
      .where('dossier_id', '=', dossier)
      .orderBy('number')
      .execute(),
  )

export const consultationsById = async (db: Db, ids: readonly string[]): Promise<ConsultationRow[]> =>
  ids.length === 0
    ? []
    : joined(
        db,
        await db
          .selectFrom('consultation')
          .selectAll()
          .where('id', 'in', [...ids])
          .execute(),
      )

/** Agencies whose opinion on this dossier is still welcome: their officers read it meanwhile. */
export const unitsAsked = async (db: Db, dossier: string): Promise<string[]> => {
  const { rows } = await sql<{
    unit: string
  }>`select unit from consultation_agency where dossier_id = ${dossier}
    and (state = 'asked' or (state = 'silent' and silence = 'ESCALATION'))`.execute(db)
  return rows.map(({ unit }) => unit)
}

/** A file of a question about this dossier, or of an answer. */
export const isConsultationFile = async (db: Db, dossier: string, file: string): Promise<boolean> => {
  const { rows } =
    await sql`select from consultation c where c.dossier_id = ${dossier} and (${file} = any(c.files)
    or exists (select from consultation_agency a where a.consultation_id = c.id and a.file = ${file}))`.execute(
      db,
    )
  return rows.length > 0
}

export const nextNumber = async (tx: Tx, dossier: string): Promise<number> => {
  const { last } = await tx
    .selectFrom('consultation')
    .select((select) => select.fn.max('number').as('last'))
    .where('dossier_id', '=', dossier)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}

export const insertConsultation = async (
  tx: Tx,
  row: Insertable<Schema['consultation']>,
  agencies: readonly Insertable<Schema['consultation_agency']>[],
): Promise<void> => {
  await tx.insertInto('consultation').values(row).execute()
  await tx
    .insertInto('consultation_agency')
    .values([...agencies])
    .execute()
}

type AgencyKey = { consultation: string; unit: string }

export const updateAgency = async (
  tx: Tx,
  { consultation, unit }: AgencyKey,
  patch: Partial<Insertable<Schema['consultation_agency']>>,
): Promise<void> => {
  await tx
    .updateTable('consultation_agency')
    .set(patch)
    .where('consultation_id', '=', consultation)
    .where('unit', '=', unit)
    .execute()
}

/** One fewer is waited for; the dossier is locked. */
export const countAwaited = async (tx: Tx, dossier: string, by: number): Promise<void> => {
  await sql`update dossier set opinions_awaited = opinions_awaited + ${by} where id = ${dossier}`.execute(tx)
}

/** The limit of a question ends when nobody's answer to it is welcome any more. */
export const closeSettled = async (tx: Tx, consultation: string, at: Date): Promise<void> => {
  await sql`update dossier_deadline l set to_at = greatest(l.from_at, ${at}) from consultation c
    where c.id = ${consultation} and l.dossier_id = c.dossier_id and l.ordinal = c.deadline_ordinal and l.to_at is null
      and not exists (select from consultation_agency a where a.consultation_id = c.id
        and (a.state = 'asked' or (a.state = 'silent' and a.silence = 'ESCALATION')))`.execute(tx)
}

/** Dossiers whose questions have something due by now, oldest first; taken by one process at a time. */
export const lockWatched = async (tx: Tx, now: Date, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select d.id from dossier d where d.id in (
      select dossier_id from consultation_agency where watch_at < ${now}
      order by watch_at, consultation_id limit ${limit})
    order by d.id for no key update skip locked`.execute(tx)
  return rows.map(({ id }) => id)
}
