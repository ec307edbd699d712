import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { StaffActor } from './contract.ts'
import { sessionToken } from './cookies.ts'
import { findActor, removeSession, touchSession } from './store.ts'

/** What `authenticate` reads of a request; Fastify's request is one. */
export type AuthRequest = {
  method: string
  protocol: string
  host: string
  headers: Readonly<Record<string, string | string[] | undefined>> & {
    cookie?: string
    origin?: string
  }
}

/** A counter left alone is signed out after this; the desk keeps what was typed. */
export const IDLE_MS = 30 * 60_000
export const ABSOLUTE_MS = 12 * 3_600_000
/** How long another process may go on with what it knew about an account. */
const TRUST_MS = 2_000
const TOUCH_MS = 60_000
const MOST_CACHED = 5_000

type Known = { until: number; actor: Promise<StaffActor | undefined> }

export type Sessions = {
  /** The officer behind the request's cookie: signed, alive, not idle, account open. */
  authenticate: (request: AuthRequest) => Promise<StaffActor | undefined>
  /** Forgets what this process knows; others learn within two seconds. Call after a change of rights or sessions. */
  forget: () => void
}

export type SessionDeps = { db: Db; clock: Clock; secret: string }

/**
 * Cheap for hot requests: one HMAC, then a look in memory; every two seconds one query per session in use, shared by the
 * requests that wait for it.
 */
export const createSessions = ({ db, clock, secret }: SessionDeps): Sessions => {
  const known = new Map<string, Known>()

  const load = async (token: string): Promise<StaffActor | undefined> => {
    const now = clock.now()
    const found = await findActor(db, token, now)
    if (!found) return undefined
    const idle = now.getTime() - found.lastUsedAt.getTime()
    if (found.endsAt <= now || idle > IDLE_MS || found.disabled) {
      await removeSession(db, found.actor.session)
      return undefined
    }
    if (idle > TOUCH_MS) await touchSession(db, found.actor.session, now)
    return found.actor
  }

  const remembered = (token: string): Promise<StaffActor | undefined> => {
    // Real time on purpose: how long memory is trusted has nothing to do with the legal clock.
    const at = performance.now()
    const hit = known.get(token)
    if (hit && hit.until > at) return hit.actor
    if (known.size >= MOST_CACHED) known.clear()
    const actor = load(token)
    const entry = { until: at + TRUST_MS, actor }
    known.set(token, entry)
    // A failure (database away) must be asked again at once, not remembered.
    actor.then(
      (one) => one ?? drop(token, entry),
      () => drop(token, entry),
    )
    return actor
  }

  const drop = (token: string, entry: Known): void => {
    if (known.get(token) === entry) known.delete(token)
  }

  return {
    authenticate: async (request) => {
      const token = sessionToken(request, secret)
      if (token === undefined) return undefined
      if (isForeign(request)) throw new Refusal('identity.foreign-origin')
      return remembered(token)
    },
    forget: () => known.clear(),
  }
}

/**
 * A change sent by another site's page with our cookie. `SameSite=Lax` stops this already, except from sibling hosts
 * (another agency's site under the same domain). Clients that are not browsers send neither header.
 */
export const isForeign = ({ method, headers, host }: AuthRequest): boolean => {
  if (method === 'GET' || method === 'HEAD') return false
  if (headers.origin !== undefined) return hostOf(headers.origin) !== hostOf(`http://${host}`)
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/** Host and port without a default port; the scheme is left out because an undeclared proxy may end TLS before us. */
const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host.replace(/:(80|443)$/, '') : undefined
