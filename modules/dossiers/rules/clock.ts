import {
  type Calendar,
  type DurationUnit,
  dueDate,
  movedByPause,
  punctuality,
} from '#modules/calendar/rules.ts'

/** What the clock of a dossier does: it runs, or stands still for one of these reasons. */
export const CLOCK_KINDS = ['RUNNING', 'SUPPLEMENT', 'PAYMENT', 'APPLICANT_WAIT', 'FORCE_MAJEURE'] as const
export type ClockKind = (typeof CLOCK_KINDS)[number]

/** One stretch of the clock; they follow one another from acceptance to the result or the end. */
export type Interval = {
  ordinal: number
  kind: ClockKind
  /** The whole limit is counted anew from its beginning. */
  fromZero: boolean
  from: Date
  to: Date | null
}

/** Moves the promised date while `interval` is open: an apology with a new date, or a change of the calendar. */
export type DueChange = {
  interval: number
  kind: 'EXTENSION' | 'CALENDAR' | 'PROMISE_KEPT' | 'MEMBER'
  /** What was promised until then. */
  before: Date
  due: Date
}

export type ClockLimit = { amount: number; unit: DurationUnit } | null

export type Dues = {
  /** What is promised now. */
  due: Date | null
  /** What was promised when the limit began to be counted. */
  original: Date | null
  /** What would be promised had nobody apologised and moved the date; pauses and the calendar count. */
  withoutExtension: Date | null
  provisional: boolean
}

const NONE: Dues = { due: null, original: null, withoutExtension: null, provisional: false }

export const startedDues = (calendar: Calendar, from: Date, limit: ClockLimit): Dues => {
  const { due, provisional } = dueDate({
    ...{ start: from, amount: limit?.amount ?? 0, unit: limit?.unit ?? 'NONE', calendar },
  })
  return { due, original: due, withoutExtension: due, provisional }
}

/** A pause moves what is promised by the working time it took. */
const pausedDues = (calendar: Calendar, dues: Dues, from: Date, to: Date): Dues => {
  const move = (due: Date | null) => due && movedByPause(calendar, due, from, to)
  return { ...dues, due: move(dues.due), withoutExtension: move(dues.withoutExtension) }
}

/**
 * A calendar moves both dates, unless an apology has parted them: then what is counted stays where it was. That a procedure of a
 * group takes longer is the administration's delay as well.
 */
const changedDues = (dues: Dues, { kind, before, due }: DueChange): Dues => {
  const together = dues.due?.getTime() === dues.withoutExtension?.getTime()
  if (!together) return { ...dues, due }
  const delays = kind === 'EXTENSION' || kind === 'MEMBER'
  return { ...dues, due, withoutExtension: delays ? before : due }
}

/** The dates that intervals, limit and changes make; what is stored beside them must be equal. */
export const deriveDues = (
  calendar: Calendar,
  limit: ClockLimit,
  intervals: readonly Interval[],
  changes: readonly DueChange[],
): Dues =>
  intervals.reduce<Dues>((before, interval, i) => {
    const { kind, fromZero, from, to, ordinal } = interval
    const begun = fromZero ? startedDues(calendar, from, limit) : before
    const changed = changes.filter((change) => change.interval === ordinal).reduce(changedDues, begun)
    const resumed = kind !== 'RUNNING' && to !== null && intervals[i + 1] !== undefined
    return resumed ? pausedDues(calendar, changed, from, to) : changed
  }, NONE)

/**
 * What a dossier is measured by: the stored date is the promise, and a calendar that changes after the clock has ended changes
 * nothing of it. Only an apology parts what was promised from what is counted.
 */
export const measuredBy = ({ due, withoutExtension }: Dues, stored: Date | null) => ({
  due: stored,
  withoutExtension: due?.getTime() === withoutExtension?.getTime() ? stored : withoutExtension,
})

export type Lateness = {
  /** Against what was promised before any apology: what honest statistics count. */
  vsOriginal: boolean
  /** Against the date after the apology. */
  vsExtended: boolean
}

/** By date; by moment for units of hours. `at` is when the result arrived, or now. */
export const latenessOf = (
  { due, withoutExtension }: Pick<Dues, 'due' | 'withoutExtension'>,
  at: Date,
  unit: DurationUnit,
): Lateness => ({
  vsOriginal: punctuality(withoutExtension, at, unit) === 'late',
  vsExtended: punctuality(due, at, unit) === 'late',
})
