import { type Calendar, dueDate, type LocalValue, lastWorkBeforeDueDay } from '#modules/calendar/rules.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { type LifeRules, lifeRulesOn } from '../rules/life-rules.ts'
import type { DossierFacts } from '../rules.ts'
import type { DossierRow } from '../store/dossiers.ts'

const DAY_MS = 86_400_000

const millis = (instant: Date | null): number | null => instant?.getTime() ?? null

/** A dossier keeps the numbers of the day on which it came, whatever the law says later. */
export const rulesOf = (dossier: Pick<DossierRow, 'received_at'>, locals: readonly LocalValue[]): LifeRules =>
  lifeRulesOn(localDateOf(dossier.received_at), locals)

/** The dossier as the pure guards look at it. */
export const factsOf = (dossier: DossierRow, calendar: Calendar, rules: LifeRules): DossierFacts => ({
  // The column holds nothing but states: the services write it from the chart.
  state: dossier.state,
  supplementAskedAt: millis(dossier.supplement_asked_at),
  intakeSupplementAskedAt: millis(dossier.intake_supplement_asked_at),
  supplementCount: dossier.supplement_count,
  supplementMax: rules.supplementMax,
  extensions: dossier.extended_at === null ? 0 : 1,
  extensionMax: rules.extensionMax,
  returned: dossier.returned_at !== null,
  lostOpen: dossier.lost_reported_at !== null && dossier.lost_settled_at === null,
  supplementUntil: millis(supplementUntil(dossier, calendar, rules)),
  supplementDeadline: millis(dossier.supplement_deadline),
  extensionUntil: dossier.due_at && millis(extensionUntil(dossier.due_at, calendar, rules)),
  due: millis(dossier.due_at),
  intakeBy: dossier.intake_by,
  approvedBy: dossier.approved_by,
  isGroup: dossier.is_group,
  resultWithParent: dossier.result_with_parent,
})

/** Article 19(5), Decree 118/2025: within three working days of acceptance. */
export const supplementUntil = (
  dossier: Pick<DossierRow, 'accepted_at'>,
  calendar: Calendar,
  rules: LifeRules,
): Date | null => {
  if (!dossier.accepted_at) return null
  const start = dossier.accepted_at
  return dueDate({ start, amount: rules.supplementWithin, unit: 'WORKING_DAY', calendar }).due
}

/** Article 19(6): at least a day before; said as the last working moment in which it can be done. */
export const extensionUntil = (due: Date, calendar: Calendar, rules: LifeRules): Date =>
  lastWorkBeforeDueDay(calendar, new Date(due.getTime() - (rules.extensionBefore - 1) * DAY_MS))
