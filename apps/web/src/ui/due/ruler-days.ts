import { addDays } from '#platform/time/vietnam.ts'
import { weekStart } from '../format/format.ts'

/** One day of a deadline's explanation, as the calendar counted it. */
export type RulerDay = {
  /** `YYYY-MM-DD`. */
  date: string
  /** `skipped` days are not counted and say why in `reason` ("Nghỉ", "Giỗ Tổ", "Bù lễ"). */
  kind: 'received' | 'counted' | 'skipped'
  /** Which working day it is, for counted ones. */
  count?: number
  reason?: string
}

export type RulerCell = {
  date: string
  day: RulerDay | undefined
  due: boolean
  formerDue: boolean
  today: boolean
}

/** Whole weeks, Monday first, from the first day told to the due date; days outside stay empty cells with their date. */
export function rulerWeeks(
  days: readonly RulerDay[],
  due: string,
  today: string,
  formerDue?: string,
): RulerCell[][] {
  const byDate = new Map(days.map((day) => [day.date, day]))
  const told = [due, ...(formerDue ? [formerDue] : []), ...byDate.keys()].sort()
  const first = told[0] ?? due
  const last = told[told.length - 1] ?? due
  const weeks: RulerCell[][] = []
  for (let monday = weekStart(first); monday <= last; monday = addDays(monday, 7)) {
    weeks.push(
      Array.from({ length: 7 }, (_, i) => {
        const date = addDays(monday, i)
        return {
          date,
          day: byDate.get(date),
          due: date === due,
          formerDue: date === formerDue,
          today: date === today,
        }
      }),
    )
  }
  return weeks
}
