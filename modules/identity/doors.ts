import { z } from 'zod'
import { defineOperation, type Operation } from '#platform/operation.ts'
import { MAX_PASSWORD, MIN_PASSWORD } from './rules.ts'

const Password = z.string().max(MAX_PASSWORD)
const Code = z.string().max(20)

const SignedIn = z.object({
  secondFactorRequired: z
    .boolean()
    .describe('True: no session yet; a code must follow at `verify-totp` or `verify-backup-code`'),
  account: z
    .object({ id: z.string(), name: z.string() })
    .optional()
    .describe('Whose session it is; absent while a code is missing'),
})
const BackupCodes = z.array(z.string()).describe('Ten codes, each for one use; shown this once')

/** What every door that checks a password may refuse with. */
const GUARDED = ['identity.too-many-attempts', 'identity.sign-in-busy', 'identity.foreign-origin'] as const
const CODE_ERRORS = [
  'identity.code-wrong',
  'identity.challenge-ended',
  'identity.too-many-attempts',
  'identity.foreign-origin',
] as const

const signIn = defineOperation({
  id: 'identity.sign-in',
  method: 'POST',
  path: '/auth/sign-in/username',
  summary: 'Sign in by user name and password; the answer sets the session cookie',
  access: 'public',
  input: z.object({ username: z.string().max(60), password: Password }),
  output: SignedIn,
  errors: ['identity.sign-in-failed', ...GUARDED],
})

const signOut = defineOperation({
  id: 'identity.sign-out',
  method: 'POST',
  path: '/auth/sign-out',
  summary: 'End the session of the cookie; without one nothing happens',
  access: 'public',
  input: z.object({}),
  output: z.object({}),
  errors: ['identity.foreign-origin'],
})

const changePassword = defineOperation({
  id: 'identity.change-password',
  method: 'POST',
  path: '/auth/change-password',
  summary: 'Set a new password; every other session of the account ends',
  access: 'staff',
  input: z.object({ currentPassword: Password, newPassword: Password.min(MIN_PASSWORD) }),
  output: SignedIn,
  errors: ['identity.password-wrong', 'identity.password-weak', ...GUARDED],
})

const enableSecondFactor = defineOperation({
  id: 'identity.enable-second-factor',
  method: 'POST',
  path: '/auth/two-factor/enable',
  summary: 'Begin a second factor (TOTP); in force when its first code arrives at `verify-totp`',
  access: 'staff',
  input: z.object({ password: Password }),
  output: z.object({
    totpURI: z.string().describe('`otpauth://` address for an authenticator, usually shown as a QR code'),
    backupCodes: BackupCodes,
  }),
  errors: ['identity.password-wrong', 'identity.second-factor-on', ...GUARDED],
})

const disableSecondFactor = defineOperation({
  id: 'identity.disable-second-factor',
  method: 'POST',
  path: '/auth/two-factor/disable',
  summary: 'Remove the second factor',
  access: 'staff',
  input: z.object({ password: Password }),
  output: SignedIn,
  errors: ['identity.password-wrong', 'identity.second-factor-off', ...GUARDED],
})

const renewBackupCodes = defineOperation({
  id: 'identity.renew-backup-codes',
  method: 'POST',
  path: '/auth/two-factor/generate-backup-codes',
  summary: 'New backup codes; the old ones no longer open a session',
  access: 'staff',
  input: z.object({ password: Password }),
  output: z.object({ backupCodes: BackupCodes }),
  errors: ['identity.password-wrong', 'identity.second-factor-off', ...GUARDED],
})

const verifyCode = defineOperation({
  id: 'identity.verify-code',
  method: 'POST',
  path: '/auth/two-factor/verify-totp',
  summary: 'The second step of a sign-in, or the first code of a new second factor; sets the session cookie',
  access: 'public',
  input: z.object({ code: Code.describe('Six digits; each opens one session') }),
  output: SignedIn,
  errors: CODE_ERRORS,
})

const verifyBackupCode = defineOperation({
  id: 'identity.verify-backup-code',
  method: 'POST',
  path: '/auth/two-factor/verify-backup-code',
  summary: 'The second step of a sign-in without the authenticator; sets the session cookie',
  access: 'public',
  input: z.object({ code: Code }),
  output: SignedIn,
  errors: CODE_ERRORS,
})

export type Door = {
  operation: Operation
  /** Needs a session, and proves the password again: guesses are counted. */
  provesPassword?: boolean
  event?: string
}

/**
 * The doors of better-auth that are open; everything else it offers stays shut. Only the fields of the input get through.
 * They are declared for the description of the API; `sign-in.ts` serves them, because their answers are better-auth's.
 */
const ALL: readonly Door[] = [
  { operation: signIn },
  { operation: signOut, event: 'signed-out' },
  { operation: changePassword, provesPassword: true, event: 'password-changed' },
  { operation: enableSecondFactor, provesPassword: true, event: 'second-factor-begun' },
  { operation: disableSecondFactor, provesPassword: true, event: 'second-factor-removed' },
  { operation: renewBackupCodes, provesPassword: true, event: 'backup-codes-renewed' },
  { operation: verifyCode },
  { operation: verifyBackupCode },
]

/** By better-auth's own name of the door, e.g. `sign-in/username`. */
export const DOORS: ReadonlyMap<string, Door> = new Map(
  ALL.map((door) => [door.operation.path.slice('/auth/'.length), door]),
)
export const doorOperations: readonly Operation[] = ALL.map(({ operation }) => operation)
