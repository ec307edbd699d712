import type { Role } from '#modules/identity/contract.ts'
import type { Action, Outcome, State, Status } from '../contract/vocabulary.ts'

/** Where the officer who acts must hold the role: at the place of the dossier that the action belongs to. */
export type Place = 'receivingCentre' | 'resolvingUnit' | 'returningCentre'

export type Need = { field: string; required: boolean }

/** What happens to the dossier's clock. */
export type ClockEffect = 'none' | 'start' | 'pause' | 'restart' | 'resume' | 'end'

export type Transition = {
  from: readonly State[]
  to: State | 'same'
  roles: readonly Role[]
  at: Place
  needs: readonly Need[]
  clock: ClockEffect
  /** The interval opened while the clock stands still. */
  pausedAs?: 'SUPPLEMENT' | 'PAYMENT'
  /** Event in the log, past tense. */
  event: string
  form?: 'form-01' | 'form-02' | 'form-03' | 'form-04' | 'form-05' | 'handover'
  /** The process ends with the dossier. */
  ends?: boolean
  irreversible?: boolean
  label: { vi: string; en: string }
}

const RECEPTION: readonly Role[] = ['RECEPTION', 'NON_TERRITORIAL']
const AT_COUNTER = { roles: RECEPTION, at: 'receivingCentre' } as const
const reason: Need = { field: 'reason', required: true }
const legalBasis: Need = { field: 'legalBasis', required: false }

/**
 * Transitions T3–T6, T9–T15 and T17–T19 of a dossier's life (Decree 118/2025, Articles 11, 17, 19, 21–23); T1, T2 create it,
 * T7, T8, T16 and T20 are steps of its process. Server and tests read this one table; screens get its outcome.
 */
export const CHART: Readonly<Record<Action, Transition>> = {
  accept: {
    ...AT_COUNTER,
    from: ['SUBMITTED'],
    to: 'ACCEPTED',
    needs: [{ field: 'components', required: false }],
    clock: 'start',
    event: 'dossier-accepted',
    form: 'form-01',
    label: { vi: 'Tiếp nhận hồ sơ', en: 'Accept the dossier' },
  },
  'request-intake-supplement': {
    ...AT_COUNTER,
    from: ['SUBMITTED'],
    to: 'INTAKE_SUPPLEMENT',
    needs: [{ field: 'items', required: true }, legalBasis],
    clock: 'none',
    event: 'intake-supplement-requested',
    form: 'form-02',
    label: { vi: 'Yêu cầu bổ sung trước khi nhận', en: 'Ask for papers before acceptance' },
  },
  'complete-intake': {
    ...AT_COUNTER,
    from: ['INTAKE_SUPPLEMENT'],
    to: 'ACCEPTED',
    needs: [{ field: 'components', required: true }],
    clock: 'start',
    event: 'dossier-accepted',
    form: 'form-01',
    label: { vi: 'Nhận bổ sung, tiếp nhận hồ sơ', en: 'Take the supplement and accept' },
  },
  'refuse-intake': {
    ...AT_COUNTER,
    from: ['SUBMITTED', 'INTAKE_SUPPLEMENT'],
    to: 'NOT_ACCEPTED',
    needs: [{ field: 'reasonCode', required: true }, reason, { field: 'rightAuthority', required: false }],
    clock: 'none',
    event: 'intake-refused',
    form: 'form-03',
    ends: true,
    irreversible: true,
    label: { vi: 'Từ chối tiếp nhận', en: 'Refuse to receive' },
  },
  'request-supplement': {
    from: ['PROCESSING'],
    to: 'SUPPLEMENT',
    roles: ['SPECIALIST'],
    at: 'resolvingUnit',
    needs: [{ field: 'items', required: true }, legalBasis],
    clock: 'pause',
    pausedAs: 'SUPPLEMENT',
    event: 'supplement-requested',
    form: 'form-02',
    label: { vi: 'Yêu cầu bổ sung', en: 'Ask for a supplement' },
  },
  'receive-supplement': {
    ...AT_COUNTER,
    from: ['SUPPLEMENT'],
    to: 'PROCESSING',
    needs: [{ field: 'components', required: false }],
    clock: 'restart',
    event: 'supplement-received',
    form: 'form-01',
    label: { vi: 'Nhận giấy tờ bổ sung', en: 'Take the supplement' },
  },
  'close-unsupplemented': {
    ...AT_COUNTER,
    from: ['SUPPLEMENT', 'INTAKE_SUPPLEMENT'],
    to: 'CLOSED_NO_SUPPLEMENT',
    needs: [{ field: 'reason', required: false }],
    clock: 'end',
    event: 'dossier-closed',
    form: 'form-05',
    ends: true,
    irreversible: true,
    label: { vi: 'Đóng hồ sơ không bổ sung', en: 'Close: not supplemented' },
  },
  'request-payment': {
    from: ['PROCESSING'],
    to: 'AWAITING_PAYMENT',
    roles: ['SPECIALIST'],
    at: 'resolvingUnit',
    needs: [
      { field: 'amount', required: true },
      { field: 'legalBasis', required: true },
    ],
    clock: 'pause',
    pausedAs: 'PAYMENT',
    event: 'payment-requested',
    label: { vi: 'Báo nộp nghĩa vụ tài chính', en: 'Ask for payment' },
  },
  'confirm-payment': {
    from: ['AWAITING_PAYMENT'],
    to: 'PROCESSING',
    roles: ['CASHIER'],
    at: 'receivingCentre',
    needs: [{ field: 'reason', required: false }],
    clock: 'resume',
    event: 'payment-confirmed',
    label: { vi: 'Xác nhận đã nộp tiền', en: 'Confirm the payment' },
  },
  withdraw: {
    ...AT_COUNTER,
    from: ['ACCEPTED', 'PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT'],
    to: 'WITHDRAWN',
    needs: [reason],
    clock: 'end',
    event: 'dossier-withdrawn',
    ends: true,
    irreversible: true,
    label: { vi: 'Rút hồ sơ theo yêu cầu', en: 'Withdraw at request' },
  },
  stop: {
    from: ['PROCESSING'],
    to: 'STOPPED',
    roles: ['AGENCY_LEAD'],
    at: 'resolvingUnit',
    needs: [reason, { field: 'legalBasis', required: true }],
    clock: 'end',
    event: 'dossier-stopped',
    form: 'form-05',
    ends: true,
    irreversible: true,
    label: { vi: 'Dừng giải quyết', en: 'Stop' },
  },
  extend: {
    from: ['ACCEPTED', 'PROCESSING'],
    to: 'same',
    roles: ['AGENCY_LEAD'],
    at: 'resolvingUnit',
    needs: [reason, { field: 'newDue', required: true }],
    clock: 'none',
    event: 'due-extended',
    form: 'form-04',
    label: { vi: 'Xin lỗi và hẹn lại (một lần)', en: 'Apologise and move the date (once)' },
  },
  return: {
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
    ends: true,
    label: { vi: 'Trả kết quả', en: 'Hand the result over' },
  },
  'report-result-error': {
    from: ['RETURNED'],
    to: 'RESULT_ERROR',
    roles: ['RETURN_DESK'],
    at: 'returningCentre',
    needs: [reason],
    clock: 'none',
    event: 'result-error-reported',
    label: { vi: 'Báo kết quả có sai sót', en: 'Report an error in the result' },
  },
  'correct-result': {
    from: ['RESULT_ERROR'],
    to: 'RETURNED',
    roles: ['CLERK'],
    at: 'resolvingUnit',
    needs: [{ field: 'result', required: true }, reason],
    clock: 'none',
    event: 'result-corrected',
    label: { vi: 'Cấp lại kết quả đúng', en: 'Issue the corrected result' },
  },
}

/** National status (Decree 118/2025 synchronisation); total by construction, each state has its own code. */
export const NATIONAL_STATUS: Readonly<Record<State, number>> = {
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
  RESULT_ERROR: 10,
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
