import { Refusal } from '#platform/errors.ts'
import { deadlineFrom } from '../../rules/deadlines.ts'
import { type Acting, type Effect, reasonOf, required } from '../acting.ts'

/** Named once, completely, each with its reason (form 02); the applicant's days begin with the notice. */
const askForPapers = (acting: Acting): Effect => {
  const items = required(acting.input.items, 'dossiers.items-required')
  const legalBasis = acting.input.legalBasis ?? null
  const { due } = deadlineFrom('APPLICANT', acting.calendar, acting.now, acting.rules)
  return {
    patch: { supplement_items: JSON.stringify({ items, legalBasis }), supplement_deadline: due },
    data: {
      items: items.map(({ what, reason }) => ({ what, reason })),
      legalBasis,
      deadline: due?.toISOString() ?? null,
    },
  }
}

export const askBeforeAcceptance = (acting: Acting): Effect => {
  const { patch, data } = askForPapers(acting)
  return { patch: { ...patch, intake_supplement_asked_at: acting.now }, data }
}

export const askDuringWork = (acting: Acting): Effect => {
  const { patch, data } = askForPapers(acting)
  const count = acting.dossier.supplement_count + 1
  return {
    patch: { ...patch, supplement_asked_at: acting.now, supplement_count: count },
    data: { ...data, count, beyondRule: false },
  }
}

/** Decree 63/2010, Article 20(4): not sent more than twice, unless the guidance was not followed. */
const assertTrips = ({ dossier, input, rules }: Acting): void => {
  const trips = dossier.supplement_count + (dossier.intake_supplement_asked_at === null ? 0 : 1)
  if (trips >= rules.supplementTrips && input.applicantFault !== true)
    throw new Refusal('dossiers.supplement-trips-used', { times: trips })
}

/** What the rule does not allow any more: the head gives reason and basis, and the dossier is flagged as late. */
export const askBeyondTheRule = (acting: Acting): Effect => {
  const reason = reasonOf(acting)
  required(acting.input.legalBasis, 'dossiers.basis-required')
  assertTrips(acting)
  const { patch, data } = askDuringWork(acting)
  return {
    patch: { ...patch, supplement_beyond_rule: true },
    data: { ...data, reason, beyondRule: true, applicantFault: acting.input.applicantFault ?? false },
  }
}

export const lose = (acting: Acting): Effect => {
  const lost = required(acting.input.lost, 'dossiers.lost-required')
  const reason = reasonOf(acting)
  return {
    patch: {
      lost_papers: JSON.stringify(lost),
      lost_reported_at: acting.now,
      lost_settled_at: null,
    },
    data: {
      reason,
      lost: lost.map(({ what, remadeBy, how }) => ({ what, remadeBy, how: how ?? null })),
    },
  }
}

export const settleLoss = (acting: Acting): Effect => ({
  patch: { lost_settled_at: acting.now },
  data: { reason: reasonOf(acting) },
})
