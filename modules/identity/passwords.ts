import { Refusal } from '#platform/errors.ts'

export type Passwords = {
  hash: (password: string) => Promise<string>
  verify: (attempt: { hash: string; password: string }) => Promise<boolean>
  /** Does `work`, which will hash, in its turn; refuses when so many wait that this one would give up before. */
  admit: <T>(work: () => Promise<T>) => Promise<T>
}

export type PasswordLimits = { atOnce?: number; mostAdmitted?: number }

/**
 * Half of Node's four threads for slow work. A new connection to the database proves its password on one of them, files are
 * read on them: with all four hashing, some forty officers who signed in at eight o'clock made connections time out.
 */
const AT_ONCE = 2
/** Whole sign-ins at once. Sixty that start together would each open a connection first, and other requests wait for theirs. */
const ADMITTED_AT_ONCE = 4
/** About ten seconds of hashing on two cores. */
const MOST_ADMITTED = 240
/** When most of those who wait now have had their turn. */
const BUSY_SECONDS = 5

/** better-auth's own hasher (scrypt), a few at a time in order of arrival; loaded with the first password, not at start. */
export const createPasswords = ({
  atOnce = AT_ONCE,
  mostAdmitted = MOST_ADMITTED,
}: PasswordLimits = {}): Passwords => {
  const inTurn = turns(atOnce)
  const enter = turns(ADMITTED_AT_ONCE)
  let admitted = 0
  return {
    hash: (password) => inTurn(async () => (await import('better-auth/crypto')).hashPassword(password)),
    verify: (attempt) => inTurn(async () => (await import('better-auth/crypto')).verifyPassword(attempt)),
    admit: async (work) => {
      if (admitted >= mostAdmitted) throw new Refusal('identity.sign-in-busy', { seconds: BUSY_SECONDS })
      admitted += 1
      try {
        return await enter(work)
      } finally {
        admitted -= 1
      }
    },
  }
}

const turns = (atOnce: number) => {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    // Who leaves hands its place to the next one, so the count stays as it is.
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
