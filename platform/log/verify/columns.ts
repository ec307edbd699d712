/**
 * Whether an event's columns say what its body says, on the bytes of a binary COPY row. The body is canonical JSON, so
 * everything before and after `data` is known from the columns; comparing bytes costs a tenth of parsing the body.
 */

/** Where a row's fields lie in `bytes`; a missing actor id has `actorId[0] = -1`. */
export type RowFields = {
  bytes: Buffer
  /** Of the same bytes: words are read through it where they lie. */
  view: DataView
  id: number
  type: Range
  at: number
  actorKind: Range
  actorId: Range
  actorName: Range
  subjectKind: Range
  subjectId: Range
  body: Range
}
type Range = readonly [from: number, to: number]

const QUOTE = 0x22
const BACKSLASH = 0x5c
const CLOSE = 0x7d
const INSTANT_LENGTH = 24
const UUID_LENGTH = 36
const FAILED = -1
const WORD = 4

/** A text that is compared four bytes at a time. */
type Literal = { length: number; words: Int32Array; rest: Uint8Array }

const ascii = (text: string): Literal => {
  const bytes = Buffer.from(text, 'latin1')
  const words = Int32Array.from({ length: Math.floor(bytes.length / WORD) }, (_, index) =>
    bytes.readInt32BE(index * WORD),
  )
  return { length: bytes.length, words, rest: Uint8Array.from(bytes.subarray(words.length * WORD)) }
}
const ACTOR_ID = ascii('{"actor":{"id":')
const NULL = ascii('null')
const ACTOR_KIND = ascii(',"kind":')
const ACTOR_NAME = ascii(',"name":')
const AT = ascii('},"at":"')
const DATA = ascii('","data":')
const ID = ascii(',"id":"')
const SUBJECT_ID = ascii('","subject":{"id":')
const SUBJECT_KIND = ascii(',"kind":')
const TYPE = ascii('},"type":')
/** Everything of the suffix that is the same for each event: its literals, the id, three pairs of quotes, the last brace. */
const SUFFIX_FIXED = ID.length + UUID_LENGTH + SUBJECT_ID.length + SUBJECT_KIND.length + TYPE.length + 6 + 1

/** Each matcher returns the place after what it matched, or FAILED, which stays FAILED. */
const literal = (view: DataView, at: number, { length, words, rest }: Literal): number => {
  if (at === FAILED || at + length > view.byteLength) return FAILED
  let place = at
  for (let i = 0; i < words.length; i++, place += WORD) if (view.getInt32(place) !== words[i]) return FAILED
  for (let i = 0; i < rest.length; i++, place++) if (view.getUint8(place) !== rest[i]) return FAILED
  return place
}

/** Whether one of four bytes is zero (H. S. Warren, Hacker's Delight, 6-1: a byte below 1 borrows from its highest bit). */
const ONES = 0x01010101
const TOPS = 0x80808080
const zeroByte = (word: number): number => (word - ONES) & ~word & TOPS

/** Bytes that JSON does not write as they are, within a string. */
const escaped = (byte: number): boolean => byte < 0x20 || byte === QUOTE || byte === BACKSLASH
const anyEscaped = (word: number): boolean =>
  (zeroByte(word ^ (QUOTE * ONES)) |
    zeroByte(word ^ (BACKSLASH * ONES)) |
    ((word - 0x20 * ONES) & ~word & TOPS)) !==
  0

/** A string that JSON writes without escapes; others are left to the slow comparison. */
const quoted = (view: DataView, at: number, [from, to]: Range): number => {
  if (at === FAILED || from < 0 || at + (to - from) + 2 > view.byteLength || view.getUint8(at) !== QUOTE)
    return FAILED
  const ahead = at + 1 - from
  let i = from
  for (; i + WORD <= to; i += WORD) {
    const word = view.getInt32(i)
    if (view.getInt32(i + ahead) !== word || anyEscaped(word)) return FAILED
  }
  for (; i < to; i++) {
    const byte = view.getUint8(i)
    if (view.getUint8(i + ahead) !== byte || escaped(byte)) return FAILED
  }
  return view.getUint8(to + ahead) === QUOTE ? to + ahead + 1 : FAILED
}

/** The two digits of each byte, as a number of 16 bits. */
const HEX = Uint16Array.from({ length: 256 }, (_, byte) =>
  Buffer.from(byte.toString(16).padStart(2, '0'), 'latin1').readUInt16BE(),
)
const DASH = 0x2d
const uuid = (view: DataView, at: number, from: number): number => {
  if (at === FAILED || from < 0 || at + UUID_LENGTH > view.byteLength) return FAILED
  let place = at
  for (let i = 0; i < 16; i++, place += 2) {
    if ((i === 4 || i === 6 || i === 8 || i === 10) && view.getUint8(place++) !== DASH) return FAILED
    if (view.getUint16(place) !== HEX[view.getUint8(from + i)]) return FAILED
  }
  return place
}

/** PostgreSQL counts microseconds from here. */
const EPOCH_MS = Date.UTC(2000, 0, 1)
const DAY_MS = 86_400_000

/** Events lie close together in time, so the text of their day is made once. */
type DayText = { start: number; text: Literal }
const dayOf = (ms: number): DayText => {
  const start = Math.floor(ms / DAY_MS) * DAY_MS
  return { start, text: ascii(new Date(start).toISOString().slice(0, 11)) }
}

/** The number that `count` digits write, or FAILED when `after` does not follow them. */
const number = (view: DataView, at: number, count: number, after: number): number => {
  let value = 0
  for (let place = at; place < at + count; place++) {
    const digit = view.getUint8(place) - 0x30
    if (digit < 0 || digit > 9) return FAILED
    value = value * 10 + digit
  }
  return view.getUint8(at + count) === after ? value : FAILED
}

export type FastCheck = (row: RowFields) => boolean

export const createFastCheck = (): FastCheck => {
  let day = dayOf(EPOCH_MS)

  const instant = (view: DataView, at: number, from: number): number => {
    if (at === FAILED || from < 0 || at + INSTANT_LENGTH > view.byteLength) return FAILED
    const micros = view.getInt32(from) * 2 ** 32 + view.getUint32(from + 4)
    const ms = micros / 1000 + EPOCH_MS
    // Beyond what a double holds exactly, or finer than the body's milliseconds: the slow comparison decides.
    if (!Number.isSafeInteger(micros) || !Number.isInteger(ms)) return FAILED
    if (ms < day.start || ms >= day.start + DAY_MS) {
      if (ms < -62_135_596_800_000) return FAILED
      day = dayOf(ms)
    }
    const place = literal(view, at, day.text)
    if (place === FAILED) return FAILED
    const hours = number(view, place, 2, 0x3a)
    const minutes = number(view, place + 3, 2, 0x3a)
    const seconds = number(view, place + 6, 2, 0x2e)
    const millis = number(view, place + 9, 3, 0x5a)
    if (hours < 0 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59 || millis < 0) return FAILED
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis === ms - day.start ? place + 13 : FAILED
  }

  return (row) => {
    const { view, body } = row
    let place = literal(view, body[0], ACTOR_ID)
    place = row.actorId[0] < 0 ? literal(view, place, NULL) : quoted(view, place, row.actorId)
    place = quoted(view, literal(view, place, ACTOR_KIND), row.actorKind)
    place = quoted(view, literal(view, place, ACTOR_NAME), row.actorName)
    place = literal(view, instant(view, literal(view, place, AT), row.at), DATA)
    if (place === FAILED) return false
    const length = ([from, to]: Range): number => to - from
    const suffix = SUFFIX_FIXED + length(row.subjectId) + length(row.subjectKind) + length(row.type)
    const suffixStart = body[1] - suffix
    // At least one character of data lies between.
    if (suffixStart <= place) return false
    place = uuid(view, literal(view, suffixStart, ID), row.id)
    place = quoted(view, literal(view, place, SUBJECT_ID), row.subjectId)
    place = quoted(view, literal(view, place, SUBJECT_KIND), row.subjectKind)
    place = quoted(view, literal(view, place, TYPE), row.type)
    return place === body[1] - 1 && view.getUint8(place) === CLOSE
  }
}

export const uuidText = (bytes: Buffer, from: number): string => {
  const hex = bytes.toString('hex', from, from + 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const micros = (iso: unknown): bigint | undefined => {
  if (typeof iso !== 'string' || iso.length !== INSTANT_LENGTH) return undefined
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? undefined : BigInt(ms - EPOCH_MS) * 1000n
}

type Parsed = {
  id?: unknown
  type?: unknown
  at?: unknown
  actor?: { kind?: unknown; id?: unknown; name?: unknown }
  subject?: { kind?: unknown; id?: unknown }
}

/** The names of the columns that differ from the body; `['body']` when the body is not an event at all. */
export const differingColumns = (row: RowFields): string[] => {
  const { bytes } = row
  const text = ([from, to]: Range): string => bytes.toString('utf8', from, to)
  let body: Parsed
  try {
    body = JSON.parse(text(row.body))
  } catch {
    return ['body']
  }
  if (typeof body !== 'object' || body === null) return ['body']
  const pairs: [column: string, value: unknown, inBody: unknown][] = [
    ['id', uuidText(bytes, row.id), body.id],
    ['type', text(row.type), body.type],
    ['at', row.at < 0 ? null : bytes.readBigInt64BE(row.at), micros(body.at)],
    ['actor_kind', text(row.actorKind), body.actor?.kind],
    ['actor_id', row.actorId[0] < 0 ? null : text(row.actorId), body.actor?.id],
    ['actor_name', text(row.actorName), body.actor?.name],
    ['subject_kind', text(row.subjectKind), body.subject?.kind],
    ['subject_id', text(row.subjectId), body.subject?.id],
  ]
  return pairs.filter(([, value, inBody]) => value !== inBody).map(([column]) => column)
}
