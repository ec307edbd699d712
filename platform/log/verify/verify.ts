import { availableParallelism } from 'node:os'
import type pg from 'pg'
import type { AnchorFile } from '../anchors.ts'
import { type Checkpoint, isGenuine } from '../checkpoint.ts'
import { appendSubtree, emptyTree, rootOf, splitHashes, type Tree } from '../merkle.ts'
import type { PublicKey } from '../signing-key.ts'
import { rowsOutside } from './block.ts'
import { verifyBlocks } from './blocks.ts'
import { openVerifyClient } from './connection.ts'
import { type Collected, type Finding, nameRows } from './findings.ts'
import type { BlockJob } from './job.ts'
import { BLOCK } from './levels.ts'

export type VerifyOptions = {
  url: string
  /** Whoever's signature counts. */
  keys: readonly PublicKey[]
  anchors?: AnchorFile
  threads?: number
  onProgress?: (verified: number, size: number) => void
}

export type Verification = {
  events: number
  bytes: number
  checkpoints: number
  anchors: number
  size: number
  root: Buffer
  findings: Finding[]
}

/** Reads the whole log once and names everything that is not as it was sealed. Memory does not grow with the log. */
export const verifyLog = async (options: VerifyOptions): Promise<Verification> => {
  const client = await openVerifyClient(options.url)
  try {
    return await verifyIn(client, options)
  } finally {
    await client.end()
  }
}

const verifyIn = async (client: pg.Client, options: VerifyOptions): Promise<Verification> => {
  const checkpoints = await sortOut(await readCheckpoints(client), options.keys)
  const anchors = await sortOut(options.anchors?.anchors ?? [], options.keys)
  const leaves = await countLeaves(client)
  const signed = checkpoints.genuine.at(-1)?.size ?? 0
  const size = Math.max(leaves, signed)
  const sizes = [...new Set([...checkpoints.genuine, ...anchors.genuine].map((mark) => mark.size))]
  const walked = await walk(client, options, size, sizes)
  walked.strays.push(...(await rowsOutside(client, size)))

  const findings: Finding[] = [
    ...checkpoints.forged.map(({ size, keyId }): Finding => ({ kind: 'forged-checkpoint', size, keyId })),
    ...anchors.forged.map(({ size, keyId }): Finding => ({ kind: 'forged-anchor', size, keyId })),
    ...(options.anchors?.unreadable ?? []).map((line): Finding => ({ kind: 'unreadable-anchor', line })),
    ...walked.findings,
    ...nameRows(walked, size),
    ...compareRoots(checkpoints.genuine, walked.roots, 'checkpoint'),
    ...compareRoots(anchors.genuine, walked.roots, 'anchor'),
    ...(signed < size ? [{ kind: 'unsigned', from: signed + 1, to: size } as const] : []),
    ...beyond(anchors.genuine, size),
    ...(await compareStoredTree(client, walked.tree)),
  ]
  const { events, bytes, tree } = walked
  return {
    events,
    bytes,
    size,
    root: rootOf(tree),
    checkpoints: checkpoints.genuine.length + checkpoints.forged.length,
    anchors: anchors.genuine.length + anchors.forged.length,
    findings,
  }
}

type Walked = Collected & {
  tree: Tree
  roots: Map<number, Buffer>
  events: number
  bytes: number
  findings: Finding[]
}

const walk = async (
  client: pg.Client,
  { url, threads, onProgress }: VerifyOptions,
  size: number,
  sizes: readonly number[],
): Promise<Walked> => {
  const walked: Walked = {
    tree: emptyTree(),
    roots: new Map(),
    events: 0,
    bytes: 0,
    findings: [],
    strays: [],
    missing: [],
    withoutLeaf: [],
  }
  for await (const block of verifyBlocks({
    client,
    url,
    threads: threads ?? usualThreads(size),
    jobs: makeJobs(size, sizes),
  })) {
    const { tree, roots } = walked
    for (const [size, peaks] of block.peaksAt)
      roots.set(size, rootOf({ size, peaks: [...tree.peaks, ...splitHashes(peaks)] }))
    if (block.end - block.start === BLOCK) appendSubtree(tree, block.peaks, BLOCK)
    else walked.tree = { size, peaks: [...tree.peaks, ...splitHashes(block.peaks)] }
    walked.events += block.events
    walked.bytes += block.bytes
    if (block.unreadable)
      walked.findings.push({
        kind: 'unreadable',
        from: block.start + 1,
        to: block.end,
        reason: block.unreadable,
      })
    if (walked.strays.length < LISTED) walked.strays.push(...block.strays)
    if (walked.missing.length < LISTED) walked.missing.push(...block.missing)
    if (walked.withoutLeaf.length < LISTED) walked.withoutLeaf.push(...block.withoutLeaf)
    onProgress?.(block.end, size)
  }
  return walked
}

/** From here on it pays that a thread more has to be started and warmed up (about 0.3 s of a core). */
const LONG = 128 * BLOCK

/** Beside each thread works its connection's process; in a long log each waits less when there are more threads than that. */
const usualThreads = (size: number): number => {
  const cores = Math.min(availableParallelism(), 8)
  return size < LONG ? Math.floor(cores / 2) : cores
}

/** A log that is wrong in more places than this is not worth a longer list. */
const LISTED = 50_000

const makeJobs = (size: number, sizes: readonly number[]): BlockJob[] => {
  const jobs = Array.from(
    { length: Math.ceil(size / BLOCK) },
    (_, index): BlockJob => ({
      start: index * BLOCK,
      end: Math.min((index + 1) * BLOCK, size),
      sizes: [],
    }),
  )
  for (const at of sizes) if (at > 0 && at <= size) jobs[Math.ceil(at / BLOCK) - 1]?.sizes.push(at)
  return jobs
}

type Sorted = { genuine: Checkpoint[]; forged: Checkpoint[] }

const sortOut = async (marks: readonly Checkpoint[], keys: readonly PublicKey[]): Promise<Sorted> => {
  const verdicts = await Promise.all(marks.map((mark) => isGenuine(mark, keys)))
  const genuine = marks.filter((_, index) => verdicts[index])
  genuine.sort((a, b) => a.size - b.size)
  return { genuine, forged: marks.filter((_, index) => !verdicts[index]) }
}

const readCheckpoints = async (client: pg.Client): Promise<Checkpoint[]> => {
  const { rows } = await client.query<Checkpoint>(
    `select size, root, at, key_id as "keyId", signature from log_checkpoint order by size`,
  )
  return rows
}

/** Counted, not read from a column: whoever writes a large number somewhere must not send the verifier on a long walk. */
const countLeaves = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ count: number }>(
    'select coalesce(sum(octet_length(hashes) / 32), 0)::bigint as count from log_leaves',
  )
  return rows[0]?.count ?? 0
}

/** After the first root that differs all later ones do, so only that one is told, with the range since the last good one. */
const compareRoots = (
  marks: readonly Checkpoint[],
  roots: ReadonlyMap<number, Buffer>,
  by: 'checkpoint' | 'anchor',
): Finding[] => {
  let good = 0
  for (const { size, root } of marks) {
    const found = roots.get(size)
    if (!found) continue
    if (!found.equals(root)) return [{ kind: 'rewritten', from: good + 1, to: size, by }]
    good = size
  }
  return []
}

const beyond = (anchors: readonly Checkpoint[], size: number): Finding[] => {
  const last = anchors.at(-1)?.size ?? 0
  return last > size ? [{ kind: 'truncated', from: size + 1, to: last, by: 'anchor' }] : []
}

const compareStoredTree = async (client: pg.Client, tree: Tree): Promise<Finding[]> => {
  const { rows } = await client.query<{ size: number; peaks: Buffer }>('select size, peaks from log_tree')
  const stored = rows[0]
  if (stored?.size === tree.size && stored.peaks.equals(Buffer.concat(tree.peaks))) return []
  return [{ kind: 'tree-altered', size: stored?.size ?? 0, expected: tree.size }]
}
