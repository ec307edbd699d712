import pg from 'pg'
import { connect, type Db } from '#platform/db/connect.ts'
import { migrate } from '#platform/db/migrate.ts'
import { announce, type Say } from './announce.ts'
import type { Config } from './config.ts'
import { holdDataFolder } from './data-folder.ts'
import { openFront } from './front.ts'
import type { House } from './house.ts'
import type { KeptDatabase } from './keep-database.ts'

export type Running = { address: string; db: Db; services: House['services'] }

export type Starting = {
  /** Resolves when everything answers. */
  running: Promise<Running>
  /** Gives back whatever has been taken, however far the start has come. */
  stop: () => Promise<void>
}

const DATABASE = 'mot_cua'
/** Loading the house keeps the processor busy: whoever asks first how the process is gets an answer before. */
const KNOCK_MS = 50

/**
 * The order of a start: data folder, database and its schema, port; then the house with all its modules, which is most of
 * what there is to load (docs/adr/0009). A first start fills the database before it opens the port.
 */
export const startServer = (config: Config, say: Say): Starting => {
  const taken = takings()
  let stopped: Promise<void> | undefined
  return {
    running: start(config, say, taken.add),
    stop: () => {
      stopped ??= taken.giveBack()
      return stopped
    },
  }
}

type Taken = (giveBack: () => Promise<unknown>) => void

const takings = () => {
  const returns: (() => Promise<unknown>)[] = []
  return {
    add: (giveBack: () => Promise<unknown>) => void returns.push(giveBack),
    giveBack: async () => {
      for (const giveBack of returns.toReversed()) await giveBack()
    },
  }
}

/** For what is still on its way when the stop comes: it is waited for; what never came needs no return. */
const arrived = <T>(coming: Promise<T>): Promise<T | undefined> => coming.catch(() => undefined)

const start = async (config: Config, say: Say, taken: Taken): Promise<Running> => {
  const release = holdDataFolder(config.dataDir)
  taken(async () => release())
  const url = config.databaseUrl ?? (await openEmbedded(config.dataDir, say, taken))
  const database = connect({ url, poolSize: config.databasePool })
  const reference = connect({ url, poolSize: 4, applicationName: 'mot-cua-reference' })
  taken(() => Promise.all([database.close(), reference.close()]))
  const { db } = database
  const migrated = await migrate(db)
  if (migrated.length > 0)
    say(`Đã cập nhật lược đồ: ${migrated.length} bước. · ${migrated.length} migrations applied.`)
  const installation = await db.selectFrom('installation').selectAll().executeTakeFirst()
  if (installation?.profile && installation.profile !== config.profile) {
    throw new Error(
      `Cấu hình chưa đúng: dữ liệu này thuộc PROFILE=${installation.profile}, không phải ${config.profile}.`,
    )
  }

  let address = ''
  const load = async (): Promise<House> => {
    const { createHouse } = await import('./house.ts')
    const { pool, pressure } = database
    const all = { config, url, db, pool, pressure, reference: reference.db, say }
    return createHouse({ ...all, address: () => address })
  }
  const isFull = installation !== undefined && (installation.demo_at !== null || !config.demo)
  const early = isFull ? undefined : await load()
  await early?.fill(installation)

  const front = await openFront(config)
  address = front.address
  const entering = (async () => {
    if (!early) await front.knock(KNOCK_MS)
    const house = early ?? (await load())
    return { ...house, ...(await house.open()) }
  })()
  taken(async () => {
    const left = front.close()
    await (await arrived(entering))?.close()
    await left
  })
  const { answer, services } = await entering
  front.open(answer)
  announce(say, address)
  return { address, db, services }
}

/** The embedded server of the data folder, with its database made at the first start. */
const openEmbedded = async (dataDir: string, say: Say, taken: Taken): Promise<string> => {
  const words = {
    initialising: 'Đang tạo cơ sở dữ liệu… · Creating the database…',
    starting: 'Đang khởi động PostgreSQL… · Starting PostgreSQL…',
  }
  const { keepDatabase } = await import('./keep-database.ts')
  const keeping: Promise<KeptDatabase> = keepDatabase(
    { dataDir, onProgress: (step) => say(words[step]) },
    say,
  )
  taken(async () => (await arrived(keeping))?.stop())
  const server = await keeping
  const admin = new pg.Client({ connectionString: server.url('postgres') })
  await admin.connect()
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [DATABASE])
  if (rowCount === 0) await admin.query(`create database ${DATABASE}`)
  await admin.end()
  return server.url(DATABASE)
}
