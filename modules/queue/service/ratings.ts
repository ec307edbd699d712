import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import { inTransaction, violates } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { Input, Output } from '#platform/operation.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import type { RatingPlace } from '../contract.ts'
import {
  findTablet,
  insertRating,
  lastVisitAt,
  lastVisitOf,
  putTablet,
  type RatableVisit,
  removeTablet,
} from '../store/ratings.ts'
import { findByToken } from '../store/tickets.ts'
import type { Counters } from './counters.ts'
import { type QueueDeps, record, staffActor } from './deps.ts'

const DAY_MS = 86_400_000
/** With the ticket at home: so many days. At the counter: while the visitor may still stand there, so that nobody else's tap counts. */
const PHONE_DAYS = 7
const TABLET_MS = 3 * 60_000

type Asked = { centre: string; counter: string | null; visit: RatableVisit | undefined; until: Date | null }

const untilOf = (visit: RatableVisit | undefined, tablet: boolean): Date | null =>
  visit ? new Date(visit.ended_at.getTime() + (tablet ? TABLET_MS : PHONE_DAYS * DAY_MS)) : null

/** What visitors think, bound to the visit and to nobody: the counter's officer is told neither who nor what. */
export const createRatings = (deps: QueueDeps, counters: Counters) => {
  /** A token is a ticket's or a tablet's. */
  const find = async (token: string): Promise<Asked> => {
    const ticket = await findByToken(deps.db, token)
    if (ticket) {
      const visit = await lastVisitOf(deps.db, ticket.id)
      return { centre: ticket.centre_id, counter: null, visit, until: untilOf(visit, false) }
    }
    const tablet = await findTablet(deps.db, token)
    if (!tablet) throw new Refusal('queue.unknown-rating-place')
    const visit = await lastVisitAt(deps.db, tablet.counter_id)
    return {
      ...{ centre: tablet.centre_id, counter: tablet.counter_id, visit },
      until: untilOf(visit, true),
    }
  }

  const nothingOf = ({ visit, until }: Asked): RatingPlace['nothing'] => {
    if (!visit || !until) return 'NOT_SERVED_YET'
    if (visit.rated) return 'RATED'
    return until < deps.clock.now() ? 'TOO_LATE' : null
  }

  return {
    get: async ({ token }: Input<typeof op.getVisitToRate>): Promise<RatingPlace> => {
      const asked = await find(token)
      const { centre, counter, visit, until } = asked
      const [tree, places] = await Promise.all([deps.tree(), deps.countersOf(centre)])
      const numberOf = (id: string) => places.find((one) => one.id === id)?.number ?? null
      const nothing = nothingOf(asked)
      const tablet = counter === null ? null : numberOf(counter)
      return {
        centre: { id: centre, name: tree.units.get(centre)?.name ?? '' },
        tablet: tablet === null ? null : { counter: tablet },
        visit:
          visit && until && nothing === null
            ? {
                ...{ id: visit.id, number: visit.code, counter: numberOf(visit.counter_id) },
                ...{ service: visit.group_name, serviceEn: visit.group_name_en },
                ...{ endedAt: toLocalIso(visit.ended_at), until: toLocalIso(until) },
              }
            : null,
        nothing,
      }
    },

    rate: async (
      { token, visit: wanted, score, reasons, comment, place }: Input<typeof op.rateVisit>,
      idempotency: Idempotency | undefined,
    ): Promise<Output<typeof op.rateVisit>> => {
      const asked = await find(token)
      const { visit } = asked
      // At a tablet the next visitor may have been served meanwhile: what was tapped was meant for the one shown.
      if (!visit || visit.id !== wanted) throw new Refusal('queue.nothing-to-rate')
      const nothing = nothingOf(asked)
      if (nothing === 'RATED') throw new Refusal('queue.rated-before')
      if (nothing !== null) throw new Refusal('queue.rating-too-late', { days: PHONE_DAYS })
      const at = deps.clock.now()
      const answer = { visit: visit.id, score }
      await inTransaction(deps.db, async (tx) => {
        const rating = {
          ...{ id: newId(), visit, score, reasons: [...new Set(reasons)], comment: comment ?? null },
          ...{ place: asked.counter === null ? place : ('TABLET' as const), at },
        }
        await insertRating(rating, tx).catch((error: unknown) => {
          // Two taps at once: the visit's own row lets one of them be true.
          if (violates(error, 'visit_rating_once')) throw new Refusal('queue.rated-before')
          throw error
        })
        // The log tells that it was rated, never how: officers read it.
        await record(deps, tx, {
          ...{ type: 'visit-rated', at, subject: { kind: 'ticket', id: visit.ticket_id } },
          data: { centre: visit.centre_id, number: visit.code },
        })
        await idempotency?.remember(tx, answer)
      })
      return answer
    },

    unlinkTablet: async (
      { counter: id }: Input<typeof op.unlinkRatingTablet>,
      actor: StaffActor,
    ): Promise<Output<typeof op.unlinkRatingTablet>> => {
      const counter = await counters.findCounter(id, actor)
      await inTransaction(deps.db, async (tx) => {
        if (!(await removeTablet(tx, counter.id))) return
        await record(deps, tx, {
          ...{ type: 'rating-tablet-unlinked', at: deps.clock.now(), actor: staffActor(actor) },
          ...{ subject: { kind: 'counter', id: counter.id } },
          data: { centre: counter.centre, counter: counter.number },
        })
      })
      return { counter: counter.id }
    },

    linkTablet: async (
      { counter: id }: Input<typeof op.linkRatingTablet>,
      actor: StaffActor,
    ): Promise<Output<typeof op.linkRatingTablet>> => {
      const counter = await counters.findCounter(id, actor)
      const token = deps.token()
      const at = deps.clock.now()
      await inTransaction(deps.db, async (tx) => {
        const row = {
          counter_id: counter.id,
          centre_id: counter.centre,
          token,
          made_by: actor.id,
          made_at: at,
        }
        await putTablet(tx, row)
        await record(deps, tx, {
          ...{ type: 'rating-tablet-linked', at, actor: staffActor(actor) },
          ...{ subject: { kind: 'counter', id: counter.id } },
          data: { centre: counter.centre, counter: counter.number },
        })
      })
      return { token, path: `/danh-gia/${token}` }
    },
  }
}
