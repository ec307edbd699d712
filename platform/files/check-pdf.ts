import { inflateSync } from 'node:zlib'
import type { Finding } from './finding.ts'

/** Names that make a PDF act or carry other files; a paper of a dossier needs none of them. */
const ACTIVE = ['JavaScript', 'JS', 'Launch', 'EmbeddedFile', 'EmbeddedFiles', 'XFA', 'RichMedia']
const ACTIVE_NAME = new RegExp(`/(${ACTIVE.join('|')})(?=[\\s/(<\\[\\]>\\d]|$)`)
const ENCRYPT = /\/Encrypt\s*(\d+\s+\d+\s+R|<<)/
const OBJECT_STREAMS_LIMIT = 64 * 1024 * 1024

/** `/J#61vaScript` is the same name as `/JavaScript` (ISO 32000-1, 7.3.5). */
const unescapeNames = (text: string): string =>
  text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Object streams hide dictionaries from a plain search, so they are unpacked, within a limit. */
const objectStreams = (bytes: Buffer, text: string): string[] | 'too-much' => {
  const found: string[] = []
  let total = 0
  for (const match of text.matchAll(/\/ObjStm\b/g)) {
    const start = text.indexOf('stream', match.index)
    const end = text.indexOf('endstream', start + 6)
    if (start < 0 || end < 0) continue
    const from = start + 6 + (text.startsWith('\r\n', start + 6) ? 2 : 1)
    try {
      const inflated = inflateSync(bytes.subarray(from, end), {
        maxOutputLength: OBJECT_STREAMS_LIMIT - total,
        finishFlush: 2,
      })
      total += inflated.length
      found.push(inflated.toString('latin1'))
    } catch (error) {
      if (error instanceof RangeError) return 'too-much'
      // Not deflated: the plain search has read it already.
    }
  }
  return found
}

/** What is in the bytes between stream and endstream is pictures and text; by chance it may spell a short name. */
const withoutStreams = (text: string): string =>
  text.replace(/>>\s*stream\r?\n[\s\S]*?endstream/g, '>> stream endstream')

export const checkPdf = (bytes: Buffer): Finding | undefined => {
  const text = bytes.toString('latin1')
  const end = text.lastIndexOf('%%EOF')
  if (!text.startsWith('%PDF-') || end < 0 || !text.slice(0, end).includes('startxref'))
    return { problem: 'damaged' }
  // Something else behind the end of the document: two files in one.
  if (/[^\s\0]/.test(text.slice(end + 5))) return { problem: 'active-content', what: 'trailing data' }
  const objects = objectStreams(bytes, text)
  if (objects === 'too-much') return { problem: 'unsafe-archive', what: 'object streams' }
  const structure = [withoutStreams(text), ...objects].map(unescapeNames)
  if (structure.some((part) => ENCRYPT.test(part))) return { problem: 'encrypted' }
  // Long names are searched in everything, so that a false `stream … endstream` in a string hides nothing.
  const everywhere = unescapeNames(text).match(/\/(JavaScript|EmbeddedFiles?|RichMedia)(?=[\s/(<[\]>])/)
  const active =
    everywhere ?? structure.map((part) => part.match(ACTIVE_NAME)).find((match) => match !== null)
  return active ? { problem: 'active-content', what: `/${active[1]}` } : undefined
}
