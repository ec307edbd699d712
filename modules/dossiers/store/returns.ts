import type { Tx } from '#platform/db/connect.ts'

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
