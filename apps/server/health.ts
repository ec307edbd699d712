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
  summary: 'The database answers and the schema is there',
  access: 'public',
  input: z.object({}),
  output: z.object({ status: z.literal('ready') }),
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

export const createHealthRoutes = ({ db, routes }: { db: Db; routes: readonly Route[] }): Route[] => {
  let document: Record<string, unknown> | undefined
  return [
    route(health, async () => ({ status: 'ok' as const })),
    route(ready, async () => {
      const known = await sql`select 1 from dossier limit 1`.execute(db).catch(() => undefined)
      if (!known) throw new Refusal('platform.unavailable')
      return { status: 'ready' as const }
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
