import { checkArchive } from './check-archive.ts'
import { checkJpeg, checkPng } from './check-image.ts'
import { checkPdf } from './check-pdf.ts'
import { FILE_KINDS, type FileKind, type Finding } from './finding.ts'

const isKind = (extension: string | undefined): extension is FileKind =>
  extension !== undefined && extension in FILE_KINDS

const CHECKS: Record<FileKind, (bytes: Buffer) => Finding | undefined | Promise<Finding | undefined>> = {
  pdf: checkPdf,
  jpg: checkJpeg,
  png: checkPng,
  docx: checkArchive,
  xlsx: checkArchive,
}

const extensionOf = (name: string): string => (/\.([^.]+)$/.exec(name)?.[1] ?? '').toLowerCase()

/**
 * What the bytes are, by their own signature, or why they are refused. Cheap checks first: kind, name, size of the kind,
 * then the inside. Archives are checked before `file-type` looks into them, because it unpacks.
 */
export const checkFile = async (name: string, bytes: Buffer): Promise<{ kind: FileKind } | Finding> => {
  const archive = bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04'
  if (archive && !['docx', 'xlsx'].includes(extensionOf(name))) return { problem: 'kind-refused' }
  if (archive) {
    const finding = await checkArchive(bytes)
    if (finding) return finding
  }
  // Loaded by the first upload: forty modules that no start needs.
  const { fileTypeFromBuffer } = await import('file-type')
  const kind = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.ext
  if (!isKind(kind)) return { problem: 'kind-refused' }
  const { extensions, limit } = FILE_KINDS[kind]
  if (!extensions.includes(extensionOf(name))) return { problem: 'wrong-extension', actual: kind }
  if (bytes.length > limit) return { problem: 'too-large', limit }
  return (archive ? undefined : await CHECKS[kind](bytes)) ?? { kind }
}
