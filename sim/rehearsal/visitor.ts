import { randomUUID } from 'node:crypto'
import {
  arriveForAppointment,
  cancelTicket,
  confirmAppointment,
  getTicket,
  getVisitToRate,
  holdSlot,
  listSlots,
  rateVisit,
  returnToLine,
  takeTicket,
} from '#modules/queue/contract.ts'
import { minuteOfDay } from '#platform/time/vietnam.ts'
import type { Visitor } from '../hall-plan.ts'
import { type Api, Refused } from './api.ts'
import type { DayTime } from './day-time.ts'
import { type Held, type Journal, noteBack, noteEnd, noteIssue, noteLeaving, noteRefusal } from './journal.ts'

export type Hall = {
  api: Api
  time: DayTime
  journal: Journal
  /** Somebody has joined a line, or has left the hall. */
  changed: () => void
  /** Visitors who are still to come, or are somewhere in the hall. */
  pending: { count: number }
  /** Goes on beside the caller; a failure ends the rehearsal. */
  run: (work: Promise<void>) => void
}

/** Runs it, and counts a refusal as what happened: a visitor reads it and decides. */
export const unlessRefused = async <T>(journal: Journal, work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    noteRefusal(journal, error.code)
    return undefined
  }
}

/** Minutes before the appointment at which a careful visitor is there. */
const EARLY = 5
const PHONE = '0900000000'

type Appointment = { token: string; at: number }

/** Books the first free time from the wanted minute on, as the portal does: a time is kept, then a name is given. */
const book = async (
  { api, journal }: Hall,
  visitor: Visitor,
  day: string,
): Promise<Appointment | undefined> =>
  unlessRefused(journal, async () => {
    const { centre } = journal
    const { value } = await api.ask(listSlots, { centre, group: visitor.group, from: day, days: 1 })
    const free = value.days
      .filter(({ date }) => date === day)
      .flatMap(({ times }) => times)
      .find(({ at, left }) => left > 0 && minuteOfDay(new Date(at)) >= visitor.minute)
    if (!free) return undefined
    const wanted = { centre, group: visitor.group, at: free.at }
    const { value: kept } = await api.ask(holdSlot, wanted, { key: randomUUID() })
    const named = { token: kept.token, name: `Khách Diễn Tập ${visitor.n}`, phone: PHONE }
    try {
      await api.ask(confirmAppointment, named)
    } catch (error) {
      // The answer got lost, not the booking.
      if (!(error instanceof Refused && error.repeated && error.code === 'queue.appointment-moved-on'))
        throw error
    }
    journal.booked += 1
    return { token: kept.token, at: Date.parse(free.at) }
  })

const ticketOfAppointment = async (
  { api, journal }: Hall,
  visitor: Visitor,
  { token, at }: Appointment,
): Promise<Held | undefined> =>
  unlessRefused(journal, async () => {
    const arrived = await api.ask(arriveForAppointment, { token, channel: 'KIOSK' })
    const { value } = await api.ask(getTicket, { token: arrived.value.token })
    return noteIssue(journal, visitor, { ...arrived, value }, at)
  })

const ticketAtKiosk = async ({ api, journal }: Hall, visitor: Visitor): Promise<Held | undefined> =>
  unlessRefused(journal, async () => {
    const wanted = {
      ...{ centre: journal.centre, serviceGroup: visitor.group, channel: 'KIOSK' as const },
      ...{ priorityClass: visitor.priority, language: visitor.language },
    }
    return noteIssue(journal, visitor, await api.ask(takeTicket, wanted, { key: randomUUID() }), null)
  })

/** Walks out when it takes too long; who is called meanwhile stays. */
const leaveIfTired = async (hall: Hall, held: Held): Promise<void> => {
  const { time, api, journal } = hall
  const { goesAwayAfter } = held.visitor
  if (goesAwayAfter === null) return
  const until = time.minute() + goesAwayAfter
  while (time.minute() < until) {
    await time.pause(1)
    if (held.state === 'ended') return
  }
  if (held.state !== 'waiting') return
  noteLeaving(held)
  await unlessRefused(journal, () =>
    api.ask(cancelTicket, { token: held.ticket.token }).catch(async (error: unknown) => {
      if (!(error instanceof Refused && error.repeated)) throw error
      const { value } = await api.ask(getTicket, { token: held.ticket.token })
      if (value.state !== 'CANCELLED') throw error
    }),
  )
  await settle(hall, held)
}

/** What became of it, as the ticket's own page says. */
const settle = async ({ api, changed, pending }: Hall, held: Held): Promise<void> => {
  const { value } = await api.ask(getTicket, { token: held.ticket.token })
  if (value.state !== 'CANCELLED') return
  noteEnd(held, 'CANCELLED')
  pending.count -= 1
  changed()
}

/** A visitor from the door to the line; the officers do the rest. */
export const visit = async (hall: Hall, visitor: Visitor, day: string): Promise<void> => {
  const { time, journal, pending, changed } = hall
  const appointment = visitor.booked && time.ownClock ? await book(hall, visitor, day) : undefined
  await time.until(appointment ? minuteOfDay(new Date(appointment.at)) - EARLY : visitor.minute)
  journal.arrived += 1
  const held = await (appointment
    ? ticketOfAppointment(hall, visitor, appointment)
    : ticketAtKiosk(hall, visitor))
  if (!held) {
    journal.turnedAway += 1
    pending.count -= 1
    changed()
    return
  }
  changed()
  await leaveIfTired(hall, held)
}

/** Missed the call and comes back, or does not. */
export const afterMissing = async (hall: Hall, held: Held): Promise<void> => {
  const { time, api, journal, changed, pending } = hall
  const { comesBackAfter } = held.visitor
  const gone = () => {
    noteEnd(held, 'NO_SHOW')
    pending.count -= 1
    changed()
  }
  if (comesBackAfter === null) return gone()
  await time.pause(comesBackAfter)
  const back = await unlessRefused(journal, () =>
    api.ask(returnToLine, { token: held.ticket.token }).catch(async (error: unknown) => {
      if (!(error instanceof Refused && error.repeated)) throw error
      return { answered: performance.now() }
    }),
  )
  if (!back) return gone()
  held.requeued = true
  noteBack(held, null, back.answered)
  changed()
}

/** On the phone, on the way home. */
export const rate = async ({ api, journal, time }: Hall, held: Held): Promise<void> => {
  const { score } = held.visitor
  if (score === null) return
  const { token } = held.ticket
  await time.pause(1)
  await unlessRefused(journal, async () => {
    const { value } = await api.ask(getVisitToRate, { token })
    if (!value.visit) throw new Refused('queue.nothing-to-rate', {}, false)
    await api.ask(rateVisit, { token, visit: value.visit.id, score }, { key: randomUUID() })
    journal.ratings += 1
  })
}
