import net from 'node:net'

/**
 * Requests written to a bare socket: on two cores a client library would take the server's share of the machine; nothing is
 * skipped that a server sees.
 */
export type Answer = { status: number; body: string }
export type Connection = { ask: (request: Buffer) => Promise<Answer>; close: () => void }
export type Address = { host: string; port: number }

const HEAD_END = Buffer.from('\r\n\r\n')

/** One request at a time on one connection. */
export const openConnection = async ({ host, port }: Address): Promise<Connection> => {
  const socket = net.connect({ host, port, noDelay: true })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  let received: Buffer = Buffer.alloc(0)
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined
  const take = (): void => {
    const headEnd = received.indexOf(HEAD_END)
    if (headEnd < 0) return
    const head = received.toString('latin1', 0, headEnd)
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    const end = headEnd + HEAD_END.length + length
    if (received.length < end) return
    const answer = {
      status: Number(head.slice(9, 12)),
      body: received.toString('utf8', headEnd + HEAD_END.length, end),
    }
    received = received.subarray(end)
    const asked = waiting
    waiting = undefined
    asked?.resolve(answer)
  }
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    take()
  })
  socket.on('close', () => waiting?.reject(new Error('the server closed the connection')))
  socket.on('error', () => undefined)
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

export type Sending = { cookie: string; body?: string; key?: string }

export const requestOf = (method: 'GET' | 'POST', path: string, { cookie, body, key }: Sending): Buffer => {
  const length =
    body === undefined
      ? ''
      : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
  const once = key === undefined ? '' : `idempotency-key: ${key}\r\n`
  return Buffer.from(
    `${method} /api${path} HTTP/1.1\r\nhost: bench\r\ncookie: ${cookie}\r\n${once}${length}\r\n${body ?? ''}`,
  )
}
