import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '#platform/db/connect.ts'
import { type LogPage, readEvents, sealedSize } from './store.ts'

export type FollowOptions = { signal: AbortSignal; types?: readonly string[]; limit?: number }

export type Follower = {
  /**
   * Replays what was sealed after the position `after`, then follows what comes, each event once and in order. A batch
   * waits for the one before; `page.next` is what to remember. Ends when the signal is aborted; fails when `onBatch` does.
   */
  follow: (after: number, onBatch: (page: LogPage) => Promise<void>, options: FollowOptions) => Promise<void>
  /** The log is sealed up to here: whoever waits need not wait for the next look. */
  wake: (size: number) => void
}

/** The other processes' sealing is seen after this at the latest. */
const LOOK_MS = 100

/**
 * One look at the tree's size serves every follower of the process; when nobody follows, nobody looks. Positions instead of
 * notifications: `pg_notify` in the writers' transactions cost nine tenths of their speed (measured), and is lost on reconnect.
 */
export const createFollower = (db: Db): Follower => {
  const waiting = new Set<() => void>()
  let size = 0
  let looking = false

  const wake = (to: number): void => {
    if (to <= size) return
    size = to
    for (const resume of [...waiting]) resume()
  }
  const look = async (): Promise<void> => {
    if (looking) return
    looking = true
    while (waiting.size > 0) {
      // An outage is not the followers' end: they go on where they were when the database is back.
      wake(await sealedSize(db).catch(() => size))
      if (waiting.size > 0) await sleep(LOOK_MS, undefined, { ref: false })
    }
    looking = false
  }
  const beyond = (position: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (size > position || signal.aborted) return resolve()
      const resume = (): void => {
        if (size <= position && !signal.aborted) return
        waiting.delete(resume)
        signal.removeEventListener('abort', resume)
        resolve()
      }
      waiting.add(resume)
      signal.addEventListener('abort', resume)
      void look()
    })

  return {
    wake,
    follow: async (after, onBatch, { signal, types, limit = 500 }) => {
      let position = after
      while (!signal.aborted) {
        await beyond(position, signal)
        if (signal.aborted) return
        const page = await readEvents(db, { after: position, limit, types }).catch(() => undefined)
        if (!page) {
          await sleep(LOOK_MS)
          continue
        }
        // An old copy was put in place of the database: wait until it has grown, never go back.
        if (page.next <= position) size = Math.min(size, position)
        if (page.events.length > 0) await onBatch(page)
        position = Math.max(position, page.next)
      }
    },
  }
}
