import { workflowErrors } from '#modules/workflow/errors.ts'
import { type ErrorDefinition, fillMessage, type Refusal } from '#platform/errors.ts'
import type { ItemRefusal } from '../contract/bulk.ts'
import { dossierErrors } from '../errors.ts'

const TABLE: Readonly<Record<string, ErrorDefinition>> = { ...workflowErrors, ...dossierErrors }

/** A refusal as an item of an answer tells it: the same words that it would have as a problem of its own. */
export const refusalWords = ({ code, details }: Refusal): ItemRefusal => {
  const words = TABLE[code]
  return {
    code,
    vi: fillMessage(words?.vi ?? code, details),
    en: fillMessage(words?.en ?? code, details, 'en'),
  }
}
