import { Outlet } from '@tanstack/react-router'
import { useHallEvents } from '../../features/hall/use-counter.ts'
import { RequireSession, useMe } from '../../features/session/me.tsx'
import { ToastProvider } from '../../ui/feedback/toast.tsx'
import { CommandPalette } from './command-palette.tsx'
import styles from './desk-frame.module.css'
import { KeptFromScreenToScreen } from './desk-screen.tsx'

/** Around every screen of the desk: who is signed in, messages, and Ctrl K. */
export function DeskFrame() {
  return (
    <div className={styles.frame} data-surface="desk">
      <ToastProvider>
        <RequireSession>
          <OwnHall />
          <KeptFromScreenToScreen />
          <Outlet />
          <CommandPalette />
        </RequireSession>
      </ToastProvider>
    </div>
  )
}

/** One stream for as long as somebody is signed in, whichever screen is open. */
function OwnHall() {
  const me = useMe()
  useHallEvents(me.rail.includes('queue') ? me.centre : null)
  return null
}
