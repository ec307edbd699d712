import { useCallback, useState } from 'react'

const read = <T>(key: string, fallback: T, guard: (value: unknown) => value is T): T => {
  try {
    const value: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? 'null')
    return guard(value) ? value : fallback
  } catch {
    return fallback
  }
}

const NAMED = 'mot-cua.desk.'

/** Leaves what another screen will be opened with, under the name by which it keeps it. */
export const keepFor = (key: string, value: unknown): void => {
  try {
    window.sessionStorage.setItem(`${NAMED}${key}`, JSON.stringify(value))
  } catch {
    // Without storage the screen opens as ever.
  }
}

/** State that lives as long as the tab: the filter and the row one comes back to. */
export function useKept<T>(key: string, initial: T, guard: (value: unknown) => value is T) {
  const [value, set] = useState<T>(() => read(`${NAMED}${key}`, initial, guard))
  const keep = useCallback(
    (next: T) => {
      set(next)
      keepFor(key, next)
    },
    [key],
  )
  return [value, keep] as const
}

export const isText = (value: unknown): value is string => typeof value === 'string'

const WALK = 'mot-cua.desk.walk'
/** Of a list of ten thousand only so many before and after the one opened. */
const NEIGHBOURS = 250

/** A list, or the part of it around the one opened: `skipped` stand before, `of` are in the whole list. */
type Walk = { codes: string[]; skipped: number; of: number }
const NOWHERE: Walk = { codes: [], skipped: 0, of: 0 }

const isWalk = (value: unknown): value is Walk =>
  typeof value === 'object' &&
  value !== null &&
  'codes' in value &&
  Array.isArray(value.codes) &&
  value.codes.every(isText) &&
  'skipped' in value &&
  typeof value.skipped === 'number' &&
  'of' in value &&
  typeof value.of === 'number'

/** The list that `opened` was opened from, so that J and K go on to its neighbours. */
export const keepWalk = (codes: readonly string[], opened: string): void => {
  const all = [...new Set(codes)]
  const skipped = Math.max(0, all.indexOf(opened) - NEIGHBOURS)
  const walk: Walk = { codes: all.slice(skipped, skipped + 2 * NEIGHBOURS), skipped, of: all.length }
  try {
    window.sessionStorage.setItem(WALK, JSON.stringify(walk))
  } catch {
    // Without storage there are no neighbours; the dossier itself opens.
  }
}
export const keptWalk = (): Walk => read(WALK, NOWHERE, isWalk)
