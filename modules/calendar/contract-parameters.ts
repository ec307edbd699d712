import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { isRealDate } from '#platform/time/days.ts'
import { PARAMETER_KEYS, PARAMETER_UNITS } from './rules/parameter-keys.ts'

const Words = z.object({ vi: z.string(), en: z.string() })
const Day = z
  .string()
  .refine(isRealDate, 'Ngày không có thật. Ghi theo dạng 2026-04-30.')
  .meta({ format: 'date', description: 'A day of Vietnam, YYYY-MM-DD' })
const Text = (most: number) => z.string().trim().min(3, 'Ghi ít nhất 3 ký tự.').max(most)

const OwnValue = z.object({
  id: z.uuid(),
  value: z.int(),
  from: z.string(),
  to: z.string().nullable(),
  legalBasis: z.string(),
  reason: z.string(),
  state: z.enum(['PROPOSED', 'APPROVED', 'WITHDRAWN']),
  proposedBy: z.string(),
  decidedBy: z.string().nullable(),
  /** Whether this person may decide: never who proposed it. */
  mayApprove: z.boolean(),
})
export type OwnValue = z.infer<typeof OwnValue>

/** A number that the law sets for every dossier: its values over time with their basis, and the province's own. */
export const ParameterView = z.object({
  key: z.enum(PARAMETER_KEYS),
  name: Words,
  unit: z.enum(PARAMETER_UNITS),
  local: z.enum(['NONE', 'LESS', 'MORE', 'ANY']).describe('What a province may decide for itself'),
  /** In force on the day asked for; null where no rule is. */
  current: z.object({ value: z.int().nullable(), legalBasis: z.string(), own: z.boolean() }).nullable(),
  values: z.array(
    z.object({
      from: z.string(),
      to: z.string().nullable(),
      value: z.int().nullable(),
      legalBasis: z.string(),
      confidence: z.enum(['verified', 'design']),
    }),
  ),
  own: z.array(OwnValue),
})
export type ParameterView = z.infer<typeof ParameterView>

export const listParameters = defineOperation({
  id: 'calendar.list-parameters',
  method: 'GET',
  path: '/parameters',
  summary: 'Numbers of the law with their dates and legal basis, and the province’s own',
  access: 'staff',
  input: z.object({ on: Day.optional().describe('Today when left out') }),
  output: z.object({ items: z.array(ParameterView), mayPropose: z.boolean() }),
  errors: [],
})

export const proposeParameterValue = defineOperation({
  id: 'calendar.propose-parameter-value',
  method: 'POST',
  path: '/parameters/:key/values',
  summary: 'Propose a value of the province’s own; it counts when somebody else approves it',
  access: 'staff',
  input: z.object({
    key: z.string().max(60),
    value: z.int(),
    from: Day,
    to: Day.optional(),
    legalBasis: Text(1_000),
    reason: Text(4_000),
  }),
  output: OwnValue,
  status: 201,
  errors: [
    'calendar.unknown-parameter',
    'calendar.parameter-not-local',
    'calendar.parameter-laxer',
    'calendar.parameter-impossible',
    'calendar.parameter-days',
  ],
})

const DECISION_ERRORS = ['calendar.unknown-value', 'calendar.value-decided'] as const

export const approveParameterValue = defineOperation({
  id: 'calendar.approve-parameter-value',
  method: 'POST',
  path: '/parameter-values/:id/approve',
  summary: 'Approve a value that somebody else proposed',
  access: 'staff',
  input: z.object({ id: z.uuid() }),
  output: OwnValue,
  errors: [...DECISION_ERRORS, 'calendar.same-person', 'calendar.value-exists'],
})

export const withdrawParameterValue = defineOperation({
  id: 'calendar.withdraw-parameter-value',
  method: 'POST',
  path: '/parameter-values/:id/withdraw',
  summary: 'Withdraw a proposed or approved value; the law’s counts again',
  access: 'staff',
  input: z.object({ id: z.uuid(), reason: Text(4_000) }),
  output: OwnValue,
  errors: DECISION_ERRORS,
})
