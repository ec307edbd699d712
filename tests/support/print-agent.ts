import { type ChildProcess, spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { atRoot } from '#platform/root.ts'
import { unusedPort } from './server-process.ts'
import { temporaryFolder } from './temporary-folder.ts'

export type AgentJob = { id: string; state: string; reason: string | null }

export type PrintAgent = {
  port: number
  folder: string
  /** Hands over a job, as the kiosk's page does; undefined when the agent was gone before it answered. */
  put: (id: string, bytes: Uint8Array, query?: string) => Promise<AgentJob | undefined>
  job: (id: string, waitSeconds?: number) => Promise<AgentJob | undefined>
  health: () => Promise<{ state: string; queued: number; doubtful: number } | undefined>
  ask: (options: http.RequestOptions, body?: Uint8Array) => Promise<{ status: number; body: string }>
  start: () => Promise<void>
  /** SIGKILL: nothing of the process gets to say goodbye. */
  kill: () => Promise<void>
  /** Stops it and takes its folder away. */
  close: () => Promise<void>
}

export const AGENT_TOKEN = 'a-token-of-the-printer-in-tests'
const START_MS = 20_000

/** The print agent as a process of its own. */
export const startPrintAgent = async (
  settings: object,
  environment: Record<string, string> = {},
): Promise<PrintAgent> => {
  const folder = await temporaryFolder('print')
  const port = await unusedPort()
  const file = path.join(folder, 'config.json')
  await writeFile(file, JSON.stringify({ token: AGENT_TOKEN, port, ...settings }))
  let child: ChildProcess | undefined

  const ask: PrintAgent['ask'] = (options, body) =>
    new Promise((resolve, reject) => {
      const request = http.request({ host: '127.0.0.1', port, agent: false, ...options }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        )
      })
      request.on('error', reject)
      request.end(body)
    })
  const known = async <T>(method: string, address: string, body?: Uint8Array): Promise<T | undefined> => {
    const headers = { authorization: `Bearer ${AGENT_TOKEN}` }
    const answer = await ask({ method, path: address, headers }, body).catch(() => undefined)
    return answer && answer.status < 300 ? JSON.parse(answer.body) : undefined
  }
  const health: PrintAgent['health'] = () => known('GET', '/health')

  const start = async (): Promise<void> => {
    const begun = spawn(process.execPath, [atRoot('apps/print-agent/main.ts'), file], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: process.env.PATH ?? '', ...environment },
    })
    child = begun
    for (const until = Date.now() + START_MS; Date.now() < until; await sleep(20)) {
      if (begun.exitCode !== null) throw new Error(`the agent ended with ${begun.exitCode}`)
      if (await health()) return
    }
    throw new Error('the agent did not start')
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child
    child = undefined
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const gone = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill(signal)
    await gone
  }
  await start()
  return {
    ...{ port, folder, ask, health, start },
    put: (id, bytes, query = '') => known('PUT', `/jobs/${id}${query}`, bytes),
    job: (id, waitSeconds = 0) => known('GET', `/jobs/${id}?wait=${waitSeconds}`),
    kill: () => end('SIGKILL'),
    close: async () => {
      await end('SIGTERM')
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
