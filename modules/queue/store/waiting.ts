import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'

export type HallCount = { centre: string; waiting: number; open: number }

/** Every hall in one statement: who waits today, how many counters are open. */
export const hallCounts = async (db: Db, day: string): Promise<HallCount[]> => {
  const { rows } = await sql<HallCount>`
    select centre, sum(waiting)::integer as waiting, sum(open)::integer as open from (
      select centre_id as centre, count(*) as waiting, 0 as open from ticket
        where state = 'WAITING' and day = ${day}::date group by 1
      union all
      select centre_id, 0, count(*) from counter_state where state = 'OPEN' group by 1
    ) x group by 1`.execute(db)
  return rows
}

export type KeptRow = {
  group: string
  hour: number
  issued: Date
  p10: number
  p50: number
  p90: number
  waited: number
}

/** Called visitors of a centre whose wait had been promised, newest first; those who moved to another service are left out. */
export const keptPromises = async (
  db: Db,
  { centre, from, to, limit }: { centre: string; from: string; to: string; limit: number },
): Promise<KeptRow[]> => {
  const { rows } = await sql<KeptRow>`select group_id as "group",
      extract(hour from issued_at at time zone 'Asia/Ho_Chi_Minh')::integer as hour, issued_at as issued,
      promised_p10::double precision as p10, promised_p50::double precision as p50,
      promised_p90::double precision as p90,
      (extract(epoch from called_at - issued_at) / 60)::double precision as waited
    from ticket where centre_id = ${centre} and day between ${from}::date and ${to}::date
      and promised_p50 is not null and called_at is not null and requeues = 0 and group_id = number_group
    order by day desc, issued_at desc limit ${limit}`.execute(db)
  return rows
}
