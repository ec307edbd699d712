import { percentile } from '../tests/support/percentile.ts'
import { openConnection, requestOf } from './connection.ts'

/** A process of its own that keeps N connections busy with intakes. */
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

const run = async (job: LoadJob): Promise<LoadResult> => {
  const connections = await Promise.all(Array.from({ length: job.connections }, () => openConnection(job)))
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
        const key = crypto.randomUUID()
        const text = officer.body.replace('{note}', key)
        const request = requestOf('POST', '/dossiers', { cookie: officer.cookie, body: text, key })
        const { status, body } = await connection.ask(request)
        latencies.push(performance.now() - asked)
        if (status === 201) codes.push(body.slice(9, body.indexOf('"', 9)))
        else refused.push(`${status} ${body}`)
      }
    }),
  )
  const milliseconds = performance.now() - started
  for (const connection of connections) connection.close()
  return {
    acknowledged: codes.length,
    milliseconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
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
