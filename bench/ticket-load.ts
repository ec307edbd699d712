import net from 'node:net'
import { percentile } from '../tests/support/percentile.ts'
import type { Address } from './connection.ts'

/** A process of its own that keeps N kiosks taking numbers of one service, each under a key as the kiosk sends it. */
export type TicketJob = Address & { path: string; body: string; connections: number; milliseconds: number }
export type TicketResult = {
  numbers: number[]
  milliseconds: number
  p50: number
  p99: number
  refused: string[]
}

const HEAD_END = '\r\n\r\n'

/** One kiosk on one connection. Written for little of the two cores: an answer comes in one piece or is put together. */
const kiosk = (job: TicketJob, until: number, result: TicketResult, latencies: number[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = net.connect({ host: job.host, port: job.port, noDelay: true })
    const before = `POST /api${job.path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\nidempotency-key: `
    const after = `\r\ncontent-length: ${Buffer.byteLength(job.body)}${HEAD_END}${job.body}`
    let asked = 0
    let text = ''
    const ask = (): void => {
      asked = performance.now()
      if (asked >= until) {
        socket.destroy()
        resolve()
      } else socket.write(before + crypto.randomUUID() + after, 'latin1')
    }
    const hear = (): void => {
      const head = text.indexOf(HEAD_END)
      if (head < 0) return
      const at = text.indexOf('content-length: ')
      const length = Number.parseInt(text.slice(at + 16, at + 26), 10)
      if (text.length < head + HEAD_END.length + length) return
      latencies.push(performance.now() - asked)
      const number = Number(/"number":"[A-Z]+(\d+)"/.exec(text)?.[1])
      if (text.startsWith('HTTP/1.1 201')) result.numbers.push(number)
      else result.refused.push(text.slice(0, 12) + text.slice(head, head + 300))
      text = ''
      ask()
    }
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => {
      text += chunk
      hear()
    })
    socket.once('error', reject)
    socket.once('close', () => {
      if (performance.now() < until) result.refused.push('the server closed the connection')
      resolve()
    })
    socket.once('connect', ask)
  })

const run = async (job: TicketJob): Promise<TicketResult> => {
  const latencies: number[] = []
  const result: TicketResult = { numbers: [], milliseconds: 0, p50: 0, p99: 0, refused: [] }
  const started = performance.now()
  const until = started + job.milliseconds
  await Promise.all(Array.from({ length: job.connections }, () => kiosk(job, until, result, latencies)))
  return {
    ...result,
    milliseconds: performance.now() - started,
    ...{ p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) },
    refused: result.refused.slice(0, 5),
  }
}

process.on('message', (job: TicketJob) => {
  run(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
