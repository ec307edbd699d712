import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { SCOPE } from '../rules/authorisation.ts'
import { Day, Instant, Party, Reason } from './vocabulary.ts'

export const AuthorisationView = z.object({
  id: z.uuid(),
  owner: Party,
  representative: Party,
  paper: z.enum(['authorisation', 'introduction', 'family', 'law']),
  paperNumber: z.string(),
  paperDate: Day.nullable(),
  scope: z.array(z.enum(SCOPE)),
  procedures: z.array(z.string()).describe('Codes; empty: all'),
  validFrom: Day.nullable(),
  validUntil: Day.nullable(),
  recordedAt: Instant,
  recordedBy: z.string(),
})
/** A paper by which somebody acts for another, as it was shown at an intake. */
export type AuthorisationView = z.output<typeof AuthorisationView>

/** By POST, because it is looked for by a personal number (ASVS 14.2.1); who looked is logged. */
export const findAuthorisations = defineOperation({
  id: 'dossiers.find-authorisations',
  method: 'POST',
  path: '/authorisations/search',
  summary: 'Papers that a representative has shown before and that are good today',
  access: 'staff',
  input: z.object({
    representative: z
      .string()
      .trim()
      .min(9)
      .max(30)
      .transform((value) => value.replace(/[\s.]/g, ''))
      .describe('Personal number of the representative, whole'),
    procedure: z.string().trim().max(40).optional().describe('Only those that cover it'),
  }),
  output: z.object({ items: z.array(AuthorisationView).max(20) }),
  errors: ['platform.forbidden'],
})

export const endAuthorisation = defineOperation({
  id: 'dossiers.end-authorisation',
  method: 'POST',
  path: '/authorisations/:authorisation/end',
  summary: 'The owner takes an authorisation back; from now on nobody acts by it',
  access: 'staff',
  input: z.object({ authorisation: z.uuid(), reason: Reason }),
  output: z.object({ id: z.uuid(), endedAt: Instant }),
  errors: ['platform.forbidden', 'dossiers.unknown-authorisation', 'dossiers.authorisation-ended'],
})
