import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Instant, Reason } from './vocabulary.ts'

/** How a changed calendar moves one date. Codes and dates only: who keeps the calendar has no right to dossiers' content. */
const MovedDate = z.object({
  code: z.string(),
  kind: z
    .enum(['CALENDAR', 'PROMISE_KEPT', 'CONFIRMED'])
    .describe('moved later; would come earlier and stays; provisional until now and firm from now on'),
  from: Instant,
  /** What it becomes; of a promise that is kept, what the calendar alone would give. */
  to: Instant,
})

const Counted = z.object({
  looked: z.int(),
  moved: z.int().describe('Dates that come later'),
  kept: z.int().describe('Dates that would come earlier: what was promised to a citizen stands'),
  confirmed: z.int().describe('Provisional dates that become firm'),
})

const Run = Counted.extend({
  id: z.uuid(),
  reason: z.string(),
  startedAt: Instant,
  by: z.string(),
  finishedAt: Instant.nullable(),
})

export const previewRecomputation = defineOperation({
  id: 'dossiers.preview-recomputation',
  method: 'GET',
  path: '/deadline-recomputations/preview',
  summary: 'Which promised dates the calendar as it is now would move, and nothing is changed',
  access: 'staff',
  input: z.object({}),
  output: Counted.extend({ items: z.array(MovedDate).describe('The first hundred') }),
  errors: [],
})

/** Moves the dates in batches as logged events; a killed process is followed by another one where it stopped. */
export const startRecomputation = defineOperation({
  id: 'dossiers.start-recomputation',
  method: 'POST',
  path: '/deadline-recomputations',
  summary: 'Compute the promised dates of open dossiers anew by the calendar as it is now',
  access: 'staff',
  input: z.object({ reason: Reason }),
  output: Run,
  status: 201,
  errors: ['dossiers.recomputation-under-way'],
})

export const listRecomputations = defineOperation({
  id: 'dossiers.list-recomputations',
  method: 'GET',
  path: '/deadline-recomputations',
  summary: 'The last computations, newest first, with how far the one under way is',
  access: 'staff',
  input: z.object({}),
  output: z.object({ items: z.array(Run) }),
  errors: [],
})
