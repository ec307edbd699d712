import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StaffActor } from '#modules/identity/contract.ts'
import { Refusal } from '#platform/errors.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import type { OpeningRuleView } from './contract.ts'
import type { QueueService } from './service.ts'

const CENTRE = 'tthcc-tinh'
const COUNTER = `${CENTRE}-quay-1`
let province: Province
let director: StaffActor
let clerk: StaffActor
let group: string
beforeAll(async () => {
  province = await aProvince({ poolSize: 16 })
  director = province.actor('CENTRE_DIRECTOR', CENTRE)
  clerk = province.actor('RECEPTION', CENTRE)
  await queue().counters.open({ counter: COUNTER }, clerk)
})
afterAll(() => province.close())

const queue = () => province.services.queue
const at = (text: string) => `${text}:00+07:00`
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )
const rule = (more: Partial<OpeningRuleView> = {}) => ({
  ...{ group, opens: true, from: '2026-04-20', to: null, weekdays: [1, 2, 3, 4, 5], everyWeeks: 1 },
  ...{ nthOfMonth: null, fromMinute: 480, toMinute: 600, slotMinutes: 30 },
  ...{ publicCapacity: 1, staffCapacity: 1, note: '', ...more },
})
const addRule = (more: Partial<OpeningRuleView> = {}) =>
  queue().openings.add({ centre: CENTRE, ...rule(more) }, director, undefined)
const LETTERS = ['X', 'Y'].flatMap((first) =>
  [...'ABCDEFGHIKLMNOPQRSTUV'].map((letter) => `${first}${letter}`),
)
/** A service of its own for each test, so that nobody's times are somebody else's. */
beforeEach(async () => {
  province.clock.set(START)
  const made = await queue().setup.add(
    {
      ...{
        centre: CENTRE,
        prefix: LETTERS.shift() ?? '',
        name: 'Đặt lịch',
        nameEn: 'Booked',
        kind: 'reception',
      },
      ...{ fields: [], weekdays: [1, 2, 3, 4, 5, 6, 7], sessions: 'ALL', numberFrom: 1, dailyLimit: null },
      ...{ stopsBefore: 0, active: true, counters: [{ counter: COUNTER, weight: 100 }] },
    },
    director,
    undefined,
  )
  group = made.id
})
const hold = (time: string, slots = 1, service: QueueService = queue()) =>
  service.appointments.hold({ centre: CENTRE, group, at: at(time), slots }, undefined)
const WHO = { name: 'Nguyễn Văn Mẫu', phone: '0900000001', procedures: ['1.000426'] }
const confirm = (token: string) => queue().appointments.confirm({ token, ...WHO })
const book = async (time: string, slots = 1) => (await confirm((await hold(time, slots)).token)).token
const left = async (date: string, slots = 1): Promise<Record<string, number>> => {
  const asked = { centre: CENTRE, group, from: date, days: 1, slots }
  const { days } = await queue().appointments.slots(asked)
  return Object.fromEntries((days[0]?.times ?? []).map((one) => [one.at.slice(11, 16), one.left]))
}
// START is Tuesday 21 April 2026, 08:00.

describe('booking', () => {
  it('keeps a time for five minutes, then books it, and shows nothing personal but what its holder wrote', async () => {
    await addRule()
    const held = await hold('2026-04-22T08:30')
    expect(held).toMatchObject({ state: 'HELD', may: { confirm: true, move: false } })
    expect(await left('2026-04-22')).toEqual({ '08:00': 1, '08:30': 0, '09:00': 1, '09:30': 1 })
    const booked = await confirm(held.token)
    expect(booked).toMatchObject({ state: 'BOOKED', name: WHO.name, phone: '•••• ••• 001' })
    expect((await confirm(held.token)).state).toBe('BOOKED')
    const other = queue().appointments.confirm({ token: held.token, ...WHO, name: 'Người khác' })
    expect(await codeOf(other)).toBe('queue.appointment-moved-on')
  })

  it('gives the time back when nobody confirms', async () => {
    await addRule()
    const held = await hold('2026-04-22T08:30')
    province.clock.advance(5 * 60_000)
    expect(await codeOf(confirm(held.token))).toBe('queue.hold-expired')
    await queue().watchAppointments()
    expect((await left('2026-04-22'))['08:30']).toBe(1)
    expect((await queue().appointments.get({ token: held.token })).state).toBe('EXPIRED')
    expect(await codeOf(confirm(held.token))).toBe('queue.hold-expired')
    expect(await codeOf(hold('2026-04-22T08:30'))).toBe('done')
  })

  it('takes several times in a row for a long visit, whole or not at all', async () => {
    await addRule()
    await book('2026-04-22T09:00')
    expect(await left('2026-04-22', 2)).toEqual({ '08:00': 1, '08:30': 0, '09:00': 0 })
    expect(await codeOf(hold('2026-04-22T08:30', 2))).toBe('queue.time-taken')
    expect((await left('2026-04-22'))['08:30']).toBe(1)
    expect(await codeOf(hold('2026-04-22T09:30', 2))).toBe('queue.no-such-time')
  })

  it.each([
    ['no rule', '2026-04-25T08:30', 'queue.no-such-time'],
    ['between two times', '2026-04-22T08:45', 'queue.no-such-time'],
    ['a holiday', '2026-04-30T08:30', 'queue.no-such-time'],
    ['beyond a month', '2026-05-29T08:30', 'queue.no-such-time'],
    ['over', '2026-04-20T08:30', 'queue.time-over'],
  ])('refuses a time with %s', async (_, time, code) => {
    await addRule()
    expect(await codeOf(hold(time))).toBe(code)
  })

  it('refuses a centre or service that is none', async () => {
    const asked = { centre: CENTRE, group, at: at('2026-04-22T08:30'), slots: 1 }
    const ask = (more: object) => codeOf(queue().appointments.hold({ ...asked, ...more }, undefined))
    expect(await ask({ centre: 'khong-co' })).toBe('queue.unknown-centre')
    expect(await ask({ group: '00000000-0000-7000-8000-000000000000' })).toBe('queue.unknown-service-group')
    expect(await codeOf(queue().appointments.get({ token: 'khong-co' }))).toBe('queue.unknown-appointment')
  })

  it('of fifty people who want the same three places in two processes three get one', async () => {
    await addRule({ publicCapacity: 3 })
    const other = province.anotherProcess({ poolSize: 8 }).queue
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        codeOf(hold('2026-04-22T08:30', 1, i % 2 === 0 ? queue() : other)),
      ),
    )
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(3)
    expect(new Set(outcomes)).toEqual(new Set(['done', 'queue.time-taken']))
    expect((await left('2026-04-22'))['08:30']).toBe(0)
  })

  it('long visits that cross one another at once neither wait for ever nor share a time', async () => {
    await addRule({ publicCapacity: 1 })
    const starts = ['08:00', '08:30', '09:00'].flatMap((time) => Array.from({ length: 8 }, () => time))
    const outcomes = await Promise.all(
      starts.map((time) => hold(`2026-04-23T${time}`, 2).then((one) => one.startsAt.slice(11, 16), String)),
    )
    const got = outcomes.filter((one) => /^\d\d:\d\d$/.test(one)).toSorted()
    expect([['08:00', '09:00'], ['08:30']]).toContainEqual(got)
    const free = Object.values(await left('2026-04-23'))
    expect(free.reduce((sum, one) => sum + one, 0)).toBe(4 - 2 * got.length)
  })
})

describe('the holder', () => {
  it('moves to another time, and the first is free; three times at most', async () => {
    await addRule()
    const token = await book('2026-04-22T08:00')
    const move = (time: string) => queue().appointments.move({ token, at: at(time) })
    expect((await move('2026-04-22T09:00')).startsAt).toBe(at('2026-04-22T09:00'))
    expect(await left('2026-04-22')).toEqual({ '08:00': 1, '08:30': 1, '09:00': 0, '09:30': 1 })
    await book('2026-04-22T09:30')
    expect(await codeOf(move('2026-04-22T09:30'))).toBe('queue.time-taken')
    expect((await queue().appointments.get({ token })).startsAt).toBe(at('2026-04-22T09:00'))
    await move('2026-04-23T09:00')
    await move('2026-04-24T09:00')
    expect(await codeOf(move('2026-04-22T08:00'))).toBe('queue.moved-too-often')
  })

  it('of many who change places with one another at once nobody waits for ever and nothing is lost', async () => {
    await addRule({ publicCapacity: 4 })
    const other = province.anotherProcess({ poolSize: 8 }).queue
    const times = ['2026-04-22T08:00', '2026-04-22T09:00']
    const tokens = await Promise.all(
      times.flatMap((time) => [1, 2, 3].map(async () => ({ time, token: await book(time, 2) }))),
    )
    const outcomes = await Promise.all(
      tokens.flatMap(({ time, token }, i) => {
        const service = i % 2 === 0 ? queue() : other
        const to = times.find((one) => one !== time) ?? ''
        return i % 3 === 2
          ? codeOf(service.appointments.cancel({ token }))
          : codeOf(service.appointments.move({ token, at: at(to) }))
      }),
    )
    expect(new Set([...outcomes, 'done', 'queue.time-taken'])).toEqual(new Set(['done', 'queue.time-taken']))
    const standing = await Promise.all(tokens.map(({ token }) => queue().appointments.get({ token })))
    const booked = standing.filter(({ state }) => state === 'BOOKED')
    expect(booked).toHaveLength(4)
    const free = Object.values(await left('2026-04-22'))
    expect(free.reduce((sum, one) => sum + one, 0)).toBe(4 * 4 - booked.length * 2)
  })

  it('moves by one time within a long visit of the own', async () => {
    await addRule()
    const token = await book('2026-04-22T08:00', 2)
    const moved = await queue().appointments.move({ token, at: at('2026-04-22T08:30') })
    expect(moved.endsAt).toBe(at('2026-04-22T09:30'))
    expect(await left('2026-04-22')).toEqual({ '08:00': 1, '08:30': 0, '09:00': 0, '09:30': 1 })
  })

  it('cancels, twice as once, and the time is free', async () => {
    await addRule()
    const token = await book('2026-04-22T08:00')
    await Promise.all([1, 2, 3].map(() => queue().appointments.cancel({ token })))
    expect((await left('2026-04-22'))['08:00']).toBe(1)
    expect(await codeOf(queue().appointments.move({ token, at: at('2026-04-23T08:00') }))).toBe(
      'queue.appointment-moved-on',
    )
    expect(await codeOf(queue().appointments.arrive({ token, channel: 'KIOSK' }))).toBe(
      'queue.appointment-moved-on',
    )
  })
})

describe('arriving', () => {
  const arrive = (token: string) => queue().appointments.arrive({ token, channel: 'KIOSK' })

  it('gives one number, however often the kiosk is tapped', async () => {
    await addRule()
    const token = await book('2026-04-22T09:00')
    expect(await codeOf(arrive(token))).toBe('queue.not-today')
    province.clock.set(new Date(at('2026-04-22T06:58')))
    expect(await codeOf(arrive(token))).toBe('queue.not-today')
    province.clock.set(new Date(at('2026-04-22T08:50')))
    const numbers = await Promise.all([1, 2, 3, 4].map(() => arrive(token)))
    expect(new Set(numbers.map(({ number }) => number)).size).toBe(1)
    expect((await queue().visitors.get({ token: numbers[0]?.token ?? '' })).state).toBe('WAITING')
    expect((await queue().appointments.get({ token })).ticket).toBe(numbers[0]?.token)
  })

  it.each([
    ['in time goes before who came without', '08:50', 'appointment'],
    ['a quarter of an hour late still does', '09:14', 'appointment'],
    ['later stands in line like everybody', '09:16', 'walk-in'],
  ])('%s', async (_, time, expected) => {
    await addRule()
    const token = await book('2026-04-22T09:00')
    province.clock.set(new Date(at(`2026-04-22T${time}`)))
    const walkIn = await queue().takeTicket(
      {
        ...{ centre: CENTRE, serviceGroup: group, priorityClass: 'NONE', channel: 'KIOSK' },
        ...{ procedures: [], language: 'vi' },
      },
      undefined,
    )
    province.clock.advance(1_000)
    const { number } = await arrive(token)
    const { items } = await queue().floor.tickets(
      { centre: CENTRE, group, state: 'WAITING', limit: 10 },
      clerk,
    )
    const line = items.map((one) => one.number)
    expect(line).toEqual(expected === 'appointment' ? [number, walkIn.number] : [walkIn.number, number])
  })

  it('is not for a time that was only kept', async () => {
    await addRule()
    const { token } = await hold('2026-04-21T09:00')
    expect(await codeOf(arrive(token))).toBe('queue.hold-expired')
  })
})

describe('officers', () => {
  it('book from the share kept for them, and see who is expected', async () => {
    await addRule()
    await book('2026-04-22T08:30')
    const wanted = { centre: CENTRE, group, at: at('2026-04-22T08:30'), slots: 1, ...WHO }
    const booked = await queue().appointments.bookForVisitor(wanted, clerk, undefined)
    expect(booked.state).toBe('BOOKED')
    const again = queue().appointments.bookForVisitor(wanted, clerk, undefined)
    expect(await codeOf(again)).toBe('queue.time-taken')
    const { items } = await queue().appointments.ofDay({ centre: CENTRE, day: '2026-04-22' }, clerk)
    const here = items.filter(({ serviceGroup }) => serviceGroup.id === group)
    expect(here.map(({ side, madeBy }) => [side, madeBy]).toSorted()).toEqual([
      ['PUBLIC', null],
      ['STAFF', clerk.name],
    ])
    const elsewhere = province.actor('RECEPTION', 'tthcc-cam-pha')
    const looked = queue().appointments.ofDay({ centre: CENTRE }, elsewhere)
    expect(await codeOf(looked)).toBe('queue.not-your-centre')
  })

  it('set rules that are possible, one after the other, and are told what contradicts', async () => {
    const first = await addRule()
    const second = await addRule({ fromMinute: 570, toMinute: 660, weekdays: [5] })
    const { conflicts } = await queue().openings.list({ centre: CENTRE }, director)
    const own = conflicts.filter(({ a, b }) => [a, b].includes(first.id))
    expect(own).toEqual([
      { a: first.id, b: second.id, dates: expect.arrayContaining(['2026-04-24', '2026-05-01']) },
    ])
    expect(await codeOf(addRule({ toMinute: 490 }))).toBe('queue.opening-impossible')
    expect(await codeOf(addRule({ to: '2026-04-01' }))).toBe('queue.opening-impossible')
    const change = (version: number) => {
      const { id, version: _read, ...rest } = second
      return codeOf(queue().openings.change({ opening: id, version, ...rest, toMinute: 690 }, director))
    }
    expect((await Promise.all([change(1), change(1)])).toSorted()).toEqual([
      'done',
      'queue.changed-meanwhile',
    ])
    expect(await codeOf(queue().openings.remove({ opening: second.id }, clerk))).toBe('queue.not-your-centre')
    expect(await codeOf(queue().openings.remove({ opening: second.id }, director))).toBe('done')
    expect(await codeOf(queue().openings.remove({ opening: second.id }, director))).toBe(
      'queue.unknown-opening',
    )
  })

  it('who is booked keeps the time when its rule goes', async () => {
    const made = await addRule()
    const token = await book('2026-04-22T08:30')
    await queue().openings.remove({ opening: made.id }, director)
    expect(await codeOf(hold('2026-04-22T09:00'))).toBe('queue.no-such-time')
    province.clock.set(new Date(at('2026-04-22T08:25')))
    expect(await codeOf(queue().appointments.arrive({ token, channel: 'PHONE' }))).toBe('done')
  })
})

describe('time alone', () => {
  it('reminds the day before, once, also when two processes look, and tells who did not come', async () => {
    await addRule()
    const token = await book('2026-04-23T08:30')
    const id = (
      await province.db
        .selectFrom('appointment')
        .select('id')
        .where('token', '=', token)
        .executeTakeFirstOrThrow()
    ).id
    const types = async () =>
      (await province.services.log.timeline(province.db, { kind: 'appointment', id })).map(({ type }) => type)
    await queue().watchAppointments()
    expect(await types()).toEqual(['appointment-booked'])
    province.clock.set(new Date(at('2026-04-22T08:01')))
    const other = province.anotherProcess({ poolSize: 4 }).queue
    await Promise.all([queue().watchAppointments(), other.watchAppointments()])
    expect(await types()).toEqual(['appointment-booked', 'appointment-reminded'])
    province.clock.set(new Date(at('2026-04-24T08:01')))
    await Promise.all([queue().watchAppointments(), other.watchAppointments()])
    expect(await types()).toEqual(['appointment-booked', 'appointment-reminded', 'appointment-missed'])
    expect((await queue().appointments.get({ token })).state).toBe('MISSED')
  })
})
