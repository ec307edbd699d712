import type { Db } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { addDays, localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import type { Crowd } from '../contract.ts'
import { type Kept, LEAST_TICKETS, measure } from '../rules.ts'
import { groupsOf } from '../store/counters.ts'
import { hallCounts, type KeptRow, keptPromises } from '../store/waiting.ts'
import type { QueueDeps } from './deps.ts'
import type { Hours } from './hours.ts'
import { comeBackAt } from './visitor.ts'
import { hoursOf } from './words.ts'

/** Visitors per open counter from which a hall counts as neither empty nor crowded. */
const SOME_FROM = 2
const MANY_FROM = 6
/** Past days do not change: one look serves everybody for a while. */
const MEASURED_MS = 10 * 60_000
const MOST_TICKETS = 20_000

export const crowdOf = (waiting: number, open: number): Crowd => {
  const each = waiting / Math.max(1, open)
  return each < SOME_FROM ? 'FEW' : each < MANY_FROM ? 'SOME' : 'MANY'
}

const keptOf = ({ p10, p50, p90, waited, issued }: KeptRow): Kept => {
  const range = { p10, p50, p90 }
  const back = comeBackAt(issued, range)
  const comeBackAfter = back === null ? null : (Date.parse(back) - issued.getTime()) / 60_000
  return { ...range, waited, comeBackAfter }
}

const byHour = (rows: readonly KeptRow[]) =>
  [...Map.groupBy(rows, ({ hour }) => hour)]
    .filter(([, own]) => own.length >= LEAST_TICKETS)
    .sort(([a], [b]) => a - b)
    .map(([hour, own]) => {
      const { tickets, waited, ninety } = measure(own.map(keptOf))
      return { hour, tickets, waited: waited ?? 0, ninety: ninety ?? 0 }
    })

/** Waiting in public: where it is short now, and how far promises could be trusted. */
export const createWaiting = (deps: QueueDeps, hours: Hours) => {
  type Promises = Output<typeof op.measurePromises>
  const known = new Map<string, { at: number; answer: Promise<Promises> }>()

  const look = async (db: Db, centre: string, name: string, days: number): Promise<Promises> => {
    const to = localDateOf(deps.clock.now())
    const from = addDays(to, 1 - days)
    const [rows, groups] = await Promise.all([
      keptPromises(db, { centre, from, to, limit: MOST_TICKETS }),
      groupsOf(db, centre),
    ])
    return {
      centre: { id: centre, name },
      ...{ from, to, whole: measure(rows.map(keptOf)), hours: byHour(rows) },
      services: groups.map((group) => ({
        ...{ name: group.name, nameEn: group.name_en, prefix: group.prefix },
        ...measure(rows.filter((row) => row.group === group.id).map(keptOf)),
      })),
    }
  }

  return {
    halls: async (): Promise<Output<typeof op.listHalls>> => {
      const now = deps.clock.now()
      const [tree, counts] = await Promise.all([deps.tree(), hallCounts(deps.db, localDateOf(now))])
      const countOf = new Map(counts.map((count) => [count.centre, count]))
      const items = await Promise.all(
        [...tree.centres.keys()].map(async (centre) => {
          const { waiting = 0, open: openCounters = 0 } = countOf.get(centre) ?? {}
          const { open, closes, opens } = hoursOf(await hours.calendarOf(centre), now)
          return {
            ...{ centre, name: tree.units.get(centre)?.name ?? centre, waiting, openCounters },
            ...{ crowd: crowdOf(waiting, openCounters), open },
            ...{ closesAt: closes && toLocalIso(closes), opensAt: toLocalIso(opens) },
          }
        }),
      )
      return { at: toLocalIso(now), items }
    },

    promises: async ({ centre, days }: Input<typeof op.measurePromises>): Promise<Promises> => {
      const tree = await deps.tree()
      const unit = tree.units.get(centre)
      if (!unit || !tree.centres.has(centre)) throw new Refusal('queue.unknown-centre')
      const key = `${centre} ${days}`
      const now = deps.clock.now().getTime()
      const found = known.get(key)
      if (found && Math.abs(now - found.at) < MEASURED_MS) return found.answer
      const answer = look(deps.db, centre, unit.name, days)
      known.set(key, { at: now, answer })
      answer.catch(() => known.delete(key))
      return answer
    },
  }
}
