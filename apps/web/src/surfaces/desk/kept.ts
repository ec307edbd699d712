import { useCallback, useState } from 'react'

const read = <T>(key: string, fallback: T, guard: (value: unknown) => value is T): T => {
  try {
    const value: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? 'null')
    return guard(value) ? value : fallback
  } catch {
    return fallback
  }
}

/** State that lives as long as the tab: the filter and the row one comes back to. */
export function useKept<T>(key: string, initial: T, guard: (value: unknown) => value is T) {
  const name = `mot-cua.desk.${key}`
  const [value, set] = useState<T>(() => read(name, initial, guard))
  const keep = useCallback(
    (next: T) => {
      set(next)
      try {
        window.sessionStorage.setItem(name, JSON.stringify(next))
      } catch {
        // Kept for this page only.
      }
    },
    [name],
  )
  return [value, keep] as const
}

export const isText = (value: unknown): value is string => typeof value === 'string'

const WALK = 'mot-cua.desk.walk'
const isCodes = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText)

/** The list a dossier was opened from, so that J and K go on to its neighbours. */
export const keepWalk = (codes: readonly string[]): void => {
  try {
    window.sessionStorage.setItem(WALK, JSON.stringify([...new Set(codes)].slice(0, 500)))
  } catch {
    // Without storage there are no neighbours; the dossier itself opens.
  }
}
export const keptWalk = (): string[] => read(WALK, [], isCodes)
