import { parentPort, workerData } from 'node:worker_threads'
import { type BlockJob, verifyBlock } from './block.ts'
import { openVerifyClient } from './connection.ts'

/** A thread of `verifyBlocks`: its own connection, the shared snapshot, one block at a time. */
const { url, snapshot }: { url: string; snapshot: string } = workerData
const client = await openVerifyClient(url, snapshot)
parentPort?.on('message', async (job: BlockJob | 'end') => {
  if (job !== 'end') parentPort?.postMessage(await verifyBlock(client, job))
  else {
    await client.end()
    parentPort?.close()
  }
})
parentPort?.postMessage('ready')
