import {
  BadgeCheck,
  CheckCheck,
  CircleCheck,
  CircleDot,
  CircleX,
  ClockAlert,
  FilePen,
  FilePlus2,
  Inbox,
  Loader,
  type LucideIcon,
  OctagonPause,
  PackageCheck,
  TriangleAlert,
  Wallet,
  WifiOff,
} from 'lucide-react'
import { NO_LIMIT_WORDS } from '#modules/calendar/contract.ts'
import type { Pace } from '#modules/dossiers/contract.ts'

export type Tone = 'ngoc' | 'nghe' | 'son' | 'cham' | 'sim' | 'tro'
export type Status = { vi: string; en: string; icon: LucideIcon; tone: Tone }

/** The one vocabulary of states for all surfaces: icon, word and colour. Violet always means "the clock waits for the citizen". */
export const STATUS = {
  early: { vi: 'Trước hạn', en: 'Ahead of time', icon: CheckCheck, tone: 'ngoc' },
  'in-time': { vi: 'Đúng hạn', en: 'In time', icon: CircleCheck, tone: 'ngoc' },
  'on-track': { vi: 'Đúng tiến độ', en: 'On track', icon: CircleDot, tone: 'ngoc' },
  'due-soon': { vi: 'Sắp đến hạn', en: 'Due soon', icon: ClockAlert, tone: 'nghe' },
  overdue: { vi: 'Quá hạn', en: 'Overdue', icon: TriangleAlert, tone: 'son' },
  SUBMITTED: { vi: 'Mới nộp, chờ kiểm tra', en: 'Submitted, to be checked', icon: Inbox, tone: 'cham' },
  ACCEPTED: { vi: 'Đã tiếp nhận', en: 'Accepted', icon: Inbox, tone: 'cham' },
  PROCESSING: { vi: 'Đang xử lý', en: 'In process', icon: Loader, tone: 'cham' },
  INTAKE_SUPPLEMENT: { vi: 'Chờ bổ sung', en: 'Waiting for papers', icon: FilePlus2, tone: 'sim' },
  SUPPLEMENT: { vi: 'Chờ bổ sung', en: 'Waiting for papers', icon: FilePlus2, tone: 'sim' },
  AWAITING_PAYMENT: { vi: 'Chờ nộp tiền', en: 'Waiting for payment', icon: Wallet, tone: 'sim' },
  COMPLETED: { vi: 'Đã có kết quả', en: 'Result ready', icon: PackageCheck, tone: 'ngoc' },
  RETURNED: { vi: 'Đã trả kết quả', en: 'Result handed over', icon: BadgeCheck, tone: 'tro' },
  NOT_ACCEPTED: { vi: 'Không tiếp nhận', en: 'Not accepted', icon: CircleX, tone: 'son' },
  REFUSED: { vi: 'Từ chối giải quyết', en: 'Refused', icon: CircleX, tone: 'son' },
  WITHDRAWN: { vi: 'Đã rút', en: 'Withdrawn', icon: OctagonPause, tone: 'tro' },
  STOPPED: { vi: 'Dừng giải quyết', en: 'Stopped', icon: OctagonPause, tone: 'tro' },
  CLOSED_NO_SUPPLEMENT: { vi: 'Đã đóng', en: 'Closed', icon: OctagonPause, tone: 'tro' },
  RESULT_ERROR: { vi: 'Đang sửa kết quả sai', en: 'Result being corrected', icon: FilePen, tone: 'nghe' },
  paused: { vi: 'Tạm dừng tính giờ', en: 'Clock paused', icon: FilePlus2, tone: 'sim' },
  'no-limit': { ...NO_LIMIT_WORDS.short, icon: CircleDot, tone: 'tro' },
  stale: { vi: 'Số liệu cũ', en: 'Data not fresh', icon: WifiOff, tone: 'tro' },
} as const satisfies Record<string, Status>

/** The server's word for how a dossier or task stands against its date → the table's. */
export const PACE_STATUS = {
  EARLY: 'early',
  ON_TIME: 'in-time',
  LATE: 'overdue',
  ON_TRACK: 'on-track',
  DUE_SOON: 'due-soon',
  OVERDUE: 'overdue',
  PAUSED: 'paused',
  NO_LIMIT: 'no-limit',
} as const satisfies Record<Pace, StatusKey>

export type StatusKey = keyof typeof STATUS
export const isStatusKey = (value: string): value is StatusKey => Object.hasOwn(STATUS, value)
