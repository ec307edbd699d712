import { type Calendar, compileCalendar, type Session } from '#modules/calendar/rules.ts'
import type { HallSettings } from '../contract.ts'
import type { CallingRule } from '../rules.ts'
import { callingFrom, findSettings, type SettingsRow } from '../store/settings.ts'
import type { QueueDeps } from './deps.ts'

/** Settings change a few times a year; another process hears of it within this. */
const KNOWN_MS = 5_000

type Sessions = NonNullable<HallSettings['sessions']>

const weeklyOf = (sessions: Sessions) => {
  const of = (day: number): Session[] =>
    sessions.flatMap(({ days, from, to }) => (days.includes(day) ? [{ from, to }] : []))
  return { 1: of(1), 2: of(2), 3: of(3), 4: of(4), 5: of(5), 6: of(6), 7: of(7) }
}

/** A hall with hours of its own opens by them every week of the year. */
const compile = (sessions: Sessions): Calendar =>
  compileCalendar([
    {
      ...{ scope: 'NATION', unit: null, weekly: weeklyOf(sessions), duty: {} },
      ...{ exceptions: [], officialYears: [] },
    },
  ])

/** A hall's settings and when it gives numbers, kept for a moment because every ticket asks. */
export const createHours = ({ db, clock, calendarFor }: Pick<QueueDeps, 'db' | 'clock' | 'calendarFor'>) => {
  const known = new Map<string, { at: number; row: Promise<SettingsRow | undefined> }>()
  const compiled = new Map<string, Calendar>()

  const settingsOf = (centre: string): Promise<SettingsRow | undefined> => {
    const now = clock.now().getTime()
    const found = known.get(centre)
    if (found && Math.abs(now - found.at) < KNOWN_MS) return found.row
    const row = findSettings(db, centre)
    known.set(centre, { at: now, row })
    row.catch(() => known.delete(centre))
    return row
  }

  return {
    settingsOf,
    ruleOf: async (centre: string): Promise<CallingRule> => callingFrom(await settingsOf(centre)),
    forget: (centre: string): void => {
      known.delete(centre)
    },
    /** When this hall gives numbers: by its own hours, else by the working hours of its centre. */
    calendarOf: async (centre: string | null): Promise<Calendar> => {
      const sessions = centre === null ? null : ((await settingsOf(centre))?.sessions ?? null)
      if (sessions === null) return calendarFor(centre)
      const key = JSON.stringify(sessions)
      const calendar = compiled.get(key) ?? compile(sessions)
      compiled.set(key, calendar)
      return calendar
    },
  }
}
export type Hours = ReturnType<typeof createHours>
