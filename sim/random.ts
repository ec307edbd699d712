import { hash } from 'node:crypto'

/** Chance that comes from a seed alone: the same seed tells the same story on every machine. */
export type Random = {
  /** 0 ≤ x < 1 */
  next: () => number
  /** Both ends included. */
  int: (from: number, to: number) => number
  chance: (probability: number) => boolean
  pick: <T>(items: readonly T[]) => T
  weighted: <T>(items: readonly T[], weightOf: (item: T) => number) => T
  /** A stream of its own: what is drawn from it moves nothing that is drawn elsewhere. */
  fork: (label: string | number) => Random
}

/** sfc32 (C. Doty-Humphrey, PractRand): small, fast, passes the usual batteries. */
const sfc32 = (seed: string): (() => number) => {
  const bytes = hash('sha256', seed, 'buffer')
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => bytes.readUInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ]
  return () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
}

export const createRandom = (seed: string): Random => {
  const next = sfc32(seed)
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  const weighted = <T>(items: readonly T[], weightOf: (item: T) => number): T => {
    let left = next() * items.reduce((sum, item) => sum + weightOf(item), 0)
    const found = items.find((item) => {
      left -= weightOf(item)
      return left < 0
    })
    const chosen = found ?? items.at(-1)
    if (chosen === undefined) throw new RangeError('nothing to choose from')
    return chosen
  }
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => weighted(items, () => 1),
    weighted,
    fork: (label) => createRandom(`${seed}/${label}`),
  }
}
