import { verify } from 'node:crypto'
import { rootOf, type Tree } from './merkle.ts'
import type { PublicKey, SigningKey } from './signing-key.ts'

/** What the log's key vouches for: the first `size` events have this root. */
export type Checkpoint = { size: number; root: Buffer; at: Date; keyId: string; signature: Buffer }

const message = ({ size, root, at, keyId }: Omit<Checkpoint, 'signature'>): Buffer =>
  Buffer.from(`mot-cua log checkpoint\n${size}\n${root.toString('hex')}\n${at.toISOString()}\n${keyId}\n`)

export const signCheckpoint = (tree: Tree, at: Date, key: SigningKey): Checkpoint => {
  const unsigned = { size: tree.size, root: rootOf(tree), at, keyId: key.id }
  return { ...unsigned, signature: key.sign(message(unsigned)) }
}

/** Runs on the thread pool: one Ed25519 check costs as much as a hundred leaves. */
export const isGenuine = (checkpoint: Checkpoint, keys: readonly PublicKey[]): Promise<boolean> =>
  new Promise((resolve) => {
    const known = keys.find((key) => key.id === checkpoint.keyId)
    if (!known || Number.isNaN(checkpoint.at.getTime())) return resolve(false)
    verify(null, message(checkpoint), known.key, checkpoint.signature, (error, genuine) =>
      resolve(!error && genuine),
    )
  })
