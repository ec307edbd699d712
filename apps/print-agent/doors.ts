import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AgentConfig } from './config.ts'
import { isFinal, isJobId, type Job, type JobQueue } from './queue.ts'
import type { Worker } from './worker.ts'

export type DoorConfig = Pick<AgentConfig, 'token' | 'port' | 'server' | 'origins'>
export type Behind = { queue: JobQueue; worker: Worker }
export type Doors = {
  port: number
  /** From now on jobs are taken. */
  open: (behind: Behind) => void
  close: () => void
}

/** A ticket is some 80 KB. */
const LARGEST = 2 * 1024 * 1024
/** Who took a number stands before the printer for so long; later it would print for nobody. */
const KEEP_SECONDS = 120
const LONGEST_WAIT_SECONDS = 25

const same = (given: string, wanted: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const part = Buffer.from(chunk)
    size += part.length
    if (size > LARGEST) return undefined
    chunks.push(part)
  }
  return Buffer.concat(chunks)
}

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  })
  response.end(JSON.stringify(body))
}

const shown = ({ id, state, reason }: Job) => ({ id, state, reason })
const secondsOf = (text: string | null, otherwise: number, most: number): number => {
  const seconds = Number(text ?? otherwise)
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), most) : otherwise
}

/** The way in for pages on this machine: `PUT /jobs/{id}` with the printer's bytes, `GET /jobs/{id}?wait=`, `GET /health`. */
const createAnswers = ({ queue, worker }: Behind) => {
  const settled = (id: string, seconds: number): Promise<Job | undefined> => {
    const known = queue.find(id)
    if (!known || isFinal(known) || seconds === 0) return Promise.resolve(known)
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        leave()
        resolve(queue.find(id))
      }
      const timer = setTimeout(done, seconds * 1_000)
      const leave = queue.watch((job) => job.id === id && isFinal(job) && done())
    })
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const [, place, id = ''] = pathname.split('/')
    if (place === 'health' && request.method === 'GET')
      return send(response, 200, { state: worker.state(), ...queue.counts() })
    if (place !== 'jobs' || !isJobId(id)) return send(response, 404, { code: 'unknown-address' })
    if (request.method === 'GET') {
      const job = await settled(id, secondsOf(searchParams.get('wait'), 0, LONGEST_WAIT_SECONDS))
      return job ? send(response, 200, shown(job)) : send(response, 404, { code: 'unknown-job' })
    }
    if (request.method !== 'PUT') return send(response, 405, { code: 'unknown-method' })
    const bytes = await readBody(request)
    if (!bytes) return send(response, 413, { code: 'too-large' })
    if (bytes.length === 0) return send(response, 422, { code: 'empty' })
    const job = await queue.take(id, bytes, secondsOf(searchParams.get('keep'), KEEP_SECONDS, 3_600) * 1_000)
    worker.nudge()
    return send(response, 202, shown(job))
  }
}

/**
 * The port is taken before anything else is touched: of two agents on one machine the second one ends there, and never sees
 * the first one's jobs.
 */
export const holdDoors = (config: DoorConfig): Promise<Doors> => {
  const origins = new Set([...(config.server === null ? [] : [config.server]), ...config.origins])
  let answer: ReturnType<typeof createAnswers> | undefined

  /** Pages of other addresses, and names that merely point here (DNS rebinding), stay outside whatever they know. */
  const isInvited = (request: IncomingMessage, port: number): boolean => {
    const { host = '', origin } = request.headers
    const here = [`127.0.0.1:${port}`, `localhost:${port}`].includes(host)
    return here && (origin === undefined || origins.has(origin))
  }

  const server = createServer((request, response) => {
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : config.port
    const { origin } = request.headers
    if (!isInvited(request, port)) return send(response, 403, { code: 'not-invited' })
    if (origin !== undefined) {
      response.setHeader('Access-Control-Allow-Origin', origin)
      response.setHeader('Vary', 'Origin')
      response.setHeader('Access-Control-Allow-Methods', 'GET, PUT')
      response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type')
      response.setHeader('Access-Control-Allow-Private-Network', 'true')
      response.setHeader('Access-Control-Max-Age', '600')
    }
    if (request.method === 'OPTIONS') {
      response.writeHead(204)
      return void response.end()
    }
    if (!same(request.headers.authorization ?? '', `Bearer ${config.token}`))
      return send(response, 401, { code: 'not-paired' })
    if (!answer) return send(response, 503, { code: 'starting' })
    answer(request, response).catch((error: unknown) => {
      console.error(error)
      if (!response.headersSent) send(response, 500, { code: 'internal' })
    })
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // This machine alone: nobody in the network prints here.
    server.listen(config.port, '127.0.0.1', () => {
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address ? address.port : config.port,
        open: (behind) => {
          answer = createAnswers(behind)
        },
        close: () => {
          server.close()
          server.closeAllConnections()
        },
      })
    })
  })
}
