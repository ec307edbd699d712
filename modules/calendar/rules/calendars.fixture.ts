import tablesDocument from '#data/calendar/year-tables.json' with { type: 'json' }
import { type Calendar, compileCalendar } from './compile.ts'
import type { CalendarLayer } from './model.ts'
import { nationLayer, readYearTables } from './year-table.ts'

export const tables = readYearTables(tablesDocument)
export const nation: Calendar = compileCalendar([nationLayer(tables)])
/** With Ngày Văn hóa Việt Nam 24/11 adopted, as one row of the legal table has it. */
export const withCultureDay: Calendar = compileCalendar([nationLayer(tables, ['2026-11-24', '2027-11-24'])])

export const centreWith = (layer: Partial<CalendarLayer>): Calendar =>
  compileCalendar([
    nationLayer(tables),
    {
      scope: 'CENTRE',
      unit: 'trung-tam-thu',
      weekly: {},
      duty: {},
      exceptions: [],
      officialYears: [],
      ...layer,
    },
  ])

/** `2026-04-21 08:58`, Vietnam time. */
export const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+07:00`)
