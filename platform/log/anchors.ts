import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Checkpoint } from './checkpoint.ts'

/**
 * Checkpoints kept outside the database, because whoever owns the database can cut the log's tail, checkpoints included,
 * or put an old copy in place. `log-anchors.jsonl` only grows, a line a minute, and can be copied away or made append-only
 * by the file system; `log-anchor-latest.json` is replaced at every checkpoint, so that nothing older than a batch can go.
 */
export type Anchors = { write: (checkpoint: Checkpoint) => Promise<void>; close: () => Promise<void> }

const LINES = 'log-anchors.jsonl'
const LATEST = 'log-anchor-latest.json'

type Line = { size: number; root: string; at: string; keyId: string; signature: string }

const format = ({ size, root, at, keyId, signature }: Checkpoint): string => {
  const line: Line = {
    size,
    root: root.toString('hex'),
    at: at.toISOString(),
    keyId,
    signature: signature.toString('base64'),
  }
  return `${JSON.stringify(line)}\n`
}

const parse = (text: string): Checkpoint | undefined => {
  try {
    const { size, root, at, keyId, signature }: Line = JSON.parse(text)
    return {
      size,
      root: Buffer.from(root, 'hex'),
      at: new Date(at),
      keyId,
      signature: Buffer.from(signature, 'base64'),
    }
  } catch {
    return undefined
  }
}

const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })

export const openAnchors = async (folder: string, everyMs = 60_000): Promise<Anchors> => {
  await mkdir(folder, { recursive: true })
  const latest = path.join(folder, LATEST)
  let lastLineAt = Number.NEGATIVE_INFINITY
  let waiting: Checkpoint | undefined
  let writing: Promise<void> = Promise.resolve()

  const addLine = async (checkpoint: Checkpoint): Promise<void> => {
    await appendFile(path.join(folder, LINES), format(checkpoint), { flush: true })
    lastLineAt = performance.now()
    waiting = undefined
  }
  const write = async (checkpoint: Checkpoint): Promise<void> => {
    // Another process may have sealed further in the meantime.
    const known = parse(await textOf(latest))
    if (!known || known.size <= checkpoint.size) {
      const fresh = `${latest}.${process.pid}`
      await writeFile(fresh, format(checkpoint))
      await rename(fresh, latest)
    }
    waiting = checkpoint
    if (performance.now() - lastLineAt >= everyMs) await addLine(checkpoint)
  }
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    writing = writing.catch(() => undefined).then(work)
    return writing
  }
  return {
    write: (checkpoint) => inTurn(() => write(checkpoint)),
    close: () => inTurn(async () => (waiting ? addLine(waiting) : undefined)),
  }
}

export type AnchorFile = {
  anchors: Checkpoint[] /** 1-based lines that hold no anchor. */
  unreadable: number[]
}

export const readAnchors = async (folder: string): Promise<AnchorFile> => {
  const lines = (await textOf(path.join(folder, LINES))).split('\n')
  const found: AnchorFile = { anchors: [], unreadable: [] }
  for (const [index, line] of [...lines, await textOf(path.join(folder, LATEST))].entries()) {
    if (line.trim() === '') continue
    const anchor = parse(line)
    if (anchor) found.anchors.push(anchor)
    else found.unreadable.push(index + 1)
  }
  return found
}
