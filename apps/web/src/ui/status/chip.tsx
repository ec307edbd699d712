import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from '../classes.ts'
import { useLanguage } from '../language/language.tsx'
import styles from './chip.module.css'
import { STATUS, type StatusKey, type Tone } from './status-table.ts'

/** A pill with a word and, with it, an icon; the tone alone never carries the meaning. */
export function Chip({
  tone = 'tro',
  icon: Icon,
  children,
}: {
  tone?: Tone
  icon?: LucideIcon
  children: ReactNode
}) {
  return (
    <span className={classes(styles.chip, styles[tone])}>
      {Icon ? <Icon size={15} strokeWidth={2} aria-hidden="true" /> : null}
      <span>{children}</span>
    </span>
  )
}

/** A state of the status table. `children` replaces the table's word where the state says more ("Còn 5 giờ"). */
export function StatusChip({ status, children }: { status: StatusKey; children?: ReactNode }) {
  const { language } = useLanguage()
  const entry = STATUS[status]
  return (
    <Chip tone={entry.tone} icon={entry.icon}>
      {children ?? entry[language]}
    </Chip>
  )
}
