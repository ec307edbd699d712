import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import { type BlockJob, type BlockResult, verifyBlock } from './block.ts'
import { exportSnapshot } from './connection.ts'

type Blocks = { client: pg.Client; url: string; jobs: readonly BlockJob[]; threads: number }

/** Results in the order of the jobs, however many threads work. */
export async function* verifyBlocks({ client, url, jobs, threads }: Blocks): AsyncGenerator<BlockResult> {
  // A thread takes longer to start than a few blocks to verify.
  if (threads < 2 || jobs.length < 4) {
    for (const job of jobs) yield await verifyBlock(client, job)
    return
  }
  const snapshot = await exportSnapshot(client)
  const workers = Array.from({ length: threads }, () => startWorker(url, snapshot))
  try {
    // Each thread takes every n-th block and has the next one waiting: all keep step, and few results wait in memory.
    const ask = (index: number): Promise<BlockResult> | undefined => {
      const job = jobs[index]
      return job && workers[index % threads]?.ask(job)
    }
    const asked = Array.from({ length: threads * 2 }, (_, index) => ask(index))
    for (let index = 0; index < jobs.length; index++) {
      const result = await asked.shift()
      if (!result) throw new Error('A block was not verified')
      asked.push(ask(index + threads * 2))
      yield withBuffers(result)
    }
  } finally {
    for (const worker of workers) worker.end()
  }
}

/** Buffers arrive from a thread as plain byte arrays. */
const withBuffers = (result: BlockResult): BlockResult => ({
  ...result,
  peaks: Buffer.from(result.peaks),
  peaksAt: Object.fromEntries(
    Object.entries(result.peaksAt).map(([size, peaks]): [string, Buffer] => [size, Buffer.from(peaks)]),
  ),
})

type Asked = { resolve: (result: BlockResult) => void; reject: (error: unknown) => void }

const startWorker = (url: string, snapshot: string) => {
  const worker = new Worker(new URL('./block-worker.ts', import.meta.url), { workerData: { url, snapshot } })
  const waiting: Asked[] = []
  let before: BlockJob[] | undefined = []
  let failure: unknown
  worker.on('message', (message: 'ready' | BlockResult) => {
    if (message !== 'ready') return waiting.shift()?.resolve(message)
    for (const job of before ?? []) worker.postMessage(job)
    before = undefined
  })
  worker.on('error', (error) => {
    failure = error
    for (const { reject } of waiting.splice(0)) reject(error)
  })
  return {
    ask: (job: BlockJob) => {
      const result = new Promise<BlockResult>((resolve, reject) => {
        if (failure) return reject(failure)
        waiting.push({ resolve, reject })
        // A message sent while the thread still connects would be lost.
        if (before) before.push(job)
        else worker.postMessage(job)
      })
      // Awaited later, in order: until then a failure is not unhandled.
      result.catch(() => undefined)
      return result
    },
    end: () => {
      if (before) void worker.terminate()
      else worker.postMessage('end')
    },
  }
}
