import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { access, chmod, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { HISTORY_FIELDS } from '#modules/dossiers/rules.ts'
import { systemClock } from '#platform/clock/clock.ts'
import { connect } from '#platform/db/connect.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { createSealer } from '#platform/log/sealer.ts'
import { loadSigningKey } from '#platform/log/signing-key.ts'
import { verifyLog } from '#platform/log/verify/verify.ts'
import { createServices, type Services } from '#server/services.ts'
import { historyLines, type PastOffer } from '#sim/history.ts'
import { centresOn, resolvingUnit } from '#sim/offers.ts'
import { makeEmptyProvince } from '../tests/support/empty-province.ts'

/** Ten years until shortly before the benchmark's own dossiers. */
const FROM = new Date('2016-01-04T00:00:00+07:00')
const TO = new Date('2026-04-01T00:00:00+07:00')
/** Another number when the past is told otherwise: folders of before are not used any more. */
const EDITION = 3
const SEED = 'mot-cua-bench'
/** Of a hundred dossiers one is still being worked on. */
const RUNNING_SHARE = 0.01

export type Past = { rows: number; dataDir: string }
export type ImportTimes = {
  bareMs: number[]
  importMs: number
  bytes: number
  accepted: number
  wrong: string[]
}

const folderOf = (rows: number): string => path.join(os.tmpdir(), `mot-cua-bench-past-${EDITION}-${rows}`)

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

/** The data folder of a province with this many dossiers: made once by the product's own import, kept between runs. */
export const pastOf = async (rows: number, say: (line: string) => void): Promise<Past> => {
  const folder = folderOf(rows)
  if (!(await exists(path.join(folder, 'ready')))) await importPast(rows, say)
  return { rows, dataDir: path.join(folder, 'data') }
}

/** Imports the past into an empty province by the command that offices use, and times it against a bare COPY of the same bytes. */
export const importPast = async (rows: number, say: (line: string) => void): Promise<ImportTimes> => {
  const folder = folderOf(rows)
  const dataDir = path.join(folder, 'data')
  const file = path.join(folder, 'past.csv')
  await rm(path.join(folder, 'ready'), { force: true })
  await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { recursive: true })
  await chmod(folder, 0o755)
  await makeEmptyProvince(dataDir)
  const server = await startEmbedded({ dataDir })
  const url = server.url('mot_cua')
  try {
    say(`writing ${rows} lines …`)
    await writeWith(url, dataDir, { file, rows })
    await chmod(file, 0o644)
    const bareMs = [await copyBare(url, file), await copyBare(url, file)]
    say('importing …')
    const started = performance.now()
    await runImport(dataDir, file)
    const importMs = performance.now() - started
    bareMs.push(await copyBare(url, file))
    const { accepted, wrong } = await checkImport(url, dataDir, rows)
    await leaveRunning(url, rows)
    await writeFile(path.join(folder, 'ready'), '')
    return { bareMs, importMs, bytes: (await stat(file)).size, accepted, wrong }
  } finally {
    await server.stop()
    await rm(file, { force: true })
  }
}

const servicesOn = async (
  url: string,
  dataDir: string,
): Promise<{ services: Services; close: () => Promise<void> }> => {
  const database = connect({ url, poolSize: 4 })
  const services = createServices({
    db: database.db,
    reference: database.db,
    files: await createLocalFileStore(path.join(dataDir, 'files')),
    clock: systemClock,
    secret: 'nobody signs in while the past is being written',
    demo: true,
    hotline: '',
    publicUrl: () => '',
  })
  return { services, close: database.close }
}

/** The procedures that people ask for, at every open centre where somebody of the province decides them. */
const offersOf = async ({ catalogue, organisation }: Services, on: string): Promise<PastOffer[]> => {
  const tree = await organisation.tree()
  const { items } = await catalogue.search({ limit: 100 })
  const offers: PastOffer[] = []
  for (const [rank, { code }] of items.entries()) {
    const version = await catalogue.getInForce(code)
    for (const centre of centresOn(tree, on)) {
      const unit = resolvingUnit(tree, { version, centre, place: null, on })
      if (unit !== null) offers.push({ procedure: code, centre, unit, weight: 1 / (rank + 3) })
    }
  }
  return offers
}

const PAGE = 1_000_000

const writeWith = async (
  url: string,
  dataDir: string,
  { file, rows }: { file: string; rows: number },
): Promise<void> => {
  const { services, close } = await servicesOn(url, dataDir)
  try {
    const tree = await services.organisation.tree()
    // What the running dossiers travel.
    await services.workflow.ensureStandardProcesses([8], '2014-01-01')
    const offers = await offersOf(services, TO.toISOString().slice(0, 10))
    const out = createWriteStream(file)
    let page = ''
    for (const line of historyLines({ seed: SEED, rows, from: FROM, to: TO, tree, offers })) {
      page += line
      if (page.length < PAGE) continue
      if (!out.write(page)) await once(out, 'drain')
      page = ''
    }
    out.end(page)
    await once(out, 'finish')
  } finally {
    await close()
  }
}

const onDatabase = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The server reads the file itself into a table without a key or an index. */
const copyBare = (url: string, file: string): Promise<number> =>
  onDatabase(url, async (client) => {
    await client.query(`create table bare (${HISTORY_FIELDS.map((field) => `"${field}" text`).join(', ')})`)
    const started = performance.now()
    await client.query(`copy bare from '${file}' with (format csv, header true)`)
    const took = performance.now() - started
    await client.query('drop table bare')
    return took
  })

const runImport = (dataDir: string, file: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const args = ['--max-semi-space-size=64', 'apps/server/import-dossiers.ts', file]
    const environment = { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, DEMO: '1' }
    const cwd = path.join(import.meta.dirname, '..')
    const child = spawn(process.execPath, args, {
      cwd,
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)))
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the import ended with ${code}: ${said}`)),
    )
  })

/** Every line is one dossier with one event in its place, and the whole log verifies. */
const checkImport = async (
  url: string,
  dataDir: string,
  rows: number,
): Promise<{ accepted: number; wrong: string[] }> => {
  const key = await loadSigningKey(path.join(dataDir, 'keys'))
  const database = connect({ url, poolSize: 2 })
  await createSealer({ db: database.db, signingKey: key }).sealAll()
  await database.close()
  const found = await onDatabase(url, async (client) => {
    const { rows } = await client.query<{ dossiers: number; events: number; rejected: number }>(
      `select (select count(*)::integer from dossier where import_id is not null) as dossiers,
        (select count(*)::integer from event where type = 'dossier-imported' and position is not null) as events,
        (select sum(rejected)::integer from dossier_import) as rejected`,
    )
    return rows[0]
  })
  const { findings } = await verifyLog({ url, keys: [{ id: key.id, key: key.publicKey }] })
  const wrong = [
    ...(found?.dossiers === rows ? [] : [`${found?.dossiers} dossiers`]),
    ...(found?.events === rows ? [] : [`${found?.events} events`]),
    ...(found?.rejected === 0 ? [] : [`${found?.rejected} rejected`]),
    ...(findings.length === 0 ? [] : [`${findings.length} findings in the log`]),
  ]
  return { accepted: found?.dossiers ?? 0, wrong }
}

/** The newest become running ones, each with the step that waits, as if they had been received here. */
const leaveRunning = (url: string, rows: number): Promise<void> =>
  onDatabase(url, async (client) => {
    const many = Math.round(rows * RUNNING_SHARE)
    await client.query('begin')
    await client.query(
      `create temporary table chosen on commit drop as
       select id, gen_random_uuid() as instance, gen_random_uuid() as token, gen_random_uuid() as task, received_at,
         row_number() over (order by received_at desc) as n
       from dossier where state = 'RETURNED' order by received_at desc limit ${many}`,
    )
    for (const table of ['dossier_result', 'dossier_handover'])
      await client.query(`delete from ${table} where dossier_id in (select id from chosen)`)
    await client.query(
      `update dossier d set state = 'PROCESSING', outcome = null, completed_at = null, returned_at = null, moved_at = now(),
         instance = c.instance, process_version = v.id
       from chosen c, (select id from process_version where state = 'published' order by id limit 1) v where d.id = c.id`,
    )
    await client.query(
      `insert into process_instance (id, version_id, subject_kind, subject_id, receiving_centre, resolving_agency, returning_place, started_at)
       select c.instance, d.process_version, 'dossier', d.id, d.receiving_centre, d.resolving_unit, d.returning_centre, d.received_at
       from chosen c join dossier d on d.id = c.id`,
    )
    await client.query(
      `insert into process_token (id, instance_id, node_id, state, created_at, moved_at)
       select token, instance, 'appraise', 'active', received_at, received_at from chosen`,
    )
    await client.query(
      `insert into task (id, instance_id, token_id, subject_kind, subject_id, step_id, name, action, role, unit_id, state, hours,
         due_at, opened_at, attributes)
       select c.task, c.instance, c.token, 'dossier', d.id, 'appraise', 'Thẩm định', 'appraise', 'SPECIALIST', d.resolving_unit,
         'open', 8, now() + (c.n % 9) * interval '1 day', d.received_at, '{}'
       from chosen c join dossier d on d.id = c.id`,
    )
    await client.query(
      `update dossier_clock c set to_at = null from chosen where c.dossier_id = chosen.id
         and c.ordinal = (select max(ordinal) from dossier_clock l where l.dossier_id = c.dossier_id)`,
    )
    await client.query('commit')
    await freshenRunning(client)
    await client.query('vacuum (analyze)')
  })

/** Deadlines around now, whenever the benchmark runs: a tenth past, some within the day. */
const freshenRunning = (client: pg.ClientBase) =>
  client.query(
    `update dossier set due_at = now() + (abs(hashtext(id::text)) % 30 - 3) * interval '1 day' + interval '1 hour'
     where state = 'PROCESSING' and import_id is not null`,
  )

/** With what was left behind cleared away, as the database does by itself in time. */
export const freshen = (url: string): Promise<unknown> =>
  onDatabase(url, async (client) => {
    await freshenRunning(client)
    await client.query('vacuum (analyze) dossier')
  })
