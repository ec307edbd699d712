import { z } from 'zod'
import { ProcedureRecord } from './record.ts'

export type RefusedRow = {
  /** Line of the file, from 1. */
  row: number
  code: string | null
  reason: 'NOT_JSON' | 'INVALID' | 'DUPLICATE_IN_FILE'
  fields: { path: string; vi: string; en: string }[]
}

const locales = { vi: z.locales.vi().localeError, en: z.locales.en().localeError }

const wordsOf = (issue: z.core.$ZodIssue, language: 'vi' | 'en'): string => {
  // Zod types its locales by the issue before its message is known; at run time both are the same object.
  const said = locales[language](issue as z.core.$ZodRawIssue)
  return typeof said === 'string' ? said : (said?.message ?? issue.message)
}

export const fieldsOf = (error: z.ZodError): RefusedRow['fields'] =>
  error.issues.map((issue) => ({
    path: issue.path.join('.'),
    vi: wordsOf(issue, 'vi'),
    en: wordsOf(issue, 'en'),
  }))

const codeOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
    ? value.code.slice(0, 60)
    : null

const parseJson = (line: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(line) }
  } catch {
    return undefined
  }
}

/** Reads a file of procedures, one JSON object a line. Every bad line is named with its number, code and reasons. */
export const parseImport = (
  text: string,
): { records: { row: number; record: ProcedureRecord }[]; refused: RefusedRow[] } => {
  const records: { row: number; record: ProcedureRecord }[] = []
  const refused: RefusedRow[] = []
  const seen = new Set<string>()
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return
    const row = index + 1
    const json = parseJson(line)
    if (!json) {
      refused.push({ row, code: null, reason: 'NOT_JSON', fields: [] })
      return
    }
    const parsed = ProcedureRecord.safeParse(json.value)
    if (!parsed.success) {
      refused.push({ row, code: codeOf(json.value), reason: 'INVALID', fields: fieldsOf(parsed.error) })
      return
    }
    if (seen.has(parsed.data.code)) {
      refused.push({ row, code: parsed.data.code, reason: 'DUPLICATE_IN_FILE', fields: [] })
      return
    }
    seen.add(parsed.data.code)
    records.push({ row, record: parsed.data })
  })
  return { records, refused }
}

/** Field ids are slugs of their names. */
export const fieldIdOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
