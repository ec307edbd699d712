import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { isRealDate } from '#platform/time/days.ts'
import { DURATION_UNITS } from './rules/model.ts'

/** Also for screens, which get plain words of a contract without its schemas. */
export { NO_LIMIT_WORDS } from './rules/no-limit.ts'

/** A day that exists, `YYYY-MM-DD`. */
const CalendarDate = z
  .string()
  .refine(isRealDate, 'Ngày không có thật. Ghi theo dạng 2026-04-30.')
  .meta({ format: 'date', description: 'A day of Vietnam, YYYY-MM-DD' })

const Words = z.object({ vi: z.string(), en: z.string() })

/** `07:30`, or `24:00` at the end of a day. */
const TimeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)

const SessionTimes = z.object({ from: TimeOfDay, to: TimeOfDay })

/** Sessions per ISO weekday (1 = Monday); an absent weekday is inherited, an empty list rests. */
const WeeklySessions = z.partialRecord(
  z.enum(['1', '2', '3', '4', '5', '6', '7']),
  z.array(SessionTimes).max(6),
)

/** `nation`, `province` or a centre's id. */
const CalendarId = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .meta({ description: 'nation, province or the id of a centre' })

/** Numbers of a query arrive as text; our own code may send numbers. */
const NumberText = z.union([z.string().max(40), z.number()]).transform(String)

const Year = NumberText.pipe(z.string().max(10)).meta({ description: 'A year, 2000 to 2069' })

const RulerDay = z.object({
  date: z.string(),
  state: z.enum(['outside', 'received', 'counted', 'skipped', 'former', 'added', 'due']),
  ordinal: z.number().int().nullable(),
  label: Words.nullable(),
  reason: Words.nullable(),
})

/** "Vì sao ngày này?": weeks as rows; a gap stands for the weeks left out of a long term. */
const Ruler = z.object({
  rows: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('week'), days: z.array(RulerDay) }),
      z.object({ kind: z.literal('gap'), weeks: z.number().int(), counted: z.number().int() }),
    ]),
  ),
  today: z.string().nullable(),
  provisional: z.boolean(),
  added: z.number().int().describe('Counted days after the term’s own end; 0 while the date stands'),
})

/** When a term ends, and why. Unknown units, amounts and centres are refused with codes of their own, hence loose text here. */
export const computeDeadline = defineOperation({
  id: 'calendar.compute-deadline',
  method: 'GET',
  path: '/deadline',
  summary: 'When a term ends, with the explanation',
  access: 'public',
  input: z.object({
    start: z.string().max(60).meta({
      description:
        'RFC 3339, or without offset for Vietnam time, or a plain date for the opening of that day',
    }),
    amount: NumberText.optional().meta({ description: 'Needed except for SAME_DAY, IMMEDIATE and NONE' }),
    unit: z
      .string()
      .max(40)
      .meta({ description: `One of ${DURATION_UNITS.join(', ')}` }),
    centre: z.string().trim().max(80).optional().meta({ description: 'A centre id; the nation without it' }),
  }),
  output: z.object({
    due: z.string().nullable().meta({ description: 'RFC 3339 with +07:00; null when the law sets no limit' }),
    provisional: z
      .boolean()
      .meta({ description: 'The way leads through a year whose days off are not announced' }),
    explanation: z.array(z.string()).meta({ description: 'At most three lines in Vietnamese' }),
    explanationEn: z.array(z.string()),
    legalBasis: Words,
    ruler: Ruler,
  }),
  errors: [
    'calendar.start-unreadable',
    'calendar.out-of-range',
    'calendar.amount-impossible',
    'calendar.amount-too-large',
    'calendar.unknown-unit',
    'calendar.unknown-centre',
  ],
})

const DayKind = z.enum([
  'working',
  'weekend',
  'duty',
  'statutory',
  'compensatory',
  'swap-off',
  'make-up',
  'local',
])

/** All days of a year with what each is; candidates that are not law are working days marked `candidate`. */
export const showYear = defineOperation({
  id: 'calendar.show-year',
  method: 'GET',
  path: '/calendar/:year',
  summary: 'Working days and days off of a year',
  access: 'public',
  input: z.object({ year: Year, centre: z.string().trim().max(80).optional() }),
  output: z.object({
    year: z.number().int(),
    official: z.boolean().meta({ description: 'False: not announced yet, answers are provisional' }),
    workingDays: z.number().int(),
    days: z.array(
      z.object({
        date: z.string(),
        weekday: z.number().int().min(1).max(7),
        working: z.boolean(),
        kind: DayKind,
        sessions: z.array(SessionTimes),
        reason: Words.nullable(),
        legalBasis: z.string().nullable(),
      }),
    ),
    candidates: z.array(
      z.object({ date: z.string(), name: Words, legalBasis: z.string(), adopted: z.boolean() }),
    ),
  }),
  errors: ['calendar.unknown-year', 'calendar.unknown-centre'],
})

const ExceptionType = z.enum(['OFF', 'WORK', 'PARTIAL', 'DUTY'])

const ExceptionView = z.object({
  id: z.string(),
  calendar: z.string(),
  date: z.string(),
  type: ExceptionType,
  sessions: z.array(SessionTimes).nullable(),
  kind: z.enum(['statutory', 'compensatory', 'swap-off', 'make-up', 'local']),
  name: Words,
  legalBasis: z.string(),
  confidence: z.enum(['verified', 'from-knowledge', 'projection']),
  candidate: z.boolean(),
  adopted: z.boolean(),
  version: z.number().int(),
})
export type ExceptionView = z.output<typeof ExceptionView>

const Reason = z.string().trim().min(3).max(500).meta({ description: 'Why, for the log' })
const LegalBasis = z.string().trim().min(3).max(1000)
const DayName = z.object({ vi: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) })

export const listExceptions = defineOperation({
  id: 'calendar.list-exceptions',
  method: 'GET',
  path: '/calendar/:year/exceptions',
  summary: 'The rows of one calendar in a year',
  access: 'staff',
  input: z.object({ year: Year, calendar: CalendarId.default('nation') }),
  output: z.object({
    items: z.array(ExceptionView),
    hours: z
      .object({ weekly: WeeklySessions, duty: WeeklySessions })
      .meta({ description: 'What this calendar says itself; absent weekdays are inherited' }),
    mayChange: z.boolean(),
  }),
  errors: ['calendar.unknown-year', 'calendar.unknown-centre'],
})

export const addException = defineOperation({
  id: 'calendar.add-exception',
  method: 'POST',
  path: '/calendar/exceptions',
  summary: 'Add a day off, a working day, a short day or a day of duty',
  access: 'staff',
  status: 201,
  input: z.object({
    calendar: CalendarId,
    date: CalendarDate,
    type: ExceptionType,
    sessions: z.array(SessionTimes).max(6).optional(),
    name: DayName,
    legalBasis: LegalBasis,
    reason: Reason,
  }),
  output: ExceptionView,
  errors: [
    'calendar.unknown-centre',
    'calendar.not-allowed',
    'calendar.exception-exists',
    'calendar.impossible-sessions',
    'calendar.out-of-range',
  ],
})

export const changeException = defineOperation({
  id: 'calendar.change-exception',
  method: 'PATCH',
  path: '/calendar/exceptions/:exception',
  summary: 'Change a row of a calendar',
  access: 'staff',
  versioned: true,
  input: z.object({
    exception: z.uuid(),
    version: z.number().int(),
    type: ExceptionType,
    sessions: z.array(SessionTimes).max(6).optional(),
    name: DayName,
    legalBasis: LegalBasis,
    reason: Reason,
  }),
  output: ExceptionView,
  errors: [
    'calendar.unknown-exception',
    'calendar.not-allowed',
    'calendar.changed-meanwhile',
    'calendar.impossible-sessions',
  ],
})

export const removeException = defineOperation({
  id: 'calendar.remove-exception',
  method: 'DELETE',
  path: '/calendar/exceptions/:exception',
  summary: 'Remove a row: the day is again what its weekday or a higher calendar says',
  access: 'staff',
  versioned: true,
  input: z.object({ exception: z.uuid(), version: z.coerce.number().int(), reason: Reason }),
  output: z.object({ removed: z.string() }),
  errors: ['calendar.unknown-exception', 'calendar.not-allowed', 'calendar.changed-meanwhile'],
})

export const adoptCandidate = defineOperation({
  id: 'calendar.adopt-candidate',
  method: 'POST',
  path: '/calendar/exceptions/:exception/adoption',
  summary: 'Switch a candidate day on when it becomes law, or off',
  access: 'staff',
  input: z.object({ exception: z.uuid(), adopted: z.boolean(), legalBasis: LegalBasis, reason: Reason }),
  output: ExceptionView,
  errors: ['calendar.unknown-exception', 'calendar.not-allowed', 'calendar.not-a-candidate'],
})

export const publishYear = defineOperation({
  id: 'calendar.publish-year',
  method: 'POST',
  path: '/calendar/:year/publication',
  summary: 'Say that the days off of a year are announced, or take it back',
  access: 'staff',
  input: z.object({ year: Year, official: z.boolean(), legalBasis: LegalBasis, reason: Reason }),
  output: z.object({ year: z.number().int(), official: z.boolean(), legalBasis: z.string() }),
  errors: ['calendar.unknown-year', 'calendar.not-allowed'],
})

export const setWorkingHours = defineOperation({
  id: 'calendar.set-working-hours',
  method: 'PUT',
  path: '/calendars/:calendar/working-hours',
  summary: 'Set the sessions and the hours of duty per weekday',
  access: 'staff',
  input: z.object({
    calendar: CalendarId,
    weekly: WeeklySessions,
    duty: WeeklySessions.default({}),
    legalBasis: LegalBasis,
    reason: Reason,
  }),
  output: z.object({ calendar: z.string(), weekly: WeeklySessions, duty: WeeklySessions }),
  errors: ['calendar.unknown-centre', 'calendar.not-allowed', 'calendar.impossible-sessions'],
})

export const importYears = defineOperation({
  id: 'calendar.import-years',
  method: 'POST',
  path: '/calendar/imports',
  summary: 'Replace the nation’s rows of whole years by a file; one bad row refuses all',
  access: 'staff',
  input: z.object({
    tables: z.unknown().meta({ description: 'A document of the format mot-cua.working-calendar' }),
    reason: Reason,
  }),
  output: z.object({ years: z.array(z.number().int()), rows: z.number().int() }),
  errors: ['calendar.not-allowed', 'calendar.bad-import'],
})

export * from './contract-parameters.ts'
