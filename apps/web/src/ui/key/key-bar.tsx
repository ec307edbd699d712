import type { ReactNode } from 'react'
import styles from './key.module.css'
import { Key } from './key.tsx'

export type KeyHint = { keys: readonly string[]; label: string }

/** The 36 px bar under a desk screen: the keys that matter here, and who and where on the right. */
export function KeyBar({ hints, children }: { hints: readonly KeyHint[]; children?: ReactNode }) {
  return (
    <div className={styles.bar}>
      <ul className={styles.hints}>
        {hints.map((hint) => (
          <li key={hint.label} className={styles.hint}>
            {hint.keys.map((key) => (
              <Key key={key} keys={key} />
            ))}
            <span className="visually-hidden">{hint.keys.join(', ')}:</span>
            {hint.label}
          </li>
        ))}
      </ul>
      {children ? <div className={styles.end}>{children}</div> : null}
    </div>
  )
}
