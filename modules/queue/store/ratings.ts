import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'

/** A finished visit, with what its rating page shows and keeps. */
export type RatableVisit = {
  id: string
  ticket_id: string
  centre_id: string
  group_id: string
  counter_id: string
  officer_id: string
  ended_at: Date
  code: string
  procedures: string[]
  group_name: string
  group_name_en: string
  rated: boolean
}

const visits = sql`select v.id, v.ticket_id, v.centre_id, v.group_id, v.counter_id, v.officer_id, v.ended_at, t.code,
    t.procedures, g.name as group_name, g.name_en as group_name_en,
    exists (select 1 from visit_rating r where r.visit_id = v.id) as rated
  from ticket_visit v join ticket t on t.id = v.ticket_id join service_group g on g.id = v.group_id`

/** The last finished visit of a ticket. */
export const lastVisitOf = async (db: Db, ticket: string): Promise<RatableVisit | undefined> => {
  const { rows } =
    await sql<RatableVisit>`${visits} where v.ticket_id = ${ticket}::uuid and v.outcome = 'DONE'
    order by v.ended_at desc limit 1`.execute(db)
  return rows[0]
}

/** Who was served last at a counter. */
export const lastVisitAt = async (db: Db, counter: string): Promise<RatableVisit | undefined> => {
  const { rows } = await sql<RatableVisit>`${visits} where v.counter_id = ${counter} and v.outcome = 'DONE'
    order by v.ended_at desc limit 1`.execute(db)
  return rows[0]
}

export const findTablet = (db: Db, token: string) =>
  db
    .selectFrom('rating_tablet')
    .select(['counter_id', 'centre_id'])
    .where('token', '=', token)
    .executeTakeFirst()

export const tabletsOf = (db: Db, centre: string) =>
  db
    .selectFrom('rating_tablet')
    .select(['counter_id', 'made_at'])
    .where('centre_id', '=', centre)
    .limit(500)
    .execute()

/** True where there was one. */
export const removeTablet = async (tx: Tx, counter: string): Promise<boolean> =>
  (await tx.deleteFrom('rating_tablet').where('counter_id', '=', counter).returning('counter_id').execute())
    .length > 0

export const putTablet = (
  tx: Tx,
  row: { counter_id: string; centre_id: string; token: string; made_by: string; made_at: Date },
) =>
  tx
    .insertInto('rating_tablet')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('counter_id')
        .doUpdateSet({ token: row.token, made_by: row.made_by, made_at: row.made_at }),
    )
    .execute()

export type NewRating = {
  id: string
  visit: RatableVisit
  score: number
  reasons: readonly string[]
  comment: string | null
  place: 'PHONE' | 'KIOSK' | 'TABLET'
  at: Date
}

export const insertRating = ({ id, visit, score, reasons, comment, place, at }: NewRating, tx: Tx) =>
  tx
    .insertInto('visit_rating')
    .values({
      ...{ id, visit_id: visit.id, ticket_id: visit.ticket_id, centre_id: visit.centre_id },
      ...{ group_id: visit.group_id, counter_id: visit.counter_id, officer_id: visit.officer_id },
      ...{ procedures: visit.procedures, score, reasons: [...reasons], comment, place, rated_at: at },
    })
    .execute()
