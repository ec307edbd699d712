import { parentPort } from 'node:worker_threads'
import { createPeaks, type PeaksAsked } from './levels.ts'

/** The thread of `startTreeThread`. */
const peaksOf = createPeaks()
parentPort?.on('message', ({ leaves, counts }: PeaksAsked) =>
  parentPort?.postMessage(peaksOf(leaves, counts)),
)
