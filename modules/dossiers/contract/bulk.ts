import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Outcome, Reason, State } from './vocabulary.ts'

/** So many rows are one action: what a leader signs at one sitting. */
export const MOST_AT_ONCE = 200

/** Why one item of a list was not done; the others were. */
export const ItemRefusal = z.object({ code: z.string(), vi: z.string(), en: z.string() })
export type ItemRefusal = z.infer<typeof ItemRefusal>

/** What became of each step: an item succeeds or is refused alone, and both are listed. */
export const BulkTasks = z.object({
  done: z.array(
    z.object({
      task: z.uuid(),
      code: z.string(),
      state: State,
      version: z.int(),
      /** Names of the steps that opened, or whom the step now waits for. */
      next: z.array(z.string()),
    }),
  ),
  refused: z.array(
    z.object({
      task: z.uuid(),
      /** Null when the asker may not know the dossier. */
      code: z.string().nullable(),
      refusal: ItemRefusal,
    }),
  ),
})
export type BulkTasks = z.infer<typeof BulkTasks>

const Account = z.string().max(80)
const tasks = z.array(z.uuid()).min(1).max(MOST_AT_ONCE)

/**
 * Who would get what when steps are given out evenly: by what each officer holds already. Nothing is written; the lead looks
 * at it, changes what should be otherwise and sends it with `assign-tasks`.
 */
export const planAssignment = defineOperation({
  id: 'dossiers.plan-assignment',
  method: 'POST',
  path: '/tasks/assignment-plan',
  summary: 'Propose officers for many steps, evenly by load',
  access: 'staff',
  input: z.object({
    tasks,
    /** Only these; all who may do the steps when left out. */
    officers: z.array(Account).max(MOST_AT_ONCE).optional(),
  }),
  output: z.object({
    items: z.array(
      z.object({
        task: z.uuid(),
        code: z.string(),
        proposed: Account.nullable(),
        candidates: z.array(Account),
      }),
    ),
    refused: BulkTasks.shape.refused,
    officers: z.array(
      z.object({
        id: Account,
        name: z.string(),
        position: z.string(),
        /** Steps in hand now. */
        holding: z.int(),
        /** Steps that the plan adds. */
        given: z.int(),
      }),
    ),
  }),
  errors: [],
})

/** T7 and T20 of many: a step that assigns is finished with the officer for the next one; another step changes hands. */
export const assignTasks = defineOperation({
  id: 'dossiers.assign-tasks',
  method: 'POST',
  path: '/tasks/assignments',
  summary: 'Give many steps to officers',
  access: 'staff',
  input: z.object({
    items: z
      .array(z.object({ task: z.uuid(), assignee: Account }))
      .min(1)
      .max(MOST_AT_ONCE),
    reason: Reason,
  }),
  output: BulkTasks,
  errors: [],
  idempotent: true,
})

/** T7, T8, T16 of many: transfer, submit, approve. An approval covers what was read: it names the version read. */
export const completeTasks = defineOperation({
  id: 'dossiers.complete-tasks',
  method: 'POST',
  path: '/tasks/completions',
  summary: 'Finish many steps',
  access: 'staff',
  input: z.object({
    items: z
      .array(
        z.object({
          task: z.uuid(),
          /** Of the dossier as it was read; required where a signature is given. */
          version: z.int().optional(),
          assignee: Account.optional(),
        }),
      )
      .min(1)
      .max(MOST_AT_ONCE),
    opinion: z.string().trim().max(8_000).optional(),
    outcome: Outcome.optional(),
  }),
  output: BulkTasks,
  errors: [],
  idempotent: true,
})
