import type { VisitorTicket } from '#modules/queue/contract.ts'
import {
  type CallingRule,
  DEFAULT_CALLING,
  nextTurn,
  streakAfter,
  type Waiting,
} from '#modules/queue/rules.ts'
import type { BoardEvent } from './board.ts'
import type { Held, Journal, Pressed } from './journal.ts'

/** Everything that was heard of one hall, and how its tickets stand now. */
export type Evidence = {
  journal: Journal
  board: readonly BoardEvent[]
  /** By ticket id, read back at the end. */
  read: ReadonlyMap<string, VisitorTicket>
  /** Tickets of the day that the officers' list counts: before the rehearsal and after it. */
  listed: { before: number; after: number }
  /** Nobody else took numbers or called there: then nothing may be unknown. */
  alone: boolean
}

const KEEP = 12

/** The promises of the product that this evidence breaks, in words; empty when it kept them all. */
export const brokenPromises = (evidence: Evidence, rule: CallingRule = DEFAULT_CALLING): string[] => {
  const all = [
    ...evidence.journal.faults,
    ...doubleNumbers(evidence),
    ...lost(evidence),
    ...servedTwice(evidence),
    ...unseenCalls(evidence),
    ...outOfTurn(evidence, rule),
    ...(evidence.alone ? strangers(evidence) : []),
  ].map((words) => `${evidence.journal.centre}: ${words}`)
  return all.length > KEEP
    ? [...all.slice(0, KEEP), `${evidence.journal.centre}: … and ${all.length - KEEP} more`]
    : all
}

const doubleNumbers = ({ journal }: Evidence): string[] =>
  [...Map.groupBy(journal.held, ({ ticket }) => ticket.number)].flatMap(([number, own]) =>
    own.length > 1 ? [`number ${number} was given ${own.length} times`] : [],
  )

const STATE_OF = { DONE: 'DONE', NO_SHOW: 'NO_SHOW', CANCELLED: 'CANCELLED' } as const

const lost = ({ journal, read }: Evidence): string[] =>
  journal.held.flatMap((held) => {
    const { number } = held.ticket
    const found = read.get(held.ticket.id)
    if (!found) return [`ticket ${number} is lost`]
    if (found.number !== number) return [`ticket ${number} is called ${found.number} now`]
    const wanted = held.ending && STATE_OF[held.ending]
    return wanted && found.state !== wanted
      ? [`ticket ${number} should be ${wanted}, and is ${found.state}`]
      : []
  })

const servedTwice = ({ journal, board }: Evidence): string[] => {
  const calls = Map.groupBy(journal.pressed, ({ ticket }) => ticket)
  const finished = Map.groupBy(
    board.filter(({ type }) => type === 'ticket-finished'),
    ({ ticket }) => ticket,
  )
  return journal.held.flatMap(({ ticket: { id, number }, backInLine }) => [
    ...((calls.get(id)?.length ?? 0) > backInLine + 1
      ? [`ticket ${number} was called ${calls.get(id)?.length} times and went back ${backInLine} times`]
      : []),
    ...((finished.get(id)?.length ?? 0) > 1
      ? [`ticket ${number} was served ${finished.get(id)?.length} times`]
      : []),
  ])
}

type Seen = { pressed: Pressed; event: BoardEvent }

/** Each call with what the board was told of it: the next one of this ticket to this counter, else the next one at all. */
const seenCalls = ({ journal, board }: Pick<Evidence, 'journal' | 'board'>) => {
  const told = Map.groupBy(
    board.filter(({ type }) => type === 'ticket-called'),
    ({ ticket }) => ticket,
  )
  const next = new Map<string, number>()
  return journal.pressed.map((pressed): Partial<Seen> & { pressed: Pressed } => {
    const own = told.get(pressed.ticket) ?? []
    const from = next.get(pressed.ticket) ?? 0
    const same = own.findIndex(({ counter }, index) => index >= from && counter === pressed.counter)
    const index = same < 0 ? from : same
    next.set(pressed.ticket, index + 1)
    const event = own[index]
    return event ? { pressed, event } : { pressed }
  })
}

const unseenCalls = (evidence: Evidence): string[] => {
  const numberOf = (id: string) => evidence.journal.byTicket.get(id)?.ticket.number ?? id
  const positions = evidence.board.map(({ position }) => position)
  const again = positions.flatMap((position, i) =>
    i > 0 && position <= (positions[i - 1] ?? 0)
      ? [`the board was told ${position} after ${positions[i - 1]}`]
      : [],
  )
  const unseen = seenCalls(evidence).flatMap(({ pressed, event }) => {
    // Whoever took a number elsewhere may have been called before this board was followed.
    if (!evidence.journal.byTicket.has(pressed.ticket)) return []
    if (!event)
      return [`no board was told of the call of ${numberOf(pressed.ticket)} to counter ${pressed.counter}`]
    return event.counter === pressed.counter
      ? []
      : [
          `${numberOf(pressed.ticket)} was called to counter ${pressed.counter}, the board said ${event.counter}`,
        ]
  })
  return [...again, ...unseen]
}

const strangers = ({ journal, board, listed }: Evidence): string[] => {
  const unknown = board.filter(
    ({ type, ticket }) => type === 'ticket-issued' && !journal.byTicket.has(ticket ?? ''),
  )
  const gaps = [...Map.groupBy(journal.held, ({ ticket }) => ticket.number.replace(/\d+$/, ''))].flatMap(
    ([prefix, own]) => {
      const numbers = own.map(({ ticket }) => Number(ticket.number.slice(prefix.length)))
      const missing = Math.max(...numbers) - Math.min(...numbers) + 1 - new Set(numbers).size
      return missing > 0 ? [`${missing} numbers of ${prefix} were skipped`] : []
    },
  )
  const grown = listed.after - listed.before
  return [
    ...gaps,
    ...unknown.map(({ number }) => `ticket ${number} belongs to nobody`),
    ...(grown === journal.held.length
      ? []
      : [`${journal.held.length} tickets are in visitors' hands, ${grown} in the list`]),
  ]
}

/** The server tells whole seconds: the true moment lies within. */
const WITHIN_SECOND = 999

const asWaiting = ({ ticket, appointmentAt }: Held, queuedAt: number): Waiting => ({
  ...{ id: ticket.id, priority: ticket.priorityClass, queuedAt, appointmentAt },
})

/**
 * Whether the rule certainly calls `other` before `called`: whatever the true moments within the told seconds were, and
 * `other` counts as the earlier one only if its number was in hand before the other one was asked for.
 */
const certainlyBefore = (
  rule: CallingRule,
  [other, called]: readonly [Held, Held],
  streak: number,
  at: number,
): boolean => {
  const senior = other.answered < called.sent || other.issuedAt + WITHIN_SECOND < called.issuedAt
  const moments = [0, WITHIN_SECOND]
  return moments.every((a) =>
    moments.every((b) =>
      moments.every((now) => {
        const first = other.issuedAt + a
        const second = senior ? Math.max(called.issuedAt + b, first + 1) : called.issuedAt + b
        const turn = nextTurn(rule, [asWaiting(called, second), asWaiting(other, first)], streak, at + now)
        return turn?.ticket.id === other.ticket.id
      }),
    ),
  )
}

/** Calls that went to somebody while another, who certainly waited for the same counter, came first by the rule. */
const outOfTurn = (evidence: Evidence, rule: CallingRule): string[] => {
  const { journal, board } = evidence
  const seen = seenCalls(evidence)
  const positionOf = (call: number | null): number | null =>
    call === null ? null : (seen[call]?.event?.position ?? null)
  const inOrder = seen
    .flatMap(({ pressed, event }) => (event ? [{ pressed, event }] : []))
    .toSorted((a, b) => a.event.position - b.event.position)
  const ours = new Set(inOrder.map(({ event }) => event.position))
  const foreign = board.filter(({ type, position }) => type === 'ticket-called' && !ours.has(position))
  // The row of priority calls before ours is unknown until somebody without priority is called.
  let streak: number | null = evidence.alone && evidence.listed.before === 0 ? 0 : null
  let last = 0
  const broken: string[] = []
  for (const call of inOrder) {
    const { position, at } = call.event
    if (foreign.some((one) => one.position > last && one.position < position)) streak = null
    last = position
    const called = journal.byTicket.get(call.pressed.ticket)
    if (!called) {
      streak = null
      continue
    }
    const row = streak
    if (row !== null && !called.requeued)
      for (const other of journal.held)
        if (
          other !== called &&
          surelyWaited(other, call.pressed, position, positionOf) &&
          certainlyBefore(rule, [other, called], row, at)
        )
          broken.push(
            `${called.ticket.number} was called to counter ${call.pressed.counter} before ${other.ticket.number}, whose turn it was (${row} priority calls in a row)`,
          )
    streak =
      called.ticket.priorityClass === 'NONE'
        ? 0
        : row === null
          ? null
          : streakAfter(row, called.ticket.priorityClass)
  }
  return broken
}

const surelyWaited = (
  other: Held,
  { groups, sent, answered }: Pressed,
  position: number,
  positionOf: (call: number | null) => number | null,
): boolean =>
  !other.requeued &&
  other.waits.some((wait) => {
    if (!groups.includes(wait.group) || wait.from >= sent || wait.to <= answered) return false
    if (wait.call === null) return true
    const left = positionOf(wait.call)
    return left !== null && left > position
  })
