import { Check } from 'lucide-react'
import { classes } from '../classes.ts'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './timeline.module.css'

export type TimelineItem = {
  id: string
  title: string
  state: 'done' | 'now' | 'expected'
  /** "21/4, 08:58", "đang làm", "dự kiến 06/5", "chậm nhất 08/5". */
  when: string
  /** Who holds it, where, since when. */
  detail?: string
  /** Reason and apology, in the line where the delay happened. */
  delay?: string
}

const words = catalogue(
  { done: 'Đã xong', now: 'Đang làm', expected: 'Chưa tới' },
  { done: 'Done', now: 'Now', expected: 'Expected' },
)

/** Where it went, where it is and what comes next. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  const w = useWords(words)
  return (
    <ol className={styles.list} aria-label={label}>
      {items.map((item) => (
        <li
          key={item.id}
          className={classes(styles.item, styles[item.state])}
          aria-current={item.state === 'now' ? 'step' : undefined}
        >
          <span className={styles.dot} aria-hidden="true">
            {item.state === 'done' ? <Check size={15} strokeWidth={3} /> : null}
          </span>
          <div className={styles.text}>
            <div className={styles.head}>
              <span className={styles.title}>
                <span className="visually-hidden">{w[item.state]}: </span>
                {item.title}
              </span>
              <span className={classes(styles.when, 'n')}>{item.when}</span>
            </div>
            {item.detail ? <p className={styles.detail}>{item.detail}</p> : null}
            {item.delay ? <p className={styles.delay}>{item.delay}</p> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
