import { describe, expect, it } from 'vitest'
import type { Board } from '#modules/queue/contract.ts'
import type { BoardEvent } from '../hall/board-stream.ts'
import { announceNext, type BoardState, EMPTY_BOARD, earlierCalls, hear, loadBoard } from './board-state.ts'

const NOW = Date.parse('2026-04-21T08:52:00+07:00')
let position = 0
const event = (number: string, more: Partial<BoardEvent> = {}): BoardEvent => {
  position += 1
  return {
    ...{ kind: 'call', type: 'ticket-called', position, ticket: `id-${number}`, number, counter: 3 },
    ...{ counterName: 'Đất đai', service: 'Đất đai', calls: 1, at: new Date(NOW + position).toISOString() },
    ...more,
  }
}
const heard = (events: readonly BoardEvent[], from: BoardState = EMPTY_BOARD): BoardState =>
  events.reduce((state, one) => hear(state, one, NOW), from)
const numbers = (calls: readonly { number: string }[]) => calls.map(({ number }) => number)

describe('a hall board', () => {
  it('announces several calls of one moment in their order, none lost', () => {
    let state = heard(['A001', 'B001', 'A002'].map((number) => event(number)))
    const said: string[] = []
    for (;;) {
      state = announceNext(state)
      if (!state.announcing) break
      said.push(state.current?.number ?? '')
    }
    expect(said).toEqual(['A001', 'B001', 'A002'])
    expect(state.current?.number).toBe('A002')
    expect(numbers(earlierCalls(state, 6))).toEqual(['B001', 'A001'])
  })

  it('rings again for a recall and shows the number once', () => {
    const first = announceNext(heard([event('A001'), event('A002')]))
    const state = hear(
      announceNext(first),
      event('A001', { kind: 'recall', type: 'ticket-recalled', calls: 2 }),
      NOW,
    )
    expect(numbers(state.calls)).toEqual(['A001', 'A002'])
    expect(announceNext(state).current).toMatchObject({ number: 'A001', calls: 2 })
  })

  it('takes back what was undone', () => {
    const state = announceNext(heard([event('A001'), event('A002')]))
    const undone = event('A001', { kind: 'change', type: 'ticket-call-undone' })
    expect(hear(state, undone, NOW)).toMatchObject({ current: { number: 'A002' } })
    const waiting = event('A002', { kind: 'change', type: 'ticket-call-undone' })
    expect(hear(state, waiting, NOW).pending).toEqual([])
  })

  it('shows but does not announce what happened minutes ago', () => {
    const old = event('A001', { at: new Date(NOW - 180_000).toISOString() })
    expect(heard([old])).toMatchObject({ pending: [], current: { number: 'A001' } })
  })

  it('joins a snapshot with what it has heard since, newest first', () => {
    const call = (number: string, seconds: number): Board['calls'][number] => ({
      ...{ ticket: `id-${number}`, number, counter: 3, counterName: '', service: 'Đất đai', calls: 1 },
      at: new Date(NOW - seconds * 1_000).toISOString(),
    })
    const board = { calls: [call('A003', 10), call('A002', 20), call('A001', 30)] } as Board
    const state = loadBoard(heard([event('A004')]), board)
    expect(numbers(state.calls)).toEqual(['A004', 'A003', 'A002', 'A001'])
    expect(numbers(loadBoard(state, board).calls)).toEqual(['A004', 'A003', 'A002', 'A001'])
  })

  it('does not grow in weeks: ten thousand calls leave a dozen rows and a bounded line', () => {
    let state = EMPTY_BOARD
    for (let n = 0; n < 10_000; n += 1) {
      state = hear(state, event(`A${String(n).padStart(3, '0')}`), NOW)
      if (n % 100 === 0) state = announceNext(state)
    }
    expect(state.calls).toHaveLength(12)
    expect(state.pending.length).toBeLessThanOrEqual(60)
    expect(JSON.stringify(state).length).toBeLessThan(20_000)
  })
})
