import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from '../button/button.tsx'
import { classes } from '../classes.ts'
import { KeyboardLayer } from '../keyboard/keyboard.tsx'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './dialog.module.css'

const words = catalogue({ close: 'Đóng' }, { close: 'Close' })

type DialogProps = {
  open: boolean
  onClose: () => void
  title: string
  /** `sheet` comes from the right edge and leaves the work beside it visible. */
  look?: 'dialog' | 'sheet'
  /** Buttons; the main one last. */
  actions?: ReactNode
  children: ReactNode
}

/** A native modal: the browser traps the focus, gives it back, and makes the rest inert. */
export function Dialog({ open, onClose, title, look = 'dialog', actions, children }: DialogProps) {
  const w = useWords(words)
  const ref = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const dialog = ref.current
    if (open && dialog && !dialog.open) {
      dialog.showModal()
      // The browser would choose the close button; work begins at the first field, or the first button of the content.
      const body = dialog.querySelector(`.${styles.body}`)
      const first =
        body?.querySelector<HTMLElement>('input:not([type=hidden], [hidden]), textarea, select') ??
        body?.querySelector<HTMLElement>('button')
      first?.focus()
    }
    if (!open && dialog?.open) dialog.close()
  }, [open])
  return (
    <dialog
      ref={ref}
      className={classes(styles.dialog, styles[look])}
      aria-labelledby={heading}
      // React lets both events rise to the dialog around: what closes one that stands on another leaves the other open.
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
      onClose={(event) => {
        if (event.target === event.currentTarget && open) onClose()
      }}
    >
      {open ? (
        <KeyboardLayer>
          <header className={styles.head}>
            <h2 id={heading}>{title}</h2>
            <IconButton icon={X} label={w.close} onClick={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
          {actions ? <footer className={styles.actions}>{actions}</footer> : null}
        </KeyboardLayer>
      ) : null}
    </dialog>
  )
}
