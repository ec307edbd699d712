import pg from 'pg'
import { listDossierRows } from '#modules/dossiers/views/lists.ts'
import { connect } from '#platform/db/connect.ts'
import { createHttpClient } from '../tests/support/http-client.ts'
import { percentile } from '../tests/support/percentile.ts'
import { type Statement, watchStatements } from '../tests/support/statements.ts'
import type { BenchRow } from './report.ts'

/** A server on a past of so many dossiers, and its database. */
export type ListServer = { base: string; url: string; dossiers: number }

type Kind = { name: string; paths: string[]; as: Asker }
type Asker = 'supervisor' | 'clerk' | 'specialist'

const ASKERS: Readonly<Record<Asker, string>> = {
  supervisor: 'giamsat.tinh',
  clerk: 'tiepnhan.halong1',
  specialist: 'chuyenvien.halong',
}
const ROUNDS = 12

const q = (text: string): string => `/dossiers?q=${encodeURIComponent(text)}`

/** What is asked for exists: codes, numbers and names are taken from the table itself, the same for the same past. */
const kindsOf = async (url: string): Promise<Kind[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{
    code: string
    owner_name: string
    owner_number: string
    owner_phone: string
  }>(
    `select code, owner_name, owner_number, owner_phone from dossier
     where import_id is not null and owner->>'kind' = 'person' and import_line % 9973 = 5 order by received_at desc limit ${ROUNDS}`,
  )
  await client.end()
  const each = (make: (row: (typeof rows)[number], i: number) => string): string[] => rows.map(make)
  const lastWords = (name: string, n: number): string => name.split(' ').slice(-n).join(' ')
  const mistyped = (name: string): string => name.replace(/(\S)(\S)$/, '$1x$2').replace(/x/, 'b')
  const same = (path: string): string[] => Array.from({ length: ROUNDS }, () => path)
  const supervisor = (name: string, paths: string[]): Kind => ({ name, paths, as: 'supervisor' })
  return [
    supervisor('newest', same('/dossiers')),
    { name: 'newest of a centre', paths: same('/dossiers'), as: 'clerk' },
    { name: 'newest of an agency', paths: same('/dossiers'), as: 'specialist' },
    supervisor('by common state', same('/dossiers?state=RETURNED')),
    supervisor('by rare state', same('/dossiers?state=STOPPED')),
    { name: 'by state at a centre', paths: same('/dossiers?state=WITHDRAWN'), as: 'clerk' },
    supervisor('by centre', same('/dossiers?centre=tthcc-cam-pha')),
    supervisor('by procedure', same('/dossiers?procedure=2.000815')),
    supervisor('overdue', same('/dossiers?pace=OVERDUE')),
    { name: 'overdue at a centre', paths: same('/dossiers?pace=OVERDUE'), as: 'clerk' },
    supervisor('due soon', same('/dossiers?pace=DUE_SOON')),
    { name: 'tasks of an officer', paths: same('/tasks?filter=mine'), as: 'specialist' },
    { name: 'tasks free to take', paths: same('/tasks?filter=claimable'), as: 'specialist' },
    supervisor('one common syllable', same(q('thi'))),
    { name: 'one common syllable at a centre', paths: same(q('thi')), as: 'clerk' },
    supervisor(
      'two syllables',
      each(({ owner_name }) => q(lastWords(owner_name, 2))),
    ),
    supervisor(
      'a whole name',
      each(({ owner_name }) => q(owner_name)),
    ),
    supervisor(
      'a rare name',
      each((_, i) => q(`Lê Quý Đôn ${'abcdeghiklmn'[i]}`)),
    ),
    supervisor(
      'a typing error',
      each(({ owner_name }) => q(mistyped(owner_name))),
    ),
    supervisor(
      'code',
      each(({ code }) => q(code)),
    ),
    supervisor(
      'code end',
      each(({ code }) => q(code.slice(code.indexOf('-') + 1))),
    ),
    supervisor(
      'card number',
      each(({ owner_number }) => q(owner_number)),
    ),
    supervisor(
      'phone',
      each(({ owner_phone }) => q(owner_phone)),
    ),
  ]
}

type Asking = { path: string; cookie: string }

/** Each query of the mix, with the cookie of who asks it. */
const openServer = async ({ base, url, dossiers }: ListServer) => {
  const http = createHttpClient(base, 2)
  const cookies = new Map<Asker, string>()
  for (const [asker, username] of Object.entries(ASKERS))
    cookies.set(asker as Asker, await http.signIn(username)) // keys of ASKERS
  const kinds = await kindsOf(url)
  const askings = kinds.map(({ name, paths, as }) => ({
    name,
    askings: paths.map((path): Asking => ({ path, cookie: cookies.get(as) ?? '' })),
    ms: [] as number[],
  }))
  return { http, dossiers, kinds: askings }
}

/**
 * R5: lists and searches by HTTP on a small past and a large one in turns. Each list counts what it could show, capped, and
 * writes down whose names were read.
 */
export const benchLists = async (small: ListServer, large: ListServer): Promise<BenchRow[]> => {
  const sides = [await openServer(small), await openServer(large)] as const
  const failed: string[] = []
  for (let round = -1; round < ROUNDS; round++)
    for (const [index] of sides[0].kinds.entries())
      for (const { http, kinds } of sides) {
        const kind = kinds[index]
        const asking = kind?.askings[Math.max(round, 0)]
        if (!kind || !asking) continue
        const { status, ms, body } = await http.call({ method: 'GET', ...asking })
        if (status !== 200) failed.push(`${kind.name}: ${status} ${body.slice(0, 100)}`)
        // The first time around fills caches on both sides.
        if (round >= 0) kind.ms.push(ms)
      }
  for (const { http } of sides) http.close()
  const [less, more] = sides.map(({ kinds }) =>
    percentile(
      kinds.flatMap(({ ms }) => ms),
      0.95,
    ),
  )
  const ratio = (more ?? 0) / (less ?? 1)
  const slowest = sides[1].kinds
    .map(({ name, ms }) => ({ name, p95: percentile(ms, 0.95) }))
    .toSorted((a, b) => b.p95 - a.p95)
  const worst = slowest.slice(0, 5).map(({ name, p95 }) => `${name} ${p95.toFixed(0)}`)
  const sizes = `${small.dossiers} → ${large.dossiers}`
  const sound = failed.length === 0
  const detail = `${sides[0].kinds.length} kinds of list and search; p95 ${less?.toFixed(1)} → ${more?.toFixed(1)} ms; slowest kinds: ${worst.join(', ')}${sound ? '' : `; failed: ${failed[0]}`}`
  return [
    {
      name: `R5 growth of lists and searches ${sizes}, p95 ratio`,
      value: ratio,
      target: 3,
      ok: sound && ratio <= 3,
      detail,
    },
    {
      name: `R5 lists and searches by HTTP among ${large.dossiers}, p95 ms`,
      value: more ?? 0,
      target: 25,
      ok: sound && (more ?? 0) <= 25,
      detail: slowest.map(({ name, p95 }) => `${name} ${p95.toFixed(0)}`).join(', '),
    },
  ]
}

type Plan = { 'Node Type': string; 'Index Name'?: string; Plans?: Plan[] }

const shapeOf = (plan: Plan): string =>
  `${plan['Node Type']}${plan['Index Name'] ? ` ${plan['Index Name']}` : ''}(${(plan.Plans ?? []).map(shapeOf).join(',')})`

const CENTRE = 'tthcc-ha-long'
const POLICY_ROUNDS = 60

/** R16: the newest page as somebody reads it whose rights reach one centre, against the same page of the whole province. */
export const benchPolicy = async ({ url, dossiers }: Omit<ListServer, 'base'>): Promise<BenchRow> => {
  const database = connect({ url, poolSize: 2 })
  const seen: Statement[] = []
  watchStatements(database.pool, (statement) => seen.push(statement))
  const rules = {
    with: { any: [{ receiving_centre: [CENTRE] }, { returning_centre: [CENTRE] }] },
    without: 'all',
  } as const
  const ms = { with: [] as number[], without: [] as number[] }
  const read = (rule: (typeof rules)[keyof typeof rules]) =>
    listDossierRows(database.db, { rule, filter: {}, now: new Date(), limit: 50 })
  for (let round = -5; round < POLICY_ROUNDS; round++)
    for (const side of ['with', 'without'] as const) {
      const started = performance.now()
      await read(rules[side])
      if (round >= 0) ms[side].push(performance.now() - started)
    }
  const shapes: string[] = []
  for (const rule of [rules.with, rules.without]) {
    seen.length = 0
    await read(rule)
    for (const { text, values } of [...seen]) {
      const { rows } = await database.pool.query(`explain (format json) ${text}`, values)
      shapes.push(shapeOf(rows[0]['QUERY PLAN'][0].Plan))
    }
  }
  await database.close()
  const [ours, bare] = [percentile(ms.with, 0.5), percentile(ms.without, 0.5)]
  const walks = shapes.filter((shape) => /Seq Scan|Bitmap/.test(shape))
  const value = ours / bare
  return {
    name: `R16 list with the rights of a centre / without, among ${dossiers}`,
    value,
    target: 1.2,
    ok: value <= 1.2 && walks.length === 0,
    detail: `medians of ${POLICY_ROUNDS}: ${ours.toFixed(2)} and ${bare.toFixed(2)} ms; plans: ${shapes.join(' | ')}`,
  }
}
