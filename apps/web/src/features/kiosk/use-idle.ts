import { useEffect, useRef, useState } from 'react'

/** WCAG 2.2.1: who is still reading is asked, and has twenty seconds to say so. */
export const IDLE_MS = 60_000
export const WARNING_MS = 20_000
/** A ticket that was read, printed or photographed is nobody else's business. */
export const TICKET_MS = 40_000

/** Seconds left before all is wiped, once nobody has touched anything for a while; null before. `stay` begins anew. */
export function useIdle(active: boolean, onIdle: () => void, idleMs = IDLE_MS) {
  const [left, setLeft] = useState<number | null>(null)
  const last = useRef(Date.now())
  const wipe = useRef(onIdle)
  wipe.current = onIdle
  useEffect(() => {
    if (!active) return setLeft(null)
    last.current = Date.now()
    const touched = (): void => {
      // Once asked, a touch beside the buttons decides nothing.
      if (Date.now() - last.current < idleMs) last.current = Date.now()
    }
    const events = ['pointerdown', 'keydown', 'wheel'] as const
    for (const name of events) window.addEventListener(name, touched, { passive: true })
    const timer = window.setInterval(() => {
      const over = Date.now() - last.current - idleMs
      if (over < 0) return setLeft(null)
      const seconds = Math.ceil((WARNING_MS - over) / 1_000)
      if (seconds > 0) return setLeft(seconds)
      setLeft(null)
      wipe.current()
    }, 250)
    return () => {
      window.clearInterval(timer)
      for (const name of events) window.removeEventListener(name, touched)
    }
  }, [active, idleMs])
  return {
    left,
    stay: () => {
      last.current = Date.now()
      setLeft(null)
    },
  }
}
