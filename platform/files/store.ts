import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'

/** Lower-case hex SHA-256: the name of the bytes. */
export type Sha256 = string

/** Bytes that arrived and are not yet part of the store. End it with `keep` or `discard`. */
export type StagedFile = {
  size: number
  sha256: Sha256
  bytes: () => Promise<Buffer>
  /** Makes them durable under their hash. Keeping the same bytes twice, or at once from two requests, is one object. */
  keep: () => Promise<void>
  discard: () => Promise<void>
}

/** Content-addressed store. Small on purpose: an object storage needs only these five. */
export type FileStore = {
  /** Reads the stream to its end; throws `FileTooLarge` as soon as it passes `limit` bytes. */
  stage: (stream: Readable, limit: number) => Promise<StagedFile>
  has: (sha256: Sha256) => Promise<boolean>
  open: (sha256: Sha256) => Promise<{ size: number; stream: ReadStream }>
  read: (sha256: Sha256) => Promise<Buffer>
  /** Removes what killed processes left behind before `olderThan`; returns how many. */
  sweep: (olderThan: Date) => Promise<number>
}

export class FileTooLarge extends Error {
  readonly limit: number
  constructor(limit: number) {
    super(`larger than ${limit} bytes`)
    this.name = 'FileTooLarge'
    this.limit = limit
  }
}

const SHA256 = /^[0-9a-f]{64}$/

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * On the local disk: `staged/<uuid>` while arriving, `objects/ab/cd/<sha256>` for good. The step between is one hard
 * link, which is atomic and fails when the name exists, so no object is ever written twice or seen half.
 */
export const createLocalFileStore = async (folder: string): Promise<FileStore> => {
  const staged = path.join(folder, 'staged')
  const objects = path.join(folder, 'objects')
  await mkdir(staged, { recursive: true })
  await mkdir(objects, { recursive: true })

  const placeOf = (sha256: Sha256): string => {
    if (!SHA256.test(sha256)) throw new Error('not a sha256')
    return path.join(objects, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }

  const keep = async (temporary: string, sha256: Sha256): Promise<void> => {
    const place = placeOf(sha256)
    const parent = path.dirname(place)
    const created = await mkdir(parent, { recursive: true })
    try {
      await link(temporary, place)
    } catch (error) {
      // The same bytes are already there, perhaps since a moment ago from another request.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    await syncFolder(parent)
    if (created) {
      await syncFolder(path.dirname(parent))
      await syncFolder(objects)
    }
    await rm(temporary, { force: true })
  }

  return {
    stage: async (stream, limit) => {
      const temporary = path.join(staged, randomUUID())
      const hash = createHash('sha256')
      const handle = await open(temporary, 'wx')
      let size = 0
      try {
        for await (const chunk of stream) {
          size += chunk.length
          if (size > limit) throw new FileTooLarge(limit)
          hash.update(chunk)
          await handle.writeFile(chunk)
        }
        await handle.sync()
        await handle.close()
      } catch (error) {
        await handle.close()
        await rm(temporary, { force: true })
        // What is left of an oversized upload is read and dropped, so that the sender gets the answer and not a reset.
        stream.resume()
        throw error
      }
      const sha256 = hash.digest('hex')
      return {
        size,
        sha256,
        bytes: () => readFile(temporary),
        keep: () => keep(temporary, sha256),
        discard: () => rm(temporary, { force: true }),
      }
    },
    has: (sha256) =>
      stat(placeOf(sha256)).then(
        () => true,
        () => false,
      ),
    open: async (sha256) => {
      const place = placeOf(sha256)
      return { size: (await stat(place)).size, stream: createReadStream(place) }
    },
    read: (sha256) => readFile(placeOf(sha256)),
    sweep: async (olderThan) => {
      let removed = 0
      for (const name of await readdir(staged)) {
        const place = path.join(staged, name)
        const { mtime } = await stat(place)
        if (mtime >= olderThan) continue
        await rm(place, { force: true })
        removed += 1
      }
      return removed
    },
  }
}
