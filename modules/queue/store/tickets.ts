import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db, Schema, Tx } from '#platform/db/connect.ts'
import type { PriorityClass, TicketState, Waiting } from '../rules.ts'

type Narrowed = {
  state: TicketState
  priority_class: PriorityClass
  channel: 'KIOSK' | 'DESK' | 'ONLINE' | 'PHONE'
  language: 'vi' | 'en'
}
/** Columns that SQL holds as text and the services write from these types alone. */
export type TicketRow = Omit<Selectable<Schema['ticket']>, keyof Narrowed> & Narrowed

export type NewTicket = {
  id: string
  centre: string
  group: string
  day: string
  number: number
  code: string
  token: string
  channel: string
  priorityClass: string
  language: string
  procedures: readonly string[]
  note: string | null
  at: string
  p10: number | null
  p50: number | null
  p90: number | null
}

/** The last number taken of a group, and how its numbers read: the letter before them and the first of a day. */
export type Taken = { last: number; prefix: string; from: number }

/**
 * The last numbers of the groups after so many more were taken from each, in the transaction that uses them: no gap, no double.
 * Letter and first number are those in force: who changes them holds the group against the key share here, and is waited for
 * with the row as it is afterwards; who comes later waits for these numbers (`lockNumbers`).
 */
export const takeNumbers = async (
  tx: Tx,
  wanted: readonly { group: string; day: string; count: number }[],
): Promise<Map<string, Taken>> => {
  const { rows } = await sql<Taken & { group: string }>`
    with g as materialized (
      select id, prefix, number_from from service_group
      where id = any(${wanted.map(({ group }) => group)}::uuid[]) order by id for key share
    ), taken as (
      insert into ticket_counter as c (group_id, day, given, last)
      select x."group", x.day, x.count, g.number_from - 1 + x.count
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as x("group" uuid, day date, count integer)
      join g on g.id = x."group"
      order by 1, 2
      on conflict (group_id, day) do update set given = c.given + excluded.given, last = c.last + excluded.given
      returning group_id, last
    )
    select g.id as "group", taken.last, g.prefix, g.number_from as "from" from taken join g on g.id = taken.group_id`.execute(
    tx,
  )
  return new Map(rows.map(({ group, ...taken }) => [group, taken]))
}

const insertion = (rows: readonly NewTicket[]): RawBuilder<unknown> =>
  sql`insert into ticket (id, centre_id, group_id, number_group, day, number, code, token, channel, priority_class,
      language, procedures, note, state, queued_at, issued_at, promised_p10, promised_p50, promised_p90)
    select x.id, x.centre, x."group", x."group", x.day, x.number, x.code, x.token, x.channel, x."priorityClass",
      x.language, x.procedures, x.note, 'WAITING', x.at, x.at, x.p10, x.p50, x.p90
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, centre text, "group" uuid, day date,
      number integer, code text, token text, channel text, "priorityClass" text, language text, procedures text[],
      note text, at timestamptz, p10 real, p50 real, p90 real)`

export const insertTickets = async (tx: Tx, rows: readonly NewTicket[]): Promise<void> => {
  await insertion(rows).execute(tx)
}

type Beside = { events: RawBuilder<unknown>; answers: RawBuilder<unknown> }

/** New tickets with their events and the answers to be kept, in one statement: a rush writes thousands a second. */
export const insertIssued = async (
  tx: Tx,
  rows: readonly NewTicket[],
  { events, answers }: Beside,
): Promise<void> => {
  await sql`with events as (${events}), answers as (${answers}) ${insertion(rows)}`.execute(tx)
}

const all = (db: Db) => db.selectFrom('ticket').selectAll().$castTo<TicketRow>()

export const findByToken = (db: Db, token: string): Promise<TicketRow | undefined> =>
  all(db).where('token', '=', token).executeTakeFirst()

export const lockByToken = (tx: Tx, token: string): Promise<TicketRow | undefined> =>
  all(tx).where('token', '=', token).forNoKeyUpdate().executeTakeFirst()

export const findTicket = (db: Db, id: string): Promise<TicketRow | undefined> =>
  all(db).where('id', '=', id).executeTakeFirst()

export const lockTicket = (tx: Tx, id: string): Promise<TicketRow | undefined> =>
  all(tx).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()

/** Waiting ones of these groups today, those whose hold is over among them. */
export const waitingOf = async (
  db: Db,
  { centre, day, groups }: { centre: string; day: string; groups?: readonly string[] },
): Promise<TicketRow[]> => {
  let query = all(db).where('centre_id', '=', centre).where('day', '=', day).where('state', '=', 'WAITING')
  if (groups) query = query.where('group_id', 'in', groups.length > 0 ? [...groups] : [''.padStart(8, '0')])
  return query.orderBy('queued_at').orderBy('id').execute()
}

/** Who waits as the rule of order looks at them: few columns, because every call and every forecast reads them all. */
export type InLine = Waiting & { group: string; code: string }

export const lineOf = async (
  db: Db,
  { centre, day, groups }: { centre: string; day: string; groups?: readonly string[] },
): Promise<InLine[]> => {
  const among = groups ? sql`and group_id = any(${[...groups]}::uuid[])` : sql``
  const { rows } = await sql<InLine>`select id, group_id as "group", code, priority_class as priority,
      (extract(epoch from queued_at) * 1000)::double precision as "queuedAt",
      (extract(epoch from appointment_at) * 1000)::double precision as "appointmentAt"
    from ticket where centre_id = ${centre} and day = ${day}::date and state = 'WAITING' ${among}`.execute(db)
  return rows
}

export const atCounter = (db: Db, counter: string): Promise<TicketRow | undefined> =>
  all(db).where('counter_id', '=', counter).where('state', 'in', ['CALLED', 'SERVING']).executeTakeFirst()

/** Held by this centre or missed at it today, newest first. */
export const asideOf = (
  db: Db,
  centre: string,
  day: string,
  groups: readonly string[],
): Promise<TicketRow[]> =>
  groups.length === 0
    ? Promise.resolve([])
    : all(db)
        .where('centre_id', '=', centre)
        .where('day', '=', day)
        .where('state', 'in', ['HELD', 'NO_SHOW'])
        .where('group_id', 'in', [...groups])
        .orderBy('called_at', 'desc')
        .limit(50)
        .execute()

/** Last called of the day, newest first. */
export const latestCalls = (db: Db, centre: string, day: string, limit: number): Promise<TicketRow[]> =>
  all(db)
    .where('centre_id', '=', centre)
    .where('day', '=', day)
    .where('called_at', 'is not', null)
    .where('counter_id', 'is not', null)
    .orderBy('called_at', 'desc')
    .limit(limit)
    .execute()

/** Called since an instant in a centre, in the order of the calls. */
export const calledSince = (db: Db, centre: string, day: string, since: Date): Promise<TicketRow[]> =>
  all(db)
    .where('centre_id', '=', centre)
    .where('day', '=', day)
    .where('called_at', '>=', since)
    .orderBy('called_at')
    .limit(200)
    .execute()

export type TicketPatch = Partial<
  Pick<
    TicketRow,
    | 'state'
    | 'group_id'
    | 'queued_at'
    | 'called_at'
    | 'started_at'
    | 'ended_at'
    | 'held_until'
    | 'counter_id'
    | 'officer_id'
    | 'officer_name'
    | 'calls'
    | 'requeues'
    | 'note'
    | 'dossiers'
    | 'procedures'
    | 'priority_class'
    | 'priority_confirmed'
  >
>

export const updateTicket = async (tx: Tx, ticket: TicketRow, patch: TicketPatch): Promise<TicketRow> => {
  await tx
    .updateTable('ticket')
    .set({ ...patch, version: ticket.version + 1 })
    .where('id', '=', ticket.id)
    .execute()
  return { ...ticket, ...patch, version: ticket.version + 1 }
}

export type Visit = {
  ticket: TicketRow
  outcome: 'DONE' | 'NO_SHOW' | 'TRANSFERRED' | 'HELD' | 'UNDONE'
  id: string
  at: Date
}

/** What happened at a counter is appended, never overwritten. */
export const insertVisit = async (tx: Tx, { ticket, outcome, id, at }: Visit): Promise<void> => {
  await tx
    .insertInto('ticket_visit')
    .values({
      ...{ id, ticket_id: ticket.id, centre_id: ticket.centre_id, group_id: ticket.group_id, outcome },
      ...{ counter_id: ticket.counter_id ?? '', officer_id: ticket.officer_id ?? '' },
      ...{ called_at: ticket.called_at ?? at, started_at: ticket.started_at, ended_at: at },
    })
    .execute()
}

/** Everybody of the day who is called in the order of the rule passes this row, whichever process calls. */
export const lockHall = async (tx: Tx, centre: string, day: string): Promise<number> => {
  const { rows } = await sql<{ priority_streak: number }>`
    insert into hall_day as h (centre_id, day) values (${centre}, ${day}::date)
    on conflict (centre_id, day) do update set priority_streak = h.priority_streak
    returning priority_streak`.execute(tx)
  return rows[0]?.priority_streak ?? 0
}

export const findStreak = async (db: Db, centre: string, day: string): Promise<number> => {
  const row = await db
    .selectFrom('hall_day')
    .select('priority_streak')
    .where('centre_id', '=', centre)
    .where('day', '=', day)
    .executeTakeFirst()
  return row?.priority_streak ?? 0
}

export const setStreak = (tx: Tx, centre: string, day: string, streak: number) =>
  tx
    .updateTable('hall_day')
    .set({ priority_streak: streak })
    .where('centre_id', '=', centre)
    .where('day', '=', day)
    .execute()

/** Those whose time aside is over are back in line, with their seniority. */
export const releaseHeld = async (tx: Tx, centre: string, day: string, at: Date): Promise<TicketRow[]> => {
  const { rows } =
    await sql<TicketRow>`update ticket set state = 'WAITING', held_until = null, version = version + 1
    where centre_id = ${centre} and day = ${day}::date and state = 'HELD' and held_until <= ${at}
    returning *`.execute(tx)
  return rows
}
