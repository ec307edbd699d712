import { addDays, type LocalDate, weekdayOf } from '#platform/time/vietnam.ts'

/** When visitors of a service group may book, or may not. Minutes of the day of Vietnam. */
export type OpeningRule = {
  id: string
  opens: boolean
  from: LocalDate
  to: LocalDate | null
  /** 1 Monday … 7 Sunday. */
  weekdays: readonly number[]
  /** Every n weeks, counted from the week of `from`. */
  everyWeeks: number
  /** The n-th such weekday of its month, -1 for the last; null for each. */
  nthOfMonth: number | null
  fromMinute: number
  toMinute: number
  slotMinutes: number
  publicCapacity: number
  staffCapacity: number
}

export type Slot = { from: number; to: number; publicCapacity: number; staffCapacity: number; rule: string }
export type Span = { from: number; to: number }

const mondayOf = (date: LocalDate): LocalDate => addDays(date, 1 - weekdayOf(date))
const weeksBetween = (a: LocalDate, b: LocalDate): number =>
  Math.round((Date.parse(mondayOf(b)) - Date.parse(mondayOf(a))) / (7 * 86_400_000))
const isNth = (date: LocalDate, nth: number): boolean =>
  nth === -1
    ? addDays(date, 7).slice(0, 7) !== date.slice(0, 7)
    : Math.ceil(Number(date.slice(8)) / 7) === nth

/** A rule of one day: it stands above those that recur. */
export const isException = ({ from, to }: OpeningRule): boolean => from === to

export const appliesOn = (rule: OpeningRule, date: LocalDate): boolean =>
  date >= rule.from &&
  (rule.to === null || date <= rule.to) &&
  (isException(rule) ||
    (rule.weekdays.includes(weekdayOf(date)) &&
      weeksBetween(rule.from, date) % rule.everyWeeks === 0 &&
      (rule.nthOfMonth === null || isNth(date, rule.nthOfMonth))))

const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to
const spanOf = ({ fromMinute, toMinute }: OpeningRule): Span => ({ from: fromMinute, to: toMinute })

const slotsOfRule = (rule: OpeningRule): Slot[] => {
  const slots: Slot[] = []
  for (let from = rule.fromMinute; from + rule.slotMinutes <= rule.toMinute; from += rule.slotMinutes)
    slots.push({
      ...{ from, to: from + rule.slotMinutes, rule: rule.id },
      ...{ publicCapacity: rule.publicCapacity, staffCapacity: rule.staffCapacity },
    })
  return slots
}

/**
 * The times of one day. An opening of that very day replaces the recurring ones and holds on a day off too; a closure, of that
 * day or recurring, takes away what it touches; recurring openings hold within the working sessions alone. Of two rules that
 * overlap the one that began later holds: `findConflicts` tells about them beforehand.
 */
export const slotsOn = (
  rules: readonly OpeningRule[],
  date: LocalDate,
  sessions: readonly Span[],
): Slot[] => {
  const today = rules.filter((rule) => appliesOn(rule, date))
  const special = today.filter((rule) => rule.opens && isException(rule))
  const openings = special.length > 0 ? special : today.filter(({ opens }) => opens)
  // A closure of the same day as a special opening closes part of it; recurring closures do not reach a special day.
  const closures = today.filter((rule) => !rule.opens && (special.length === 0 || isException(rule)))
  const within = (slot: Slot): boolean =>
    special.length > 0 || sessions.some(({ from, to }) => slot.from >= from && slot.to <= to)
  const kept: Slot[] = []
  for (const rule of openings.toSorted((a, b) =>
    a.from < b.from ? 1 : a.from > b.from ? -1 : a.id < b.id ? 1 : -1,
  ))
    for (const slot of slotsOfRule(rule))
      if (
        within(slot) &&
        !closures.some((closure) => overlaps(slot, spanOf(closure))) &&
        !kept.some((other) => overlaps(slot, other))
      )
        kept.push(slot)
  return kept.toSorted((a, b) => a.from - b.from)
}

/** The slots that a visit of `count` slots from `from` needs, without a gap; undefined when there is none. */
export const visitFrom = (slots: readonly Slot[], from: number, count: number): Slot[] | undefined => {
  const visit: Slot[] = []
  for (let at = from; visit.length < count; ) {
    const slot = slots.find((one) => one.from === at)
    if (!slot) return undefined
    visit.push(slot)
    at = slot.to
  }
  return visit
}

export type Conflict = { a: string; b: string; dates: LocalDate[] }
const DATES_NAMED = 5

/** Openings of one group that would serve the same minutes twice, with the first days on which they do. */
export const findConflicts = (rules: readonly OpeningRule[], from: LocalDate, days: number): Conflict[] => {
  const openings = rules.filter(({ opens }) => opens)
  return openings.flatMap((a, index) =>
    openings.slice(index + 1).flatMap((b) => {
      // A special day replaces what recurs, which is what it is for.
      if (isException(a) !== isException(b) || !overlaps(spanOf(a), spanOf(b))) return []
      const dates: LocalDate[] = []
      for (let day = 0; day < days && dates.length < DATES_NAMED; day += 1) {
        const date = addDays(from, day)
        if (appliesOn(a, date) && appliesOn(b, date)) dates.push(date)
      }
      return dates.length > 0 ? [{ a: a.id, b: b.id, dates }] : []
    }),
  )
}
