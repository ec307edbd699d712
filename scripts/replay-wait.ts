// `npm run -s replay-wait -- FILE`: replays days of a hall, JSON line by JSON line, and prints for each arrival the wait that
// was promised with what was known at that moment, so that anyone can score the promises.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { createWaitEstimator } from '#modules/queue/rules.ts'
import { createRandom } from '#sim/random.ts'

const Minutes = z.number().min(0).max(100_000)
const Name = z.union([z.string().min(1), z.number()]).transform(String)
const Line = z.discriminatedUnion('type', [
  z.object({ type: z.literal('day') }),
  z.object({
    type: z.literal('plan'),
    counters: z.array(z.object({ from: Minutes, to: Minutes, open: z.int().min(0).max(1_000) })),
  }),
  z.object({ type: z.enum(['counter-open', 'counter-close']), t: Minutes, counter: Name }),
  z.object({
    type: z.literal('arrive'),
    t: Minutes,
    ticket: Name,
    service: Name,
    priority: z.boolean().default(false),
  }),
  z.object({ type: z.enum(['start', 'end']), t: Minutes, ticket: Name, counter: Name }),
  z.object({ type: z.literal('leave'), t: Minutes, ticket: Name }),
])

const readLine = (text: string) => {
  try {
    return Line.safeParse(JSON.parse(text))
  } catch {
    return undefined
  }
}

const round = (minutes: number): number => Math.round(minutes * 100) / 100

const replay = async (file: string): Promise<void> => {
  const estimator = createWaitEstimator(createRandom('replay').next)
  let number = 0
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1
    if (text.trim() === '') continue
    const line = readLine(text)
    if (!line?.success) {
      const reason = line ? z.prettifyError(line.error).replaceAll('\n', ' ') : 'not JSON'
      throw new Error(`Dòng ${number} không đọc được · line ${number} cannot be read: ${reason}`)
    }
    const said = estimator.observe(line.data)
    if (line.data.type !== 'arrive') continue
    const { ticket } = line.data
    const range = said
      ? { p10: round(said.p10), p50: round(said.p50), p90: round(said.p90) }
      : { p10: null, p50: null, p90: null }
    process.stdout.write(`${JSON.stringify({ ticket, ...range })}\n`)
  }
}

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('npm run -s replay-wait -- FILE')
  process.exit(2)
}
await replay(file).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
})
