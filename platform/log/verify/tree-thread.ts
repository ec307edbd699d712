import { Worker } from 'node:worker_threads'
import type { Peaks, PeaksAsked, PeaksOf } from './levels.ts'

/**
 * Computes blocks' trees in a thread of its own while the next block's rows are read and hashed: the nodes cost a third of a
 * verification. The thread needs no more than the hash, so that it starts in the time of one block.
 */
export type TreeThread = { peaksOf: PeaksOf; end: () => void }

type Asked = { resolve: (peaks: Peaks) => void; reject: (error: unknown) => void }

export const startTreeThread = (): TreeThread => {
  const worker = new Worker(new URL('./tree-worker.ts', import.meta.url))
  const waiting: Asked[] = []
  let failure: unknown
  worker.on('message', ({ peaks, peaksAt }: Peaks) =>
    // Buffers arrive from a thread as plain byte arrays.
    waiting
      .shift()
      ?.resolve({ peaks: Buffer.from(peaks), peaksAt: peaksAt.map((each) => Buffer.from(each)) }),
  )
  worker.on('error', (error) => {
    failure = error
    for (const { reject } of waiting.splice(0)) reject(error)
  })
  return {
    peaksOf: (leaves, counts) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure)
        waiting.push({ resolve, reject })
        // Handed over, not copied: a block's leaves are of no more use here.
        worker.postMessage({ leaves, counts } satisfies PeaksAsked, [leaves.buffer as ArrayBuffer])
      }),
    end: () => void worker.terminate(),
  }
}
