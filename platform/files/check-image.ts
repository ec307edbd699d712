import { type Finding, MOST_PIXELS } from './finding.ts'

const DAMAGED: Finding = { problem: 'damaged' }

const checkPixels = (width: number, height: number): Finding | undefined => {
  if (width === 0 || height === 0) return DAMAGED
  return width * height > MOST_PIXELS ? { problem: 'too-many-pixels', pixels: width * height } : undefined
}

/** Chunks from IHDR to IEND; nothing is decoded. */
export const checkPng = (bytes: Buffer): Finding | undefined => {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return DAMAGED
  const flood = checkPixels(bytes.readUInt32BE(16), bytes.readUInt32BE(20))
  if (flood) return flood
  let at = 8
  while (at + 12 <= bytes.length) {
    const kind = bytes.toString('latin1', at + 4, at + 8)
    at += 12 + bytes.readUInt32BE(at)
    if (kind !== 'IEND') continue
    return at === bytes.length ? undefined : { problem: 'active-content', what: 'trailing data' }
  }
  return DAMAGED
}

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Cameras append data of their own after the picture, so only what looks like another kind of file is refused there. */
const FOREIGN = /<script|<html|<\?php|%PDF-|\[Content_Types\]/i

export const checkJpeg = (bytes: Buffer): Finding | undefined => {
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return DAMAGED
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) {
      const flood = checkPixels(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5))
      if (flood) return flood
      const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]))
      if (end <= at) return DAMAGED
      return FOREIGN.test(bytes.toString('latin1', end + 2))
        ? { problem: 'active-content', what: 'trailing data' }
        : undefined
    }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return DAMAGED
}
