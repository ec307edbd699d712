import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { MOST_AT_ONCE } from '#modules/dossiers/contract.ts'
import { Button } from '../../ui/button/button.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from './bulk.module.css'

const words = catalogue(
  {
    region: 'Việc với các dòng đã chọn',
    chosen: (n: number) => `Đã chọn ${n}`,
    hidden: (n: number) => `${n} dòng ngoài bộ lọc này`,
    clear: 'Bỏ chọn',
    most: (n: number) => `Mỗi lần làm được tối đa ${n} dòng. Bỏ chọn bớt rồi làm tiếp.`,
  },
  {
    region: 'Actions on the selected rows',
    chosen: (n: number) => `${n} selected`,
    hidden: (n: number) => `${n} outside this filter`,
    clear: 'Clear',
    most: (n: number) => `At most ${n} rows at once. Select fewer, then go on.`,
  },
)

/** Why a list of this length is not sent; undefined when it may be. */
export const useTooMany = (count: number): string | undefined => {
  const w = useWords(words)
  return count > MOST_AT_ONCE ? w.most(MOST_AT_ONCE) : undefined
}

type BulkBarProps = { count: number; hidden: number; onClear: () => void; children: ReactNode }

/** Under the list while something is chosen: how many, and what may be done with all of them. */
export function BulkBar({ count, hidden, onClear, children }: BulkBarProps) {
  const w = useWords(words)
  if (count === 0) return null
  return (
    <section className={styles.bar} aria-label={w.region}>
      <strong className="n" aria-live="polite">
        {w.chosen(count)}
      </strong>
      {hidden > 0 ? <span className={styles.hidden}>{w.hidden(hidden)}</span> : null}
      <div className={styles.actions}>
        {children}
        <Button look="quiet" icon={X} onClick={onClear}>
          {w.clear}
        </Button>
      </div>
    </section>
  )
}
