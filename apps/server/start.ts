import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { assertDemoAllowed, type DemoPerson } from '#modules/identity/index.ts'
import { demoStaff } from '#modules/organisation/index.ts'
import { systemClock } from '#platform/clock/clock.ts'
import { connect, type Database, type Db } from '#platform/db/connect.ts'
import { migrate } from '#platform/db/migrate.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { startJobs } from '#platform/jobs/jobs.ts'
import { openAnchors } from '#platform/log/anchors.ts'
import { createSealer } from '#platform/log/sealer.ts'
import { loadSigningKey } from '#platform/log/signing-key.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { holdDataFolder } from './data-folder.ts'
import { housekeeping, processJobs } from './housekeeping.ts'
import { type KeptDatabase, keepDatabase } from './keep-database.ts'
import { createServices, type Services } from './services.ts'

type Say = (line: string) => void
export type Running = {
  app: FastifyInstance
  address: string
  db: Db
  services: Services
  stop: () => Promise<void>
}

const DATABASE = 'mot_cua'
/** The first requests come before what later ones would wait for. */
const WARM_AFTER_MS = 250

/** The embedded server of the data folder, with its database made at the first start. */
const openEmbedded = async (dataDir: string, say: Say): Promise<KeptDatabase> => {
  const words = {
    initialising: 'Đang tạo cơ sở dữ liệu… · Creating the database…',
    starting: 'Đang khởi động PostgreSQL… · Starting PostgreSQL…',
  }
  const server = await keepDatabase({ dataDir, onProgress: (step) => say(words[step]) }, say)
  const admin = new pg.Client({ connectionString: server.url('postgres') })
  await admin.connect()
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [DATABASE])
  if (rowCount === 0) await admin.query(`create database ${DATABASE}`)
  await admin.end()
  return server
}

/** Kept outside the database, so that a copy of the rows alone opens no session. */
const cookieSecret = async (dataDir: string): Promise<string> => {
  const file = path.join(dataDir, 'keys', 'cookie-secret')
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known !== '') return known
  const secret = randomBytes(48).toString('base64url')
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, secret, { mode: 0o600 })
  return secret
}

/** Loading what later requests need must not keep the first ones waiting; what has not begun at the stop never does. */
const afterTheFirstAnswers = (milliseconds: number) => {
  const cancelling = new AbortController()
  return {
    begin: async <T>(
      work: () => Promise<T>,
      onError: (error: unknown) => void = () => undefined,
    ): Promise<T | undefined> => {
      try {
        await sleep(milliseconds, undefined, { signal: cancelling.signal })
      } catch {
        return undefined
      }
      return work().catch((error: unknown) => {
        onError(error)
        return undefined
      })
    },
    cancel: () => cancelling.abort(),
  }
}

const closeAll = async (...databases: Database[]): Promise<void> => {
  await Promise.all(databases.map((database) => database.close()))
}

export const startServer = async (config: Config, say: Say): Promise<Running> => {
  assertDemoAllowed(config)
  const release = await holdDataFolder(config.dataDir)
  const embedded = config.databaseUrl ? undefined : await openEmbedded(config.dataDir, say)
  const url = config.databaseUrl ?? embedded?.url(DATABASE) ?? ''
  const database = connect({ url, poolSize: config.databasePool })
  const reference = connect({ url, poolSize: 4, applicationName: 'mot-cua-reference' })
  const { db } = database
  const migrated = await migrate(db)
  if (migrated.length > 0)
    say(`Đã cập nhật lược đồ: ${migrated.length} bước. · ${migrated.length} migrations applied.`)

  const [signingKey, anchors, files, secret] = await Promise.all([
    loadSigningKey(path.join(config.dataDir, 'keys')),
    openAnchors(config.dataDir),
    createLocalFileStore(path.join(config.dataDir, 'files')),
    cookieSecret(config.dataDir),
  ])
  const report = (error: unknown) => console.error(error)
  const sealer = createSealer({ db, signingKey, anchors, onError: report })
  let address = `http://${config.host}:${config.port}`
  const services = createServices({
    db,
    reference: reference.db,
    files,
    clock: systemClock,
    secret,
    demo: config.demo,
    hotline: config.hotline,
    publicUrl: () => config.publicUrl ?? address,
    onAppend: sealer.nudge,
  })
  const staff = await prepare(config, { url, database, services, say })
  const app = await createApp({
    db,
    clock: systemClock,
    config,
    services,
    demoStaff: staff,
    checkAnswers: !config.production,
  })
  address = await app.listen({ port: config.port, host: config.host })
  sealer.start()
  const later = afterTheFirstAnswers(WARM_AFTER_MS)
  // What a visitor would wait for; a failure shows at the first use, where it can be answered.
  const warm = later.begin(() => Promise.allSettled([services.catalogue.warm(), services.identity.warm()]))
  const jobs = later.begin(
    () =>
      startJobs({ url, jobs: [...housekeeping(services, db), ...processJobs(services)], onError: report }),
    report,
  )
  announce(say, address, staff)
  return {
    app,
    address,
    db,
    services,
    stop: async () => {
      later.cancel()
      await app.close()
      await warm
      await (await jobs)?.stop()
      await sealer.stop()
      await anchors.close()
      await closeAll(database, reference)
      await embedded?.stop()
      await release()
    },
  }
}

type Preparation = { url: string; database: Database; services: Services; say: Say }

/** Reference data and the demo province at a first start; a look at one row at later ones. */
const prepare = async (
  config: Config,
  { url, database, services, say }: Preparation,
): Promise<DemoPerson[] | null> => {
  const { db } = database
  const seeded = await db.selectFrom('installation').selectAll().executeTakeFirst()
  if (seeded?.profile && seeded.profile !== config.profile) {
    throw new Error(
      `Cấu hình chưa đúng: dữ liệu này thuộc PROFILE=${seeded.profile}, không phải ${config.profile}.`,
    )
  }
  if (!seeded) {
    say('Đang nạp tổ chức, lịch và 2.436 thủ tục… · Loading organisation, calendar and procedures…')
    const { seedReference } = await import('./seed.ts')
    await seedReference(db, services, config.profile)
    await db.insertInto('installation').values({ profile: config.profile, seeded_at: new Date() }).execute()
  }
  if (!config.demo) return null
  if (!seeded?.demo_at) {
    const { seedDemo } = await import('./demo.ts')
    const { profile, demoDossiers: dossiers } = config
    await seedDemo({ url, profile, services, now: new Date(), say, dossiers })
    await db.updateTable('installation').set({ demo_at: new Date() }).execute()
  }
  return demoStaff(config.profile)
}

const SHOWN_ROLES = [
  'RECEPTION',
  'SPECIALIST',
  'UNIT_LEAD',
  'AGENCY_LEAD',
  'CLERK',
  'RETURN_DESK',
  'SUPERVISOR',
  'SYSTEM_ADMIN',
]

const announce = (say: Say, address: string, staff: readonly DemoPerson[] | null): void => {
  say(`\nMột Cửa: ${address}          cổng công dân · portal`)
  say(`         ${address}/desk     bàn làm việc · desk`)
  if (!staff) return
  say('\nTài khoản dùng thử, mật khẩu "motcua-demo" · demo accounts, password "motcua-demo":')
  for (const role of SHOWN_ROLES) {
    const person = staff.find(({ grants }) => grants.some((grant) => grant.role === role))
    if (person) say(`  ${role.padEnd(12)} ${person.username.padEnd(28)} ${person.position}`)
  }
  say(`  … ${staff.length} tài khoản, xem ${address}/api/demo/accounts`)
}
