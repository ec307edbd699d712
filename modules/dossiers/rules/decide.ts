import type { Role } from '#modules/identity/contract.ts'
import type { Action, State } from '../contract/vocabulary.ts'
import { CHART, type Place, type Transition } from './state-chart.ts'

/** What the guards look at; instants in milliseconds so that nothing here depends on a clock. */
export type DossierFacts = {
  state: State
  supplementAskedAt: number | null
  intakeSupplementAskedAt: number | null
  extendedAt: number | null
  /** Last moment to ask for a supplement: three working days from acceptance (Article 19(5)). */
  supplementUntil: number | null
  /** The applicant's last day to supplement: 15 days from the notice (Article 19(5)). */
  supplementDeadline: number | null
  /** Last moment to move the date: one day before it (Article 19(6)). */
  extensionUntil: number | null
  due: number | null
  /** Accounts that did the intake and the approval, for the separation of duties. */
  intakeBy: string | null
  approvedBy: string | null
}

export type Holder = {
  account: string
  /** Whether the person holds one of the roles at that place of this dossier. */
  holds: (roles: readonly Role[], at: Place) => boolean
}

export type Block =
  | { code: 'dossiers.not-your-role'; roles: readonly Role[]; at: Place }
  | { code: 'dossiers.action-not-allowed'; state: State }
  | { code: 'dossiers.segregation'; did: 'intake' | 'approval'; doing: 'payment' }
  | { code: 'dossiers.already-approved' }
  | { code: 'dossiers.supplement-already-asked'; at: number }
  | { code: 'dossiers.supplement-too-late'; until: number }
  | { code: 'dossiers.too-early-to-close'; until: number }
  | { code: 'dossiers.extension-already-used' }
  | { code: 'dossiers.extension-too-late'; due: number }
  | { code: 'dossiers.already-returned' }

export type Verdict = { allowed: true; until: number | null } | { allowed: false; block: Block }

type Guard = (facts: DossierFacts, now: number, holder: Holder) => Block | undefined

const askedOnce =
  (asked: (facts: DossierFacts) => number | null): Guard =>
  (facts) => {
    const at = asked(facts)
    return at === null ? undefined : { code: 'dossiers.supplement-already-asked', at }
  }

/** Once the head has signed there is a decision (Article 21, Decree 118/2025); only the process itself can go back on it. */
const beforeApproval: Guard = ({ approvedBy }) =>
  approvedBy === null ? undefined : { code: 'dossiers.already-approved' }

/** Receiving, approving and taking the money of one dossier are three people's. */
const otherThanOfficers: Guard = ({ intakeBy, approvedBy }, _now, { account }) => {
  if (account === intakeBy) return { code: 'dossiers.segregation', did: 'intake', doing: 'payment' }
  if (account === approvedBy) return { code: 'dossiers.segregation', did: 'approval', doing: 'payment' }
  return undefined
}

const GUARDS: Partial<Record<Action, readonly Guard[]>> = {
  'request-intake-supplement': [askedOnce((facts) => facts.intakeSupplementAskedAt)],
  'request-supplement': [
    beforeApproval,
    askedOnce((facts) => facts.supplementAskedAt),
    ({ supplementUntil }, now) =>
      supplementUntil !== null && now > supplementUntil
        ? { code: 'dossiers.supplement-too-late', until: supplementUntil }
        : undefined,
  ],
  'close-unsupplemented': [
    ({ supplementDeadline }, now) =>
      supplementDeadline !== null && now <= supplementDeadline
        ? { code: 'dossiers.too-early-to-close', until: supplementDeadline }
        : undefined,
  ],
  withdraw: [beforeApproval],
  'confirm-payment': [otherThanOfficers],
  extend: [
    ({ extendedAt }) => (extendedAt === null ? undefined : { code: 'dossiers.extension-already-used' }),
    ({ extensionUntil, due }, now) =>
      due === null || extensionUntil === null || now > extensionUntil
        ? { code: 'dossiers.extension-too-late', due: due ?? now }
        : undefined,
  ],
}

/** Until when an allowed action stays allowed, for "Chỉ được yêu cầu đến 17:00 hôm nay". */
const untilOf = (action: Action, facts: DossierFacts): number | null => {
  if (action === 'request-supplement') return facts.supplementUntil
  if (action === 'extend') return facts.extensionUntil
  return null
}

/** Whether this person may do this now; the first reason against it, in the order state, role, guards. */
export const decide = (action: Action, facts: DossierFacts, holder: Holder, now: number): Verdict => {
  const transition = CHART[action]
  if (!transition.from.includes(facts.state)) {
    if (action === 'return' && facts.state === 'RETURNED')
      return refused({ code: 'dossiers.already-returned' })
    return refused({ code: 'dossiers.action-not-allowed', state: facts.state })
  }
  if (!holder.holds(transition.roles, transition.at)) {
    return refused({ code: 'dossiers.not-your-role', roles: transition.roles, at: transition.at })
  }
  for (const guard of GUARDS[action] ?? []) {
    const block = guard(facts, now, holder)
    if (block) return refused(block)
  }
  return { allowed: true, until: untilOf(action, facts) }
}

const refused = (block: Block): Verdict => ({ allowed: false, block })

export const stateAfter = (action: Action, from: State): State => {
  const { to }: Transition = CHART[action]
  return to === 'same' ? from : to
}

/** Actions that the state allows at all, in the order of the chart. */
export const actionsFrom = (state: State): Action[] =>
  // The chart is total over actions, so its keys are exactly them.
  (Object.keys(CHART) as Action[]).filter((action) => CHART[action].from.includes(state))
