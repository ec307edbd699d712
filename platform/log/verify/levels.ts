import { hash } from 'node:crypto'
import { HASH_LENGTH } from '../merkle.ts'

/** What is hashed for a node: 0x01 and its two children (RFC 9162, 2.1.1). */
const PAIR_LENGTH = 1 + 2 * HASH_LENGTH

/**
 * The tree over a block's leaves with all its inner nodes, in memory that is used again for the next block. Children lie where
 * they are hashed, and a view of every pair is made once: making one for each node would cost as much as its hash.
 */
export type Levels = {
  /** Takes the place of the block before. */
  fill: (leaves: Uint8Array) => void
  /** The peaks of the first `count` leaves, packed. */
  peaks: (count: number) => Buffer
}

type Level = { bytes: Buffer; pairs: Buffer[] }

/** Where a node lies in its level. */
const placeOf = (index: number): number => (index >> 1) * PAIR_LENGTH + 1 + (index & 1) * HASH_LENGTH

const createLevel = (nodes: number): Level => {
  const bytes = Buffer.alloc(Math.ceil(nodes / 2) * PAIR_LENGTH)
  const pairs = Array.from({ length: Math.ceil(nodes / 2) }, (_, index) =>
    bytes.subarray(index * PAIR_LENGTH, (index + 1) * PAIR_LENGTH),
  )
  for (const pair of pairs) pair[0] = 1
  return { bytes, pairs }
}

/** `width`: the most leaves, a power of two. */
export const createLevels = (width: number): Levels => {
  const height = Math.log2(width)
  const levels = Array.from({ length: height + 1 }, (_, level) => createLevel(width >> level))

  const setLeaves = (leaves: Uint8Array, { bytes }: Level): void => {
    // Byte by byte: a call of `copy` takes longer than 32 of these.
    for (let from = 0, index = 0; from < leaves.length; from += HASH_LENGTH, index++) {
      const place = placeOf(index)
      for (let i = 0; i < HASH_LENGTH; i++) bytes[place + i] = leaves[from + i] ?? 0
    }
  }
  return {
    fill: (leaves) => {
      let count = leaves.length / HASH_LENGTH
      let below: Level | undefined
      for (const level of levels) {
        if (!below) setLeaves(leaves, level)
        else {
          count >>= 1
          for (let index = 0; index < count; index++)
            level.bytes.write(hash('sha256', below.pairs[index] ?? '', 'binary'), placeOf(index), 'latin1')
        }
        below = level
      }
    },
    peaks: (count) => {
      const found: Buffer[] = []
      levels.forEach(({ bytes }, level) => {
        if ((count >> level) % 2 === 0) return
        // The peak's leaves are those before the part of `count` that the lower bits tell.
        const place = placeOf((count >> level) - 1)
        found.unshift(bytes.subarray(place, place + HASH_LENGTH))
      })
      return Buffer.concat(found)
    },
  }
}

/** A power of two, so that a full block is one perfect subtree; small enough to hold in memory. */
export const BLOCK = 2 ** 13

/** The leaves of a block and the numbers of them whose peaks are wanted, too. */
export type PeaksAsked = { leaves: Uint8Array; counts: readonly number[] }
/** Peaks of all leaves and of each number asked for, packed. */
export type Peaks = { peaks: Buffer; peaksAt: Buffer[] }
export type PeaksOf = (leaves: Uint8Array, counts: readonly number[]) => Peaks | Promise<Peaks>

export const createPeaks = () => {
  const levels = createLevels(BLOCK)
  return (leaves: Uint8Array, counts: readonly number[]): Peaks => {
    levels.fill(leaves)
    return { peaks: levels.peaks(leaves.length / HASH_LENGTH), peaksAt: counts.map(levels.peaks) }
  }
}
