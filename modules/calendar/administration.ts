import { v7 } from 'uuid'
import type { Actor, StaffActor } from '#modules/identity/contract.ts'
import { type Db, inTransaction, type Tx, violates } from '#platform/db/connect.ts'
import { Refusal, refuse } from '#platform/errors.ts'
import type { JsonObject } from '#platform/log/log.ts'
import type { Input, Output } from '#platform/operation.ts'
import { minuteFromText } from '#platform/time/vietnam.ts'
import type { CalendarCache } from './cache.ts'
import * as contract from './contract.ts'
import type { CalendarDeps } from './deps.ts'
import { createGuards } from './guards.ts'
import { FIRST_YEAR, LAST_YEAR } from './rules/compile.ts'
import { sessionsProblem } from './rules/input.ts'
import { type CalendarLayer, type Session, WEEKDAYS, type Weekday } from './rules/model.ts'
import { keeperOf, mayChangeCalendar } from './rules/rights.ts'
import { BadYearTable, readYearTables } from './rules/year-table.ts'
import * as store from './store.ts'
import { exceptionView, timesFromWeekly } from './views.ts'

const sessionsFromTimes = (times: readonly { from: string; to: string }[]): Session[] =>
  times.map(({ from, to }) => ({ from: minuteFromText(from), to: minuteFromText(to) }))

type WeeklyTimes = Input<typeof contract.setWorkingHours>['weekly']

const weeklyFromTimes = (weekly: WeeklyTimes): CalendarLayer['weekly'] => {
  const sessions: Partial<Record<Weekday, readonly Session[]>> = {}
  for (const day of WEEKDAYS) {
    const times = weekly[`${day}`]
    if (times) sessions[day] = sessionsFromTimes(times)
  }
  return sessions
}

/** The use cases that change a calendar. */
export const createAdministration = ({ db, log, clock, isCentre }: CalendarDeps, cache: CalendarCache) => {
  const { knownYear, assertCalendar } = createGuards(isCentre)

  const assertKeeper = (actor: StaffActor, calendar: string): void => {
    if (mayChangeCalendar(actor, calendar)) return
    const keeper = keeperOf(calendar)
    throw new Refusal('calendar.not-allowed', { keeper: keeper.vi, keeperEn: keeper.en })
  }

  const assertSessions = (sessions: readonly Session[], needed: boolean): void => {
    const problem =
      needed && sessions.length === 0
        ? { vi: 'chưa có buổi nào', en: 'there is no session' }
        : sessionsProblem(sessions)
    if (problem)
      throw new Refusal('calendar.impossible-sessions', { problem: problem.vi, problemEn: problem.en })
  }

  /** PARTIAL and DUTY need sessions, OFF has none, WORK may go without. */
  const sessionsFor = (type: string, times: readonly { from: string; to: string }[] | undefined) => {
    if (type === 'OFF') return undefined
    const sessions = sessionsFromTimes(times ?? [])
    assertSessions(sessions, type !== 'WORK')
    return sessions.length > 0 ? sessions : undefined
  }

  const record = (tx: Tx, type: string, actor: Actor, calendar: string, data: JsonObject) =>
    log.append(tx, [
      {
        type,
        at: clock.now(),
        actor:
          actor.kind === 'staff'
            ? { kind: 'staff', id: actor.id, name: actor.name }
            : { kind: actor.kind, id: null, name: actor.kind === 'system' ? actor.name : '' },
        subject: { kind: 'calendar', id: calendar },
        data,
      },
    ])

  /** Every change: one after the other, seen at once here and within a second by other processes. */
  const change = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const result = await inTransaction(db, async (tx) => {
      await store.raiseVersion(tx)
      return work(tx)
    })
    cache.forget()
    return result
  }

  const lockKnown = async (tx: Tx, actor: StaffActor, id: string, version?: number) => {
    const found = await store.lockException(tx, id)
    if (!found) throw new Refusal('calendar.unknown-exception', { exception: id })
    assertKeeper(actor, found.calendar)
    if (version !== undefined && version !== found.version)
      throw new Refusal('calendar.changed-meanwhile', { exception: id, current: found.version })
    return found
  }

  return {
    addException: async (
      input: Input<typeof contract.addException>,
      actor: StaffActor,
    ): Promise<contract.ExceptionView> => {
      assertKeeper(actor, input.calendar)
      await assertCalendar(input.calendar)
      const year = Number(input.date.slice(0, 4))
      if (year < FIRST_YEAR || year > LAST_YEAR) return refuse(contract.addException, 'calendar.out-of-range')
      const { calendar, date, type, name, legalBasis, reason } = input
      const sessions = sessionsFor(type, input.sessions)
      const exception = {
        ...{ date, type, sessions, name, legalBasis },
        kind: 'local' as const,
        short: SHORT_OF_TYPE[type],
        confidence: 'verified' as const,
      }
      try {
        return await change(async (tx) => {
          await store.ensureCalendar(tx, calendar)
          const stored = await store.insertException(tx, v7(), calendar, exception)
          await record(tx, 'calendar-exception-added', actor, calendar, {
            ...{ exception: stored.id, date, type, name, legalBasis, reason },
          })
          return exceptionView(stored)
        })
      } catch (error) {
        if (violates(error, 'calendar_exception_once_a_day'))
          return refuse(contract.addException, 'calendar.exception-exists', { date })
        throw error
      }
    },

    changeException: (
      input: Input<typeof contract.changeException>,
      actor: StaffActor,
    ): Promise<contract.ExceptionView> =>
      change(async (tx) => {
        const before = await lockKnown(tx, actor, input.exception, input.version)
        const { type, name, legalBasis, reason } = input
        const sessions = sessionsFor(type, input.sessions)
        const after = await store.updateException(tx, { ...before, type, name, legalBasis, sessions })
        await record(tx, 'calendar-exception-changed', actor, before.calendar, {
          exception: before.id,
          date: before.date,
          before: { type: before.type, name: before.name, legalBasis: before.legalBasis },
          after: { type, name, legalBasis },
          reason,
        })
        return exceptionView(after)
      }),

    removeException: (
      input: Input<typeof contract.removeException>,
      actor: StaffActor,
    ): Promise<Output<typeof contract.removeException>> =>
      change(async (tx) => {
        const { id, calendar, date, type, name, legalBasis } = await lockKnown(
          tx,
          actor,
          input.exception,
          input.version,
        )
        await store.deleteException(tx, id)
        await record(tx, 'calendar-exception-removed', actor, calendar, {
          ...{ exception: id, date, type, name, legalBasis, reason: input.reason },
        })
        return { removed: id }
      }),

    adoptCandidate: (
      input: Input<typeof contract.adoptCandidate>,
      actor: StaffActor,
    ): Promise<contract.ExceptionView> =>
      change(async (tx) => {
        const before = await lockKnown(tx, actor, input.exception)
        if (!before.candidate)
          return refuse(contract.adoptCandidate, 'calendar.not-a-candidate', { date: before.date })
        const { adopted, legalBasis, reason } = input
        const after = await store.updateException(tx, { ...before, adopted, legalBasis })
        await record(
          tx,
          adopted ? 'calendar-day-adopted' : 'calendar-day-suspended',
          actor,
          before.calendar,
          {
            ...{ exception: before.id, date: before.date, legalBasis, reason },
          },
        )
        return exceptionView(after)
      }),

    publishYear: async (
      input: Input<typeof contract.publishYear>,
      actor: StaffActor,
    ): Promise<Output<typeof contract.publishYear>> => {
      const year = knownYear(input.year)
      assertKeeper(actor, 'nation')
      const { official, legalBasis, reason } = input
      return change(async (tx) => {
        await store.writeYear(tx, { year, official, legalBasis })
        await record(tx, official ? 'calendar-year-published' : 'calendar-year-withdrawn', actor, 'nation', {
          ...{ year, legalBasis, reason },
        })
        return { year, official, legalBasis }
      })
    },

    setWorkingHours: async (
      input: Input<typeof contract.setWorkingHours>,
      actor: StaffActor,
    ): Promise<Output<typeof contract.setWorkingHours>> => {
      const { calendar, legalBasis, reason } = input
      assertKeeper(actor, calendar)
      await assertCalendar(calendar)
      const hours = { weekly: weeklyFromTimes(input.weekly), duty: weeklyFromTimes(input.duty) }
      for (const sessions of [...Object.values(hours.weekly), ...Object.values(hours.duty)])
        assertSessions(sessions, false)
      return change(async (tx) => {
        await store.ensureCalendar(tx, calendar)
        await store.writeWorkingHours(tx, calendar, hours)
        const answer = { weekly: timesFromWeekly(hours.weekly), duty: timesFromWeekly(hours.duty) }
        await record(tx, 'calendar-hours-set', actor, calendar, { ...answer, legalBasis, reason })
        return { calendar, ...answer }
      })
    },

    importYears: async (
      input: Input<typeof contract.importYears>,
      actor: StaffActor,
    ): Promise<Output<typeof contract.importYears>> => {
      assertKeeper(actor, 'nation')
      const { years } = readOrRefuse(input.tables)
      const rows = years.reduce((sum, { days }) => sum + days.length, 0)
      return change(async (tx) => {
        await store.ensureCalendar(tx, 'nation')
        for (const table of years) {
          await store.replaceYear(
            tx,
            table,
            table.days.map((exception) => ({ id: v7(), exception })),
          )
          await store.writeYear(tx, table)
        }
        const answer = { years: years.map(({ year }) => year), rows }
        await record(tx, 'calendar-years-imported', actor, 'nation', { ...answer, reason: input.reason })
        return answer
      })
    },

    /**
     * Brings in the years that are not known yet, at every start. What is there stays: an adopted day, a published year or
     * changed hours are never undone by a restart. Answers how many days were new.
     */
    seed: async (on: Db, document: unknown): Promise<number> => {
      const tables = readYearTables(document)
      const known = await store.knownYears(on)
      if (tables.years.every(({ year }) => known.has(year))) return 0
      const added = await inTransaction(on, async (tx) => {
        await store.raiseVersion(tx)
        // Asked again under the lock: of two processes that start at once, one finds nothing to do.
        const before = await store.knownYears(tx)
        const fresh = tables.years.filter(({ year }) => !before.has(year))
        if (fresh.length === 0) return 0
        await store.ensureCalendar(tx, 'nation')
        await store.ensureCalendar(tx, 'province')
        if (before.size === 0)
          await store.writeWorkingHours(tx, 'nation', { weekly: tables.weekly, duty: {} })
        const rows = fresh.flatMap(({ days }) => days).map((exception) => ({ id: v7(), exception }))
        const count = await store.insertMissing(tx, 'nation', rows)
        for (const table of fresh) await store.writeYear(tx, table)
        await record(tx, 'calendar-years-imported', { kind: 'system', name: 'seed' }, 'nation', {
          years: fresh.map(({ year }) => year),
          rows: count,
        })
        return count
      })
      cache.forget()
      return added
    },
  }
}

const SHORT_OF_TYPE = {
  OFF: { vi: 'Nghỉ', en: 'Off' },
  WORK: { vi: 'Làm việc', en: 'Works' },
  PARTIAL: { vi: 'Nửa ngày', en: 'Part day' },
  DUTY: { vi: 'Trực', en: 'Duty' },
}

const readOrRefuse = (document: unknown) => {
  try {
    return readYearTables(document)
  } catch (error) {
    if (!(error instanceof BadYearTable)) throw error
    const { year, row, date, problem } = error.problem
    return refuse(contract.importYears, 'calendar.bad-import', {
      ...{ year: year ?? '?', row: row ?? '?', date: date ?? '?', problem },
    })
  }
}
