import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { flushCompileCache } from 'node:module'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { demoStaff } from '#modules/organisation/index.ts'
import { type Clock, runningClock, systemClock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Pressure } from '#platform/db/pressure.ts'
import { createLocalFileStore } from '#platform/files/store.ts'
import { startJobs } from '#platform/jobs/jobs.ts'
import { openAnchors } from '#platform/log/anchors.ts'
import { createSealer } from '#platform/log/sealer.ts'
import { loadSigningKey } from '#platform/log/signing-key.ts'
import { announceDemo, type Say } from './announce.ts'
import { createApp, type DemoStaff } from './app.ts'
import type { Config } from './config.ts'
import { housekeeping, processJobs } from './housekeeping.ts'
import { createServices, type Services } from './services.ts'

export type HouseOptions = {
  config: Config
  url: string
  db: Db
  /** The connections behind `db`, for bulk loads. */
  pool: pg.Pool
  pressure: Pressure
  /** The caches' own connections (`services.ts`). */
  reference: Db
  say: Say
  /** Where people reach it; asked when the port is open. */
  address: () => string
}

/** What an installation has been given: null in `demo_at` means without the demo province. */
export type Installation = { demo_at: Date | null } | undefined

export type House = {
  services: Services
  /** Reference data and the demo province, at a first start. */
  fill: (found: Installation) => Promise<void>
  open: () => Promise<{ answer: RequestListener; close: () => Promise<void> }>
}

/** The first requests come before what later ones would wait for. */
const WARM_AFTER_MS = 250

/** Every module with its routes, screens and background work. Loaded behind the front (`start.ts`), because it is large. */
export const createHouse = async (options: HouseOptions): Promise<House> => {
  const { config, url, db, pool, pressure, reference, say, address } = options
  const [signingKey, anchors, files, secret] = await Promise.all([
    loadSigningKey(path.join(config.dataDir, 'keys')),
    openAnchors(config.dataDir),
    createLocalFileStore(path.join(config.dataDir, 'files')),
    cookieSecret(config.dataDir),
  ])
  const report = (error: unknown) => console.error(error)
  const clock = config.demoClock ? runningClock(config.demoClock) : systemClock
  const sealer = createSealer({
    ...{ db, signingKey, clock, anchors, onError: report },
    // What this process seals its boards show at once; what others seal, at their next look.
    onSealed: (size) => services.follower.wake(size),
  })
  const services = createServices({
    db,
    reference,
    pool,
    files,
    clock,
    secret,
    demo: config.demo,
    hotline: config.hotline,
    publicUrl: () => config.publicUrl ?? address(),
    onAppend: sealer.nudge,
  })
  return {
    services,
    fill: (found) => fill(found, { config, url, db, services, clock, say }),
    open: async () => {
      const staff = config.demo ? once(() => demoStaff(config.profile)) : null
      const app = await createApp({
        db,
        clock,
        config,
        services,
        demoStaff: staff,
        checkAnswers: !config.production,
        pressure,
      })
      await app.ready()
      sealer.start()
      const later = afterTheFirstAnswers(WARM_AFTER_MS)
      let stopHalls = async (): Promise<void> => undefined
      const tasks = [
        later.begin(
          async () => staff && announceDemo(say, address(), await staff(), config.demoClock),
          report,
        ),
        later.begin(async () => {
          if (!staff || config.demoDossiers === 0) return
          const { playDemoHalls } = await import('./demo-hall.ts')
          stopHalls = await playDemoHalls(
            { services, db, clock, people: await staff(), hours: config.demoHalls },
            report,
          )
        }, report),
        // What a visitor would wait for; a failure shows at the first use, where it can be answered.
        later.begin(async () => {
          await Promise.allSettled([services.catalogue.warm(), services.identity.warm()])
          // Now, because a process that is killed would leave nothing for the next start.
          flushCompileCache()
        }),
      ]
      const jobs = later.begin(
        () =>
          startJobs({
            url,
            jobs: [...housekeeping(services, db), ...processJobs(services)],
            onError: report,
          }),
        report,
      )
      return {
        answer: app.routing,
        close: async () => {
          later.cancel()
          await app.close()
          await Promise.all(tasks)
          await stopHalls()
          await (await jobs)?.stop()
          await services.importService?.stop()
          await sealer.stop()
          await anchors.close()
        },
      }
    },
  }
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

const once = (read: DemoStaff): DemoStaff => {
  let reading: ReturnType<DemoStaff> | undefined
  return () => {
    reading ??= read()
    return reading
  }
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

type Filling = Pick<HouseOptions, 'config' | 'url' | 'db' | 'say'> & { services: Services; clock: Clock }

const fill = async (
  found: Installation,
  { config, url, db, services, clock, say }: Filling,
): Promise<void> => {
  const { profile, demoDossiers: dossiers, demoHalls: halls } = config
  if (!found) {
    say('Đang nạp tổ chức, lịch và 2.436 thủ tục… · Loading organisation, calendar and procedures…')
    const { seedReference } = await import('./seed.ts')
    await seedReference(db, services, profile)
    await db.insertInto('installation').values({ profile, seeded_at: clock.now() }).execute()
  }
  if (!config.demo || found?.demo_at) return
  const { seedDemo } = await import('./demo.ts')
  await seedDemo({
    ...{ url, profile, services, now: clock.now(), say, dossiers, halls, hotline: config.hotline },
    publicUrl: config.publicUrl ?? `http://${config.host}:${config.port}`,
  })
  await db.updateTable('installation').set({ demo_at: clock.now() }).execute()
}
