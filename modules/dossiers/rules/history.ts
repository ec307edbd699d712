import { MINUTE_MS, readInstant } from './history-moments.ts'
import { isPhone, isSampleTaxCode, isTaxCode, personalIdProblem } from './identity-numbers.ts'

/** Columns of a file of ended dossiers, in the order in which they are documented (docs/operations.md). */
export const HISTORY_FIELDS = [
  'code',
  'procedure',
  'case',
  'state',
  'outcome',
  'channel',
  'receivingCentre',
  'resolvingUnit',
  'returningCentre',
  'returnWay',
  'receivedAt',
  'acceptedAt',
  'dueAt',
  'completedAt',
  'returnedAt',
  'endedAt',
  'endedReason',
  'ownerKind',
  'ownerName',
  'ownerId',
  'ownerBirthDate',
  'ownerPhone',
  'ownerAddress',
  'submitterName',
  'receivedBy',
  'approvedBy',
  'resultNumber',
  'resultDate',
  'resultSummary',
  'pauses',
  'receiver',
  'bookNumber',
  'pin',
  'note',
] as const
export type HistoryField = (typeof HISTORY_FIELDS)[number]

/** One line as text by field; fields that the file leaves out are ''. */
export type HistoryLine = { readonly [F in HistoryField]: string }

/** States that nothing leaves without an officer: the only ones that are history. */
export const HISTORY_STATES = [
  'RETURNED',
  'COMPLETED',
  'WITHDRAWN',
  'STOPPED',
  'NOT_ACCEPTED',
  'CLOSED_NO_SUPPLEMENT',
] as const
export type HistoryState = (typeof HISTORY_STATES)[number]

/** While it lasted the clock stood still. */
export type HistoryPause = { kind: 'SUPPLEMENT' | 'PAYMENT'; from: number; to: number }

/** A line that can be true; instants in milliseconds. Units and procedure are still the file's words. */
export type HistoryRow = {
  line: HistoryLine
  code: string
  state: HistoryState
  outcome: 'GRANTED' | 'REFUSED' | null
  channel: 'direct' | 'online' | 'postal'
  returnWay: 'counter' | 'postal' | 'electronic'
  kind: 'person' | 'organisation'
  receivedAt: number
  acceptedAt: number | null
  dueAt: number | null
  completedAt: number | null
  returnedAt: number | null
  endedAt: number | null
  resultDate: string | null
  pauses: readonly HistoryPause[]
  bookNumber: number
}

export type HistoryContext = {
  now: number
  /** Sample numbers are accepted, as at intake. */
  samples: boolean
}

const CODE = /^[A-Z0-9]{3}(\.[A-Z0-9]+)*-\d{6}-\d{4,}$/
const CHANNELS: Readonly<Record<string, HistoryRow['channel']>> = {
  '': 'direct',
  direct: 'direct',
  'trực tiếp': 'direct',
  online: 'online',
  'trực tuyến': 'online',
  postal: 'postal',
  'bưu chính': 'postal',
}
const WAYS: Readonly<Record<string, HistoryRow['returnWay']>> = {
  '': 'counter',
  counter: 'counter',
  'trực tiếp': 'counter',
  postal: 'postal',
  'bưu chính': 'postal',
  electronic: 'electronic',
  'trực tuyến': 'electronic',
}
const KINDS: Readonly<Record<string, HistoryRow['kind']>> = {
  '': 'person',
  person: 'person',
  'cá nhân': 'person',
  organisation: 'organisation',
  'tổ chức': 'organisation',
  'doanh nghiệp': 'organisation',
}
const OUTCOMES: Readonly<Record<string, 'GRANTED' | 'REFUSED'>> = {
  GRANTED: 'GRANTED',
  REFUSED: 'REFUSED',
  'đồng ý': 'GRANTED',
  'từ chối': 'REFUSED',
}
/** Bounds of the contract's own fields. */
const LONGEST: { readonly [F in HistoryField]?: number } = {
  ownerName: 200,
  ownerAddress: 300,
  submitterName: 200,
  receivedBy: 200,
  approvedBy: 200,
  receiver: 200,
  resultNumber: 60,
  resultSummary: 500,
  endedReason: 4_000,
  note: 2_000,
  case: 300,
}
const BOUNDED = Object.entries(LONGEST) as [HistoryField, number][]
const EARLIEST = Date.UTC(1990, 0, 1)
/** Mobile numbers had eleven digits until 2018. */
const FORMER_PHONE = /^(?:\+84|0)1\d{9}$/
/** The identity card before the personal number: nine digits. */
const FORMER_CARD = /^\d{9}$/

const isHistoryState = (state: string): state is HistoryState =>
  (HISTORY_STATES as readonly string[]).includes(state)

/** The row, or everything that cannot be true of the line, in words for whoever mends the file. */
export const readHistory = (line: HistoryLine, context: HistoryContext): HistoryRow | string[] => {
  const problems: string[] = []
  const say = (field: HistoryField, what: string): void => void problems.push(`${field}: ${what}`)
  const choose = <T>(field: HistoryField, table: Readonly<Record<string, T>>): T | undefined => {
    const value = line[field]
    const found = table[value] ?? table[value.toLowerCase()]
    if (found === undefined)
      say(field, `không hiểu "${value}"; dùng ${Object.keys(table).filter(Boolean).join(', ')}`)
    return found
  }
  const moment = (field: HistoryField, endOfDay = false): number | null => {
    const text = line[field]
    if (text === '') return null
    const at = readInstant(text, endOfDay)
    if (Number.isNaN(at))
      say(
        field,
        `"${text}" không phải thời điểm; ghi 2023-05-12T08:30:00+07:00, 2023-05-12 08:30 hoặc 12/05/2023 08:30`,
      )
    else if (at < EARLIEST || (field !== 'dueAt' && at > context.now))
      say(field, `"${text}" nằm ngoài khoảng từ năm 1990 đến hôm nay`)
    return at
  }

  if (!CODE.test(line.code))
    say('code', line.code === '' ? 'thiếu mã hồ sơ' : `"${line.code}" không có dạng H49-230512-0007`)
  if (line.procedure === '') say('procedure', 'thiếu mã thủ tục')
  const { state } = line
  if (!isHistoryState(state)) {
    say(
      'state',
      state === ''
        ? 'thiếu trạng thái'
        : `"${state}" chưa phải trạng thái kết thúc; chỉ nhập ${HISTORY_STATES.join(', ')}, hồ sơ đang giải quyết thì tiếp nhận lại`,
    )
  }
  const channel = choose('channel', CHANNELS)
  const returnWay = choose('returnWay', WAYS)
  const kind = choose('ownerKind', KINDS)
  const receivedAt = moment('receivedAt')
  const acceptedAt = moment('acceptedAt')
  const dueAt = moment('dueAt', true)
  const completedAt = moment('completedAt')
  const returnedAt = moment('returnedAt')
  const endedAt = moment('endedAt')
  if (receivedAt === null) say('receivedAt', 'thiếu thời điểm tiếp nhận')
  inOrder(
    [
      ['receivedAt', receivedAt],
      ['acceptedAt', acceptedAt],
      ['completedAt', completedAt],
      ['returnedAt', returnedAt],
    ],
    say,
  )
  inOrder(
    [
      ['receivedAt', receivedAt],
      ['endedAt', endedAt],
    ],
    say,
  )
  if (isHistoryState(state)) checkState(line, { state, completedAt, returnedAt, endedAt }, say)
  checkOwner(line, kind, context, say)
  for (const [field, longest] of BOUNDED)
    if (line[field].length > longest) say(field, `dài quá ${longest} ký tự`)
  const outcome = outcomeOf(line, completedAt, say)
  const resultDate = resultDateOf(line, completedAt, say)
  const pauses = line.pauses === '' ? [] : pausesOf(line.pauses, receivedAt, say)
  if (pauses.length > 0 && receivedAt !== null)
    checkPauses(pauses, acceptedAt ?? receivedAt, completedAt ?? endedAt ?? context.now, say)
  const bookNumber = line.bookNumber === '' ? 0 : Number(line.bookNumber)
  if (!Number.isInteger(bookNumber) || bookNumber < 0 || bookNumber > 99_999_999)
    say('bookNumber', `"${line.bookNumber}" không phải số thứ tự`)
  if (line.pin !== '' && !/^\d{6}$/.test(line.pin)) say('pin', 'phải có đúng 6 chữ số')
  if (problems.length > 0 || !isHistoryState(state) || receivedAt === null || !channel || !returnWay || !kind)
    return problems
  return {
    line,
    code: line.code,
    state,
    outcome,
    channel,
    returnWay,
    kind,
    receivedAt,
    acceptedAt: acceptedAt ?? (state === 'NOT_ACCEPTED' ? null : receivedAt),
    dueAt,
    completedAt,
    returnedAt,
    endedAt: endedAt ?? (completedAt === null ? receivedAt : null),
    resultDate,
    pauses,
    bookNumber,
  }
}

type Say = (field: HistoryField, what: string) => void
type Moment = readonly [HistoryField, number | null]

const inOrder = (moments: readonly Moment[], say: Say): void => {
  let before: Moment | undefined
  for (const moment of moments) {
    if (moment[1] === null) continue
    if (before?.[1] && moment[1] < before[1]) say(moment[0], `sớm hơn ${before[0]}`)
    before = moment
  }
}

type Ending = { state: string; completedAt: number | null; returnedAt: number | null; endedAt: number | null }

const checkState = (line: HistoryLine, { state, completedAt, returnedAt }: Ending, say: Say): void => {
  const finished = state === 'RETURNED' || state === 'COMPLETED'
  if (finished && completedAt === null) say('completedAt', 'thiếu thời điểm có kết quả')
  if (state === 'RETURNED' && returnedAt === null) say('returnedAt', 'thiếu thời điểm trả kết quả')
  if (state !== 'RETURNED' && returnedAt !== null) say('returnedAt', `không có ở trạng thái ${state}`)
  if (!finished && completedAt !== null) say('completedAt', `không có ở trạng thái ${state}`)
  if (!finished && line.resultNumber !== '') say('resultNumber', `không có ở trạng thái ${state}`)
}

const checkOwner = (
  line: HistoryLine,
  kind: HistoryRow['kind'] | undefined,
  { now, samples }: HistoryContext,
  say: Say,
): void => {
  if (line.ownerName.length < 2) say('ownerName', 'thiếu họ tên hoặc tên tổ chức')
  const { ownerId: id, ownerPhone: phone } = line
  if (id !== '' && kind === 'organisation' && !isTaxCode(id) && !(samples && isSampleTaxCode(id)))
    say('ownerId', `"${id}" không phải mã số thuế`)
  if (id !== '' && kind === 'person' && !FORMER_CARD.test(id)) {
    const problem = personalIdProblem(id, { year: new Date(now).getUTCFullYear(), samplesAllowed: samples })
    if (problem) say('ownerId', `"${id}" không phải số định danh 12 chữ số hay số chứng minh 9 chữ số`)
  }
  if (phone !== '' && !isPhone(phone) && !FORMER_PHONE.test(phone))
    say('ownerPhone', `"${phone}" không phải số điện thoại`)
  if (line.ownerBirthDate !== '' && !/^\d{4}-\d\d-\d\d$/.test(line.ownerBirthDate))
    say('ownerBirthDate', 'ghi theo năm-tháng-ngày')
}

const outcomeOf = (line: HistoryLine, completedAt: number | null, say: Say): HistoryRow['outcome'] => {
  if (line.outcome === '') return completedAt === null ? null : 'GRANTED'
  const outcome = OUTCOMES[line.outcome] ?? OUTCOMES[line.outcome.toLowerCase()]
  if (!outcome) say('outcome', `không hiểu "${line.outcome}"; dùng GRANTED hoặc REFUSED`)
  if (completedAt === null) say('outcome', 'chưa có kết quả nên không có kết luận')
  return outcome ?? null
}

const resultDateOf = (line: HistoryLine, completedAt: number | null, say: Say): string | null => {
  if (line.resultNumber === '') return null
  if (line.resultDate === '') return completedAt === null ? null : dayOf(completedAt)
  const at = readInstant(line.resultDate, false)
  if (Number.isNaN(at)) say('resultDate', `"${line.resultDate}" không phải ngày`)
  return Number.isNaN(at) ? null : dayOf(at)
}

type HistoryInterval = { kind: 'RUNNING' | HistoryPause['kind']; fromZero: boolean; from: number; to: number }

/** The clock from acceptance to the end: it ran, but for the pauses, and after a supplement the whole limit began anew. */
export const clockOf = ({ acceptedAt, completedAt, endedAt, pauses }: HistoryRow): HistoryInterval[] => {
  const end = completedAt ?? endedAt
  if (acceptedAt === null || end === null) return []
  const intervals: HistoryInterval[] = []
  let running = { from: acceptedAt, fromZero: true }
  for (const { kind, from, to } of pauses) {
    intervals.push({ kind: 'RUNNING', ...running, to: from }, { kind, fromZero: false, from, to })
    running = { from: to, fromZero: kind === 'SUPPLEMENT' }
  }
  return [...intervals, { kind: 'RUNNING', ...running, to: end }]
}

/** Pauses follow one another between acceptance and the end. */
const checkPauses = (pauses: readonly HistoryPause[], start: number, end: number, say: Say): void => {
  let before = start
  for (const { from, to } of pauses) {
    if (from < before || to > end) {
      say('pauses', 'phải nối tiếp nhau, từ khi tiếp nhận đến khi kết thúc')
      return
    }
    before = to
  }
}

/** Vietnam's day of an instant. */
export const dayOf = (at: number): string => new Date(at + 7 * 60 * MINUTE_MS).toISOString().slice(0, 10)

/** `SUPPLEMENT 2023-05-12T08:30~2023-05-20T10:00`, several separated by `;`. */
const pausesOf = (text: string, receivedAt: number | null, say: Say): HistoryPause[] =>
  text.split(';').flatMap((part): HistoryPause[] => {
    const match = /^\s*(SUPPLEMENT|PAYMENT)\s+([^~]+)~([^~]+)$/.exec(part)
    const [from, to] = [
      readInstant(match?.[2]?.trim() ?? '', false),
      readInstant(match?.[3]?.trim() ?? '', false),
    ]
    if (!match || Number.isNaN(from) || Number.isNaN(to) || to < from || from < (receivedAt ?? from)) {
      say('pauses', `không hiểu "${part.trim()}"; ghi SUPPLEMENT 2023-05-12 08:30~2023-05-20 10:00`)
      return []
    }
    return [{ kind: match[1] === 'PAYMENT' ? 'PAYMENT' : 'SUPPLEMENT', from, to }]
  })
