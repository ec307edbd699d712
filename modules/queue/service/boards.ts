import { Refusal } from '#platform/errors.ts'
import type { LiveAnswer, LiveLine } from '#platform/http/live.ts'
import type { Follower } from '#platform/log/follow.ts'
import type { LogEvent } from '#platform/log/log.ts'
import { readEvents, sealedSize } from '#platform/log/store.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import { type Board, QUEUE_EVENTS, type QueueEventType } from '../contract.ts'
import type { QueueDeps } from './deps.ts'

/** What happened is kept for boards that come back; who was away for longer starts from a snapshot. */
const KEPT = 10_000
const PAGE = 2_000
const BEAT_MS = 15_000
/** Boards that come within this share one look at the hall; what happened after the look is told after it. */
const SNAPSHOT_MS = 250
/** A board that has not read so much is let go: it resumes from what it saw last. */
const MOST_PENDING = 64 * 1024
/** When a process stops, its boards come back spread over this, and not at one moment. */
const RETRY_MS = { least: 400, spread: 1_800 } as const

const KIND_OF: Readonly<Record<string, 'call' | 'recall'>> = {
  'ticket-called': 'call',
  'ticket-recalled': 'recall',
}

/** What visitors think of a visit is nobody's news on a board. */
const NOT_SHOWN: readonly QueueEventType[] = ['visit-rated', 'rating-tablet-linked', 'rating-tablet-unlinked']
const SHOWN = QUEUE_EVENTS.filter((type) => !NOT_SHOWN.includes(type))

/** Outside the pool: a slice that is kept holds the whole slab it was cut from (measured: 10 KiB an event). */
const bytesOf = (text: string): Buffer => {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}

/** One event as its bytes on the wire: encoded once, written to every board of the centre. */
type Encoded = { position: number; centre: string; bytes: Buffer }

const encode = (event: LogEvent): Encoded => {
  const { number, counter, counterName, service, calls } = event.data
  const data = {
    ...{ ticket: event.subject.kind === 'ticket' ? event.subject.id : null, type: event.type },
    ...{ number: number ?? null, counter: counter ?? null, counterName: counterName ?? null },
    ...{ service: service ?? null, calls: calls ?? null, at: toLocalIso(event.at) },
  }
  const kind = KIND_OF[event.type] ?? 'change'
  const text = `id: ${event.position}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`
  return { position: event.position ?? 0, centre: String(event.data.centre ?? ''), bytes: bytesOf(text) }
}

const joined = (events: readonly Encoded[]): Buffer => Buffer.concat(events.map(({ bytes }) => bytes))

type Watching = {
  line: LiveLine
  /** The last position that this board knows. */
  seen: number
  mayPend: number
}

type Snapshot = { position: number; bytes: Buffer }

/**
 * Boards follow the log: one reader a process for all of them, and each centre's boards get the same bytes in one write. What
 * happened lately stays in memory, so that two thousand boards that come back at once ask the database nothing.
 */
export const createBoards = (
  deps: QueueDeps,
  follower: Follower,
  board: (centre: string) => Promise<Board>,
) => {
  const boards = new Map<string, Set<Watching>>()
  const snapshots = new Map<string, { at: number; taken: Promise<Snapshot> }>()
  const stopping = new AbortController()
  let recent: Encoded[] = []
  /** Everything shown after this is in `recent`, up to `read`. */
  let from = 0
  let read = 0
  let starting: Promise<void> | undefined

  const keep = (events: readonly Encoded[]): void => {
    recent.push(...events)
    if (recent.length <= KEPT + PAGE) return
    const dropped = recent.length - KEPT
    from = recent[dropped - 1]?.position ?? from
    recent = recent.slice(dropped)
  }

  const send = (board: Watching, bytes: Uint8Array): void => {
    board.line.write(bytes)
    if (board.line.pending() > board.mayPend) board.line.cut()
  }

  const deliver = (board: Watching, events: readonly Encoded[], bytes: Buffer): void => {
    const [first] = events
    if (!first) return
    // A board that knew more than this process when it came, from another one, is not told again.
    const news =
      first.position > board.seen ? bytes : joined(events.filter(({ position }) => position > board.seen))
    if (news.length > 0) send(board, news)
  }

  const publish = (events: readonly Encoded[]): void => {
    for (const [centre, own] of Map.groupBy(events, (event) => event.centre)) {
      const watching = boards.get(centre)
      if (!watching || watching.size === 0) continue
      const bytes = joined(own)
      for (const one of watching) deliver(one, own, bytes)
    }
  }

  const start = async (): Promise<void> => {
    const size = await sealedSize(deps.db)
    from = Math.max(0, size - KEPT)
    read = from
    recent = []
    while (read < size) {
      const page = await readEvents(deps.db, { after: read, limit: PAGE, types: SHOWN })
      if (page.next <= read) break
      keep(page.events.map(encode))
      read = page.next
    }
    const { signal } = stopping
    const onBatch = async ({ events, next }: { events: LogEvent[]; next: number }): Promise<void> => {
      const news = events.map(encode)
      keep(news)
      read = next
      publish(news)
    }
    void follower.follow(read, onBatch, { signal, types: SHOWN, limit: PAGE })
    const beat = setInterval(() => {
      // Without a position: a reader resumes from the last thing that happened.
      const bytes = Buffer.from(
        `event: beat\ndata: ${JSON.stringify({ at: toLocalIso(deps.clock.now()) })}\n\n`,
      )
      for (const watching of boards.values()) for (const one of watching) send(one, bytes)
    }, BEAT_MS)
    beat.unref()
    signal.addEventListener('abort', () => clearInterval(beat))
  }

  const started = (): Promise<void> => {
    starting ??= start().catch((error: unknown) => {
      starting = undefined
      throw error
    })
    return starting
  }

  const snapshotOf = (centre: string): Promise<Snapshot> => {
    const known = snapshots.get(centre)
    if (known && performance.now() - known.at < SNAPSHOT_MS) return known.taken
    // The position first: what happens during the look is told again after it.
    const position = read
    const taken = board(centre).then((data) => ({
      position,
      bytes: Buffer.from(`id: ${position}\nevent: snapshot\ndata: ${JSON.stringify(data)}\n\n`),
    }))
    const entry = { at: performance.now(), taken }
    snapshots.set(centre, entry)
    taken.catch(() => snapshots.get(centre) === entry && snapshots.delete(centre))
    return taken
  }

  /** The position a board resumes from; undefined when it was never here, was away for too long or speaks of another log. */
  const resumeFrom = async (lastId: string | undefined): Promise<number | undefined> => {
    const position = lastId !== undefined && /^\d{1,15}$/.test(lastId) ? Number(lastId) : undefined
    if (position === undefined || position < from) return undefined
    const known = position <= read || position <= (await sealedSize(deps.db))
    return known ? position : undefined
  }

  /** Snapshot or position, what happened since, and from now on everything: without a pause in between, so that nothing is lost. */
  const join = (centre: string, seen: number, snapshot: Snapshot | undefined, line: LiveLine) => {
    if (stopping.signal.aborted || seen < from) {
      line.end()
      return () => undefined
    }
    const retry = RETRY_MS.least + Math.floor(deps.chance() * RETRY_MS.spread)
    const missed = recent
      .slice(recent.findLastIndex(({ position }) => position <= seen) + 1)
      .filter((event) => event.centre === centre)
    const past = [Buffer.from(`retry: ${retry}\n\n`), ...(snapshot ? [snapshot.bytes] : []), joined(missed)]
    const first = Buffer.concat(past)
    line.write(first)
    const watching = boards.get(centre) ?? new Set()
    boards.set(centre, watching)
    const own: Watching = { line, seen, mayPend: first.length + MOST_PENDING }
    watching.add(own)
    return () => {
      watching.delete(own)
    }
  }

  return {
    get: board,

    /** A snapshot, or what was missed since `Last-Event-ID`, then every event as it happens. */
    follow: async (centre: string, lastId: string | undefined): Promise<LiveAnswer> => {
      if (!(await deps.tree()).centres.has(centre)) throw new Refusal('queue.unknown-centre')
      await started()
      const resumed = await resumeFrom(lastId)
      const snapshot = resumed === undefined ? await snapshotOf(centre) : undefined
      return {
        mediaType: 'text/event-stream',
        headers: { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' },
        begin: (line) => join(centre, resumed ?? snapshot?.position ?? 0, snapshot, line),
      }
    },

    /** The process stops: boards go to another one, or come back when there is one again. */
    close: (): void => {
      stopping.abort()
      for (const watching of boards.values()) for (const { line } of watching) line.end()
    },
  }
}
