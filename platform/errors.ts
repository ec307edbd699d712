import type { ErrorCode, Operation } from './operation.ts'

export type ErrorDefinition = {
  /** HTTP status of the problem (RFC 9457). */
  status: 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 422 | 423 | 428 | 429 | 500 | 503
  /** Says what happened and what to do, to a person, in Vietnamese. `{name}` is filled from the details. */
  vi: string
  en: string
}

/** A module's table of refusals: code → status and words. One table per module, in its `errors.ts`. */
export const defineErrors = <const T extends Record<string, ErrorDefinition>>(table: T): T => table

export type RefusalDetails = Record<string, unknown> & {
  /** Per-field messages of a 422, by JSON path. */
  fields?: readonly { path: string; code: string; vi: string; en: string }[]
}

/** An expected failure with a stable code. Everything else that is thrown is a bug and answers 500. */
export class Refusal extends Error {
  readonly code: string
  readonly details: RefusalDetails
  constructor(code: string, details: RefusalDetails = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }
}

/** Refuses an operation with one of its declared codes; an undeclared code does not compile. */
export const refuse = <O extends Operation>(
  _operation: O,
  code: ErrorCode<O>,
  details: RefusalDetails = {},
): never => {
  throw new Refusal(code, details)
}

/** A detail that is said differently in the two languages: a date, a state, a role. */
export type Words = { vi: string; en: string }

const isWords = (value: unknown): value is Words =>
  typeof value === 'object' && value !== null && 'vi' in value && 'en' in value

/** Fills `{name}` from the details, in the language of the template; an unknown name stays visible. */
export const fillMessage = (
  template: string,
  details: Record<string, unknown>,
  language: keyof Words = 'vi',
): string =>
  template.replace(/\{(\w+)\}/g, (all, name: string) => {
    const value = details[name]
    if (value === undefined) return all
    return isWords(value) ? value[language] : String(value)
  })

/** Refusals that any operation may answer with. */
export const platformErrors = defineErrors({
  'platform.invalid-input': {
    status: 422,
    vi: 'Có ô nhập chưa đúng. Sửa các ô được đánh dấu rồi gửi lại.',
    en: 'Some fields are not valid. Correct the marked fields and send again.',
  },
  'platform.malformed-request': {
    status: 400,
    vi: 'Không đọc được nội dung gửi lên. Kiểm tra định dạng JSON rồi gửi lại.',
    en: 'The request could not be read. Check that it is valid JSON and send again.',
  },
  'platform.not-signed-in': {
    status: 401,
    vi: 'Phiên làm việc đã kết thúc. Đăng nhập lại; nội dung đang nhập vẫn được giữ.',
    en: 'Your session has ended. Sign in again; what you typed is kept.',
  },
  'platform.forbidden': {
    status: 403,
    vi: 'Việc này không thuộc quyền của tài khoản đang dùng. Liên hệ người quản trị đơn vị nếu cần.',
    en: 'Your account may not do this. Ask your unit administrator if you need it.',
  },
  'platform.not-found': {
    status: 404,
    vi: 'Không tìm thấy nội dung này. Kiểm tra lại mã hoặc đường dẫn.',
    en: 'Nothing was found here. Check the code or the address.',
  },
  'platform.idempotency-conflict': {
    status: 422,
    vi: 'Khóa chống gửi trùng này đã dùng cho một nội dung khác. Dùng khóa mới cho nội dung mới.',
    en: 'This idempotency key was used with another body. Use a new key for a new request.',
  },
  'platform.too-many-requests': {
    status: 429,
    vi: 'Gửi quá nhiều lần trong thời gian ngắn. Chờ {seconds} giây rồi thử lại.',
    en: 'Too many requests. Wait {seconds} seconds and try again.',
  },
  'platform.too-large': {
    status: 413,
    vi: 'Nội dung gửi lên quá lớn. Giới hạn là {limit}.',
    en: 'The request is too large. The limit is {limit}.',
  },
  'platform.unavailable': {
    status: 503,
    vi: 'Cơ sở dữ liệu tạm thời không trả lời, chưa chắc nội dung đã được lưu. Gửi lại sau vài giây; hệ thống không ghi trùng.',
    en: 'The database is not answering; it is not certain that this was saved. Send again in a few seconds: nothing is recorded twice.',
  },
  'platform.overloaded': {
    status: 503,
    vi: 'Hệ thống đang chậm nên chưa nhận yêu cầu này; chưa có gì được ghi. Gửi lại sau {seconds} giây.',
    en: 'The system is slow and did not take this request; nothing was recorded. Send again in {seconds} seconds.',
  },
  'platform.internal': {
    status: 500,
    vi: 'Hệ thống gặp lỗi không lường trước và đã ghi lại với mã {requestId}. Gọi tổng đài kèm mã này.',
    en: 'An unexpected error was recorded as {requestId}. Quote this number to the help desk.',
  },
})
