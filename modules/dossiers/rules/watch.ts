import type { Role } from '#modules/identity/contract.ts'
import type { Action, State } from '../contract/vocabulary.ts'
import type { DeadlineKind, Place } from './state-chart.ts'

/** What must not stay silent, in the order in which it is told when two come at one moment. */
export const ALARMS = [
  'INTAKE_UNCHECKED',
  'SUPPLEMENT_EXPIRED',
  'PAYMENT_UNPAID',
  'CORRECTION_OVERDUE',
  'RESULT_UNCOLLECTED',
  'OPINION_OVERDUE',
  'MEMBER_FAILED',
  'EXTENSION_CLOSING',
  'SILENT',
  'NO_OPEN_TASK',
] as const
export type Alarm = (typeof ALARMS)[number]

type Owner = { roles: readonly Role[]; at: Place }

export type Watch = {
  /** Who has to do the next thing; null when it is ended. */
  owner: Owner | 'applicant' | null
  /** Which clock runs: the dossier's own, or a limit beside it. */
  clock: 'SLA' | DeadlineKind | null
  alarms: readonly Alarm[]
}

const RECEPTION: Owner = { roles: ['RECEPTION', 'NON_TERRITORIAL'], at: 'receivingCentre' }
const AGENCY: Owner = { roles: ['SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD', 'CLERK'], at: 'resolvingUnit' }
const RUNNING: readonly Alarm[] = [
  'OPINION_OVERDUE',
  'MEMBER_FAILED',
  'EXTENSION_CLOSING',
  'SILENT',
  'NO_OPEN_TASK',
]
const OVER: Watch = { owner: null, clock: null, alarms: [] }

/** No silent state: each has an owner, a clock and an alarm, or is over. Total by its type. */
export const WATCH: Readonly<Record<State, Watch>> = {
  SUBMITTED: { owner: RECEPTION, clock: 'INTAKE_CHECK', alarms: ['INTAKE_UNCHECKED'] },
  INTAKE_SUPPLEMENT: { owner: 'applicant', clock: 'APPLICANT', alarms: ['SUPPLEMENT_EXPIRED'] },
  ACCEPTED: { owner: RECEPTION, clock: 'SLA', alarms: RUNNING },
  PROCESSING: { owner: AGENCY, clock: 'SLA', alarms: RUNNING },
  SUPPLEMENT: { owner: 'applicant', clock: 'APPLICANT', alarms: ['SUPPLEMENT_EXPIRED'] },
  AWAITING_PAYMENT: { owner: 'applicant', clock: 'PAYMENT', alarms: ['PAYMENT_UNPAID'] },
  COMPLETED: {
    owner: { roles: ['RETURN_DESK'], at: 'returningCentre' },
    clock: null,
    alarms: ['RESULT_UNCOLLECTED'],
  },
  RESULT_ERROR: {
    owner: { roles: ['CLERK'], at: 'resolvingUnit' },
    clock: 'CORRECTION',
    alarms: ['CORRECTION_OVERDUE'],
  },
  NOT_ACCEPTED: OVER,
  WITHDRAWN: OVER,
  CLOSED_NO_SUPPLEMENT: OVER,
  STOPPED: OVER,
  RETURNED: OVER,
}

/** What each alarm proposes to do; null where a step of the process is what is missing. */
export const PROPOSED: Readonly<Record<Alarm, Action | null>> = {
  INTAKE_UNCHECKED: 'accept',
  SUPPLEMENT_EXPIRED: 'close-unsupplemented',
  PAYMENT_UNPAID: 'confirm-payment',
  CORRECTION_OVERDUE: 'correct-result',
  RESULT_UNCOLLECTED: 'return',
  OPINION_OVERDUE: null,
  MEMBER_FAILED: null,
  EXTENSION_CLOSING: 'extend',
  SILENT: null,
  NO_OPEN_TASK: null,
}

export const ALARM_WORDS: Readonly<Record<Alarm, { vi: string; en: string }>> = {
  INTAKE_UNCHECKED: { vi: 'Hồ sơ gửi đến chưa được kiểm tra', en: 'Arrived, not checked yet' },
  SUPPLEMENT_EXPIRED: { vi: 'Hết hạn bổ sung, đề nghị đóng', en: 'Not supplemented in time, to be closed' },
  PAYMENT_UNPAID: { vi: 'Người nộp chưa nộp tiền', en: 'Not paid yet' },
  CORRECTION_OVERDUE: { vi: 'Kết quả sai chưa sửa xong', en: 'Wrong result not corrected in time' },
  RESULT_UNCOLLECTED: { vi: 'Kết quả chưa có người nhận', en: 'Result not collected' },
  OPINION_OVERDUE: { vi: 'Cơ quan được hỏi chưa cho ý kiến', en: 'An agency has not given its opinion' },
  MEMBER_FAILED: { vi: 'Thủ tục trong nhóm không thành', en: 'A procedure of a group failed' },
  EXTENSION_CLOSING: { vi: 'Hôm nay là ngày cuối để hẹn lại', en: 'Last day to move the date' },
  SILENT: { vi: 'Đang giải quyết mà không có gì xảy ra', en: 'Running, and nothing happens' },
  NO_OPEN_TASK: { vi: 'Đang giải quyết mà không ai giữ việc', en: 'Running, and nobody has a task' },
}
