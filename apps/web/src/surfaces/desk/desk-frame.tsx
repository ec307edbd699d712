import { Outlet } from '@tanstack/react-router'
import { RequireSession } from '../../features/session/me.tsx'
import { ToastProvider } from '../../ui/feedback/toast.tsx'
import { CommandPalette } from './command-palette.tsx'
import styles from './desk-frame.module.css'

/** Around every screen of the desk: who is signed in, messages, and Ctrl K. */
export function DeskFrame() {
  return (
    <div className={styles.frame} data-surface="desk">
      <ToastProvider>
        <RequireSession>
          <Outlet />
          <CommandPalette />
        </RequireSession>
      </ToastProvider>
    </div>
  )
}
