import type { Db } from '#platform/db/connect.ts'
import { type LocalValue, PARAMETER_KEYS } from './rules/parameters.ts'

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
