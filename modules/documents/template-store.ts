import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db/connect.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import { LegalBasis, PaperKind, type PaperTemplateVersion, TemplateState } from './contract.ts'

export type TemplateRow = {
  kind: PaperKind
  version: number
  shipped: number | null
  title: string
  page: string
  legalBasis: LegalBasis
  sha256: string
  state: PaperTemplateVersion['state']
  effectiveFrom: LocalDate | null
  effectiveTo: LocalDate | null
  decisionNumber: string | null
  author: string
  authorName: string
  createdAt: Date
  publisherName: string | null
  publishedAt: Date | null
  withdrawnReason: string | null
}

const columns = [
  'kind',
  'version',
  'shipped',
  'title',
  'page',
  'legal_basis as legalBasis',
  'sha256',
  'state',
  'effective_from as effectiveFrom',
  'effective_to as effectiveTo',
  'decision_number as decisionNumber',
  'author',
  'author_name as authorName',
  'created_at as createdAt',
  'publisher_name as publisherName',
  'published_at as publishedAt',
  'withdrawn_reason as withdrawnReason',
] as const

const parsed = <R extends { kind: string; state: string; legalBasis: unknown }>(row: R) => ({
  ...row,
  kind: PaperKind.parse(row.kind),
  state: TemplateState.parse(row.state),
  legalBasis: LegalBasis.parse(row.legalBasis),
})

/** Newest first within a form. */
export const listTemplates = async (db: Db, kind?: PaperKind): Promise<TemplateRow[]> => {
  const query = db.selectFrom('paper_template').select(columns).orderBy('kind').orderBy('version', 'desc')
  return (await (kind ? query.where('kind', '=', kind) : query).execute()).map(parsed)
}

export const findTemplate = async (
  db: Db,
  { kind, version }: { kind: PaperKind; version: number },
): Promise<TemplateRow | undefined> => {
  const row = await db
    .selectFrom('paper_template')
    .select(columns)
    .where('kind', '=', kind)
    .where('version', '=', version)
    .executeTakeFirst()
  return row && parsed(row)
}

export const findInForce = (
  db: Db,
  kind: PaperKind,
  day: LocalDate,
): Promise<{ version: number; sha256: string } | undefined> =>
  db
    .selectFrom('paper_template')
    .select(['version', 'sha256'])
    .where('kind', '=', kind)
    .where('state', '=', 'published')
    .where('effective_from', '<=', day)
    .where((where) => where.or([where('effective_to', 'is', null), where('effective_to', '>', day)]))
    .executeTakeFirst()

export const getSource = (
  db: Db,
  sha256: string,
): Promise<{ sha256: string; body: string; shared: string }> =>
  db
    .selectFrom('paper_template_source')
    .select(['sha256', 'body', 'shared'])
    .where('sha256', '=', sha256)
    .executeTakeFirstOrThrow()

export const keepSource = async (
  tx: Tx,
  { sha256, body, shared }: { sha256: string; body: string; shared: string },
): Promise<void> => {
  await tx
    .insertInto('paper_template_source')
    .values({ sha256, body, shared })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** At a start: two processes register one after the other. */
export const lockAllTemplates = async (tx: Tx): Promise<void> => {
  await sql`lock table paper_template in share row exclusive mode`.execute(tx)
}

/**
 * Versions of a form are written one after the other: their numbers have no gap and their periods meet. The first version is
 * the lock; the list is read after it is held, so that it shows what others wrote meanwhile. Oldest first.
 */
export const lockTemplates = async (tx: Tx, kind: PaperKind): Promise<TemplateRow[]> => {
  await tx
    .selectFrom('paper_template')
    .select('version')
    .where('kind', '=', kind)
    .where('version', '=', 1)
    .forUpdate()
    .execute()
  return (await listTemplates(tx, kind)).reverse()
}

export type NewTemplate = Pick<
  TemplateRow,
  'kind' | 'version' | 'shipped' | 'title' | 'page' | 'legalBasis' | 'sha256' | 'author' | 'authorName'
> & { createdAt: Date; published: { from: LocalDate; at: Date } | null }

export const insertTemplate = async (tx: Tx, template: NewTemplate): Promise<void> => {
  await tx
    .insertInto('paper_template')
    .values({
      kind: template.kind,
      version: template.version,
      shipped: template.shipped,
      title: template.title,
      page: template.page,
      legal_basis: JSON.stringify(template.legalBasis),
      sha256: template.sha256,
      state: template.published ? 'published' : 'draft',
      effective_from: template.published?.from ?? null,
      author: template.author,
      author_name: template.authorName,
      created_at: template.createdAt,
      publisher: template.published ? template.author : null,
      publisher_name: template.published ? template.authorName : null,
      published_at: template.published?.at ?? null,
    })
    .execute()
}

export type TemplateChange = {
  sha256?: string
  title?: string
  page?: string
  legal_basis?: string
  state?: 'published' | 'withdrawn'
  effective_from?: LocalDate
  effective_to?: LocalDate | null
  decision_number?: string
  publisher?: string
  publisher_name?: string
  published_at?: Date
  withdrawn_by?: string
  withdrawn_reason?: string
  withdrawn_at?: Date
}

export const updateTemplate = async (
  tx: Tx,
  { kind, version }: { kind: PaperKind; version: number },
  change: TemplateChange,
): Promise<void> => {
  await tx
    .updateTable('paper_template')
    .set(change)
    .where('kind', '=', kind)
    .where('version', '=', version)
    .execute()
}
