import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import { type FileInfo, FileState } from './contract.ts'

export type FileRow = {
  id: string
  sha256: string
  size: number
  mediaType: string
  name: string
  state: FileInfo['state']
  uploadedBy: string
  uploadedAt: Date
}

export const insertFile = async (db: Db, file: FileRow): Promise<void> => {
  await db
    .insertInto('file')
    .values({
      id: file.id,
      sha256: file.sha256,
      size: file.size,
      media_type: file.mediaType,
      original_name: file.name,
      state: file.state,
      uploaded_by: file.uploadedBy,
      uploaded_at: file.uploadedAt,
    })
    .execute()
}

export const findFiles = async (db: Db, ids: readonly string[]): Promise<FileInfo[]> => {
  const rows = await db
    .selectFrom('file')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return rows.map((row) => ({
    id: row.id,
    sha256: row.sha256,
    size: row.size,
    mediaType: row.media_type,
    name: row.original_name,
    state: FileState.parse(row.state),
    uploadedBy: row.uploaded_by,
    uploadedAt: toLocalIso(row.uploaded_at),
  }))
}

export const bytesUploadedSince = async (db: Db, account: string, since: Date): Promise<number> => {
  const row = await db
    .selectFrom('file')
    .select((e) => e.fn.coalesce(e.fn.sum<string>('size'), sql<string>`0`).as('total'))
    .where('uploaded_by', '=', account)
    .where('uploaded_at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(row.total)
}

export type TemplateRow = {
  kind: string
  version: number
  title: string
  file: string
  sourceSha256: string
  legalBasis: unknown
  effectiveFrom: string
  effectiveTo: string | null
}

/** Safe from several processes at once; a changed file under an unchanged version keeps the first row's hash as evidence. */
export const upsertTemplates = async (db: Db, templates: readonly TemplateRow[]): Promise<void> => {
  await db
    .insertInto('paper_template')
    .values(
      templates.map((template) => ({
        kind: template.kind,
        version: template.version,
        title: template.title,
        file_name: template.file,
        source_sha256: template.sourceSha256,
        legal_basis: JSON.stringify(template.legalBasis),
        effective_from: template.effectiveFrom,
        effective_to: template.effectiveTo,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'version'])
        .doUpdateSet((e) => ({ effective_to: e.ref('excluded.effective_to') })),
    )
    .execute()
}

export type PaperRow = {
  id: string
  kind: string
  subject: { kind: string; id: string }
  templateVersion: number
  data: unknown
  sha256: string
  fileId: string | null
  createdBy: string
  createdAt: Date
}

export const insertPapers = async (tx: Db, papers: readonly PaperRow[]): Promise<void> => {
  if (papers.length === 0) return
  await tx
    .insertInto('paper')
    .values(
      papers.map((paper) => ({
        id: paper.id,
        kind: paper.kind,
        subject_kind: paper.subject.kind,
        subject_id: paper.subject.id,
        template_version: paper.templateVersion,
        data: JSON.stringify(paper.data),
        sha256: paper.sha256,
        file_id: paper.fileId,
        created_by: paper.createdBy,
        created_at: paper.createdAt,
      })),
    )
    .execute()
}

export const findPapers = async (db: Db, subject: { kind: string; id: string }): Promise<PaperRow[]> => {
  const rows = await db
    .selectFrom('paper')
    .selectAll()
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    subject: { kind: row.subject_kind, id: row.subject_id },
    templateVersion: row.template_version,
    data: row.data,
    sha256: row.sha256,
    fileId: row.file_id,
    createdBy: row.created_by,
    createdAt: row.created_at,
  }))
}
