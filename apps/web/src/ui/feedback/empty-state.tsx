import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './feedback.module.css'

/** Says why there is nothing, and gives one way on. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon?: LucideIcon
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={styles.empty}>
      {Icon ? <Icon size={32} strokeWidth={1.75} aria-hidden="true" /> : null}
      <p className={styles.emptyTitle}>{title}</p>
      {children ? <div className={styles.emptyText}>{children}</div> : null}
      {action}
    </div>
  )
}
