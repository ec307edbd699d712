import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StaffActor } from '#modules/identity/contract.ts'
import { inTransaction } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import type { ServiceGroupSetup } from './contract.ts'
import { lockNumbers } from './store/floor.ts'
import { takeNumbers } from './store/tickets.ts'

const CENTRE = 'tthcc-tinh'
const COUNTER = `${CENTRE}-quay-1`
let province: Province
let director: StaffActor
let clerk: StaffActor
beforeAll(async () => {
  province = await aProvince()
  director = province.actor('CENTRE_DIRECTOR', CENTRE)
  clerk = province.actor('RECEPTION', CENTRE)
  await queue().counters.open({ counter: COUNTER }, clerk)
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const queue = () => province.services.queue
const setup = () => queue().setup
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )
const fields = (more: Partial<ServiceGroupSetup> = {}) => ({
  ...{ prefix: 'W', name: 'Chứng thực nhanh', nameEn: 'Quick certification', kind: 'reception' as const },
  ...{ fields: [], weekdays: [1, 2, 3, 4, 5, 6, 7], sessions: 'ALL' as const, numberFrom: 1 },
  ...{ dailyLimit: null, stopsBefore: 30, active: true, counters: [{ counter: COUNTER, weight: 2 }] },
  ...more,
})
const LETTERS = ['W', 'V'].flatMap((first) => [...'ABCDEFGHIKL'].map((letter) => `${first}${letter}`))
const added = (more: Partial<ServiceGroupSetup> = {}) =>
  setup().add(
    { centre: CENTRE, ...fields({ ...more, prefix: more.prefix ?? LETTERS.shift() ?? '' }) },
    director,
    undefined,
  )
const take = (group: { id: string }) =>
  queue().takeTicket(
    {
      ...{ centre: CENTRE, serviceGroup: group.id, priorityClass: 'NONE', channel: 'KIOSK' },
      ...{ procedures: [], language: 'vi' },
    },
    undefined,
  )
const changed = ({ id, version, ordinal: _o, givenToday: _g, ...rest }: ServiceGroupSetup, more: object) =>
  setup().change({ group: id, version, ...rest, ...more }, director)

describe('a service of the hall', () => {
  it('is offered as soon as it is added, at its counters, and gone when out of use', async () => {
    const group = await added()
    const ticket = await take(group)
    expect(ticket.number).toBe(`${group.prefix}001`)
    const called = await queue().callNext({ counter: COUNTER }, clerk, undefined)
    expect(called.number).toBe(ticket.number)
    const without = await changed(group, { active: false })
    expect(without.version).toBe(2)
    const { items } = await queue().serviceGroups({ centre: CENTRE })
    expect(items.map(({ id }) => id)).not.toContain(group.id)
    // What the kiosks ask together is answered together, for half a second.
    province.clock.advance(1_000)
    expect(await codeOf(take(group))).toBe('queue.unknown-service-group')
  })

  it('begins its numbers where it is told to, and counts its limit from there', async () => {
    const group = await added({ numberFrom: 301, dailyLimit: 2 })
    expect((await take(group)).number).toBe(`${group.prefix}301`)
    expect((await take(group)).number).toBe(`${group.prefix}302`)
    expect(await codeOf(take(group))).toBe('queue.daily-limit-reached')
    province.clock.set(new Date('2026-04-22T08:00:00+07:00'))
    expect((await take(group)).number).toBe(`${group.prefix}301`)
  })

  // 21 April 2026 is a Tuesday; the 30th is a holiday. Sessions of the centre: 07:30–11:30 and 13:30–17:00.
  it.each([
    ['Tuesdays, on Tuesday', { weekdays: [2] }, '2026-04-21T09:00', 'done'],
    ['Mondays, on Tuesday', { weekdays: [1] }, '2026-04-21T09:00', 'queue.centre-closed'],
    ['mornings, in the morning', { sessions: 'MORNING' as const }, '2026-04-21T09:00', 'done'],
    ['mornings, close to noon', { sessions: 'MORNING' as const }, '2026-04-21T11:15', 'queue.closing-soon'],
    [
      'mornings, in the afternoon',
      { sessions: 'MORNING' as const },
      '2026-04-21T14:00',
      'queue.centre-closed',
    ],
    ['afternoons, already in the morning', { sessions: 'AFTERNOON' as const }, '2026-04-21T09:00', 'done'],
    ['all week, on a holiday', {}, '2026-04-30T09:00', 'queue.centre-closed'],
  ])('given on %s', async (_, when, at, outcome) => {
    const group = await added(when)
    province.clock.set(new Date(`${at}:00+07:00`))
    expect(await codeOf(take(group))).toBe(outcome)
  })

  it('keeps letter and first number while today’s numbers are in people’s hands', async () => {
    const group = await added()
    await take(group)
    expect(await codeOf(changed(group, { prefix: 'ZZ' }))).toBe('queue.numbers-given')
    expect(await codeOf(changed(group, { numberFrom: 100 }))).toBe('queue.numbers-given')
    province.clock.set(new Date('2026-04-22T06:58:00+07:00'))
    expect(await codeOf(changed(group, { prefix: 'ZZ' }))).toBe('done')
  })

  describe('whose letter is changed in the very instant that a number is taken', () => {
    /** Somebody waits for a row of services in this database. */
    const waiting = () =>
      expect
        .poll(
          async () => {
            const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
              where datname = current_database() and wait_event_type = 'Lock'
                and query like '%service_group%'`.execute(province.db)
            return rows[0]?.count
          },
          { timeout: 20_000 },
        )
        .toBe(1)

    it('gives the new letter and the new first number to whoever came a moment too late', async () => {
      const group = await added()
      const { late } = await inTransaction(province.db, async (tx) => {
        await lockNumbers(tx, group.id)
        await tx
          .updateTable('service_group')
          .set({ prefix: 'ZV', number_from: 501, daily_limit: 1 })
          .where('id', '=', group.id)
          .execute()
        const ticket = take(group)
        await waiting()
        return { late: ticket }
      })
      expect((await late).number).toBe('ZV501')
    })

    it('keeps the letter when the number came first, though nobody else sees it yet', async () => {
      const group = await added()
      const { change } = await inTransaction(province.db, async (tx) => {
        await takeNumbers(tx, [{ group: group.id, day: '2026-04-21', count: 1 }])
        const later = codeOf(changed(group, { prefix: 'ZM' }))
        await waiting()
        return { change: later }
      })
      expect(await change).toBe('queue.numbers-given')
      expect((await take(group)).number).toBe(`${group.prefix}002`)
    })

    it('never lets two letters out on one day, whoever comes when', async () => {
      const other = province.anotherProcess().queue
      const letters = [...'ABCDEFGHIKLM']
      const days = await Promise.all(
        letters.map(async (letter) => {
          const group = await added({ prefix: `U${letter}` })
          const input = {
            ...{ centre: CENTRE, serviceGroup: group.id, priorityClass: 'NONE' as const },
            ...{ channel: 'KIOSK' as const, procedures: [], language: 'vi' as const },
          }
          const [change, ...tickets] = await Promise.all([
            codeOf(changed(group, { prefix: `T${letter}` })),
            ...[queue(), other, queue(), other].map((one) => one.takeTicket(input, undefined)),
          ])
          const borne = new Set(tickets.map(({ number }) => number.slice(0, 2)))
          return [change, [...borne].join()] as const
        }),
      )
      for (const [index, [change, borne]] of days.entries())
        expect([change, borne]).toEqual(
          change === 'done' ? ['done', `T${letters[index]}`] : ['queue.numbers-given', `U${letters[index]}`],
        )
    })
  })

  it('refuses a letter that is taken, also when two are added at once, a strange counter, one of another kind', async () => {
    const one = await added()
    const twice = await Promise.all(
      [1, 2].map(() =>
        codeOf(setup().add({ centre: CENTRE, ...fields({ prefix: 'YY' }) }, director, undefined)),
      ),
    )
    expect(twice.toSorted()).toEqual(['done', 'queue.prefix-taken'])
    expect(await codeOf(added({ prefix: one.prefix }))).toBe('queue.prefix-taken')
    expect(await codeOf(changed(one, { prefix: 'YY' }))).toBe('queue.prefix-taken')
    const strange = [{ counter: 'tthcc-ha-long-quay-1', weight: 1 }]
    expect(await codeOf(changed(one, { counters: strange }))).toBe('queue.unknown-counter')
    expect(await codeOf(changed(one, { kind: 'cashier' }))).toBe('queue.counter-of-another-kind')
    expect((await setup().setup({ centre: CENTRE }, director)).groups).toContainEqual(
      expect.objectContaining({ id: one.id, version: 1, counters: [{ counter: COUNTER, weight: 2 }] }),
    )
  })

  it('of two who change it at once one is told that the other was first', async () => {
    const group = await added()
    const outcomes = await Promise.all(
      ['Một', 'Hai', 'Ba'].map((name) => codeOf(changed(group, { name: `Dịch vụ ${name}` }))),
    )
    expect(outcomes.toSorted()).toEqual(['done', 'queue.changed-meanwhile', 'queue.changed-meanwhile'])
  })

  it('is set up by the centre’s own officers alone, at a centre that exists', async () => {
    const add = (centre: string, actor: StaffActor) =>
      codeOf(setup().add({ centre, ...fields({ prefix: 'XX', counters: [] }) }, actor, undefined))
    expect(await add(CENTRE, clerk)).toBe('queue.not-your-centre')
    expect(await add('tthcc-ha-long', director)).toBe('queue.not-your-centre')
    expect(await add('khong-co', director)).toBe('queue.unknown-centre')
    expect(await codeOf(setup().setup({ centre: 'tthcc-ha-long' }, clerk))).toBe('queue.not-your-centre')
  })
})

describe('the hall at one glance', () => {
  it('shows counters, lines and every ticket of today', async () => {
    province.clock.set(new Date('2026-04-23T09:00:00+07:00'))
    const group = await added()
    const [first, second, third] = [await take(group), await take(group), await take(group)]
    province.clock.advance(7 * 60_000)
    await queue().callNext({ counter: COUNTER }, clerk, undefined)
    await queue().visitors.cancel({ token: third?.token ?? '' })
    const hall = await queue().floor.floor({ centre: CENTRE }, clerk)
    expect(hall.counters.find(({ id }) => id === COUNTER)).toMatchObject({
      ...{ state: 'OPEN', mine: true, officer: { id: clerk.id } },
      ticket: { number: first?.number, state: 'CALLED' },
    })
    expect(hall.groups.find(({ id }) => id === group.id)).toMatchObject({
      ...{ waiting: 1, priority: 0, longestMinutes: 7, served: 0, openCounters: 1 },
    })
    expect(hall.may).toEqual({ serve: true, order: false, setUp: false, changeHall: false })
    const listed = async (query: object) => {
      const input = { centre: CENTRE, state: 'WAITING' as const, limit: 100, ...query }
      return (await queue().floor.tickets(input, clerk)).items.map(({ number }) => number)
    }
    expect(await listed({ group: group.id })).toEqual([second?.number])
    expect(await listed({ group: group.id, state: 'ENDED' })).toEqual([third?.number])
    expect(await listed({ number: first?.number.toLowerCase() })).toEqual([first?.number])
    expect(await listed({ number: `${group.prefix}999` })).toEqual([])
  })
})
