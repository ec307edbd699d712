import { createPublicKey } from 'node:crypto'
import { verifyLog } from '#platform/log/verify/verify.ts'

export type VerifyJob = { url: string; keyId: string; publicKey: string }
export type VerifyResult = { milliseconds: number; events: number; findings: number }

/** Verifies as `verify-log` does, in a process that holds nothing else. */
const run = async ({ url, keyId, publicKey }: VerifyJob): Promise<VerifyResult> => {
  const started = performance.now()
  const { events, findings } = await verifyLog({
    url,
    keys: [{ id: keyId, key: createPublicKey(publicKey) }],
  })
  return { milliseconds: performance.now() - started, events, findings: findings.length }
}

process.on('message', (job: VerifyJob) => {
  run(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
