import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOrder, DEFAULT_RULE, levelOf, nextTurn, requeuedAt, streakAfter, type Waiting } from './order.ts'

const NOW = Date.UTC(2026, 3, 21, 2)
const MINUTE = 60_000
const waits = (id: string, minutes: number, more: Partial<Waiting> = {}): Waiting => ({
  ...{ id, priority: 'NONE', queuedAt: NOW - minutes * MINUTE, appointmentAt: null },
  ...more,
})
const elder = (id: string, minutes: number) => waits(id, minutes, { priority: 'ELDERLY' })
const booked = (id: string, minutes: number, at: number) =>
  waits(id, minutes, { appointmentAt: NOW + at * MINUTE })
const names = (waiting: Waiting[], streak = 0) =>
  callOrder(DEFAULT_RULE, waiting, streak, NOW).map(({ ticket, why }) => `${ticket.id} ${why}`)

describe('whose turn it is', () => {
  it.each<[string, Waiting[], string[]]>([
    ['first come, first called', [waits('b', 3), waits('a', 5)], ['a first-come', 'b first-come']],
    ['priority goes first', [waits('a', 9), elder('p', 1)], ['p priority', 'a first-come']],
    [
      'after two with priority comes one without',
      [elder('p', 4), elder('q', 3), elder('r', 2), waits('a', 1)],
      ['p priority', 'q priority', 'a turn-after-priority', 'r priority'],
    ],
    [
      'an appointment in its time goes before walk-ins',
      [waits('a', 10), booked('x', 1, 0)],
      ['x appointment', 'a first-come'],
    ],
    [
      'an appointment waits for its time',
      [booked('x', 30, 40), waits('a', 1)],
      ['a first-come', 'x first-come'],
    ],
    [
      'an appointment missed by more than the grace is a walk-in, senior from its arrival',
      [booked('x', 1, -16), waits('a', 15)],
      ['a first-come', 'x first-come'],
    ],
    [
      'who has waited forty minutes goes before a new priority visitor',
      [elder('p', 1), waits('a', 41)],
      ['a first-come', 'p priority'],
    ],
  ])('%s', (_rule, waiting, expected) => {
    expect(names(waiting)).toEqual(expected)
  })

  it('is nobody’s when nobody waits', () => {
    expect(nextTurn(DEFAULT_RULE, [], 0, NOW)).toBeUndefined()
  })

  it('goes on counting priority calls of before', () => {
    expect(names([elder('p', 1), waits('a', 1)], 2)).toEqual(['a turn-after-priority', 'p priority'])
  })
})

const Ticket = fc.record({
  id: fc.uuid(),
  priority: fc.constantFrom('NONE' as const, 'ELDERLY' as const, 'MERIT' as const),
  queuedAt: fc.integer({ min: 0, max: 120 }).map((minutes) => NOW - minutes * MINUTE),
  appointmentAt: fc.option(fc.integer({ min: -60, max: 60 }).map((minutes) => NOW + minutes * MINUTE)),
})
const Line = fc.uniqueArray(Ticket, { selector: ({ id }) => id, maxLength: 30 })

describe('whatever the line', () => {
  it('calls everybody once', () => {
    fc.assert(
      fc.property(Line, (line) => {
        const order = callOrder(DEFAULT_RULE, line, 0, NOW).map(({ ticket }) => ticket.id)
        expect(order.toSorted()).toEqual(line.map(({ id }) => id).toSorted())
      }),
    )
  })

  it('foretells the calls that follow one another', () => {
    fc.assert(
      fc.property(Line, fc.integer({ min: 0, max: 3 }), (line, before) => {
        const left = [...line]
        let streak = before
        const calls = line.map(() => {
          const turn = nextTurn(DEFAULT_RULE, left, streak, NOW)
          if (!turn) throw new Error('nobody is called while some wait')
          streak = streakAfter(streak, turn.ticket.priority)
          left.splice(left.indexOf(turn.ticket), 1)
          return turn
        })
        expect(callOrder(DEFAULT_RULE, line, before, NOW)).toEqual(calls)
      }),
    )
  })

  it('never calls more with priority in a row than the rule says while others wait', () => {
    fc.assert(
      fc.property(Line, (line) => {
        let streak = 0
        const turns = callOrder(DEFAULT_RULE, line, 0, NOW)
        for (const [index, { ticket }] of turns.entries()) {
          streak = streakAfter(streak, ticket.priority)
          const normalLeft = turns.slice(index + 1).some((turn) => turn.ticket.priority === 'NONE')
          if (normalLeft) expect(streak).toBeLessThanOrEqual(DEFAULT_RULE.priorityInRow)
        }
      }),
    )
  })

  it('bounds starvation: after two ageing periods nobody who comes now goes before', () => {
    fc.assert(
      fc.property(Ticket, (newcomer) => {
        const old = waits('old', 2 * DEFAULT_RULE.ageingMinutes + 20)
        const now = { ...newcomer, queuedAt: NOW, appointmentAt: null }
        expect(levelOf(DEFAULT_RULE, old, NOW)).toBeGreaterThanOrEqual(levelOf(DEFAULT_RULE, now, NOW))
        expect(nextTurn(DEFAULT_RULE, [now, old], 0, NOW)?.ticket.id).toBe('old')
      }),
    )
  })
})

describe('back after a missed call', () => {
  it('is called after two of those who wait', () => {
    const line = [waits('a', 9), waits('b', 8), waits('c', 7)]
    const back = waits('x', 0, { queuedAt: requeuedAt(line, 2, NOW) })
    expect(names([...line, back]).map((name) => name[0])).toEqual(['a', 'b', 'x', 'c'])
  })

  it('is at the end of a shorter line', () => {
    expect(requeuedAt([waits('a', 9)], 2, NOW)).toBe(NOW)
  })
})
