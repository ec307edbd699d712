import type { Readable } from 'node:stream'
import type { Input, Operation, Output } from '../operation.ts'
import type { Idempotency } from './idempotency.ts'
import type { LiveAnswer } from './live.ts'

/**
 * Who may act is the identity module's knowledge: it adds `actor` here by declaration merging, so that handlers are typed
 * while the platform stays free of the domain.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled in by declaration merging
export interface RequestActors {}

export type ActorOf = RequestActors extends { actor: infer A } ? A : { kind: string }
/** Operations that need a sign-in never see anybody else. */
export type ActorFor<O extends Operation> = O['access'] extends 'staff'
  ? Extract<ActorOf, { kind: 'staff' }>
  : ActorOf

export type Language = 'vi' | 'en'

export type UploadedFile = { field: string; name: string; mediaType: string; stream: Readable }

export type RequestContext<A = ActorOf> = {
  actor: A
  requestId: string
  language: Language
  /** The caller's address, for rate limits and the access log. */
  address: string
  signal: AbortSignal
  /** Present when the caller sent `Idempotency-Key` to an idempotent operation. */
  idempotency: Idempotency | undefined
  /** The files of a `multipart/form-data` request, one after the other; each stream must be read. */
  files: () => AsyncIterable<UploadedFile>
  /** Headers as sent, lower-case names; for what is not in the contract (cookies of the sign-in). */
  headers: Readonly<Record<string, string | string[] | undefined>>
}

/** An answer that is not JSON: a paper, a file, a stream. */
export type RawAnswer = { raw: Buffer | Readable; mediaType: string; headers?: Record<string, string> }

export type Handler<O extends Operation> = (
  input: Input<O>,
  context: RequestContext<ActorFor<O>>,
) => Promise<Output<O> | RawAnswer | LiveAnswer>

export type Route = {
  operation: Operation
  handle: (input: never, context: never) => Promise<unknown>
}

/** Binds an operation to its use case. */
export const route = <O extends Operation>(operation: O, handle: Handler<O>): Route => ({ operation, handle })

export const isRawAnswer = (answer: unknown): answer is RawAnswer =>
  typeof answer === 'object' && answer !== null && 'raw' in answer && 'mediaType' in answer
