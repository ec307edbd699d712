import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { StaffActor } from '#modules/identity/contract.ts'
import { Refusal } from '#platform/errors.ts'
import { type FileStore, FileTooLarge } from '#platform/files/store.ts'
import type { Input, Output } from '#platform/operation.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import type { ImportRow } from '../store/imports.ts'
import type { DossierDeps } from './deps.ts'
import { NotHistory } from './history-file.ts'
import type { HistoryImport } from './import-history.ts'

export type ImportServiceDeps = Pick<DossierDeps, 'clock'> & {
  imports: HistoryImport
  files: FileStore
  onError: (error: unknown) => void
}

/** What the multipart reader lets through; larger files go by `npm run import-dossiers`, or in parts. */
const LARGEST = 64 * 1024 * 1024
/** A batch takes a second or two; one that shows nothing for so long has lost its process. */
const LOST_MS = 60_000

type Sent = { name: string; stream: Readable }
type Asked = { actor: StaffActor }

const assertAdministrator = ({ grants }: StaffActor): void => {
  if (!grants.some(({ role, scope }) => role === 'SYSTEM_ADMIN' && scope === 'province'))
    throw new Refusal('platform.forbidden')
}

/** Importing by API: the file is kept, read beside the requests, and whoever asks is told how far it has come. */
export const createImports = ({ imports, files, clock, onError }: ImportServiceDeps) => {
  const stopping = new AbortController()
  const running = new Set<Promise<unknown>>()

  const viewOf = (row: ImportRow): Output<typeof op.getDossierImport> => ({
    id: row.id,
    file: row.file_name,
    size: row.file_size,
    format: row.format === 'jsonl' ? 'jsonl' : 'csv',
    dryRun: row.dry_run,
    state: stateOf(row),
    doneBytes: row.done_bytes,
    lines: row.done_lines,
    accepted: row.accepted,
    rejected: row.rejected,
    failure: row.failure,
    startedBy: row.started_by_name,
    startedAt: toLocalIso(row.started_at),
    finishedAt: row.finished_at && toLocalIso(row.finished_at),
  })
  const stateOf = ({ state, touched_at }: ImportRow): op.DossierImport['state'] => {
    if (state === 'done' || state === 'failed') return state
    return clock.now().getTime() - touched_at.getTime() > LOST_MS ? 'stopped' : 'running'
  }
  const known = async (id: string): Promise<ImportRow> => {
    const row = await imports.find(id)
    if (!row) throw new Refusal('dossiers.unknown-import')
    return row
  }

  /** Reading needs a file that can be read from the middle, wherever the store keeps its objects. */
  const fetchFile = async (sha256: string, folder: string): Promise<string> => {
    const file = path.join(folder, 'history')
    await pipeline((await files.open(sha256)).stream, createWriteStream(file))
    return file
  }
  const keep = async ({ stream }: Sent): Promise<string> => {
    const staged = await files.stage(stream, LARGEST).catch((error: unknown) => {
      if (error instanceof FileTooLarge) throw new Refusal('dossiers.import-too-large', { limit: '64 MB' })
      throw error
    })
    await staged.keep()
    return staged.sha256
  }

  const begin = async (sent: Sent, dryRun: boolean, actor: StaffActor): Promise<ImportRow> => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-import-'))
    const clean = () => rm(folder, { recursive: true, force: true })
    try {
      const file = await fetchFile(await keep(sent), folder)
      const by = { kind: 'staff', id: actor.id, name: actor.name } as const
      const request = { file, name: sent.name, dryRun, actor: by, gentle: true, signal: stopping.signal }
      const row = await imports.open(request)
      const work = imports
        .run(row, request)
        .catch((error: unknown) => {
          if (!stopping.signal.aborted && !(error instanceof Refusal)) onError(error)
        })
        .finally(clean)
        .finally(() => running.delete(work))
      running.add(work)
      return row
    } catch (error) {
      await clean()
      if (error instanceof NotHistory) throw new Refusal('dossiers.import-unreadable', { why: error.message })
      throw error
    }
  }

  return {
    send: async (
      { purpose }: Input<typeof op.sendDossierImport>,
      { actor, files: sent }: Asked & { files: () => AsyncIterable<Sent> },
    ): Promise<Output<typeof op.sendDossierImport>> => {
      assertAdministrator(actor)
      for await (const file of sent()) return viewOf(await begin(file, purpose === 'check', actor))
      throw new Refusal('dossiers.import-file-missing')
    },
    list: async ({ limit }: Input<typeof op.listDossierImports>, { actor }: Asked) => {
      assertAdministrator(actor)
      return { items: (await imports.list(limit)).map(viewOf) }
    },
    get: async ({ id }: Input<typeof op.getDossierImport>, { actor }: Asked) => {
      assertAdministrator(actor)
      return viewOf(await known(id))
    },
    rejections: async ({ id, after, limit }: Input<typeof op.listImportRejections>, { actor }: Asked) => {
      assertAdministrator(actor)
      await known(id)
      const items = await imports.rejections(id, after, limit)
      return { items, next: items.length === limit ? (items.at(-1)?.line ?? null) : null }
    },
    /** Ends after the batches in flight; the next sending goes on from there. */
    stop: async (): Promise<void> => {
      stopping.abort()
      await Promise.all(running)
    },
    /** When nothing runs any more; for tests. */
    idle: async (): Promise<void> => void (await Promise.all(running)),
  }
}

export type ImportService = ReturnType<typeof createImports>
