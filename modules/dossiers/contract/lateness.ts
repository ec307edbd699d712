import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { DossierView } from './dossier.ts'
import { DossierCode, Reason } from './vocabulary.ts'

/**
 * Owed from the day after a missed date on (Article 19(6), Decree 118/2025). One explanation stands for each missed date; a
 * correction names the edition that it replaces and is an event of its own.
 */
export const explainLateness = defineOperation({
  id: 'dossiers.explain-lateness',
  method: 'POST',
  path: '/dossiers/:code/lateness',
  summary: 'Say why a dossier is late, or correct what was said',
  access: 'staff',
  input: z.object({
    code: DossierCode,
    reasonCode: z.string().trim().max(40).describe('One of the reasons offered in `lateness.reasons`'),
    explanation: Reason.describe('For the agency and the centre; the applicant reads the reason’s own words'),
    amends: z.int().min(1).optional().describe('Edition that this replaces; left out for the first'),
  }),
  output: DossierView,
  errors: [
    'dossiers.unknown',
    'dossiers.not-your-role',
    'dossiers.not-late',
    'dossiers.unknown-lateness-reason',
    'dossiers.lateness-explained',
    'dossiers.lateness-not-explained',
  ],
  idempotent: true,
})
