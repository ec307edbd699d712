import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'
import type { TicketState } from '../rules.ts'

export { takeNumbers } from './tickets.ts'

export type PastRow = {
  id: string
  visit_id: string
  centre_id: string
  group_id: string
  day: string
  number: number
  code: string
  token: string
  priority_class: string
  state: TicketState
  issued_at: Date
  called_at: Date | null
  started_at: Date | null
  ended_at: Date | null
  counter_id: string | null
  officer_id: string | null
  officer_name: string | null
  p10: number | null
  p50: number | null
  p90: number | null
}

export const hasTickets = async (db: Db, centre: string, day: string): Promise<boolean> => {
  const found = await db
    .selectFrom('ticket')
    .select('id')
    .where('centre_id', '=', centre)
    .where('day', '=', day)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Tickets of a whole day with the visits of those who were served. */
export const insertPast = async (tx: Tx, rows: readonly PastRow[]): Promise<void> => {
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, visit_id uuid, centre_id text,
    group_id uuid, day date, number integer, code text, token text, priority_class text, state text,
    issued_at timestamptz, called_at timestamptz, started_at timestamptz, ended_at timestamptz, counter_id text,
    officer_id text, officer_name text, p10 real, p50 real, p90 real)`
  await sql`insert into ticket (id, centre_id, group_id, number_group, day, number, code, token, channel, priority_class,
      priority_confirmed, language, state, queued_at, issued_at, called_at, started_at, ended_at, counter_id,
      officer_id, officer_name, calls, promised_p10, promised_p50, promised_p90)
    select id, centre_id, group_id, group_id, day, number, code, token, 'KIOSK', priority_class,
      priority_class <> 'NONE' and called_at is not null, 'vi', state, issued_at, issued_at, called_at, started_at,
      ended_at, counter_id, officer_id, officer_name, case when called_at is null then 0 else 1 end, p10, p50, p90
    from ${given}`.execute(tx)
  await sql`insert into ticket_visit (id, ticket_id, centre_id, group_id, counter_id, officer_id, called_at, started_at,
      ended_at, outcome)
    select visit_id, id, centre_id, group_id, counter_id, officer_id, called_at, started_at, ended_at, 'DONE'
    from ${given} where ended_at is not null`.execute(tx)
}
