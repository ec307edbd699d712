import { v7 as newId } from 'uuid'
import type { StaffActor } from '#modules/identity/contract.ts'
import { inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { Input, Output } from '#platform/operation.ts'
import { addDays, instantOf, localDateOf, minuteOfDay, toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract.ts'
import type { Appointment } from '../contract.ts'
import { type CallingRule, type Slot, slotsOn, ticketCode, visitFrom } from '../rules.ts'
import {
  type AppointmentPatch,
  type AppointmentRow,
  appointmentsOfDay,
  exchangeTimes,
  findAppointment,
  freeTimes,
  insertAppointment,
  lockAppointment,
  ruleOf,
  rulesOf,
  type Side,
  takenBetween,
  ticketForAppointment,
  tokenOfTicket,
  updateAppointment,
} from '../store/appointments.ts'
import { findGroup, type GroupRow } from '../store/counters.ts'
import { callingFrom, findSettings } from '../store/settings.ts'
import { insertTickets, takeNumbers } from '../store/tickets.ts'
import { AT_COUNTERS, holdsAtCentre, ORDERS, type QueueDeps, record, SETS_UP, staffActor } from './deps.ts'
import type { Hours } from './hours.ts'
import { APPOINTMENT_WORDS, momentShort, sessionsOn } from './words.ts'

const MINUTE = 60_000
/** Nobody plans further, and rules change. */
const DAYS_OFFERED = 31
/** A time is not a thing to collect: whoever moves more often cancels and books anew. */
const MOST_MOVES = 3
/** Who comes earlier is asked to wait outside the line. */
const EARLIEST_ARRIVAL_MINUTES = 120

type Wanted = { group: GroupRow; at: Date; slots: number; side: Side }
type Times = { at: Date; until: Date; capacity: number }[]

/** Times that visitors book, hold, move, cancel and arrive for. No time is promised to more people than its rule allows. */
export const createAppointments = (deps: QueueDeps, hours: Hours) => {
  const grace = ({ graceMinutes }: CallingRule, at: Date) => ({
    from: new Date(at.getTime() - graceMinutes * MINUTE),
    to: new Date(at.getTime() + graceMinutes * MINUTE),
  })

  const openGroup = async (centre: string, id: string): Promise<GroupRow> => {
    if (!(await deps.tree()).centres.has(centre)) throw new Refusal('queue.unknown-centre')
    const group = await findGroup(deps.db, id)
    if (!group?.active || group.centre_id !== centre) throw new Refusal('queue.unknown-service-group')
    return group
  }

  const slotsOfDay = async (group: GroupRow, date: string): Promise<Slot[]> => {
    const calendar = await hours.calendarOf(group.centre_id)
    return slotsOn((await rulesOf(deps.db, [group.id])).map(ruleOf), date, sessionsOn(calendar, date))
  }

  /** The times that a visit from `at` takes, by the rules in force. */
  const timesFor = async ({ group, at, slots, side }: Wanted): Promise<Times> => {
    const now = deps.clock.now()
    if (at <= now) throw new Refusal('queue.time-over')
    const date = localDateOf(at)
    const whole = at.getTime() % MINUTE === 0
    const visit =
      whole && date <= addDays(localDateOf(now), DAYS_OFFERED)
        ? visitFrom(await slotsOfDay(group, date), minuteOfDay(at), slots)
        : undefined
    if (!visit) throw new Refusal('queue.no-such-time', { at: momentShort(at) })
    return visit.map((slot) => ({
      ...{ at: instantOf(date, slot.from), until: instantOf(date, slot.to) },
      capacity: side === 'PUBLIC' ? slot.publicCapacity : slot.staffCapacity,
    }))
  }

  const take = async (
    tx: Tx,
    { group, at, side }: Wanted,
    times: Times,
    free: readonly Date[] = [],
  ): Promise<void> => {
    if (!(await exchangeTimes(tx, { group: group.id, side }, { take: times, free })))
      throw new Refusal('queue.time-taken', { at: momentShort(at) })
  }

  const view = async (row: AppointmentRow, group?: GroupRow): Promise<Appointment> => {
    const now = deps.clock.now()
    const [rule, tree, service, ticket] = await Promise.all([
      deps.ruleOf(row.centre_id),
      deps.tree(),
      group ?? findGroup(deps.db, row.group_id),
      row.ticket_id ? tokenOfTicket(deps.db, row.ticket_id) : null,
    ])
    const { from, to } = grace(rule, row.starts_at)
    const held = row.state === 'HELD' && row.held_until !== null && row.held_until > now
    const booked = row.state === 'BOOKED' && row.ends_at > now
    const today = localDateOf(row.starts_at) === localDateOf(now)
    const early = row.starts_at.getTime() - now.getTime() > EARLIEST_ARRIVAL_MINUTES * MINUTE
    return {
      ...{ token: row.token, state: row.state === 'HELD' && !held ? 'EXPIRED' : row.state, ticket },
      centre: { id: row.centre_id, name: tree.units.get(row.centre_id)?.name ?? row.centre_id },
      serviceGroup: { id: row.group_id, name: service?.name ?? '', nameEn: service?.name_en ?? '' },
      ...{ startsAt: toLocalIso(row.starts_at), endsAt: toLocalIso(row.ends_at) },
      heldUntil: held && row.held_until ? toLocalIso(row.held_until) : null,
      ...{
        name: row.name,
        phone: row.phone && `•••• ••• ${row.phone.slice(-3)}`,
        procedures: row.procedures,
      },
      slots: row.slots.length,
      grace: { from: toLocalIso(from), to: toLocalIso(to) },
      may: {
        confirm: held,
        move: booked && row.moves < MOST_MOVES,
        cancel: held || booked,
        arrive: row.state === 'BOOKED' && today && !early,
      },
    }
  }

  const make = (tx: Tx, wanted: Wanted, times: Times, more: AppointmentPatch): Promise<AppointmentRow> => {
    const row: Omit<AppointmentRow, 'version'> = {
      ...{ id: newId(), centre_id: wanted.group.centre_id, group_id: wanted.group.id, token: deps.token() },
      ...{ side: wanted.side, slots: times.map(({ at }) => at), starts_at: wanted.at },
      ...{ ends_at: times.at(-1)?.until ?? wanted.at, state: 'HELD', held_until: null, name: null },
      ...{ phone: null, procedures: [], moves: 0, reminded_at: null, ticket_id: null },
      ...{ made_at: deps.clock.now(), made_by: null, ...more },
    }
    return insertAppointment(tx, row).then(() => ({ ...row, version: 1 }))
  }

  const recordFor = (
    tx: Tx,
    type: 'appointment-booked' | 'appointment-moved' | 'appointment-cancelled' | 'appointment-arrived',
    row: AppointmentRow,
    actor?: StaffActor,
  ) =>
    record(deps, tx, {
      ...{ type, at: deps.clock.now(), ...(actor ? { actor: staffActor(actor) } : {}) },
      subject: { kind: 'appointment', id: row.id },
      data: { centre: row.centre_id, group: row.group_id, startsAt: row.starts_at.toISOString() },
    })

  const locked = async (tx: Tx, token: string): Promise<AppointmentRow> => {
    const row = await lockAppointment(tx, token)
    if (!row) throw new Refusal('queue.unknown-appointment')
    return row
  }
  const movedOn = (row: AppointmentRow): Refusal =>
    new Refusal('queue.appointment-moved-on', { state: APPOINTMENT_WORDS[row.state] })
  const assertHeld = (row: AppointmentRow): void => {
    if (row.state !== 'HELD' && row.state !== 'EXPIRED') throw movedOn(row)
    if (row.state === 'EXPIRED' || !row.held_until || row.held_until <= deps.clock.now())
      throw new Refusal('queue.hold-expired')
  }
  const assertWorksHere = async (actor: StaffActor, centre: string): Promise<void> => {
    const tree = await deps.tree()
    if (!tree.centres.has(centre)) throw new Refusal('queue.unknown-centre')
    if (!holdsAtCentre(tree, actor, [...AT_COUNTERS, ...ORDERS, ...SETS_UP], centre))
      throw new Refusal('queue.not-your-centre')
  }

  return {
    slots: async ({
      centre,
      group: id,
      from,
      days,
      slots: count,
    }: Input<typeof op.listSlots>): Promise<Output<typeof op.listSlots>> => {
      const group = await openGroup(centre, id)
      const now = deps.clock.now()
      const today = localDateOf(now)
      const first = from && from > today ? from : today
      const lastDay = addDays(today, DAYS_OFFERED)
      const [rules, calendar, taken] = await Promise.all([
        rulesOf(deps.db, [group.id]),
        hours.calendarOf(centre),
        takenBetween(deps.db, group.id, 'PUBLIC', instantOf(first), instantOf(addDays(first, days))),
      ])
      const dates = Array.from({ length: days }, (_, day) => addDays(first, day)).filter(
        (date) => date <= lastDay,
      )
      const left = (date: string, slot: Slot) =>
        slot.publicCapacity - (taken.get(instantOf(date, slot.from).getTime()) ?? 0)
      return {
        lastDay,
        days: dates.map((date) => {
          const slots = slotsOn(rules.map(ruleOf), date, sessionsOn(calendar, date))
          return {
            date,
            times: slots.flatMap((slot) => {
              const at = instantOf(date, slot.from)
              const visit = visitFrom(slots, slot.from, count)
              if (!visit || at <= now) return []
              const free = Math.min(...visit.map((one) => left(date, one)))
              const until = instantOf(date, visit.at(-1)?.to ?? slot.to)
              return [{ at: toLocalIso(at), until: toLocalIso(until), left: Math.max(0, free) }]
            }),
          }
        }),
      }
    },

    hold: async (
      { centre, group: id, at: text, slots }: Input<typeof op.holdSlot>,
      idempotency: Idempotency | undefined,
    ): Promise<Appointment> => {
      const group = await openGroup(centre, id)
      const wanted: Wanted = { group, at: new Date(text), slots, side: 'PUBLIC' }
      const [times, { holdMinutes }] = await Promise.all([timesFor(wanted), deps.ruleOf(centre)])
      return inTransaction(deps.db, async (tx) => {
        await take(tx, wanted, times)
        const held_until = new Date(deps.clock.now().getTime() + holdMinutes * MINUTE)
        const answer = await view(await make(tx, wanted, times, { held_until }), group)
        await idempotency?.remember(tx, answer)
        return answer
      })
    },

    confirm: async ({ token, name, phone, procedures }: Input<typeof op.confirmAppointment>) => {
      const row = await inTransaction(deps.db, async (tx) => {
        const held = await locked(tx, token)
        // A repeat of what was done is done.
        if (held.state === 'BOOKED' && held.name === name && held.phone === phone) return held
        assertHeld(held)
        const patch = { ...{ state: 'BOOKED' as const, held_until: null }, ...{ name, phone, procedures } }
        const booked = await updateAppointment(tx, held, patch)
        await recordFor(tx, 'appointment-booked', booked)
        return booked
      })
      return view(row)
    },

    get: async ({ token }: Input<typeof op.getAppointment>): Promise<Appointment> => {
      const row = await findAppointment(deps.db, token)
      if (!row) throw new Refusal('queue.unknown-appointment')
      return view(row)
    },

    move: async ({ token, at: text }: Input<typeof op.moveAppointment>): Promise<Appointment> => {
      const known = await findAppointment(deps.db, token)
      const group = known && (await findGroup(deps.db, known.group_id))
      if (!known || !group) throw new Refusal('queue.unknown-appointment')
      const wanted: Wanted = { group, at: new Date(text), slots: known.slots.length, side: known.side }
      const times = await timesFor(wanted)
      const row = await inTransaction(deps.db, async (tx) => {
        const before = await locked(tx, token)
        if (before.state !== 'BOOKED') throw movedOn(before)
        if (before.starts_at.getTime() === wanted.at.getTime()) return before
        if (before.moves >= MOST_MOVES) throw new Refusal('queue.moved-too-often', { times: MOST_MOVES })
        await take(tx, wanted, times, before.slots)
        const moved = await updateAppointment(tx, before, {
          ...{
            slots: times.map(({ at }) => at),
            starts_at: wanted.at,
            ends_at: times.at(-1)?.until ?? wanted.at,
          },
          ...{ moves: before.moves + 1, reminded_at: null },
        })
        await recordFor(tx, 'appointment-moved', moved)
        return moved
      })
      return view(row, group)
    },

    cancel: async ({ token }: Input<typeof op.cancelAppointment>): Promise<Appointment> => {
      const row = await inTransaction(deps.db, async (tx) => {
        const before = await locked(tx, token)
        if (before.state === 'CANCELLED') return before
        if (before.state !== 'BOOKED' && before.state !== 'HELD') throw movedOn(before)
        await freeTimes(tx, before)
        const cancelled = await updateAppointment(tx, before, { state: 'CANCELLED', held_until: null })
        await recordFor(tx, 'appointment-cancelled', cancelled)
        return cancelled
      })
      return view(row)
    },

    /** Number, ticket and arrival are one transaction: a crash between them and a second tap give the same number. */
    arrive: async ({
      token,
      channel,
    }: Input<typeof op.arriveForAppointment>): Promise<Output<typeof op.arriveForAppointment>> =>
      inTransaction(deps.db, async (tx) => {
        const row = await locked(tx, token)
        const ticketOf = async (id: string) => {
          const { token: own, code } = await tx
            .selectFrom('ticket')
            .select(['token', 'code'])
            .where('id', '=', id)
            .executeTakeFirstOrThrow()
          return { token: own, number: code }
        }
        if (row.state === 'ARRIVED' && row.ticket_id) return ticketOf(row.ticket_id)
        if (row.state === 'HELD' || row.state === 'EXPIRED') throw new Refusal('queue.hold-expired')
        if (row.state !== 'BOOKED') throw movedOn(row)
        const now = deps.clock.now()
        const day = localDateOf(now)
        const early = row.starts_at.getTime() - now.getTime() > EARLIEST_ARRIVAL_MINUTES * MINUTE
        if (localDateOf(row.starts_at) !== day || early)
          throw new Refusal('queue.not-today', { at: momentShort(row.starts_at) })
        const group = await findGroup(tx, row.group_id)
        if (!group) throw new Error('an appointment of a group that is gone')
        const taken = (await takeNumbers(tx, [{ group: group.id, day, count: 1 }])).get(group.id)
        if (!taken) throw new Error('a group without a counter of numbers')
        const ticket = {
          ...{ id: newId(), centre: group.centre_id, group: group.id, day, number: taken.last },
          ...{ code: ticketCode(taken.prefix, taken.last), token: deps.token(), channel },
          ...{ priorityClass: 'NONE', language: 'vi', procedures: row.procedures, at: now.toISOString() },
          ...{ p10: null, p50: null, p90: null, note: null },
        }
        await insertTickets(tx, [ticket])
        const rule = callingFrom(await findSettings(tx, row.centre_id))
        const onTime = now <= grace(rule, row.starts_at).to
        await ticketForAppointment(tx, ticket.id, onTime ? row.starts_at : null)
        const arrived = await updateAppointment(tx, row, { state: 'ARRIVED', ticket_id: ticket.id })
        await record(deps, tx, {
          ...{ type: 'ticket-issued', at: now, subject: { kind: 'ticket', id: ticket.id } },
          data: {
            ...{ centre: group.centre_id, group: group.id, number: ticket.code, channel },
            ...{ priority: 'NONE', appointment: row.id },
          },
        })
        await recordFor(tx, 'appointment-arrived', arrived)
        return { token: ticket.token, number: ticket.code }
      }),

    bookForVisitor: async (
      input: Input<typeof op.bookForVisitor>,
      actor: StaffActor,
      idempotency: Idempotency | undefined,
    ): Promise<Appointment> => {
      await assertWorksHere(actor, input.centre)
      const group = await openGroup(input.centre, input.group)
      const wanted: Wanted = { group, at: new Date(input.at), slots: input.slots, side: 'STAFF' }
      const times = await timesFor(wanted)
      return inTransaction(deps.db, async (tx) => {
        await take(tx, wanted, times)
        const { name, phone, procedures } = input
        const booked = { state: 'BOOKED' as const, name, phone, procedures, made_by: actor.name }
        const row = await make(tx, wanted, times, booked)
        await recordFor(tx, 'appointment-booked', row, actor)
        const answer = await view(row, group)
        await idempotency?.remember(tx, answer)
        return answer
      })
    },

    ofDay: async (
      { centre, day: asked }: Input<typeof op.listAppointments>,
      actor: StaffActor,
    ): Promise<Output<typeof op.listAppointments>> => {
      await assertWorksHere(actor, centre)
      const day = asked ?? localDateOf(deps.clock.now())
      const rows = await appointmentsOfDay(deps.db, centre, instantOf(day), instantOf(addDays(day, 1)))
      if (rows.length > 0)
        await deps.log.recordAccess(deps.db, {
          actor: staffActor(actor),
          subject: { kind: 'appointments', id: `${centre} ${day}` },
          fields: [`names:${rows.length}`],
          purpose: 'Xem lịch hẹn của ngày',
        })
      const groups = new Map<string, GroupRow | undefined>()
      for (const { group_id } of rows)
        if (!groups.has(group_id)) groups.set(group_id, await findGroup(deps.db, group_id))
      const items = await Promise.all(
        rows.map(async (row) => ({
          ...(await view(row, groups.get(row.group_id))),
          ...{ side: row.side, madeBy: row.made_by },
        })),
      )
      return { day, items }
    },
  }
}
