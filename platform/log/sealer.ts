import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, systemClock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Anchors } from './anchors.ts'
import { type Sealed, sealBatch } from './seal.ts'
import type { SigningKey } from './signing-key.ts'

export type Sealer = {
  /** Seals on until `stop`; errors are reported and tried again. */
  start: () => void
  /** Seals everything that is committed now; for seeds, tests and the stop. */
  sealAll: () => Promise<number>
  /** Something was appended: look again soon. */
  nudge: () => void
  stop: () => Promise<void>
}

export type SealerDeps = {
  db: Db
  signingKey: SigningKey
  clock?: Clock
  /** Without anchors the cut of the log's tail cannot be seen. */
  anchors?: Anchors
  onSealed?: (size: number) => void
  onError?: (error: unknown) => void
}

const BATCH = 5_000
/** Between batches under load, and the slowest look when nothing has been appended here for a while. */
const BUSY_MS = 50
const IDLE_MS = 400

export const createSealer = (deps: SealerDeps): Sealer => {
  const { db, signingKey: key, clock = systemClock, anchors, onSealed, onError } = deps
  let stopping = new AbortController()
  let wake = new AbortController()
  let running: Promise<void> | undefined
  let pause = BUSY_MS

  const sealOnce = async (): Promise<Sealed> => {
    const sealed = await sealBatch(db, { key, now: clock.now, limit: BATCH })
    if (sealed.checkpoint) {
      onSealed?.(sealed.checkpoint.size)
      await anchors?.write(sealed.checkpoint)
    }
    return sealed
  }
  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      let count = 0
      try {
        count = (await sealOnce()).count
      } catch (error) {
        onError?.(error)
      }
      if (count === BATCH) continue
      pause = count > 0 ? BUSY_MS : Math.min(pause * 2, IDLE_MS)
      await sleep(pause, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => undefined)
    }
  }
  const sealAll = async (): Promise<number> => {
    let total = 0
    for (;;) {
      const { count } = await sealOnce()
      total += count
      if (count < BATCH) return total
    }
  }
  return {
    sealAll,
    start: () => {
      if (running) return
      stopping = new AbortController()
      running = run(stopping.signal)
    },
    nudge: () => {
      // In the busy rhythm the next look is near enough, and batches stay batches.
      if (pause === BUSY_MS) return
      pause = BUSY_MS
      wake.abort()
      wake = new AbortController()
    },
    stop: async () => {
      stopping.abort()
      await running
      running = undefined
      await sealAll().catch((error) => onError?.(error))
      await anchors?.close()
    },
  }
}
