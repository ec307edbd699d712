import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import { type EventRow, type EventSubject, fromRow, type LogEvent } from './event.ts'

/** Adds any number of events; alone, or as a part of a `with`. */
export const insertion = (rows: readonly EventRow[]): RawBuilder<unknown> => {
  const column = <K extends keyof EventRow>(name: K): EventRow[K][] => rows.map((row) => row[name])
  return sql`
    insert into event (id, type, at, actor_kind, actor_id, actor_name, subject_kind, subject_id, body, hash)
    select * from unnest(
      ${column('id')}::uuid[], ${column('type')}::text[], ${column('at')}::timestamptz[],
      ${column('actorKind')}::text[], ${column('actorId')}::text[], ${column('actorName')}::text[],
      ${column('subjectKind')}::text[], ${column('subjectId')}::text[], ${column('body')}::text[],
      ${column('hash')}::bytea[])`
}

export const insertEvents = async (tx: Db, rows: readonly EventRow[]): Promise<void> => {
  if (rows.length > 0) await insertion(rows).execute(tx)
}

/** How many events have their place: positions 1 to this number exist and are visible. */
export const sealedSize = async (db: Db): Promise<number> => {
  const { size } = await db.selectFrom('log_tree').select('size').executeTakeFirstOrThrow()
  return size
}

export type ReadOptions = {
  /** The last position already seen; 0 from the beginning. */
  after: number
  limit: number
  /** Only these types. */
  types?: readonly string[]
}
/** `next` is where to read on: every event up to it has been seen, also those of other types. */
export type LogPage = { events: LogEvent[]; next: number }

export const readEvents = async (db: Db, { after, limit, types }: ReadOptions): Promise<LogPage> => {
  // The size first: rows up to it are committed, so a page that is not full has seen everything up to there.
  const size = await sealedSize(db)
  if (size <= after) return { events: [], next: after }
  let query = db
    .selectFrom('event')
    .select(['body', 'position'])
    .where('position', '>', after)
    .where('position', '<=', size)
    .orderBy('position')
    .limit(limit)
  if (types) query = query.where('type', 'in', types)
  const events = (await query.execute()).map(fromRow)
  const last = events.at(-1)?.position
  return { events, next: events.length === limit && last ? last : size }
}

/** A subject's events in order, those that still wait for their place at the end. */
export const readTimeline = async (db: Db, subject: EventSubject): Promise<LogEvent[]> => {
  const rows = await db
    .selectFrom('event')
    .select(['body', 'position'])
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .orderBy('position', (order) => order.asc().nullsLast())
    .orderBy('waiting_since')
    .orderBy('id')
    .execute()
  return rows.map(fromRow)
}
