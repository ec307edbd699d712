import type { RawBuilder } from 'kysely'
import { v7 } from 'uuid'
import { type Clock, systemClock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { type Access, accessEvent, createGroupedInsert } from './access.ts'
import { type EventRow, type EventSubject, type LogEvent, type NewEvent, toRow } from './event.ts'
import { insertEvents, insertion, type LogPage, type ReadOptions, readEvents, readTimeline } from './store.ts'

export type EventLog = {
  /**
   * Appends in the caller's transaction, in one statement. Events of one subject keep the order in which their writers
   * held the subject's row lock: take it before appending.
   */
  append: (tx: Db, events: readonly NewEvent[]) => Promise<LogEvent[]>
  /** The statement of `append`, for callers that write many rows of several tables at once: a part of their `with`. */
  appending: (events: readonly NewEvent[]) => RawBuilder<unknown>
  /** The rows of `append`, for callers that write them in a statement of their own. */
  prepare: (events: readonly NewEvent[]) => EventRow[]
  /** Sealed events by position. */
  read: (db: Db, options: ReadOptions) => Promise<LogPage>
  /** All events of one subject in order, also those not yet sealed. */
  timeline: (db: Db, subject: EventSubject) => Promise<LogEvent[]>
  /**
   * Records that personal data is about to be shown; await it before the answer leaves. Ends when the record is committed
   * (grouped with others under way), or fails, and then nothing may be shown.
   */
  recordAccess: (db: Db, ...accesses: readonly Access[]) => Promise<void>
}

export type LogDeps = {
  clock?: Clock
  newId?: () => string
  /** Called after each append, before its commit: the sealer's `nudge`. */
  onAppend?: () => void
}

export const createLog = ({ clock = systemClock, newId = v7, onAppend }: LogDeps = {}): EventLog => {
  const insertGrouped = createGroupedInsert()
  const prepare = (events: readonly NewEvent[]): EventRow[] => events.map((event) => toRow(event, newId()))
  return {
    append: async (tx, events) => {
      const rows = prepare(events)
      await insertEvents(tx, rows)
      onAppend?.()
      return events.map((event, index) => ({ ...event, id: rows[index]?.id ?? '', position: null }))
    },
    appending: (events) => {
      onAppend?.()
      return insertion(prepare(events))
    },
    prepare,
    recordAccess: async (db, ...accesses) => {
      await insertGrouped(db, prepare(accesses.map((access) => accessEvent(access, clock.now()))))
      onAppend?.()
    },
    read: readEvents,
    timeline: readTimeline,
  }
}

export type { Access } from './access.ts'
export type { JsonObject } from './canonical.ts'
export type { EventActor, EventRow, EventSubject, LogEvent, NewEvent } from './event.ts'
