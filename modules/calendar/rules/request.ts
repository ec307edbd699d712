import type { Calendar } from './compile.ts'
import type { DayPolicy, DurationUnit } from './model.ts'

export type DueRequest = {
  /** When the dossier was accepted complete and valid, or completed again after a supplement. */
  start: Date
  /** Ignored for SAME_DAY, IMMEDIATE and NONE. */
  amount: number
  unit: DurationUnit
  calendar: Calendar
  /** Of working days; END_OF_DAY unless told. */
  policy?: DayPolicy
}
