import pg from 'pg'
import { createHttpClient } from '../tests/support/http-client.ts'
import { embeddedDatabase, type ServerProcess } from '../tests/support/server-process.ts'
import { inChild } from './child.ts'
import type { LoadJob, LoadResult } from './http-load.ts'
import { captureIntake, hasPgbench, runDriver, runPgbench } from './intake-sql.ts'
import { type BenchRow, best, spread } from './report.ts'

export type IntakeBenchOptions = { server: ServerProcess; dataDir: string; rounds?: number; seconds?: number }

const CONNECTIONS = 64
const PEER_CLIENTS = [1, 8, 16, 32] as const
const CODE_CLIENTS = 50
const PROCEDURE = '2.000815'
const PLACES = ['halong ha-long', 'mongcai mong-cai', 'campha cam-pha', 'uongbi uong-bi'] as const

/** The intake of a copy's certification, one paper, as the desk sends it. */
export const intakeAt = async (base: string, centre: string) => {
  const http = createHttpClient(base, 1)
  const { body } = await http.call({ method: 'GET', path: `/procedures/${PROCEDURE}` })
  http.close()
  const [first]: { id: string; components: { id: string }[] }[] = JSON.parse(body).cases
  return {
    procedure: PROCEDURE,
    case: first?.id ?? '',
    receivingCentre: centre,
    channel: 'direct' as const,
    owner: {
      kind: 'person' as const,
      name: 'Nguyễn Văn Mẫu',
      personalId: '000000000001',
      phone: '0900000001',
      address: 'Số 00 đường Thí Dụ, tổ 0, khu 0',
    },
    components: (first?.components ?? []).map(({ id }) => ({
      component: id,
      originals: 1,
      copies: 0,
      certifiedCopies: 0,
      status: 'present' as const,
      files: [],
    })),
    resultReturn: { way: 'counter' as const },
    sets: 1,
  }
}

const officersOf = async (base: string): Promise<LoadJob['officers']> => {
  const http = createHttpClient(base, 1)
  const officers: LoadJob['officers'] = []
  for (const place of PLACES) {
    const [name, id] = place.split(' ')
    for (const n of [1, 2]) {
      const cookie = await http.signIn(`tiepnhan.${name}${n}`)
      const body = JSON.stringify({ ...(await intakeAt(base, `tthcc-${id}`)), note: '{note}' })
      officers.push({ cookie, body })
    }
  }
  http.close()
  return officers
}

const generate = (job: LoadJob): Promise<LoadResult> => inChild('http-load.ts', job)

/** Every acknowledged code is there once, the day's numbers have no gap, and nothing is there that was not acknowledged. */
const wrongCodes = async (url: string, codes: readonly string[]): Promise<number> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ wrong: number }>(
    `with mine as (select distinct code from unnest($1::text[]) as code),
      numbers as (
        select c.last, count(d.id) as used, count(distinct d.code) as different,
          max(substring(d.code from '[0-9]+$')::integer) as highest
        from dossier_code_counter c
        join dossier d on d.code like c.identifier || '-' || to_char(c.day, 'YYMMDD') || '-%'
        group by c.identifier, c.day, c.last
      )
    select ((select count(*) from mine where code not in (select code from dossier))
      + (select $2::integer - count(*) from mine)
      + (select count(*) from numbers where last <> used or last <> different or last <> highest))::integer as wrong`,
    [codes, codes.length],
  )
  await client.end()
  return rows[0]?.wrong ?? -1
}

/**
 * R1: intakes a second over HTTP on 64 connections, everything on, against the best of PostgreSQL's own load generator with the
 * same SQL, a transaction each; in turns, on the same server with durable commits.
 */
export const benchIntake = async (options: IntakeBenchOptions): Promise<BenchRow[]> => {
  const { server, dataDir, rounds = 3, seconds = 4 } = options
  const { url } = await embeddedDatabase(dataDir)
  const officers = await officersOf(server.base)
  const statements = await captureIntake(
    url,
    'tiepnhan.halong1',
    await intakeAt(server.base, 'tthcc-ha-long'),
  )
  const withPgbench = await hasPgbench()
  const peer = withPgbench ? runPgbench : runDriver
  const address = { host: '127.0.0.1', port: Number(new URL(server.base).port) }
  const load = (connections: number, milliseconds: number) =>
    generate({ ...address, connections, milliseconds, officers })

  await load(CONNECTIONS, 2_000)
  const ours: number[] = []
  const theirs: number[] = []
  const latencies: { p50: number; p99: number }[] = []
  const codes: string[] = []
  const bests = new Map<number, number>()
  let refused: string[] = []
  let run = 0
  for (let round = 0; round < rounds; round++) {
    for (const clients of PEER_CLIENTS) {
      run += 1
      const rate = await peer({ url, statements, clients, seconds: Math.ceil(seconds / 2), run })
      bests.set(clients, Math.max(bests.get(clients) ?? 0, rate))
      theirs.push(rate)
    }
    const result = await load(CONNECTIONS, seconds * 1_000)
    ours.push((result.acknowledged * 1_000) / result.milliseconds)
    latencies.push(result)
    codes.push(...result.codes)
    refused = [...refused, ...result.refused]
  }
  const wrong = await wrongCodes(url, codes)
  const value = best(ours) / best(theirs)
  const fastest = latencies.toSorted((a, b) => a.p99 - b.p99)[0]
  const against = withPgbench ? 'pgbench' : 'the bare driver (no pgbench here)'
  const each = [...bests].map(([clients, rate]) => `${clients}: ${Math.round(rate)}`).join(', ')
  const detail =
    `${spread(ours, '/s')} on ${CONNECTIONS} connections, p50 ${fastest?.p50.toFixed(0)} ms, p99 ${fastest?.p99.toFixed(0)} ms; ` +
    `${against} best by clients ${each}; ${statements.length} statements; ${codes.length} acknowledged, ${wrong} wrong` +
    (refused.length > 0 ? `; refused ${refused[0]}` : '')
  const sound = wrong === 0 && refused.length === 0
  return [
    { name: 'R1 intake', value, target: 0.5, ok: sound && value >= 0.5, detail },
    await codesAtOnce(url, load),
  ]
}

const codesAtOnce = async (
  url: string,
  load: (connections: number, milliseconds: number) => Promise<LoadResult>,
): Promise<BenchRow> => {
  const { codes, refused } = await load(CODE_CLIENTS, 2_000)
  const wrong = (await wrongCodes(url, codes)) + refused.length
  const detail = `${codes.length} codes taken by ${CODE_CLIENTS} clients at once: duplicates, gaps and refusals`
  return {
    name: 'codes without gap or duplicate',
    value: wrong,
    target: 0,
    ok: wrong === 0 && codes.length > 0,
    detail,
  }
}
