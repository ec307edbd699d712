import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { BulkTasks, MOST_AT_ONCE } from './bulk.ts'
import { Instant, Reason } from './vocabulary.ts'

const Named = z.object({ id: z.string(), name: z.string() })

/** Steps of one officer (or of nobody yet) at one step of one unit, by when they are due. */
export const WorkloadRow = z.object({
  unit: Named,
  step: z.string(),
  name: z.string(),
  officer: Named.nullable(),
  overdue: z.int(),
  /** Due within one, three and five working days; each holds the one before. */
  in1: z.int(),
  in3: z.int(),
  in5: z.int(),
})
export type WorkloadRow = z.infer<typeof WorkloadRow>

export const getWorkload = defineOperation({
  id: 'dossiers.get-workload',
  method: 'GET',
  path: '/workload',
  summary: 'What is late and what will be, by officer and step, in the units that I lead or watch',
  access: 'staff',
  input: z.object({ unit: z.string().max(80).optional() }),
  output: z.object({
    rows: z.array(WorkloadRow),
    /** Steps that wait for me alone: to approve, to assign, in my hands. */
    mine: z.object({ approve: z.int(), assign: z.int(), inHand: z.int() }),
    totals: z.object({ overdue: z.int(), in1: z.int(), in3: z.int(), in5: z.int() }),
    /** More waits than was counted. */
    capped: z.boolean(),
    until: z.object({ in1: Instant, in3: Instant, in5: Instant }),
    units: z.array(Named),
  }),
  errors: ['dossiers.not-yours-to-watch'],
})

/** A leader asks after steps: told in the officer's list and in the dossier's history; nothing else moves. */
export const urgeTasks = defineOperation({
  id: 'dossiers.urge-tasks',
  method: 'POST',
  path: '/tasks/urgings',
  summary: 'Ask after many steps',
  access: 'staff',
  input: z.object({ tasks: z.array(z.uuid()).min(1).max(MOST_AT_ONCE), message: Reason }),
  output: BulkTasks,
  errors: [],
  idempotent: true,
})
