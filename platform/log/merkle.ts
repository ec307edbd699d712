import { hash } from 'node:crypto'

/**
 * The Merkle tree of RFC 9162, 2.1, as its peaks: the roots of the perfect subtrees from left to right, one for each bit
 * of the size. Appending and the root need nothing else, so neither ever looks at older leaves.
 */
export type Tree = { size: number; peaks: Buffer[] }

export const HASH_LENGTH = 32

const pair = Buffer.alloc(1 + 2 * HASH_LENGTH)
pair[0] = 1

/**
 * SHA-256(0x01 || left || right). The scratch buffer is safe: hashing is synchronous. As text and back, because a digest as
 * a buffer brings memory of its own, which costs more than the hash (measured: 0.65 µs against 0.26).
 */
export const nodeHash = (left: Buffer, right: Buffer): Buffer => {
  pair.set(left, 1)
  pair.set(right, 1 + HASH_LENGTH)
  return Buffer.from(hash('sha256', pair, 'binary'), 'latin1')
}

export const emptyTree = (): Tree => ({ size: 0, peaks: [] })

/** Adds a perfect subtree of `width` (a power of two that divides the size) in place. */
export const appendSubtree = (tree: Tree, root: Buffer, width: number): void => {
  let node = root
  // Not bit operations: sizes pass 2^31.
  for (let at = tree.size / width; at % 2 === 1; at = (at - 1) / 2) {
    const left = tree.peaks.pop()
    if (!left) throw new Error(`A tree of ${tree.size} leaves lacks a peak`)
    node = nodeHash(left, node)
  }
  tree.peaks.push(node)
  tree.size += width
}

export const appendLeaf = (tree: Tree, leaf: Buffer): void => appendSubtree(tree, leaf, 1)

export const rootOf = ({ peaks }: Tree): Buffer => {
  const right = peaks.at(-1)
  if (!right) return hash('sha256', Buffer.alloc(0), 'buffer')
  return peaks.slice(0, -1).reduceRight((root, peak) => nodeHash(peak, root), right)
}

export const splitHashes = (packed: Buffer): Buffer[] =>
  Array.from({ length: packed.length / HASH_LENGTH }, (_, index) =>
    packed.subarray(index * HASH_LENGTH, (index + 1) * HASH_LENGTH),
  )

/** The stored tree; one that cannot be is refused before anything is built on it. */
export const readTree = (row: { size: number; peaks: Buffer }): Tree => {
  const ones = row.size.toString(2).replaceAll('0', '').length
  if (row.peaks.length !== ones * HASH_LENGTH)
    throw new Error(`The stored tree of ${row.size} leaves has ${row.peaks.length} bytes of peaks`)
  return { size: row.size, peaks: splitHashes(row.peaks) }
}
