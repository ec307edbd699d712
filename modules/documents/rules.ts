import type { PaperKind } from './paper-data.ts'

/** Symbols of numbered papers ("Số: 05/HDHS"); kinds that are not here have the dossier's code alone. */
export const SERIES: Readonly<Partial<Record<PaperKind, string>>> = {
  'form-02': 'HDHS',
  'form-03': 'TCTN',
  'form-04': 'PXL',
  'form-05': 'TBD',
  'batch-receipt': 'GTN',
  'handover-sheet': 'BGHS',
  'result-handover': 'BGKQ',
  'transfer-slip': 'PCXL',
  'payment-notice': 'TBNT',
  'return-minutes': 'BBTL',
  'result-error': 'BBSS',
  'lost-papers': 'TBXL',
}

/** Number and symbol of Decree 30/2020: numbers below ten with a zero in front. */
export const numberAndSymbol = (number: number, series: string): string =>
  `${String(number).padStart(2, '0')}/${series}`

const SAME_PRINT = 5 * 60_000

/**
 * Whether a copy printed now is one of a paper that somebody already has. A jammed printer or a window opened twice is no
 * second paper: for five minutes whoever printed the original may print it again.
 */
export const wasHandedOut = (
  { printedAt, printedBy }: { printedAt: Date | null; printedBy: string | null },
  by: string,
  now: Date,
): boolean => printedAt !== null && (printedBy !== by || now.getTime() - printedAt.getTime() > SAME_PRINT)

/** A template takes in the shared parts and nothing else; these words could take in or run other text. */
const FORBIDDEN = /\b(import|include|eval|plugin|std)\b/
const ALLOWED = /^\s*#import "common\.typ": \*\s*$/

/** The first word of a template that reaches beyond it, with its line counted from 1. */
export const forbiddenWord = (source: string): { line: number; word: string } | undefined => {
  for (const [index, line] of source.split(/\r\n|[\n\r\u0085\u2028\u2029\v\f]/).entries()) {
    const word = ALLOWED.test(line) ? undefined : FORBIDDEN.exec(line)?.[1]
    if (word) return { line: index + 1, word }
  }
  return undefined
}

/** A name without path, control characters and bidirectional overrides, at most 150 characters, extension kept. */
export const cleanName = (name: string): string => {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const visible = base.replace(/[\p{Cc}\p{Cf}]/gu, '').trim()
  const extension = /\.[^.]{1,10}$/.exec(visible)?.[0] ?? ''
  const stem = visible.slice(0, visible.length - extension.length)
  return `${Array.from(stem).slice(0, 140).join('')}${extension}` || 'tep'
}

export const megabytes = (bytes: number): string => `${Math.round(bytes / (1024 * 1024))} MB`

const encodeRfc5987 = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** Downloads never run in our origin: attachment, sandbox, no sniffing; the name in both forms of RFC 6266. */
export const downloadHeaders = ({ name }: { name: string }): Record<string, string> => {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[^\w. ()-]/g, '_')
  return {
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeRfc5987(name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-store',
  }
}
