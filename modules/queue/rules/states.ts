export const TICKET_STATES = ['WAITING', 'CALLED', 'SERVING', 'HELD', 'DONE', 'NO_SHOW', 'CANCELLED'] as const
export type TicketState = (typeof TICKET_STATES)[number]

export const COUNTER_STATES = ['OPEN', 'PAUSED', 'CLOSED'] as const
export type CounterState = (typeof COUNTER_STATES)[number]

export type Move =
  | 'call'
  | 'recall'
  | 'start'
  | 'finish'
  | 'miss'
  | 'requeue'
  | 'hold'
  | 'resume'
  | 'transfer'
  | 'cancel'
  | 'undo'

/** What may become of a ticket; the service refuses with it, the desk greys keys with it. */
const MOVES: Readonly<Record<Move, { from: readonly TicketState[]; to: TicketState }>> = {
  call: { from: ['WAITING'], to: 'CALLED' },
  recall: { from: ['CALLED'], to: 'CALLED' },
  start: { from: ['CALLED'], to: 'SERVING' },
  finish: { from: ['CALLED', 'SERVING'], to: 'DONE' },
  miss: { from: ['CALLED'], to: 'NO_SHOW' },
  requeue: { from: ['NO_SHOW'], to: 'WAITING' },
  hold: { from: ['CALLED', 'SERVING'], to: 'HELD' },
  resume: { from: ['HELD'], to: 'WAITING' },
  transfer: { from: ['CALLED', 'SERVING'], to: 'WAITING' },
  cancel: { from: ['WAITING', 'HELD'], to: 'CANCELLED' },
  undo: { from: ['CALLED'], to: 'WAITING' },
}

export const canMove = (move: Move, from: TicketState): boolean => MOVES[move].from.includes(from)
export const stateAfter = (move: Move): TicketState => MOVES[move].to

/** A005: the group's letter and at least three digits. */
export const ticketCode = (prefix: string, number: number): string =>
  `${prefix}${String(number).padStart(3, '0')}`

/** The ticket's live page in the portal, which the QR on it opens. */
export const ticketPath = (token: string): string => `/ve/${token}`

/** The last call can be taken back for so long. */
export const UNDO_SECONDS = 10
