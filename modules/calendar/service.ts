import type { StaffActor } from '#modules/identity/contract.ts'
import type { Db } from '#platform/db/connect.ts'
import { type RefusalDetails, refuse } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import { createAdministration } from './administration.ts'
import { createCalendarCache } from './cache.ts'
import * as contract from './contract.ts'
import type { CalendarDeps } from './deps.ts'
import { createGuards } from './guards.ts'
import { createParameters } from './parameters.ts'
import type { Calendar } from './rules/compile.ts'
import { amountProblem, dueDate } from './rules/due.ts'
import { isWithin, readAmount, readStart } from './rules/input.ts'
import { DURATION_UNITS, type DurationUnit, OutOfCalendar } from './rules/model.ts'
import { mayChangeCalendar } from './rules/rights.ts'
import { dayRuler } from './rules/ruler.ts'
import { explainDue } from './rules/sentences.ts'
import * as store from './store.ts'
import { exceptionView, timesFromWeekly, yearView } from './views.ts'

const unitOf = (text: string): DurationUnit => {
  const unit = DURATION_UNITS.find((known) => known === text.trim().toUpperCase())
  return (
    unit ??
    refuse(contract.computeDeadline, 'calendar.unknown-unit', {
      unit: text,
      units: DURATION_UNITS.join(', '),
    })
  )
}

const amountOf = (text: string | undefined, unit: DurationUnit): number => {
  const amount = text === undefined ? Number.NaN : readAmount(text)
  const problem = amountProblem(amount, unit)
  if (problem === null) return Number.isNaN(amount) ? 0 : amount
  const details: RefusalDetails = { amount: text ?? '' }
  return problem === 'impossible'
    ? refuse(contract.computeDeadline, 'calendar.amount-impossible', details)
    : refuse(contract.computeDeadline, 'calendar.amount-too-large', details)
}

export const createCalendarService = (deps: CalendarDeps) => {
  const { db, clock, isCentre } = deps
  const cache = createCalendarCache(db)
  const { knownYear, assertCentre, assertCalendar } = createGuards(isCentre)

  return {
    ...createAdministration(deps, cache),
    ...createParameters(deps, cache),

    /** The compiled calendar of a centre, or of the province for null. Cached; another process's change is seen within a second. */
    calendarFor: (on: Db, centre: string | null): Promise<Calendar> => cache.calendarFor(on, centre),

    /** The province's own numbers beside the law's, as fresh as the calendars. */
    localValues: (on: Db) => cache.localValues(on),

    computeDeadline: async (
      input: Input<typeof contract.computeDeadline>,
    ): Promise<Output<typeof contract.computeDeadline>> => {
      const unit = unitOf(input.unit)
      const amount = amountOf(input.amount, unit)
      await assertCentre(input.centre)
      const calendar = await cache.calendarFor(db, input.centre || null)
      const start = readStart(input.start, calendar)
      if (!start) return refuse(contract.computeDeadline, 'calendar.start-unreadable', { start: input.start })
      if (!isWithin(calendar, start)) return refuse(contract.computeDeadline, 'calendar.out-of-range')
      try {
        const { due, provisional, trace } = dueDate({ start, amount, unit, calendar })
        const vi = explainDue(trace, 'vi')
        const en = explainDue(trace, 'en')
        const ruler = dayRuler(trace, localDateOf(clock.now()))
        return {
          due: due && toLocalIso(due),
          provisional,
          explanation: [...vi.lines],
          explanationEn: [...en.lines],
          legalBasis: { vi: vi.legalBasis, en: en.legalBasis },
          ruler: {
            ...ruler,
            rows: ruler.rows.map((row) => (row.kind === 'week' ? { ...row, days: [...row.days] } : row)),
          },
        }
      } catch (error) {
        if (error instanceof OutOfCalendar) return refuse(contract.computeDeadline, 'calendar.out-of-range')
        throw error
      }
    },

    showYear: async (input: Input<typeof contract.showYear>): Promise<Output<typeof contract.showYear>> => {
      const year = knownYear(input.year)
      await assertCentre(input.centre)
      const calendar = await cache.calendarFor(db, input.centre || null)
      return yearView(calendar, year, await store.exceptionsOfYear(db, 'nation', year))
    },

    listExceptions: async (
      input: Input<typeof contract.listExceptions>,
      actor: StaffActor,
    ): Promise<Output<typeof contract.listExceptions>> => {
      const year = knownYear(input.year)
      await assertCalendar(input.calendar)
      const items = await store.exceptionsOfYear(db, input.calendar, year)
      const hours = await store.readHours(db, input.calendar)
      return {
        items: items.map(exceptionView),
        hours: { weekly: timesFromWeekly(hours.weekly), duty: timesFromWeekly(hours.duty) },
        mayChange: mayChangeCalendar(actor, input.calendar),
      }
    },
  }
}

export type CalendarService = ReturnType<typeof createCalendarService>
