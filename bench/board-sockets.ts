import net from 'node:net'
import type { Address } from './connection.ts'

export type BoardSockets = {
  /** When the first and the last of them had heard what contains this since now, and what came. */
  hear: (mark: string) => Promise<{ first: number; last: number; bytes: Buffer }>
  close: () => void
}

const PATIENCE_MS = 60_000
const AT_ONCE = 100

const connected = (address: Address): Promise<net.Socket> =>
  new Promise((resolve, reject) => {
    const socket = net.connect({ ...address, noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })

/** So many connections that each send `hello` and from then on listen. */
export const openSockets = async (address: Address, count: number, hello: string): Promise<BoardSockets> => {
  const sockets: net.Socket[] = []
  let waiting: { mark: Buffer; heard: (socket: net.Socket, chunk: Buffer) => void } | undefined
  while (sockets.length < count) {
    const next = Math.min(AT_ONCE, count - sockets.length)
    sockets.push(...(await Promise.all(Array.from({ length: next }, () => connected(address)))))
  }
  for (const socket of sockets) {
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      if (waiting && chunk.includes(waiting.mark)) waiting.heard(socket, chunk)
    })
  }
  const hear: BoardSockets['hear'] = (mark) =>
    new Promise((resolve, reject) => {
      const left = new Set(sockets)
      let first = 0
      let bytes: Buffer = Buffer.alloc(0)
      const end = setTimeout(
        () => reject(new Error(`${left.size} of ${count} never heard ${mark}`)),
        PATIENCE_MS,
      )
      waiting = {
        mark: Buffer.from(mark),
        heard: (socket, chunk) => {
          if (!left.delete(socket)) return
          const now = performance.now()
          if (left.size === count - 1) {
            first = now
            bytes = Buffer.from(chunk)
          }
          if (left.size > 0) return
          waiting = undefined
          clearTimeout(end)
          resolve({ first, last: now, bytes })
        },
      }
    })
  for (const socket of sockets) socket.write(hello)
  return {
    hear,
    close: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** A display's request for its events. */
export const boardRequest = (centre: string): string =>
  `GET /api/centres/${encodeURIComponent(centre)}/board/events HTTP/1.1\r\nhost: bench\r\naccept: text/event-stream\r\n\r\n`
