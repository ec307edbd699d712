import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { ARCHIVE_LIMITS, type Finding } from './finding.ts'

const inflate = promisify(inflateRaw)

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const SYMLINK = 0xa000

type Entry = {
  name: string
  flags: number
  method: number
  packed: number
  unpacked: number
  mode: number
  at: number
}

const unsafe = (what: string): Finding => ({ problem: 'unsafe-archive', what })

const readEntries = (bytes: Buffer): Entry[] | Finding => {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END) return { problem: 'damaged' }
  const count = bytes.readUInt16LE(end + 10)
  if (count > ARCHIVE_LIMITS.entries) return unsafe('entries')
  const entries: Entry[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) return { problem: 'damaged' }
    const nameLength = bytes.readUInt16LE(at + 28)
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      mode: bytes.readUInt32LE(at + 38) >>> 16,
      at: bytes.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

const checkEntry = (entry: Entry): Finding | undefined => {
  const parts = entry.name.split(/[/\\]/)
  if (parts.includes('..') || /^([/\\]|[A-Za-z]:)/.test(entry.name) || entry.name.includes('\0'))
    return unsafe(entry.name)
  if ((entry.mode & 0xf000) === SYMLINK) return unsafe(entry.name)
  if (entry.flags & 1) return { problem: 'encrypted' }
  if (entry.unpacked > ARCHIVE_LIMITS.ratio * Math.max(entry.packed, 1)) return unsafe(entry.name)
  if (/vbaProject|\.(exe|dll|js|vbs|bat|cmd|scr|jar)$/i.test(entry.name))
    return { problem: 'active-content', what: entry.name }
  return undefined
}

/** The sizes of the directory are claims: each entry is unpacked under its claim, and XML may declare no entities. */
const unpack = async (bytes: Buffer, entry: Entry): Promise<Finding | undefined> => {
  if (entry.at + 30 > bytes.length || bytes.readUInt32LE(entry.at) !== LOCAL) return { problem: 'damaged' }
  const from = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28)
  const packed = bytes.subarray(from, from + entry.packed)
  if (packed.length !== entry.packed || (entry.method !== 0 && entry.method !== 8))
    return { problem: 'damaged' }
  try {
    const content =
      entry.method === 0 ? packed : await inflate(packed, { maxOutputLength: Math.max(entry.unpacked, 1) })
    if (content.length !== entry.unpacked) return unsafe(entry.name)
    if (/\.(xml|rels)$/i.test(entry.name) && /<!(DOCTYPE|ENTITY)/i.test(content.toString('latin1')))
      return { problem: 'active-content', what: `${entry.name}: DOCTYPE` }
    return undefined
  } catch (error) {
    return error instanceof RangeError ? unsafe(entry.name) : { problem: 'damaged' }
  }
}

/** Office documents are ZIP archives; they are checked as archives before anybody opens them. */
export const checkArchive = async (bytes: Buffer): Promise<Finding | undefined> => {
  const entries = readEntries(bytes)
  if (!Array.isArray(entries)) return entries
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
  if (total > ARCHIVE_LIMITS.unpacked || total > ARCHIVE_LIMITS.ratio * bytes.length) return unsafe('size')
  // Overlapping entries multiply one packed piece into many.
  if (entries.reduce((sum, entry) => sum + entry.packed, 0) > bytes.length) return unsafe('overlap')
  for (const entry of entries) {
    const finding = checkEntry(entry) ?? (await unpack(bytes, entry))
    if (finding) return finding
  }
  return undefined
}
