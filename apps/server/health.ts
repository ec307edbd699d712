import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { doorOperations, sessionCookie } from '#modules/identity/index.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Pressure } from '#platform/db/pressure.ts'
import { Refusal } from '#platform/errors.ts'
import { openApiOf } from '#platform/http/openapi.ts'
import { type Route, route } from '#platform/http/route.ts'
import { defineOperation } from '#platform/operation.ts'

const Reason = z
  .enum(['work-turned-away', 'database-slow'])
  .nullable()
  .describe(
    'Why it is degraded: requests are or were a moment ago turned away, or the database answers slowly',
  )

const health = defineOperation({
  id: 'system.health',
  method: 'GET',
  path: '/health',
  summary: 'The process answers; degraded: it turns work away',
  access: 'public',
  input: z.object({}),
  output: z.object({ status: z.enum(['ok', 'degraded']), reason: Reason }),
  errors: [],
})

const ready = defineOperation({
  id: 'system.ready',
  method: 'GET',
  path: '/ready',
  summary: 'The database answers and the schema is there; degraded: it does, but slowly',
  access: 'public',
  input: z.object({}),
  output: z.object({ status: z.enum(['ready', 'degraded']), reason: Reason }),
  errors: [],
})

const openApi = defineOperation({
  id: 'system.openapi',
  method: 'GET',
  path: '/openapi.json',
  summary: 'This description',
  access: 'public',
  input: z.object({}),
  output: z.record(z.string(), z.unknown()),
  errors: [],
})

/** A database at rest answers within a few milliseconds, whatever hangs between it and us. */
const SLOW_MS = 250
/** Whoever asks how the house is shall not wait for what makes it slow. */
const PATIENCE_MS = 1_500

const askDatabase = async (db: Db): Promise<'away' | 'slow' | 'there'> => {
  const asked = performance.now()
  const known = sql`select 1 from dossier limit 1`.execute(db).then(
    () => (performance.now() - asked > SLOW_MS ? ('slow' as const) : ('there' as const)),
    () => 'away' as const,
  )
  return Promise.race([known, sleep(PATIENCE_MS, 'slow' as const, { ref: false })])
}

export type HealthOptions = { db: Db; routes: readonly Route[]; pressure?: Pressure | undefined }

export const createHealthRoutes = ({ db, routes, pressure }: HealthOptions): Route[] => {
  let document: Record<string, unknown> | undefined
  return [
    route(health, async () =>
      pressure?.turningAway()
        ? { status: 'degraded' as const, reason: 'work-turned-away' as const }
        : { status: 'ok' as const, reason: null },
    ),
    route(ready, async () => {
      if (pressure?.turningAway()) return { status: 'degraded' as const, reason: 'work-turned-away' as const }
      const standing = await askDatabase(db)
      if (standing === 'away') throw new Refusal('platform.unavailable')
      if (standing === 'slow') return { status: 'degraded' as const, reason: 'database-slow' as const }
      return { status: 'ready' as const, reason: null }
    }),
    route(openApi, async () => {
      document ??= openApiOf([...doorOperations, ...routes.map(({ operation }) => operation)], {
        name: sessionCookie('http'),
        description: `Set by POST /api/auth/sign-in/username; called ${sessionCookie('https')} under TLS`,
      })
      return document
    }),
  ]
}
