import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * The front of the house: the port is open as soon as the database is, while the modules are still being loaded. Until then
 * it answers `/api/health` itself and lets every other request wait, so nobody is refused during a start.
 */
export type Front = {
  address: string
  /** Resolves when somebody comes, or after so long. */
  knock: (milliseconds: number) => Promise<unknown>
  /** From now on `answer` gets every request; those that wait come first. */
  open: (answer: RequestListener) => void
  /** Lets nobody in any more; resolves when the last answer is out. Who still waits for the house is turned away. */
  close: () => Promise<void>
}

/** As long as Fastify's own: longer than the idle limits of the usual proxies, which so never meet a closing connection. */
const KEEP_ALIVE_MS = 72_000
const SWEEP_MS = 50
const HEALTHY = JSON.stringify({ status: 'ok', reason: null })

const isHealth = ({ method, url }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') && url?.split('?')[0] === '/api/health'

export const openFront = async ({ port, host }: { port: number; host: string }): Promise<Front> => {
  const house = Promise.withResolvers<RequestListener>()
  const visitor = Promise.withResolvers<void>()
  let answer: RequestListener | undefined
  // Uploads over slow lines take as long as they take; headers have Node's own limit.
  const silent = new Set<Socket>()
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, (request, response) => {
    silent.delete(request.socket)
    if (answer) return answer(request, response)
    visitor.resolve()
    if (isHealth(request))
      return response.setHeader('Content-Type', 'application/json; charset=utf-8').end(HEALTHY)
    void house.promise.then((open) => open(request, response))
  })
  server.on('connection', (socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    address: addressOf(server.address(), host),
    knock: (milliseconds) => Promise.race([visitor.promise, sleep(milliseconds)]),
    open: (listener) => {
      answer = listener
      house.resolve(listener)
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      if (!answer) server.closeAllConnections()
      // Browsers open a connection ahead of need; one that never asked is not idle to Node, which waits a minute for its headers.
      for (const socket of silent) socket.destroy()
      // A connection that was busy a moment ago would otherwise be kept alive for its next request.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
      await closed
      clearInterval(sweep)
    },
  }
}

const addressOf = (bound: ReturnType<ReturnType<typeof createServer>['address']>, host: string): string => {
  const port = typeof bound === 'object' && bound ? bound.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
