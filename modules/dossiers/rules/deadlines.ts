import { addWorkingMinutes, type Calendar, dueDate } from '#modules/calendar/rules.ts'
import type { LifeRules } from './life-rules.ts'
import type { DeadlineKind } from './state-chart.ts'

/** When somebody is told, and when the limit is over. */
export type DeadlineDates = { alarm: Date | null; due: Date | null }

const days = (
  calendar: Calendar,
  start: Date,
  amount: number,
  unit: 'CALENDAR_DAY' | 'WORKING_DAY',
): Date | null => dueDate({ start, amount, unit, calendar }).due

const HOUR_MS = 3_600_000

const LENGTH: Readonly<
  Record<DeadlineKind, (calendar: Calendar, from: Date, rules: LifeRules) => DeadlineDates>
> = {
  /** Two hours by the clock until reception is told, eight working hours until it is checked (Article 17(2)). */
  INTAKE_CHECK: (calendar, from, { intakeAlertHours, intakeCheckHours }) => ({
    alarm: new Date(from.getTime() + intakeAlertHours * HOUR_MS),
    due: addWorkingMinutes(calendar, from, intakeCheckHours * 60),
  }),
  /** 15 days from the notice (Article 19(5)); a dossier of before that rule is never closed for silence. */
  APPLICANT: (calendar, from, { closeAfter }) => {
    const due = closeAfter === null ? null : days(calendar, from, closeAfter, 'CALENDAR_DAY')
    return { alarm: due, due }
  },
  /** No law ends it; after this long somebody asks. */
  PAYMENT: (calendar, from, { paymentRemindAfter }) => ({
    alarm: days(calendar, from, paymentRemindAfter, 'CALENDAR_DAY'),
    due: null,
  }),
  /** Three working days (Article 23(1)). */
  CORRECTION: (calendar, from, { correctionWithin }) => {
    const due = days(calendar, from, correctionWithin, 'WORKING_DAY')
    return { alarm: due, due }
  },
  /** Its own paper sets the date; nothing is known before. */
  CONSULTATION: () => ({ alarm: null, due: null }),
}

/** How long each limit beside the clock is, from the moment at which it begins. */
export const deadlineFrom = (
  kind: DeadlineKind,
  calendar: Calendar,
  from: Date,
  rules: LifeRules,
): DeadlineDates => LENGTH[kind](calendar, from, rules)
