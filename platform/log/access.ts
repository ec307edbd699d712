import type { Db } from '#platform/db/connect.ts'
import { isUnavailable } from '#platform/db/connect.ts'
import type { EventActor, EventRow, EventSubject, NewEvent } from './event.ts'
import { insertEvents } from './store.ts'

/** Who read which personal data of whom, and why (Law 91/2025/QH15: reading is answerable). */
export type Access = {
  actor: EventActor
  subject: EventSubject
  /** Names of what was shown, never the values. */
  fields: readonly string[]
  /** In the reader's words or the operation's name. */
  purpose: string
}

export const PERSONAL_DATA_READ = 'personal-data-read'

export const accessEvent = ({ actor, subject, fields, purpose }: Access, at: Date): NewEvent => ({
  type: PERSONAL_DATA_READ,
  at,
  actor,
  subject,
  data: { fields, purpose },
})

type Waiting = { rows: readonly EventRow[]; done: () => void; failed: (error: unknown) => void }

/**
 * Writes rows so that the promise ends when they are committed. Those that come while a write is under way share the next
 * one: the cost of a commit is paid per group, and an idle system adds no wait.
 */
export const createGroupedInsert = (): ((db: Db, rows: readonly EventRow[]) => Promise<void>) => {
  const queues = new WeakMap<Db, Waiting[]>()

  const flush = async (db: Db, group: readonly Waiting[]): Promise<void> => {
    try {
      await insertEvents(
        db,
        group.flatMap(({ rows }) => rows),
      )
      for (const { done } of group) done()
    } catch (error) {
      const [first, ...others] = group
      // One row that the database refuses must not take the others with it.
      if (others.length > 0 && !isUnavailable(error)) for (const one of group) await flush(db, [one])
      else for (const { failed } of first ? [first, ...others] : []) failed(error)
    }
  }
  const drain = async (db: Db, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) await flush(db, queue.splice(0))
    queues.delete(db)
  }
  return (db, rows) => {
    // Inside a transaction the rows are the transaction's: they are there when it commits.
    if (db.isTransaction) return insertEvents(db, rows)
    return new Promise((done, failed) => {
      const queue = queues.get(db)
      if (queue) queue.push({ rows, done, failed })
      else {
        const fresh = [{ rows, done, failed }]
        queues.set(db, fresh)
        void drain(db, fresh)
      }
    })
  }
}
