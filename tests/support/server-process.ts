import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildServer } from '../../scripts/install.mjs'

export type ServerProcess = {
  base: string
  pid: number
  /** From spawning to the first 200 on /api/health. */
  startedInMs: number
  said: () => string
  /** SIGKILL: nothing of the process gets to say goodbye. */
  kill: () => Promise<void>
  stop: () => Promise<void>
}

export type ServerOptions = {
  dataDir: string
  port: number
  environment?: Record<string, string>
}

const root = path.join(import.meta.dirname, '../..')
const START_PATIENCE_MS = 120_000

/** The real server in a process of its own, as `npm start` runs it, with the demo's people; its dossiers on demand (`DEMO_DOSSIERS`). */
export const startServerProcess = async ({
  dataDir,
  port,
  environment = {},
}: ServerOptions): Promise<ServerProcess> => {
  const program = buildServer(() => undefined)
  const started = performance.now()
  const child = spawn(process.execPath, [program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      DEMO: '1',
      DEMO_DOSSIERS: '0',
      DATA_DIR: dataDir,
      PORT: String(port),
      ...environment,
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000)
    })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const base = `http://127.0.0.1:${port}`
  await untilHealthy(base, child, () => said)
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await exited
  }
  return {
    base,
    pid: child.pid ?? 0,
    startedInMs: performance.now() - started,
    said: () => said,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

const untilHealthy = async (base: string, child: ChildProcess, said: () => string): Promise<void> => {
  const started = performance.now()
  while (performance.now() - started < START_PATIENCE_MS) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${said()}`)
    const answer = await fetch(`${base}/api/health`).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer?.status === 200) return
    await sleep(5)
  }
  throw new Error(`the server did not start: ${said()}`)
}

/** The embedded database of a running server: its process and a way in beside the application. */
export const embeddedDatabase = async (dataDir: string): Promise<{ pid: number; url: string }> => {
  const [pid, , , port] = (await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split(
    '\n',
  )
  const password = await readFile(path.join(dataDir, 'postgres-password'), 'utf8')
  return { pid: Number(pid), url: `postgres://mot_cua:${password}@127.0.0.1:${port}/mot_cua` }
}

export const unusedPort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
