import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { ItemRefusal, MOST_AT_ONCE } from './bulk.ts'
import { Day, DossierCode, Instant, ReturnWay, State } from './vocabulary.ts'

const Count = z.object({ value: z.int(), capped: z.boolean() })
const Unit = z.string().max(80)

const Reminder = z.object({ at: Instant, by: z.string(), way: z.string(), note: z.string().nullable() })
export const REMINDER_WAYS = ['phone', 'sms', 'email', 'letter', 'other'] as const

export const UncollectedItem = z.object({
  code: z.string(),
  version: z.int(),
  procedure: z.string(),
  owner: z.string(),
  /** Last digits of the phone; the whole one is opened with a reason. */
  phone: z.string().nullable(),
  way: ReturnWay,
  returningCentre: z.object({ id: z.string(), name: z.string() }),
  result: z.object({ number: z.string(), date: Day }).nullable(),
  readyAt: Instant,
  /** Calendar days since the result was ready. */
  days: z.int(),
  reminders: z.int(),
  lastReminder: Reminder.nullable(),
  /** The reminder of the rule is owed: none since it was due. */
  remindNow: z.boolean(),
  /** It may go back to the agency. */
  backDue: z.boolean(),
  sentBackAt: Instant.nullable(),
})
export type UncollectedItem = z.infer<typeof UncollectedItem>

/** Results that are ready and that nobody fetched yet, longest first. */
export const listUncollected = defineOperation({
  id: 'dossiers.list-uncollected',
  method: 'GET',
  path: '/results/uncollected',
  summary: 'Results ready and not handed over',
  access: 'staff',
  input: z.object({
    centre: Unit.optional(),
    /** `remind`: whose reminder is owed; `back`: that may go back to the agency; `sent-back`: that did. */
    show: z.enum(['all', 'remind', 'back', 'sent-back']).default('all'),
    /** Ready at least so many days. */
    days: z.coerce.number().int().min(0).max(3_650).optional(),
    /** Ready in this month, for the monthly list: `2026-04`. */
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Tháng có dạng 2026-04.')
      .optional(),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  output: z.object({
    items: z.array(UncollectedItem),
    next: z.string().nullable(),
    total: Count,
    counts: z.object({ all: Count, remind: Count, back: Count }),
  }),
  errors: [],
})

const Done = z.array(z.object({ code: z.string(), state: State, version: z.int() }))
const Refused = z.array(z.object({ code: z.string(), refusal: ItemRefusal }))
export const BulkDossiers = z.object({ done: Done, refused: Refused })
export type BulkDossiers = z.infer<typeof BulkDossiers>

/** That somebody was told; the message itself is sent by the phone or the gateway. */
export const remindOfResults = defineOperation({
  id: 'dossiers.remind-of-results',
  method: 'POST',
  path: '/results/reminders',
  summary: 'Record that applicants were reminded of results that wait',
  access: 'staff',
  input: z.object({
    dossiers: z.array(DossierCode).min(1).max(MOST_AT_ONCE),
    way: z.enum(REMINDER_WAYS),
    note: z.string().trim().max(500).optional(),
  }),
  output: BulkDossiers,
  errors: [],
  idempotent: true,
})

/** Ready results of the same owner at the same centre: handed over together. */
export const listResultsTogether = defineOperation({
  id: 'dossiers.list-results-together',
  method: 'GET',
  path: '/dossiers/:code/results-together',
  summary: 'Results of the same owner that wait here too',
  access: 'staff',
  input: z.object({ code: DossierCode }),
  output: z.object({ items: z.array(UncollectedItem) }),
  errors: ['dossiers.unknown'],
})

/** T17 of several results to one receiver: each is handed over or refused alone. */
export const returnResults = defineOperation({
  id: 'dossiers.return-results',
  method: 'POST',
  path: '/results/returns',
  summary: 'Hand several results to one receiver',
  access: 'staff',
  input: z.object({
    items: z
      .array(z.object({ code: DossierCode, version: z.int() }))
      .min(1)
      .max(50),
    receiver: z.object({
      name: z.string().trim().min(2).max(200),
      personalId: z.string().trim().max(30).optional(),
      relation: z.enum(['owner', 'representative', 'family', 'postal']).default('owner'),
      authorisationPaper: z.string().trim().max(200).optional(),
      slipShown: z.boolean().default(true),
    }),
    way: ReturnWay.optional(),
  }),
  output: BulkDossiers,
  errors: [],
  idempotent: true,
})
