import type { bringTickets, leaseNumbers, VisitorTicket } from '#modules/queue/contract.ts'
import { ticketCode } from '#modules/queue/rules.ts'
import type { Output, Request } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'

type Leased = Output<typeof leaseNumbers>
type Brought = Output<typeof bringTickets>
/** A ticket as it is told to the server. */
export type OfflineTicket = Request<typeof bringTickets>['tickets'][number]
export type Moment = OfflineTicket['taken']

/** What was wished for, as the kiosk's screens ask for it. */
export type Wish = Pick<OfflineTicket, 'priorityClass' | 'procedures' | 'language' | 'missingPapers'> & {
  serviceGroup: string
}

/** An answer of the server that a visitor may ask for once more. */
export type Answered = { key: string; ticket: VisitorTicket }

type Lease = Leased['leases'][number] & {
  /** The next number that nobody has. */
  next: number
}
export type GivenTicket = OfflineTicket & {
  key: string
  serviceGroup: string
  code: string
  day: string
  told: boolean
}

/** All that a kiosk must not forget, in one record that is changed as a whole. */
export type KioskState = {
  /** The device's token; null before it was paired. */
  token: string | null
  /** The print agent on this machine. */
  agent: { port: number; token: string; width: 576 | 384 } | null
  /** Our clock behind the server's, milliseconds. */
  behind: number | null
  paper: Leased['paper'] | null
  groups: Leased['groups']
  leases: readonly Lease[]
  /** Asked for, not answered yet: asking again names the same blocks. */
  wanted: readonly { lease: string; serviceGroup: string }[]
  tickets: readonly GivenTicket[]
  /** Of the last tickets that the server gave, so that asking again finds them without network too. */
  answered: readonly Answered[]
  /** Tickets that the server would not take, for the people of the hall. */
  refused: readonly { code: string; why: string }[]
}

export const NEW_KIOSK: KioskState = {
  ...{
    token: null,
    agent: null,
    behind: null,
    paper: null,
    groups: [],
    leases: [],
    wanted: [],
    tickets: [],
    answered: [],
    refused: [],
  },
}

/** A block of which less is left is followed by the next one. */
const LOW = 10
const TOLD_AT_ONCE = 100
const ANSWERS_KEPT = 30

export const remember = (state: KioskState, answered: Answered): KioskState => ({
  ...state,
  answered: [...state.answered, answered].slice(-ANSWERS_KEPT),
})

export const serverTime = (state: KioskState, { at }: Moment): number => at + (state.behind ?? 0)
const dayOf = (state: KioskState, moment: Moment): string => localDateOf(new Date(serverTime(state, moment)))

export type Give =
  | { given: GivenTicket; state: KioskState }
  | { given: null; why: 'not-paired' | 'not-now' | 'no-numbers'; state: KioskState }

type NewTicket = { id: string; token: string }

/** A number without network. The same key gets the same ticket, whatever happened in between. */
export const giveNumber = (
  state: KioskState,
  wish: Wish,
  key: string,
  moment: Moment,
  made: NewTicket,
): Give => {
  const before = state.tickets.find((ticket) => ticket.key === key)
  if (before) return { given: before, state }
  const refuse = (why: 'not-paired' | 'not-now' | 'no-numbers'): Give => ({ given: null, why, state })
  if (state.token === null) return refuse('not-paired')
  const group = state.groups.find(({ id }) => id === wish.serviceGroup)
  const day = dayOf(state, moment)
  const now = serverTime(state, moment)
  if (!group?.from || !group.until || now > Date.parse(group.until)) return refuse('not-now')
  const lease = state.leases.find(
    (one) => one.serviceGroup === wish.serviceGroup && one.day === day && one.next <= one.last,
  )
  if (!lease) return refuse('no-numbers')
  const { serviceGroup, ...rest } = wish
  const given: GivenTicket = {
    ...{ ...made, ...rest, key, serviceGroup, day, told: false, lease: lease.id, number: lease.next },
    ...{ code: ticketCode(group.prefix, lease.next), taken: moment, behind: state.behind },
  }
  return {
    given,
    state: {
      ...state,
      tickets: [...state.tickets, given],
      leases: state.leases.map((one) => (one === lease ? { ...one, next: one.next + 1 } : one)),
    },
  }
}

/** What the server does not know yet, in the order in which it was given. */
export const untold = (state: KioskState): OfflineTicket[] =>
  state.tickets
    .filter(({ told }) => !told)
    .slice(0, TOLD_AT_ONCE)
    .map(({ told, code, day, serviceGroup, ...ticket }) => ticket)

export const afterTelling = (state: KioskState, { items }: Brought): KioskState => {
  const outcomes = new Map(items.map((item) => [item.id, item]))
  const refused = state.tickets.flatMap((ticket) => {
    const outcome = ticket.told ? undefined : outcomes.get(ticket.id)
    return outcome?.outcome === 'REFUSED' ? [{ code: ticket.code, why: outcome.code ?? '' }] : []
  })
  return {
    ...state,
    tickets: state.tickets.map((ticket) => (outcomes.has(ticket.id) ? { ...ticket, told: true } : ticket)),
    refused: [...state.refused, ...refused].slice(-50),
  }
}

/** What the kiosk asks for next: a block for every service that has little left. `newId` makes the names of the blocks. */
export const wish = (state: KioskState, moment: Moment, newId: () => string): KioskState => {
  const day = dayOf(state, moment)
  const left = (group: string): number =>
    state.leases
      .filter((lease) => lease.serviceGroup === group && lease.day === day)
      .reduce((sum, { next, last }) => sum + last - next + 1, 0)
  const asked = new Set(state.wanted.map(({ serviceGroup }) => serviceGroup))
  const fresh = state.groups
    .filter(({ id, until }) => until !== null && !asked.has(id) && left(id) < LOW)
    .map(({ id }) => ({ lease: newId(), serviceGroup: id }))
  return { ...state, wanted: [...state.wanted, ...fresh] }
}

/** Blocks that the server does not name are no longer ours, except what was printed from them, which is told all the same. */
export const afterLeasing = (state: KioskState, answer: Leased, sent: Moment, now: Moment): KioskState => {
  const known = new Map(state.leases.map((lease) => [lease.id, lease]))
  const used = (lease: string): number =>
    Math.max(0, ...state.tickets.filter((ticket) => ticket.lease === lease).map(({ number }) => number))
  const answered = new Set(answer.groups.map(({ id }) => id))
  return {
    ...state,
    // Half of the way there and back; across a reload of the page there is no telling.
    behind: answer.at - (sent.session === now.session ? Math.round((sent.at + now.at) / 2) : now.at),
    paper: answer.paper,
    groups: answer.groups,
    leases: answer.leases.map((lease) => ({
      ...lease,
      next: Math.max(known.get(lease.id)?.next ?? lease.first, used(lease.id) + 1),
    })),
    wanted: state.wanted.filter(
      ({ lease, serviceGroup }) =>
        answered.has(serviceGroup) && !answer.leases.some(({ id }) => id === lease),
    ),
    // Yesterday's are no longer asked for by anybody.
    tickets: state.tickets.filter((ticket) => !ticket.told || ticket.day === answer.day),
  }
}
