import type { State } from '#modules/dossiers/contract.ts'

/** From which states a kind of event may come, and where it leads; `null` is before the dossier exists. */
type Move = { from: readonly (State | null)[]; to: State | 'same' | 'as it was before the error' }

const RUNNING: readonly State[] = ['ACCEPTED', 'PROCESSING']
const BEFORE_ACCEPTANCE: readonly State[] = ['SUBMITTED', 'INTAKE_SUPPLEMENT']
const UNDER_WAY: readonly State[] = [...RUNNING, 'SUPPLEMENT', 'AWAITING_PAYMENT']
const step: Move = { from: ['PROCESSING'], to: 'PROCESSING' }
const aside: Move = { from: [], to: 'same' }

/** Written from the law's own table (domain 2.4), not from the product's chart: the two must agree. */
const MOVES: Readonly<Record<string, Move>> = {
  'dossier-submitted': { from: [null], to: 'SUBMITTED' },
  'dossier-accepted': { from: [null, 'SUBMITTED', 'INTAKE_SUPPLEMENT'], to: 'ACCEPTED' },
  'intake-supplement-requested': { from: [null, 'SUBMITTED'], to: 'INTAKE_SUPPLEMENT' },
  'intake-refused': { from: [null, 'SUBMITTED', 'INTAKE_SUPPLEMENT'], to: 'NOT_ACCEPTED' },
  // Once more where the agency sent the dossier back to the counter.
  'dossier-transferred': { from: RUNNING, to: 'PROCESSING' },
  'dossier-assigned': step,
  'dossier-appraised': step,
  'dossier-reviewed': step,
  'dossier-approved': step,
  'dossier-sent-back': step,
  'result-issued': { from: ['PROCESSING'], to: 'COMPLETED' },
  'result-returned': { from: ['COMPLETED'], to: 'RETURNED' },
  'supplement-requested': { from: ['PROCESSING'], to: 'SUPPLEMENT' },
  'supplement-received': { from: ['SUPPLEMENT'], to: 'PROCESSING' },
  'dossier-closed': { from: ['SUPPLEMENT', 'INTAKE_SUPPLEMENT'], to: 'CLOSED_NO_SUPPLEMENT' },
  'payment-requested': { from: ['PROCESSING'], to: 'AWAITING_PAYMENT' },
  'payment-confirmed': { from: ['AWAITING_PAYMENT'], to: 'PROCESSING' },
  'dossier-resubmitted': { from: ['INTAKE_SUPPLEMENT'], to: 'SUBMITTED' },
  'dossier-reopened': { from: ['NOT_ACCEPTED', 'CLOSED_NO_SUPPLEMENT'], to: 'SUBMITTED' },
  'dossier-withdrawn': { from: [...BEFORE_ACCEPTANCE, ...UNDER_WAY], to: 'WITHDRAWN' },
  'dossier-stopped': { from: ['PROCESSING'], to: 'STOPPED' },
  'due-extended': { from: RUNNING, to: 'same' },
  'dossier-adjusted': { from: [...BEFORE_ACCEPTANCE, ...UNDER_WAY], to: 'same' },
  'papers-lost': { from: [...UNDER_WAY, 'COMPLETED'], to: 'same' },
  'lost-papers-settled': { from: [...UNDER_WAY, 'COMPLETED'], to: 'same' },
  'due-recomputed': { from: UNDER_WAY, to: 'same' },
  'result-error-reported': { from: ['COMPLETED', 'RETURNED'], to: 'RESULT_ERROR' },
  'result-corrected': { from: ['RESULT_ERROR'], to: 'as it was before the error' },
  'task-claimed': aside,
  'task-released': aside,
  'task-reassigned': aside,
  'personal-data-read': aside,
  'task-moved': aside,
  'task-escalated': aside,
  'timer-fired': aside,
  'message-sent': aside,
  'message-received': aside,
  'operation-done': aside,
  'operation-refused': aside,
  'message-recorded': aside,
  'operation-failed': aside,
  'operation-retried': aside,
  'applicant-announced': aside,
  'lateness-explained': aside,
  'opinion-asked': { from: RUNNING, to: 'same' },
  'opinion-reminded': aside,
  'opinion-given': aside,
  'opinion-silent': aside,
  'opinion-no-longer-asked': aside,
  'paper-handed-over': { from: RUNNING, to: 'same' },
  'paper-received': aside,
  'group-member-begun': { from: RUNNING, to: 'PROCESSING' },
  'group-member-done': { from: ['PROCESSING'], to: 'same' },
  'group-member-failed': { from: ['PROCESSING'], to: 'same' },
  'group-member-dropped': { from: ['PROCESSING'], to: 'same' },
  'group-due-moved': { from: RUNNING, to: 'same' },
  'group-finished': { from: ['PROCESSING'], to: 'COMPLETED' },
}

/** The state that a dossier's events lead to, each in its turn; throws where one cannot follow the others. */
export const replay = (types: readonly string[]): State => {
  let state: State | null = null
  let beforeError: State | null = null
  for (const type of types) {
    const move: Move | undefined = MOVES[type]
    if (!move) throw new Error(`nobody knows what ${type} does`)
    if (move.from.length > 0 && !move.from.includes(state)) throw new Error(`${type} cannot follow ${state}`)
    if (move.to === 'same') continue
    if (move.to === 'as it was before the error') {
      state = beforeError
      continue
    }
    if (move.to === 'RESULT_ERROR') beforeError = state
    state = move.to
  }
  if (state === null) throw new Error('nothing has happened')
  return state
}
