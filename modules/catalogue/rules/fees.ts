import type { Content, SourceFee } from './content.ts'
import type { Channel } from './record.ts'

export type FeeState =
  /** `amount` is due. */
  | 'PAYABLE'
  | 'FREE'
  /** Set by the provincial council; the amount comes from the province's own table. */
  | 'SET_BY_PROVINCE'
  /** The source has a foreign currency, a suspect amount or only words: the cashier reads `note`. */
  | 'UNKNOWN'

export type FeeLine = {
  kind: 'PHI' | 'LE_PHI' | 'UNKNOWN'
  state: FeeState
  /** In đồng; null unless `PAYABLE` or `FREE`. */
  amount: number | null
  /** The source's amount in its own currency, also when suspect. */
  source: { amount: number | null; currency: 'VND' | 'USD'; suspect: boolean } | null
  /** What one amount is for: `trang`, `bản`, `giao dịch`…; null: the dossier. */
  per: string | null
  note: string | null
}

export type FeeAssessment = {
  lines: FeeLine[]
  /** In đồng for one dossier; null when any line is unknown, counts something, or several amounts exclude one another. */
  total: number | null
  /** Words for the slip where there is no total. */
  text: string | null
}

export const FEE_TEXT = {
  province: 'Theo quy định của Hội đồng nhân dân tỉnh',
  choose: 'Có nhiều mức thu; cán bộ chọn mức áp dụng',
  count: 'Tính theo số lượng',
  unknown:
    'Thủ tục đã công bố không nêu rõ mức phí, lệ phí; hỏi nơi tiếp nhận hoặc tổng đài trước khi nộp tiền',
  free: 'Không thu phí, lệ phí',
} as const

const LAW_NAME = /luật phí và lệ phí/giu
const kindOf = (note: string | null): FeeLine['kind'] => {
  const words = (note ?? '').toLowerCase().replace(LAW_NAME, '')
  const stateFee = /lệ phí/u.test(words)
  const serviceFee = /(?<!\p{L})phí(?!\p{L})/u.test(
    words.replace(/lệ phí/gu, ' ').replace(/(miễn|kinh|chi|án) phí/gu, ' '),
  )
  if (stateFee === serviceFee) return 'UNKNOWN'
  return stateFee ? 'LE_PHI' : 'PHI'
}

const NOTHING =
  /^[\s\-–+:.]*(không(\s+(có|thu|quy định))?(\s+(phí|lệ phí|phí,? lệ phí))?|miễn(\s+(phí|lệ phí|thu))?)[\s.;]*$/iu
const COUNCIL = /hội đồng nhân dân|hđnd/iu
/** Units of which one dossier may have several. */
const COUNTED =
  /\/\s*(?:01\s*|1\s*)?(trang|bản(?: sao)?|giao dịch|trường hợp|người|tem|xe|chiếc|khẩu|tờ khai|môn|lô giống|tháng|năm)/iu

const perOf = (note: string | null): string | null =>
  note ? (COUNTED.exec(note)?.[1]?.toLowerCase() ?? null) : null

const lineOf = (fee: SourceFee): FeeLine => {
  const base = {
    kind: kindOf(fee.note),
    source: { amount: fee.amount, currency: fee.currency, suspect: fee.suspect },
    per: perOf(fee.note),
    note: fee.note,
  }
  if (fee.suspect || fee.amount === null || fee.currency !== 'VND')
    return { ...base, state: 'UNKNOWN', amount: null }
  if (fee.amount > 0) return { ...base, state: 'PAYABLE', amount: fee.amount }
  if (fee.note && COUNCIL.test(fee.note)) return { ...base, state: 'SET_BY_PROVINCE', amount: null }
  if (fee.note && NOTHING.test(fee.note)) return { ...base, state: 'FREE', amount: 0 }
  return { ...base, state: 'UNKNOWN', amount: null }
}

const sameLine = (a: FeeLine, b: FeeLine): boolean =>
  a.note === b.note && a.source?.amount === b.source?.amount && a.source?.currency === b.source?.currency

/**
 * The fees of a dossier as far as the record knows them. Zero with a note usually means "set by the provincial council", not
 * free; several payable lines are usually exclusive rates: neither is guessed, the cashier decides. Fees in the sources are
 * per procedure, so `caseId` only has to exist.
 */
export const assessFees = (
  version: { content: Pick<Content, 'methods'> },
  _caseId: string,
  channel: Channel,
): FeeAssessment => {
  const methods = version.content.methods.filter((method) => method.channel === channel)
  const fees = methods.flatMap((method) => method.fees.map(lineOf))
  const lines = fees.filter((line, i) => fees.findIndex((other) => sameLine(line, other)) === i)
  if (lines.length === 0) {
    const free = methods.length > 0 && methods.every((method) => method.free === true)
    return free ? { lines, total: 0, text: FEE_TEXT.free } : { lines, total: null, text: FEE_TEXT.unknown }
  }
  const payable = lines.filter((line) => line.state === 'PAYABLE')
  if (lines.some((line) => line.state === 'SET_BY_PROVINCE'))
    return { lines, total: null, text: FEE_TEXT.province }
  if (lines.some((line) => line.state === 'UNKNOWN')) return { lines, total: null, text: FEE_TEXT.unknown }
  if (payable.length > 1) return { lines, total: null, text: FEE_TEXT.choose }
  const only = payable[0]
  if (!only) return { lines, total: 0, text: FEE_TEXT.free }
  return only.per ? { lines, total: null, text: FEE_TEXT.count } : { lines, total: only.amount, text: null }
}
