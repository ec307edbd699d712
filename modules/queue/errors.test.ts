import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { StaffActor } from '#modules/identity/contract.ts'
import { fillMessage, Refusal } from '#platform/errors.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import type { OpeningRuleView, ServiceGroupSetup } from './contract.ts'
import { type queueErrors, queueErrors as table } from './errors.ts'
import { DEFAULT_CALLING } from './rules.ts'

const CENTRE = 'tthcc-tinh'
const ELSEWHERE = 'tthcc-cam-pha'
const COUNTER = `${CENTRE}-quay-1`
const NOBODY = '00000000-0000-7000-8000-000000000000'
const REASON = 'Theo yêu cầu của người dân'

let province: Province
let clerk: StaffActor
let director: StaffActor
let run = 0
beforeAll(async () => {
  province = await aProvince()
  clerk = province.actor('RECEPTION', CENTRE)
  director = province.actor('CENTRE_DIRECTOR', CENTRE)
})
afterAll(() => province.close())
/** One hall for all, empty again each time; a minute later, because what is asked often is known for a moment. */
beforeEach(async () => {
  run += 1
  province.clock.set(new Date(START.getTime() + run * 60_000))
  for (const name of [
    ...['visit_rating', 'rating_tablet', 'ticket_visit', 'appointment', 'appointment_slot', 'opening_rule'],
    ...['ticket', 'number_lease', 'hall_device', 'ticket_counter', 'hall_day', 'counter_state'],
    ...['help_call', 'hall_settings'],
  ])
    await sql`delete from ${sql.table(name)}`.execute(province.db)
  await queue().counters.open({ counter: COUNTER }, clerk)
})

const queue = () => province.services.queue
const at = (text: string) => province.clock.set(new Date(`${text}:00+07:00`))
const minutes = (count: number) => province.clock.advance(count * 60_000)
const colleague = (): StaffActor => ({ ...clerk, id: 'dong-nghiep', name: 'Mẫu Văn Đồng Nghiệp' })
const groupOf = async (prefix: string): Promise<string> => {
  const { items } = await queue().serviceGroups({ centre: CENTRE })
  return items.find((one) => one.prefix === prefix)?.id ?? ''
}
const take = async (serviceGroup?: string) =>
  queue().takeTicket(
    {
      ...{ centre: CENTRE, serviceGroup: serviceGroup ?? (await groupOf('A')), priorityClass: 'NONE' },
      ...{ channel: 'KIOSK', procedures: [], language: 'vi' },
    },
    undefined,
  )
const next = (actor = clerk) => queue().callNext({ counter: COUNTER }, actor, undefined)
/** Somebody at the counter. */
const called = async () => {
  const ticket = await take()
  await next()
  return { ticket, on: { counter: COUNTER, ticket: ticket.id } }
}
const missed = async () => {
  const { ticket, on } = await called()
  for (let call = 1; call < DEFAULT_CALLING.callsBeforeMissing; call += 1) {
    minutes(1)
    await queue().moves.recall(on, clerk)
  }
  await queue().moves.miss(on, clerk)
  return { ticket, on }
}
const served = async () => {
  const { ticket, on } = await called()
  await queue().moves.start(on, clerk)
  await queue().moves.finish(on, clerk)
  const { visit } = await queue().ratings.get({ token: ticket.token })
  return { token: ticket.token, visit: visit?.id ?? '' }
}
const rate = ({ token, visit }: { token: string; visit: string }) =>
  queue().ratings.rate({ token, visit, score: 5, reasons: [], place: 'PHONE' }, undefined)

const GROUP = {
  ...{
    name: 'Dịch vụ thử',
    nameEn: 'A try',
    kind: 'reception' as const,
    fields: [],
    weekdays: [1, 2, 3, 4, 5],
  },
  ...{ sessions: 'ALL' as const, numberFrom: 1, dailyLimit: null, stopsBefore: 0, active: true },
  counters: [{ counter: COUNTER, weight: 1 }],
}
const addGroup = (more: Partial<ServiceGroupSetup> = {}, centre = CENTRE) =>
  queue().setup.add({ centre, ...GROUP, prefix: letters(), ...more }, director, undefined)
const letters = (): string => {
  run += 1
  return `Z${String.fromCharCode(65 + (run % 26))}`
}
const changeGroup = (
  { id, version }: ServiceGroupSetup,
  more: Partial<ServiceGroupSetup> & { prefix: string },
) => queue().setup.change({ group: id, version, ...GROUP, ...more }, director)

const opening = async (more: Partial<OpeningRuleView> = {}) =>
  queue().openings.add(
    {
      ...{ centre: CENTRE, group: await groupOf('A'), opens: true, from: '2026-04-20', to: null },
      ...{ weekdays: [1, 2, 3, 4, 5], everyWeeks: 1, nthOfMonth: null, fromMinute: 480, toMinute: 660 },
      ...{ slotMinutes: 30, publicCapacity: 1, staffCapacity: 1, note: '', ...more },
    },
    director,
    undefined,
  )
const hold = async (time: string) =>
  queue().appointments.hold(
    { centre: CENTRE, group: await groupOf('A'), at: `${time}:00+07:00`, slots: 1 },
    undefined,
  )
const confirm = (token: string, name = 'Nguyễn Văn Mẫu') =>
  queue().appointments.confirm({ token, name, phone: '0900000001', procedures: [] })
const held = async (time = '2026-04-22T08:30') => {
  await opening()
  return hold(time)
}
const booked = async (time?: string) => {
  const { token } = await held(time)
  await confirm(token)
  return token
}

const aDevice = (kind: 'KIOSK' | 'PRINTER' = 'KIOSK', name = 'Máy cửa đông') =>
  queue().devices.register({ centre: CENTRE, kind, name, width: '576' }, director)
const moment = () => ({ at: province.clock.now().getTime(), session: 'mot-phien', mono: 1 })
/** A kiosk with one block brings these numbers of it; the last one's outcome is what the kiosk is told. */
const brought = async (numbers: readonly number[]) => {
  const { token } = await aDevice()
  const wanted = [{ lease: newId(), serviceGroup: await groupOf('A') }]
  const { leases } = await queue().offline.lease({ token, moment: moment(), holds: [], wanted })
  const tickets = numbers.map((number, index) => ({
    ...{ id: newId(), key: null, lease: leases[0]?.id ?? '', number, taken: moment(), behind: 0 },
    ...{ token: `ma-cua-ve-${run}-${String(index).padStart(10, '0')}`, priorityClass: 'NONE' as const },
    ...{ procedures: [], language: 'vi' as const, missingPapers: 0 },
  }))
  const { items } = await queue().offline.bring({ token, moment: moment(), tickets })
  throw new Refusal(items.at(-1)?.code ?? 'taken in')
}
const helpAsked = async () => {
  const { help } = await queue().counters.askForHelp({ counter: COUNTER, wanted: true }, clerk)
  return help?.id ?? ''
}
const changeHall = (version: number, actor = director) =>
  queue().hall.change(
    {
      ...{ centre: CENTRE, version, region: 'north', volume: 80, quiet: null, motion: true, sessions: null },
      ...{ notices: [], slides: [], calling: DEFAULT_CALLING },
    },
    actor,
  )

/** One way into each refusal of the table; the type makes a new code without a way fail to compile. */
const PROVOKED: Readonly<Record<keyof typeof queueErrors, () => Promise<unknown>>> = {
  'queue.unknown-centre': () => queue().serviceGroups({ centre: 'khong-co' }),
  'queue.not-your-centre': () => queue().setup.setup({ centre: 'tthcc-ha-long' }, clerk),
  'queue.prefix-taken': () => addGroup({ prefix: 'A' }),
  'queue.counter-of-another-kind': () => addGroup({ kind: 'cashier' }),
  'queue.numbers-given': async () => {
    const group = await addGroup()
    await take(group.id)
    return changeGroup(group, { prefix: letters() })
  },
  'queue.changed-meanwhile': async () => {
    const group = await addGroup()
    return changeGroup({ ...group, version: 9 }, { prefix: group.prefix })
  },
  'queue.unknown-appointment': () => queue().appointments.get({ token: 'khong-co' }),
  'queue.appointment-moved-on': async () => confirm(await booked(), 'Người Khác'),
  'queue.hold-expired': async () => {
    const { token } = await held()
    minutes(DEFAULT_CALLING.holdMinutes)
    return confirm(token)
  },
  'queue.no-such-time': async () => held('2026-04-22T08:45'),
  'queue.time-taken': async () => {
    await held()
    return hold('2026-04-22T08:30')
  },
  'queue.time-over': async () => held('2026-04-20T08:30'),
  'queue.moved-too-often': async () => {
    const token = await booked()
    for (const time of ['09:00', '09:30', '10:00', '10:30'])
      await queue().appointments.move({ token, at: `2026-04-22T${time}:00+07:00` })
  },
  'queue.not-today': async () => {
    const token = await booked()
    return queue().appointments.arrive({ token, channel: 'KIOSK' })
  },
  'queue.unknown-opening': () => queue().openings.remove({ opening: NOBODY }, director),
  'queue.opening-impossible': () => opening({ fromMinute: 600, toMinute: 610 }),
  'queue.unknown-device': () => queue().devices.retire({ device: NOBODY }, director),
  'queue.device-name-taken': async () => {
    await aDevice()
    return aDevice('PRINTER')
  },
  'queue.device-not-paired': () =>
    queue().devices.report({ token: 'khong-co-may-nao-123', state: 'READY', queued: 0, doubtful: 0 }),
  'queue.number-not-leased': () => brought([9_999]),
  'queue.number-taken': () => brought([1, 1]),
  'queue.unknown-service-group': () => take(NOBODY),
  'queue.centre-closed': () => {
    at('2026-04-19T09:00')
    return take()
  },
  'queue.closing-soon': () => {
    at('2026-04-21T16:45')
    return take()
  },
  'queue.no-counter-open': async () => take(await groupOf('B')),
  'queue.daily-limit-reached': async () => {
    const { id } = await addGroup({ dailyLimit: 1 })
    await take(id)
    return take(id)
  },
  'queue.unknown-ticket': () => queue().visitors.get({ token: 'khong-co' }),
  'queue.ticket-moved-on': async () => {
    const { token } = await take()
    await queue().visitors.cancel({ token })
    return queue().visitors.cancel({ token })
  },
  'queue.return-too-late': async () => {
    const { ticket } = await missed()
    minutes(DEFAULT_CALLING.returnMinutes + 1)
    return queue().visitors.returnToLine({ token: ticket.token })
  },
  'queue.returned-before': async () => {
    const { ticket, on } = await missed()
    await queue().visitors.returnToLine({ token: ticket.token })
    await next()
    for (let call = 1; call < DEFAULT_CALLING.callsBeforeMissing; call += 1) {
      minutes(1)
      await queue().moves.recall(on, clerk)
    }
    await queue().moves.miss(on, clerk)
    return queue().visitors.returnToLine({ token: ticket.token })
  },
  'queue.unknown-counter': () => queue().counters.queue({ counter: 'khong-co' }, clerk),
  'queue.not-your-counter': () =>
    queue().counters.queue({ counter: COUNTER }, province.actor('RECEPTION', ELSEWHERE)),
  'queue.officer-elsewhere': () => queue().counters.open({ counter: `${CENTRE}-quay-2` }, clerk),
  'queue.counter-taken': () => queue().counters.open({ counter: COUNTER }, colleague()),
  'queue.counter-closed': async () => {
    await queue().counters.close({ counter: COUNTER }, clerk)
    return next()
  },
  'queue.counter-paused': async () => {
    await queue().counters.pause({ counter: COUNTER, reason: 'Ăn trưa' }, clerk)
    return next()
  },
  'queue.visitor-at-counter': async () => {
    await called()
    return queue().counters.close({ counter: COUNTER }, clerk)
  },
  'queue.nobody-waiting': () => next(),
  'queue.out-of-order-not-allowed': async () => {
    const { id } = await take()
    return queue().callTicket({ counter: COUNTER, ticket: id, reason: REASON }, clerk)
  },
  'queue.unknown-help-call': () => queue().help.kiosk({ call: NOBODY }),
  'queue.help-taken': async () => {
    const call = await helpAsked()
    await queue().help.take({ call }, colleague())
    return queue().help.take({ call }, { ...clerk, id: 'nguoi-den-sau' })
  },
  'queue.help-over': async () => {
    const call = await helpAsked()
    await queue().help.end({ call }, colleague())
    return queue().help.take({ call }, colleague())
  },
  'queue.recall-too-soon': async () => queue().moves.recall((await called()).on, clerk),
  'queue.call-again-first': async () => queue().moves.miss((await called()).on, clerk),
  'queue.undo-too-late': async () => {
    const { on } = await called()
    minutes(1)
    return queue().moves.undo(on, clerk)
  },
  'queue.same-service-group': async () => {
    const { on } = await called()
    return queue().moves.transfer({ ...on, serviceGroup: await groupOf('A'), note: REASON }, clerk)
  },
  'queue.unknown-rating-place': () => queue().ratings.get({ token: 'khong-co' }),
  'queue.nothing-to-rate': async () => rate({ token: (await take()).token, visit: NOBODY }),
  'queue.rated-before': async () => {
    const visit = await served()
    await rate(visit)
    return rate(visit)
  },
  'queue.rating-too-late': async () => {
    const visit = await served()
    minutes(8 * 24 * 60)
    return rate(visit)
  },
  'queue.hall-changed-meanwhile': async () => {
    await changeHall(1)
    return changeHall(1)
  },
  'queue.not-your-hall': () => changeHall(1, clerk),
}

describe('every refusal of the hall', () => {
  test.each(Object.entries(PROVOKED))('%s is provoked, and its words are whole', async (code, provoke) => {
    const refusal = await provoke().then(
      () => undefined,
      (error: unknown) => error,
    )
    if (!(refusal instanceof Refusal)) throw new Error(`${code}: ${String(refusal)}`)
    expect(refusal.code).toBe(code)
    const { vi, en } = table[refusal.code as keyof typeof table]
    for (const text of [fillMessage(vi, refusal.details), fillMessage(en, refusal.details, 'en')]) {
      expect(text).not.toMatch(/\{\w+\}|undefined|null|""|“”|\s{2}|: [,.]|\(\)/)
      expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}|T\d{2}:\d{2}|[A-Z]{2,}_[A-Z]/)
    }
  })
})
