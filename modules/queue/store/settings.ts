import { type Selectable, sql } from 'kysely'
import type { Db, Schema, Tx } from '#platform/db/connect.ts'
import type { HallSettings } from '../contract.ts'
import { type CallingRule, DEFAULT_CALLING } from '../rules.ts'

type Narrowed = Pick<HallSettings, 'region' | 'sessions' | 'notices' | 'slides'>
/** Columns that SQL holds as text or JSON and `putSettings` writes from these types alone. */
export type SettingsRow = Omit<Selectable<Schema['hall_settings']>, keyof Narrowed> & Narrowed

export const callingFrom = (row: SettingsRow | undefined): CallingRule =>
  row
    ? {
        ...{ priorityInRow: row.priority_in_row, ageingMinutes: row.ageing_minutes },
        ...{ graceMinutes: row.grace_minutes, callsBeforeMissing: row.calls_before_missing },
        ...{ secondsBetweenCalls: row.seconds_between_calls, returnTimes: row.return_times },
        ...{ returnMinutes: row.return_minutes, returnAfter: row.return_after },
        ...{ holdMinutes: row.hold_minutes, helpMinutes: row.help_minutes },
      }
    : DEFAULT_CALLING

const callingRow = (calling: CallingRule) => ({
  ...{ priority_in_row: calling.priorityInRow, ageing_minutes: calling.ageingMinutes },
  ...{ grace_minutes: calling.graceMinutes, calls_before_missing: calling.callsBeforeMissing },
  ...{ seconds_between_calls: calling.secondsBetweenCalls, return_times: calling.returnTimes },
  ...{ return_minutes: calling.returnMinutes, return_after: calling.returnAfter },
  ...{ hold_minutes: calling.holdMinutes, help_minutes: calling.helpMinutes },
})

export const findSettings = (db: Db, centre: string): Promise<SettingsRow | undefined> =>
  db
    .selectFrom('hall_settings')
    .selectAll()
    .where('centre_id', '=', centre)
    .$castTo<SettingsRow>()
    .executeTakeFirst()

/** Writes over the version that was read; false where somebody else was first, also with the very first settings of a hall. */
export const putSettings = async (
  tx: Tx,
  { centre, read, settings }: { centre: string; read: number; settings: HallSettings },
): Promise<boolean> => {
  const row = {
    ...{ region: settings.region, volume: settings.volume, motion: settings.motion, version: read + 1 },
    ...{ quiet_from: settings.quiet?.from ?? null, quiet_to: settings.quiet?.to ?? null },
    sessions: settings.sessions === null ? null : JSON.stringify(settings.sessions),
    ...{ notices: JSON.stringify(settings.notices), slides: JSON.stringify(settings.slides) },
    ...callingRow(settings.calling),
  }
  const written = await tx
    .insertInto('hall_settings')
    .values({ centre_id: centre, ...row })
    .onConflict((conflict) =>
      conflict.column('centre_id').doUpdateSet(row).where('hall_settings.version', '=', read),
    )
    .returning('version')
    .execute()
  return written.length > 0
}

/** Takes or renews the lease where it is free, over or one's own; false where another display holds it. */
export const takeLease = async (
  db: Db,
  { centre, display, at, until }: { centre: string; display: string; at: Date; until: Date },
): Promise<boolean> => {
  const { rows } = await sql`insert into hall_announcer as a (centre_id, display, until)
    values (${centre}, ${display}, ${until})
    on conflict (centre_id) do update set display = excluded.display, until = excluded.until
    where a.display = excluded.display or a.until <= ${at}
    returning 1`.execute(db)
  return rows.length > 0
}

export const leaveLease = (db: Db, centre: string, display: string) =>
  db.deleteFrom('hall_announcer').where('centre_id', '=', centre).where('display', '=', display).execute()
