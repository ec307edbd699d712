import pg from 'pg'
import { openHall } from '../tests/support/hall.ts'
import { embeddedDatabase, type ServerProcess } from '../tests/support/server-process.ts'
import { inChild } from './child.ts'
import { hasPgbench, pgbench } from './intake-sql.ts'
import { type BenchRow, best, spread } from './report.ts'
import type { TicketJob, TicketResult } from './ticket-load.ts'

export type TicketBenchOptions = {
  /** Lets one address ask as often as it likes: all kiosks of the load are on this machine. */
  server: ServerProcess
  dataDir: string
  centre: string
  rounds?: number
  seconds?: number
}

const CONNECTIONS = 128
const PEER_CLIENTS = 16
/** Raw rows are of a hall and a day of their own, where no forecast looks. */
const ELSEWHERE = { centre: 'bench', day: '2000-01-01' } as const

/** The same counter row that the server takes its numbers from: one statement, one commit each. */
const hotRow = (group: string): string =>
  `update ticket_counter set given = given + 1, last = last + 1
    where group_id = '${group}' and day = (now() at time zone 'Asia/Ho_Chi_Minh')::date returning last`

/** A ticket's row as bare as it may be, in the ticket's own table. */
const rawInsert = (group: string): string =>
  `insert into ticket (id, centre_id, group_id, number_group, day, number, code, token, channel, priority_class, language,
      state, queued_at, issued_at)
    values (lpad(:number::text, 32, '0')::uuid, '${ELSEWHERE.centre}', '${group}', '${group}', '${ELSEWHERE.day}', :number,
      'ZZ1', lpad(:number::text, 20, 'x'), 'KIOSK', 'NONE', 'vi', 'WAITING', now(), now())`.replaceAll(
    '\n',
    ' ',
  )

type Peer = { url: string; sql: string; run: number; seconds: number }

const byPgbench = ({ sql, ...options }: Peer): Promise<number> => {
  const number = '\\set number 1 + :run * 100000000 + :client_id * 1000000 + :n'
  const script = ['\\set n :n + 1', number, `${sql.replaceAll('\n', ' ')};`, ''].join('\n')
  return pgbench({ ...options, script, clients: PEER_CLIENTS })
}

/** The same statements by the bare driver, where there is no pgbench. */
const byDriver = async ({ url, sql, run, seconds }: Peer): Promise<number> => {
  const clients = await Promise.all(
    Array.from({ length: PEER_CLIENTS }, async () => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      return client
    }),
  )
  let done = 0
  const started = performance.now()
  await Promise.all(
    clients.map(async (client, index) => {
      for (let n = 1; performance.now() - started < seconds * 1_000; n++) {
        await client.query(sql.replaceAll(/(?<!:):number/g, String(1 + run * 1e8 + index * 1e6 + n)))
        done += 1
      }
    }),
  )
  const rate = (done * 1_000) / (performance.now() - started)
  await Promise.all(clients.map((client) => client.end()))
  return rate
}

/** Numbers given between two looks at the counter: each once, none left out, each a ticket that is there. */
const wrongNumbers = async (
  database: pg.Client,
  group: string,
  { from, to, numbers }: { from: number; to: number; numbers: readonly number[] },
): Promise<number> => {
  const { rows } = await database.query<{ kept: number }>(
    `select count(distinct number)::integer as kept from ticket
      where number_group = $1 and number > $2 and number <= $3 and day > $4`,
    [group, from, to, ELSEWHERE.day],
  )
  const given = new Set(numbers)
  const outside = numbers.filter((number) => !(number > from && number <= to)).length
  const [taken, kept] = [to - from, rows[0]?.kept ?? 0]
  return outside + (numbers.length - given.size) + Math.abs(taken - given.size) + Math.abs(taken - kept)
}

const lastOf = async (database: pg.Client, group: string): Promise<number> => {
  const { rows } = await database.query<{ last: number }>(
    'select coalesce(max(last), 0)::integer as last from ticket_counter where group_id = $1',
    [group],
  )
  return rows[0]?.last ?? 0
}

/** A hall's line is served: nobody waits for ten thousand others. Swept at once, which in service happens meanwhile. */
const emptyLine = async (database: pg.Client, group: string): Promise<void> => {
  await database.query(
    `update ticket set state = 'CANCELLED', ended_at = greatest(now(), issued_at)
      where group_id = $1 and state = 'WAITING'`,
    [group],
  )
  await database.query('vacuum (analyze) ticket, event, idempotency')
}

/**
 * R2: numbers of one service and day a second over HTTP, everything on, against PostgreSQL's own load generator on the very same
 * row, and against inserting bare ticket rows; in turns, on the same server with durable commits.
 */
export const benchTickets = async (options: TicketBenchOptions): Promise<BenchRow[]> => {
  const { server, dataDir, centre, rounds = 3, seconds = 4 } = options
  const { url } = await embeddedDatabase(dataDir)
  const { group } = await openHall({ url, dataDir, centre, counters: 1 })
  const withPgbench = await hasPgbench()
  const peer = withPgbench ? byPgbench : byDriver
  const address = { host: '127.0.0.1', port: Number(new URL(server.base).port) }
  const job = {
    ...{ ...address, connections: CONNECTIONS, path: `/centres/${encodeURIComponent(centre)}/tickets` },
    body: JSON.stringify({ serviceGroup: group }),
  }
  const load = (milliseconds: number) =>
    inChild<TicketJob, TicketResult>('ticket-load.ts', { ...job, milliseconds })
  const database = new pg.Client({ connectionString: url })
  await database.connect()
  await load(2_000)
  const [ours, hot, raw]: [number[], number[], number[]] = [[], [], []]
  const latencies: TicketResult[] = []
  let [wrong, given] = [0, 0]
  try {
    for (let round = 1; round <= rounds; round++) {
      const half = { url, run: round, seconds: Math.ceil(seconds / 2) }
      hot.push(await peer({ ...half, sql: hotRow(group) }))
      raw.push(await peer({ ...half, sql: rawInsert(group) }))
      await emptyLine(database, group)
      const from = await lastOf(database, group)
      const result = await load(seconds * 1_000)
      const to = await lastOf(database, group)
      wrong += await wrongNumbers(database, group, { from, to, numbers: result.numbers })
      given += result.numbers.length
      ours.push((result.numbers.length * 1_000) / result.milliseconds)
      latencies.push(result)
    }
  } finally {
    await database.end()
  }
  const refused = latencies.flatMap((result) => result.refused)
  const sound = wrong === 0 && refused.length === 0 && given > 0
  const fastest = latencies.toSorted((a, b) => a.p99 - b.p99)[0]
  const against = withPgbench ? 'pgbench' : 'the bare driver (no pgbench here)'
  const detail =
    `${spread(ours, '/s')} on ${CONNECTIONS} connections, p50 ${fastest?.p50.toFixed(0)} ms, p99 ${fastest?.p99.toFixed(0)} ms; ` +
    `${against} with ${PEER_CLIENTS} clients on the same row ${spread(hot, '/s')}; ${given} numbers, ${wrong} double, missing or without ticket` +
    (refused.length > 0 ? `; refused ${refused[0]}` : '')
  const [times, share] = [best(ours) / best(hot), best(ours) / best(raw)]
  return [
    { name: 'R2 one hot counter', value: times, target: 5, ok: sound && times >= 5, detail },
    {
      name: 'R2 numbers against raw inserts of tickets',
      ...{ value: share, target: 0.8, ok: sound && share >= 0.8 },
      detail: `each with its event and its kept answer; ${against} inserts bare rows ${spread(raw, '/s')}`,
    },
  ]
}
