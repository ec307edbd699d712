import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { DossierView } from './dossier.ts'
import { DossierCode, Reason } from './vocabulary.ts'

const Member = { code: DossierCode, member: z.string().min(1).max(40) }
const ERRORS = [
  'dossiers.unknown',
  'dossiers.not-your-role',
  'dossiers.unknown-member',
  'dossiers.action-not-allowed',
] as const

/** What failed is begun anew with a dossier of its own, for example after the applicant brought what was missing. */
export const retryMember = defineOperation({
  id: 'dossiers.retry-member',
  method: 'POST',
  path: '/dossiers/:code/members/:member/retry',
  summary: 'Begin a failed procedure of a group anew',
  access: 'staff',
  input: z.object({ ...Member, reason: Reason }),
  output: DossierView,
  errors: [...ERRORS, 'dossiers.member-not-failed', 'dossiers.no-resolving-unit'],
  idempotent: true,
})

/** The group goes on without it, and without what cannot begin without it. */
export const dropMember = defineOperation({
  id: 'dossiers.drop-member',
  method: 'POST',
  path: '/dossiers/:code/members/:member/drop',
  summary: 'Leave a failed procedure of a group out, with the reason',
  access: 'staff',
  input: z.object({ ...Member, reason: Reason }),
  output: DossierView,
  errors: [...ERRORS, 'dossiers.member-not-failed'],
  idempotent: true,
})
