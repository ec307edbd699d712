import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** What a process holds after its garbage is collected, in bytes. */
export type Memory = { heapUsed: number; external: number; rss: number }

const Usage = z.object({ heapUsed: z.number(), external: z.number(), rss: z.number() })
const Answer = z.object({
  id: z.int(),
  result: z.object({ result: z.object({ value: z.string() }).optional() }),
})

/** Start a server with this environment to look into its memory. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' } as const

const PATIENCE_MS = 10_000

/** The memory of a process that said where its inspector listens, after two collections. */
export const memoryOf = async (said: () => string): Promise<Memory> => {
  const address = await listening(said)
  const socket = new WebSocket(address)
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error(`no inspector at ${address}`)))
  })
  let asked = 0
  const ask = (method: string, params: object = {}): Promise<string> =>
    new Promise((resolve) => {
      asked += 1
      const id = asked
      const hear = ({ data }: MessageEvent): void => {
        const answer = Answer.safeParse(JSON.parse(String(data)))
        if (!answer.success || answer.data.id !== id) return
        socket.removeEventListener('message', hear)
        resolve(answer.data.result.result?.value ?? '')
      }
      socket.addEventListener('message', hear)
      socket.send(JSON.stringify({ id, method, params }))
    })
  try {
    // What the first one finds dead is given back by the second.
    for (let round = 0; round < 2; round++) {
      await ask('HeapProfiler.collectGarbage')
      await sleep(100)
    }
    const expression = 'JSON.stringify(process.memoryUsage())'
    return Usage.parse(JSON.parse(await ask('Runtime.evaluate', { expression })))
  } finally {
    socket.close()
  }
}

const listening = async (said: () => string): Promise<string> => {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; ) {
    const address = /Debugger listening on (ws:\S+)/.exec(said())?.[1]
    if (address) return address
    await sleep(20)
  }
  throw new Error(`no inspector: ${said()}`)
}
