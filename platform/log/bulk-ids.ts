import { randomFillSync } from 'node:crypto'

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const POOL = 8_192

/**
 * UUIDv7 in order for a bulk load: one millisecond's counter above random bits, which are drawn for hundreds of ids at once
 * because asking for ten bytes at a time costs more than everything else about an id.
 */
export const createIds = (now: () => number = Date.now): (() => string) => {
  const pool = new Uint8Array(POOL)
  let used = POOL
  let millis = 0
  let counter = 0
  const byte = (): number => {
    if (used === POOL) {
      randomFillSync(pool)
      used = 0
    }
    const value = pool[used] ?? 0
    used += 1
    return value
  }
  const hex = (value: number): string => HEX[value] ?? '00'
  return () => {
    const at = now()
    // Twelve bits of counter; beyond them, or when the clock went back, the next millisecond is borrowed.
    if (at > millis) {
      millis = at
      counter = 0
    } else if (counter < 0xfff) counter += 1
    else {
      millis += 1
      counter = 0
    }
    const time = millis.toString(16).padStart(12, '0')
    const tail = hex((byte() & 0x3f) | 0x80) + hex(byte())
    const node = hex(byte()) + hex(byte()) + hex(byte()) + hex(byte()) + hex(byte()) + hex(byte())
    return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${tail}-${node}`
  }
}
