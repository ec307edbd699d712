import { z } from 'zod'
import { isRealDate } from '#platform/time/days.ts'
import { minuteFromText } from '#platform/time/vietnam.ts'
import type { CalendarLayer, DayException, ExceptionKind, Session, Weekday, Words } from './model.ts'
import { WEEKDAYS } from './model.ts'

const RealDate = z.string().refine(isRealDate, 'no such day')

const SessionText = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'not a session like 07:30-11:30')

const Row = z.strictObject({
  date: RealDate,
  type: z.enum(['OFF', 'WORK', 'PARTIAL', 'DUTY']),
  kind: z.enum(['statutory', 'compensatory', 'swap-off', 'make-up']),
  holiday: z.string(),
  appliesTo: z.enum(['everyone', 'state-sector']),
  confidence: z.enum(['verified', 'from-knowledge', 'projection']),
  sources: z.array(z.string()).min(1, 'a row needs a source'),
  pairedWith: RealDate.optional(),
  candidate: z.boolean().optional(),
})

const Head = z.object({
  format: z.literal('mot-cua.working-calendar'),
  version: z.literal(1),
  weekly: z.record(z.string(), z.array(SessionText)),
  sources: z.record(z.string(), z.object({ title: z.string(), kind: z.string(), urls: z.array(z.string()) })),
  holidays: z.record(
    z.string(),
    z.object({
      vi: z.string(),
      en: z.string(),
      shortVi: z.string(),
      shortEn: z.string(),
      knownByDate: z.boolean().optional(),
    }),
  ),
  years: z.array(
    z.object({
      year: z.number().int().min(2000).max(2069),
      official: z.boolean(),
      legalBasis: z.string().min(1),
      days: z.array(z.unknown()),
    }),
  ),
})

export type YearTable = { year: number; official: boolean; legalBasis: string; days: readonly DayException[] }

/** Year tables after validation: what a nation's layer is made of. */
export type YearTables = { weekly: CalendarLayer['weekly']; years: readonly YearTable[] }

/** Where an import file is wrong: `row` counts from 1 within its year; null when the head of the file is. */
export type TableProblem = { year: number | null; row: number | null; date: string | null; problem: string }

export class BadYearTable extends Error {
  readonly problem: TableProblem
  constructor(problem: TableProblem) {
    super(`year table: ${problem.problem}`)
    this.name = 'BadYearTable'
    this.problem = problem
  }
}

const sessionsFrom = (texts: readonly string[]): Session[] =>
  texts.map((text) => ({ from: minuteFromText(text.slice(0, 5)), to: minuteFromText(text.slice(6)) }))

const firstIssue = (error: z.ZodError): string => {
  const issue = error.issues[0]
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'unreadable'
}

const NAMES_OF_KIND: Record<Exclude<ExceptionKind, 'local'>, Words> = {
  statutory: { vi: '', en: '' },
  compensatory: { vi: '', en: '' },
  'swap-off': { vi: '', en: '' },
  'make-up': { vi: 'Làm bù ', en: 'Make-up day for ' },
}

const exceptionFrom = (
  row: z.output<typeof Row>,
  head: z.output<typeof Head>,
  legalBasis: string,
): DayException => {
  const holiday = head.holidays[row.holiday]
  if (!holiday) throw new Error(`unknown holiday ${row.holiday}`)
  const missing = row.sources.find((source) => !(source in head.sources))
  if (missing !== undefined) throw new Error(`unknown source ${missing}`)
  if (row.type !== (row.kind === 'make-up' ? 'WORK' : 'OFF'))
    throw new Error(`${row.kind} is not ${row.type}`)
  const prefix = NAMES_OF_KIND[row.kind]
  const titles = row.sources.map((source) => head.sources[source]?.title ?? source)
  return {
    date: row.date,
    type: row.type,
    kind: row.kind,
    holiday: row.holiday,
    name: { vi: `${prefix.vi}${holiday.vi}`, en: `${prefix.en}${holiday.en}` },
    short:
      row.kind === 'make-up' ? { vi: 'Làm bù', en: 'Make-up' } : { vi: holiday.shortVi, en: holiday.shortEn },
    knownByDate: holiday.knownByDate ?? false,
    pairedWith: row.pairedWith,
    legalBasis: titles.join('; ') || legalBasis,
    confidence: row.confidence,
    candidate: row.candidate ?? false,
    adopted: false,
  }
}

const yearFrom = (year: z.output<typeof Head>['years'][number], head: z.output<typeof Head>): YearTable => {
  const seen = new Set<string>()
  const days = year.days.map((raw, index) => {
    const refuse = (problem: string, date: string | null): never => {
      throw new BadYearTable({ year: year.year, row: index + 1, date, problem })
    }
    const parsed = Row.safeParse(raw)
    if (!parsed.success) {
      const date = z.object({ date: z.string() }).safeParse(raw).data?.date ?? null
      return refuse(firstIssue(parsed.error), date)
    }
    const row = parsed.data
    if (!row.date.startsWith(`${year.year}-`))
      return refuse(`a day of another year than ${year.year}`, row.date)
    if (seen.has(row.date)) return refuse('the day is listed twice', row.date)
    seen.add(row.date)
    try {
      return exceptionFrom(row, head, year.legalBasis)
    } catch (error) {
      return refuse(error instanceof Error ? error.message : String(error), row.date)
    }
  })
  return { year: year.year, official: year.official, legalBasis: year.legalBasis, days }
}

/** Reads `data/calendar/year-tables.json` or an uploaded file of that format; throws `BadYearTable` naming the first bad row. */
export const readYearTables = (document: unknown): YearTables => {
  const head = Head.safeParse(document)
  if (!head.success)
    throw new BadYearTable({ year: null, row: null, date: null, problem: firstIssue(head.error) })
  const weekly: Partial<Record<Weekday, Session[]>> = {}
  for (const day of WEEKDAYS) weekly[day] = sessionsFrom(head.data.weekly[String(day)] ?? [])
  return { weekly, years: head.data.years.map((year) => yearFrom(year, head.data)) }
}

/** The nation's layer; `adopted` names candidate days that are in force. */
export const nationLayer = (tables: YearTables, adopted: readonly string[] = []): CalendarLayer => ({
  scope: 'NATION',
  unit: null,
  weekly: tables.weekly,
  duty: {},
  exceptions: tables.years.flatMap(({ days }) =>
    days.map((day) => (day.candidate ? { ...day, adopted: adopted.includes(day.date) } : day)),
  ),
  officialYears: tables.years.filter(({ official }) => official).map(({ year }) => year),
})
