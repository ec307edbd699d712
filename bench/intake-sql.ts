import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'

import type { StaffActor } from '#modules/identity/contract.ts'
import { systemClock } from '#platform/clock/clock.ts'
import { connect } from '#platform/db/connect.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { createIdempotency } from '#platform/http/idempotency.ts'
import { createServices } from '#server/services.ts'
import { type Statement as Captured, watchStatements } from '../tests/support/statements.ts'
import { temporaryFolder } from '../tests/support/temporary-folder.ts'

/** One statement of an intake with `:variables`; `saves` is the prefix of those that its answer sets. */
export type Statement = { sql: string; saves?: string }

type Intake = Parameters<ReturnType<typeof createServices>['dossiers']['create']>[0]

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
/** A day and year of their own, so that the comparison's numbers do not mix with the counter's. */
const DAY = '2000-01-01'

/** The SQL that the service really sends for one intake, from `begin` to `commit`. */
export const captureIntake = async (url: string, username: string, intake: Intake): Promise<Statement[]> => {
  const folder = await temporaryFolder('bench')
  const database = connect({ url, poolSize: 2 })
  const reference = connect({ url, poolSize: 2 })
  const captured: Captured[] = []
  watchStatements(database.pool, (statement) => captured.push(statement))
  try {
    const services = createServices({
      db: database.db,
      reference: reference.db,
      files: await createLocalFileStore(folder),
      clock: systemClock,
      secret: 'a secret of the benchmark, long enough to be one',
      demo: true,
      hotline: '',
      publicUrl: () => 'http://127.0.0.1',
    })
    const { rows } = await database.pool.query<{ id: string; name: string }>(
      'select id, name from auth_user where username = $1',
      [username],
    )
    const actor: StaffActor = {
      kind: 'staff',
      id: rows[0]?.id ?? '',
      username,
      name: rows[0]?.name ?? '',
      position: '',
      unit: intake.receivingCentre,
      centre: intake.receivingCentre,
      counter: null,
      grants: [{ role: 'RECEPTION', scope: 'centre', unit: intake.receivingCentre }],
      session: '',
    }
    const once = async (): Promise<{ statements: Captured[]; code: string }> => {
      captured.length = 0
      const key = crypto.randomUUID()
      const body = { ...intake, note: key }
      const idempotency = createIdempotency({
        account: actor.id,
        key,
        operation: 'dossiers.create',
        body,
        status: 201,
        now: systemClock.now,
      })
      const { code } = await services.dossiers.create(body, { actor, idempotency })
      const texts = captured.map(({ text }) => text.toLowerCase())
      return { statements: captured.slice(texts.indexOf('begin') + 1, texts.lastIndexOf('commit')), code }
    }
    await once()
    const first = await once()
    const second = await once()
    return templateOf(first, JSON.stringify(second.statements))
  } finally {
    await Promise.all([database.close(), reference.close()])
    await rm(folder, { recursive: true, force: true })
  }
}

/** As the driver writes a parameter, but as text within the statement. */
const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return `array[${value.map(literal).join(',')}]`
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'::bytea`
  return pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value))
}

/** Ids that the next intake does not have are made anew by each transaction; the code and the book's number come from its own counters. */
const templateOf = (
  { statements, code }: { statements: readonly Captured[]; code: string },
  other: string,
): Statement[] =>
  statements.map(({ text, values }) => {
    const filled = text.replace(/\$(\d+)/g, (_, n: string) => literal(values[Number(n) - 1]))
    const own = filled
      .replace(UUID, (id) => (other.includes(id) ? id : `${id.slice(0, 24)}:id`))
      .replaceAll(code, `${code.slice(0, code.indexOf('-'))}-000101-:code_last`)
      .replace(/"book_number":\d+/g, '"book_number": :book_last')
    if (text.includes('into dossier_code_counter'))
      return { sql: own.replace(/\d{4}-\d\d-\d\d/, DAY), saves: 'code_' }
    if (text.includes('into dossier_book_counter'))
      return { sql: own.replace(/"year":\d{4}/, `"year":${DAY.slice(0, 4)}`), saves: 'book_' }
    return { sql: own }
  })

type Run = { url: string; statements: readonly Statement[]; clients: number; seconds: number; run: number }

/** Transactions a second; each client's ids grow, as the service's do. */
export type Runner = (options: Run) => Promise<number>

const scriptOf = (statements: readonly Statement[]): string =>
  [
    '\\set n :n + 1',
    '\\set id 100000000000 + :run * 1000000000 + :client_id * 10000000 + :n',
    'begin;',
    ...statements.map(({ sql, saves }) => (saves === undefined ? `${sql};` : `${sql} \\gset ${saves}`)),
    'commit;',
    '',
  ].join('\n')

export const runPgbench: Runner = ({ url, statements, clients, seconds, run }) =>
  pgbench({ url, script: scriptOf(statements), clients, seconds, run })

/** Transactions a second of PostgreSQL's own load generator with this script; `:run` tells runs apart, `:n` counts from 0. */
export const pgbench = async (options: Omit<Run, 'statements'> & { script: string }): Promise<number> => {
  const { url, script, clients, seconds, run } = options
  const folder = await temporaryFolder('pgbench')
  try {
    const file = path.join(folder, 'script.sql')
    await writeFile(file, script)
    const threads = String(Math.min(clients, 2))
    const said = await output('pgbench', [
      ...['-n', '-f', file, '-c', String(clients), '-j', threads, '-T', String(seconds)],
      ...['-D', 'n=0', '-D', `run=${run}`, url],
    ])
    const found = /tps = ([\d.]+)/.exec(said)?.[1]
    if (!found || /aborted|ERROR/.test(said)) throw new Error(said)
    return Number(found)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const output = (command: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.once('error', reject)
    child.once('exit', () => resolve(said))
  })

export const hasPgbench = (): Promise<boolean> =>
  output('pgbench', ['--version']).then(
    () => true,
    () => false,
  )

/** The same transactions by the bare driver, where there is no pgbench. */
export const runDriver: Runner = async ({ url, statements, clients, seconds, run }) => {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      return client
    }),
  )
  let done = 0
  const started = performance.now()
  const until = started + seconds * 1_000
  await Promise.all(
    connections.map(async (client, index) => {
      for (let n = 1; performance.now() < until; n++) {
        const variables = new Map<string, string>([['id', String(1e11 + run * 1e9 + index * 1e7 + n)]])
        const fill = (sql: string): string =>
          sql.replace(/(?<!:):(id|code_last|book_last)\b/g, (_, name: string) => variables.get(name) ?? '')
        await client.query('begin')
        for (const { sql, saves } of statements) {
          const { rows } = await client.query(fill(sql))
          if (saves !== undefined) variables.set(`${saves}last`, String(rows[0]?.last))
        }
        await client.query('commit')
        done += 1
      }
    }),
  )
  const rate = (done * 1_000) / (performance.now() - started)
  await Promise.all(connections.map((client) => client.end()))
  return rate
}
