import type { Db, Tx } from '#platform/db/connect.ts'

/** Of a province that set none: reminded after ten days, back at the agency after ninety. */
const BY_DEFAULT = { remind_after_days: 10, back_after_days: 90 }

export type ReturnRuleRecord = { centre: string; remind_after_days: number; back_after_days: number }

/** Rules by centre, the province's under the empty name. */
export const returnRules = async (db: Db): Promise<Map<string, ReturnRuleRecord>> => {
  const rows = await db
    .selectFrom('return_rule')
    .select(['centre', 'remind_after_days', 'back_after_days'])
    .execute()
  return new Map(rows.map((row) => [row.centre, row]))
}

export const ruleFor = (rules: ReadonlyMap<string, ReturnRuleRecord>, centre: string) =>
  rules.get(centre) ?? rules.get('') ?? { centre: '', ...BY_DEFAULT }

export const saveReturnRule = async (
  tx: Tx,
  rule: ReturnRuleRecord,
  by: { id: string; name: string; at: Date },
): Promise<void> => {
  const changes = {
    remind_after_days: rule.remind_after_days,
    back_after_days: rule.back_after_days,
    ...{ changed_at: by.at, changed_by: by.id, changed_by_name: by.name },
  }
  await tx
    .insertInto('return_rule')
    .values({ centre: rule.centre, ...changes })
    .onConflict((conflict) => conflict.column('centre').doUpdateSet(changes))
    .execute()
}

export type NewReminder = {
  id: string
  dossier_id: string
  at: Date
  by_account: string
  by_name: string
  way: string
  note: string | null
}

export const insertReminders = async (tx: Tx, rows: readonly NewReminder[]): Promise<void> => {
  if (rows.length > 0)
    await tx
      .insertInto('result_reminder')
      .values([...rows])
      .execute()
}
