import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { COUNTER_STATES, TICKET_STATES } from '../rules.ts'
import { HelpCall } from './help.ts'
import { QueueTicket } from './queue-ticket.ts'
import { Centre, Code, Counter, GROUP_KINDS, Instant } from './shared.ts'

const COUNTER_KINDS = ['reception', 'return', 'cashier', 'guide'] as const

/** A counter as the hall's officers see it: who sits there and whom it serves. */
const FloorCounter = z.object({
  id: Counter,
  number: z.int(),
  name: z.string(),
  kinds: z.array(z.enum(COUNTER_KINDS)),
  state: z.enum(COUNTER_STATES),
  reason: z.string().nullable(),
  until: Instant.nullable(),
  since: Instant.nullable(),
  officer: z.object({ id: z.string(), name: z.string() }).nullable(),
  ticket: z.object({ number: Code, state: z.enum(TICKET_STATES), since: Instant }).nullable(),
  groups: z.array(z.object({ id: z.uuid(), prefix: z.string(), name: z.string() })),
  mine: z.boolean().describe('This officer sits there now'),
  assigned: z.boolean().describe('The organisation gives it to this officer'),
})
export type FloorCounter = z.output<typeof FloorCounter>

/** A hall at one glance, for those who work in it. */
export const Floor = z.object({
  centre: z.object({ id: Centre, name: z.string() }),
  at: Instant,
  counters: z.array(FloorCounter),
  groups: z.array(
    z.object({
      id: z.uuid(),
      prefix: z.string(),
      name: z.string(),
      kind: z.enum(GROUP_KINDS),
      waiting: z.int(),
      priority: z.int().describe('Of those waiting, with a priority by law'),
      longestMinutes: z.number().nullable(),
      served: z.int().describe('Finished today'),
      openCounters: z.int(),
    }),
  ),
  help: z.array(HelpCall).describe('Who wants a colleague now, the longest first'),
  may: z.object({
    serve: z.boolean().describe('Sit at a counter and call'),
    order: z.boolean().describe('Call out of order'),
    setUp: z.boolean().describe('Change service groups'),
    changeHall: z.boolean().describe('Change how the hall calls, speaks and what it shows'),
  }),
})
export type Floor = z.output<typeof Floor>

export const getFloor = defineOperation({
  id: 'queue.get-floor',
  method: 'GET',
  path: '/centres/:centre/floor',
  summary: 'Counters and lines of a centre now',
  access: 'staff',
  input: z.object({ centre: Centre }),
  output: Floor,
  errors: ['queue.unknown-centre', 'queue.not-your-centre'],
})

/** Waiting ones in the order in which they would be called, the others newest first. */
export const listTickets = defineOperation({
  id: 'queue.list-tickets',
  method: 'GET',
  path: '/centres/:centre/tickets',
  summary: 'Tickets of today',
  access: 'staff',
  input: z.object({
    centre: Centre,
    state: z.enum(['WAITING', 'ASIDE', 'ENDED']).default('WAITING').describe('ASIDE: held or missed'),
    group: z.uuid().optional(),
    number: z.string().trim().max(8).optional().describe('A number, in any state'),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  output: z.object({ items: z.array(QueueTicket), total: z.int() }),
  errors: ['queue.unknown-centre', 'queue.not-your-centre'],
})

const WEEKDAYS = z
  .array(z.int().min(1).max(7))
  .min(1, 'Chọn ít nhất một ngày trong tuần.')
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'Mỗi ngày chỉ ghi một lần.')

const GroupFields = z.object({
  prefix: z.string().regex(/^[A-Z]{1,2}$/, 'Ghi một hoặc hai chữ cái A–Z, không dấu.'),
  name: z.string().trim().min(2, 'Ghi tên dịch vụ.').max(120),
  nameEn: z.string().trim().min(2, 'Ghi tên tiếng Anh.').max(120),
  kind: z.enum(GROUP_KINDS),
  fields: z.array(z.string().trim().min(1).max(200)).max(60).describe('Fields of procedures; empty for all'),
  weekdays: WEEKDAYS.describe('1 Monday … 7 Sunday'),
  sessions: z.enum(['ALL', 'MORNING', 'AFTERNOON']),
  numberFrom: z.int().min(1).max(9_000).describe('The first number of each day'),
  dailyLimit: z.int().min(1).max(5_000).nullable(),
  stopsBefore: z.int().min(0).max(240).describe('Minutes before closing in which no number is given'),
  active: z.boolean(),
  counters: z
    .array(z.object({ counter: Counter, weight: z.int().min(1).max(100) }))
    .max(200)
    .refine(
      (counters) => new Set(counters.map(({ counter }) => counter)).size === counters.length,
      'Mỗi quầy chỉ ghi một lần.',
    ),
})

/** A service group as it is set up. */
export const ServiceGroupSetup = GroupFields.extend({
  id: z.uuid(),
  ordinal: z.int(),
  version: z.int(),
  givenToday: z.int().describe('Numbers given today: letter and first number stay until tomorrow'),
})
export type ServiceGroupSetup = z.output<typeof ServiceGroupSetup>

export const getFloorSetup = defineOperation({
  id: 'queue.get-floor-setup',
  method: 'GET',
  path: '/centres/:centre/floor-setup',
  summary: 'Service groups of a centre as they are set up, those out of use too',
  access: 'staff',
  input: z.object({ centre: Centre }),
  output: z.object({
    groups: z.array(ServiceGroupSetup),
    counters: z.array(
      z.object({
        id: Counter,
        number: z.int(),
        name: z.string(),
        kinds: z.array(z.enum(COUNTER_KINDS)),
      }),
    ),
    fields: z.array(z.string()).describe('Fields that counters of the centre receive'),
    maySetUp: z.boolean(),
  }),
  errors: ['queue.unknown-centre', 'queue.not-your-centre'],
})

const SetupErrors = [
  'queue.not-your-centre',
  'queue.prefix-taken',
  'queue.unknown-counter',
  'queue.counter-of-another-kind',
] as const

export const addServiceGroup = defineOperation({
  id: 'queue.add-service-group',
  method: 'POST',
  path: '/centres/:centre/service-groups',
  summary: 'Offer a service in the hall',
  access: 'staff',
  input: GroupFields.extend({ centre: Centre }),
  output: ServiceGroupSetup,
  status: 201,
  errors: ['queue.unknown-centre', ...SetupErrors],
  idempotent: true,
})

export const changeServiceGroup = defineOperation({
  id: 'queue.change-service-group',
  method: 'PUT',
  path: '/service-groups/:group',
  summary: 'Change a service of the hall; letter and first number only while no number was given today',
  access: 'staff',
  input: GroupFields.extend({
    group: z.uuid(),
    version: z.int().min(1).describe('The version read (If-Match)'),
  }),
  output: ServiceGroupSetup,
  errors: ['queue.unknown-service-group', ...SetupErrors, 'queue.numbers-given', 'queue.changed-meanwhile'],
  versioned: true,
})
