import { randomUUID } from 'node:crypto'
import {
  callNext,
  closeCounterForNow,
  confirmPriority,
  finishService,
  holdTicket,
  missTicket,
  openCounter,
  pauseCounter,
  recallTicket,
  startService,
  transferTicket,
} from '#modules/queue/contract.ts'
import { DEFAULT_CALLING } from '#modules/queue/rules.ts'
import type { Operation, Output, Request } from '#platform/operation.ts'
import { instantOf, toLocalIso } from '#platform/time/vietnam.ts'
import { HABITS, type Shift } from '../hall-plan.ts'
import { type Answered, Refused } from './api.ts'
import { type Held, noteBack, noteCall, noteEnd, noteRefusal } from './journal.ts'
import { afterMissing, type Hall, rate, unlessRefused } from './visitor.ts'

export type Seat = {
  /** Id and number of the counter. */
  counter: string
  number: number
  groups: readonly string[]
  account: { username: string; password: string }
  /** Signed in before the rehearsal. */
  cookie?: string | undefined
}

/** Who holds a ticket is still served after closing; nobody stays all night for it. */
const LATEST_AFTER = 180
/** With nobody in the line one looks again now and then: others may have taken numbers. */
const LOOK_AGAIN = 3
/** At the desk before the doors open, and at the computer before that. */
const EARLY = 5
const SIGNS_IN = 25
const NOT_OPEN = ['queue.counter-closed', 'queue.counter-paused']
/** Somebody whom this rehearsal does not know stays about so long. */
const STRANGER = 5
const WORDS = { LUNCH: 'Nghỉ trưa', REST: 'Nghỉ giải lao' } as const

export type OfficerDeps = {
  hall: Hall
  seat: Seat
  shift: Shift
  day: string
  /** Closing of the hall, minute of the day. */
  closes: number
  /** Resolves at the next change in the hall, at the latest after so many minutes. */
  nextChange: (minutes: number) => Promise<void>
}

/** An officer with an own session, from the beginning of the shift until the line is empty. */
export const work = async (deps: OfficerDeps): Promise<void> => {
  const { hall, seat, shift, day, closes, nextChange } = deps
  const { api, time, journal } = hall
  let { cookie } = seat
  /** Served, and done when the next one is called. */
  let current: string | undefined

  /** Signs in at the first use, and again when the session has gone idle over lunch. */
  const ask = async <O extends Operation>(
    operation: O,
    input: Request<O>,
    key?: string,
  ): Promise<Answered<Output<O>>> => {
    cookie ??= await api.signIn(seat.account)
    try {
      return await api.ask(operation, input, { cookie, key })
    } catch (error) {
      if (!(error instanceof Refused && error.code === 'platform.not-signed-in')) throw error
      cookie = await api.signIn(seat.account)
      return api.ask(operation, input, { cookie, key })
    }
  }
  const { counter } = seat
  type Move = typeof startService | typeof finishService | typeof missTicket | typeof confirmPriority
  /** Done, or done the first time although its answer got lost; undefined when the product refused. */
  const settled = (work: () => Promise<{ answered: number }>): Promise<{ answered: number } | undefined> =>
    unlessRefused(journal, () =>
      work().catch((error: unknown) => {
        if (!(error instanceof Refused && error.repeated)) throw error
        return { answered: performance.now() }
      }),
    )
  const move = (operation: Move, ticket: string) => settled(() => ask(operation, { counter, ticket }))

  const finish = async (): Promise<void> => {
    if (current === undefined) return
    const ticket = current
    current = undefined
    await move(finishService, ticket)
    served(ticket)
  }
  const served = (ticket: string): void => {
    const held = journal.byTicket.get(ticket)
    if (!held) return
    noteEnd(held, 'DONE')
    hall.pending.count -= 1
    hall.changed()
    hall.run(rate(hall, held))
  }

  const next = async (): Promise<Held | 'stranger' | undefined> => {
    try {
      const answer = await ask(callNext, { counter }, randomUUID())
      const before = current
      current = answer.value.id
      if (before !== undefined) served(before)
      return noteCall(journal, answer, { counter: seat.number, groups: seat.groups }) ?? 'stranger'
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      // An empty line is the quiet of the day, not a refusal worth counting.
      if (error.code !== 'queue.nobody-waiting') noteRefusal(journal, error.code)
      // The press after the break was not taken: whoever reads why presses again.
      if (NOT_OPEN.includes(error.code)) await settled(() => ask(openCounter, { counter }))
      return undefined
    }
  }

  /** Calls again as often as the rule wants it before anybody counts as missing. */
  const miss = async (held: Held): Promise<void> => {
    for (let calls = 1; calls < DEFAULT_CALLING.callsBeforeMissing; ) {
      await time.serverSeconds(DEFAULT_CALLING.secondsBetweenCalls)
      try {
        await ask(recallTicket, { counter, ticket: held.ticket.id })
        calls += 1
        journal.recalls += 1
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        if (error.code !== 'queue.recall-too-soon') {
          noteRefusal(journal, error.code)
          break
        }
        await time.serverSeconds(Number(error.details.seconds ?? 1))
      }
    }
    current = undefined
    const missed = await move(missTicket, held.ticket.id)
    if (!missed) {
      current = held.ticket.id
      return
    }
    held.state = 'missed'
    hall.run(afterMissing(hall, held))
  }

  const letAside = async (held: Held, minutes: number): Promise<void> => {
    const ticket = held.ticket.id
    const done = await settled(() => ask(holdTicket, { counter, ticket, minutes, note: 'Bổ sung bản sao' }))
    if (!done) return
    current = undefined
    journal.aside += 1
    // The product puts it back by itself when the time is over and somebody calls.
    noteBack(held, null, done.answered)
    held.state = 'aside'
    hall.run(time.pause(minutes + 0.5).then(hall.changed))
  }

  const sendOn = async (held: Held, serviceGroup: string): Promise<void> => {
    const ticket = held.ticket.id
    const note = 'Chuyển tiếp để làm thủ tục kèm theo'
    const done = await settled(() => ask(transferTicket, { counter, ticket, serviceGroup, note }))
    if (!done) return
    current = undefined
    journal.transfers += 1
    noteBack(held, serviceGroup, done.answered)
    hall.changed()
  }

  const serve = async (held: Held): Promise<void> => {
    const { visitor, ticket } = held
    if (!visitor.answersCall && !held.requeued) return miss(held)
    await time.pause(HABITS.walk)
    await move(startService, ticket.id)
    if (visitor.priority !== 'NONE') await move(confirmPriority, ticket.id)
    const first = held.backInLine === (held.requeued ? 1 : 0)
    await time.pause(first ? visitor.visit : visitor.visit / 2)
    if (!first) return
    if (visitor.asideFor !== null) return letAside(held, visitor.asideFor)
    if (visitor.goesOnTo !== null) return sendOn(held, visitor.goesOnTo)
  }

  const rest = async ({ to, why }: Shift['breaks'][number]): Promise<void> => {
    await finish()
    // What is told is when the hall's clock says so; with shrunk intervals that would be another day's minute.
    const until = time.ownClock ? { until: toLocalIso(instantOf(day, Math.round(to))) } : {}
    await settled(() => ask(pauseCounter, { counter, reason: WORDS[why], ...until }))
    await time.until(to)
    await settled(() => ask(openCounter, { counter }))
  }

  await time.until(shift.from - SIGNS_IN)
  cookie ??= await api.signIn(seat.account)
  await time.until(shift.from - EARLY)
  if (!(await settled(() => ask(openCounter, { counter })))) return
  const done = new Set<Shift['breaks'][number]>()
  for (;;) {
    const minute = time.minute()
    const due = shift.breaks.find((one) => one.from <= minute && !done.has(one))
    if (due) {
      done.add(due)
      if (due.to > minute) await rest(due)
      continue
    }
    const closing = shift.to >= closes
    if (minute >= shift.to && (!closing || hall.pending.count <= 0 || minute > closes + LATEST_AFTER)) break
    const called = await next()
    if (called === 'stranger') await time.pause(STRANGER)
    else if (called) await serve(called)
    else {
      await finish()
      await nextChange(LOOK_AGAIN)
    }
  }
  await finish()
  await settled(() => ask(closeCounterForNow, { counter }))
}
