/**
 * A hand scanner types like a person, but faster: its characters come a few milliseconds apart and end with Enter.
 * This recognises such a burst wherever the focus is.
 */
const FASTEST_HUMAN_MS = 35
const SHORTEST_SCAN = 6

export type ScanStep =
  | { kind: 'ignored' }
  | { kind: 'started' }
  | { kind: 'continued' }
  | { kind: 'scanned'; text: string }

export function createScanBuffer(): { push: (key: string, at: number) => ScanStep } {
  let text = ''
  let last = Number.NEGATIVE_INFINITY
  return {
    push(key, at) {
      const fast = at - last <= FASTEST_HUMAN_MS
      if (key === 'Enter' || key === 'Tab') {
        const scanned = text
        text = ''
        last = Number.NEGATIVE_INFINITY
        return fast && [...scanned].length >= SHORTEST_SCAN
          ? { kind: 'scanned', text: scanned }
          : { kind: 'ignored' }
      }
      // Shift and dead keys belong to the burst but carry no character.
      if ([...key].length !== 1) return { kind: 'ignored' }
      last = at
      if (fast) {
        text += key
        return { kind: 'continued' }
      }
      text = key
      return { kind: 'started' }
    },
  }
}
