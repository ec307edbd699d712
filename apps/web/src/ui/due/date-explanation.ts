import type { Deadline } from '#modules/dossiers/contract.ts'
import { partsOf } from '../format/format.ts'
import type { DateExplanation } from './why-this-date.tsx'

/** The server's deadline as the explanation draws it; the old day is told where the promised day is another. */
export function explanationOf(deadline: Deadline): DateExplanation {
  const { due, moved, legalBasis } = deadline
  const days = moved && due ? { formerDue: partsOf(moved.from).date, due: partsOf(due).date } : undefined
  return {
    sentences: deadline.explanation,
    ruler: deadline.ruler,
    ...(legalBasis ? { basis: legalBasis } : {}),
    ...(moved && days && days.formerDue !== days.due ? { extended: { ...days, reason: moved.reason } } : {}),
  }
}
