import type { BlockResult, Stray } from './block.ts'

/** What is wrong with a log. Ranges are inclusive positions. */
export type Finding =
  /** Columns contradict the body, or the body is not the one that was sealed. `position` null: not sealed yet. */
  | { kind: 'edited'; position: number | null; id: string; columns: string[] }
  | { kind: 'deleted'; from: number; to: number }
  /** A row on a place that was never given, or on another event's place. */
  | { kind: 'inserted'; position: number | null; id: string }
  | { kind: 'reordered'; position: number | null; id: string; belongs: number }
  /** The end is gone: rows, or (seen by an anchor) rows with their checkpoints. */
  | { kind: 'truncated'; from: number; to: number; by: 'checkpoint' | 'anchor' }
  /** Rows and leaves agree with one another, but not with what was signed. */
  | { kind: 'rewritten'; from: number; to: number; by: 'checkpoint' | 'anchor' }
  | { kind: 'forged-checkpoint'; size: number; keyId: string }
  | { kind: 'forged-anchor'; size: number; keyId: string }
  | { kind: 'unreadable-anchor'; line: number }
  /** Sealed events for which no genuine checkpoint vouches. */
  | { kind: 'unsigned'; from: number; to: number }
  /** The stored leaves or the stored tree are not what they were; the events themselves may be sound. */
  | { kind: 'leaves-lost'; from: number; to: number }
  | { kind: 'tree-altered'; size: number; expected: number }
  | { kind: 'unreadable'; from: number; to: number; reason: string }

export type Collected = Pick<BlockResult, 'strays' | 'missing' | 'withoutLeaf'>

/** Names each irregular row: an exchanged place is told from a changed content by the leaves. */
export const nameRows = ({ strays, missing, withoutLeaf }: Collected, size: number): Finding[] => {
  const places = new Map<string, number>()
  for (const { position, leaf } of missing) if (leaf) places.set(leaf, position)
  for (const { position, wanted } of strays) if (wanted && position !== null) places.set(wanted, position)

  const placeOf = (stray: Stray): number | undefined => {
    const place = places.get(stray.leaf)
    return place === stray.position ? undefined : place
  }
  const filled = new Set(strays.map(placeOf).filter((place) => place !== undefined))
  const rows = strays.map((stray): Finding => {
    const { position, id } = stray
    const belongs = placeOf(stray)
    if (belongs !== undefined) return { kind: 'reordered', position, id, belongs }
    const outside = position !== null && stray.wanted === ''
    if (outside || (position !== null && filled.has(position))) return { kind: 'inserted', position, id }
    return { kind: 'edited', position, id, columns: editedColumns(stray) }
  })
  const gone = missing.map(({ position }) => position).filter((position) => !filled.has(position))
  const ends = ranges(gone).map(
    ({ from, to }): Finding =>
      to === size ? { kind: 'truncated', from, to, by: 'checkpoint' } : { kind: 'deleted', from, to },
  )
  const lost = ranges(withoutLeaf).map(({ from, to }): Finding => ({ kind: 'leaves-lost', from, to }))
  return [...rows, ...ends, ...lost]
}

const editedColumns = ({ leaf, wanted, hashFits, columns }: Stray): string[] => {
  const bodyIsSound = wanted !== '' && leaf === wanted
  if (bodyIsSound) return hashFits ? columns : [...columns, 'hash']
  if (columns.includes('body')) return columns
  // A row not yet sealed has nothing to compare with but its own hash.
  if (wanted === '') return hashFits ? columns : [...columns, 'body or hash']
  return [...columns, ...(hashFits ? ['body', 'hash'] : ['body'])]
}

const ranges = (positions: readonly number[]): { from: number; to: number }[] => {
  const found: { from: number; to: number }[] = []
  for (const position of positions) {
    const last = found.at(-1)
    if (last && last.to + 1 === position) last.to = position
    else found.push({ from: position, to: position })
  }
  return found
}
