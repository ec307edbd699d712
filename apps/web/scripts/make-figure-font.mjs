/**
 * Be Vietnam Pro has no tabular figures: "1" is 400 units wide, "4" is 713. This makes a family of the ten digits with
 * one advance each, so that codes, money and times line up. Wider glyphs are condensed, narrower ones centred.
 * Run once after a new version of the font: `node apps/web/scripts/make-figure-font.mjs`. The output is committed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { deflateSync } from 'node:zlib'
import opentype from 'opentype.js'

const ADVANCE = 660
const FAMILY = 'Be Vietnam Pro Figures'
const WEIGHTS = {
  400: '400Regular/BeVietnamPro_400Regular',
  500: '500Medium/BeVietnamPro_500Medium',
  600: '600SemiBold/BeVietnamPro_600SemiBold',
  700: '700Bold/BeVietnamPro_700Bold',
  800: '800ExtraBold/BeVietnamPro_800ExtraBold',
}
const require = createRequire(import.meta.url)
const target = new URL('../src/ui/fonts/', import.meta.url)

const exactBuffer = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)

function figure(source, digit) {
  const original = source.charToGlyph(digit)
  const box = original.getBoundingBox()
  const scale = Math.min(1, ADVANCE / original.advanceWidth)
  const shift = (ADVANCE - original.advanceWidth * scale) / 2
  const path = new opentype.Path()
  for (const command of original.path.commands) {
    const moved = { ...command }
    for (const key of ['x', 'x1', 'x2']) if (key in moved) moved[key] = Math.round(moved[key] * scale + shift)
    path.commands.push(moved)
  }
  if (box.x2 * scale + shift > ADVANCE + 20) throw new Error(`${digit} leaves its cell`)
  return new opentype.Glyph({
    name: `figure${digit}`,
    unicode: digit.codePointAt(0),
    advanceWidth: ADVANCE,
    path,
  })
}

function subset(source, weight) {
  const notdef = new opentype.Glyph({
    name: '.notdef',
    unicode: 0,
    advanceWidth: ADVANCE,
    path: new opentype.Path(),
  })
  const font = new opentype.Font({
    familyName: FAMILY,
    styleName: `W${weight}`,
    unitsPerEm: source.unitsPerEm,
    ascender: source.ascender,
    descender: source.descender,
    createdTimestamp: 0,
    glyphs: [notdef, ...'0123456789'].map((g) => (typeof g === 'string' ? figure(source, g) : g)),
  })
  // Deterministic: the same sources give the same bytes.
  font.tables = { ...font.tables, head: { ...font.tables?.head, modified: 0 } }
  return Buffer.from(font.toArrayBuffer())
}

/** Wraps an OpenType file as WOFF 1.0: the same tables, each deflated when that is smaller. */
function woff(sfnt) {
  const count = sfnt.readUInt16BE(4)
  const directory = Buffer.alloc(count * 20)
  const parts = []
  let offset = 44 + count * 20
  let total = 12 + count * 16
  for (let i = 0; i < count; i++) {
    const entry = 12 + i * 16
    const data = sfnt.subarray(
      sfnt.readUInt32BE(entry + 8),
      sfnt.readUInt32BE(entry + 8) + sfnt.readUInt32BE(entry + 12),
    )
    const packed = deflateSync(data, { level: 9 })
    const stored = packed.length < data.length ? packed : data
    const padding = Buffer.alloc((4 - (stored.length % 4)) % 4)
    sfnt.copy(directory, i * 20, entry, entry + 4)
    directory.writeUInt32BE(offset, i * 20 + 4)
    directory.writeUInt32BE(stored.length, i * 20 + 8)
    directory.writeUInt32BE(data.length, i * 20 + 12)
    directory.writeUInt32BE(sfnt.readUInt32BE(entry + 4), i * 20 + 16)
    parts.push(stored, padding)
    offset += stored.length + padding.length
    total += data.length + ((4 - (data.length % 4)) % 4)
  }
  const header = Buffer.alloc(44)
  header.write('wOFF', 0, 'latin1')
  sfnt.copy(header, 4, 0, 4)
  header.writeUInt32BE(offset, 8)
  header.writeUInt16BE(count, 12)
  header.writeUInt32BE(total, 16)
  header.writeUInt16BE(1, 20)
  return Buffer.concat([header, directory, ...parts])
}

mkdirSync(target, { recursive: true })
const faces = []
for (const [weight, file] of Object.entries(WEIGHTS)) {
  const bytes = readFileSync(require.resolve(`@expo-google-fonts/be-vietnam-pro/${file}.ttf`))
  const font = woff(subset(opentype.parse(exactBuffer(bytes)), weight))
  writeFileSync(new URL(`figures-${weight}.woff`, target), font)
  faces.push(
    `@font-face {\n  font-family: '${FAMILY}';\n  font-weight: ${weight};\n  font-display: swap;\n  src: url('./figures-${weight}.woff') format('woff');\n  unicode-range: U+30-39;\n}\n`,
  )
  console.log(`${weight}: ${font.length} bytes`)
}
writeFileSync(
  new URL('figures.css', target),
  `/* Made by scripts/make-figure-font.mjs from Be Vietnam Pro (SIL Open Font License 1.1). */\n${faces.join('')}`,
)
