import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Accepted, INTAKE_ERRORS, Intake } from './intake.ts'

const Shared = Intake.pick({
  receivingCentre: true,
  channel: true,
  owner: true,
  submitter: true,
  representative: true,
  resultReturn: true,
})
const Item = Intake.pick({
  procedure: true,
  case: true,
  components: true,
  sets: true,
  note: true,
  resolvingUnit: true,
}).extend({
  /** So many dossiers of the same kind, each with a code of its own. */
  copies: z.int().min(1).max(20).default(1),
})

/**
 * Several dossiers of one applicant in one save: all or none, each with its own code; one receipt names them (domain 4.2). A
 * refusal says in `item` which of them it is about, counted from one.
 */
export const createBatch = defineOperation({
  id: 'dossiers.create-batch',
  method: 'POST',
  path: '/dossiers/batch',
  summary: 'Receive several dossiers of one applicant at once',
  access: 'staff',
  input: Shared.extend({ items: z.array(Item).min(1).max(10) }),
  output: z.object({
    batch: z.uuid(),
    number: z.string(),
    items: z.array(Accepted.extend({ item: z.int(), procedure: z.string(), name: z.string() })),
  }),
  status: 201,
  errors: INTAKE_ERRORS,
  idempotent: true,
})
