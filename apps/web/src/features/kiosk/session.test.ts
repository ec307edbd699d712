import { describe, expect, it } from 'vitest'
import { type KioskAction, NEW_SESSION, step } from './session.ts'

const GROUP = '00000000-0000-7000-8000-000000000001'
const request = (priorityClass: 'NONE' | 'ELDERLY' = 'NONE') => ({
  ...{ centre: 'tthcc-tinh', serviceGroup: GROUP, priorityClass },
})
const visit = (...actions: KioskAction[]) => actions.reduce(step, NEW_SESSION)

describe('one visitor at the kiosk', () => {
  it('asks for one number however often it is tapped', () => {
    const session = visit(
      { does: 'go', to: 'papers', with: { group: GROUP, procedure: null } },
      { does: 'ask', key: 'first', request: request() },
      { does: 'ask', key: 'second', request: request() },
    )
    expect(session.asked?.key).toBe('first')
  })
  it('asks anew when something else is wished, or after a refusal', () => {
    const asked = visit({ does: 'ask', key: 'first', request: request() })
    const other: KioskAction = { does: 'ask', key: 'second', request: request('ELDERLY') }
    expect(step(step(asked, { does: 'priority', priority: 'ELDERLY' }), other).asked?.key).toBe('second')
    expect(step(step(asked, { does: 'refused' }), other).asked?.key).toBe('second')
  })
  it('goes back the way it came, and to the start from there', () => {
    const deep = visit({ does: 'go', to: 'group', with: { group: GROUP } }, { does: 'go', to: 'papers' })
    const back = step(deep, { does: 'back' })
    expect([back.screen, step(back, { does: 'back' }).screen]).toEqual(['group', 'start'])
  })
  it('keeps ticks while the procedure stays, and forgets them with another', () => {
    const ticked = visit(
      { does: 'go', to: 'papers', with: { procedure: '1.013833' } },
      { does: 'tick', id: 'paper', has: false },
    )
    const same = step(ticked, { does: 'go', to: 'papers', with: { procedure: '1.013833' } })
    const other = step(ticked, { does: 'go', to: 'papers', with: { procedure: '2.000815' } })
    expect([same.has, other.has]).toEqual([{ paper: false }, {}])
    expect(step(ticked, { does: 'tick', id: 'paper', has: true }).has).toEqual({ paper: true })
  })
  it('leaves nothing behind', () => {
    const used = visit({ does: 'toggle', what: 'large' }, { does: 'ask', key: 'k', request: request() })
    expect(step(used, { does: 'wipe' })).toBe(NEW_SESSION)
  })
})
