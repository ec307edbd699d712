import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StaffActor } from '#modules/identity/contract.ts'
import { Refusal } from '#platform/errors.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import type { ServiceGroup, VisitorTicket } from './contract.ts'
import { callOrder, DEFAULT_CALLING } from './rules.ts'

const CENTRE = 'tthcc-tinh'
let province: Province
let group: ServiceGroup
let clerk: StaffActor

/** The centre's counters as clerks find them in the morning: the first one open. */
beforeEach(async () => {
  province = await aProvince()
  clerk = province.actor('RECEPTION', CENTRE)
  group = await groupOf('A')
  await open(counterOf(1), clerk)
})
afterEach(() => province.close())

const counterOf = (number: number) => `${CENTRE}-quay-${number}`
const queue = () => province.services.queue
const open = (counter: string, actor: StaffActor) => queue().counters.open({ counter }, actor)
const groupOf = async (prefix: string): Promise<ServiceGroup> => {
  const { items } = await queue().serviceGroups({ centre: CENTRE })
  const found = items.find((one) => one.prefix === prefix)
  if (!found) throw new Error(`no group ${prefix}`)
  return found
}
const take = (
  more: Partial<{ priorityClass: 'ELDERLY'; serviceGroup: string }> = {},
): Promise<VisitorTicket> =>
  queue().takeTicket(
    {
      ...{ centre: CENTRE, serviceGroup: group.id, priorityClass: 'NONE', channel: 'KIOSK', procedures: [] },
      ...{ language: 'vi', ...more },
    },
    undefined,
  )
const next = (counter = counterOf(1), actor = clerk) => queue().callNext({ counter }, actor, undefined)
const minutes = (count: number) => province.clock.advance(count * 60_000)
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )

describe('taking a number', () => {
  it('counts from one each day of Vietnam, also at 06:58 when it is still yesterday in UTC', async () => {
    expect((await take()).number).toBe('A001')
    expect((await take()).number).toBe('A002')
    province.clock.set(new Date('2026-04-22T06:58:00+07:00'))
    expect((await take()).number).toBe('A001')
  })

  it('says how many wait and gives a page of its own that holds nothing personal', async () => {
    await take()
    const ticket = await take()
    minutes(1)
    const page = await queue().visitors.get({ token: ticket.token })
    expect(page).toMatchObject({ number: 'A002', state: 'WAITING', ahead: 1, wait: null })
    expect(ticket.token).toMatch(/^[\w-]{20}$/)
  })

  it('refuses on a day of rest, before closing, without a counter, and beyond the day’s limit', async () => {
    province.clock.set(new Date('2026-04-19T09:00:00+07:00'))
    expect(await codeOf(take())).toBe('queue.centre-closed')
    province.clock.set(new Date('2026-04-21T16:45:00+07:00'))
    expect(await codeOf(take())).toBe('queue.closing-soon')
    province.clock.set(new Date('2026-04-21T09:00:00+07:00'))
    const other = await groupOf('B')
    expect(await codeOf(take({ serviceGroup: other.id }))).toBe('queue.no-counter-open')
    await province.db
      .updateTable('service_group')
      .set({ daily_limit: 2 })
      .where('id', '=', group.id)
      .execute()
    minutes(1)
    const codes = await Promise.all(Array.from({ length: 5 }, () => codeOf(take())))
    expect(codes.toSorted()).toEqual([
      ...Array(2).fill('done'),
      ...Array(3).fill('queue.daily-limit-reached'),
    ])
    expect((await numbersOf()).toSorted((a, b) => a - b)).toEqual([1, 2])
  })

  it('gives fifty people who tap at once in two processes twenty numbers each, none twice and none missing', async () => {
    const other = province.anotherProcess()
    const input = {
      ...{
        centre: CENTRE,
        serviceGroup: group.id,
        priorityClass: 'NONE' as const,
        channel: 'KIOSK' as const,
      },
      ...{ procedures: [], language: 'vi' as const },
    }
    const person = async (index: number) => {
      const service = index % 2 === 0 ? queue() : other.queue
      for (let i = 0; i < 20; i += 1) await service.takeTicket(input, undefined)
    }
    await Promise.all(Array.from({ length: 50 }, (_, index) => person(index)))
    expect((await numbersOf()).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 1_000 }, (_, i) => i + 1),
    )
  })

  it('gives a double tap and a retry the same number', async () => {
    const ask = () =>
      province.call(
        null,
        'POST',
        `/centres/${CENTRE}/tickets`,
        { serviceGroup: group.id },
        {
          'idempotency-key': 'one tap',
        },
      )
    const answers = await Promise.all([ask(), ask(), ask()])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201])
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect(await numbersOf()).toEqual([1])
  })
})

const numbersOf = async (): Promise<number[]> => {
  const rows = await province.db
    .selectFrom('ticket')
    .select('number')
    .where('group_id', '=', group.id)
    .execute()
  return rows.map(({ number }) => number)
}

describe('calling', () => {
  it('serves in the order of the rule, finishing who was there', async () => {
    await take()
    minutes(1)
    await take({ priorityClass: 'ELDERLY' })
    expect(await next()).toMatchObject({ number: 'A002', why: { vi: 'Ưu tiên theo luật' } })
    minutes(5)
    expect(await next()).toMatchObject({ number: 'A001', why: { vi: 'Đến trước gọi trước' } })
    const rows = await province.db.selectFrom('ticket').select(['code', 'state']).orderBy('code').execute()
    expect(rows.map(({ code, state }) => `${code} ${state}`)).toEqual(['A001 CALLED', 'A002 DONE'])
    expect(await codeOf(next())).toBe('queue.nobody-waiting')
  })

  it('lets thirty counters press together on a thousand who wait: everybody once, in the order of the rule', async () => {
    const officers = await thirtyCounters()
    await sql`insert into ticket (id, centre_id, group_id, number_group, day, number, code, token, channel,
        priority_class, language, state, queued_at, issued_at)
      select gen_random_uuid(), ${CENTRE}, ${group.id}::uuid, ${group.id}::uuid, '2026-04-21', n, 'A' || n,
        'token-' || n, 'KIOSK', case when n % 7 = 0 then 'ELDERLY' else 'NONE' end, 'vi', 'WAITING',
        ${province.clock.now()}::timestamptz - make_interval(secs => 1100 - n), ${province.clock.now()}
      from generate_series(1, 1000) n`.execute(province.db)
    const other = province.anotherProcess()
    const called: string[] = []
    const press = async ({ counter, actor }: Seat, index: number) => {
      const service = index % 2 === 0 ? queue() : other.queue
      for (;;) {
        const code = await service.callNext({ counter }, actor, undefined).then(
          ({ number }) => number,
          (error: unknown) => error,
        )
        if (typeof code !== 'string') return code
        called.push(code)
      }
    }
    const ends = await Promise.all(officers.map(press))
    expect(ends.every((end) => end instanceof Refusal && end.code === 'queue.nobody-waiting')).toBe(true)
    expect(new Set(called).size).toBe(1_000)
    const { rows } = await sql<{ number: number }>`
      select t.number from event e join ticket t on t.id::text = e.subject_id
      where e.type = 'ticket-called' order by e.at, e.id`.execute(province.db)
    expect(rows).toHaveLength(1_000)
    expect(rows.map(({ number }) => number)).toEqual(await orderOfTheRule())
  }, 90_000)

  it('refuses a closed or paused counter, another’s counter, and an officer at two counters', async () => {
    await take()
    expect(await codeOf(next(counterOf(2)))).toBe('queue.counter-closed')
    expect(await codeOf(open(counterOf(2), clerk))).toBe('queue.officer-elsewhere')
    const colleague = { ...clerk, id: 'colleague', name: 'Người Khác' }
    expect(await codeOf(open(counterOf(1), colleague))).toBe('queue.counter-taken')
    expect(await codeOf(next(counterOf(1), colleague))).toBe('queue.not-your-counter')
    await queue().counters.pause({ counter: counterOf(1), reason: 'Ăn trưa' }, clerk)
    expect(await codeOf(next())).toBe('queue.counter-paused')
    await open(counterOf(1), clerk)
    expect(await codeOf(next())).toBe('done')
    expect(await codeOf(queue().counters.close({ counter: counterOf(1) }, clerk))).toBe(
      'queue.visitor-at-counter',
    )
  })

  it('lets an officer who sits down at two counters at once sit at one', async () => {
    const colleague = { ...clerk, id: 'colleague', name: 'Người Khác' }
    const codes = await Promise.all([2, 3].map((number) => codeOf(open(counterOf(number), colleague))))
    expect(codes.toSorted()).toEqual(['done', 'queue.officer-elsewhere'])
  })

  it('calls again, marks missing after three calls, and takes back who returns within the hour, once', async () => {
    const first = await take()
    for (let i = 0; i < 3; i += 1) {
      minutes(0.1)
      await take()
    }
    const { id } = await next()
    const on = { counter: counterOf(1), ticket: id }
    expect(await codeOf(queue().moves.recall(on, clerk))).toBe('queue.recall-too-soon')
    expect(await codeOf(queue().moves.miss(on, clerk))).toBe('queue.call-again-first')
    for (let i = 0; i < 2; i += 1) {
      minutes(0.5)
      await queue().moves.recall(on, clerk)
    }
    await queue().moves.miss(on, clerk)
    minutes(3)
    await queue().visitors.returnToLine({ token: first.token })
    const order = (await queue().counters.queue({ counter: counterOf(1) }, clerk)).next
    expect(order.map(({ number }) => number)).toEqual(['A002', 'A003', 'A001', 'A004'])
    expect(await codeOf(queue().visitors.returnToLine({ token: first.token }))).toBe('queue.ticket-moved-on')
  })

  it('takes the last call back for ten seconds', async () => {
    await take()
    const { id } = await next()
    await queue().moves.undo({ counter: counterOf(1), ticket: id }, clerk)
    const again = await next()
    expect(again.id).toBe(id)
    minutes(1)
    expect(await codeOf(queue().moves.undo({ counter: counterOf(1), ticket: id }, clerk))).toBe(
      'queue.undo-too-late',
    )
  })

  it('keeps number and seniority through a transfer', async () => {
    const other = await groupOf('B')
    const colleague = { ...clerk, id: 'colleague', name: 'Người Khác' }
    await open(counterOf(2), colleague)
    const senior = await take()
    minutes(2)
    await take({ serviceGroup: other.id })
    await next()
    const on = { counter: counterOf(1), ticket: senior.id }
    expect(await codeOf(queue().moves.transfer({ ...on, serviceGroup: group.id, note: 'Nhầm' }, clerk))).toBe(
      'queue.same-service-group',
    )
    await queue().moves.transfer({ ...on, serviceGroup: other.id, note: 'Cần thêm đăng ký đất' }, clerk)
    expect(await next(counterOf(2), colleague)).toMatchObject({
      number: 'A001',
      note: 'Cần thêm đăng ký đất',
    })
  })

  it('holds a ticket and brings it back when its time is over', async () => {
    const held = await take()
    await next()
    await queue().moves.hold({ counter: counterOf(1), ticket: held.id, minutes: 10 }, clerk)
    expect(await codeOf(next())).toBe('queue.nobody-waiting')
    minutes(11)
    expect((await next()).id).toBe(held.id)
  })

  it('calls out of order only by its own permission, with a reason that whoever asks is told', async () => {
    const passed = await take()
    const wanted = await take()
    const input = { counter: counterOf(1), ticket: wanted.id, reason: 'Cấp cứu người thân' }
    expect(await codeOf(queue().callTicket(input, clerk))).toBe('queue.out-of-order-not-allowed')
    const guide = { ...clerk, grants: [...clerk.grants, ...province.actor('CENTRE_OFFICER').grants] }
    await queue().callTicket(input, guide)
    const { calledBefore } = await queue().visitors.explain({ token: passed.token })
    expect(calledBefore).toMatchObject([
      { number: 'A002', why: { vi: 'Cán bộ gọi trái thứ tự, có ghi lý do' } },
    ])
  })
})

type Seat = { counter: string; actor: StaffActor }

const thirtyCounters = async (): Promise<Seat[]> => {
  const seats: Seat[] = []
  for (let n = 0; n < 30; n += 1) {
    const counter = `${CENTRE}-quay-${500 + n}`
    await sql`insert into counter (id, centre_id, number, name, kinds)
      values (${counter}, ${CENTRE}, ${500 + n}, 'Quầy thử', array['reception'])`.execute(province.db)
    await sql`insert into service_group_counter (group_id, counter_id) values (${group.id}::uuid, ${counter})`.execute(
      province.db,
    )
    const actor = { ...clerk, id: `officer-${n}`, name: `Cán bộ ${n}` }
    await open(counter, actor)
    seats.push({ counter, actor })
  }
  return seats
}

/** Numbers of the group as the rule would call them, had one officer called everybody. */
const orderOfTheRule = async (): Promise<number[]> => {
  const rows = await province.db
    .selectFrom('ticket')
    .select(['id', 'number', 'priority_class', 'queued_at'])
    .where('group_id', '=', group.id)
    .execute()
  const numberOf = new Map(rows.map(({ id, number }) => [id, number]))
  const line = rows.map(({ id, priority_class, queued_at }) => ({
    ...{ id, priority: priority_class === 'NONE' ? ('NONE' as const) : ('ELDERLY' as const) },
    ...{ queuedAt: queued_at.getTime(), appointmentAt: null },
  }))
  return callOrder(DEFAULT_CALLING, line, 0, province.clock.now().getTime()).map(
    ({ ticket }) => numberOf.get(ticket.id) ?? 0,
  )
}
