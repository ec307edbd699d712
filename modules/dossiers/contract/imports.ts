import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Instant } from './vocabulary.ts'

/** A file of ended dossiers from a former system, and how far it has come. */
export const DossierImport = z.object({
  /** Made of the file's bytes: the same file sent again is the same import, and goes on where it stopped. */
  id: z.uuid(),
  file: z.string(),
  /** bytes */
  size: z.int(),
  format: z.enum(['csv', 'jsonl']),
  /** Only checked: no dossier was written. */
  dryRun: z.boolean(),
  /** `stopped`: its process is gone; send the file again. */
  state: z.enum(['running', 'stopped', 'done', 'failed']),
  /** Bytes whose rows are committed. */
  doneBytes: z.int(),
  lines: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  /** Why a failed one failed. */
  failure: z.string().nullable(),
  startedBy: z.string(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
})
export type DossierImport = z.infer<typeof DossierImport>

export const sendDossierImport = defineOperation({
  id: 'dossiers.send-import',
  method: 'POST',
  path: '/dossier-imports/:purpose',
  summary: 'Import ended dossiers from a file of a former system (CSV or JSON lines), or check it first',
  access: 'staff',
  input: z.object({ purpose: z.enum(['check', 'run']) }),
  output: DossierImport,
  status: 201,
  errors: [
    'dossiers.import-file-missing',
    'dossiers.import-unreadable',
    'dossiers.import-running',
    'dossiers.import-too-large',
  ],
  consumes: 'multipart/form-data',
})

export const listDossierImports = defineOperation({
  id: 'dossiers.list-imports',
  method: 'GET',
  path: '/dossier-imports',
  summary: 'Imports and checks of files, newest first',
  access: 'staff',
  input: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  output: z.object({ items: z.array(DossierImport) }),
  errors: [],
})

export const getDossierImport = defineOperation({
  id: 'dossiers.get-import',
  method: 'GET',
  path: '/dossier-imports/:id',
  summary: 'How far an import has come',
  access: 'staff',
  input: z.object({ id: z.uuid() }),
  output: DossierImport,
  errors: ['dossiers.unknown-import'],
})

export const listImportRejections = defineOperation({
  id: 'dossiers.list-import-rejections',
  method: 'GET',
  path: '/dossier-imports/:id/rejections',
  summary: 'Lines that became no dossier, each with its reason',
  access: 'staff',
  input: z.object({
    id: z.uuid(),
    /** The last line already seen. */
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(1_000).default(200),
  }),
  output: z.object({
    items: z.array(z.object({ line: z.int(), code: z.string(), reason: z.string() })),
    next: z.int().nullable(),
  }),
  errors: ['dossiers.unknown-import'],
})
