import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'

export * from './contract/templates.ts'
export * from './paper-data.ts'

export const FileId = z.uuid()
/** `quarantined`: arrived, waiting for the virus scanner, never served; `clean`: served; `refused`: kept as evidence only. */
export const FileState = z.enum(['quarantined', 'clean', 'refused'])

/** A file as the owner of a form shows it. */
export const FileInfo = z.object({
  id: FileId,
  sha256: z.string().describe('lower-case hex'),
  size: z.number().int().positive().describe('bytes'),
  mediaType: z.string(),
  name: z.string().describe('as the sender called it, without a path'),
  state: FileState,
  uploadedBy: z.string(),
  uploadedAt: z.iso.datetime({ offset: true }),
})
export type FileInfo = z.output<typeof FileInfo>

/** One file in the multipart field `file`; it belongs to nobody but its sender until another module attaches it. */
export const uploadFile = defineOperation({
  id: 'documents.upload-file',
  method: 'POST',
  path: '/files',
  summary: 'Upload one file (PDF, JPG, PNG, DOCX, XLSX)',
  access: 'staff',
  input: z.object({}),
  output: FileInfo,
  status: 201,
  consumes: 'multipart/form-data',
  errors: [
    'documents.file-missing',
    'documents.one-file-only',
    'documents.file-empty',
    'documents.file-too-large',
    'documents.quota-exceeded',
    'documents.file-kind-refused',
    'documents.file-wrong-extension',
    'documents.file-damaged',
    'documents.file-encrypted',
    'documents.file-active-content',
    'documents.image-too-many-pixels',
    'documents.archive-unsafe',
    'documents.file-infected',
  ],
})

/** The sender's own fresh upload. What is attached to a dossier is read through the dossier, whose rights decide. */
export const readFile = defineOperation({
  id: 'documents.read-file',
  method: 'GET',
  path: '/files/:id',
  summary: 'Download an own upload',
  access: 'staff',
  input: z.object({ id: FileId }),
  output: z.unknown(),
  produces: 'application/octet-stream',
  errors: ['documents.file-not-found', 'documents.file-not-ready'],
})
