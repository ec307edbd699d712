import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../errors.ts'
import type { Operation } from '../operation.ts'
import type { Language } from './route.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `If-Match: "7"` → 7. */
const versionRead = (header: string | undefined): number | undefined => {
  const digits = header?.match(/^(?:W\/)?"?(\d{1,9})"?$/)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Path parameters win over the query or body, so that nobody addresses one thing and changes another. */
export const rawInput = (operation: Operation, request: FastifyRequest): Record<string, unknown> => {
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE'
  const sent = inQuery ? request.query : request.body
  if (sent !== undefined && sent !== null && !isRecord(sent)) throw new Refusal('platform.malformed-request')
  const parameters = isRecord(request.params) ? request.params : {}
  const version = operation.versioned ? versionRead(request.headers['if-match']) : undefined
  return { ...sent, ...(version === undefined ? {} : { version }), ...parameters }
}

/** Zod's own words in both languages; loaded when a first refusal needs them. */
const localeErrors = { vi: z.locales.vi().localeError, en: z.locales.en().localeError }

const wordsOf = (issue: z.core.$ZodIssue, language: Language): string => {
  const words = localeErrors[language](issue as z.core.$ZodRawIssue)
  return typeof words === 'string' ? words : (words?.message ?? issue.message)
}

export const parseInput = (operation: Operation, raw: Record<string, unknown>): unknown => {
  const result = operation.input.safeParse(raw)
  if (result.success) return result.data
  const fields = result.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    code: issue.code,
    // A message written at the schema is ours and already in Vietnamese; Zod's own are translated.
    vi: issue.code === 'custom' ? issue.message : wordsOf(issue, 'vi'),
    en: wordsOf(issue, 'en'),
  }))
  throw new Refusal('platform.invalid-input', { fields })
}
