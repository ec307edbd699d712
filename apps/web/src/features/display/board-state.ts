import type { Board } from '#modules/queue/contract.ts'
import type { BoardEvent } from '../hall/board-stream.ts'

/** A call as the board shows it; `key` is new with each recall. */
export type ShownCall = {
  key: string
  ticket: string
  number: string
  counter: number
  service: string
  calls: number
  /** Milliseconds. */
  at: number
}

export type BoardState = {
  /** Newest first, each number once. */
  calls: readonly ShownCall[]
  /** Waiting to be announced, first come first said. */
  pending: readonly ShownCall[]
  /** In the amber block: being announced, or the last one that was. */
  current: ShownCall | null
  announcing: boolean
}

/** The board shows the current call and six earlier ones; some more are kept for when one is taken back. */
const KEPT = 12
/** Thirty counters that call at once are announced one after the other; nobody waits for more. */
const MOST_PENDING = 60
/** What happened while a display was away is shown, but nobody is called minutes after their turn. */
const TOO_OLD_MS = 120_000

export const EMPTY_BOARD: BoardState = { calls: [], pending: [], current: null, announcing: false }

const keyOf = (ticket: string, calls: number, at: number): string => `${ticket} ${calls} ${at}`

const add = (calls: readonly ShownCall[], call: ShownCall): ShownCall[] =>
  [call, ...calls.filter(({ ticket }) => ticket !== call.ticket)].slice(0, KEPT)

/** The board as the server has it: what is shown already stays, what was missed joins. */
export const loadBoard = (state: BoardState, board: Board): BoardState => {
  const calls = board.calls
    .map(({ ticket, number, counter, service, calls: times, at }): ShownCall => {
      const moment = Date.parse(at)
      return { key: keyOf(ticket, times, moment), ticket, number, counter, service, calls: times, at: moment }
    })
    .toSorted((a, b) => a.at - b.at)
    .reduce<readonly ShownCall[]>((all, call) => {
      const known = state.calls.find(({ ticket }) => ticket === call.ticket)
      return add(all, known && known.at >= call.at ? known : call)
    }, [])
  const joined = state.calls
    .filter(({ ticket }) => !calls.some((call) => call.ticket === ticket))
    .reduceRight<readonly ShownCall[]>(add, calls)
    .toSorted((a, b) => b.at - a.at)
    .slice(0, KEPT)
  return { ...state, calls: joined, current: state.current ?? joined[0] ?? null }
}

/** One event of the hall. A recall is a call again: it moves up and is announced again. */
export const hear = (state: BoardState, event: BoardEvent, now: number): BoardState => {
  const { ticket, number, counter, service, calls, at } = event
  if (event.type === 'ticket-call-undone' && ticket !== null) {
    const without = state.calls.filter((call) => call.ticket !== ticket)
    return {
      ...state,
      calls: without,
      pending: state.pending.filter((call) => call.ticket !== ticket),
      current: state.current?.ticket === ticket ? (without[0] ?? null) : state.current,
    }
  }
  if (event.kind === 'change' || ticket === null || number === null || counter === null) return state
  const moment = Date.parse(at)
  const call: ShownCall = {
    ...{ key: keyOf(ticket, calls ?? 1, moment), ticket, number, counter },
    ...{ service: service ?? '', calls: calls ?? 1, at: moment },
  }
  const shown = { ...state, calls: add(state.calls, call) }
  if (now - moment > TOO_OLD_MS) return { ...shown, current: state.announcing ? state.current : call }
  return { ...shown, pending: [...state.pending, call].slice(-MOST_PENDING) }
}

/** Takes the next call to be announced; the block stays with the last one when there is none. */
export const announceNext = (state: BoardState): BoardState => {
  const [next, ...pending] = state.pending
  return next ? { ...state, pending, current: next, announcing: true } : { ...state, announcing: false }
}

/** The rows under the block. */
export const earlierCalls = ({ calls, current }: BoardState, rows: number): readonly ShownCall[] =>
  calls.filter(({ key }) => key !== current?.key).slice(0, rows)
