import { type Calendar, dueDate, lastWorkBeforeDueDay } from '#modules/calendar/rules.ts'
import type { DossierFacts } from '../rules.ts'
import type { DossierRow } from '../store/dossiers.ts'

/** Article 19(5), Decree 118/2025: a supplement is asked for within three working days of acceptance … */
const SUPPLEMENT_WITHIN_WORKING_DAYS = 3
/** … and the applicant has 15 days from the notice. */
const SUPPLEMENT_DAYS = 15

export const supplementDeadline = (calendar: Calendar, from: Date): Date => {
  const { due } = dueDate({ start: from, amount: SUPPLEMENT_DAYS, unit: 'CALENDAR_DAY', calendar })
  if (!due) throw new Error('a number of days always has an end')
  return due
}

const millis = (instant: Date | null): number | null => instant?.getTime() ?? null

/** The dossier as the pure guards look at it. */
export const factsOf = (dossier: DossierRow, calendar: Calendar): DossierFacts => ({
  // The column holds nothing but states: the services write it from the chart.
  state: dossier.state,
  supplementAskedAt: millis(dossier.supplement_asked_at),
  intakeSupplementAskedAt: millis(dossier.intake_supplement_asked_at),
  extendedAt: millis(dossier.extended_at),
  supplementUntil: millis(supplementUntil(dossier, calendar)),
  supplementDeadline: millis(dossier.supplement_deadline),
  extensionUntil: dossier.due_at && millis(lastWorkBeforeDueDay(calendar, dossier.due_at)),
  due: millis(dossier.due_at),
  intakeBy: dossier.intake_by,
  approvedBy: dossier.approved_by,
})

const supplementUntil = (dossier: DossierRow, calendar: Calendar): Date | null => {
  if (!dossier.accepted_at) return null
  const start = dossier.accepted_at
  return dueDate({ start, amount: SUPPLEMENT_WITHIN_WORKING_DAYS, unit: 'WORKING_DAY', calendar }).due
}
