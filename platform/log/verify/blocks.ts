import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import { type BlockResult, createBlockVerifier, type VerifyBlock } from './block.ts'
import { exportSnapshot } from './connection.ts'
import type { BlockJob } from './job.ts'
import { startTreeThread } from './tree-thread.ts'

type Blocks = { client: pg.Client; url: string; jobs: readonly BlockJob[]; threads: number }

/** Results in the order of the jobs, however many threads work. */
export async function* verifyBlocks({ client, url, jobs, threads }: Blocks): AsyncGenerator<BlockResult> {
  // A thread takes longer to start than a few blocks to verify.
  if (jobs.length < 4) return yield* inTurn(jobs, [createBlockVerifier(client)])
  if (threads < 2) return yield* withTreeThread(client, jobs)
  const snapshot = await exportSnapshot(client)
  const workers = Array.from({ length: threads }, () => startWorker(url, snapshot))
  try {
    yield* inTurn(
      jobs,
      workers.map(({ ask }) => ask),
    )
  } finally {
    for (const worker of workers) worker.end()
  }
}

async function* withTreeThread(client: pg.Client, jobs: readonly BlockJob[]): AsyncGenerator<BlockResult> {
  const trees = startTreeThread()
  try {
    yield* inTurn(jobs, [createBlockVerifier(client, trees.peaksOf)])
  } finally {
    trees.end()
  }
}

/** Each takes every n-th block and has the next one waiting: all keep step, and few results wait in memory. */
async function* inTurn(
  jobs: readonly BlockJob[],
  verifiers: readonly VerifyBlock[],
): AsyncGenerator<BlockResult> {
  const ask = (index: number): Promise<BlockResult> | undefined => {
    const job = jobs[index]
    const result = job && verifiers[index % verifiers.length]?.(job)
    // Awaited later, in order: until then a failure is not unhandled.
    result?.catch(() => undefined)
    return result
  }
  const ahead = verifiers.length * 2
  const asked = Array.from({ length: ahead }, (_, index) => ask(index))
  for (let index = 0; index < jobs.length; index++) {
    const result = await asked.shift()
    if (!result) throw new Error('A block was not verified')
    asked.push(ask(index + ahead))
    yield result
  }
}

/** Buffers arrive from a thread as plain byte arrays. */
const withBuffers = (result: BlockResult): BlockResult => ({
  ...result,
  peaks: Buffer.from(result.peaks),
  peaksAt: result.peaksAt.map(([size, peaks]): [number, Buffer] => [size, Buffer.from(peaks)]),
})

type Asked = { resolve: (result: BlockResult) => void; reject: (error: unknown) => void }

const startWorker = (url: string, snapshot: string) => {
  const worker = new Worker(new URL('./block-worker.ts', import.meta.url), { workerData: { url, snapshot } })
  const waiting: Asked[] = []
  let before: BlockJob[] | undefined = []
  let failure: unknown
  worker.on('message', (message: 'ready' | BlockResult) => {
    if (message !== 'ready') return waiting.shift()?.resolve(withBuffers(message))
    for (const job of before ?? []) worker.postMessage(job)
    before = undefined
  })
  worker.on('error', (error) => {
    failure = error
    for (const { reject } of waiting.splice(0)) reject(error)
  })
  return {
    ask: (job: BlockJob) =>
      new Promise<BlockResult>((resolve, reject) => {
        if (failure) return reject(failure)
        waiting.push({ resolve, reject })
        // A message sent while the thread still connects would be lost.
        if (before) before.push(job)
        else worker.postMessage(job)
      }),
    end: () => {
      if (before) void worker.terminate()
      else worker.postMessage('end')
    },
  }
}
