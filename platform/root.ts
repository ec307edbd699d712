import { findPackageJSON } from 'node:module'
import path from 'node:path'

const packageFile = findPackageJSON('.', import.meta.url)
if (!packageFile) throw new Error('The folder of the installation has no package.json')

/**
 * A place beneath the folder of the installation: `data`, `migrations`, the built screens. Asked here and nowhere by a path
 * relative to a source, because the built server lies in another folder than its sources.
 */
export const atRoot = (...parts: string[]): string => path.join(path.dirname(packageFile), ...parts)
