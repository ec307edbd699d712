import { describe, expect, test } from 'vitest'
import type { PriorityClass, QueueTicket, VisitorTicket } from '#modules/queue/contract.ts'
import type { Visitor } from '../hall-plan.ts'
import type { BoardEvent } from './board.ts'
import { brokenPromises, type Evidence } from './check.ts'
import { type Held, newJournal, noteBack, noteCall, noteEnd, noteIssue, noteLeaving } from './journal.ts'

const VISITOR: Visitor = {
  ...{ n: 0, minute: 480, group: 'g', priority: 'NONE', language: 'vi', visit: 5, booked: false },
  ...{
    answersCall: true,
    comesBackAfter: null,
    asideFor: null,
    goesOnTo: null,
    goesAwayAfter: null,
    score: null,
  },
}
const OPENED = Date.parse('2026-11-30T08:00:00+07:00')
/** What the checks read of an answer; the rest of it says nothing to them. */
const ticketOf = (some: Partial<VisitorTicket>) => some as VisitorTicket
const iso = (ms: number) => new Date(ms).toISOString()

/** A morning told second by second; one real millisecond is one of the server's seconds. */
const aMorning = () => {
  const journal = newJournal('tthcc', 'Trung tâm')
  const board: BoardEvent[] = []
  const read = new Map<string, VisitorTicket>()
  let clock = 0
  const tell = (type: string, ticket: string, number: string, counter: number | null) =>
    board.push({ position: board.length + 1, type, ticket, number, counter, at: OPENED + clock * 1_000 })
  return {
    ...{ journal, board, read },
    wait: (seconds: number) => {
      clock += seconds
    },
    take: (number: string, priority: PriorityClass = 'NONE'): Held => {
      clock += 1
      const ticket = ticketOf({
        ...{ id: `id-${number}`, number, token: number, priorityClass: priority, state: 'WAITING' },
        ...{ issuedAt: iso(OPENED + clock * 1_000), promised: null },
        serviceGroup: { id: 'g', name: '', nameEn: '' },
      })
      tell('ticket-issued', ticket.id, number, null)
      read.set(ticket.id, ticket)
      return noteIssue(journal, VISITOR, { value: ticket, sent: clock, answered: clock, tries: 1 }, null)
    },
    call: (held: Held, counter = 1, heard: number | null = counter) => {
      clock += 1
      const { id, number } = held.ticket
      if (heard !== null) tell('ticket-called', id, number, heard)
      // As above.
      const value = { id, waitedMinutes: 1 } as QueueTicket
      noteCall(journal, { value, sent: clock, answered: clock, tries: 1 }, { counter, groups: ['g'] })
    },
    finish: (held: Held) => {
      clock += 1
      tell('ticket-finished', held.ticket.id, held.ticket.number, 1)
      noteEnd(held, 'DONE')
      const ticket = read.get(held.ticket.id)
      if (ticket) read.set(held.ticket.id, { ...ticket, state: 'DONE' })
    },
    evidence: (changes: Partial<Evidence> = {}): Evidence => ({
      ...{ journal, board, read, listed: { before: 0, after: journal.held.length }, alone: true },
      ...changes,
    }),
  }
}
type Morning = ReturnType<typeof aMorning>
const served = (morning: Morning, ...line: Held[]) => {
  for (const held of line) {
    morning.call(held)
    morning.finish(held)
  }
}

describe('promises held against what was heard', () => {
  test('a morning as it should be breaks none', () => {
    const morning = aMorning()
    const [a, b, old] = [morning.take('A001'), morning.take('A002'), morning.take('A003', 'ELDERLY')]
    served(morning, old, a, b)
    expect(brokenPromises(morning.evidence())).toEqual([])
  })

  test('who was called before somebody who came first', () => {
    const morning = aMorning()
    const [a, b] = [morning.take('A001'), morning.take('A002')]
    served(morning, b, a)
    expect(brokenPromises(morning.evidence())).toEqual([
      expect.stringContaining('A002 was called to counter 1 before A001'),
    ])
  })

  test('a third priority call in a row before one without', () => {
    const morning = aMorning()
    const plain = morning.take('A001')
    const old = ['A002', 'A003', 'A004'].map((number) => morning.take(number, 'ELDERLY'))
    served(morning, ...old, plain)
    expect(brokenPromises(morning.evidence())).toEqual([expect.stringContaining('A004 was called')])
    const fair = aMorning()
    const one = fair.take('A001')
    const [x, y, z] = ['A002', 'A003', 'A004'].map((number) => fair.take(number, 'ELDERLY'))
    if (x && y && z) served(fair, x, y, one, z)
    expect(brokenPromises(fair.evidence())).toEqual([])
  })

  test('who waited long is not passed over by priority for ever', () => {
    const morning = aMorning()
    const plain = morning.take('A001')
    morning.wait(45 * 60)
    const old = morning.take('A002', 'ELDERLY')
    served(morning, plain, old)
    expect(brokenPromises(morning.evidence())).toEqual([])
    const unfair = aMorning()
    const first = unfair.take('A001')
    unfair.wait(65 * 60)
    served(unfair, unfair.take('A002', 'ELDERLY'), first)
    expect(brokenPromises(unfair.evidence())).toEqual([expect.stringContaining('before A001')])
  })

  test('who was perhaps not there yet accuses nobody', () => {
    const morning = aMorning()
    const a = morning.take('A001')
    noteLeaving(a)
    // Whether it was still in line is unknown since then.
    const wait = a.waits[0]
    if (wait) wait.to = 2
    const b = morning.take('A002')
    served(morning, b, a)
    expect(brokenPromises(morning.evidence())).toEqual([])
  })

  test('a call that no board was told of, or another counter', () => {
    const morning = aMorning()
    const [a, b] = [morning.take('A001'), morning.take('A002')]
    morning.call(a, 1, null)
    morning.finish(a)
    morning.call(b, 2, 3)
    morning.finish(b)
    expect(brokenPromises(morning.evidence())).toEqual([
      expect.stringContaining('no board was told of the call of A001'),
      expect.stringContaining('A002 was called to counter 2, the board said 3'),
    ])
  })

  test('a number twice, a ticket called or served twice', () => {
    const morning = aMorning()
    const a = morning.take('A001')
    const again = { ...a, ticket: { ...a.ticket, id: 'other' } }
    morning.journal.held.push(again)
    morning.read.set('other', ticketOf({ ...morning.read.get(a.ticket.id), id: 'other' }))
    served(morning, a, a)
    expect(brokenPromises(morning.evidence())).toEqual([
      expect.stringContaining('number A001 was given 2 times'),
      expect.stringContaining('A001 was called 2 times and went back 0 times'),
      expect.stringContaining('A001 was served 2 times'),
    ])
    const fair = aMorning()
    const held = fair.take('A001')
    fair.call(held)
    noteBack(held, 'g', 100)
    served(fair, held)
    expect(brokenPromises(fair.evidence())).toEqual([])
  })

  test('a number that was skipped', () => {
    const morning = aMorning()
    served(morning, morning.take('A001'), morning.take('A004'), morning.take('B009'))
    expect(brokenPromises(morning.evidence())).toEqual([
      expect.stringContaining('2 numbers of A were skipped'),
    ])
  })

  test('a ticket that is gone, stands otherwise, or is nobody’s', () => {
    const morning = aMorning()
    const [a, b] = [morning.take('A001'), morning.take('A002')]
    served(morning, a, b)
    morning.read.delete(a.ticket.id)
    morning.read.set(b.ticket.id, ticketOf({ ...morning.read.get(b.ticket.id), state: 'WAITING' }))
    morning.board.push({
      ...{ position: 99, type: 'ticket-issued', ticket: 'ghost', number: 'A003', counter: null, at: OPENED },
    })
    expect(brokenPromises(morning.evidence({ listed: { before: 0, after: 3 } }))).toEqual([
      expect.stringContaining('ticket A001 is lost'),
      expect.stringContaining('ticket A002 should be DONE, and is WAITING'),
      expect.stringContaining('ticket A003 belongs to nobody'),
      expect.stringContaining("2 tickets are in visitors' hands, 3 in the list"),
    ])
  })
})
