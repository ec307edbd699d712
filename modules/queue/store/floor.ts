import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'
import type { GroupRow } from './counters.ts'
import type { TicketRow } from './tickets.ts'

export type LineCount = {
  group_id: string
  waiting: number
  priority: number
  served: number
  oldest: Date | null
}

/** What stands in each line of a centre on one day, in one pass over the day's tickets. */
export const countLines = async (db: Db, centre: string, day: string): Promise<Map<string, LineCount>> => {
  const { rows } = await sql<LineCount>`select group_id,
      (count(*) filter (where state = 'WAITING'))::int as waiting,
      (count(*) filter (where state = 'WAITING' and priority_class <> 'NONE'))::int as priority,
      (count(*) filter (where state = 'DONE'))::int as served,
      min(issued_at) filter (where state = 'WAITING') as oldest
    from ticket where centre_id = ${centre} and day = ${day}::date group by group_id`.execute(db)
  return new Map(rows.map((row) => [row.group_id, row]))
}

/** Who stands at the counters of a centre now. */
export const atCounters = async (db: Db, counters: readonly string[]): Promise<Map<string, TicketRow>> => {
  const { rows } = await sql<TicketRow>`select * from ticket
    where counter_id = any(${[...counters]}::text[]) and state in ('CALLED', 'SERVING')`.execute(db)
  return new Map(rows.flatMap((row) => (row.counter_id ? [[row.counter_id, row] as const] : [])))
}

const STATES = { ASIDE: ['HELD', 'NO_SHOW'], ENDED: ['DONE', 'CANCELLED'] } as const

/** Tickets of the day that do not wait, newest first, with how many there are. */
export const endedOrAside = async (
  db: Db,
  which: keyof typeof STATES,
  { centre, day, group, limit }: { centre: string; day: string; group: string | null; limit: number },
): Promise<{ rows: TicketRow[]; total: number }> => {
  const found = sql`from ticket where centre_id = ${centre} and day = ${day}::date
    and state = any(${[...STATES[which]]}::text[]) and (${group}::uuid is null or group_id = ${group}::uuid)`
  const [{ rows }, count] = await Promise.all([
    sql<TicketRow>`select * ${found} order by coalesce(ended_at, called_at, issued_at) desc, id desc
      limit ${limit}`.execute(db),
    sql<{ total: number }>`select count(*)::int as total ${found}`.execute(db),
  ])
  return { rows, total: count.rows[0]?.total ?? 0 }
}

/** The numbers of a day that read like this; two groups never share one. */
export const findByNumber = async (
  db: Db,
  centre: string,
  day: string,
  number: string,
): Promise<TicketRow[]> => {
  const { rows } = await sql<TicketRow>`select * from ticket
    where centre_id = ${centre} and day = ${day}::date and code = ${number.toUpperCase()} limit 10`.execute(
    db,
  )
  return rows
}

/** Every group of a centre, those out of use too. */
export const allGroupsOf = (db: Db, centre: string): Promise<GroupRow[]> =>
  db
    .selectFrom('service_group')
    .selectAll()
    .where('centre_id', '=', centre)
    .orderBy('ordinal')
    .orderBy('id')
    .$castTo<GroupRow>()
    .execute()

/** Against others who change it; numbers are given meanwhile. */
export const lockGroup = (tx: Tx, id: string): Promise<GroupRow | undefined> =>
  tx
    .selectFrom('service_group')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .$castTo<GroupRow>()
    .executeTakeFirst()

/** Waits for the numbers being given of a group; nobody is given one until this transaction ends. */
export const lockNumbers = (tx: Tx, group: string): Promise<unknown> =>
  tx.selectFrom('service_group').select('id').where('id', '=', group).forUpdate().execute()

/** Numbers of a day that are out, those in the hands of kiosks among them. */
export const numbersGiven = async (
  db: Db,
  groups: readonly string[],
  day: string,
): Promise<Map<string, number>> => {
  const { rows } = await sql<{ group_id: string; given: number }>`select group_id, given from ticket_counter
    where group_id = any(${[...groups]}::uuid[]) and day = ${day}::date`.execute(db)
  return new Map(rows.map(({ group_id, given }) => [group_id, given]))
}

export const insertGroup = (tx: Tx, row: Omit<GroupRow, 'version'>) =>
  tx.insertInto('service_group').values(row).execute()

export const updateGroup = (tx: Tx, { id, ...row }: Omit<GroupRow, 'centre_id' | 'ordinal'>) =>
  tx.updateTable('service_group').set(row).where('id', '=', id).execute()

export const nextOrdinal = async (tx: Tx, centre: string): Promise<number> => {
  const { rows } = await sql<{
    next: number
  }>`select coalesce(max(ordinal), -1) + 1 as next from service_group
    where centre_id = ${centre}`.execute(tx)
  return rows[0]?.next ?? 0
}

/** The counters of a group are these and no others. */
export const replaceCounters = async (
  tx: Tx,
  group: string,
  counters: readonly { counter: string; weight: number }[],
): Promise<void> => {
  await tx.deleteFrom('service_group_counter').where('group_id', '=', group).execute()
  if (counters.length === 0) return
  await tx
    .insertInto('service_group_counter')
    .values(counters.map(({ counter, weight }) => ({ group_id: group, counter_id: counter, weight })))
    .execute()
}
