import type { Language } from '../ui/language/language.tsx'

export type FieldError = { path: string; code: string; vi: string; en: string }

/** What the caller can do about a failure. `offline` and `unavailable` are worth repeating, the others are not. */
export type FailureKind =
  | 'offline'
  | 'unavailable'
  | 'signed-out'
  | 'stale'
  | 'not-found'
  | 'invalid'
  | 'refused'

/** An answer of the server in the problem details of RFC 9457, or the lack of an answer. */
export class ProblemError extends Error {
  readonly kind: FailureKind
  readonly status: number
  readonly code: string
  readonly vi: string
  readonly en: string
  readonly fields: readonly FieldError[]
  readonly requestId: string | undefined
  /** The rest of the problem, for screens that show more (the current version after a 412). */
  readonly details: Readonly<Record<string, unknown>>
  constructor(init: {
    status: number
    code: string
    vi: string
    en: string
    fields?: readonly FieldError[]
    requestId?: string | undefined
    details?: Record<string, unknown>
  }) {
    super(init.code)
    this.name = 'ProblemError'
    this.status = init.status
    this.code = init.code
    this.vi = init.vi
    this.en = init.en
    this.fields = init.fields ?? []
    this.requestId = init.requestId
    this.details = init.details ?? {}
    this.kind = kindOf(init.status)
  }
}

function kindOf(status: number): FailureKind {
  if (status === 0) return 'offline'
  if (status === 429 || status === 408 || status >= 502) return 'unavailable'
  if (status === 401) return 'signed-out'
  if (status === 412) return 'stale'
  if (status === 404 || status === 410) return 'not-found'
  return status === 422 || status === 400 ? 'invalid' : 'refused'
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function fieldsOf(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return []
  return value.filter(isRecord).map((f) => {
    const vi = text(f.vi) ?? text(f.message) ?? ''
    return { path: text(f.path) ?? '', code: text(f.code) ?? '', vi, en: text(f.en) ?? vi }
  })
}

export function problemFrom(status: number, body: unknown): ProblemError {
  const problem = isRecord(body) ? body : {}
  const messages = isRecord(problem.messages) ? problem.messages : problem
  const details = isRecord(problem.details) ? problem.details : problem
  const vi =
    text(messages.vi) ??
    text(problem.detail) ??
    text(problem.title) ??
    `Máy chủ trả lời ${status}. Thử lại sau ít phút.`
  return new ProblemError({
    status,
    code: text(problem.code) ?? `http.${status}`,
    vi,
    en:
      text(messages.en) ??
      text(problem.detail) ??
      text(problem.title) ??
      `The server answered ${status}. Try again in a few minutes.`,
    fields: fieldsOf(problem.fields ?? problem.errors ?? details.fields),
    requestId: text(problem.requestId) ?? text(problem.instance),
    details,
  })
}

export const offlineProblem = (): ProblemError =>
  new ProblemError({
    status: 0,
    code: 'client.offline',
    vi: 'Chưa kết nối được tới máy chủ. Nội dung vẫn ở trên máy này; thử lại khi có mạng.',
    en: 'The server cannot be reached. Your content is still on this device; try again when online.',
  })

export const messageOf = (error: unknown, language: Language): string => {
  if (error instanceof ProblemError) return error[language]
  return language === 'vi'
    ? 'Trang này gặp lỗi. Tải lại trang; nếu vẫn vậy, gọi tổng đài.'
    : 'This page met an error. Reload it; if it persists, call the help line.'
}

/** Worth repeating by itself: nothing was decided yet. */
export const canRetry = (error: unknown): boolean =>
  error instanceof ProblemError && (error.kind === 'offline' || error.kind === 'unavailable')
