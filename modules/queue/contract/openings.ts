import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { isRealDate } from '#platform/time/days.ts'
import { Centre } from './shared.ts'

const Day = z
  .string()
  .refine(isRealDate, 'Ngày không có thật. Ghi theo dạng 2026-04-30.')
  .meta({ format: 'date' })
const Minute = (most: number) => z.int().min(0).max(most).describe('Minutes of the day of Vietnam')

const RuleFields = z.object({
  group: z.uuid(),
  opens: z.boolean().describe('False: a closure'),
  from: Day,
  to: Day.nullable().describe('Its last day; the same as `from` for an exception of one day'),
  weekdays: z
    .array(z.int().min(1).max(7))
    .min(1, 'Chọn ít nhất một ngày trong tuần.')
    .max(7)
    .describe('1 Monday … 7 Sunday'),
  everyWeeks: z.int().min(1).max(52),
  nthOfMonth: z.literal([-1, 1, 2, 3, 4, 5]).nullable().describe('-1: the last of its month'),
  fromMinute: Minute(1_439),
  toMinute: Minute(1_440),
  slotMinutes: z.int().min(5).max(240),
  publicCapacity: z.int().min(0).max(200),
  staffCapacity: z.int().min(0).max(200),
  note: z.string().trim().max(300),
})
export const OpeningRuleView = RuleFields.extend({ id: z.uuid(), version: z.int() })
export type OpeningRuleView = z.output<typeof OpeningRuleView>

const Conflict = z.object({
  a: z.uuid(),
  b: z.uuid(),
  dates: z.array(z.string()).describe('The first days on which both would serve the same minutes'),
})

export const listOpenings = defineOperation({
  id: 'queue.list-openings',
  method: 'GET',
  path: '/centres/:centre/openings',
  summary: 'When visitors may book, and which rules contradict one another in the next half year',
  access: 'staff',
  input: z.object({ centre: Centre }),
  output: z.object({
    items: z.array(OpeningRuleView),
    conflicts: z.array(Conflict),
    maySetUp: z.boolean(),
  }),
  errors: ['queue.unknown-centre', 'queue.not-your-centre'],
})

const RuleErrors = [
  'queue.not-your-centre',
  'queue.unknown-service-group',
  'queue.opening-impossible',
] as const

export const addOpening = defineOperation({
  id: 'queue.add-opening',
  method: 'POST',
  path: '/centres/:centre/openings',
  summary: 'Open or close times for appointments',
  access: 'staff',
  input: RuleFields.extend({ centre: Centre }),
  output: OpeningRuleView,
  status: 201,
  errors: ['queue.unknown-centre', ...RuleErrors],
  idempotent: true,
})

export const changeOpening = defineOperation({
  id: 'queue.change-opening',
  method: 'PUT',
  path: '/openings/:opening',
  summary: 'Change a rule; who is booked already keeps the time',
  access: 'staff',
  input: RuleFields.extend({
    opening: z.uuid(),
    version: z.int().min(1).describe('The version read (If-Match)'),
  }),
  output: OpeningRuleView,
  errors: ['queue.unknown-opening', ...RuleErrors, 'queue.changed-meanwhile'],
  versioned: true,
})

export const removeOpening = defineOperation({
  id: 'queue.remove-opening',
  method: 'DELETE',
  path: '/openings/:opening',
  summary: 'Remove a rule; who is booked already keeps the time',
  access: 'staff',
  input: z.object({ opening: z.uuid() }),
  output: z.object({}),
  status: 204,
  errors: ['queue.unknown-opening', 'queue.not-your-centre'],
})
