import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import type * as op from './contract.ts'

const CENTRE = 'tthcc-tinh'
let province: Province
beforeEach(async () => {
  province = await aProvince()
  const clerk = province.actor('RECEPTION', CENTRE)
  await queue().counters.open({ counter: `${CENTRE}-quay-1` }, clerk)
})
afterEach(() => province.close())

const queue = () => province.services.queue
type Leased = Output<typeof op.leaseNumbers>
type Brought = Input<typeof op.bringTickets>['tickets'][number]

const aKiosk = async (name: string) => {
  const director = province.actor('CENTRE_DIRECTOR', CENTRE)
  return queue().devices.register({ centre: CENTRE, kind: 'KIOSK', name, width: '576' }, director)
}
const moment = () => ({
  at: province.clock.now().getTime(),
  session: 'the-session',
  mono: province.clock.now().getTime() % 1e9,
})
const lease = (token: string, holds: string[], wanted: { lease: string; serviceGroup: string }[]) =>
  queue().offline.lease({ token, moment: moment(), holds, wanted })
const groupOf = async (prefix: string) => {
  const { items } = await queue().serviceGroups({ centre: CENTRE })
  return items.find((one) => one.prefix === prefix)?.id ?? ''
}
let tokens = 0
const ticket = (
  of: Leased['leases'][number] | undefined,
  number: number,
  more: Partial<Brought> = {},
): Brought => {
  tokens += 1
  return {
    ...{
      id: newId(),
      key: null,
      lease: of?.id ?? '',
      number,
      token: `token-${String(tokens).padStart(14, '0')}`,
    },
    ...{
      taken: moment(),
      behind: 0,
      priorityClass: 'NONE',
      procedures: [],
      language: 'vi',
      missingPapers: 0,
      ...more,
    },
  }
}
const bring = (token: string, tickets: Brought[], service = queue()) =>
  service.offline.bring({ token, moment: moment(), tickets })
const take = async (group: string, key?: string) =>
  (
    await province.call(
      null,
      'POST',
      `/centres/${CENTRE}/tickets`,
      { serviceGroup: group },
      key ? { 'idempotency-key': key } : {},
    )
  ).json()

/** What is known of every number of a group and day, from 1 to the last one given. */
const account = async (group: string) => {
  const { rows } = await sql<{ last: number; tickets: number[]; unused: number[]; out: number[] }>`
    select c.last,
      array(select number from ticket where number_group = c.group_id and day = c.day order by 1) as tickets,
      array(select unnest(unused) from number_lease where group_id = c.group_id and day = c.day order by 1) as unused,
      array(select n from number_lease l, generate_series(l.first, l.last) n where l.group_id = c.group_id and l.day = c.day
        and l.closed_at is null and not exists (select from ticket t where t.lease_id = l.id and t.number = n) order by 1) as out
    from ticket_counter c where c.group_id = ${group}::uuid`.execute(province.db)
  const { last, tickets, unused, out } = rows[0] ?? { last: 0, tickets: [], unused: [], out: [] }
  const all = [...tickets, ...unused, ...out].toSorted((a, b) => a - b)
  return {
    last,
    tickets,
    unused,
    out,
    whole: all.length === last && all.every((number, i) => number === i + 1),
  }
}

describe('numbers in a kiosk’s hands', () => {
  it('come from the range that the server counts in, so that nobody else gives them', async () => {
    const group = await groupOf('A')
    await take(group)
    const [one, two] = await Promise.all([aKiosk('Kiosk 1'), aKiosk('Kiosk 2')])
    const blocks = await Promise.all(
      [one, two].map(
        async ({ token }) => (await lease(token, [], [{ lease: newId(), serviceGroup: group }])).leases[0],
      ),
    )
    expect(blocks.map((block) => [block?.first, block?.last]).toSorted()).toEqual([
      [2, 21],
      [22, 41],
    ])
    expect((await take(group)).number).toBe('A042')
    expect(await account(group)).toMatchObject({ last: 42, whole: true })
  })

  it('are the same after a lost answer, also when it is asked ten times at once', async () => {
    const group = await groupOf('A')
    const { token } = await aKiosk('Kiosk 1')
    const wanted = [{ lease: newId(), serviceGroup: group }]
    const answers = await Promise.all(Array.from({ length: 10 }, () => lease(token, [], wanted)))
    expect(new Set(answers.map(({ leases }) => JSON.stringify(leases))).size).toBe(1)
    expect((await account(group)).last).toBe(20)
  })

  it('that it does not name any more are given to nobody, and written down', async () => {
    const group = await groupOf('A')
    const { token } = await aKiosk('Kiosk 1')
    const first = (await lease(token, [], [{ lease: newId(), serviceGroup: group }])).leases[0]
    // Printed, not told yet; then the kiosk loses its memory.
    const printed = ticket(first, first?.first ?? 0)
    const second = (await lease(token, [], [{ lease: newId(), serviceGroup: group }])).leases
    expect(second.map((one) => one.first)).toEqual([21])
    expect(await account(group)).toMatchObject({ whole: true, unused: expect.arrayContaining([1, 20]) })
    // Somebody finds the memory after all.
    expect((await bring(token, [printed])).items).toMatchObject([{ outcome: 'TAKEN_IN' }])
    const now = await account(group)
    expect([now.whole, now.tickets, now.unused.includes(1)]).toEqual([true, [1], false])
  })

  it('never go beyond the day’s limit, nor to a hall that gives none today', async () => {
    const group = await groupOf('A')
    await province.db.updateTable('service_group').set({ daily_limit: 25 }).where('id', '=', group).execute()
    const [one, two, three] = await Promise.all(['1', '2', '3'].map((name) => aKiosk(`Kiosk ${name}`)))
    const sizes = []
    for (const kiosk of [one, two, three]) {
      const { leases } = await lease(kiosk?.token ?? '', [], [{ lease: newId(), serviceGroup: group }])
      sizes.push(leases.map(({ first, last }) => last - first + 1))
    }
    expect(sizes).toEqual([[20], [5], []])
    province.clock.set(new Date('2026-04-19T09:00:00+07:00'))
    const sunday = await lease(one?.token ?? '', [], [{ lease: newId(), serviceGroup: group }])
    expect([sunday.leases, sunday.groups.every(({ until }) => until === null)]).toEqual([[], true])
  })

  it('that are left at the end of the day are written down as unused, by the next day or by the clock', async () => {
    const group = await groupOf('A')
    const [one, two] = await Promise.all([aKiosk('Kiosk 1'), aKiosk('Kiosk 2')])
    const wanted = () => [{ lease: newId(), serviceGroup: group }]
    const block = (await lease(one.token, [], wanted())).leases[0]
    await bring(
      one.token,
      [1, 2, 3].map((number) => ticket(block, number)),
    )
    await lease(two.token, [], wanted())
    province.clock.set(new Date('2026-04-22T00:10:00+07:00'))
    await Promise.all([queue().offline.closePast(), province.anotherProcess().queue.offline.closePast()])
    const day = await account(group)
    expect([day.whole, day.tickets, day.unused.length, day.out]).toEqual([true, [1, 2, 3], 37, []])
    const rows = await province.db
      .selectFrom('event')
      .select('body')
      .where('type', '=', 'numbers-unused')
      .execute()
    expect(rows.map(({ body }) => JSON.parse(body).data.reason)).toEqual(['DAY_OVER', 'DAY_OVER'])
  })

  it('keep letter and first number of their service until tomorrow, also when both are asked for at once', async () => {
    const director = province.actor('CENTRE_DIRECTOR', CENTRE)
    const setup = async (prefix: string) => {
      const { groups } = await queue().setup.setup({ centre: CENTRE }, director)
      const found = groups.find((one) => one.prefix === prefix)
      if (!found) throw new Error(`no group ${prefix}`)
      return found
    }
    const change = async (prefix: string, more: object, service = queue()) => {
      const { id, ordinal: _o, givenToday: _g, ...rest } = await setup(prefix)
      return service.setup.change({ group: id, ...rest, ...more }, director).then(
        () => 'done',
        (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
      )
    }
    const { token } = await aKiosk('Kiosk 1')
    await lease(token, [], [{ lease: newId(), serviceGroup: await groupOf('A') }])
    expect((await setup('A')).givenToday).toBe(20)
    expect(await change('A', { prefix: 'QA' })).toBe('queue.numbers-given')
    expect(await change('A', { numberFrom: 500 })).toBe('queue.numbers-given')
    expect(await change('A', { name: 'Tên khác' })).toBe('done')

    const other = province.anotherProcess().queue
    for (const prefix of ['B', 'C', 'D', 'E']) {
      const group = await groupOf(prefix)
      const [, outcome] = await Promise.all([
        lease(token, [], [{ lease: newId(), serviceGroup: group }]),
        change(prefix, { prefix: `Q${prefix}` }, other),
      ])
      const { rows } = await sql<{ changed: string }>`select g.prefix as changed
        from service_group g where g.id = ${group}::uuid`.execute(province.db)
      // Whoever was first: a kiosk never holds numbers under a letter that is not the service's.
      const told = (await lease(token, [], [])).groups.find(({ id }) => id === group)
      expect([rows[0]?.changed, told?.prefix]).toEqual(
        outcome === 'done' ? [`Q${prefix}`, `Q${prefix}`] : [prefix, prefix],
      )
    }
    province.clock.set(new Date('2026-04-22T08:00:00+07:00'))
    expect(await change('A', { prefix: 'QA' })).toBe('done')
  })

  it('of a kiosk out of use are given to nobody', async () => {
    const group = await groupOf('A')
    const { device, token } = await aKiosk('Kiosk 1')
    await lease(token, [], [{ lease: newId(), serviceGroup: group }])
    await queue().devices.retire({ device: device.id }, province.actor('CENTRE_DIRECTOR', CENTRE))
    expect(await account(group)).toMatchObject({ last: 20, whole: true, out: [] })
    await expect(lease(token, [], [])).rejects.toMatchObject({ code: 'queue.device-not-paired' })
  })
})

describe('tickets that a kiosk brings', () => {
  it('stand in line where they were taken, before those who came later, though they are told last', async () => {
    const group = await groupOf('A')
    const { token } = await aKiosk('Kiosk 1')
    const block = (await lease(token, [], [{ lease: newId(), serviceGroup: group }])).leases[0]
    province.clock.advance(60_000)
    const early = ticket(block, block?.first ?? 0)
    province.clock.advance(60_000)
    await take(group)
    province.clock.advance(600_000)
    await bring(token, [early])
    const clerk = province.actor('RECEPTION', CENTRE)
    const strip = await queue().counters.queue({ counter: `${CENTRE}-quay-1` }, clerk)
    expect(strip.next.map(({ number, issuedAt }) => [number, issuedAt])).toEqual([
      ['A001', '2026-04-21T08:01:00+07:00'],
      ['A021', '2026-04-21T08:02:00+07:00'],
    ])
    const page = await queue().visitors.get({ token: early.token })
    expect(page).toMatchObject({ id: early.id, number: 'A001', state: 'WAITING', ahead: 0 })
  })

  it('are one each, however often they are brought, in two processes at once', async () => {
    const group = await groupOf('A')
    const { token } = await aKiosk('Kiosk 1')
    const block = (await lease(token, [], [{ lease: newId(), serviceGroup: group }])).leases[0]
    const given = [1, 2, 3, 4, 5].map((number) => ticket(block, number))
    const other = province.anotherProcess().queue
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        bring(token, i % 3 === 0 ? given.slice(0, 3) : given, i % 2 === 0 ? queue() : other),
      ),
    )
    const taken = answers.flatMap(({ items }) => items.filter(({ outcome }) => outcome === 'TAKEN_IN'))
    expect([
      taken.length,
      answers.flatMap(({ items }) => items).every(({ outcome }) => outcome !== 'REFUSED'),
    ]).toEqual([5, true])
    expect((await account(group)).tickets).toEqual([1, 2, 3, 4, 5])
    const issued = await province.db
      .selectFrom('event')
      .select('id')
      .where('type', '=', 'ticket-issued')
      .execute()
    expect(issued).toHaveLength(5)
  })

  it('are refused one by one: not of its blocks, the same number twice, another ticket’s id', async () => {
    const group = await groupOf('A')
    const [one, two] = await Promise.all([aKiosk('Kiosk 1'), aKiosk('Kiosk 2')])
    const block = (await lease(one.token, [], [{ lease: newId(), serviceGroup: group }])).leases[0]
    const good = ticket(block, 1)
    const outcomes = await bring(one.token, [
      good,
      ticket(block, 1),
      ticket(block, 21),
      ticket(block, 2, { lease: newId() }),
      ticket(block, 3, { token: good.token }),
      ticket(block, 4, { id: good.id }),
    ])
    expect(outcomes.items.map(({ outcome, code }) => code ?? outcome)).toEqual([
      'TAKEN_IN',
      'queue.number-taken',
      'queue.number-not-leased',
      'queue.number-not-leased',
      'queue.number-taken',
      'queue.number-taken',
    ])
    expect((await bring(two.token, [ticket(block, 5)])).items).toMatchObject([
      { code: 'queue.number-not-leased' },
    ])
    expect((await account(group)).tickets).toEqual([1])
  })

  it('withdraw the number that was given behind their back: asked for, answered, never seen', async () => {
    const group = await groupOf('A')
    const { token } = await aKiosk('Kiosk 1')
    const block = (await lease(token, [], [{ lease: newId(), serviceGroup: group }])).leases[0]
    const unseen = await take(group, 'the same tap')
    const held = ticket(block, 1, { key: 'the same tap' })
    await bring(token, [held])
    const page = await queue().visitors.get({ token: unseen.token })
    expect(page.state).toBe('CANCELLED')
    expect((await account(group)).tickets).toEqual([1, 21])
  })

  it('leave no way to a request that was still under way', async () => {
    const group = await groupOf('A')
    const { token } = await aKiosk('Kiosk 1')
    const block = (await lease(token, [], [{ lease: newId(), serviceGroup: group }])).leases[0]
    for (const number of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const key = `tap ${number}`
      await Promise.all([bring(token, [ticket(block, number, { key })]), take(group, key)])
    }
    const { rows } = await sql<{
      state: string
      count: number
    }>`select state, count(*)::integer as count from ticket
      where number_group = ${group}::uuid group by 1`.execute(province.db)
    expect(rows.find(({ state }) => state === 'WAITING')?.count).toBe(8)
    expect((await account(group)).whole).toBe(true)
  })

  it('have their moment corrected by how wrong the kiosk’s clock is', async () => {
    const group = await groupOf('A')
    const { token, device } = await aKiosk('Kiosk 1')
    const ahead = 3 * 3_600_000
    const wrong = () => ({ ...moment(), at: moment().at + ahead })
    const block = (
      await queue().offline.lease({
        token,
        moment: wrong(),
        holds: [],
        wanted: [{ lease: newId(), serviceGroup: group }],
      })
    ).leases[0]
    province.clock.advance(60_000)
    const given = ticket(block, 1, { taken: wrong(), behind: -ahead })
    province.clock.advance(600_000)
    await queue().offline.bring({ token, moment: wrong(), tickets: [given] })
    const page = await queue().visitors.get({ token: given.token })
    expect(page.issuedAt).toBe('2026-04-21T08:01:00+07:00')
    const { items } = await queue().devices.list(
      { centre: CENTRE },
      province.actor('CENTRE_DIRECTOR', CENTRE),
    )
    expect(items.find(({ id }) => id === device.id)).toMatchObject({
      clockBehindSeconds: -10_800,
      contact: 'LIVE',
    })
  })
})
