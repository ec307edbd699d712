import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from '../classes.ts'
import { formatMoney } from '../format/format.ts'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './summary-panel.module.css'

const words = catalogue(
  { fees: 'Phí, lệ phí', free: 'Không thu', missing: (n: number) => `Chưa nhận được: còn thiếu ${n} giấy` },
  { fees: 'Fees', free: 'Free', missing: (n: number) => `Cannot be accepted yet: ${n} missing` },
)

type SummaryPanelProps = {
  label: string
  /** The large figure: `Thứ Sáu 08/05/2026`. */
  due?: { lead: string; date: ReactNode; note?: string; chip?: ReactNode; provisional?: boolean }
  /** Sections, in the order date, why, fee, missing. */
  children: ReactNode
  /** Buttons at the bottom; they stay in sight. A blocked one says why by itself. */
  actions?: ReactNode
}

/** The sticky column of consequences: date, why, fee with its arithmetic, what is missing, then the button. */
export function SummaryPanel({ label, due, children, actions }: SummaryPanelProps) {
  return (
    <aside className={styles.panel} aria-label={label}>
      {due ? (
        <div className={classes(styles.due, due.provisional && styles.provisional)}>
          <div className={styles.row}>
            <span className={styles.lead}>{due.lead}</span>
            {due.chip}
          </div>
          <p className={classes(styles.date, 'n')}>{due.date}</p>
          {due.note ? <p className={styles.lead}>{due.note}</p> : null}
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <div className={styles.sections} tabIndex={0}>
        {children}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </aside>
  )
}

export function SummarySection({
  title,
  aside,
  children,
}: {
  title: ReactNode
  aside?: ReactNode
  children?: ReactNode
}) {
  return (
    <section className={styles.section}>
      <div className={styles.row}>
        <h2 className={styles.title}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

export type FeeLine = {
  label: string
  /** "2.000 × 2 + 1.000 × 1", or the exemption's name. */
  arithmetic?: string
  /** Whole đồng; 0 is "Không thu". */
  amount: number
}

export function FeeSection({
  total,
  lines,
  children,
}: {
  total: number
  lines: readonly FeeLine[]
  children?: ReactNode
}) {
  const w = useWords(words)
  return (
    <SummarySection
      title={w.fees}
      aside={<strong className={classes(styles.total, 'n')}>{formatMoney(total)}</strong>}
    >
      <dl className={styles.fees}>
        {lines.map((line) => (
          <div key={line.label}>
            <dt>{line.label}</dt>
            <dd className="n">
              {line.arithmetic ?? (line.amount === 0 ? w.free : formatMoney(line.amount))}
            </dd>
          </div>
        ))}
      </dl>
      {children}
    </SummarySection>
  )
}

export function MissingSection({ papers, children }: { papers: readonly string[]; children?: ReactNode }) {
  const w = useWords(words)
  if (papers.length === 0) return null
  return (
    <section className={styles.section}>
      <h2 className={styles.missing}>
        <CircleAlert size={18} aria-hidden="true" /> {w.missing(papers.length)}
      </h2>
      <ul className={styles.papers}>
        {papers.map((paper) => (
          <li key={paper}>{paper}</li>
        ))}
      </ul>
      {children}
    </section>
  )
}
