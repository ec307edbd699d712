import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Schema, Tx } from '#platform/db/connect.ts'
import type { MemberState } from '../rules/group.ts'
import type { DossierRow } from './dossiers.ts'

/** The table's check holds exactly these words. */
export type MemberRow = Omit<Selectable<Schema['dossier_group_member']>, 'state'> & { state: MemberState }

export const membersOf = (db: Db, parent: string): Promise<MemberRow[]> =>
  db
    .selectFrom('dossier_group_member')
    .selectAll()
    .where('parent_id', '=', parent)
    .orderBy('ordinal')
    .$castTo<MemberRow>()
    .execute()

export const insertMembers = async (
  tx: Tx,
  rows: readonly Insertable<Schema['dossier_group_member']>[],
): Promise<void> => {
  await tx
    .insertInto('dossier_group_member')
    .values([...rows])
    .execute()
}

export const updateMember = async (
  tx: Tx,
  { parent_id, key }: Pick<MemberRow, 'parent_id' | 'key'>,
  patch: Partial<Insertable<Schema['dossier_group_member']>>,
): Promise<void> => {
  await tx
    .updateTable('dossier_group_member')
    .set(patch)
    .where('parent_id', '=', parent_id)
    .where('key', '=', key)
    .execute()
}

/** Every dossier of a group's procedures, those that failed before too, in the order of their ids. */
export const childrenOf = async (db: Db, parent: string): Promise<DossierRow[]> => {
  const { rows } =
    await sql<DossierRow>`select d.* from dossier d where d.parent_id = ${parent} order by d.id`.execute(db)
  return rows
}

/** The dossier with whoever approved one of its procedures under way: the group cannot be taken back without that one. */
export const withApproval = async (db: Db, group: DossierRow): Promise<DossierRow> => {
  if (!group.is_group) return group
  const approved = await db
    .selectFrom('dossier')
    .select('approved_by')
    .where('parent_id', '=', group.id)
    .where('state', 'in', ['ACCEPTED', 'PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT'])
    .where('approved_by', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return approved ? { ...group, approved_by: approved.approved_by } : group
}

/** Handed over, or the group is no more: from now on each result is handed over by itself. */
export const releaseResults = async (tx: Tx, parent: string): Promise<void> => {
  await sql`update dossier set result_with_parent = false where parent_id = ${parent}`.execute(tx)
}

export const findById = (db: Db, id: string): Promise<DossierRow | undefined> =>
  db.selectFrom('dossier').selectAll().where('id', '=', id).$castTo<DossierRow>().executeTakeFirst()

export const lockById = (tx: Tx, id: string): Promise<DossierRow | undefined> =>
  tx
    .selectFrom('dossier')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .$castTo<DossierRow>()
    .executeTakeFirst()

/**
 * Groups whose rows say something else than their members' dossiers do: begun by nobody yet, or left behind by a process that
 * was killed between a step and what follows from it.
 */
export const unsettledGroups = async (db: Db, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select d.id from dossier d
    where d.is_group and d.state in ('ACCEPTED', 'PROCESSING') and (
      not exists (select from dossier_group_member m where m.parent_id = d.id)
      or not exists (select from dossier_group_member m where m.parent_id = d.id
        and m.state not in ('done', 'dropped'))
      or exists (select from dossier_group_member m join dossier c on c.id = m.dossier_id
        where m.parent_id = d.id and m.state = 'running' and c.state in
          ('COMPLETED', 'RETURNED', 'NOT_ACCEPTED', 'WITHDRAWN', 'CLOSED_NO_SUPPLEMENT', 'STOPPED'))
      or exists (select from dossier_group_member m where m.parent_id = d.id and m.state = 'waiting'
        and not exists (select from unnest(m.after) as needed(key) join dossier_group_member n
          on n.parent_id = d.id and n.key = needed.key where n.state <> 'done'))
    ) order by d.id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}
