import type { Db, Tx } from '#platform/db/connect.ts'
import { PARAMETER_KEYS } from './rules/parameter-keys.ts'
import type { LocalValue } from './rules/parameters.ts'

/** The province's own values that count, approved by a second person. */
export const readLocalValues = async (db: Db): Promise<LocalValue[]> => {
  const rows = await db
    .selectFrom('parameter_value')
    .select(['key', 'value', 'from_day', 'to_day', 'legal_basis'])
    .where('state', '=', 'APPROVED')
    .execute()
  return rows.flatMap((row) => {
    const key = PARAMETER_KEYS.find((one) => one === row.key)
    if (!key) return []
    return [{ key, value: row.value, from: row.from_day, to: row.to_day, legalBasis: row.legal_basis }]
  })
}

export const allValues = (db: Db) =>
  db.selectFrom('parameter_value').selectAll().orderBy('from_day', 'desc').orderBy('id').execute()

export type ValueRow = Awaited<ReturnType<typeof allValues>>[number]

export const insertValue = (tx: Tx, row: Omit<ValueRow, 'decided_at' | 'decided_by' | 'decided_by_name'>) =>
  tx.insertInto('parameter_value').values(row).returningAll().executeTakeFirstOrThrow()

export const lockValue = (tx: Tx, id: string) =>
  tx.selectFrom('parameter_value').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const decideValue = (
  tx: Tx,
  id: string,
  decision: {
    state: 'APPROVED' | 'WITHDRAWN'
    decided_at: Date
    decided_by: string
    decided_by_name: string
  },
) =>
  tx
    .updateTable('parameter_value')
    .set(decision)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
