import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'

export type ConsultationPosition = { at: Date; id: string }
export type Reaching = 'all' | readonly string[]

const COUNT_CAP = 1_000
const welcome = sql`(a.state = 'asked' or (a.state = 'silent' and a.silence = 'ESCALATION'))`

const within = (column: RawBuilder<unknown>, units: Reaching) =>
  units === 'all' ? sql`true` : sql`${column} = any(${[...units]}::text[])`

const sideOf = (side: 'answer' | 'ask', units: Reaching) =>
  side === 'answer'
    ? sql`from consultation_agency a where ${welcome} and ${within(sql.ref('a.unit'), units)}`
    : sql`from consultation_agency a join consultation c on c.id = a.consultation_id
        where ${welcome} and ${within(sql.ref('c.from_unit'), units)}`

/** What is owed or waited for, the end of its time first: one row per agency that was asked. */
export const waitingConsultations = async (
  db: Db,
  side: 'answer' | 'ask',
  units: Reaching,
  { after, limit }: { after: ConsultationPosition | undefined; limit: number },
): Promise<{ rows: { id: string; unit: string }[]; next: ConsultationPosition | null }> => {
  const past = after ? sql`and (a.due_at, a.consultation_id) > (${after.at}, ${after.id}::uuid)` : sql``
  const { rows } = await sql<{ id: string; unit: string; due_at: Date }>`
    select a.consultation_id as id, min(a.unit) as unit, a.due_at ${sideOf(side, units)} ${past}
    group by a.due_at, a.consultation_id order by a.due_at, a.consultation_id limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last ? { at: last.due_at, id: last.id } : null }
}

export const countConsultations = async (
  db: Db,
  side: 'answer' | 'ask',
  units: Reaching,
): Promise<{ value: number; capped: boolean }> => {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from
    (select distinct a.consultation_id ${sideOf(side, units)} limit ${COUNT_CAP + 1}) as counted`.execute(db)
  const count = rows[0]?.count ?? 0
  return { value: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP }
}
