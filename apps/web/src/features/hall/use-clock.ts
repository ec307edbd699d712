import { useEffect, useState } from 'react'

/** The time now, anew every so many milliseconds. */
export function useClock(every = 1_000): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), every)
    return () => window.clearInterval(timer)
  }, [every])
  return now
}
