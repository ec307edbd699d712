import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import type { Content } from '../rules/content.ts'

export type VersionState = 'DRAFT' | 'CHECKED' | 'PUBLISHED' | 'AMENDED' | 'REPEALED'

/** A version without its content: what decides whether it is in force. */
export type VersionHead = {
  id: string
  code: string
  state: VersionState
  from: string | null
  to: string | null
  decisionNo: string | null
  decisionDate: string | null
  author: string
}

export type NewVersion = VersionHead & { content: Content; fieldId: string; publishedAt: Date | null }

const IN_FORCE_STATES = ['PUBLISHED', 'AMENDED', 'REPEALED'] as const

const headColumns = [
  'id',
  'code',
  'state',
  'effective_from as from',
  'effective_to as to',
  'decision_no as decisionNo',
  'decision_date as decisionDate',
  'author',
] as const

// The check constraint on `state` holds exactly the members of the type.
const headOf = (row: Omit<VersionHead, 'state'> & { state: string }): VersionHead => ({
  ...row,
  state: row.state as VersionState,
})

export const listHeads = async (db: Db): Promise<VersionHead[]> => {
  const rows = await db
    .selectFrom('procedure_version')
    .select(headColumns)
    .where('state', 'in', IN_FORCE_STATES)
    .execute()
  return rows.map(headOf)
}

/** Locks one version for a change of state. */
export const lockVersion = async (tx: Db, id: string): Promise<VersionHead | undefined> => {
  const row = await tx
    .selectFrom('procedure_version')
    .select(headColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ? headOf(row) : undefined
}

/** The version whose period is open at its end; the next one begins where it stops. */
export const lockOpenVersion = async (tx: Db, code: string): Promise<VersionHead | undefined> => {
  const row = await tx
    .selectFrom('procedure_version')
    .select(headColumns)
    .where('code', '=', code)
    .where('state', '=', 'PUBLISHED')
    .where('effective_to', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row ? headOf(row) : undefined
}

/** The content of one version; `content_schema` is 1 everywhere, so the stored JSON is what the code wrote. */
export const findContent = async (
  db: Db,
  id: string,
): Promise<{ head: VersionHead; content: Content } | undefined> => {
  const row = await db
    .selectFrom('procedure_version')
    .select([...headColumns, 'content'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { content, ...head } = row
  return { head: headOf(head), content: content as unknown as Content }
}

/** The newest version of each code, published or not: its ids go on in the next version. */
export const findNewest = async (
  db: Db,
  codes: readonly string[],
): Promise<Map<string, { head: VersionHead; content: Content }>> => {
  const rows = await db
    .selectFrom('procedure_version')
    .distinctOn('code')
    .select([...headColumns, 'content'])
    .where('code', '=', sql<string>`any(${codes}::text[])`)
    .orderBy('code')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return new Map(
    rows.map(({ content, ...head }) => [
      head.code,
      { head: headOf(head), content: content as unknown as Content },
    ]),
  )
}

export type VersionListing = VersionHead & { name: string; createdAt: Date }

/** Versions of one procedure, or those that wait for a check or for publication; newest first. */
export const listVersions = async (
  db: Db,
  filter: { code: string } | { states: readonly VersionState[]; limit: number },
): Promise<VersionListing[]> => {
  const query = db
    .selectFrom('procedure_version')
    .select([...headColumns, 'name', 'created_at as createdAt'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
  const rows = await ('code' in filter
    ? query.where('code', '=', filter.code)
    : query.where('state', 'in', filter.states).limit(filter.limit)
  ).execute()
  return rows.map(({ name, createdAt, ...head }) => ({ ...headOf(head), name, createdAt }))
}

export const updateState = async (
  tx: Db,
  id: string,
  change: {
    state: VersionState
    from?: string
    to?: string
    checker?: string
    publisher?: string
    publishedAt?: Date
    repealDecision?: string
  },
): Promise<void> => {
  await tx
    .updateTable('procedure_version')
    .set({
      state: change.state,
      ...(change.from === undefined ? {} : { effective_from: change.from }),
      ...(change.to === undefined ? {} : { effective_to: change.to }),
      ...(change.checker === undefined ? {} : { checker: change.checker }),
      ...(change.publisher === undefined ? {} : { publisher: change.publisher }),
      ...(change.publishedAt === undefined ? {} : { published_at: change.publishedAt }),
      ...(change.repealDecision === undefined ? {} : { repeal_decision: change.repealDecision }),
    })
    .where('id', '=', id)
    .execute()
}
