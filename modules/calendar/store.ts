import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/db/connect.ts'
import { type CalendarLayer, type DayException, type Session, WEEKDAYS, type Weekday } from './rules/model.ts'
import { scopeOfCalendar } from './rules/rights.ts'
import type { YearTable } from './rules/year-table.ts'

const Sessions = z.array(z.object({ from: z.number(), to: z.number() }))
const Weekly = z.record(z.string(), Sessions)

/** The columns of one exception, narrowed to what the constraints allow. */
const ExceptionRow = z.object({
  id: z.string(),
  calendar_id: z.string(),
  date: z.string(),
  type: z.enum(['OFF', 'WORK', 'PARTIAL', 'DUTY']),
  sessions: Sessions.nullable(),
  kind: z.enum(['statutory', 'compensatory', 'swap-off', 'make-up', 'local']),
  holiday: z.string().nullable(),
  name_vi: z.string(),
  name_en: z.string(),
  short_vi: z.string(),
  short_en: z.string(),
  known_by_date: z.boolean(),
  paired_with: z.string().nullable(),
  legal_basis: z.string(),
  confidence: z.enum(['verified', 'from-knowledge', 'projection']),
  candidate: z.boolean(),
  adopted: z.boolean(),
  version: z.number(),
})

export type StoredException = DayException & { id: string; calendar: string; version: number }

const exceptionFrom = (raw: unknown): StoredException => {
  const row = ExceptionRow.parse(raw)
  return {
    id: row.id,
    calendar: row.calendar_id,
    version: row.version,
    date: row.date,
    type: row.type,
    sessions: row.sessions ?? undefined,
    kind: row.kind,
    holiday: row.holiday ?? undefined,
    name: { vi: row.name_vi, en: row.name_en },
    short: { vi: row.short_vi, en: row.short_en },
    knownByDate: row.known_by_date,
    pairedWith: row.paired_with ?? undefined,
    legalBasis: row.legal_basis,
    confidence: row.confidence,
    candidate: row.candidate,
    adopted: row.adopted,
  }
}

const weeklyFrom = (raw: unknown): CalendarLayer['weekly'] => {
  const stored = Weekly.parse(raw)
  const weekly: Partial<Record<Weekday, readonly Session[]>> = {}
  for (const day of WEEKDAYS) {
    const sessions = stored[String(day)]
    if (sessions) weekly[day] = sessions
  }
  return weekly
}

/** Raised by every change; one primary-key look-up, asked about twice a second by each process. */
export const readVersion = async (db: Db): Promise<number> =>
  (await db.selectFrom('calendar_version').select('version').executeTakeFirstOrThrow()).version

/** First statement of every change: the row lock lets changes follow one another. */
export const raiseVersion = async (tx: Db): Promise<void> => {
  await tx.updateTable('calendar_version').set({ version: sql<number>`version + 1` }).execute()
}

/** Every layer of the province, by calendar id. */
export const readLayers = async (db: Db): Promise<Map<string, CalendarLayer>> => {
  const calendars = await db.selectFrom('calendar').selectAll().execute()
  const exceptions = await db.selectFrom('calendar_exception').selectAll().orderBy('date').execute()
  const years = await db.selectFrom('calendar_year').select('year').where('official', '=', true).execute()
  const byCalendar = Map.groupBy(exceptions.map(exceptionFrom), ({ calendar }) => calendar)
  return new Map(
    calendars.map(({ id, weekly, duty }): [string, CalendarLayer] => [
      id,
      {
        scope: scopeOfCalendar(id),
        unit: scopeOfCalendar(id) === 'CENTRE' ? id : null,
        weekly: weeklyFrom(weekly),
        duty: weeklyFrom(duty),
        exceptions: byCalendar.get(id) ?? [],
        officialYears: id === 'nation' ? years.map(({ year }) => year) : [],
      },
    ]),
  )
}

/** A calendar that says nothing yet inherits everything. */
export const ensureCalendar = async (tx: Db, id: string): Promise<void> => {
  await tx
    .insertInto('calendar')
    .values({ id, scope: scopeOfCalendar(id) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What a calendar says itself; one without a row inherits everything. */
export const readHours = async (db: Db, id: string): Promise<Pick<CalendarLayer, 'weekly' | 'duty'>> => {
  const row = await db
    .selectFrom('calendar')
    .select(['weekly', 'duty'])
    .where('id', '=', id)
    .executeTakeFirst()
  return { weekly: weeklyFrom(row?.weekly ?? {}), duty: weeklyFrom(row?.duty ?? {}) }
}

export const writeWorkingHours = async (
  tx: Db,
  id: string,
  hours: { weekly: CalendarLayer['weekly']; duty: CalendarLayer['duty'] },
): Promise<void> => {
  await tx
    .updateTable('calendar')
    .set({
      weekly: JSON.stringify(hours.weekly),
      duty: JSON.stringify(hours.duty),
      version: sql<number>`version + 1`,
    })
    .where('id', '=', id)
    .execute()
}

const columnsOf = (id: string, calendar: string, exception: DayException) => ({
  id,
  calendar_id: calendar,
  date: exception.date,
  type: exception.type,
  sessions: exception.sessions ? JSON.stringify(exception.sessions) : null,
  kind: exception.kind,
  holiday: exception.holiday ?? null,
  name_vi: exception.name.vi,
  name_en: exception.name.en,
  short_vi: exception.short.vi,
  short_en: exception.short.en,
  known_by_date: exception.knownByDate ?? false,
  paired_with: exception.pairedWith ?? null,
  legal_basis: exception.legalBasis,
  confidence: exception.confidence,
  candidate: exception.candidate ?? false,
  adopted: exception.adopted ?? false,
})

export const insertException = async (
  tx: Db,
  id: string,
  calendar: string,
  exception: DayException,
): Promise<StoredException> =>
  exceptionFrom(
    await tx
      .insertInto('calendar_exception')
      .values(columnsOf(id, calendar, exception))
      .returningAll()
      .executeTakeFirstOrThrow(),
  )

type NewRow = { id: string; exception: DayException }

/** Many rows in one statement; days that are there stay as they are. Answers how many were new. */
export const insertMissing = async (tx: Db, calendar: string, rows: readonly NewRow[]): Promise<number> => {
  if (rows.length === 0) return 0
  const inserted = await tx
    .insertInto('calendar_exception')
    .values(rows.map(({ id, exception }) => columnsOf(id, calendar, exception)))
    .onConflict((conflict) => conflict.constraint('calendar_exception_once_a_day').doNothing())
    .returning('id')
    .execute()
  return inserted.length
}

/** Days of a year that are no row of the new table; whether a candidate was adopted outlives an import. */
export const replaceYear = async (tx: Db, table: YearTable, rows: readonly NewRow[]): Promise<void> => {
  const kept = table.days.map(({ date }) => date)
  await tx
    .deleteFrom('calendar_exception')
    .where('calendar_id', '=', 'nation')
    .where(sql<boolean>`extract(year from date) = ${table.year}`)
    .where(sql<boolean>`date <> all(${kept}::date[])`)
    .execute()
  if (rows.length === 0) return
  await tx
    .insertInto('calendar_exception')
    .values(rows.map(({ id, exception }) => columnsOf(id, 'nation', exception)))
    .onConflict((conflict) =>
      conflict.constraint('calendar_exception_once_a_day').doUpdateSet(({ ref }) => ({
        type: ref('excluded.type'),
        sessions: ref('excluded.sessions'),
        kind: ref('excluded.kind'),
        holiday: ref('excluded.holiday'),
        name_vi: ref('excluded.name_vi'),
        name_en: ref('excluded.name_en'),
        short_vi: ref('excluded.short_vi'),
        short_en: ref('excluded.short_en'),
        known_by_date: ref('excluded.known_by_date'),
        paired_with: ref('excluded.paired_with'),
        legal_basis: ref('excluded.legal_basis'),
        confidence: ref('excluded.confidence'),
        candidate: ref('excluded.candidate'),
        adopted: sql<boolean>`excluded.candidate and calendar_exception.adopted`,
        version: sql<number>`calendar_exception.version + 1`,
      })),
    )
    .execute()
}

export const exceptionsOfYear = async (
  db: Db,
  calendar: string,
  year: number,
): Promise<StoredException[]> => {
  const rows = await db
    .selectFrom('calendar_exception')
    .selectAll()
    .where('calendar_id', '=', calendar)
    .where('date', '>=', `${year}-01-01`)
    .where('date', '<=', `${year}-12-31`)
    .orderBy('date')
    .execute()
  return rows.map(exceptionFrom)
}

export const lockException = async (tx: Db, id: string): Promise<StoredException | undefined> => {
  const row = await tx
    .selectFrom('calendar_exception')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && exceptionFrom(row)
}

/** Everything of a row but its calendar and its day. */
export const updateException = async (tx: Db, changed: StoredException): Promise<StoredException> => {
  const {
    id: _id,
    calendar_id: _calendar,
    date: _date,
    ...columns
  } = columnsOf(changed.id, changed.calendar, changed)
  return exceptionFrom(
    await tx
      .updateTable('calendar_exception')
      .set({ ...columns, version: sql<number>`version + 1` })
      .where('id', '=', changed.id)
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
}

export const deleteException = async (tx: Db, id: string): Promise<void> => {
  await tx.deleteFrom('calendar_exception').where('id', '=', id).execute()
}

type YearState = { year: number; official: boolean; legalBasis: string }

export const writeYear = async (tx: Db, state: YearState): Promise<void> => {
  await tx
    .insertInto('calendar_year')
    .values({ year: state.year, official: state.official, legal_basis: state.legalBasis })
    .onConflict((conflict) =>
      conflict.column('year').doUpdateSet({
        official: state.official,
        legal_basis: state.legalBasis,
        version: sql<number>`calendar_year.version + 1`,
      }),
    )
    .execute()
}

export const knownYears = async (db: Db): Promise<Set<number>> =>
  new Set((await db.selectFrom('calendar_year').select('year').execute()).map(({ year }) => year))
