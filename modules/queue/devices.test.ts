import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aProvince, type Province } from '../../tests/support/province.ts'
import type { HallDevice } from './contract.ts'

const CENTRE = 'tthcc-tinh'
let province: Province
beforeEach(async () => {
  province = await aProvince()
})
afterEach(() => province.close())

const director = () => province.actor('CENTRE_DIRECTOR', CENTRE)
const clerk = () => province.actor('RECEPTION', CENTRE)
const register = (body: object) => province.call(director(), 'POST', `/centres/${CENTRE}/devices`, body)
const printer = async (name = 'Máy in sảnh'): Promise<{ device: HallDevice; token: string }> =>
  (await register({ kind: 'PRINTER', name })).json()
const report = (token: string, state: string, more: object = {}) =>
  province.call(null, 'POST', '/printers/report', { token, state, queued: 0, doubtful: 0, ...more })
const list = async (): Promise<HallDevice[]> =>
  (await province.call(clerk(), 'GET', `/centres/${CENTRE}/devices`)).json().items
const events = async (type: string) =>
  (await province.db.selectFrom('event').select('body').where('type', '=', type).execute()).map(
    ({ body }) => JSON.parse(body).data,
  )

describe('a printer of the hall', () => {
  it('is registered with a token that is shown once and kept as a hash', async () => {
    const { device, token } = await printer()
    expect(device).toMatchObject({ kind: 'PRINTER', width: 576, contact: 'NEVER', state: null })
    const row = await province.db.selectFrom('hall_device').selectAll().executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toContain(token)
    expect(JSON.stringify(await list())).not.toContain(token)
    expect(JSON.stringify(await events('device-registered'))).not.toContain(token)
  })

  it('tells how it is, which the clerks see; only a change is an event', async () => {
    const { token } = await printer()
    for (const state of ['READY', 'READY', 'PAPER_OUT', 'PAPER_OUT']) {
      expect((await report(token, state, { queued: 2 })).statusCode).toBe(200)
      province.clock.advance(10_000)
    }
    expect(await list()).toMatchObject([
      { state: 'PAPER_OUT', contact: 'LIVE', queued: 2, stateSince: '2026-04-21T08:00:20+07:00' },
    ])
    expect((await events('printer-state-changed')).map(({ from, to }) => [from, to])).toEqual([
      [null, 'READY'],
      ['READY', 'PAPER_OUT'],
    ])
    province.clock.advance(61_000)
    expect(await list()).toMatchObject([{ contact: 'SILENT' }])
  })

  it('tells it twice at once, and it is one change', async () => {
    const { token } = await printer()
    await Promise.all(Array.from({ length: 6 }, () => report(token, 'COVER_OPEN')))
    expect(await events('printer-state-changed')).toHaveLength(1)
  })

  it('is no longer heard with a token that was renewed or of a printer out of use', async () => {
    const { device, token } = await printer()
    const renewed = (await province.call(director(), 'POST', `/devices/${device.id}/token`, {})).json()
    expect((await report(token, 'READY')).json().code).toBe('queue.device-not-paired')
    expect((await report(renewed.token, 'READY')).statusCode).toBe(200)
    expect((await province.call(director(), 'POST', `/devices/${device.id}/retire`, {})).statusCode).toBe(200)
    expect((await report(renewed.token, 'READY')).json().code).toBe('queue.device-not-paired')
    expect(await list()).toEqual([])
    const gone = await province.call(director(), 'POST', `/devices/${device.id}/retire`, {})
    expect(gone.json().code).toBe('queue.unknown-device')
    // Its name is free again.
    expect((await register({ kind: 'PRINTER', name: device.name })).statusCode).toBe(201)
  })

  it('has a name of its own in the centre, also when two register it at once', async () => {
    const both = await Promise.all([1, 2].map(() => register({ kind: 'PRINTER', name: 'Máy in quầy 3' })))
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409])
    expect(both.find(({ statusCode }) => statusCode === 409)?.json().code).toBe('queue.device-name-taken')
  })

  it('is no kiosk: its token opens nothing of theirs', async () => {
    const { token } = await printer()
    const moment = { at: 1, session: 'a-session', mono: 1 }
    const answer = await province.call(null, 'POST', '/kiosks/leases', {
      token,
      moment,
      holds: [],
      wanted: [],
    })
    expect(answer.json().code).toBe('queue.device-not-paired')
  })
})

it('lets clerks look and those who set the hall up register, each at their own centre', async () => {
  const asClerk = await province.call(clerk(), 'POST', `/centres/${CENTRE}/devices`, {
    kind: 'KIOSK',
    name: 'Kiosk 1',
  })
  expect(asClerk.json().code).toBe('queue.not-your-centre')
  const elsewhere = province.actor('CENTRE_DIRECTOR', 'tthcc-ha-long')
  for (const [method, url] of [
    ['GET', `/centres/${CENTRE}/devices`],
    ['POST', `/centres/${CENTRE}/devices`],
  ] as const)
    expect(
      (
        await province.call(
          elsewhere,
          method,
          url,
          method === 'POST' ? { kind: 'KIOSK', name: 'Kiosk 1' } : undefined,
        )
      ).json().code,
    ).toBe('queue.not-your-centre')
  const { device } = await printer()
  for (const verb of ['token', 'retire'])
    for (const who of [clerk(), elsewhere])
      expect((await province.call(who, 'POST', `/devices/${device.id}/${verb}`, {})).json().code).toBe(
        'queue.not-your-centre',
      )
  expect((await province.call(clerk(), 'GET', '/centres/khong-co/devices')).json().code).toBe(
    'queue.unknown-centre',
  )
})
