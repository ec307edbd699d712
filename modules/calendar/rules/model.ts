import type { LocalDate, MinuteOfDay } from '#platform/time/vietnam.ts'

/** An unbroken stretch of work within one day, minutes since midnight; `to` is its first minute of rest. */
export type Session = { from: MinuteOfDay; to: MinuteOfDay }

export type Words = { vi: string; en: string }

/** ISO weekday, 1 = Monday … 7 = Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7
export const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]

/** Why a day is not what its weekday says. `local` are a centre's or province's own decisions. */
export type ExceptionKind = 'statutory' | 'compensatory' | 'swap-off' | 'make-up' | 'local'

/** How sure the fact is: `projection` comes from the law alone, before anything was announced. */
export type Confidence = 'verified' | 'from-knowledge' | 'projection'

export type DayException = {
  date: LocalDate
  /** OFF: nobody works. WORK: a working day. PARTIAL: a working day with these sessions only. DUTY: open, but not a working day. */
  type: 'OFF' | 'WORK' | 'PARTIAL' | 'DUTY'
  /** Needed for PARTIAL and DUTY; WORK without sessions takes those of the day it makes up for. */
  sessions?: readonly Session[]
  kind: ExceptionKind
  /** Names a run of days that one sentence may speak of: `tet`, `national-day`. */
  holiday?: string
  /** The noun: `Tết Nguyên đán`. */
  name: Words
  /** At most eight letters, for a cell of the ruler. */
  short: Words
  /** The date says it all (30/4, 01/5): sentences leave the name out. */
  knownByDate?: boolean
  /** The other day of a swap. */
  pairedWith?: LocalDate
  legalBasis: string
  confidence: Confidence
  /** Announced as an intention, not yet law: counts only while `adopted`. */
  candidate?: boolean
  adopted?: boolean
}

export type LayerScope = 'NATION' | 'PROVINCE' | 'CENTRE'

/** What one level says; a lower level overrides a higher one weekday by weekday and date by date. */
export type CalendarLayer = {
  scope: LayerScope
  /** Organisation unit; null for the nation. */
  unit: string | null
  /** Sessions per weekday; an absent weekday is inherited, an empty list is a day of rest. */
  weekly: Partial<Record<Weekday, readonly Session[]>>
  /** Hours on a weekday of rest in which staff on duty receive people (Decision 14/2010/QĐ-TTg): open, but no working day. */
  duty: Partial<Record<Weekday, readonly Session[]>>
  exceptions: readonly DayException[]
  /** Years whose days off were announced; asked of the nation only. */
  officialYears: readonly number[]
}

/** Units in which the law and the catalogue set limits. */
export const DURATION_UNITS = [
  'WORKING_DAY',
  'CALENDAR_DAY',
  'WORKING_HOUR',
  'HOUR',
  'MINUTE',
  'MONTH',
  'YEAR',
  'SAME_DAY',
  'IMMEDIATE',
  'NONE',
] as const
export type DurationUnit = (typeof DURATION_UNITS)[number]

/** END_OF_DAY is the law (Civil Code Art. 148); SAME_TIME ends working days at the hour of receipt, as some provinces do. */
export type DayPolicy = 'END_OF_DAY' | 'SAME_TIME'

/** Beyond the compiled span of years nothing is answered, rather than something wrong. */
export class OutOfCalendar extends RangeError {
  constructor() {
    super('beyond the span of the calendar')
    this.name = 'OutOfCalendar'
  }
}
