import { CloudAlert, CloudCheck, LoaderCircle, WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { classes } from '../classes.ts'
import { partsOf } from '../format/format.ts'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './feedback.module.css'

export type SavedState =
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'this-device'; at: string }
  | { kind: 'failed' }

const words = catalogue(
  {
    saving: 'Đang lưu nháp…',
    saved: (time: string) => `Đã tự lưu nháp ${time}`,
    device: (time: string) => `Đã lưu trên máy này ${time}`,
    failed: 'Chưa lưu được nháp. Đừng đóng trang này.',
    offline: 'Mất mạng, vẫn làm tiếp được.',
    pending: (n: number) => `${n} việc chờ gửi.`,
    stale: (n: number) => `Số liệu ${n} phút trước`,
  },
  {
    saving: 'Saving draft…',
    saved: (time: string) => `Draft saved ${time}`,
    device: (time: string) => `Saved on this device ${time}`,
    failed: 'The draft could not be saved. Do not close this page.',
    offline: 'Offline; you can go on working.',
    pending: (n: number) => `${n} waiting to be sent.`,
    stale: (n: number) => `Data from ${n} minutes ago`,
  },
)

/** Always visible while something is typed. */
export function SavedIndicator({ state }: { state: SavedState }) {
  const w = useWords(words)
  const Icon = state.kind === 'saving' ? LoaderCircle : state.kind === 'failed' ? CloudAlert : CloudCheck
  const text =
    state.kind === 'saved'
      ? w.saved(partsOf(state.at).time)
      : state.kind === 'this-device'
        ? w.device(partsOf(state.at).time)
        : state.kind === 'saving'
          ? w.saving
          : w.failed
  return (
    <span className={classes(styles.saved, state.kind === 'failed' && styles.failed)} role="status">
      <Icon size={16} aria-hidden="true" /> {text}
    </span>
  )
}

const listen = (changed: () => void): (() => void) => {
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}
export const useOnline = (): boolean => useSyncExternalStore(listen, () => navigator.onLine)

export function OfflineStrip({ pending = 0 }: { pending?: number }) {
  const w = useWords(words)
  return (
    <p className={styles.offline} role="status">
      <WifiOff size={18} aria-hidden="true" /> {w.offline} {pending > 0 ? w.pending(pending) : null}
    </p>
  )
}

/** Appears by itself when the browser loses the network. */
export function ConnectionStrip({ pending }: { pending?: number }) {
  return useOnline() ? null : <OfflineStrip pending={pending} />
}

/** Old data stay visible with their age. */
export function StaleNote({ minutes }: { minutes: number }) {
  const w = useWords(words)
  return (
    <span className={styles.stale}>
      <WifiOff size={15} aria-hidden="true" /> {w.stale(minutes)}
    </span>
  )
}
