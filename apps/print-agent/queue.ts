import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'

/**
 * `queued`: not a byte has gone to the printer; it will be printed. `sending`: written down before the first byte goes.
 * `printed`: the printer said so. `doubtful`: something went, and nobody knows whether the paper is out: it is never printed
 * again by itself, whoever stands before it asks for another paper. `expired`: not printed in its time, and will not be.
 */
type JobState = 'queued' | 'sending' | 'printed' | 'doubtful' | 'expired'
export type Job = {
  id: string
  state: JobState
  reason: string | null
  /** Milliseconds since 1970. */
  takenAt: number
  expiresAt: number
  changedAt: number
  sha256: string
}

export const isJobId = (text: string): boolean => /^[A-Za-z0-9-]{8,64}$/.test(text)
export const isFinal = ({ state }: Job): boolean => state !== 'queued' && state !== 'sending'

/** The same id is known for so long; then its record goes. */
const KEPT_MS = 30 * 86_400_000

const writeDurably = async (file: string, content: string | Uint8Array): Promise<void> => {
  const making = `${file}.new`
  const handle = await open(making, 'w')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(making, file)
  await syncFolder(path.dirname(file))
}

/** A renamed file is there after a power cut only when its folder was written too; Windows does it by itself. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isJob = (value: unknown): value is Job =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  'state' in value &&
  'expiresAt' in value &&
  'sha256' in value

export type JobQueue = Awaited<ReturnType<typeof openQueue>>

/** Jobs on disk, a record and its bytes each; every change is on the disk before anything follows from it. */
export const openQueue = async (folder: string, now: () => number = Date.now) => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const jobs = new Map<string, Job>()
  const taking = new Map<string, Promise<Job>>()
  const watchers = new Set<(job: Job) => void>()
  const recordOf = (id: string): string => path.join(folder, `${id}.json`)
  const bytesOf = (id: string): string => path.join(folder, `${id}.bin`)

  const put = async (job: Job): Promise<Job> => {
    await writeDurably(recordOf(job.id), JSON.stringify(job))
    jobs.set(job.id, job)
    if (isFinal(job)) await rm(bytesOf(job.id), { force: true })
    for (const watcher of watchers) watcher(job)
    return job
  }
  const change = (job: Job, state: JobState, reason: string | null = null): Promise<Job> =>
    put({ ...job, state, reason, changedAt: now() })

  const readRecord = async (id: string): Promise<Job | undefined> => {
    const value: unknown = JSON.parse(await readFile(recordOf(id), 'utf8'))
    return isJob(value) ? value : undefined
  }

  const restore = async (): Promise<void> => {
    const files = await readdir(folder)
    for (const name of files.filter((one) => one.endsWith('.json'))) {
      const job = await readRecord(name.slice(0, -'.json'.length))
      if (!job) continue
      if (isFinal(job) && now() - job.changedAt > KEPT_MS) {
        await rm(recordOf(job.id), { force: true })
        continue
      }
      jobs.set(job.id, job)
      if (job.state === 'sending') await change(job, 'doubtful', 'the agent stopped while it was sending')
    }
    // Bytes without a record were never acknowledged.
    for (const name of files.filter((one) => one.endsWith('.bin') || one.endsWith('.new')))
      if (jobs.get(name.slice(0, -'.bin'.length))?.state !== 'queued')
        await rm(path.join(folder, name), { force: true })
  }

  const take = async (id: string, bytes: Uint8Array, keepForMs: number): Promise<Job> => {
    const known = jobs.get(id)
    if (known) return known
    await writeDurably(bytesOf(id), bytes)
    const at = now()
    return put({
      ...{ id, state: 'queued', reason: null, takenAt: at, changedAt: at, expiresAt: at + keepForMs },
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
  }

  await restore()
  return {
    find: (id: string): Job | undefined => jobs.get(id),
    /** The same id a second time is the same job, whatever became of it; two at once are one. */
    take: (id: string, bytes: Uint8Array, keepForMs: number): Promise<Job> => {
      const under = taking.get(id) ?? take(id, bytes, keepForMs)
      taking.set(id, under)
      return under.finally(() => taking.delete(id))
    },
    /** The oldest that waits; what waited too long is let go on the way. */
    next: async (): Promise<Job | undefined> => {
      const waiting = [...jobs.values()]
        .filter(({ state }) => state === 'queued')
        .sort((a, b) => a.takenAt - b.takenAt || (a.id < b.id ? -1 : 1))
      for (const job of waiting) {
        if (job.expiresAt > now()) return job
        await change(job, 'expired', 'the printer was not ready in time')
      }
      return undefined
    },
    bytes: async (job: Job): Promise<{ file: string; content: Uint8Array }> => ({
      file: bytesOf(job.id),
      content: await readFile(bytesOf(job.id)),
    }),
    change,
    counts: (): { queued: number; doubtful: number } => {
      const all = [...jobs.values()]
      const recent = (job: Job): boolean => now() - job.changedAt < 86_400_000
      return {
        queued: all.filter(({ state }) => state === 'queued' || state === 'sending').length,
        doubtful: all.filter((job) => job.state === 'doubtful' && recent(job)).length,
      }
    },
    watch: (watcher: (job: Job) => void): (() => void) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
