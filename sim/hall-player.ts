import { sql } from 'kysely'
import type { Db } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { Services } from '#server/services.ts'
import { ARRIVALS_PER_MINUTE, liveTodaySoFar, PRIORITY_SHARE, type Seat, VISIT } from './hall.ts'
import type { Random } from './random.ts'

/** How often the demo's halls move on. */
const TICK_MS = 6_000
/** A line longer than this would only make those wait who try the product out. */
const LONGEST_LINE = 9
/** A visitor whom somebody else called is somebody else's; after so long at one counter nobody sits there any more. */
const FORGOTTEN_MINUTES = 20
const MINUTE = 60_000

type Playing = { seat: Seat; visitor: { ticket: string; until: number } | null; left: boolean }
type Look = {
  at: Map<string, { id: string; called: Date; officer: string | null }>
  waiting: Map<string, number>
  any: boolean
}

const look = async (db: Db, centres: readonly string[], day: string): Promise<Look> => {
  const { rows: busy } = await sql<{
    counter_id: string
    id: string
    called_at: Date
    officer_id: string | null
  }>`
    select counter_id, id, called_at, officer_id from ticket
    where centre_id = any(${[...centres]}) and state in ('CALLED', 'SERVING')`.execute(db)
  const { rows: lines } = await sql<{ group_id: string; waiting: number; total: number }>`
    select group_id, count(*) filter (where state = 'WAITING')::integer as waiting, count(*)::integer as total
    from ticket where centre_id = any(${[...centres]}) and day = ${day}::date group by group_id`.execute(db)
  return {
    at: new Map(
      busy.map((row) => [row.counter_id, { id: row.id, called: row.called_at, officer: row.officer_id }]),
    ),
    waiting: new Map(lines.map((row) => [row.group_id, row.waiting])),
    any: lines.length > 0,
  }
}

type PlayerOptions = { services: Services; db: Db; seats: readonly Seat[]; random: Random; now: () => Date }

/**
 * Plays the demo's halls by the clock, through the use cases that officers and visitors have: people come, are called and
 * served. Where a person sits down instead and calls, the player leaves that counter alone.
 */
export const createHallPlayer = ({ services, db, seats, random, now }: PlayerOptions) => {
  const playing: Playing[] = seats.map((seat) => ({ seat, visitor: null, left: false }))
  const centres = [...new Set(seats.map(({ centre }) => centre))]
  let last = now().getTime()

  const lasts = (): number => {
    const spread = Math.log(1 + VISIT.squaredVariation)
    const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
    return VISIT.mean * Math.exp(Math.sqrt(spread) * normal - spread / 2) * MINUTE
  }
  /** A refusal means that somebody else was there first, which is what a hall is like. */
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Refusal) return undefined
      throw error
    }
  }

  const come = async (centre: string, group: string): Promise<void> => {
    await attempt(() =>
      services.queue.takeTicket(
        {
          ...{ centre, serviceGroup: group, channel: 'KIOSK', procedures: [], language: 'vi' },
          priorityClass: random.chance(PRIORITY_SHARE) ? 'ELDERLY' : 'NONE',
        },
        undefined,
      ),
    )
  }

  const serve = async (one: Playing, { at, waiting }: Look, time: number): Promise<void> => {
    const { counter, officer, groups } = one.seat
    const there = at.get(counter.id)
    if (one.visitor && there?.id !== one.visitor.ticket) {
      // A person has called the next one here.
      one.left = one.left || there !== undefined
      one.visitor = null
    }
    if (one.left) return
    if (there && !one.visitor) {
      const until = there.called.getTime() + FORGOTTEN_MINUTES * MINUTE
      if (time >= until)
        await attempt(() => services.queue.moves.finish({ counter: counter.id, ticket: there.id }, officer))
      return
    }
    if (one.visitor) {
      if (time < one.visitor.until) return
      const { ticket } = one.visitor
      one.visitor = null
      await attempt(() => services.queue.moves.finish({ counter: counter.id, ticket }, officer))
      return
    }
    if (groups.every((group) => (waiting.get(group) ?? 0) === 0)) return
    const called = await attempt(() => services.queue.callNext({ counter: counter.id }, officer, undefined))
    if (!called) return
    one.visitor = { ticket: called.id, until: time + lasts() }
    await attempt(() => services.queue.moves.start({ counter: counter.id, ticket: called.id }, officer))
  }

  const tick = async (): Promise<void> => {
    const moment = now()
    const time = moment.getTime()
    const seen = await look(db, centres, localDateOf(moment))
    if (!seen.any) await liveTodaySoFar({ services, seats, random }, moment)
    const share = (Math.min(time - last, MINUTE) / MINUTE) * ARRIVALS_PER_MINUTE
    last = time
    for (const one of playing) {
      const { seat } = one
      const line = seat.groups.reduce((sum, group) => sum + (seen.waiting.get(group) ?? 0), 0)
      if (line < LONGEST_LINE && random.chance(share)) await come(seat.centre, random.pick(seat.groups))
      await serve(one, seen, time)
    }
  }

  return {
    tick,
    /** Goes on until it is stopped; a tick that fails is told and the next one comes all the same. */
    play: (onError: (error: unknown) => void) => {
      let ended = false
      let running = Promise.resolve()
      const timer = setInterval(() => {
        running = running.then(() => (ended ? undefined : tick().catch(onError)))
      }, TICK_MS)
      timer.unref()
      return async (): Promise<void> => {
        ended = true
        clearInterval(timer)
        await running
      }
    },
  }
}
