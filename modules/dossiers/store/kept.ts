import type { Db, Tx } from '#platform/db/connect.ts'

export const filtersOf = (db: Db, account: string) =>
  db
    .selectFrom('saved_filter')
    .selectAll()
    .where('account', '=', account)
    .orderBy('name')
    .limit(200)
    .execute()

export type FilterRecord = {
  id: string
  account: string
  list: string
  name: string
  content: unknown
  is_default: boolean
  saved_at: Date
}

/** The other default of the list steps back first: one list opens with one filter. */
export const saveFilterRow = async (tx: Tx, row: FilterRecord): Promise<void> => {
  if (row.is_default)
    await tx
      .updateTable('saved_filter')
      .set({ is_default: false })
      .where('account', '=', row.account)
      .where('list', '=', row.list)
      .where('id', '<>', row.id)
      .execute()
  const { id: _id, account: _account, ...changes } = { ...row, content: JSON.stringify(row.content) }
  await tx
    .insertInto('saved_filter')
    .values({ ...row, content: JSON.stringify(row.content) })
    .onConflict((conflict) =>
      // Somebody else's filter under the same id stays theirs.
      conflict.column('id').doUpdateSet(changes).where('saved_filter.account', '=', row.account),
    )
    .execute()
}

export const deleteFilter = (db: Db, account: string, id: string) =>
  db.deleteFrom('saved_filter').where('account', '=', account).where('id', '=', id).execute()

/** One officer's own and those shared by these units, by key. */
export const templatesFor = (db: Db, account: string, units: readonly string[]) =>
  db
    .selectFrom('opinion_template')
    .selectAll()
    .where((where) =>
      where.or([
        where('account', '=', account),
        ...(units.length > 0 ? [where('unit', 'in', [...units])] : []),
      ]),
    )
    .orderBy('key')
    .orderBy('id')
    .limit(500)
    .execute()

export const lockTemplate = (tx: Tx, id: string) =>
  tx.selectFrom('opinion_template').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export type TemplateRecord = {
  id: string
  account: string | null
  unit: string | null
  key: string
  title: string
  body: string
  saved_at: Date
  saved_by: string
  saved_by_name: string
}

export const saveTemplateRow = async (tx: Tx, row: TemplateRecord): Promise<void> => {
  const { id: _id, ...changes } = row
  await tx
    .insertInto('opinion_template')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
    .execute()
}

export const deleteTemplate = (tx: Tx, id: string) =>
  tx.deleteFrom('opinion_template').where('id', '=', id).execute()
