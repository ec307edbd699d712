import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { username } from 'better-auth/plugins/username'
import { v7 } from 'uuid'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { cookiePrefix } from './cookies.ts'
import type { Passwords } from './passwords.ts'
import { MAX_PASSWORD, MIN_PASSWORD } from './rules.ts'
import { ABSOLUTE_MS } from './sessions.ts'
import { claimCode, clearOneTime, mayOpenSession } from './store.ts'

export type AuthDeps = { db: Db; clock: Clock; secret: string; protocol: string; passwords: Passwords }

const CODE_PATHS: readonly string[] = ['/two-factor/verify-totp']

/**
 * better-auth on our tables. This file is loaded at the first sign-in, never at start: it costs a quarter of a second.
 * One instance per protocol, because the cookie's name and flags follow from it.
 */
export const createBetterAuth = ({ db, clock, secret, protocol, passwords }: AuthDeps) =>
  betterAuth({
    appName: 'Một Cửa',
    secret,
    basePath: '/api/auth',
    // No base URL: it is the request's own, so that any host name, port or proxy works; other origins are refused. Both
    // schemes, because behind a proxy that ends TLS and is not declared we see http where the browser says https.
    trustedOrigins: (request) => {
      const host = request ? new URL(request.url).host : undefined
      return host === undefined ? [] : [`http://${host}`, `https://${host}`]
    },
    database: { db, type: 'postgres', transaction: true },
    logger: { disabled: true },
    // What is no refusal reaches our own handler: a database that is away answers 503, a bug is logged with its place.
    onAPIError: { throw: true },
    telemetry: { enabled: false },
    // Ours counts failures per account and address (attempts.ts); this one would lock a centre behind one address.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
      password: { hash: passwords.hash, verify: passwords.verify },
    },
    plugins: [
      username({ displayUsername: false, maxUsernameLength: 60, usernameValidator: () => true }),
      twoFactor({
        issuer: 'Một Cửa',
        backupCodeOptions: { amount: 10, length: 10 },
        accountLockout: { enabled: true, maxFailedAttempts: 10, durationSeconds: 900 },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'auth_second_factor',
            fields: {
              secret: 'secret',
              backupCodes: 'backup_codes',
              userId: 'user_id',
              verified: 'verified',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    user: {
      modelName: 'auth_user',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      modelName: 'auth_session',
      expiresIn: ABSOLUTE_MS / 1000,
      // The idle limit is ours, from updated_at (sessions.ts); better-auth's sliding would move the absolute end.
      disableSessionRefresh: true,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    account: {
      modelName: 'auth_credential',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'auth_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => {
            const now = clock.now()
            if (!(await mayOpenSession(db, session.userId, now))) {
              throw new APIError('UNAUTHORIZED', { code: 'INVALID_USERNAME_OR_PASSWORD' })
            }
            const code: unknown = context?.body?.code
            const byCode = CODE_PATHS.includes(context?.path ?? '') && typeof code === 'string'
            if (byCode && !(await claimCode(db, session.userId, code, now))) {
              throw new APIError('UNAUTHORIZED', { code: 'INVALID_CODE' })
            }
            // "Remember me" would give a day or more: every session has the same absolute end.
            const expiresAt = new Date(now.getTime() + ABSOLUTE_MS)
            return { data: { ...session, createdAt: now, updatedAt: now, expiresAt } }
          },
        },
      },
      account: {
        update: {
          // The only update of a credential through better-auth is the holder's own change of password.
          after: async (credential) => {
            await clearOneTime(db, credential.userId)
          },
        },
      },
    },
    advanced: {
      cookiePrefix: cookiePrefix(protocol),
      useSecureCookies: false,
      // Said in so many words, because better-auth drops the check by itself where NODE_ENV is test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: protocol === 'https' },
      ipAddress: { ipAddressHeaders: ['x-mot-cua-address'] },
      database: { generateId: () => v7() },
    },
  })
