import { parentPort, workerData } from 'node:worker_threads'
import { createBlockVerifier } from './block.ts'
import { openVerifyClient } from './connection.ts'
import type { BlockJob } from './job.ts'

/** A thread of `verifyBlocks`: its own connection, the shared snapshot, one block at a time. */
const { url, snapshot }: { url: string; snapshot: string } = workerData
const client = await openVerifyClient(url, snapshot)
const verify = createBlockVerifier(client)
parentPort?.on('message', async (job: BlockJob | 'end') => {
  if (job !== 'end') parentPort?.postMessage(await verify(job))
  else {
    await client.end()
    parentPort?.close()
  }
})
parentPort?.postMessage('ready')
