import { PassThrough } from 'node:stream'
import { Refusal } from '#platform/errors.ts'
import type { RawAnswer } from '#platform/http/route.ts'
import type { Follower } from '#platform/log/follow.ts'
import type { LogEvent } from '#platform/log/log.ts'
import { readEvents, sealedSize } from '#platform/log/store.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import { type Board, QUEUE_EVENTS, type QueueEventType } from '../contract.ts'
import { callOrder } from '../rules.ts'
import { groupsOf, servedBy, statesOf } from '../store/counters.ts'
import { findStreak, latestCalls, waitingOf } from '../store/tickets.ts'
import type { QueueDeps } from './deps.ts'
import { orderable } from './order.ts'

const CALLS = 8
const NEXT = 5
/** A board that was away for longer starts from a snapshot instead of every event since. */
const REPLAY = 2_000
const BEAT_MS = 15_000

const KIND_OF: Readonly<Record<string, 'call' | 'recall'>> = {
  'ticket-called': 'call',
  'ticket-recalled': 'recall',
}

const centreOf = ({ data }: LogEvent): string => String(data.centre ?? '')

const positionOf = (bytes: string): number => Number(/^id: (\d+)/.exec(bytes)?.[1] ?? 0)

/** One event as its bytes on the wire: encoded once, written to every board of the centre. */
const encode = (event: LogEvent): string => {
  const { number, counter, counterName, service, calls } = event.data
  const data = {
    ...{ ticket: event.subject.kind === 'ticket' ? event.subject.id : null, type: event.type },
    ...{ number: number ?? null, counter: counter ?? null, counterName: counterName ?? null },
    ...{ service: service ?? null, calls: calls ?? null, at: toLocalIso(event.at) },
  }
  return `id: ${event.position}\nevent: ${KIND_OF[event.type] ?? 'change'}\ndata: ${JSON.stringify(data)}\n\n`
}

/** What visitors think of a visit is nobody's news on a board. */
const NOT_SHOWN: readonly QueueEventType[] = ['visit-rated', 'rating-tablet-linked', 'rating-tablet-unlinked']
const SHOWN = QUEUE_EVENTS.filter((type) => !NOT_SHOWN.includes(type))

/** Takes the bytes of one event. */
type Listener = (bytes: string) => void

/** Boards follow the log: one reader a process for all of them, and each centre's listeners get the same bytes. */
export const createBoards = (deps: QueueDeps, follower: Follower) => {
  const listeners = new Map<string, Set<Listener>>()
  let reading: AbortController | undefined

  const board = async (centre: string): Promise<Board> => {
    const unit = (await deps.tree()).units.get(centre)
    if (!unit || !(await deps.tree()).centres.has(centre)) throw new Refusal('queue.unknown-centre')
    const now = deps.clock.now()
    const day = localDateOf(now)
    const [rule, counters, states, groups, calls, waiting, streak] = await Promise.all([
      deps.ruleOf(centre),
      deps.countersOf(centre),
      statesOf(deps.db, centre),
      groupsOf(deps.db, centre),
      latestCalls(deps.db, centre, day, CALLS),
      waitingOf(deps.db, { centre, day }),
      findStreak(deps.db, centre, day),
    ])
    const served = await servedBy(
      deps.db,
      groups.map(({ id }) => id),
    )
    const counterOf = new Map(counters.map((counter) => [counter.id, counter]))
    const stateOf = new Map(states.map((state) => [state.counter_id, state]))
    const groupOf = new Map(groups.map((group) => [group.id, group]))
    const codeOf = new Map(waiting.map((ticket) => [ticket.id, ticket.code]))
    const serving = new Map(
      calls.flatMap((ticket) =>
        ticket.state === 'CALLED' || ticket.state === 'SERVING' ? [[ticket.counter_id, ticket.code]] : [],
      ),
    )
    return {
      centre: { id: centre, name: unit.name },
      at: toLocalIso(now),
      calls: calls.map((ticket) => ({
        ticket: ticket.id,
        number: ticket.code,
        counter: counterOf.get(ticket.counter_id ?? '')?.number ?? 0,
        counterName: counterOf.get(ticket.counter_id ?? '')?.name ?? '',
        service: groupOf.get(ticket.group_id)?.name ?? '',
        calls: ticket.calls,
        at: toLocalIso(ticket.called_at ?? now),
      })),
      counters: counters.map(({ id, number, name }) => {
        const state = stateOf.get(id)
        return {
          ...{ id, number, name, state: state?.state ?? 'CLOSED', ticket: serving.get(id) ?? null },
          until: state?.until ? toLocalIso(state.until) : null,
          officer: state?.state === 'CLOSED' ? null : (state?.officer_name ?? null),
          groups: served
            .filter(({ counter }) => counter === id)
            .map(({ group }) => groupOf.get(group)?.prefix ?? ''),
        }
      }),
      groups: groups.map((group) => {
        const own = waiting.filter((ticket) => ticket.group_id === group.id)
        const order = callOrder(rule, own.map(orderable), streak, now.getTime()).slice(0, NEXT)
        return {
          ...{ prefix: group.prefix, name: group.name, nameEn: group.name_en, waiting: own.length },
          next: order.map(({ ticket }) => codeOf.get(ticket.id) ?? ''),
        }
      }),
    }
  }

  const publish = (events: readonly LogEvent[]): void => {
    for (const event of events) {
      const boards = listeners.get(centreOf(event))
      if (!boards || boards.size === 0) continue
      const bytes = encode(event)
      for (const send of boards) send(bytes)
    }
  }

  const start = (after: number): void => {
    if (reading) return
    reading = new AbortController()
    void follower.follow(after, async ({ events }) => publish(events), {
      signal: reading.signal,
      types: SHOWN,
    })
  }

  const replay = async (centre: string, after: number, until: number): Promise<string[]> => {
    const missed: string[] = []
    for (let at = after; at < until; ) {
      const page = await readEvents(deps.db, { after: at, limit: 500, types: SHOWN })
      missed.push(
        ...page.events
          .filter((event) => centreOf(event) === centre && (event.position ?? 0) <= until)
          .map(encode),
      )
      if (page.next <= at) break
      at = page.next
    }
    return missed
  }

  /** What a board missed since it was last here, or how the hall stands. */
  const past = async (centre: string, lastId: string | undefined, size: number): Promise<string[]> => {
    const after = lastId !== undefined && /^\d{1,15}$/.test(lastId) ? Number(lastId) : null
    if (after !== null && after <= size && size - after <= REPLAY) return replay(centre, after, size)
    return [`id: ${size}\nevent: snapshot\ndata: ${JSON.stringify(await board(centre))}\n\n`]
  }

  return {
    get: board,

    /** A snapshot, or what was missed since `Last-Event-ID`, then every event as it happens. */
    follow: async (centre: string, lastId: string | undefined, signal: AbortSignal): Promise<RawAnswer> => {
      await board(centre)
      const stream = new PassThrough({ highWaterMark: 16 * 1024 })
      const size = await sealedSize(deps.db)
      start(size)
      const boards = listeners.get(centre) ?? new Set()
      listeners.set(centre, boards)
      // Until the past is told, what happens now waits: nothing is lost between the two, and the order stays.
      const held: string[] = []
      let told = false
      const listener: Listener = (bytes) => {
        if (positionOf(bytes) <= size) return
        if (!told) held.push(bytes)
        // A board that does not read is let go: it resumes from what it saw last.
        else if (!stream.write(bytes) && stream.writableLength > 64 * 1024) stream.destroy()
      }
      boards.add(listener)
      const leave = () => {
        clearInterval(beat)
        boards.delete(listener)
        stream.destroy()
      }
      // Without a position: a reader resumes from the last thing that happened.
      const beat = setInterval(
        () => stream.write(`event: beat\ndata: ${JSON.stringify({ at: toLocalIso(deps.clock.now()) })}\n\n`),
        BEAT_MS,
      )
      beat.unref()
      stream.on('close', leave)
      signal.addEventListener('abort', leave)
      for (const bytes of ['retry: 1500\n\n', ...(await past(centre, lastId, size))]) stream.write(bytes)
      told = true
      for (const bytes of held) stream.write(bytes)
      return {
        raw: stream,
        mediaType: 'text/event-stream',
        headers: { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' },
      }
    },

    close: (): void => {
      reading?.abort()
      listeners.clear()
    },
  }
}
