import { hash } from 'node:crypto'
import { canonicalJson, type JsonObject, type JsonValue } from './canonical.ts'

export type EventActor = { kind: 'staff' | 'public' | 'system'; id: string | null; name: string }
export type EventSubject = { kind: string; id: string }

/**
 * One thing that happened, in the past tense (`dossier-accepted`). Events are kept for ever and read widely: `data` names
 * people by the ids of our rows and never holds a full personal number (Law 91/2025/QH15: no more data than needed).
 */
export type NewEvent = {
  type: string
  at: Date
  actor: EventActor
  subject: EventSubject
  data: JsonObject
}

export type LogEvent = NewEvent & {
  /** UUIDv7. */
  id: string
  /** Dense, from 1; null for the moment between the writer's commit and sealing. */
  position: number | null
}

/** An event as its row is written. */
export type EventRow = {
  id: string
  type: string
  at: string
  actorKind: EventActor['kind']
  actorId: string | null
  actorName: string
  subjectKind: string
  subjectId: string
  body: string
  hash: Buffer
}

const LEAF_PREFIX = Buffer.of(0)

/** RFC 9162, 2.1.1: the hash of a leaf is SHA-256(0x00 || entry). */
export const leafHash = (body: string): Buffer =>
  hash('sha256', Buffer.concat([LEAF_PREFIX, Buffer.from(body, 'utf8')]), 'buffer')

export const toRow = (event: NewEvent, id: string): EventRow => {
  assertNoPersonalNumber(event.data, event.type)
  const at = instant(event.at)
  const { actor, subject, type, data } = event
  const columns = [type, actor.name, actor.id ?? '', subject.kind, subject.id]
  if (columns.some((value) => value.includes('\0'))) throw new TypeError(`Event ${type}: NUL in a column`)
  const body = canonicalJson({
    actor: { id: actor.id, kind: actor.kind, name: actor.name },
    at,
    data,
    id,
    subject: { id: subject.id, kind: subject.kind },
    type,
  })
  return {
    id,
    type,
    at,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    subjectKind: subject.kind,
    subjectId: subject.id,
    body,
    hash: leafHash(body),
  }
}

/** RFC 3339 in UTC with milliseconds, always 24 characters: the verifier reads it by position. */
const instant = (at: Date): string => {
  const text = at.toISOString()
  if (text.length !== 24) throw new RangeError(`Event at ${text}: outside the years 0–9999`)
  return text
}

const PERSONAL_NUMBER = /^(personal|citizen|identity|passport)-?(id|number)$/i

const assertNoPersonalNumber = (data: JsonValue, type: string): void => {
  if (typeof data !== 'object' || data === null) return
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined) continue
    if (PERSONAL_NUMBER.test(key) && typeof value === 'string' && value !== '')
      throw new TypeError(`Event ${type}: ${key} would put a personal number into the log`)
    assertNoPersonalNumber(value, type)
  }
}

type StoredBody = Omit<NewEvent, 'at'> & { at: string; id: string }

export const fromRow = (row: { body: string; position: number | null }): LogEvent => {
  // Written by `toRow`; whether it still is what was written is the verifier's question, not each reader's.
  const { at, ...rest }: StoredBody = JSON.parse(row.body)
  return { ...rest, at: new Date(at), position: row.position }
}
