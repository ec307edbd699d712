import type { QueueTicket, VisitorTicket } from '#modules/queue/contract.ts'
import type { Visitor } from '../hall-plan.ts'
import type { Answered } from './api.ts'

export type Ending = 'DONE' | 'NO_SHOW' | 'CANCELLED'

/** One visitor's own ticket, and what is known of it beyond doubt. */
export type Held = {
  visitor: Visitor
  ticket: Pick<VisitorTicket, 'id' | 'number' | 'token' | 'priorityClass' | 'promised'>
  /** By the server's clock, a whole second. */
  issuedAt: number
  sent: number
  answered: number
  appointmentAt: number | null
  /**
   * Times in which it surely waited in a line: from the answer that put it there until something else was asked of it, or
   * until that call (an index of `pressed`).
   */
  waits: { group: string; from: number; to: number; call: number | null }[]
  /** How often something put it back in line: only so often may it be called again. */
  backInLine: number
  /** Its place among the others after a missed call is the rule's secret. */
  requeued: boolean
  state: 'waiting' | 'at-counter' | 'aside' | 'missed' | 'ended'
  ending: Ending | null
  /** Minutes by the server, at the first call. */
  waited: number | null
}
/** A call as the officer who pressed saw it. */
export type Pressed = {
  ticket: string
  counter: number
  groups: readonly string[]
  sent: number
  answered: number
}

/** What was heard in one hall while it was played: the ground on which its promises are judged. */
export type Journal = {
  centre: string
  name: string
  held: Held[]
  /** By ticket id. */
  byTicket: Map<string, Held>
  pressed: Pressed[]
  refusals: Map<string, number>
  /** Visitors of the plan that wanted a number. */
  arrived: number
  /** Of them, those whom the product refused a number. */
  turnedAway: number
  recalls: number
  ratings: number
  transfers: number
  aside: number
  booked: number
  /** What should never be heard. */
  faults: string[]
}

export const newJournal = (centre: string, name: string): Journal => ({
  ...{ centre, name, held: [], byTicket: new Map(), pressed: [], refusals: new Map(), faults: [] },
  ...{ arrived: 0, turnedAway: 0, recalls: 0, ratings: 0, transfers: 0, aside: 0, booked: 0 },
})

export const noteRefusal = ({ refusals }: Journal, code: string): void => {
  refusals.set(code, (refusals.get(code) ?? 0) + 1)
}

export const noteIssue = (
  journal: Journal,
  visitor: Visitor,
  { value: ticket, sent, answered }: Answered<VisitorTicket>,
  appointmentAt: number | null,
): Held => {
  const held: Held = {
    ...{ visitor, ticket, issuedAt: Date.parse(ticket.issuedAt), sent, answered, appointmentAt },
    waits: [{ group: ticket.serviceGroup.id, from: answered, to: Number.POSITIVE_INFINITY, call: null }],
    ...{ backInLine: 0, requeued: false, state: 'waiting', ending: null, waited: null },
  }
  if (journal.byTicket.has(ticket.id))
    journal.faults.push(`ticket ${ticket.number} was given to two visitors`)
  journal.held.push(held)
  journal.byTicket.set(ticket.id, held)
  return held
}

export const noteCall = (
  journal: Journal,
  { value, sent, answered }: Answered<QueueTicket>,
  { counter, groups }: { counter: number; groups: readonly string[] },
): Held | undefined => {
  journal.pressed.push({ ticket: value.id, counter, groups, sent, answered })
  const held = journal.byTicket.get(value.id)
  if (!held) return undefined
  const wait = held.waits.at(-1)
  if (wait && wait.call === null) wait.call = journal.pressed.length - 1
  held.waited ??= value.waitedMinutes
  held.state = 'at-counter'
  return held
}

/** Something is asked that may take it out of the line. */
export const noteLeaving = (held: Held): void => {
  const wait = held.waits.at(-1)
  if (wait) wait.to = Math.min(wait.to, performance.now())
}

/** Back in line since this answer; `group: null` when only the product knows the moment. */
export const noteBack = (held: Held, group: string | null, answered: number): void => {
  held.backInLine += 1
  held.state = 'waiting'
  if (group !== null) held.waits.push({ group, from: answered, to: Number.POSITIVE_INFINITY, call: null })
}

export const noteEnd = (held: Held, ending: Ending): void => {
  held.state = 'ended'
  held.ending = ending
}
