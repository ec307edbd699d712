import { BookText, CalendarDays, Network, UserCog, Waypoints } from 'lucide-react'
import type { ReactNode } from 'react'
import type { KeyHint } from '../../ui/key/key-bar.tsx'
import { DeskShell } from '../../ui/shell/desk-shell.tsx'
import styles from './administration.module.css'

type AdminScreenProps = {
  title: string
  header?: ReactNode
  keys?: readonly KeyHint[]
  children: ReactNode
}

export function AdminScreen({ title, header, keys = [], children }: AdminScreenProps) {
  return (
    <DeskShell
      rail={[
        { href: '/desk/danh-muc', label: 'Danh mục', icon: BookText },
        { href: '/desk/quy-trinh', label: 'Quy trình', icon: Waypoints },
        { href: '/desk/lich', label: 'Lịch', icon: CalendarDays },
        { href: '/desk/to-chuc', label: 'Tổ chức', icon: Network },
        { href: '/desk/nguoi-dung', label: 'Tài khoản', icon: UserCog },
      ]}
      user={{ name: 'Mẫu', initials: 'M', onOpen: () => undefined }}
      header={header ?? <h1 className={styles.title}>{title}</h1>}
      keys={keys}
    >
      {children}
    </DeskShell>
  )
}
