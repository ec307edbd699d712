import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StaffActor } from '#modules/identity/contract.ts'
import { Refusal } from '#platform/errors.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'

const CENTRE = 'tthcc-tinh'
const COUNTER = `${CENTRE}-quay-1`
const NOBODY = '00000000-0000-7000-8000-000000000000'
let province: Province
let clerk: StaffActor
let guide: StaffActor
let officer: StaffActor
beforeAll(async () => {
  province = await aProvince()
  clerk = province.actor('RECEPTION', CENTRE)
  guide = { ...clerk, id: 'nguoi-huong-dan', name: 'Mẫu Thị Hướng Dẫn' }
  officer = { ...clerk, id: 'can-bo-khac', name: 'Mẫu Văn Khác' }
})
afterAll(() => province.close())
beforeEach(async () => {
  province.clock.set(START)
  await province.db.deleteFrom('help_call').execute()
  await province.db.deleteFrom('counter_state').execute()
  await queue().counters.open({ counter: COUNTER }, clerk)
})

const queue = () => province.services.queue
const minutes = (count: number) => province.clock.advance(count * 60_000)
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )
const ask = (wanted = true) => queue().counters.askForHelp({ counter: COUNTER, wanted }, clerk)
const openCalls = async (actor = guide) => (await queue().floor.floor({ centre: CENTRE }, actor)).help
const eventsOf = async (call: string) => {
  const rows = await province.db.selectFrom('event').select(['type', 'body']).orderBy('id').execute()
  return rows
    .filter(({ type }) => type.startsWith('help-'))
    .map(({ type, body }) => ({ type, data: JSON.parse(body).data }))
    .filter(({ data }) => data.call === call)
}

describe('an officer who wants a colleague', () => {
  it('is seen by everybody in the hall, with place and time, until somebody goes and it is done', async () => {
    const { help } = await ask()
    minutes(1)
    expect(await openCalls()).toMatchObject([
      {
        ...{ kind: 'COUNTER', counter: 1, askedBy: clerk.name, askedAt: '2026-04-21T08:00:00+07:00' },
        ...{ taken: null, overdue: false },
      },
    ])
    expect((await ask()).help?.id).toBe(help?.id)
    const call = help?.id ?? ''
    expect((await queue().help.take({ call }, guide)).taken).toMatchObject({ by: guide.name, mine: true })
    expect((await openCalls(officer))[0]?.taken).toMatchObject({ by: guide.name, mine: false })
    const strip = await queue().counters.queue({ counter: COUNTER }, clerk)
    expect(strip.help?.taken?.by).toBe(guide.name)
    await queue().help.end({ call }, guide)
    await queue().help.end({ call }, guide)
    expect(await openCalls()).toEqual([])
    expect((await eventsOf(call)).map(({ type }) => type)).toEqual(['help-asked', 'help-taken', 'help-ended'])
    expect(await codeOf(queue().help.take({ call }, officer))).toBe('queue.help-over')
  })

  it('gets one of two who go at once; the other is told who', async () => {
    const { help } = await ask()
    const call = help?.id ?? ''
    const other = province.anotherProcess().queue
    const outcomes = await Promise.all([
      codeOf(queue().help.take({ call }, guide)),
      codeOf(other.help.take({ call }, officer)),
    ])
    expect(outcomes.toSorted()).toEqual(['done', 'queue.help-taken'])
    expect((await eventsOf(call)).filter(({ type }) => type === 'help-taken')).toHaveLength(1)
  })

  it('says that it is done, or leaves the counter: the call ends with it', async () => {
    const first = await ask()
    expect((await ask(false)).help).toBeNull()
    const second = await ask()
    await queue().counters.close({ counter: COUNTER }, clerk)
    expect(await openCalls()).toEqual([])
    const ends = [...(await eventsOf(first.help?.id ?? '')), ...(await eventsOf(second.help?.id ?? ''))]
    expect(ends.filter(({ type }) => type === 'help-ended').map(({ data }) => data.how)).toEqual([
      'HELPED',
      'COUNTER_CLOSED',
    ])
  })

  it('is told again while nobody goes, less and less often, and ends with its day; never in silence', async () => {
    const { help } = await ask()
    const call = help?.id ?? ''
    const other = province.anotherProcess().queue
    const watched = async (at: string) => {
      province.clock.set(new Date(`2026-04-${at}:00+07:00`))
      await Promise.all([queue().help.watch(), other.help.watch(), queue().help.watch()])
      return (await eventsOf(call)).filter(({ type }) => type === 'help-overdue').length
    }
    const told = []
    for (const at of ['21T08:02', '21T08:03', '21T08:04', '21T08:06', '21T08:08', '21T08:12'])
      told.push(await watched(at))
    expect(told).toEqual([0, 1, 1, 2, 2, 3])
    expect((await openCalls())[0]?.overdue).toBe(true)
    await watched('22T00:01')
    expect(await openCalls()).toEqual([])
    expect((await eventsOf(call)).at(-1)).toMatchObject({ type: 'help-ended', data: { how: 'DAY_OVER' } })
  })

  it('is not told again once somebody goes', async () => {
    const { help } = await ask()
    await queue().help.take({ call: help?.id ?? '' }, guide)
    minutes(30)
    await queue().help.watch()
    expect((await eventsOf(help?.id ?? '')).map(({ type }) => type)).toEqual(['help-asked', 'help-taken'])
  })

  it('is helped by those of this hall alone', async () => {
    const { help } = await ask()
    const elsewhere = province.actor('RECEPTION', 'tthcc-cam-pha')
    const call = help?.id ?? ''
    expect(await codeOf(queue().help.take({ call }, elsewhere))).toBe('queue.not-your-centre')
    expect(await codeOf(queue().help.end({ call }, elsewhere))).toBe('queue.not-your-centre')
    expect(await codeOf(queue().help.take({ call: NOBODY }, guide))).toBe('queue.unknown-help-call')
  })
})

describe('a visitor at a kiosk', () => {
  const atKiosk = (token?: string, service = queue()) =>
    service.help.atKiosk({ centre: CENTRE, ...(token ? { token } : {}) })

  it('calls an officer, who is told which kiosk, and sees who comes', async () => {
    const director = province.actor('CENTRE_DIRECTOR', CENTRE)
    const { token } = await queue().devices.register(
      { centre: CENTRE, kind: 'KIOSK', name: 'Máy lấy số cửa đông', width: '576' },
      director,
    )
    const { id, comes } = await atKiosk(token)
    expect(comes).toBeNull()
    expect(await openCalls()).toMatchObject([
      { kind: 'KIOSK', place: 'Máy lấy số cửa đông', askedBy: null, counter: null },
    ])
    await queue().help.take({ call: id }, guide)
    expect(await queue().help.kiosk({ call: id })).toMatchObject({ comes: guide.name, over: false })
    await queue().help.end({ call: id }, guide)
    expect((await queue().help.kiosk({ call: id })).over).toBe(true)
    expect(await codeOf(atKiosk('nobodys-token-000000'))).toBe('queue.device-not-paired')
    expect(await codeOf(queue().help.atKiosk({ centre: 'khong-co' }))).toBe('queue.unknown-centre')
  })

  it('taps ten times in two processes, and it is one call; takes it back', async () => {
    const other = province.anotherProcess().queue
    const calls = await Promise.all(
      Array.from({ length: 10 }, (_, i) => atKiosk(undefined, i % 2 === 0 ? queue() : other)),
    )
    expect(new Set(calls.map(({ id }) => id)).size).toBe(1)
    const call = calls[0]?.id ?? ''
    expect((await queue().help.withdraw({ call })).over).toBe(true)
    expect((await queue().help.withdraw({ call })).over).toBe(true)
    expect((await eventsOf(call)).map(({ type }) => type)).toEqual(['help-asked', 'help-ended'])
    expect((await atKiosk()).id).not.toBe(call)
  })

  it('neither reads nor ends what an officer asked for', async () => {
    const { help } = await ask()
    const call = help?.id ?? ''
    expect(await codeOf(queue().help.kiosk({ call }))).toBe('queue.unknown-help-call')
    expect(await codeOf(queue().help.withdraw({ call }))).toBe('queue.unknown-help-call')
  })
})
