import { type Selectable, type SqlBool, sql } from 'kysely'
import type { Db, Schema, Tx } from '#platform/db/connect.ts'

type Narrowed = {
  kind: 'COUNTER' | 'KIOSK'
  ended_how: 'HELPED' | 'WITHDRAWN' | 'COUNTER_CLOSED' | 'DAY_OVER' | null
}
/** Columns that SQL holds as text and the service writes from these types alone. */
export type HelpRow = Omit<Selectable<Schema['help_call']>, keyof Narrowed> & Narrowed

const all = (db: Db) => db.selectFrom('help_call').selectAll().$castTo<HelpRow>()

export const openHelpOf = (db: Db, centre: string): Promise<HelpRow[]> =>
  all(db)
    .where('centre_id', '=', centre)
    .where('ended_at', 'is', null)
    .orderBy('asked_at')
    .orderBy('id')
    .execute()

const openAt = (db: Db, centre: string, place: string) =>
  all(db).where('centre_id', '=', centre).where('place', '=', place).where('ended_at', 'is', null)

export const openHelpAt = (db: Db, centre: string, place: string): Promise<HelpRow | undefined> =>
  openAt(db, centre, place).executeTakeFirst()

/** Nothing where somebody ended it while this one waited for the row. */
export const lockOpenHelpAt = (tx: Tx, centre: string, place: string): Promise<HelpRow | undefined> =>
  openAt(tx, centre, place).forNoKeyUpdate().executeTakeFirst()

export const findHelp = (db: Db, id: string): Promise<HelpRow | undefined> =>
  all(db).where('id', '=', id).executeTakeFirst()

export const lockHelp = (tx: Tx, id: string): Promise<HelpRow | undefined> =>
  all(tx).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()

export type NewHelp = Pick<
  HelpRow,
  'id' | 'centre_id' | 'kind' | 'place' | 'place_name' | 'counter' | 'asked_at' | 'asked_by' | 'asked_by_name'
>

/** Undefined where the place has an open call already, whoever was first and in whichever process. */
export const insertHelp = (tx: Tx, row: NewHelp): Promise<HelpRow | undefined> =>
  tx
    .insertInto('help_call')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['centre_id', 'place']).where('ended_at', 'is', null).doNothing(),
    )
    .returningAll()
    .$castTo<HelpRow>()
    .executeTakeFirst()

export type HelpPatch = Partial<
  Pick<
    HelpRow,
    'taken_at' | 'taken_by' | 'taken_by_name' | 'reminders' | 'ended_at' | 'ended_how' | 'ended_by_name'
  >
>

export const updateHelp = (tx: Tx, id: string, patch: HelpPatch): Promise<HelpRow> =>
  tx
    .updateTable('help_call')
    .set(patch)
    .where('id', '=', id)
    .returningAll()
    .$castTo<HelpRow>()
    .executeTakeFirstOrThrow()

/**
 * Calls that nobody took in time, or that are from a day before. Told after the hall's minutes, then after twice, four times as
 * long: heard again, and never so often that nobody listens.
 */
export const lockHelpDue = (
  tx: Tx,
  { now, today, otherwise, limit }: { now: Date; today: Date; otherwise: number; limit: number },
): Promise<HelpRow[]> =>
  all(tx)
    .where('ended_at', 'is', null)
    .where(
      sql<SqlBool>`(asked_at < ${today} or (taken_at is null and asked_at + make_interval(mins => power(2, reminders)::int
        * coalesce((select s.help_minutes from hall_settings s where s.centre_id = help_call.centre_id), ${otherwise}::smallint))
        <= ${now}))`,
    )
    .orderBy('asked_at')
    .limit(limit)
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
