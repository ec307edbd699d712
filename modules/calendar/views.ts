import type { Output } from '#platform/operation.ts'
import { dateOfDay, dayNumberOf, weekdayOfDay } from '#platform/time/days.ts'
import { textFromMinute } from '#platform/time/vietnam.ts'
import type { ExceptionView, setWorkingHours, showYear } from './contract.ts'
import {
  type Calendar,
  dutySessions,
  isWorkingDay,
  workingDaysBefore,
  workSessions,
} from './rules/compile.ts'
import { type CalendarLayer, type Session, WEEKDAYS } from './rules/model.ts'
import { skipReason } from './rules/trace.ts'
import type { StoredException } from './store.ts'

type Times = { from: string; to: string }

const timesOf = (sessions: readonly Session[]): Times[] =>
  sessions.map(({ from, to }) => ({ from: textFromMinute(from), to: textFromMinute(to) }))

export const timesFromWeekly = (
  weekly: CalendarLayer['weekly'],
): Output<typeof setWorkingHours>['weekly'] => {
  const times: Output<typeof setWorkingHours>['weekly'] = {}
  for (const day of WEEKDAYS) {
    const sessions = weekly[day]
    if (sessions) times[`${day}`] = timesOf(sessions)
  }
  return times
}

export const exceptionView = (stored: StoredException): ExceptionView => ({
  id: stored.id,
  calendar: stored.calendar,
  date: stored.date,
  type: stored.type,
  sessions: stored.sessions ? timesOf(stored.sessions) : null,
  kind: stored.kind,
  name: stored.name,
  legalBasis: stored.legalBasis,
  confidence: stored.confidence,
  candidate: stored.candidate ?? false,
  adopted: stored.adopted ?? false,
  version: stored.version,
})

type YearView = Output<typeof showYear>

const dayView = (calendar: Calendar, day: number): YearView['days'][number] => {
  const exception = calendar.exceptions.get(day)
  const working = isWorkingDay(calendar, day)
  const skipped = skipReason(calendar, day)
  return {
    date: dateOfDay(day),
    weekday: weekdayOfDay(day),
    working,
    kind: skipped?.kind ?? exception?.kind ?? 'working',
    sessions: timesOf(working ? workSessions(calendar, day) : dutySessions(calendar, day)),
    reason: exception?.name ?? skipped?.name ?? null,
    legalBasis: exception?.legalBasis ?? null,
  }
}

export const yearView = (
  calendar: Calendar,
  year: number,
  nationRows: readonly StoredException[],
): YearView => {
  const first = dayNumberOf(`${year}-01-01`)
  const last = dayNumberOf(`${year}-12-31`)
  return {
    year,
    official: calendar.officialYears.has(year),
    workingDays:
      workingDaysBefore(calendar, last) -
      workingDaysBefore(calendar, first) +
      (isWorkingDay(calendar, last) ? 1 : 0),
    days: Array.from({ length: last - first + 1 }, (_, offset) => dayView(calendar, first + offset)),
    candidates: nationRows
      .filter(({ candidate }) => candidate)
      .map(({ date, name, legalBasis, adopted }) => ({ date, name, legalBasis, adopted: adopted ?? false })),
  }
}
