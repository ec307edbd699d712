import type { Readable } from 'node:stream'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { Clock } from '../clock/clock.ts'
import { type Db, isUnavailable } from '../db/connect.ts'
import type { OpenVisit, Pressure } from '../db/pressure.ts'
import { Refusal, type RefusalDetails } from '../errors.ts'
import type { Operation } from '../operation.ts'
import { createIdempotency, createRecall, isRepeat, type Recall } from './idempotency.ts'
import { parseInput, rawInput } from './input.ts'
import { isLiveAnswer, sendLive } from './live.ts'
import { type ErrorTable, problemOf } from './problem.ts'
import {
  type ActorOf,
  isRawAnswer,
  type Language,
  type RequestContext,
  type Route,
  type UploadedFile,
} from './route.ts'

export type HttpOptions = {
  db: Db
  clock: Clock
  routes: readonly Route[]
  errors: ErrorTable
  /** The staff account behind a request's cookie, or undefined. */
  authenticate: (request: FastifyRequest) => Promise<ActorOf | undefined>
  /** Who acts when nobody is signed in. */
  nobody: ActorOf
  /** Public requests a minute from one address. */
  publicRequestsPerMinute: number
  /** Parse answers by their contract before sending: on in tests and demos, where a wrong shape must be seen. */
  checkAnswers: boolean
  logLevel: 'silent' | 'error' | 'warn' | 'info'
  trustProxy: boolean
  /** Of the pool behind `db`: requests that would wait for seconds are turned away. Without it they wait. */
  pressure?: Pressure | undefined
  /** The screens' page for a person at an address that is none; without it everybody gets the problem document. */
  missingPage?: string | undefined
}

/** Beyond this a JSON body is refused; files have limits of their own. */
const BODY_LIMIT = 1024 * 1024
/** A database that went away is usually back by then. */
const RETRY_SECONDS = 2

export const createHttpServer = async (options: HttpOptions): Promise<FastifyInstance> => {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: options.trustProxy,
    genReqId: () => crypto.randomUUID(),
    logger: options.logLevel === 'silent' ? false : { level: options.logLevel },
    // One line a request would write citizens' codes to a file; the event log holds who did what.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Mantine sets style attributes (widths, colours of a row); scripts stay strict.
        styleSrc: ["'self'", "'unsafe-inline'"],
        // A kiosk's page hands its tickets to the print agent, a program on the same machine.
        connectSrc: ["'self'", 'http://127.0.0.1:*'],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    crossOriginEmbedderPolicy: false,
  })
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: 64 * 1024 * 1024, files: 20 },
  })
  // An XML body is the field `xml` of the input; its other fields, if any, come in the query.
  app.addContentTypeParser(
    /^(application|text)\/([\w.-]+\+)?xml\b/,
    { parseAs: 'string' },
    (request, body, done) => done(null, { ...Object(request.query), xml: body }),
  )
  await app.register(rateLimit, { global: false })
  if (options.pressure) receiveVisits(app, options.pressure)
  app.setErrorHandler((error, request, reply) => answerError(options, error, request, reply))
  app.setNotFoundHandler((request, reply) =>
    options.missingPage !== undefined && wantsPage(request)
      ? reply
          .code(404)
          .type('text/html; charset=utf-8')
          .header('Cache-Control', 'no-store')
          .send(options.missingPage)
      : answerError(options, new Refusal('platform.not-found'), request, reply),
  )
  const recall = createRecall(options.db)
  for (const one of options.routes) bind(app, { ...options, recall }, one)
  return app
}

/** Around every handler, sign-in's too. After the body was read: what reads it loses the thread of the request. */
const receiveVisits = (app: FastifyInstance, pressure: Pressure): void => {
  const visits = new WeakMap<FastifyRequest, OpenVisit>()
  app.addHook('preHandler', (request, _reply, done) => {
    const visit = pressure.beginVisit()
    visits.set(request, visit)
    visit.run(done)
  })
  app.addHook('onSend', (request, _reply, _payload, done) => {
    visits.get(request)?.end()
    done()
  })
}

/** Somebody with a browser, outside the API: programs get problem documents whatever they accept. */
const wantsPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !/^\/api(?:[/?]|$)/.test(url) &&
  (headers.accept ?? '').includes('text/html')

type Binding = HttpOptions & { recall: Recall }

/** Exposed for tests of one module: the same server with that module's routes alone. */
const bind = (app: FastifyInstance, options: Binding, { operation, handle }: Route): void => {
  const limited = operation.access === 'public'
  app.route({
    method: operation.method,
    url: `/api${operation.path}`,
    config: limited
      ? {
          rateLimit: {
            max: options.publicRequestsPerMinute,
            timeWindow: 60_000,
            errorResponseBuilder: (_request, { ttl }) =>
              new Refusal('platform.too-many-requests', { seconds: Math.ceil(ttl / 1000) }),
          },
        }
      : {},
    handler: async (request, reply) => {
      const actor = (await options.authenticate(request)) ?? options.nobody
      if (operation.access === 'staff' && actor.kind !== 'staff') throw new Refusal('platform.not-signed-in')
      const raw = rawInput(operation, request)
      const account = 'id' in actor ? String(actor.id) : actor.kind
      const key = operation.idempotent ? headerText(request.headers['idempotency-key']) : undefined
      const asked = key === undefined ? undefined : { account, key, operation: operation.id, body: raw }
      const first = asked && (await options.recall(asked))
      if (first) return sendText(reply, first)
      const input = parseInput(operation, raw)
      const status = operation.status ?? 200
      const context: RequestContext = {
        actor,
        requestId: request.id,
        language: languageOf(request),
        address: request.ip,
        // Made when somebody asks: most never do.
        get signal() {
          return request.signal
        },
        headers: request.headers,
        idempotency: asked && createIdempotency({ ...asked, status, now: options.clock.now }),
        files: () => uploadedFiles(request),
      }
      try {
        // The route's own types were checked where it was bound; here all routes are one list.
        const answer = await handle(input as never, context as never)
        return sendAnswer(reply, operation, options.checkAnswers, status, answer)
      } catch (error) {
        // A repeat that ran beside the first one breaks the key, or finds its work done ("already finished", "stale"): either
        // way it gets the first one's answer.
        const mayRepeat = isRepeat(error) || error instanceof Refusal
        const repeated = asked && mayRepeat ? await options.recall(asked) : undefined
        if (repeated) return sendText(reply, repeated)
        throw error
      }
    },
  })
}

const headerText = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' && header.length > 0 && header.length <= 200 ? header : undefined

const languageOf = (request: FastifyRequest): Language =>
  /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'vi'

const sendText = (reply: FastifyReply, { status, answer }: { status: number; answer: string }) =>
  reply.code(status).type('application/json; charset=utf-8').send(answer)

const sendAnswer = (
  reply: FastifyReply,
  operation: Operation,
  check: boolean,
  status: number,
  answer: unknown,
) => {
  if (isLiveAnswer(answer)) return sendLive(reply, status, answer)
  if (isRawAnswer(answer)) {
    return reply
      .code(status)
      .headers(answer.headers ?? {})
      .type(answer.mediaType)
      .send(answer.raw)
  }
  if (status === 204) return reply.code(204).send()
  if (check) operation.output.parse(answer)
  if (operation.versioned || (isVersioned(answer) && operation.method === 'GET')) etag(reply, answer)
  return sendText(reply, { status, answer: JSON.stringify(answer) })
}

const isVersioned = (answer: unknown): answer is { version: number } =>
  typeof answer === 'object' && answer !== null && 'version' in answer && typeof answer.version === 'number'

/** The version read, to be sent back as `If-Match`. */
const etag = (reply: FastifyReply, answer: unknown): void => {
  if (isVersioned(answer)) reply.header('ETag', `"${answer.version}"`)
}

async function* uploadedFiles(request: FastifyRequest): AsyncIterable<UploadedFile> {
  if (!request.isMultipart()) throw new Refusal('platform.malformed-request')
  for await (const part of request.files()) {
    const stream: Readable = part.file
    yield { field: part.fieldname, name: part.filename.normalize('NFC'), mediaType: part.mimetype, stream }
  }
}

const answerError = (options: HttpOptions, error: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const { code, details } = refusalOf(error)
  // A bug or an outage is logged once, here, with the request's id that the person sees.
  if (code === 'platform.internal') request.log.error({ err: error }, 'unexpected error')
  const problem = problemOf(options.errors, {
    code,
    details,
    language: languageOf(request),
    requestId: request.id,
  })
  if (problem.status === 503) reply.header('Retry-After', String(details.seconds ?? RETRY_SECONDS))
  return reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem))
}

type Thrown = { statusCode?: number; code?: string }

const refusalOf = (error: unknown): { code: string; details: RefusalDetails } => {
  if (error instanceof Refusal) return { code: error.code, details: error.details }
  if (isUnavailable(error)) return { code: 'platform.unavailable', details: {} }
  const { statusCode, code } = (error ?? {}) as Thrown
  // A character that no text of PostgreSQL may hold (U+0000): the sender's mistake, whatever field it stood in.
  if (code === '22021' || code === '22P05') return { code: 'platform.malformed-request', details: {} }
  if (statusCode === 413) return { code: 'platform.too-large', details: { limit: '1 MB' } }
  if (statusCode === 400 || statusCode === 415 || code?.startsWith('FST_ERR_CTP')) {
    return { code: 'platform.malformed-request', details: {} }
  }
  return { code: 'platform.internal', details: {} }
}
