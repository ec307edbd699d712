import { type LocalValue, type ParameterKey, parameterOn } from '#modules/calendar/rules.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'

/** The numbers by which one dossier is judged, those of the day on which it came. */
export type LifeRules = {
  /** Plain hours after which reception is told of an unchecked dossier; working hours in which it is checked. */
  intakeAlertHours: number
  intakeCheckHours: number
  /** How often papers may be asked for during the work, and how often the applicant may be sent for papers in all. */
  supplementMax: number
  supplementTrips: number
  /** Working days after acceptance. */
  supplementWithin: number
  supplementRestarts: boolean
  /** Days; null where the rules of the dossier's day close nothing (Decree 61/2018). */
  closeAfter: number | null
  extensionMax: number
  /** Days before the due day. */
  extensionBefore: number
  paymentRestarts: boolean
  paymentRemindAfter: number
  /** Working days. */
  correctionWithin: number
  uncollectedAfter: number
  /** Days after which a result that nobody fetched may go back to the agency. */
  backAfter: number
  /** Working hours without any event. */
  silentAfter: number
}

/** Before the first rule of all a dossier has those of today; nothing of that age is open. */
const needed = (key: ParameterKey, day: LocalDate, locals: readonly LocalValue[]): number => {
  const found = parameterOn(key, day, locals) ?? parameterOn(key, '2025-07-01', locals)
  if (found?.value === null || found === undefined) throw new Error(`${key} has no value on ${day}`)
  return found.value
}

export const lifeRulesOn = (day: LocalDate, locals: readonly LocalValue[] = []): LifeRules => {
  const of = (key: ParameterKey) => needed(key, day, locals)
  return {
    intakeAlertHours: of('intake.alert'),
    intakeCheckHours: of('intake.check'),
    supplementMax: of('supplement.max'),
    supplementTrips: of('supplement.trips'),
    supplementWithin: of('supplement.within'),
    supplementRestarts: of('supplement.restart') === 1,
    closeAfter: parameterOn('supplement.close-after', day, locals)?.value ?? null,
    extensionMax: of('extension.max'),
    extensionBefore: of('extension.before'),
    paymentRestarts: of('payment.restart') === 1,
    paymentRemindAfter: of('payment.remind-after'),
    correctionWithin: of('result.correction'),
    uncollectedAfter: of('result.remind-after'),
    backAfter: of('result.back-after'),
    silentAfter: of('alarm.silent'),
  }
}
