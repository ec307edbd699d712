import type { Db } from '#platform/db/connect.ts'

export const listMarkRows = (db: Db, code: string) =>
  db
    .selectFrom('procedure_component_mark')
    .select(['component_id as component', 'mandatory', 'reason', 'decided_at as decidedAt'])
    .where('code', '=', code)
    .execute()

export const listMarks = (db: Db): Promise<{ code: string; component: string; mandatory: boolean }[]> =>
  db
    .selectFrom('procedure_component_mark')
    .select(['code', 'component_id as component', 'mandatory'])
    .execute()

export const saveMark = async (
  tx: Db,
  mark: { code: string; component: string; mandatory: boolean; reason: string; author: string; at: Date },
): Promise<void> => {
  const { mandatory, reason, author } = mark
  await tx
    .insertInto('procedure_component_mark')
    .values({ code: mark.code, component_id: mark.component, mandatory, reason, author, decided_at: mark.at })
    .onConflict((conflict) =>
      conflict
        .columns(['code', 'component_id'])
        .doUpdateSet({ mandatory, reason, author, decided_at: mark.at }),
    )
    .execute()
}
