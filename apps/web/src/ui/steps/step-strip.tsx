import { Check } from 'lucide-react'
import { classes } from '../classes.ts'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './step-strip.module.css'

export type Step = {
  id: string
  name: string
  /** Who holds it or will. */
  who: string
  state: 'done' | 'now' | 'ahead'
  /** Working hours used and granted. */
  usedHours?: number
  hours: number
  /** "21/4", "hạn 29/4", "dự kiến 06/5". */
  when: string
  overdue?: boolean
}

const words = catalogue(
  {
    done: 'Đã xong',
    now: 'Đang làm',
    ahead: 'Sắp tới',
    hours: (n: string) => `${n} giờ`,
    over: 'quá hạn bước',
  },
  { done: 'Done', now: 'Now', ahead: 'Ahead', hours: (n: string) => `${n} h`, over: 'step overdue' },
)
const decimal = (n: number): string => String(Math.round(n * 10) / 10).replace('.', ',')

/** The steps of a process with their hours; the words carry what the meters show. */
export function StepStrip({ steps, label }: { steps: readonly Step[]; label: string }) {
  const w = useWords(words)
  return (
    <ol className={styles.strip} aria-label={label}>
      {steps.map((step) => {
        const used = step.usedHours ?? 0
        const share = step.hours > 0 ? Math.min(100, (used / step.hours) * 100) : 0
        return (
          <li
            key={step.id}
            className={classes(styles.step, styles[step.state], step.overdue && styles.overdue)}
            aria-current={step.state === 'now' ? 'step' : undefined}
          >
            <span className={styles.head}>
              <span className={styles.dot} aria-hidden="true">
                {step.state === 'done' ? <Check size={14} strokeWidth={3} /> : null}
              </span>
              <span className={styles.name}>
                <span className="visually-hidden">{w[step.state]}: </span>
                {step.name}
              </span>
            </span>
            <span className={styles.who}>{step.who}</span>
            <span className={classes(styles.hours, 'n')}>
              {step.state === 'ahead'
                ? w.hours(decimal(step.hours))
                : `${decimal(used)} / ${w.hours(decimal(step.hours))}`}{' '}
              · {step.when}
              {step.overdue ? <strong> · {w.over}</strong> : null}
            </span>
            <span className={styles.meter} aria-hidden="true">
              <span style={{ width: `${share}%` }} />
            </span>
          </li>
        )
      })}
    </ol>
  )
}
