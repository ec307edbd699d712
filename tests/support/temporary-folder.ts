import { chmod, mkdtemp } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/**
 * A new folder. PostgreSQL's own user may go through it: otherwise a database in it would lie elsewhere (`clusterFolder`) and
 * stay there after the folder is removed.
 */
export const temporaryFolder = async (name: string): Promise<string> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), `mot-cua-${name}-`))
  await chmod(folder, 0o711)
  return folder
}
