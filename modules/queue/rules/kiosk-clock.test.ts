import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takenAt, takenInOrder, unusedOf } from './kiosk-clock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOON = Date.parse('2026-04-21T12:00:00+07:00')
/** The block was given at eight; the ticket was taken at nine; the network is back at noon. */
const GIVEN = NOON - 4 * HOUR
const TAKEN = NOON - 3 * HOUR

describe('when a ticket was taken (F5)', () => {
  /** Kiosk's clock ahead by `wrong` when the ticket was taken, by `later` when it was brought. */
  const told = (wrong: number, later: number, sameRun: boolean, measured: number | null = -wrong) =>
    takenAt(
      { taken: { at: TAKEN + wrong, session: 'morning-run', mono: 10_000 }, behind: measured },
      {
        sent: { at: NOON + later, session: sameRun ? 'morning-run' : 'another-run', mono: 10_000 + 3 * HOUR },
        ...{ now: NOON, given: GIVEN },
      },
    )

  it.each([
    ['a right clock', 0, 0],
    ['an hour ahead', HOUR, HOUR],
    ['an hour behind', -HOUR, -HOUR],
    ['400 days ahead', 9_600 * HOUR, 9_600 * HOUR],
    ['set right meanwhile', HOUR, 0],
    ['set wrong meanwhile', 0, -2 * HOUR],
    ['reset to 1970 meanwhile', 0, -NOON + 5_000],
  ])('is exact in one run of the page: %s', (_what, wrong, later) => {
    expect(told(wrong, later, true)).toBe(TAKEN)
    expect(told(wrong, later, true, null)).toBe(TAKEN)
  })

  it.each([
    ['a right clock', 0, 0, 0],
    ['an hour ahead all the time', HOUR, HOUR, -HOUR],
    ['ahead, then set right', HOUR, 0, -HOUR],
    ['never measured, wrong all the time', HOUR, HOUR, null],
    ['set back far before the ticket, after it was measured', -24 * HOUR, -24 * HOUR, 0],
  ])('is right after a reload too: %s', (_what, wrong, later, measured) => {
    expect(told(wrong, later, false, measured)).toBe(TAKEN)
  })

  it('is never before the block was given nor in the future, whatever the kiosk says', () => {
    const moment = fc.record({
      at: fc.integer({ min: 0, max: 4e12 }),
      session: fc.constantFrom('one-session', 'other-session'),
      mono: fc.double({ min: 0, max: 1e9, noNaN: true }),
    })
    fc.assert(
      fc.property(moment, moment, fc.option(fc.integer({ min: -4e12, max: 4e12 })), (taken, sent, behind) => {
        const at = takenAt({ taken, behind }, { sent, now: NOON, given: GIVEN })
        expect(at).toBeGreaterThanOrEqual(GIVEN)
        expect(at).toBeLessThanOrEqual(NOON)
      }),
    )
  })

  it('keeps the order in which one kiosk gave its numbers, also when its clock jumped back between them', () => {
    const one = (minute: number, session: string) => ({
      ...{ taken: { at: GIVEN + minute * MINUTE, session, mono: minute * MINUTE }, behind: 0, given: GIVEN },
    })
    const sent = { at: NOON, session: 'third-run', mono: 0 }
    const order = takenInOrder([one(30, 'first-run'), one(10, 'second-run'), one(40, 'second-run')], {
      sent,
      now: NOON,
    })
    expect(order).toEqual([30, 30, 40].map((minute) => GIVEN + minute * MINUTE))
  })
})

it('knows which numbers of a block nobody bears', () => {
  expect(unusedOf(11, 15, [12, 14])).toEqual([11, 13, 15])
  expect(unusedOf(1, 1, [1])).toEqual([])
})
