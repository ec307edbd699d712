import type { Readable } from 'node:stream'
import { v7 } from 'uuid'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { refuse } from '#platform/errors.ts'
import { checkFile } from '#platform/files/check.ts'
import { FILE_KINDS, type Finding, LARGEST_FILE } from '#platform/files/finding.ts'
import { type FileStore, FileTooLarge, type StagedFile } from '#platform/files/store.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import { type AdministrationDeps, createTemplateAdministration } from './administration.ts'
import { type FileInfo, readFile, uploadFile } from './contract.ts'
import { createPapers, type PapersDeps } from './papers.ts'
import { cleanName, megabytes } from './rules.ts'
import * as store from './store.ts'

/** A virus scanner beside the system. `unavailable` leaves the file in quarantine: accepted, never served. */
export type Scanner = (bytes: Buffer) => Promise<'clean' | 'infected' | 'unavailable'>

export type DocumentsDeps = PapersDeps &
  AdministrationDeps & {
    db: Db
    files: FileStore
    clock: Clock
    /** Without one, a file is clean when its structure is. */
    scanner: Scanner | null
    /** Bytes that one account may send in 24 hours. */
    quota?: number
  }

const DAY = 86_400_000
const DEFAULT_QUOTA = 5 * 1024 * 1024 * 1024

const refuseFinding = (finding: Finding, name: string): never => {
  switch (finding.problem) {
    case 'kind-refused':
      return refuse(uploadFile, 'documents.file-kind-refused', { name })
    case 'wrong-extension':
      return refuse(uploadFile, 'documents.file-wrong-extension', { name, actual: finding.actual })
    case 'damaged':
      return refuse(uploadFile, 'documents.file-damaged', { name })
    case 'encrypted':
      return refuse(uploadFile, 'documents.file-encrypted', { name })
    case 'active-content':
      return refuse(uploadFile, 'documents.file-active-content', { name, what: finding.what })
    case 'too-many-pixels':
      return refuse(uploadFile, 'documents.image-too-many-pixels', { name })
    case 'unsafe-archive':
      return refuse(uploadFile, 'documents.archive-unsafe', { name })
    case 'too-large':
      return refuse(uploadFile, 'documents.file-too-large', { name, limit: megabytes(finding.limit) })
  }
}

export const createDocumentsService = (deps: DocumentsDeps) => {
  const { db, files, clock, scanner, quota = DEFAULT_QUOTA } = deps

  const assertQuota = async (account: string): Promise<void> => {
    const now = clock.now()
    const used = await store.bytesUploadedSince(db, account, new Date(now.getTime() - DAY))
    if (used < quota) return
    const until = toLocalIso(new Date(now.getTime() + DAY))
    refuse(uploadFile, 'documents.quota-exceeded', { limit: megabytes(quota), until })
  }

  const stage = (stream: Readable, name: string): Promise<StagedFile> =>
    files.stage(stream, LARGEST_FILE).catch((error: unknown) => {
      if (error instanceof FileTooLarge)
        return refuse(uploadFile, 'documents.file-too-large', { name, limit: megabytes(error.limit) })
      throw error
    })

  const judge = async (staged: StagedFile, name: string): Promise<Pick<FileInfo, 'mediaType' | 'state'>> => {
    if (staged.size === 0) refuse(uploadFile, 'documents.file-empty', { name })
    const bytes = await staged.bytes()
    const checked = await checkFile(name, bytes)
    if ('problem' in checked) return refuseFinding(checked, name)
    const verdict = scanner ? await scanner(bytes) : 'clean'
    if (verdict === 'infected') refuse(uploadFile, 'documents.file-infected', { name })
    return {
      mediaType: FILE_KINDS[checked.kind].mediaType,
      state: verdict === 'clean' ? 'clean' : 'quarantined',
    }
  }

  const upload = async (file: { name: string; stream: Readable }, account: string): Promise<FileInfo> => {
    const name = cleanName(file.name)
    await assertQuota(account)
    const staged = await stage(file.stream, name)
    try {
      const { mediaType, state } = await judge(staged, name)
      const row = {
        id: v7(),
        sha256: staged.sha256,
        size: staged.size,
        mediaType,
        name,
        state,
        uploadedBy: account,
        uploadedAt: clock.now(),
      }
      // Bytes first: a row never names bytes that are not there; bytes without a row after a crash are harmless.
      await staged.keep()
      await store.insertFile(db, row)
      return { ...row, uploadedAt: toLocalIso(row.uploadedAt) }
    } catch (error) {
      await staged.discard()
      throw error
    }
  }

  const findFile = async (from: Db, id: string): Promise<FileInfo | undefined> =>
    (await store.findFiles(from, [id]))[0]

  return {
    ...createPapers(deps),
    ...createTemplateAdministration(deps),
    upload,
    /** What a caller may attach: own uploads that were not refused. Returns those of `ids`; the caller refuses the rest. */
    attachable: async (from: Db, ids: readonly string[], account: string): Promise<FileInfo[]> =>
      ids.length === 0
        ? []
        : (await store.findFiles(from, ids)).filter(
            (file) => file.uploadedBy === account && file.state !== 'refused',
          ),
    describeFiles: (from: Db, ids: readonly string[]): Promise<FileInfo[]> =>
      ids.length === 0 ? Promise.resolve([]) : store.findFiles(from, ids),
    /** No rights are checked here: the module that attached the file decides who reads it, then calls this. */
    open: async (id: string): Promise<{ info: FileInfo; stream: Readable }> => {
      const info = (await findFile(db, id)) ?? refuse(readFile, 'documents.file-not-found')
      if (info.state !== 'clean') refuse(readFile, 'documents.file-not-ready', { name: info.name })
      return { info, stream: (await files.open(info.sha256)).stream }
    },
    /** For `GET /files/{id}`: a fresh upload is its sender's alone. */
    assertOwn: async (id: string, account: string): Promise<void> => {
      const info = await findFile(db, id)
      if (info?.uploadedBy !== account) refuse(readFile, 'documents.file-not-found')
    },
  }
}

export type DocumentsService = ReturnType<typeof createDocumentsService>
