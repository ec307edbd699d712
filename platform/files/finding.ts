/** Why bytes are refused. The documents module says it to people; the platform only finds it. */
export type Finding =
  | { problem: 'kind-refused' }
  | { problem: 'wrong-extension'; actual: FileKind }
  | { problem: 'damaged' }
  | { problem: 'encrypted' }
  | { problem: 'active-content'; what: string }
  | { problem: 'too-many-pixels'; pixels: number }
  | { problem: 'unsafe-archive'; what: string }
  | { problem: 'too-large'; limit: number }

export type FileKind = 'pdf' | 'jpg' | 'png' | 'docx' | 'xlsx'

const MB = 1024 * 1024

/** Limits per kind, one table (ASVS 5.1.1). */
export const FILE_KINDS: Record<
  FileKind,
  { mediaType: string; extensions: readonly string[]; limit: number }
> = {
  pdf: { mediaType: 'application/pdf', extensions: ['pdf'], limit: 50 * MB },
  jpg: { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], limit: 20 * MB },
  png: { mediaType: 'image/png', extensions: ['png'], limit: 20 * MB },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
    limit: 50 * MB,
  },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
    limit: 50 * MB,
  },
}

export const LARGEST_FILE = Math.max(...Object.values(FILE_KINDS).map((kind) => kind.limit))
/** A page at 600 dpi of A2 size is 98 megapixels; more is a flood, not a scan. */
export const MOST_PIXELS = 100_000_000
export const ARCHIVE_LIMITS = { entries: 1_000, ratio: 100, unpacked: 500 * MB }
