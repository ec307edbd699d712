/**
 * Identity: accounts, sessions, roles and grants, and the policy vocabulary of every other module.
 * Passwords, sessions and second factors are better-auth's (docs/adr/0003); what an officer may do is ours.
 *
 * Beside the usual files: `better-auth.ts` (its configuration, loaded at the first sign-in), `sign-in.ts` (its doors on
 * `/api/auth/*`, declared in `doors.ts`), `passwords.ts` (hashing, a few at a time), `sessions.ts` and `cookies.ts` (who is behind a request, cheaply), `attempts.ts` (failed attempts),
 * `demo.ts` (the invented officers).
 */
import type { FastifyInstance } from 'fastify'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Route } from '#platform/http/route.ts'
import type { EventLog } from '#platform/log/log.ts'
import { createAttempts } from './attempts.ts'
import type { Actor } from './contract.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import { createIdentityRoutes } from './routes.ts'
import { type Below, NOTHING_BELOW } from './rules.ts'
import { createIdentityService, type IdentityService } from './service.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { createSignIn } from './sign-in.ts'

declare module '#platform/http/route.ts' {
  interface RequestActors {
    actor: Actor
  }
}

export type Identity = {
  service: IdentityService
  routes: Route[]
  /** Who is behind a request; for the HTTP server's `authenticate`. */
  authenticate: Sessions['authenticate']
  /** Serves `/api/auth/*` on the HTTP server. */
  mountAuth: (app: FastifyInstance) => void
  /** Loads better-auth (a quarter of a second) ahead of the first sign-in; call it once the server listens. */
  warm: () => Promise<void>
}

/** `secret` signs the cookies: at least 32 characters, the same in every process, kept outside the database. */
export type IdentityOptions = {
  db: Db
  clock: Clock
  log: EventLog
  secret: string
  /** What stands below a unit; without an organisation each grant reaches its own anchor. */
  below?: () => Promise<Below>
  /** Shared by all who hash in this process. */
  passwords?: Passwords
}

export const createIdentity = ({
  db,
  clock,
  log,
  secret,
  below = async () => NOTHING_BELOW,
  passwords = createPasswords(),
}: IdentityOptions): Identity => {
  if (secret.length < 32)
    throw new Error('The secret that signs session cookies needs at least 32 characters')
  const sessions = createSessions({ db, clock, secret })
  const attempts = createAttempts({ db, clock })
  const signIn = createSignIn({ db, clock, log, secret, sessions, attempts, passwords })
  const service = createIdentityService({ db, clock, log, sessions, below, passwords })
  return {
    service,
    routes: createIdentityRoutes(service),
    authenticate: sessions.authenticate,
    mountAuth: signIn.mount,
    warm: signIn.warm,
  }
}

export type { Actor, Grant, Role, Scope, StaffActor } from './contract.ts'
export { sessionCookie } from './cookies.ts'
export {
  createDemoRoutes,
  DEMO_PASSWORD,
  type DemoPerson,
  seedDemoAccounts,
} from './demo.ts'
export { doorOperations } from './doors.ts'
