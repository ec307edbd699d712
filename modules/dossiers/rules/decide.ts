import type { Role } from '#modules/identity/contract.ts'
import type { Action, State } from '../contract/vocabulary.ts'
import { CHART, type Place, type Transition } from './state-chart.ts'

/** What the guards look at; instants in milliseconds so that nothing here depends on a clock. */
export type DossierFacts = {
  state: State
  supplementAskedAt: number | null
  intakeSupplementAskedAt: number | null
  /** How often papers were asked for during the work, and how often they may be. */
  supplementCount: number
  supplementMax: number
  /** The result was handed over before. */
  returned: boolean
  /** Papers are reported lost and not made again. */
  lostOpen: boolean
  /** Last moment to ask for a supplement: three working days from acceptance (Article 19(5)). */
  supplementUntil: number | null
  /** The applicant's last day to supplement: 15 days from the notice (Article 19(5)); null where no rule closes anything. */
  supplementDeadline: number | null
  /** How often the date was moved, and how often it may be. */
  extensions: number
  extensionMax: number
  /** Last moment to move the date: one day before it (Article 19(6)). */
  extensionUntil: number | null
  due: number | null
  /** Accounts that did the intake and the approval, for the separation of duties. */
  intakeBy: string | null
  approvedBy: string | null
  /** Several procedures received once: the work is done in the dossiers of its procedures. */
  isGroup: boolean
  /** Its result is handed over with the group that it belongs to. */
  resultWithParent: boolean
}

/** What is done with a group as a whole; everything else with one of its procedures. */
const OF_GROUPS: readonly Action[] = [
  'accept',
  'request-intake-supplement',
  'resubmit',
  'complete-intake',
  'refuse-intake',
  'withdraw',
  'return',
]

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
  | { code: 'dossiers.ordinary-supplement-open'; until: number | null }
  | { code: 'dossiers.no-closing-rule' }
  | { code: 'dossiers.too-early-to-close'; until: number }
  | { code: 'dossiers.extension-already-used' }
  | { code: 'dossiers.extension-too-late'; due: number }
  | { code: 'dossiers.already-returned' }
  | { code: 'dossiers.lost-papers-open' }
  | { code: 'dossiers.nothing-lost' }
  | { code: 'dossiers.group-by-members' }
  | { code: 'dossiers.returned-with-group' }

export type Verdict = { allowed: true; until: number | null } | { allowed: false; block: Block }

type Guard = (facts: DossierFacts, now: number, holder: Holder) => Block | undefined

const askedBeforeAcceptance: Guard = ({ intakeSupplementAskedAt: at }) =>
  at === null ? undefined : { code: 'dossiers.supplement-already-asked', at }

/** Once, within three working days of the acceptance (Articles 11(2)(c), 19(5)). */
const ordinarySupplement: Guard = (
  { supplementAskedAt, supplementCount, supplementMax, supplementUntil },
  now,
) => {
  if (supplementCount >= supplementMax)
    return { code: 'dossiers.supplement-already-asked', at: supplementAskedAt ?? now }
  return supplementUntil !== null && now > supplementUntil
    ? { code: 'dossiers.supplement-too-late', until: supplementUntil }
    : undefined
}

/** The head's exception is for what the rule no longer allows; until then the specialist asks. */
const beyondTheRule: Guard = (facts, now, holder) =>
  ordinarySupplement(facts, now, holder)
    ? undefined
    : { code: 'dossiers.ordinary-supplement-open', until: facts.supplementUntil }

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
  'request-intake-supplement': [askedBeforeAcceptance],
  'request-supplement': [beforeApproval, ordinarySupplement],
  'request-late-supplement': [beforeApproval, beyondTheRule],
  'close-unsupplemented': [
    ({ supplementDeadline }, now) => {
      if (supplementDeadline === null) return { code: 'dossiers.no-closing-rule' }
      return now <= supplementDeadline
        ? { code: 'dossiers.too-early-to-close', until: supplementDeadline }
        : undefined
    },
  ],
  withdraw: [beforeApproval],
  adjust: [beforeApproval],
  'confirm-payment': [otherThanOfficers],
  extend: [
    ({ extensions, extensionMax }) =>
      extensions < extensionMax ? undefined : { code: 'dossiers.extension-already-used' },
    ({ extensionUntil, due }, now) =>
      due === null || extensionUntil === null || now > extensionUntil
        ? { code: 'dossiers.extension-too-late', due: due ?? now }
        : undefined,
  ],
  'report-lost-papers': [({ lostOpen }) => (lostOpen ? { code: 'dossiers.lost-papers-open' } : undefined)],
  'settle-lost-papers': [({ lostOpen }) => (lostOpen ? undefined : { code: 'dossiers.nothing-lost' })],
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
  if (facts.isGroup && !OF_GROUPS.includes(action)) return refused({ code: 'dossiers.group-by-members' })
  if (facts.resultWithParent && action === 'return') return refused({ code: 'dossiers.returned-with-group' })
  for (const guard of GUARDS[action] ?? []) {
    const block = guard(facts, now, holder)
    if (block) return refused(block)
  }
  return { allowed: true, until: untilOf(action, facts) }
}

const refused = (block: Block): Verdict => ({ allowed: false, block })

/** `returned`: whether the result had been handed over when an error in it was reported. */
export const stateAfter = (action: Action, from: State, returned: boolean): State => {
  const { to }: Transition = CHART[action]
  if (to === 'before') return returned ? 'RETURNED' : 'COMPLETED'
  return to === 'same' ? from : to
}

/** Actions that the state allows at all, in the order of the chart. */
export const actionsFrom = (state: State): Action[] =>
  // The chart is total over actions, so its keys are exactly them.
  (Object.keys(CHART) as Action[]).filter((action) => CHART[action].from.includes(state))
