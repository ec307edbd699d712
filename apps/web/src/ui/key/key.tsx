import { classes } from '../classes.ts'
import styles from './key.module.css'

const SHOWN: Record<string, string> = {
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Space: 'Cách',
  Escape: 'Esc',
}

/** A key as printed on the keyboard: `Ctrl+Enter` becomes two caps' text in one cap, as on the pictures. */
export function Key({ keys, onFill = false }: { keys: string; onFill?: boolean }) {
  const text = keys
    .split('+')
    .map((key) => SHOWN[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(' ')
  return (
    <span className={classes(styles.key, onFill && styles.onFill)} aria-hidden="true">
      {text}
    </span>
  )
}
