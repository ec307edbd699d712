import { v7 } from 'uuid'
import type { Db } from '#platform/db/connect.ts'
import { type EventRow, type EventSubject, type LogEvent, type NewEvent, toRow } from './event.ts'
import { insertEvents, type LogPage, type ReadOptions, readEvents, readTimeline } from './store.ts'

export type EventLog = {
  /**
   * Appends in the caller's transaction, in one statement. Events of one subject keep the order in which their writers
   * held the subject's row lock: take it before appending.
   */
  append: (tx: Db, events: readonly NewEvent[]) => Promise<LogEvent[]>
  /** The rows of `append`, for callers that write them in a statement of their own. */
  prepare: (events: readonly NewEvent[]) => EventRow[]
  /** Sealed events by position. */
  read: (db: Db, options: ReadOptions) => Promise<LogPage>
  /** All events of one subject in order, also those not yet sealed. */
  timeline: (db: Db, subject: EventSubject) => Promise<LogEvent[]>
}

export type LogDeps = { newId?: () => string }

export const createLog = ({ newId = v7 }: LogDeps = {}): EventLog => {
  const prepare = (events: readonly NewEvent[]): EventRow[] => events.map((event) => toRow(event, newId()))
  return {
    append: async (tx, events) => {
      const rows = prepare(events)
      await insertEvents(tx, rows)
      return events.map((event, index) => ({ ...event, id: rows[index]?.id ?? '', position: null }))
    },
    prepare,
    read: readEvents,
    timeline: readTimeline,
  }
}

export type { JsonObject, JsonValue } from './canonical.ts'
export type { EventActor, EventRow, EventSubject, LogEvent, NewEvent } from './event.ts'
