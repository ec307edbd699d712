import type { Role } from '#modules/identity/contract.ts'
import type { Action, Outcome, State, Status } from '../contract/vocabulary.ts'

/** Where the officer who acts must hold the role: at the place of the dossier that the action belongs to. */
export type Place = 'receivingCentre' | 'resolvingUnit' | 'returningCentre'

export type Need = { field: string; required: boolean }

/** What happens to the dossier's clock. */
export type ClockEffect = 'none' | 'start' | 'pause' | 'restart' | 'resume' | 'end'

/** Limits beside the clock of the dossier; what each is long is in `deadlines.ts`. */
export const DEADLINE_KINDS = ['INTAKE_CHECK', 'APPLICANT', 'PAYMENT', 'CORRECTION', 'CONSULTATION'] as const
export type DeadlineKind = (typeof DEADLINE_KINDS)[number]

/** Papers that say what happened: the national forms, and those that centres use beside them. */
export type Form =
  | 'form-01'
  | 'form-02'
  | 'form-03'
  | 'form-04'
  | 'form-05'
  | 'form-06'
  | 'handover'
  | 'payment-notice'
  | 'return-minutes'
  | 'lost-papers'
  | 'result-error'

/** Who is told; messages go out from the event, by whoever follows the log. */
export type Notice = {
  to: 'applicant' | 'reception' | 'agency' | 'next-holder' | 'both-officers' | 'return-desk'
  /** Key in the catalogue of messages. */
  message: string
}

/** What every change of a dossier says of itself, whether an action, an intake or a step makes it. */
export type Change = {
  /** Number in the table of transitions; an action beside them names its article. */
  law: string
  from: readonly State[]
  /** `before`: back to where it was when the error was reported. */
  to: State | 'same' | 'before'
  clock: ClockEffect
  /** Event in the log, past tense. */
  event: string
  form?: Form
  notify: readonly Notice[]
}

export type Transition = Change & {
  roles: readonly Role[]
  at: Place
  needs: readonly Need[]
  /** The interval opened while the clock stands still. */
  pausedAs?: 'SUPPLEMENT' | 'PAYMENT'
  /** The limit that begins to run beside the clock. */
  opens?: DeadlineKind
  /** The process ends with the dossier. */
  ends?: boolean
  irreversible?: boolean
  label: { vi: string; en: string }
}

const RECEPTION: readonly Role[] = ['RECEPTION', 'NON_TERRITORIAL']
const AT_COUNTER = { roles: RECEPTION, at: 'receivingCentre' } as const
const AT_AGENCY = { at: 'resolvingUnit' } as const
const reason: Need = { field: 'reason', required: true }
const legalBasis: Need = { field: 'legalBasis', required: false }
const basisNeeded: Need = { field: 'legalBasis', required: true }
const applicant = (message: string): Notice => ({ to: 'applicant', message })
const agency = (message: string): Notice => ({ to: 'agency', message })
const reception = (message: string): Notice => ({ to: 'reception', message })

/** States in which a dossier is accepted and not finished. */
const UNDER_WAY: readonly State[] = ['ACCEPTED', 'PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT']

/**
 * What an officer may do with a whole dossier: T3–T6, T9–T15, T17–T19 of its life (Decree 118/2025, Articles 11, 17, 19, 21–23)
 * and what the same articles ask for beside them. Server and tests read this one table; screens get its outcome.
 */
export const CHART: Readonly<Record<Action, Transition>> = {
  accept: {
    ...AT_COUNTER,
    law: 'T3',
    from: ['SUBMITTED'],
    to: 'ACCEPTED',
    needs: [{ field: 'components', required: false }],
    clock: 'start',
    event: 'dossier-accepted',
    form: 'form-01',
    notify: [applicant('dossier-accepted')],
    label: { vi: 'Tiếp nhận hồ sơ', en: 'Accept the dossier' },
  },
  'request-intake-supplement': {
    ...AT_COUNTER,
    law: 'T4',
    from: ['SUBMITTED'],
    to: 'INTAKE_SUPPLEMENT',
    needs: [{ field: 'items', required: true }, legalBasis],
    clock: 'none',
    opens: 'APPLICANT',
    event: 'intake-supplement-requested',
    form: 'form-02',
    notify: [applicant('supplement-requested')],
    label: { vi: 'Yêu cầu bổ sung trước khi nhận', en: 'Ask for papers before acceptance' },
  },
  resubmit: {
    ...AT_COUNTER,
    law: 'T6',
    from: ['INTAKE_SUPPLEMENT'],
    to: 'SUBMITTED',
    needs: [{ field: 'components', required: true }],
    clock: 'none',
    opens: 'INTAKE_CHECK',
    event: 'dossier-resubmitted',
    notify: [reception('dossier-resubmitted')],
    label: { vi: 'Ghi nhận bổ sung gửi đến, chờ kiểm tra', en: 'Record what was sent, to be checked' },
  },
  'complete-intake': {
    ...AT_COUNTER,
    law: 'T6',
    from: ['INTAKE_SUPPLEMENT'],
    to: 'ACCEPTED',
    needs: [{ field: 'components', required: true }],
    clock: 'start',
    event: 'dossier-accepted',
    form: 'form-01',
    notify: [applicant('dossier-accepted')],
    label: { vi: 'Nhận bổ sung, tiếp nhận hồ sơ', en: 'Take the supplement and accept' },
  },
  'refuse-intake': {
    ...AT_COUNTER,
    law: 'T5',
    from: ['SUBMITTED', 'INTAKE_SUPPLEMENT'],
    to: 'NOT_ACCEPTED',
    needs: [{ field: 'reasonCode', required: true }, reason, { field: 'rightAuthority', required: false }],
    clock: 'none',
    event: 'intake-refused',
    form: 'form-03',
    notify: [applicant('intake-refused')],
    ends: true,
    irreversible: true,
    label: { vi: 'Từ chối tiếp nhận', en: 'Refuse to receive' },
  },
  /** A refusal or a closing that was wrong is taken back by decision; the dossier is checked again under its own code. */
  reopen: {
    roles: ['CENTRE_DIRECTOR'],
    at: 'receivingCentre',
    law: 'Đ17',
    from: ['NOT_ACCEPTED', 'CLOSED_NO_SUPPLEMENT'],
    to: 'SUBMITTED',
    needs: [reason, basisNeeded],
    clock: 'none',
    opens: 'INTAKE_CHECK',
    event: 'dossier-reopened',
    notify: [applicant('dossier-reopened'), reception('dossier-reopened')],
    label: { vi: 'Mở lại hồ sơ để kiểm tra', en: 'Take the dossier up again' },
  },
  'request-supplement': {
    ...AT_AGENCY,
    law: 'T9',
    from: ['PROCESSING'],
    to: 'SUPPLEMENT',
    roles: ['SPECIALIST'],
    needs: [{ field: 'items', required: true }, legalBasis],
    clock: 'pause',
    pausedAs: 'SUPPLEMENT',
    opens: 'APPLICANT',
    event: 'supplement-requested',
    form: 'form-02',
    notify: [applicant('supplement-requested'), reception('supplement-requested')],
    label: { vi: 'Yêu cầu bổ sung', en: 'Ask for a supplement' },
  },
  /** Beyond once or beyond three days: the head's own decision, and the dossier counts as late (Decision 766/QĐ-TTg). */
  'request-late-supplement': {
    ...AT_AGENCY,
    law: 'T9',
    from: ['PROCESSING'],
    to: 'SUPPLEMENT',
    roles: ['AGENCY_LEAD'],
    needs: [
      { field: 'items', required: true },
      reason,
      basisNeeded,
      { field: 'applicantFault', required: false },
    ],
    clock: 'pause',
    pausedAs: 'SUPPLEMENT',
    opens: 'APPLICANT',
    event: 'supplement-requested',
    form: 'form-02',
    notify: [applicant('supplement-requested'), reception('supplement-requested')],
    label: { vi: 'Duyệt yêu cầu bổ sung ngoài quy định', en: 'Allow a supplement beyond the rule' },
  },
  'receive-supplement': {
    ...AT_COUNTER,
    law: 'T10',
    from: ['SUPPLEMENT'],
    to: 'PROCESSING',
    needs: [{ field: 'components', required: false }],
    clock: 'restart',
    event: 'supplement-received',
    form: 'form-01',
    notify: [applicant('supplement-received'), agency('supplement-received')],
    label: { vi: 'Nhận giấy tờ bổ sung', en: 'Take the supplement' },
  },
  'close-unsupplemented': {
    ...AT_COUNTER,
    law: 'T11',
    from: ['SUPPLEMENT', 'INTAKE_SUPPLEMENT'],
    to: 'CLOSED_NO_SUPPLEMENT',
    needs: [
      { field: 'reason', required: false },
      { field: 'handedBack', required: false },
    ],
    clock: 'end',
    event: 'dossier-closed',
    form: 'form-05',
    notify: [applicant('dossier-closed'), agency('dossier-closed')],
    ends: true,
    irreversible: true,
    label: { vi: 'Đóng hồ sơ không bổ sung', en: 'Close: not supplemented' },
  },
  'request-payment': {
    ...AT_AGENCY,
    law: 'T12',
    from: ['PROCESSING'],
    to: 'AWAITING_PAYMENT',
    roles: ['SPECIALIST'],
    needs: [{ field: 'amount', required: true }, basisNeeded],
    clock: 'pause',
    pausedAs: 'PAYMENT',
    opens: 'PAYMENT',
    event: 'payment-requested',
    form: 'payment-notice',
    notify: [applicant('payment-requested')],
    label: { vi: 'Báo nộp nghĩa vụ tài chính', en: 'Ask for payment' },
  },
  'confirm-payment': {
    law: 'T13',
    from: ['AWAITING_PAYMENT'],
    to: 'PROCESSING',
    roles: ['CASHIER'],
    at: 'receivingCentre',
    needs: [{ field: 'reason', required: false }],
    clock: 'resume',
    event: 'payment-confirmed',
    notify: [applicant('payment-confirmed'), agency('payment-confirmed')],
    label: { vi: 'Xác nhận đã nộp tiền', en: 'Confirm the payment' },
  },
  withdraw: {
    ...AT_COUNTER,
    law: 'T14',
    from: ['SUBMITTED', 'INTAKE_SUPPLEMENT', ...UNDER_WAY],
    to: 'WITHDRAWN',
    needs: [reason, { field: 'handedBack', required: false }],
    clock: 'end',
    event: 'dossier-withdrawn',
    form: 'return-minutes',
    notify: [applicant('dossier-withdrawn'), agency('dossier-withdrawn')],
    ends: true,
    irreversible: true,
    label: { vi: 'Rút hồ sơ theo yêu cầu', en: 'Withdraw at request' },
  },
  stop: {
    ...AT_AGENCY,
    law: 'T15',
    from: ['PROCESSING'],
    to: 'STOPPED',
    roles: ['AGENCY_LEAD'],
    needs: [reason, basisNeeded],
    clock: 'end',
    event: 'dossier-stopped',
    form: 'form-05',
    notify: [applicant('dossier-stopped'), reception('dossier-stopped')],
    ends: true,
    irreversible: true,
    label: { vi: 'Dừng giải quyết', en: 'Stop' },
  },
  extend: {
    ...AT_AGENCY,
    law: 'T18',
    from: ['ACCEPTED', 'PROCESSING'],
    to: 'same',
    roles: ['AGENCY_LEAD'],
    needs: [reason, { field: 'newDue', required: true }],
    clock: 'none',
    event: 'due-extended',
    form: 'form-04',
    notify: [applicant('due-extended'), reception('due-extended')],
    label: { vi: 'Xin lỗi và hẹn lại (một lần)', en: 'Apologise and move the date (once)' },
  },
  /** The applicant asks for other content while nothing is decided (Article 21). */
  adjust: {
    ...AT_COUNTER,
    law: 'Đ21',
    from: ['SUBMITTED', 'INTAKE_SUPPLEMENT', ...UNDER_WAY],
    to: 'same',
    needs: [{ field: 'adjustment', required: true }, reason],
    clock: 'none',
    event: 'dossier-adjusted',
    notify: [applicant('dossier-adjusted'), agency('dossier-adjusted')],
    label: { vi: 'Điều chỉnh theo yêu cầu của người nộp', en: 'Adjust at the applicant’s request' },
  },
  'report-lost-papers': {
    ...AT_AGENCY,
    law: 'Đ23',
    from: [...UNDER_WAY, 'COMPLETED'],
    to: 'same',
    roles: ['AGENCY_LEAD', 'UNIT_LEAD'],
    needs: [{ field: 'lost', required: true }, reason],
    clock: 'none',
    event: 'papers-lost',
    form: 'lost-papers',
    notify: [applicant('papers-lost'), reception('papers-lost')],
    label: { vi: 'Báo mất giấy tờ, xin lỗi', en: 'Report lost papers and apologise' },
  },
  'settle-lost-papers': {
    ...AT_AGENCY,
    law: 'Đ23',
    from: [...UNDER_WAY, 'COMPLETED'],
    to: 'same',
    roles: ['AGENCY_LEAD', 'UNIT_LEAD'],
    needs: [reason],
    clock: 'none',
    event: 'lost-papers-settled',
    notify: [applicant('lost-papers-settled')],
    label: { vi: 'Ghi nhận đã làm lại giấy tờ mất', en: 'Record that lost papers were made again' },
  },
  return: {
    law: 'T17',
    from: ['COMPLETED'],
    to: 'RETURNED',
    roles: ['RETURN_DESK'],
    at: 'returningCentre',
    needs: [
      { field: 'receiver', required: true },
      { field: 'way', required: false },
    ],
    clock: 'none',
    event: 'result-returned',
    form: 'handover',
    notify: [applicant('result-returned')],
    ends: true,
    label: { vi: 'Trả kết quả', en: 'Hand the result over' },
  },
  /** Found by the applicant, or at the desk before anything was handed over. */
  'report-result-error': {
    law: 'T19',
    from: ['COMPLETED', 'RETURNED'],
    to: 'RESULT_ERROR',
    roles: ['RETURN_DESK'],
    at: 'returningCentre',
    needs: [reason],
    clock: 'none',
    opens: 'CORRECTION',
    event: 'result-error-reported',
    form: 'result-error',
    notify: [agency('result-error-reported'), applicant('result-error-reported')],
    label: { vi: 'Báo kết quả có sai sót', en: 'Report an error in the result' },
  },
  'correct-result': {
    ...AT_AGENCY,
    law: 'T19',
    from: ['RESULT_ERROR'],
    to: 'before',
    roles: ['CLERK'],
    needs: [{ field: 'result', required: true }, reason],
    clock: 'none',
    event: 'result-corrected',
    notify: [applicant('result-corrected'), { to: 'return-desk', message: 'result-corrected' }],
    label: { vi: 'Cấp lại kết quả đúng', en: 'Issue the corrected result' },
  },
}

/** T1, T2 and the two other ends of an intake. */
export const INTAKES = {
  submitted: {
    ...{
      law: 'T1',
      from: [],
      to: 'SUBMITTED',
      clock: 'none',
      event: 'dossier-submitted',
      opens: 'INTAKE_CHECK',
    },
    notify: [applicant('dossier-submitted'), reception('dossier-submitted')],
  },
  accepted: {
    ...{ law: 'T2', from: [], to: 'ACCEPTED', clock: 'start', event: 'dossier-accepted', form: 'form-01' },
    notify: [applicant('dossier-accepted')],
  },
  incomplete: {
    ...{ law: 'T4', from: [], to: 'INTAKE_SUPPLEMENT', clock: 'none', event: 'intake-supplement-requested' },
    ...{ form: 'form-02', opens: 'APPLICANT' },
    notify: [applicant('supplement-requested')],
  },
  refused: {
    ...{ law: 'T5', from: [], to: 'NOT_ACCEPTED', clock: 'none', event: 'intake-refused', form: 'form-03' },
    notify: [applicant('intake-refused')],
  },
} as const satisfies Record<string, Change & { opens?: DeadlineKind }>

const step = (law: string, event: string, notify: readonly Notice[], more: Partial<Change> = {}): Change => ({
  ...{
    law,
    event,
    notify,
    from: ['ACCEPTED', 'PROCESSING'],
    to: 'PROCESSING',
    clock: 'none',
    form: 'form-06',
  },
  ...more,
})
const nextHolder: readonly Notice[] = [{ to: 'next-holder', message: 'task-opened' }]

/** T7, T8, T16: what a step of the process does to its dossier, by what the step is; and one that is sent back. */
export const STEPS = {
  transfer: step('T7', 'dossier-transferred', [agency('dossier-transferred')]),
  assign: step('T8', 'dossier-assigned', nextHolder),
  appraise: step('T8', 'dossier-appraised', nextHolder),
  review: step('T8', 'dossier-reviewed', nextHolder),
  approve: step('T8', 'dossier-approved', nextHolder),
  'send-back': step('T8', 'dossier-sent-back', nextHolder),
  issue: step(
    'T16',
    'result-issued',
    [applicant('result-ready'), { to: 'return-desk', message: 'result-ready' }],
    {
      to: 'COMPLETED',
      clock: 'end',
    },
  ),
} as const

/** T20: somebody else gets a step; the event is written by the module that keeps the steps. */
export const REASSIGNMENT = {
  ...{ law: 'T20', event: 'task-reassigned' },
  notify: [{ to: 'both-officers', message: 'task-reassigned' }],
} as const

/** National status codes that a state may have (Decree 118/2025 synchronisation). */
export type NationalStatus = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10

/**
 * Total by its type: a new state does not compile without its code. An error found before the result was handed over leaves the
 * dossier finished (9); one found after it, returned (10).
 */
const NATIONAL: { readonly [S in State]: NationalStatus | ((returned: boolean) => NationalStatus) } = {
  SUBMITTED: 1,
  ACCEPTED: 2,
  NOT_ACCEPTED: 3,
  PROCESSING: 4,
  INTAKE_SUPPLEMENT: 5,
  SUPPLEMENT: 5,
  AWAITING_PAYMENT: 6,
  WITHDRAWN: 7,
  CLOSED_NO_SUPPLEMENT: 8,
  STOPPED: 8,
  COMPLETED: 9,
  RETURNED: 10,
  RESULT_ERROR: (returned) => (returned ? 10 : 9),
}

export const nationalStatus = (state: State, returned: boolean): NationalStatus => {
  const code = NATIONAL[state]
  return typeof code === 'function' ? code(returned) : code
}

export const STATE_LABELS: Readonly<Record<State, { vi: string; en: string }>> = {
  SUBMITTED: { vi: 'Mới nộp, chờ kiểm tra', en: 'Submitted, to be checked' },
  INTAKE_SUPPLEMENT: { vi: 'Chờ bổ sung', en: 'Waiting for papers' },
  NOT_ACCEPTED: { vi: 'Không tiếp nhận', en: 'Not accepted' },
  ACCEPTED: { vi: 'Đã tiếp nhận', en: 'Accepted' },
  PROCESSING: { vi: 'Đang xử lý', en: 'In progress' },
  SUPPLEMENT: { vi: 'Chờ bổ sung', en: 'Waiting for papers' },
  AWAITING_PAYMENT: { vi: 'Chờ nộp tiền', en: 'Waiting for payment' },
  WITHDRAWN: { vi: 'Đã rút', en: 'Withdrawn' },
  CLOSED_NO_SUPPLEMENT: { vi: 'Đã đóng', en: 'Closed' },
  STOPPED: { vi: 'Dừng giải quyết', en: 'Stopped' },
  COMPLETED: { vi: 'Đã có kết quả', en: 'Result ready' },
  RETURNED: { vi: 'Đã trả kết quả', en: 'Result returned' },
  RESULT_ERROR: { vi: 'Đang sửa kết quả sai', en: 'Result being corrected' },
}

/**
 * A refusal after appraisal is a result and stays one (Article 19(3), Decree 118/2025); "the result is ready" or "handed over"
 * would hide it from who reads a list or follows the dossier.
 */
export const statusOf = ({ state, outcome }: { state: State; outcome: Outcome | null }): Status =>
  outcome === 'REFUSED' && (state === 'COMPLETED' || state === 'RETURNED') ? 'REFUSED' : state

/** Ended for good: nobody has to act any more. */
export const ENDED: readonly State[] = [
  'NOT_ACCEPTED',
  'WITHDRAWN',
  'CLOSED_NO_SUPPLEMENT',
  'STOPPED',
  'RETURNED',
]
/** The clock runs towards the due date. */
export const RUNNING: readonly State[] = ['ACCEPTED', 'PROCESSING']
/** The clock waits for the applicant. */
export const WAITING_FOR_APPLICANT: readonly State[] = ['INTAKE_SUPPLEMENT', 'SUPPLEMENT', 'AWAITING_PAYMENT']
