import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StaffActor } from '#modules/identity/contract.ts'
import { Refusal } from '#platform/errors.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import type { HallSettings, VisitorTicket } from './contract.ts'
import { DEFAULT_CALLING } from './rules.ts'

const CENTRE = 'tthcc-tinh'
const COUNTER = `${CENTRE}-quay-1`
let province: Province
let clerk: StaffActor

beforeEach(async () => {
  province = await aProvince()
  clerk = province.actor('RECEPTION', CENTRE)
  await queue().counters.open({ counter: COUNTER }, clerk)
})
afterEach(() => province.close())

const queue = () => province.services.queue
const minutes = (count: number) => province.clock.advance(count * 60_000)
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )
const groups = async (procedure?: string) =>
  (await queue().serviceGroups({ centre: CENTRE, procedure })).items
const take = async (more: { missingPapers?: number; procedures?: string[] } = {}): Promise<VisitorTicket> => {
  const serviceGroup = (await groups()).find(({ prefix }) => prefix === 'A')?.id ?? ''
  const input = {
    ...{ centre: CENTRE, serviceGroup, priorityClass: 'NONE' as const, channel: 'KIOSK' as const },
    ...{ procedures: [], language: 'vi' as const, ...more },
  }
  return queue().takeTicket(input, undefined)
}
/** Somebody who has been served at the first counter. */
const served = async (): Promise<VisitorTicket> => {
  const ticket = await take({ procedures: ['2.000815'] })
  minutes(1)
  const { id } = await queue().callNext({ counter: COUNTER }, clerk, undefined)
  await queue().moves.start({ counter: COUNTER, ticket: id }, clerk)
  minutes(4)
  await queue().moves.finish({ counter: COUNTER, ticket: id }, clerk)
  return ticket
}
const visitOf = async (token: string): Promise<string> =>
  (await queue().ratings.get({ token })).visit?.id ?? 'none'
const rate = (token: string, visit: string, score = 5, service = queue()) =>
  service.ratings.rate({ token, visit, score, reasons: [], place: 'PHONE' }, undefined)

describe('what the screens of a hall are told', () => {
  it('which service receives a procedure, by the agency that resolves it', async () => {
    const receivers = async (procedure: string) =>
      (await groups(procedure)).filter(({ receives }) => receives).map(({ prefix }) => prefix)
    expect([await receivers('1.013831'), await receivers('2.002041')]).toEqual([['D'], ['B']])
    // Certified copies are nobody's in particular: every reception takes them, but not the one that is kept for the elderly.
    expect(await receivers('2.000815')).toEqual(['A', 'B', 'C', 'D', 'E', 'F'])
    const unknown = await groups('9.999999')
    expect(unknown.every(({ receives }) => receives === null)).toBe(true)
    expect((await groups())[0]).toMatchObject({ counters: [1], receives: null })
  })

  it('that papers are missing, to the officer who calls', async () => {
    await take({ missingPapers: 2 })
    const { next } = await queue().counters.queue({ counter: COUNTER }, clerk)
    expect(next[0]?.note).toMatch(/còn thiếu 2 giấy/)
  })

  it('who serves at a counter, and for which services', async () => {
    const board = await queue().boards.get(CENTRE)
    const counter = board.counters.find(({ number }) => number === 1)
    expect(counter).toMatchObject({ officer: clerk.name, groups: ['A'], state: 'OPEN' })
    expect(board.counters.find(({ number }) => number === 2)?.officer).toBeNull()
  })

  it('who stands at a counter, however many are called at the others meanwhile', async () => {
    const { number } = await take()
    await queue().callNext({ counter: COUNTER }, clerk, undefined)
    const colleague = { ...clerk, id: 'colleague', name: 'Người Khác' }
    const other = `${CENTRE}-quay-600`
    const [group] = await groups()
    await sql`insert into counter (id, centre_id, number, name, kinds)
      values (${other}, ${CENTRE}, 600, 'Quầy thử', array['reception'])`.execute(province.db)
    await sql`insert into service_group_counter (group_id, counter_id) values (${group?.id}::uuid, ${other})`.execute(
      province.db,
    )
    await queue().counters.open({ counter: other }, colleague)
    for (let n = 0; n < 9; n += 1) {
      minutes(1)
      await take()
      await queue().callNext({ counter: other }, colleague, undefined)
    }
    const { counters } = await queue().boards.get(CENTRE)
    expect(counters.find(({ id }) => id === COUNTER)?.ticket).toBe(number)
  })

  it('what the holder of a ticket may do, as it goes along', async () => {
    const { token, may } = await take()
    expect(may).toEqual({ cancel: true, returnToLine: false, rate: false })
    minutes(1)
    const { id } = await queue().callNext({ counter: COUNTER }, clerk, undefined)
    const on = { counter: COUNTER, ticket: id }
    expect((await queue().visitors.get({ token })).may.cancel).toBe(false)
    for (let i = 0; i < 2; i += 1) {
      minutes(0.5)
      await queue().moves.recall(on, clerk)
    }
    await queue().moves.miss(on, clerk)
    const missed = await queue().visitors.get({ token })
    expect([missed.may.returnToLine, missed.returnBy]).toEqual([true, '2026-04-21T09:02:00+07:00'])
    minutes(61)
    expect(await queue().visitors.get({ token })).toMatchObject({
      returnBy: null,
      may: { returnToLine: false },
    })
  })
})

const SETTINGS: HallSettings = {
  ...{ region: 'south', volume: 60, quiet: { from: 690, to: 780 }, motion: false, sessions: null },
  ...{ notices: [{ vi: 'Quầy 4 nghỉ chiều nay.', en: '' }], slides: [], calling: DEFAULT_CALLING },
}

describe('how a hall speaks and when it opens', () => {
  const officer = () => province.actor('CENTRE_OFFICER')
  const change = (settings: Partial<HallSettings>, version: number, actor = officer()) =>
    queue().hall.change({ centre: CENTRE, version, ...SETTINGS, ...settings }, actor)

  it('is told by its own officers, one after the other', async () => {
    const before = await queue().hall.get({ centre: CENTRE })
    expect(before).toMatchObject({ region: 'north', quiet: null, open: true, version: 1 })
    expect(await codeOf(change({}, 1, clerk))).toBe('queue.not-your-hall')
    const codes = await Promise.all([codeOf(change({}, 1)), codeOf(change({ volume: 10 }, 1))])
    expect(codes.toSorted()).toEqual(['done', 'queue.hall-changed-meanwhile'])
    expect(await queue().hall.get({ centre: CENTRE })).toMatchObject({ region: 'south', version: 2 })
    expect(await codeOf(queue().hall.get({ centre: 'khong-co' }))).toBe('queue.unknown-centre')
  })

  it('calls by the rule that it has written down, in every process, and tells it to whoever asks', async () => {
    const calling = {
      ...DEFAULT_CALLING,
      ...{ priorityInRow: 1, ageingMinutes: 45, graceMinutes: 5, callsBeforeMissing: 1, returnTimes: 2 },
      ...{ returnMinutes: 10, returnAfter: 1 },
    }
    await change({ calling }, 1)
    const other = province.anotherProcess().queue
    const tickets = [await take()]
    const { rule } = await other.visitors.explain({ token: tickets[0]?.token ?? '' })
    expect(rule.map(({ vi }) => vi).join(' ')).toMatch(/sau 1 số ưu tiên .* 5 phút.* chờ 45 phút/)
    minutes(1)
    const missed = async () => {
      const { id } = await queue().callNext({ counter: COUNTER }, clerk, undefined)
      await queue().moves.miss({ counter: COUNTER, ticket: id }, clerk)
    }
    await missed()
    const back = () => queue().visitors.returnToLine({ token: tickets[0]?.token ?? '' })
    expect((await queue().visitors.get({ token: tickets[0]?.token ?? '' })).returnBy).toBe(
      '2026-04-21T08:11:00+07:00',
    )
    await back()
    await missed()
    minutes(11)
    expect(await codeOf(back())).toBe('queue.return-too-late')
    expect(await queue().hall.get({ centre: CENTRE })).toMatchObject({ calling, version: 2 })
  })

  it('takes no rule that would call nobody or starve somebody', async () => {
    const send = (more: object) =>
      province.call(
        officer(),
        'PUT',
        `/centres/${CENTRE}/hall`,
        { ...SETTINGS, calling: { ...DEFAULT_CALLING, ...more } },
        { 'if-match': '"1"' },
      )
    const wrong = await send({ ageingMinutes: 0 })
    expect([wrong.statusCode, wrong.json().fields?.[0]?.path]).toEqual([422, 'calling.ageingMinutes'])
    for (const more of [
      { priorityInRow: 0 },
      { callsBeforeMissing: 6 },
      { returnAfter: 0 },
      { holdMinutes: 31 },
    ])
      expect((await send(more)).statusCode).toBe(422)
    expect((await send({})).statusCode).toBe(200)
  })

  it('gives numbers by its own hours where it has them, also on a day of rest', async () => {
    province.clock.set(new Date('2026-04-19T21:00:00+07:00'))
    expect(await codeOf(take())).toBe('queue.centre-closed')
    await change({ sessions: [{ days: [7], from: 20 * 60, to: 22 * 60 }] }, 1)
    minutes(1)
    expect((await take()).number).toBe('A001')
    expect(await queue().hall.get({ centre: CENTRE })).toMatchObject({
      ...{ open: true, closesAt: '2026-04-19T22:00:00+07:00' },
    })
    minutes(31)
    expect(await codeOf(take())).toBe('queue.closing-soon')
  })

  it('lets one display speak, and the next one when that falls silent', async () => {
    const display = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
    const other = province.anotherProcess().queue
    const ask = (n: number, service = queue()) =>
      service.hall.announce({ centre: CENTRE, display: display(n), leave: false })
    const first = await Promise.all([1, 2, 3, 4].map((n) => ask(n, n % 2 === 0 ? other : queue())))
    expect(first.filter(({ speaks }) => speaks)).toHaveLength(1)
    const speaker = first.findIndex(({ speaks }) => speaks) + 1
    const silent = speaker === 1 ? 2 : 1
    minutes(0.2)
    expect([(await ask(speaker)).speaks, (await ask(silent)).speaks]).toEqual([true, false])
    minutes(0.5)
    expect((await ask(silent)).speaks).toBe(true)
    await queue().hall.announce({ centre: CENTRE, display: display(silent), leave: true })
    expect((await ask(speaker)).speaks).toBe(true)
  })
})

describe('a rating tablet', () => {
  it('is linked to a counter, seen by those who look after the hall, and ended', async () => {
    const link = () => queue().ratings.linkTablet({ counter: COUNTER }, clerk)
    const first = await link()
    const second = await link()
    expect(await codeOf(queue().ratings.get({ token: first.token }))).toBe('queue.unknown-rating-place')
    expect((await queue().ratings.get({ token: second.token })).tablet).toEqual({ counter: 1 })
    const listed = async () => (await queue().devices.list({ centre: CENTRE }, clerk)).counters
    expect(await listed()).toContainEqual(
      expect.objectContaining({ id: COUNTER, number: 1, tabletSince: '2026-04-21T08:00:00+07:00' }),
    )
    const unlink = (actor = clerk) => queue().ratings.unlinkTablet({ counter: COUNTER }, actor)
    expect(await codeOf(unlink(province.actor('RECEPTION', 'tthcc-cam-pha')))).toBe('queue.not-your-counter')
    await unlink()
    await unlink()
    expect(await codeOf(queue().ratings.get({ token: second.token }))).toBe('queue.unknown-rating-place')
    expect((await listed()).find(({ id }) => id === COUNTER)?.tabletSince).toBeNull()
    const events = await province.services.log.timeline(province.db, { kind: 'counter', id: COUNTER })
    expect(events.filter(({ type }) => type === 'rating-tablet-unlinked')).toHaveLength(1)
  })
})

describe('rating a visit', () => {
  it('is for who was served, once, and kept with the visit and not with a name', async () => {
    const waiting = await take()
    expect(await queue().ratings.get({ token: waiting.token })).toMatchObject({
      ...{ visit: null, nothing: 'NOT_SERVED_YET' },
    })
    await queue().visitors.cancel({ token: waiting.token })
    const ticket = await served()
    expect((await queue().visitors.get({ token: ticket.token })).may.rate).toBe(true)
    const visit = await visitOf(ticket.token)
    const other = province.anotherProcess().queue
    const codes = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        codeOf(rate(ticket.token, visit, 2, i % 2 === 0 ? other : queue())),
      ),
    )
    expect(codes.toSorted()).toEqual(['done', ...Array(5).fill('queue.rated-before')])
    const rows = await province.db.selectFrom('visit_rating').selectAll().execute()
    expect(rows).toMatchObject([
      { score: 2, place: 'PHONE', counter_id: COUNTER, officer_id: clerk.id, procedures: ['2.000815'] },
    ])
    expect((await queue().visitors.get({ token: ticket.token })).may.rate).toBe(false)
    const events = await province.services.log.timeline(province.db, { kind: 'ticket', id: ticket.id })
    const rated = events.find(({ type }) => type === 'visit-rated')
    expect(JSON.stringify(rated?.data)).not.toMatch(/score|officer/)
  })

  it('ends after a week, and never takes another visit for the one shown', async () => {
    const ticket = await served()
    const visit = await visitOf(ticket.token)
    expect(await codeOf(rate(ticket.token, '00000000-0000-7000-8000-000000000000'))).toBe(
      'queue.nothing-to-rate',
    )
    minutes(8 * 24 * 60)
    expect((await queue().ratings.get({ token: ticket.token })).nothing).toBe('TOO_LATE')
    expect(await codeOf(rate(ticket.token, visit))).toBe('queue.rating-too-late')
    expect(await codeOf(queue().ratings.get({ token: 'khong-co' }))).toBe('queue.unknown-rating-place')
  })

  it('at the counter’s tablet while the visitor may still stand there; its old address ends with a new one', async () => {
    const old = await queue().ratings.linkTablet({ counter: COUNTER }, clerk)
    const { token, path } = await queue().ratings.linkTablet({ counter: COUNTER }, clerk)
    expect(path).toBe(`/danh-gia/${token}`)
    expect(await codeOf(queue().ratings.get({ token: old.token }))).toBe('queue.unknown-rating-place')
    expect(await queue().ratings.get({ token })).toMatchObject({ tablet: { counter: 1 }, visit: null })
    const ticket = await served()
    const { visit } = await queue().ratings.get({ token })
    expect(visit).toMatchObject({ number: ticket.number, counter: 1 })
    await rate(token, visit?.id ?? '', 4)
    const rows = await province.db.selectFrom('visit_rating').select(['score', 'place']).execute()
    expect(rows).toEqual([{ score: 4, place: 'TABLET' }])
    await served()
    minutes(4)
    expect((await queue().ratings.get({ token })).visit).toBeNull()
  })

  it('gives a retry over HTTP the first answer', async () => {
    const ticket = await served()
    const visit = await visitOf(ticket.token)
    const ask = () =>
      province.call(
        null,
        'POST',
        `/ratings/${ticket.token}`,
        { visit, score: 5 },
        { 'idempotency-key': 'one rating' },
      )
    const answers = await Promise.all([ask(), ask(), ask()])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201])
    expect(await province.db.selectFrom('visit_rating').select('id').execute()).toHaveLength(1)
  })
})

describe('waiting in public', () => {
  it('counts who waits in every hall', async () => {
    await take()
    await take()
    const { items } = await queue().waiting.halls()
    expect(items.find(({ centre }) => centre === CENTRE)).toMatchObject({
      ...{ waiting: 2, openCounters: 1, crowd: 'SOME', open: true },
    })
    expect(items.find(({ centre }) => centre === 'tthcc-ha-long')).toMatchObject({ waiting: 0, crowd: 'FEW' })
  })

  it('holds what was promised against what happened', async () => {
    const group = (await groups()).find(({ prefix }) => prefix === 'A')?.id ?? ''
    const issued = province.clock.now()
    const ticket = (n: number) => ({
      ...{
        id: crypto.randomUUID(),
        centre_id: CENTRE,
        group_id: group,
        number_group: group,
        day: '2026-04-21',
      },
      ...{ number: n, code: `A${n}`, token: `token-${n}`, channel: 'KIOSK', priority_class: 'NONE' },
      ...{ language: 'vi', state: 'DONE', queued_at: issued, issued_at: issued },
      ...{
        called_at: new Date(issued.getTime() + n * 60_000),
        ended_at: new Date(issued.getTime() + 7_200_000),
      },
      ...{ promised_p10: 10, promised_p50: 20, promised_p90: 30 },
    })
    await province.db
      .insertInto('ticket')
      .values(Array.from({ length: 40 }, (_, i) => ticket(i + 1)))
      .execute()
    const { whole, services, hours } = await queue().waiting.promises({ centre: CENTRE, days: 30 })
    expect(whole).toMatchObject({ tickets: 40, within: 21, sooner: 9, later: 10, promised: 20, waited: 20 })
    expect(whole.tooEarly).toBe(9)
    expect(services.find(({ prefix }) => prefix === 'B')).toMatchObject({ tickets: 0, waited: null })
    expect(hours).toEqual([{ hour: 8, tickets: 40, waited: 20, ninety: 36 }])
    expect(await codeOf(queue().waiting.promises({ centre: 'khong-co', days: 30 }))).toBe(
      'queue.unknown-centre',
    )
  })
})
