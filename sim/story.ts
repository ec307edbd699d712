import type { Calendar } from '#modules/calendar/rules.ts'
import type { Action, HandedIn, Intake, Outcome } from '#modules/dossiers/contract.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import type { Step } from '#modules/workflow/rules.ts'
import type { Offer, StepsOf } from './offers.ts'
import type { Officers } from './officers.ts'
import type { Ticks } from './ticks.ts'

export const REASON_CODES = ['WRONG_AUTHORITY', 'NOT_ELIGIBLE', 'FORGED_PAPERS', 'OTHER'] as const
export type ReasonCode = (typeof REASON_CODES)[number]
export type Item = { component?: string; what: string; reason: string }

/** One thing that one officer does with the dossier. */
export type Doing =
  | { kind: 'create'; end: 'accepted' | 'submitted' }
  | { kind: 'create'; end: 'incomplete'; items: Item[]; legalBasis: string }
  | { kind: 'create'; end: 'refused'; reasonCode: ReasonCode; reason: string; rightAuthority?: string }
  | { kind: 'claim'; step: string }
  | {
      kind: 'complete'
      step: string
      opinion?: string
      decision?: string
      assignee?: string
      outcome?: Outcome
      result?: { summary: string; scanned: boolean }
    }
  | { kind: 'send-back'; step: string; toStep: string; reason: string }
  | { kind: 'reassign'; step: string; assignee: string; reason: string }
  | { kind: 'deliver'; message: string; payload: Record<string, number> }
  | { kind: 'reveal'; reason: string }
  | { kind: 'explain'; reasonCode: string; explanation: string }
  | { kind: 'act'; action: Action; input: ActFields }

/** The fields of an action's body that the stories use. */
export type ActFields = {
  reason?: string
  reasonCode?: ReasonCode
  rightAuthority?: string
  legalBasis?: string
  items?: Item[]
  components?: HandedIn[]
  newDue?: string
  amount?: number
  result?: { number: string }
  receiver?: {
    name: string
    relation: 'owner' | 'representative' | 'postal'
    slipShown: boolean
    personalId?: string
  }
}

export type Planned = { tick: number; by: StaffActor; does: Doing }

export type Story = {
  n: number
  intake: Intake
  unit: string
  scanned: readonly string[]
  actions: readonly Planned[]
}

/** Everything a story is told from. */
export type World = {
  tree: Tree
  calendar: Calendar
  ticks: Ticks
  /** The last moment that has passed; what comes after it has not happened yet. */
  last: number
  now: Date
  officers: Officers
  stepsOf: StepsOf
}

export type Wait = 'check' | 'intake-supplement' | 'supplement' | 'payment' | 'correction' | Step['action']
/** How the running ones stand: chosen by the day of arrival. */
export type Standing = 'on-track' | 'soon' | 'today' | 'overdue'
export type Detour =
  | 'submitted'
  | 'intake-supplement'
  | 'supplement'
  | 'payment'
  | 'sent-back'
  | 'extended'
  | 'refused'
  | 'corrected'
  | 'reassigned'

export type Wish = {
  offer: Offer
  /** The story is about this agency: the applicant lives where it decides. */
  keepUnit: boolean
  ending: 'returned' | 'not-accepted' | 'withdrawn' | 'stopped' | 'closed' | { waitsAt: Wait }
  standing?: Standing
  detours: readonly Detour[]
}
