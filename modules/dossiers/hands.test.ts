import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Calendar } from '#modules/calendar/rules.ts'
import {
  aDossier,
  asked,
  holderAt,
  PERSON,
  PROCEDURES,
  viewOf,
  walkTo,
} from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import { lateBy, legsOf, type Step, sharesOf, type Travelled } from './rules/hands.ts'

let province: Province
let calendar: Calendar
beforeAll(async () => {
  province = await aProvince()
  calendar = await province.services.calendar.calendarFor(province.db, null)
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const at = (text: string) => new Date(`${text}+07:00`)
const minutes = (hours: number) => hours * 60

describe('legs of a way', () => {
  const WAY: Travelled = {
    acceptedAt: at('2026-04-21T08:00:00'),
    paperSentAt: at('2026-04-21T10:00:00'),
    paperReceivedAt: at('2026-04-22T09:00:00'),
    completedAt: null,
    resultSentAt: null,
    resultReceivedAt: null,
    returnedAt: null,
    paperTravels: true,
    resultTravels: true,
    beyondTerritory: true,
    receivingCentre: 'here',
    resolvingUnit: 'there',
  }
  const step = (more: Partial<Step>): Step => ({
    ...{ step: 'appraise', unit: 'there', atCentre: false, returns: false, hours: 8 },
    ...{ openedAt: at('2026-04-21T09:00:00'), closedAt: null, ...more },
  })
  const receive = step({
    ...{ step: 'receive', unit: 'here', atCentre: true, hours: 2 },
    ...{ openedAt: at('2026-04-21T08:00:00'), closedAt: at('2026-04-21T09:00:00') },
  })
  const measure = (now: string) => ({ calendar, now: at(now), pauses: [] })
  const legs = (way: Partial<Travelled>, steps: readonly Step[], now: string) =>
    legsOf({ ...WAY, ...way }, steps, measure(now))

  test('each is in one pair of hands, in the order of the way', () => {
    const done = step({ closedAt: at('2026-04-22T09:00:00') })
    const way = {
      completedAt: at('2026-04-22T09:00:00'),
      resultSentAt: at('2026-04-22T15:00:00'),
      resultReceivedAt: at('2026-04-23T08:00:00'),
    }
    expect(
      legs(way, [receive, done], '2026-04-24T08:00:00').map(({ kind, holder }) => [kind, holder]),
    ).toEqual([
      ['TRANSFER', 'CENTRE'],
      ['PAPER_OUT', 'CENTRE'],
      ['PAPER_TRAVEL', 'COURIER'],
      ['WORK', 'AGENCY'],
      ['RESULT_OUT', 'AGENCY'],
      ['RESULT_TRAVEL', 'COURIER'],
    ])
  })
  test('a clock counts working time against its own limit alone', () => {
    const [transfer, , , work] = legs({}, [receive, step({})], '2026-04-22T11:00:00')
    expect(transfer).toMatchObject({ used: 60, allowed: 120, over: 0 })
    // 9:00–17:00 of the first day without the noon, and 7:30–11:00 of the second.
    expect(work).toMatchObject({ used: minutes(10), allowed: minutes(8), over: minutes(2), to: null })
  })
  test('without a sheet nobody is blamed for paper that the agency did not wait for', () => {
    const done = step({ closedAt: at('2026-04-23T11:00:00') })
    const found = legs({ paperSentAt: null, paperReceivedAt: null }, [receive, done], '2026-04-24T08:00:00')
    expect(found.map(({ kind }) => kind)).toEqual(['TRANSFER', 'WORK'])
  })
  test('while the dossier waits for its applicant no clock runs', () => {
    const pauses = [{ from: at('2026-04-21T13:00:00'), to: at('2026-04-21T17:00:00') }]
    const found = legsOf(WAY, [receive, step({})], { ...measure('2026-04-22T11:00:00'), pauses })
    expect(found.find(({ kind }) => kind === 'WORK')).toMatchObject({ used: minutes(6), over: 0 })
  })
  test('who went furthest beyond the own time made it late; the agency not for what the courier took', () => {
    // The paper was three days on its way; the agency lost that time and an hour of its own.
    const late = { paperReceivedAt: at('2026-04-24T10:00:00') }
    const shares = sharesOf(legs(late, [receive, step({})], '2026-04-24T11:00:00'))
    expect(shares.COURIER).toBeGreaterThan(minutes(8))
    expect(shares.AGENCY).toBeLessThan(shares.COURIER)
    expect(lateBy(shares)).toBe('COURIER')
  })
  test('a centre that kept the paper answers for it', () => {
    const kept = { paperSentAt: at('2026-04-24T08:00:00'), paperReceivedAt: at('2026-04-24T10:00:00') }
    expect(lateBy(sharesOf(legs(kept, [receive], '2026-04-24T11:00:00')))).toBe('CENTRE')
  })
  test('where each kept the own time nobody did', () => {
    expect(lateBy({ CENTRE: 0, COURIER: 0, AGENCY: 0 })).toBeNull()
  })
})

const CENTRE = 'tthcc-mong-cai'
/** Hạ Long’s, received at Móng Cái. */
const AGENCY = 'tu-phap-ha-long'
const WARD = '06655'
const beyond = async () => {
  const made = await aDossier(province, {
    procedure: PROCEDURES.sameDay,
    receivingCentre: CENTRE,
    resolvingUnit: AGENCY,
  })
  return { ...made, view: await viewOf(province, made.code) }
}
const handOver = async (code: string, from: string) => {
  const by = holderAt(province, 'RECEPTION', from)
  const { sheets, refused } = await province.services.dossiers.handover.create(
    { kind: 'dossiers', from, dossiers: [code] },
    asked(by),
  )
  expect(refused).toEqual([])
  return sheets[0]?.code ?? ''
}

describe('a dossier received elsewhere', () => {
  test('says who watches over it, and is none where its own district received it', async () => {
    const { view } = await beyond()
    expect(view).toMatchObject({ nonTerritorial: true, hands: { supervisedBy: { id: 'tthcc-ha-long' } } })
    const own = await aDossier(province, {
      procedure: PROCEDURES.birth,
      receivingCentre: 'tthcc-ha-long',
      owner: { ...PERSON, commune: WARD },
    })
    expect(await viewOf(province, own.code)).toMatchObject({
      nonTerritorial: false,
      hands: { supervisedBy: null },
    })
  })

  test('can be read where it is watched over, and at no other centre beside', async () => {
    const { code } = await beyond()
    const open = async (centre: string) => {
      const director = province.actor('CENTRE_DIRECTOR', centre)
      const { items } = await province.services.dossiers.list({ limit: 200 }, asked(director))
      const read = await viewOf(province, code, director).then(
        () => true,
        () => false,
      )
      return { read, listed: items.some((one) => one.code === code) }
    }
    expect(await open('tthcc-ha-long')).toEqual({ read: true, listed: true })
    expect(await open(CENTRE)).toEqual({ read: true, listed: true })
    expect(await open('tthcc-uong-bi')).toEqual({ read: false, listed: false })
  })

  test('the courier’s days on the sheet are the courier’s, on its page and in the figures', async () => {
    const { code, view } = await beyond()
    await walkTo(province, code, 'appraise', { minutes: 10 })
    const sheet = await handOver(code, CENTRE)
    province.clock.set(at('2026-04-24T09:00:00'))
    const taker = holderAt(province, 'CLERK', view.resolvingUnit.id)
    await province.services.dossiers.handover.receive({ sheet, received: [code] }, asked(taker))
    province.clock.set(at('2026-04-24T09:30:00'))
    const { hands, pace } = await viewOf(province, code)
    expect(pace).toBe('OVERDUE')
    const travel = hands.legs.find(({ kind }) => kind === 'PAPER_TRAVEL')
    expect(travel).toMatchObject({ holder: 'COURIER', unit: null, to: '2026-04-24T09:00:00+07:00' })
    expect(travel?.over).toBeGreaterThan(0)
    expect(hands.late).toMatchObject({ by: 'COURIER' })
    const figures = await province.services.dossiers.lateHands(
      { days: 30 },
      asked(province.actor('SUPERVISOR')),
    )
    expect(figures.holders.find(({ holder }) => holder === 'COURIER')?.dossiers).toBeGreaterThan(0)
    const pair = figures.matrix.find(
      ({ receiving, resolving }) => receiving.id === CENTRE && resolving.id === view.resolvingUnit.id,
    )
    expect(pair?.late).toBeGreaterThan(0)
    // What another centre received is not counted for this one.
    const other = await province.services.dossiers.lateHands(
      { days: 30, centre: 'tthcc-cam-pha' },
      asked(province.actor('SUPERVISOR')),
    )
    expect([other.late, other.matrix]).toEqual([0, []])
  })

  test('an agency that sits on a dossier is blamed itself', async () => {
    const { code } = await beyond()
    await walkTo(province, code, 'appraise', { minutes: 10 })
    province.clock.set(at('2026-04-24T09:30:00'))
    await walkTo(province, code, 'approve', { minutes: 1 })
    const { hands } = await viewOf(province, code)
    expect(hands.late?.by).toBe('AGENCY')
  })

  test('what is in time blames nobody', async () => {
    const { view } = await beyond()
    expect(view.hands.late).toBeNull()
  })
})
