import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { doorOperations, sessionCookie } from '#modules/identity/index.ts'
import type { Db } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import { openApiOf } from '#platform/http/openapi.ts'
import { type Route, route } from '#platform/http/route.ts'
import { defineOperation } from '#platform/operation.ts'

const health = defineOperation({
  id: 'system.health',
  method: 'GET',
  path: '/health',
  summary: 'The process answers',
  access: 'public',
  input: z.object({}),
  output: z.object({ status: z.literal('ok') }),
  errors: [],
})

const ready = defineOperation({
  id: 'system.ready',
  method: 'GET',
  path: '/ready',
  summary: 'The database answers and the schema is there; degraded: it does, but slowly',
  access: 'public',
  input: z.object({}),
  output: z.object({ status: z.enum(['ready', 'degraded']) }),
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

export type HealthOptions = { db: Db; routes: readonly Route[]; overloaded?: (() => boolean) | undefined }

export const createHealthRoutes = ({ db, routes, overloaded }: HealthOptions): Route[] => {
  let document: Record<string, unknown> | undefined
  return [
    route(health, async () => ({ status: 'ok' as const })),
    route(ready, async () => {
      if (overloaded?.()) return { status: 'degraded' as const }
      const asked = performance.now()
      const known = sql`select 1 from dossier limit 1`.execute(db).then(
        () => 'there' as const,
        () => 'away' as const,
      )
      const answer = await Promise.race([known, sleep(PATIENCE_MS, 'silent' as const, { ref: false })])
      if (answer === 'away') throw new Refusal('platform.unavailable')
      const slow = answer === 'silent' || performance.now() - asked > SLOW_MS
      return { status: slow ? ('degraded' as const) : ('ready' as const) }
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
