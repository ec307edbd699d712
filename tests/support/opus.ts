/** How long an Ogg Opus file sounds, in seconds, from its pages (RFC 7845): the last position less what a decoder skips, at 48 kHz. */
export const secondsOfOpus = (file: Buffer): number => {
  let position: bigint | undefined
  let skipped: number | undefined
  for (let page = 0; page + 27 <= file.length; ) {
    if (file.toString('latin1', page, page + 4) !== 'OggS') throw new Error(`no Ogg page at ${page}`)
    position = file.readBigInt64LE(page + 6)
    const segments = file[page + 26] ?? 0
    const sizes = file.subarray(page + 27, page + 27 + segments)
    const content = page + 27 + segments
    if (skipped === undefined) {
      if (file.toString('latin1', content, content + 8) !== 'OpusHead') throw new Error('not Opus')
      skipped = file.readUInt16LE(content + 10)
    }
    page = content + sizes.reduce((sum, size) => sum + size, 0)
  }
  if (position === undefined || skipped === undefined) throw new Error('an empty file')
  return (Number(position) - skipped) / 48_000
}
