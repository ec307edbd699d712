import type { LocalDate } from '#platform/time/vietnam.ts'

/** What a representative may do for the owner: hand in, bring what is missing, take the result, pay. */
export const SCOPE = ['submit', 'supplement', 'receive', 'pay'] as const
export type ScopePart = (typeof SCOPE)[number]

export type Authorised = {
  /** Absent in dossiers of before it was kept: then it was for the whole matter. */
  scope?: readonly ScopePart[] | undefined
  procedures?: readonly string[] | undefined
  validFrom?: LocalDate | undefined
  validUntil?: LocalDate | undefined
}

export type Uncovered = 'not-yet' | 'expired' | 'other-procedure' | 'not-for-this'

/** Why a paper does not allow this on the day; undefined where it does. On its last day it is still good. */
export const uncoveredBy = (
  { scope = SCOPE, procedures = [], validFrom, validUntil }: Authorised,
  { part, procedure, day }: { part: ScopePart; procedure: string; day: LocalDate },
): Uncovered | undefined => {
  if (validFrom !== undefined && day < validFrom) return 'not-yet'
  if (validUntil !== undefined && day > validUntil) return 'expired'
  if (procedures.length > 0 && !procedures.includes(procedure)) return 'other-procedure'
  return scope.includes(part) ? undefined : 'not-for-this'
}

export const SCOPE_WORDS: Readonly<Record<ScopePart, { vi: string; en: string }>> = {
  submit: { vi: 'nộp hồ sơ', en: 'hand in' },
  supplement: { vi: 'bổ sung giấy tờ', en: 'bring what is missing' },
  receive: { vi: 'nhận kết quả', en: 'take the result' },
  pay: { vi: 'nộp phí, lệ phí', en: 'pay' },
}
