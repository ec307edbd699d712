import { FolderSearch, Inbox, type LucideIcon, PackageOpen, ScanLine, Stamp } from 'lucide-react'
import { catalogue } from '../../ui/language/language.tsx'

export const railWords = catalogue(
  {
    tasks: 'Việc',
    intake: 'Tiếp nhận',
    results: 'Trả KQ',
    dossiers: 'Hồ sơ',
    approvals: 'Duyệt',
  },
  { tasks: 'Tasks', intake: 'Intake', results: 'Return', dossiers: 'Dossiers', approvals: 'Approve' },
)

export type Destination = 'tasks' | 'intake' | 'results' | 'dossiers' | 'approvals'

/** The desk's screens in the rail's order; which of them a person has is the server's word (`rail` of `GET /api/me`). */
export const DESTINATIONS: readonly { id: Destination; href: string; icon: LucideIcon }[] = [
  { id: 'tasks', href: '/desk/viec', icon: Inbox },
  { id: 'intake', href: '/desk/tiep-nhan', icon: ScanLine },
  { id: 'results', href: '/desk/tra-ket-qua', icon: PackageOpen },
  { id: 'dossiers', href: '/desk/ho-so', icon: FolderSearch },
  { id: 'approvals', href: '/desk/duyet', icon: Stamp },
]

export const ACCOUNT = '/desk/tai-khoan'

export const destinationsOf = (rail: readonly string[]) => DESTINATIONS.filter(({ id }) => rail.includes(id))
