import { CircleCheck, X } from 'lucide-react'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Button, IconButton } from '../button/button.tsx'
import { useShortcuts } from '../keyboard/keyboard.tsx'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './feedback.module.css'

export type ToastContent = {
  message: string /** Takes the action back; also bound to Ctrl Z while shown. */
  undo?: () => void
}
type Shown = ToastContent & { id: number }

const LIFE_MS = 8000
const words = catalogue(
  { undo: 'Hoàn tác', close: 'Đóng thông báo', region: 'Thông báo' },
  { undo: 'Undo', close: 'Close message', region: 'Messages' },
)
const ToastContext = createContext<(content: ToastContent) => void>(() => undefined)

/** Tells that something happened, with a way back. Never the only place of an error. */
export const useToast = (): ((content: ToastContent) => void) => useContext(ToastContext)

export function ToastProvider({ children }: { children: ReactNode }) {
  const w = useWords(words)
  const [shown, setShown] = useState<readonly Shown[]>([])
  const next = useRef(0)
  const show = useCallback((content: ToastContent) => {
    next.current += 1
    const toast = { ...content, id: next.current }
    setShown((before) => [...before.slice(-2), toast])
  }, [])
  const close = useCallback(
    (id: number) => setShown((before) => before.filter((toast) => toast.id !== id)),
    [],
  )
  const last = shown.findLast((toast) => toast.undo)
  const takeBack = (toast: Shown): void => {
    close(toast.id)
    toast.undo?.()
  }
  useShortcuts([
    { keys: 'Ctrl+z', label: w.undo, run: () => last && takeBack(last), when: last !== undefined },
  ])
  return (
    <ToastContext value={useMemo(() => show, [show])}>
      {children}
      <section className={styles.toasts} aria-label={w.region} aria-live="polite">
        {shown.map((toast) => (
          <ToastCard
            key={toast.id}
            toast={toast}
            onClose={() => close(toast.id)}
            onUndo={() => takeBack(toast)}
          />
        ))}
      </section>
    </ToastContext>
  )
}

export function ToastCard({
  toast,
  onClose,
  onUndo,
}: {
  toast: ToastContent
  onClose: () => void
  onUndo: () => void
}) {
  const w = useWords(words)
  const [held, setHeld] = useState(false)
  const latest = useRef(onClose)
  latest.current = onClose
  useEffect(() => {
    if (held) return
    const timer = window.setTimeout(() => latest.current(), LIFE_MS)
    return () => window.clearTimeout(timer)
  }, [held])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering or focusing only holds the timer
    <div
      className={styles.toast}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <CircleCheck size={20} aria-hidden="true" />
      <span className={styles.toastText}>{toast.message}</span>
      {toast.undo ? (
        <Button look="quiet" shortcut="Ctrl+Z" onClick={onUndo}>
          {w.undo}
        </Button>
      ) : null}
      <IconButton icon={X} label={w.close} onClick={onClose} />
    </div>
  )
}
