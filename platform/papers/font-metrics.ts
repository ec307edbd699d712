/** What laying out a line needs from a TrueType file: advances and kerning. OpenType 1.9: cmap 4, hmtx, GPOS pairs by glyph. */
export type FontMetrics = {
  unitsPerEm: number
  /** Advance in font units, undefined where the font has no such letter. */
  advance: (codePoint: number) => number | undefined
  /** What the space between two letters gains in font units. */
  kern: (left: number, right: number) => number
}

const tablesOf = (ttf: Buffer): Map<string, Buffer> => {
  const tables = new Map<string, Buffer>()
  for (let i = 0; i < ttf.readUInt16BE(4); i++) {
    const at = 12 + 16 * i
    const start = ttf.readUInt32BE(at + 8)
    tables.set(ttf.toString('latin1', at, at + 4), ttf.subarray(start, start + ttf.readUInt32BE(at + 12)))
  }
  return tables
}

/** Glyph of each letter, from the segments of the Unicode map. */
const glyphsOf = (cmap: Buffer): Map<number, number> => {
  const glyphs = new Map<number, number>()
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + 8 * i + 4))
    if (table.readUInt16BE(0) !== 4) continue
    const twice = table.readUInt16BE(6)
    for (let segment = 0; segment < twice; segment += 2) {
      const end = table.readUInt16BE(14 + segment)
      const start = table.readUInt16BE(16 + twice + segment)
      const delta = table.readUInt16BE(16 + 2 * twice + segment)
      const rangeAt = 16 + 3 * twice + segment
      const range = table.readUInt16BE(rangeAt)
      for (let code = start; code <= end && code < 0xffff; code++) {
        const direct = range === 0 ? code : table.readUInt16BE(rangeAt + range + 2 * (code - start))
        const glyph = range !== 0 && direct === 0 ? 0 : (direct + delta) & 0xffff
        if (glyph !== 0) glyphs.set(code, glyph)
      }
    }
  }
  return glyphs
}

const coverageOf = (table: Buffer): number[] => {
  const count = table.readUInt16BE(2)
  if (table.readUInt16BE(0) === 1)
    return Array.from({ length: count }, (_, i) => table.readUInt16BE(4 + 2 * i))
  return Array.from({ length: count }, (_, i) => {
    const from = table.readUInt16BE(4 + 6 * i)
    return Array.from({ length: table.readUInt16BE(6 + 6 * i) - from + 1 }, (_, k) => from + k)
  }).flat()
}

/** Lookups of the `kern` feature for Latin in its default language. */
const kernLookups = (gpos: Buffer): Buffer[] => {
  const scripts = gpos.subarray(gpos.readUInt16BE(4))
  const features = gpos.subarray(gpos.readUInt16BE(6))
  const lookups = gpos.subarray(gpos.readUInt16BE(8))
  const names = Array.from({ length: scripts.readUInt16BE(0) }, (_, i) => ({
    tag: scripts.toString('latin1', 2 + 6 * i, 6 + 6 * i),
    table: scripts.subarray(scripts.readUInt16BE(6 + 6 * i)),
  }))
  const script = names.find(({ tag }) => tag === 'latn') ?? names.find(({ tag }) => tag === 'DFLT')
  if (!script) return []
  const language = script.table.subarray(script.table.readUInt16BE(0))
  return Array.from({ length: language.readUInt16BE(4) }, (_, i) => language.readUInt16BE(6 + 2 * i))
    .filter((index) => features.toString('latin1', 2 + 6 * index, 6 + 6 * index) === 'kern')
    .flatMap((index) => {
      const feature = features.subarray(features.readUInt16BE(6 + 6 * index))
      return Array.from({ length: feature.readUInt16BE(2) }, (_, i) => feature.readUInt16BE(4 + 2 * i))
    })
    .map((index) => lookups.subarray(lookups.readUInt16BE(2 + 2 * index)))
}

const PAIRS = 2
const X_ADVANCE = 4

const kernsOf = (gpos: Buffer): Map<number, number> => {
  const kerns = new Map<number, number>()
  for (const lookup of kernLookups(gpos)) {
    const seen = new Set<number>()
    for (let i = 0; i < lookup.readUInt16BE(4); i++) {
      const table = lookup.subarray(lookup.readUInt16BE(6 + 2 * i))
      const known = lookup.readUInt16BE(0) === PAIRS && table.readUInt16BE(0) === 1
      if (!known || table.readUInt16BE(4) !== X_ADVANCE || table.readUInt16BE(6) !== 0)
        throw new Error('kerning of a kind that the fast path does not read')
      coverageOf(table.subarray(table.readUInt16BE(2))).forEach((left, index) => {
        const pairs = table.subarray(table.readUInt16BE(10 + 2 * index))
        for (let pair = 0; pair < pairs.readUInt16BE(0); pair++) {
          const key = left * 65_536 + pairs.readUInt16BE(2 + 4 * pair)
          // Within a lookup the first table that knows the pair counts.
          if (!seen.has(key)) kerns.set(key, (kerns.get(key) ?? 0) + pairs.readInt16BE(4 + 4 * pair))
          seen.add(key)
        }
      })
    }
  }
  return kerns
}

export const readFontMetrics = (ttf: Buffer): FontMetrics => {
  const tables = tablesOf(ttf)
  const table = (name: string): Buffer => {
    const found = tables.get(name)
    if (!found) throw new Error(`a font without ${name}`)
    return found
  }
  const glyphs = glyphsOf(table('cmap'))
  const metrics = table('hmtx')
  const last = table('hhea').readUInt16BE(34) - 1
  const gpos = tables.get('GPOS')
  const kerns = gpos ? kernsOf(gpos) : new Map<number, number>()
  return {
    unitsPerEm: table('head').readUInt16BE(18),
    advance: (codePoint) => {
      const glyph = glyphs.get(codePoint)
      return glyph === undefined ? undefined : metrics.readUInt16BE(4 * Math.min(glyph, last))
    },
    kern: (left, right) => kerns.get((glyphs.get(left) ?? 0) * 65_536 + (glyphs.get(right) ?? 0)) ?? 0,
  }
}
