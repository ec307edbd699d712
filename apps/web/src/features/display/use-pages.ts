import { useEffect, useState } from 'react'

/** Which of so many pages is up; turns by itself, and starts over when there are fewer. */
export function usePages(count: number, everyMs: number): number {
  const [page, setPage] = useState(0)
  useEffect(() => {
    if (count <= 1) return
    const timer = window.setInterval(() => setPage((now) => now + 1), everyMs)
    return () => window.clearInterval(timer)
  }, [count, everyMs])
  return count === 0 ? 0 : page % count
}

/** Screens that nobody touches are loaded anew in the night, so that they get new releases and start from nothing. */
export function useNightlyReload(hour = 3): void {
  useEffect(() => {
    const now = new Date()
    const then = new Date(now)
    then.setHours(hour, Math.floor(Math.random() * 30), 0, 0)
    if (then <= now) then.setDate(then.getDate() + 1)
    const timer = window.setTimeout(() => window.location.reload(), then.getTime() - now.getTime())
    return () => window.clearTimeout(timer)
  }, [hour])
}

/** A television must not fall asleep; where the browser cannot promise it, its own settings do. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    const ask = async (): Promise<void> => {
      if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return
      lock = await navigator.wakeLock.request('screen').catch(() => undefined)
    }
    void ask()
    document.addEventListener('visibilitychange', ask)
    return () => {
      document.removeEventListener('visibilitychange', ask)
      void lock?.release()
    }
  }, [])
}
