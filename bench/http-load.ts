import net from 'node:net'

/**
 * A process of its own that keeps N connections busy with intakes. Requests are written to bare sockets, because on two cores
 * a client library would take the server's share of the machine; nothing is skipped that a server sees.
 */
export type LoadJob = {
  host: string
  port: number
  connections: number
  milliseconds: number
  /** Each connection's officer: cookie and body; `{note}` in the body becomes the request's own mark. */
  officers: { cookie: string; body: string }[]
}
export type LoadResult = {
  acknowledged: number
  milliseconds: number
  p50: number
  p99: number
  codes: string[]
  refused: string[]
}

const HEAD_END = Buffer.from('\r\n\r\n')

type Answer = { status: number; body: string }

/** One request at a time on one connection. */
const openConnection = async (host: string, port: number) => {
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
    ask: (request: Buffer): Promise<Answer> =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

const requestOf = ({ cookie, body }: LoadJob['officers'][number], key: string): Buffer => {
  const text = body.replace('{note}', key)
  return Buffer.from(
    `POST /api/dossiers HTTP/1.1\r\nhost: bench\r\ncookie: ${cookie}\r\nidempotency-key: ${key}\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  )
}

const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const run = async (job: LoadJob): Promise<LoadResult> => {
  const connections = await Promise.all(
    Array.from({ length: job.connections }, () => openConnection(job.host, job.port)),
  )
  const latencies: number[] = []
  const codes: string[] = []
  const refused: string[] = []
  const started = performance.now()
  const until = started + job.milliseconds
  await Promise.all(
    connections.map(async (connection, index) => {
      const officer = job.officers[index % job.officers.length]
      if (!officer) return
      while (performance.now() < until) {
        const asked = performance.now()
        const { status, body } = await connection.ask(requestOf(officer, crypto.randomUUID()))
        latencies.push(performance.now() - asked)
        if (status === 201) codes.push(body.slice(9, body.indexOf('"', 9)))
        else refused.push(`${status} ${body}`)
      }
    }),
  )
  const milliseconds = performance.now() - started
  for (const connection of connections) connection.close()
  const sorted = Float64Array.from(latencies).sort()
  return {
    acknowledged: codes.length,
    milliseconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    codes,
    refused: refused.slice(0, 5),
  }
}

process.on('message', (job: LoadJob) => {
  run(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
