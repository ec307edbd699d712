import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { EventLog } from '#platform/log/log.ts'
import { type Attempts, block, WINDOW_MINUTES } from './attempts.ts'
import type { createBetterAuth } from './better-auth.ts'
import type { StaffActor } from './contract.ts'
import { sessionToken } from './cookies.ts'
import { DOORS, type Door } from './doors.ts'
import type { Passwords } from './passwords.ts'
import { passwordWeakness } from './rules.ts'
import { isForeign, type Sessions } from './sessions.ts'
import { findAccountId, removeSession } from './store.ts'

export type SignInDeps = {
  db: Db
  clock: Clock
  log: EventLog
  secret: string
  sessions: Sessions
  attempts: Attempts
  passwords: Passwords
}

export type SignIn = {
  /** Serves `/api/auth/*`. */
  mount: (app: FastifyInstance) => void
  /** Loads better-auth before the first sign-in needs it. */
  warm: () => Promise<void>
}

const CODES: Record<string, string> = {
  INVALID_USERNAME_OR_PASSWORD: 'identity.sign-in-failed',
  INVALID_USERNAME: 'identity.sign-in-failed',
  USERNAME_TOO_SHORT: 'identity.sign-in-failed',
  USERNAME_TOO_LONG: 'identity.sign-in-failed',
  INVALID_PASSWORD: 'identity.password-wrong',
  PASSWORD_TOO_SHORT: 'identity.password-weak',
  PASSWORD_TOO_LONG: 'identity.password-weak',
  INVALID_CODE: 'identity.code-wrong',
  INVALID_BACKUP_CODE: 'identity.code-wrong',
  INVALID_TWO_FACTOR_COOKIE: 'identity.challenge-ended',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'identity.challenge-ended',
  ACCOUNT_TEMPORARILY_LOCKED: 'identity.too-many-attempts',
  TOTP_ALREADY_ENABLED: 'identity.second-factor-on',
  TOTP_NOT_ENABLED: 'identity.second-factor-off',
  TWO_FACTOR_NOT_ENABLED: 'identity.second-factor-off',
  BACKUP_CODES_NOT_ENABLED: 'identity.second-factor-off',
  INVALID_ORIGIN: 'identity.foreign-origin',
  MISSING_OR_NULL_ORIGIN: 'identity.foreign-origin',
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: 'identity.foreign-origin',
  UNAUTHORIZED: 'platform.not-signed-in',
}

type Answer = { status: number; body: Record<string, unknown>; cookies: string[] }

export const createSignIn = (deps: SignInDeps): SignIn => {
  const { db, clock, log, secret, sessions, attempts, passwords } = deps
  const instances = new Map<string, Promise<ReturnType<typeof createBetterAuth>>>()
  const betterAuthFor = (protocol: string) => {
    const known = instances.get(protocol)
    if (known) return known
    const made = import('./better-auth.ts').then((loaded) =>
      loaded.createBetterAuth({ db, clock, secret, protocol, passwords }),
    )
    instances.set(protocol, made)
    return made
  }

  const ask = async (request: FastifyRequest, body: Record<string, unknown>): Promise<Answer> => {
    const auth = await betterAuthFor(request.protocol)
    const response = await auth.handler(asWebRequest(request, body))
    const text = await response.text()
    const parsed: unknown = text === '' ? {} : JSON.parse(text)
    const answered = isRecord(parsed) ? parsed : {}
    return { status: response.status, body: answered, cookies: response.headers.getSetCookie() }
  }

  const record = (type: string, account: { id: string; name: string }, address: string) =>
    log.append(db, [
      {
        type,
        at: clock.now(),
        actor: { kind: 'staff', id: account.id, name: account.name },
        subject: { kind: 'account', id: account.id },
        data: { address },
      },
    ])

  const recordBlocked = async (name: string, address: string): Promise<void> => {
    // A name that is not an account's may be a password typed into the wrong box: it never reaches the log.
    const account = await findAccountId(db, name.trim().toLowerCase())
    const subject = account ? { kind: 'account', id: account } : { kind: 'address', id: block(address) }
    await log.append(db, [
      {
        type: 'sign-in-blocked',
        at: clock.now(),
        actor: { kind: 'public', id: null, name: '' },
        subject,
        data: { address, minutes: WINDOW_MINUTES },
      },
    ])
  }

  /** Counts the attempt, lets `work` make it, and gives it back when it was right; who is sent away has not tried anything. */
  const guarded = (name: string, address: string, work: () => Promise<Answer>): Promise<Answer> =>
    passwords.admit(async () => {
      const verdict = await attempts.reserve(name, address)
      if (verdict === 'just-blocked') await recordBlocked(name, address)
      if (verdict !== 'allowed') throw new Refusal('identity.too-many-attempts', { minutes: WINDOW_MINUTES })
      const answer = await work()
      if (answer.status < 400) await attempts.succeed(name, address)
      return answer
    })

  const handle = async (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0]?.replace(/^\/api\/auth\//, '') ?? ''
    const door = DOORS.get(path)
    if (!door || request.method !== 'POST') throw new Refusal('platform.not-found')
    // better-auth compares origins only where a cookie came along; here a foreign page may not sign anybody in either.
    if (isForeign(request)) throw new Refusal('identity.foreign-origin')
    const body = onlyFields(door, request.body)
    // Ends a session that is idle, closed or past its time before better-auth, which knows only its end, sees it.
    const actor = await sessions.authenticate(request)
    const answer = await answerTo(path, door, body, actor, request)
    sessions.forget()
    if (answer.status >= 400) throw refusalOf(path, answer)
    const opened = openedAccount(path, answer)
    if (opened && actor && path === 'sign-in/username') await removeSession(db, actor.session)
    const enrolled = path === 'two-factor/verify-totp' && actor !== undefined && opened !== undefined
    if (opened && !enrolled) await record('signed-in', opened, request.ip)
    const event = enrolled ? 'second-factor-set-up' : door.event
    if (actor && event) await record(event, actor, request.ip)
    for (const cookie of answer.cookies) reply.header('set-cookie', cookie)
    return reply.header('cache-control', 'no-store').send(publicAnswer(path, answer, opened ?? actor))
  }

  const answerTo = (
    path: string,
    door: Door,
    body: Record<string, unknown>,
    actor: StaffActor | undefined,
    request: FastifyRequest,
  ): Promise<Answer> => {
    const go = () => ask(request, body)
    if (path === 'sign-in/username') return guarded(String(body.username), request.ip, go)
    if (path === 'sign-out' && !hasSession(request))
      return Promise.resolve({ status: 200, body: {}, cookies: [] })
    if (!door.provesPassword) return go()
    if (!actor) throw new Refusal('platform.not-signed-in')
    if (path === 'change-password') {
      const weakness = passwordWeakness(String(body.newPassword), [actor.username, actor.name])
      if (weakness) throw new Refusal('identity.password-weak', { weakness })
      body.revokeOtherSessions = true
    }
    return guarded(actor.username, request.ip, go)
  }

  const hasSession = (request: FastifyRequest): boolean => sessionToken(request, secret) !== undefined

  return {
    mount: (app) => {
      app.all('/api/auth/*', handle)
    },
    warm: async () => {
      await (await betterAuthFor('http')).$context
    },
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const onlyFields = ({ operation }: Door, sent: unknown): Record<string, unknown> => {
  const fields = Object.keys(operation.input.shape)
  if (fields.length === 0) return {}
  if (!isRecord(sent)) throw new Refusal('platform.malformed-request')
  return Object.fromEntries(
    fields.map((field) => {
      const value = sent[field]
      if (typeof value !== 'string') throw new Refusal('platform.malformed-request', { field })
      return [field, value]
    }),
  )
}

const FORWARDED = [
  'cookie',
  'user-agent',
  'origin',
  'referer',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
]

const asWebRequest = (request: FastifyRequest, body: Record<string, unknown>): Request => {
  const url = `${request.protocol}://${request.host}${request.url}`
  if (!URL.canParse(url)) throw new Refusal('platform.malformed-request')
  const headers = new Headers({ 'content-type': 'application/json', 'x-mot-cua-address': request.ip })
  for (const name of FORWARDED) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  // Every browser says where a POST comes from; a client that says nothing is no browser, so no other site drives it.
  const silent = !['origin', 'referer', 'sec-fetch-site'].some((name) => headers.has(name))
  if (silent) headers.set('origin', new URL(url).origin)
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(body) })
}

const refusalOf = (path: string, { status, body }: Answer): Error => {
  const code = typeof body.code === 'string' ? body.code : ''
  if (status >= 500) return new Error(`better-auth answered ${status} ${code} at ${path}`)
  const ours = path === 'sign-in/username' && status !== 403 ? 'identity.sign-in-failed' : CODES[code]
  if (ours === 'identity.too-many-attempts') return new Refusal(ours, { minutes: WINDOW_MINUTES })
  return new Refusal(ours ?? (status === 401 ? 'platform.not-signed-in' : 'platform.malformed-request'))
}

/** Whose session this answer opened, if it did. */
const openedAccount = (path: string, { body, cookies }: Answer): { id: string; name: string } | undefined => {
  const opening = ['sign-in/username', 'two-factor/verify-totp', 'two-factor/verify-backup-code'].includes(
    path,
  )
  const user = body.user
  if (!opening || body.twoFactorRedirect === true || !isRecord(user) || cookies.length === 0) return undefined
  return typeof user.id === 'string' && typeof user.name === 'string'
    ? { id: user.id, name: user.name }
    : undefined
}

/** What the browser learns: never the session token, which only the cookie carries. */
const publicAnswer = (path: string, { body }: Answer, account: { id: string; name: string } | undefined) => {
  if (path === 'two-factor/enable' || path === 'two-factor/generate-backup-codes') {
    const uri =
      typeof body.totpURI === 'string' ? body.totpURI.replace(/(%40|@)account\.invalid/, '') : undefined
    return { ...(uri === undefined ? {} : { totpURI: uri }), backupCodes: body.backupCodes }
  }
  if (path === 'sign-out') return {}
  return {
    secondFactorRequired: body.twoFactorRedirect === true,
    account: account && { id: account.id, name: account.name },
  }
}
