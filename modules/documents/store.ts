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
