import { fillLine, openHall } from '../tests/support/hall.ts'
import { memoryOf } from '../tests/support/inspector.ts'
import { percentile } from '../tests/support/percentile.ts'
import { embeddedDatabase, type ServerProcess } from '../tests/support/server-process.ts'
import type { BoardJob, BoardResult } from './board-load.ts'
import { boardRequest, openSockets } from './board-sockets.ts'
import { inChild } from './child.ts'
import { type BenchRow, spread } from './report.ts'

export type BoardBenchOptions = {
  /** Started with an inspector, so that memory is read after a collection. */
  server: ServerProcess
  dataDir: string
  centre: string
  boards?: number
  rounds?: number
  events?: number
}

const KIB = 1_024

/** What one more board costs the server, when those of before have come and gone. */
const memoryOfBoards = async (server: ServerProcess, centre: string, boards: number) => {
  const address = { host: '127.0.0.1', port: Number(new URL(server.base).port) }
  const open = async () => {
    const sockets = await openSockets(address, boards, boardRequest(centre))
    await sockets.hear('event: snapshot')
    return sockets
  }
  const none = await memoryOf(server.said)
  const sockets = await open()
  const all = await memoryOf(server.said)
  sockets.close()
  const each = (of: 'heapUsed' | 'external' | 'rss') => (all[of] - none[of]) / boards / KIB
  return { rss: each('rss'), heap: each('heapUsed') + each('external') }
}

/**
 * R4: one event to so many boards of a hall, from the first that hears it to the last, against the same bytes written to as many
 * bare sockets, event by event in turns; both readings begin when the first byte is there, so that no wait of the relay is in them.
 */
export const benchBoards = async (options: BoardBenchOptions): Promise<BenchRow[]> => {
  const { server, dataDir, centre, boards = 2_000, rounds = 3, events = 100 } = options
  const { url } = await embeddedDatabase(dataDir)
  const hall = await openHall({ url, dataDir, centre, counters: 1 })
  await fillLine({ url, hall, count: rounds * events })
  const [seat] = hall.counters
  if (!seat) throw new Error('nobody sits in the hall')
  const { rss, heap } = await memoryOfBoards(server, hall.centre, boards)
  const address = { host: '127.0.0.1', port: Number(new URL(server.base).port) }
  const job = { ...address, centre: hall.centre, counter: seat.counter, cookie: seat.cookie, boards, events }
  const results: BoardResult[] = []
  for (let round = 0; round < rounds; round++)
    results.push(await inChild<BoardJob, BoardResult>('board-load.ts', job))

  const p99 = (of: 'boards' | 'bare') => results.map((result) => percentile(result[of], 0.99))
  const p50 = (of: 'boards' | 'bare') => Math.min(...results.map((result) => percentile(result[of], 0.5)))
  const [ours, theirs] = [p99('boards'), p99('bare')]
  const value = Math.min(...ours) / Math.min(...theirs)
  const press = results.map((result) => percentile(result.press, 0.95))
  const slowest = Math.min(...press)
  return [
    {
      name: `R4 fan-out to ${boards} boards against bare TCP`,
      ...{ value, target: 1.3, ok: value <= 1.3 },
      detail:
        `p99 of ${events} events, first to last reader: ${spread(ours, ' ms')}, bare ${spread(theirs, ' ms')}; ` +
        `p50 ${p50('boards').toFixed(1)} ms, bare ${p50('bare').toFixed(1)} ms`,
    },
    {
      name: 'R4 memory a board, KiB',
      ...{ value: rss, target: 40, ok: rss <= 40 },
      detail: `resident set of the server with ${boards} boards, after a collection; of it in the heap ${heap.toFixed(1)}`,
    },
    {
      name: `R4 press to the last of ${boards} boards, p95 ms`,
      ...{ value: slowest, target: 250, ok: slowest < 250 },
      detail: `${spread(press, ' ms')}: call, commit, sealing, relay and fan-out`,
    },
  ]
}
