import { hash } from 'node:crypto'
import { expect, it } from 'vitest'
import { appendLeaf, emptyTree, HASH_LENGTH } from '../merkle.ts'
import { createLevels } from './levels.ts'

const leavesOf = (count: number, salt: string): Buffer[] =>
  Array.from({ length: count }, (_, index) => hash('sha256', `${salt} ${index}`, 'buffer'))

it('has the peaks that appending leaf by leaf gives, for every number of leaves, in memory used before', () => {
  const levels = createLevels(16)
  for (let count = 1; count <= 16; count++) {
    const leaves = leavesOf(count, `of ${count}`)
    levels.fill(Buffer.concat(leaves))
    const tree = emptyTree()
    leaves.forEach((leaf, index) => {
      appendLeaf(tree, leaf)
      expect(levels.peaks(index + 1).equals(Buffer.concat(tree.peaks)), `${index + 1} of ${count}`).toBe(true)
    })
    expect(levels.peaks(count)).toHaveLength(HASH_LENGTH * tree.peaks.length)
  }
})
