import { Refusal } from '#platform/errors.ts'
import { type RequestContext, type Route, route } from '#platform/http/route.ts'
import {
  deliverStuckMessage,
  getProcess,
  getProcessPositions,
  getProcessVersion,
  importProcess,
  listDispatch,
  listProcesses,
  publishProcessVersion,
  reassignStuckTask,
  releaseStuckTask,
  retryStuckWait,
  withdrawProcessVersion,
} from './contract.ts'
import type { WorkflowService } from './service.ts'

const MAX_FILE_BYTES = 1_000_000

/** The first file of a multipart request, as text. */
async function uploadedXml(context: Pick<RequestContext, 'files'>): Promise<string> {
  for await (const { stream } of context.files()) {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of stream) {
      size += chunk.length
      if (size > MAX_FILE_BYTES) throw new Refusal('platform.too-large', { limit: '1 MB' })
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  }
  throw new Refusal('platform.malformed-request')
}

export const createWorkflowRoutes = (service: WorkflowService): Route[] => [
  route(importProcess, async ({ xml, key }, context) =>
    service.importProcess({ xml: xml ?? (await uploadedXml(context)), key }, context.actor),
  ),
  route(listProcesses, (input) => service.listProcesses(input)),
  route(getProcess, (input) => service.getProcess(input)),
  route(getProcessPositions, (input) => service.getProcessPositions(input)),
  route(getProcessVersion, (input) => service.getProcessVersion(input)),
  route(publishProcessVersion, (input, { actor }) => service.publishProcessVersion(input, actor)),
  route(listDispatch, (input, { actor }) => service.listDispatch(input, actor)),
  route(reassignStuckTask, (input, { actor }) => service.reassignStuck(input, actor)),
  route(releaseStuckTask, (input, { actor }) => service.releaseStuck(input, actor)),
  route(retryStuckWait, (input, { actor }) => service.retryStuck(input, actor)),
  route(deliverStuckMessage, (input, { actor }) => service.deliverStuck(input, actor)),
  route(withdrawProcessVersion, (input, { actor }) => service.withdrawProcessVersion(input, actor)),
]
