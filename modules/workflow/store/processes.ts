import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'
import { fold } from '#platform/text/fold.ts'

export type NewVersion = {
  id: string
  key: string
  title: string
  xml: string
  contentHash: Buffer
  stepCount: number
  totalHours: number
  limitHours: number | null
  createdAt: Date
  createdBy: { id: string; name: string }
}

const COLUMNS = [
  'id',
  'process_key',
  'version',
  'title',
  'state',
  'step_count',
  'total_hours',
  'limit_hours',
  'decision_number',
  'created_at',
  'created_by',
  'created_by_name',
  'approved_by_name',
  'published_at',
  'effective_from',
  'effective_to',
] as const

const versions = (db: Db) => db.selectFrom('process_version').select(COLUMNS)
export type VersionRow = NonNullable<Awaited<ReturnType<typeof findVersion>>>
export type VersionWithXml = VersionRow & { xml: string }

export const findVersion = (db: Db, id: string) => versions(db).where('id', '=', id).executeTakeFirst()

export const findVersionWithXml = (db: Db, id: string): Promise<VersionWithXml | undefined> =>
  versions(db).select('xml').where('id', '=', id).executeTakeFirst()

export const lockVersion = (tx: Tx, id: string): Promise<VersionRow | undefined> =>
  versions(tx).where('id', '=', id).forUpdate().executeTakeFirst()

export const findVersionByContent = (db: Db, key: string, contentHash: Buffer) =>
  versions(db).where('process_key', '=', key).where('content_hash', '=', contentHash).executeTakeFirst()

export const versionsOf = (db: Db, key: string): Promise<VersionRow[]> =>
  versions(db).where('process_key', '=', key).orderBy('version', 'desc').execute()

/** A later version replaces an earlier one from its own day on. */
export async function versionsInForce(
  db: Db,
  keys: readonly string[],
  day: string,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ process_key: string; id: string }>`
    select distinct on (process_key) process_key, id from process_version
    where process_key = any(${keys}::text[]) and state = 'published' and effective_from <= ${day}::date
      and (effective_to is null or effective_to >= ${day}::date)
    order by process_key, effective_from desc, version desc`.execute(db)
  return new Map(rows.map((row) => [row.process_key, row.id]))
}

/** Newest version of each process, in the order of keys. */
export async function listNewestVersions(
  db: Db,
  { q, after, limit }: { q: string | undefined; after: string | undefined; limit: number },
): Promise<VersionRow[]> {
  let query = db
    .selectFrom('process')
    .innerJoinLateral(
      (from) =>
        from
          .selectFrom('process_version')
          .select(COLUMNS)
          .whereRef('process_key', '=', 'process.key')
          .orderBy('version', 'desc')
          .limit(1)
          .as('newest'),
      (join) => join.onTrue(),
    )
    .selectAll('newest')
    .orderBy('process.key')
    .limit(limit)
  if (after !== undefined) query = query.where('process.key', '>', after)
  // Folded text holds letters, digits and spaces only, so nothing in it is a pattern.
  if (q !== undefined && fold(q) !== '') query = query.where('process.folded', 'like', `%${fold(q)}%`)
  return await query.execute()
}

/** The process' row is the lock under which its versions are numbered. */
export async function lockProcess(
  tx: Tx,
  { key, title, createdAt }: { key: string; title: string; createdAt: Date },
): Promise<void> {
  const folded = fold(`${key} ${title}`)
  await tx
    .insertInto('process')
    .values({ key, title, folded, created_at: createdAt })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ title, folded }))
    .execute()
}

export async function insertDraft(tx: Tx, draft: NewVersion): Promise<void> {
  await tx
    .insertInto('process_version')
    .values({
      id: draft.id,
      process_key: draft.key,
      version: sql`(select coalesce(max(version), 0) + 1 from process_version where process_key = ${draft.key})`,
      title: draft.title,
      xml: draft.xml,
      content_hash: draft.contentHash,
      state: 'draft',
      step_count: draft.stepCount,
      total_hours: draft.totalHours,
      limit_hours: draft.limitHours,
      created_at: draft.createdAt,
      created_by: draft.createdBy.id,
      created_by_name: draft.createdBy.name,
    })
    .execute()
}

export type Publication = {
  decisionNumber: string
  approvedBy: { id: string; name: string }
  at: Date
  effectiveFrom: string
}

export async function markPublished(tx: Tx, id: string, publication: Publication): Promise<void> {
  await tx
    .updateTable('process_version')
    .set({
      state: 'published',
      decision_number: publication.decisionNumber,
      approved_by: publication.approvedBy.id,
      approved_by_name: publication.approvedBy.name,
      published_at: publication.at,
      effective_from: publication.effectiveFrom,
    })
    .where('id', '=', id)
    .execute()
}

export async function markWithdrawn(tx: Tx, id: string, at: Date, lastDay: string): Promise<void> {
  await tx
    .updateTable('process_version')
    .set({
      state: 'withdrawn',
      withdrawn_at: at,
      // One withdrawn before it took effect was in force on no day but keeps its first as its last.
      effective_to: sql`greatest(effective_from, ${lastDay}::date)`,
    })
    .where('id', '=', id)
    .execute()
}

export const findVersionSources = (db: Db, ids: readonly string[]): Promise<{ id: string; xml: string }[]> =>
  db
    .selectFrom('process_version')
    .select(['id', 'xml'])
    .where('id', 'in', [...ids])
    .execute()

export async function findPublishedKeys(db: Db, keys: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('process_version')
    .select('process_key')
    .distinct()
    .where('process_key', 'in', [...keys])
    .where('state', '=', 'published')
    .execute()
  return new Set(rows.map((row) => row.process_key))
}

/** Active tokens by node: of instances on this version, and of those that called it. */
export async function positionsIn(db: Db, version: string): Promise<{ node: string; count: number }[]> {
  const { rows } = await sql<{ node: string; count: number }>`
    select node, count(*) as count from (
      select k.node_id as node from process_instance i join process_token k on k.instance_id = i.id
      where i.version_id = ${version}::uuid and i.ended_at is null and k.state = 'active' and k.version_id is null
      union all
      select node_id from process_token where version_id = ${version}::uuid and state = 'active'
    ) places group by node order by node`.execute(db)
  return rows
}

/** The newest version of each process that ever was in force. */
export async function lastVersions(db: Db, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ process_key: string; id: string }>`
    select distinct on (process_key) process_key, id from process_version
    where process_key = any(${keys}::text[]) and state <> 'draft'
    order by process_key, effective_from desc, version desc`.execute(db)
  return new Map(rows.map((row) => [row.process_key, row.id]))
}
