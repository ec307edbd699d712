import { useLocation, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/** What a screen shows, kept in its address: a reload or a link finds it again. An empty value is left out. */
export function useAddress(): readonly [
  (name: string) => string,
  (changes: Readonly<Record<string, string>>) => void,
] {
  const router = useRouter()
  const { pathname, searchStr } = useLocation()
  const params = new URLSearchParams(searchStr)
  const change = (changes: Readonly<Record<string, string>>): void => {
    const next = new URLSearchParams(window.location.search)
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') next.delete(name)
      else next.set(name, value)
    }
    router.history.replace(next.size > 0 ? `${pathname}?${next}` : pathname)
  }
  return [(name) => params.get(name) ?? '', change]
}

/** The value after the typing rests for a moment. */
export function useRested<T>(value: T, ms = 200): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(value), ms)
    return () => window.clearTimeout(timer)
  }, [value, ms])
  return rested
}
