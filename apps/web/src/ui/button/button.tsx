import type { LucideIcon } from 'lucide-react'
import { type ButtonHTMLAttributes, type ReactNode, useId } from 'react'
import { classes } from '../classes.ts'
import { Key } from '../key/key.tsx'
import styles from './button.module.css'

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  /** One `main` per region. `danger` is for what destroys or refuses. */
  look?: 'main' | 'outline' | 'quiet' | 'danger'
  icon?: LucideIcon
  /** Shown as a key cap and announced as the shortcut; the screen registers it with `useShortcuts`. */
  shortcut?: string
  /** Why it cannot be pressed, and what unblocks it. The button stays focusable and says so. */
  blocked?: string | undefined
  busy?: boolean
  wide?: boolean
  children: ReactNode
}

/** A verb with its object. A blocked one says above itself why, and what unblocks it. */
export function Button({
  look = 'outline',
  icon: Icon,
  shortcut,
  blocked,
  busy,
  wide,
  children,
  className,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const reason = useId()
  const stopped = blocked !== undefined || busy === true
  return (
    <>
      {blocked ? (
        <span id={reason} className={styles.reason}>
          {blocked}
        </span>
      ) : null}
      <button
        {...rest}
        type={type}
        className={classes(styles.button, styles[look], wide && styles.wide, className)}
        aria-disabled={stopped || undefined}
        aria-describedby={blocked ? reason : rest['aria-describedby']}
        aria-busy={busy || undefined}
        aria-keyshortcuts={shortcut?.replace('Ctrl', 'Control')}
        onClick={(event) => {
          if (stopped) event.preventDefault()
          else onClick?.(event)
        }}
      >
        {Icon ? <Icon size={18} strokeWidth={2} aria-hidden="true" /> : null}
        <span>{children}</span>
        {shortcut ? <Key keys={shortcut} onFill={look === 'main' && !stopped} /> : null}
      </button>
    </>
  )
}

type IconButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { icon: LucideIcon; label: string }

/** An icon whose word is its accessible name and tooltip. Use where the same word stands beside it. */
export function IconButton({ icon: Icon, label, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={classes(styles.icon, className)}
      aria-label={label}
      title={label}
    >
      <Icon size={18} strokeWidth={2} aria-hidden="true" />
    </button>
  )
}
