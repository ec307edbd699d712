import type { Operation, Output, Request } from '#platform/operation.ts'
import { offlineProblem, problemFrom } from './problem.ts'
import { signedInAgain } from './sign-in-gate.ts'

export type CallOptions = {
  /** The version read, sent as `If-Match`; a stale one answers 412. */
  version?: number | string
  /** Makes a repeat safe: the same key gets the first answer. Use one key per intention, not per attempt. */
  idempotencyKey?: string
  signal?: AbortSignal
  /** `skip` lets a 401 through; else an ended session is renewed over the page and the request repeated. */
  signIn?: 'skip'
  /** Files of a `multipart/form-data` operation, by field name. */
  files?: Readonly<Record<string, Blob | readonly Blob[]>>
}

export type PreparedRequest = { url: string; method: Operation['method']; body: Record<string, unknown> }

/** Puts the input where the operation wants it: path parameters first, then query (GET, DELETE) or JSON body. */
export function prepare(
  operation: Pick<Operation, 'method' | 'path'>,
  input: Readonly<Record<string, unknown>>,
): PreparedRequest {
  const rest = { ...input }
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    if (value === undefined || value === null || value === '')
      throw new TypeError(`${operation.path} needs ${name}`)
    return encodeURIComponent(String(value))
  })
  if (operation.method !== 'GET' && operation.method !== 'DELETE')
    return { url: `/api${path}`, method: operation.method, body: rest }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') query.append(name, String(one))
  }
  return { url: `/api${path}${query.size > 0 ? `?${query}` : ''}`, method: operation.method, body: {} }
}

function bodyOf(
  operation: Operation,
  body: Record<string, unknown>,
  files: CallOptions['files'],
): BodyInit | undefined {
  if (operation.method === 'GET' || operation.method === 'DELETE') return undefined
  if (operation.consumes !== 'multipart/form-data') return JSON.stringify(body)
  const form = new FormData()
  for (const [name, value] of Object.entries(body))
    if (value !== undefined) form.append(name, typeof value === 'string' ? value : JSON.stringify(value))
  for (const [name, value] of Object.entries(files ?? {}))
    for (const file of value instanceof Blob ? [value] : value) form.append(name, file)
  return form
}

async function send(
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
  options: CallOptions,
): Promise<Response> {
  const { url, method, body } = prepare(operation, input)
  const payload = bodyOf(operation, body, options.files)
  const headers = new Headers({
    Accept: operation.produces ?? 'application/json',
    'Accept-Language': document.documentElement.lang || 'vi',
  })
  if (typeof payload === 'string') headers.set('Content-Type', 'application/json')
  if (options.version !== undefined) headers.set('If-Match', `"${options.version}"`)
  if (options.idempotencyKey) headers.set('Idempotency-Key', options.idempotencyKey)
  let response: Response
  try {
    response = await fetch(url, {
      method,
      headers,
      body: payload,
      signal: options.signal,
      credentials: 'same-origin',
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw offlineProblem()
  }
  const ended = response.status === 401 && operation.access === 'staff' && options.signIn !== 'skip'
  if (ended && (await signedInAgain())) return send(operation, input, options)
  if (!response.ok) throw problemFrom(response.status, await response.json().catch(() => undefined))
  return response
}

/**
 * Calls an operation of a module's contract. Types come from the contract; failures are `ProblemError`.
 * The server has validated its answer against the same contract, so it is not parsed a second time here.
 */
export async function call<O extends Operation>(
  operation: O,
  input: Request<O>,
  options: CallOptions = {},
): Promise<Output<O>> {
  const response = await send(operation, input, options)
  if (response.status === 204) return undefined as Output<O>
  return response.json() as Promise<Output<O>>
}

/** What an operation answers as a file, for opening or saving it here. */
export async function callFile<O extends Operation>(operation: O, input: Request<O>): Promise<Blob> {
  const response = await send(operation, input, {})
  return response.blob()
}

/** The address of a GET operation, for links and `<img>`. */
export const addressOf = <O extends Operation>(operation: O, input: Request<O>): string =>
  prepare(operation, input).url

/** One per intention: create when a form opens, keep until it succeeds. */
export const newIdempotencyKey = (): string => newUuid()

/** `randomUUID` is there on HTTPS only; a kiosk or television in a hall's own network may well be on plain HTTP. */
export function newUuid(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
