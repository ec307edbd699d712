import { type ErrorDefinition, fillMessage, type RefusalDetails } from '../errors.ts'
import type { Language } from './route.ts'

export type ErrorTable = Readonly<Record<string, ErrorDefinition>>

/** RFC 9457 problem details, with both languages so that a screen can switch without asking again. */
export type Problem = RefusalDetails & {
  type: string
  title: string
  status: number
  code: string
  detail: string
  messages: { vi: string; en: string }
  requestId: string
}

type Occurrence = { code: string; details: RefusalDetails; language: Language; requestId: string }

export const problemOf = (table: ErrorTable, { code, details, language, requestId }: Occurrence): Problem => {
  const known = table[code]
  if (!known) throw new Error(`The error code ${code} is in no table of errors`)
  const filled = { ...details, requestId }
  const messages = { vi: fillMessage(known.vi, filled), en: fillMessage(known.en, filled, 'en') }
  return {
    ...details,
    type: `/errors/${code}`,
    title: code,
    status: known.status,
    code,
    detail: messages[language],
    messages,
    requestId,
  }
}
