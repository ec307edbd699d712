import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { Limit } from '../rules/durations.ts'

export type NewLimit = Limit & { id: string; code: string; author: string; createdAt: Date }

export const listLimits = async (db: Db): Promise<(Limit & { code: string })[]> => {
  const rows = await db
    .selectFrom('procedure_limit')
    .select([
      'code',
      'kind',
      'case_id as caseId',
      'channel',
      'amount',
      'unit',
      'decision_no as decisionNo',
      'decision_date as decisionDate',
      'effective_from as from',
      'effective_to as to',
    ])
    .execute()
  // Check constraints hold exactly the members of these types.
  return rows.map((row) => ({
    ...row,
    kind: row.kind as Limit['kind'],
    channel: row.channel as Limit['channel'],
    unit: row.unit as Limit['unit'],
  }))
}

/** Every limit a procedure ever had, the newest first within its kind. */
export const listLimitRows = (db: Db, code: string) =>
  db
    .selectFrom('procedure_limit')
    .select([
      'id',
      'kind',
      'case_id as case',
      'channel',
      'amount',
      'unit',
      'decision_no as decisionNo',
      'decision_date as decisionDate',
      'effective_from as effectiveFrom',
      'effective_to as effectiveTo',
    ])
    .where('code', '=', code)
    .orderBy('kind')
    .orderBy(sql`effective_from desc nulls last`)
    .orderBy('id')
    .execute()

/** Ends the running limit of the same kind, case and channel the day the new one begins; history stays. */
export const closeLimit = async (
  tx: Db,
  limit: { code: string; kind: string; caseId: string | null; channel: string | null; from: string },
): Promise<void> => {
  await sql`
    update procedure_limit set effective_to = ${limit.from}
    where code = ${limit.code} and kind = ${limit.kind} and case_id is not distinct from ${limit.caseId}
      and channel is not distinct from ${limit.channel} and effective_to is null
      and (effective_from is null or effective_from < ${limit.from})`.execute(tx)
}

export const insertLimits = async (tx: Db, limits: readonly NewLimit[]): Promise<void> => {
  if (limits.length === 0) return
  await tx
    .insertInto('procedure_limit')
    .values(
      limits.map((limit) => ({
        id: limit.id,
        code: limit.code,
        kind: limit.kind,
        case_id: limit.caseId,
        channel: limit.channel,
        amount: limit.amount,
        unit: limit.unit,
        decision_no: limit.decisionNo,
        decision_date: limit.decisionDate,
        effective_from: limit.from,
        effective_to: limit.to,
        author: limit.author,
        created_at: limit.createdAt,
      })),
    )
    .execute()
}
