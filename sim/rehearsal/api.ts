import { setTimeout as sleep } from 'node:timers/promises'
import type { Operation, Output, Request } from '#platform/operation.ts'
import { createHttpClient, type Reply } from '../../tests/support/http-client.ts'

/** The product refused; a visitor or an officer would read why. */
export class Refused extends Error {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
  /** Asked again after an answer got lost: the first time may have been done. */
  readonly repeated: boolean
  constructor(code: string, details: Readonly<Record<string, unknown>>, repeated: boolean) {
    super(code)
    this.code = code
    this.details = details
    this.repeated = repeated
  }
}

/** An answer with when it was asked for (the first time) and when it came; `performance.now()`. */
export type Answered<T> = { value: T; sent: number; answered: number; tries: number }
export type How = { cookie?: string | undefined; key?: string | undefined }
export type Api = {
  ask: <O extends Operation>(operation: O, input: Request<O>, how?: How) => Promise<Answered<Output<O>>>
  /** The session cookie of an account. */
  signIn: (account: { username: string; password: string }) => Promise<string>
  /** Requests that had to be sent again because the server was away or asked to wait. */
  repeats: () => number
  base: string
  close: () => void
}

const AGAIN_MS = 150
const CONNECTIONS = 256
/** A server that is away for longer is not coming back. */
export const PATIENCE_MS = 90_000

const isTransient = ({ status }: Reply): boolean => status === 502 || status === 503 || status === 429
const jsonOf = (text: string): Record<string, unknown> => {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

/** Passwords are checked slowly on purpose: hundreds at once would all wait longer than their patience, and be asked again. */
const SIGN_INS_AT_ONCE = 8

/** Lets so many go on at a time, the others in the order in which they came. */
const createGate = (width: number) => {
  let free = width
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}

/** A client of the HTTP API alone. What got no answer is asked again under the same key until the patience is over. */
export const createApi = (base: string, patienceMs = PATIENCE_MS): Api => {
  const http = createHttpClient(base, CONNECTIONS)
  const signingIn = createGate(SIGN_INS_AT_ONCE)
  let repeats = 0

  const persist = async (call: Parameters<typeof http.call>[0]) => {
    const sent = performance.now()
    for (let tries = 1; ; tries += 1) {
      const reply = await http.call(call).catch((error: unknown) => {
        if (performance.now() - sent > patienceMs) throw error
      })
      if (reply && (!isTransient(reply) || performance.now() - sent > patienceMs))
        return { reply, sent, answered: performance.now(), tries }
      repeats += 1
      const seconds = reply?.status === 429 ? Number(jsonOf(reply.body).seconds ?? 1) : 0
      await sleep(Math.max(AGAIN_MS, seconds * 1_000))
    }
  }

  return {
    base,
    repeats: () => repeats,
    close: http.close,
    ask: async (operation, input, { cookie, key } = {}) => {
      const given: Record<string, unknown> = { ...input }
      const path = operation.path.replace(/:(\w+)/g, (_all, name: string) => {
        const value = String(given[name])
        delete given[name]
        return encodeURIComponent(value)
      })
      const method = operation.method === 'GET' ? 'GET' : 'POST'
      const query = new URLSearchParams(
        Object.entries(given).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)]],
        ),
      )
      const { reply, sent, answered, tries } = await persist({
        method,
        path: method === 'GET' && query.size > 0 ? `${path}?${query}` : path,
        ...(method === 'GET' ? {} : { body: given }),
        ...(cookie === undefined ? {} : { cookie }),
        headers: key === undefined ? {} : { 'idempotency-key': key },
      })
      const body = jsonOf(reply.body)
      if (reply.status >= 300) throw new Refused(String(body.code ?? `http-${reply.status}`), body, tries > 1)
      const value = operation.output.parse(body)
      // The contract has just said so.
      return { value: value as Output<typeof operation>, sent, answered, tries }
    },
    signIn: async ({ username, password }) => {
      const { reply } = await signingIn(() =>
        persist({ path: '/auth/sign-in/username', body: { username, password } }),
      )
      if (reply.status !== 200) throw new Refused(`sign-in-${reply.status}`, { username }, false)
      return (reply.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ')
    },
  }
}
