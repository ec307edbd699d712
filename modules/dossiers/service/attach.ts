import { Refusal } from '#platform/errors.ts'
import type { DossierDeps } from './deps.ts'

/** Only clean files that this officer uploaded may be attached; nobody attaches what belongs to another dossier. */
export const assertAttachable = async (
  { db, documents }: Pick<DossierDeps, 'db' | 'documents'>,
  files: readonly string[],
  account: string,
): Promise<void> => {
  if (files.length === 0) return
  const usable = new Set((await documents.attachable(db, files, account)).map(({ id }) => id))
  const unknown = files.filter((file) => !usable.has(file))
  if (unknown.length > 0) throw new Refusal('dossiers.unknown-file', { files: unknown })
}
