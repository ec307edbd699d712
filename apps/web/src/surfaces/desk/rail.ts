import {
  BookText,
  CalendarDays,
  ChartColumn,
  FileText,
  FolderSearch,
  Gauge,
  HandHelping,
  Inbox,
  type LucideIcon,
  Network,
  PackageOpen,
  Route,
  ScanLine,
  Stamp,
  UserCog,
  Users,
  Waypoints,
} from 'lucide-react'
import { catalogue } from '../../ui/language/language.tsx'

export const railWords = catalogue(
  {
    tasks: 'Việc',
    intake: 'Tiếp nhận',
    results: 'Trả KQ',
    handover: 'Bàn giao',
    workload: 'Tiến độ',
    dossiers: 'Hồ sơ',
    approvals: 'Duyệt',
    dispatch: 'Điều phối',
    queue: 'Hàng đợi',
    supervision: 'Giám sát',
    catalogue: 'Danh mục',
    forms: 'Mẫu giấy',
    processes: 'Quy trình',
    calendar: 'Lịch',
    organisation: 'Tổ chức',
    accounts: 'Tài khoản',
  },
  {
    tasks: 'Tasks',
    intake: 'Intake',
    results: 'Return',
    handover: 'Hand over',
    workload: 'Progress',
    dossiers: 'Dossiers',
    approvals: 'Approve',
    dispatch: 'Dispatch',
    queue: 'Queue',
    supervision: 'Oversight',
    catalogue: 'Catalogue',
    forms: 'Forms',
    processes: 'Processes',
    calendar: 'Calendar',
    organisation: 'Units',
    accounts: 'Accounts',
  },
)

export type Destination =
  | 'tasks'
  | 'intake'
  | 'results'
  | 'handover'
  | 'workload'
  | 'dossiers'
  | 'approvals'
  | 'dispatch'
  | 'queue'
  | 'supervision'
  | 'catalogue'
  | 'forms'
  | 'processes'
  | 'calendar'
  | 'organisation'
  | 'accounts'

/** The desk's screens in the rail's order; which of them a person has is the server's word (`rail` of `GET /api/me`). */
export const DESTINATIONS: readonly { id: Destination; href: string; icon: LucideIcon }[] = [
  { id: 'tasks', href: '/desk/viec', icon: Inbox },
  { id: 'intake', href: '/desk/tiep-nhan', icon: ScanLine },
  { id: 'results', href: '/desk/tra-ket-qua', icon: PackageOpen },
  { id: 'handover', href: '/desk/ban-giao', icon: HandHelping },
  { id: 'dossiers', href: '/desk/ho-so', icon: FolderSearch },
  { id: 'approvals', href: '/desk/duyet', icon: Stamp },
  { id: 'dispatch', href: '/desk/dieu-phoi', icon: Route },
  { id: 'workload', href: '/desk/tien-do', icon: Gauge },
  { id: 'queue', href: '/desk/hang-doi', icon: Users },
  { id: 'supervision', href: '/desk/giam-sat', icon: ChartColumn },
  { id: 'catalogue', href: '/desk/danh-muc', icon: BookText },
  { id: 'forms', href: '/desk/mau-giay', icon: FileText },
  { id: 'processes', href: '/desk/quy-trinh', icon: Waypoints },
  { id: 'calendar', href: '/desk/lich', icon: CalendarDays },
  { id: 'organisation', href: '/desk/to-chuc', icon: Network },
  { id: 'accounts', href: '/desk/nguoi-dung', icon: UserCog },
]

export const ACCOUNT = '/desk/tai-khoan'
/** Beside the rail: reached from the lists that they print, and by Ctrl K. */
export const REGISTERS = '/desk/so-sach'

export const destinationsOf = (rail: readonly string[]) => DESTINATIONS.filter(({ id }) => rail.includes(id))
