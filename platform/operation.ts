import type { z } from 'zod'

/**
 * One way into the system, declared once. Validation, types, OpenAPI, routes and the browser's client derive from it.
 * `input` is one object: path parameters (named like `:code` in `path`), then the query (GET, DELETE) or the JSON body.
 */
export type Operation = {
  /** `module.verb-object`, unique; OpenAPI's operationId. */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Beneath `/api`, parameters as `:name`. */
  path: `/${string}`
  summary: string
  /** `public` needs no sign-in and is rate limited; `staff` needs a session of a staff account. */
  access: 'public' | 'staff'
  input: z.ZodObject
  output: z.ZodType
  /** Of the successful answer; 200 unless told. */
  status?: 200 | 201 | 204
  /** Codes that this operation may refuse with, besides the platform's own. Each is in its module's `errors.ts`. */
  errors: readonly string[]
  /** Takes `Idempotency-Key`: a repeat with the same body gets the first answer, with another body `platform.idempotency-conflict`. */
  idempotent?: boolean
  /** Takes the version read as `If-Match`; it arrives as `version` in the input. A stale one is refused with 412. */
  versioned?: boolean
  /** What the answer is when not JSON, e.g. `application/pdf` or `text/event-stream`. */
  produces?: string
  /** `multipart/form-data` operations get their files from the request context. */
  consumes?: 'application/json' | 'multipart/form-data'
}

/** Keeps the literal types of an operation (its error codes above all). */
export const defineOperation = <const O extends Operation>(operation: O): O => operation

/** What a use case receives: the input after validation and defaults. */
export type Input<O extends Operation> = z.output<O['input']>
/** What a caller sends. */
export type Request<O extends Operation> = z.input<O['input']>
/** What an operation answers. */
export type Output<O extends Operation> = z.output<O['output']>
export type ErrorCode<O extends Operation> = O['errors'][number]
