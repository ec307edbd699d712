import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import {
  type Binaries,
  clusterFolder,
  reachableBinaries,
  type ServerUser,
  serverUser,
} from './embedded-places.ts'

const run = promisify(execFile)

/**
 * PostgreSQL from the npm binaries, as a child of this process. The package's own wrapper is not used for starting
 * because it cannot run where PostgreSQL's user may not enter the folder of the binaries or of the data
 * (`embedded-places.ts`), and because it ends the database at signals that the application must handle first.
 */
export type EmbeddedPostgres = {
  url: (database: string) => string
  port: number
  pid: number
  stop: () => Promise<void>
  /** Resolves when the server has ended, by `stop` or by itself. */
  ended: Promise<void>
}

export type EmbeddedOptions = {
  dataDir: string
  /** Extra server settings, `name=value`. */
  settings?: readonly string[]
  /** A fixed port, for a restart that connected clients should survive; a free one unless told. */
  port?: number
  onProgress?: (step: 'initialising' | 'starting') => void
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=120',
  'shared_buffers=256MB',
  // Recovery after a kill replays at most this much, which bounds the time until the counter works again.
  'max_wal_size=1GB',
  // Disks without a moving arm, and most pages in memory: a page out of turn costs little more than the next one.
  'random_page_cost=1.1',
  'logging_collector=off',
]

export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  const { dataDir, settings = [], onProgress } = options
  const user = await serverUser()
  const binaries = await reachableBinaries(user)
  const cluster = await clusterFolder(dataDir, user)
  const password = await ensurePassword(path.join(dataDir, 'postgres-password'))
  if (!(await exists(path.join(cluster, 'initialised')))) {
    onProgress?.('initialising')
    await initialise({ cluster, binaries, user, password })
  }
  await endLeftover(cluster)
  onProgress?.('starting')
  const port = options.port ?? (await freePort())
  const child = spawn(
    binaries.postgres,
    ['-D', cluster, ...[`port=${port}`, ...SETTINGS, ...settings].flatMap((setting) => ['-c', setting])],
    // In a group of its own: Ctrl-C at the terminal must reach the application first, which then stops the database.
    { env: environment(), cwd: cluster, stdio: ['ignore', 'ignore', 'pipe'], detached: true, ...user },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await untilReady(child)
  return {
    port,
    pid: child.pid ?? 0,
    ended,
    stop: () => stop(child, ended),
    url: (database) => `postgres://mot_cua:${password}@127.0.0.1:${port}/${database}`,
  }
}

const environment = (): NodeJS.ProcessEnv => ({ HOME: '/', LC_ALL: 'C', TZ: 'UTC' })

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )

const ensurePassword = async (file: string): Promise<string> => {
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known !== '') return known
  const password = `${crypto.randomUUID()}${crypto.randomUUID()}`.replaceAll('-', '')
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, password, { mode: 0o600 })
  return password
}

type Initialisation = { cluster: string; binaries: Binaries; user: ServerUser; password: string }

const initialise = async ({ cluster, binaries, user, password }: Initialisation): Promise<void> => {
  // A first start that was killed half-way leaves a folder without the mark: it holds nothing yet, so begin anew.
  await rm(cluster, { recursive: true, force: true })
  await mkdir(cluster, { recursive: true, mode: 0o700 })
  const secret = `${cluster}-${createHash('sha256').update(cluster).digest('hex').slice(0, 8)}.secret`
  await writeFile(secret, password, { mode: 0o600 })
  if (user) await Promise.all([cluster, secret].map((file) => chown(file, user.uid, user.gid)))
  try {
    const encoding = ['--encoding=UTF8', '--locale=C', '--data-checksums', '--no-instructions']
    const access = ['-U', 'mot_cua', `--pwfile=${secret}`, '--auth=scram-sha-256']
    await run(binaries.initdb, ['-D', cluster, ...access, ...encoding], {
      env: environment(),
      cwd: '/',
      ...user,
    })
  } finally {
    await rm(secret, { force: true })
  }
  await writeFile(path.join(cluster, 'initialised'), '')
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const untilGone = async (pid: number, milliseconds: number): Promise<boolean> => {
  for (let waited = 0; waited < milliseconds; waited += 50) {
    if (!isAlive(pid)) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return !isAlive(pid)
}

/** A server left behind by a killed process still holds the folder: it is asked to end; what it acknowledged is safe. */
const endLeftover = async (cluster: string): Promise<void> => {
  const pidFile = path.join(cluster, 'postmaster.pid')
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0])
  if (!pid) return
  const command = isAlive(pid) ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres') : ''
  if (command.includes('postgres')) {
    process.kill(pid, 'SIGINT')
    if (!(await untilGone(pid, 15_000))) process.kill(pid, 'SIGQUIT')
    await untilGone(pid, 5_000)
  }
  // The number may belong to another program by now; PostgreSQL would refuse to start because of the stale file.
  await rm(pidFile, { force: true })
}

const stop = async (child: ChildProcess, ended: Promise<void>): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGQUIT'), 20_000)
  await ended
  clearTimeout(timer)
}

const untilReady = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.setEncoding('utf8')
    child.stderr?.on('data', (chunk: string) => {
      said = (said + chunk).slice(-4_000)
      if (said.includes('database system is ready to accept connections')) resolve()
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)))
  })
