import { z } from 'zod'
import { COUNTER_STATES, PRIORITY_CLASSES, TICKET_STATES } from './rules.ts'

export const Centre = z.string().max(80).describe('Id of a centre')
export const Counter = z.string().max(100).describe('Id of a counter')
export const Instant = z.string().describe('RFC 3339 with offset')
export const Code = z.string().describe('Number as printed and called, e.g. A005')
export const Reason = z.string().trim().min(3, 'Ghi rõ lý do, ít nhất 3 ký tự.').max(500)
export const Words = z.object({ vi: z.string(), en: z.string() })

/** Minutes of waiting: eight in ten wait between `p10` and `p90`; null while too little is known to promise anything. */
export const WaitRange = z.object({ p10: z.number(), p50: z.number(), p90: z.number() })
export type WaitRange = z.output<typeof WaitRange>

export const GROUP_KINDS = ['reception', 'return', 'cashier', 'guide'] as const

const Crowd = z.enum(['FEW', 'SOME', 'MANY'])

/** A group of services as the visitor chooses it. */
export const ServiceGroup = z.object({
  id: z.uuid(),
  centre: Centre,
  prefix: z.string(),
  name: z.string(),
  nameEn: z.string(),
  kind: z.enum(GROUP_KINDS),
  fields: z.array(z.string()).describe('Fields of procedures; empty for all'),
  openCounters: z.int(),
  waiting: z.int(),
  wait: WaitRange.nullable(),
  crowd: Crowd,
  open: z.boolean().describe('Whether a ticket can be taken now'),
  closed: Words.nullable().describe('Why not'),
})
export type ServiceGroup = z.output<typeof ServiceGroup>

/** A ticket as its holder sees it; nothing personal. */
export const VisitorTicket = z.object({
  id: z.uuid(),
  number: Code,
  token: z.string().describe('Opens the ticket’s own page; random'),
  centre: Centre,
  serviceGroup: z.object({ id: z.uuid(), name: z.string(), nameEn: z.string() }),
  state: z.enum(TICKET_STATES),
  priorityClass: z.enum(PRIORITY_CLASSES),
  issuedAt: Instant,
  ahead: z.int().describe('How many are called before'),
  wait: WaitRange.nullable(),
  comeBackAt: Instant.nullable().describe('Nine in ten are not called earlier'),
  counter: z.object({ id: Counter, number: z.int(), name: z.string() }).nullable(),
  servedToday: z
    .boolean()
    .nullable()
    .describe('Whether it will be served before closing; null while unknown'),
})
export type VisitorTicket = z.output<typeof VisitorTicket>

/** A ticket as officers see it. */
export const QueueTicket = z.object({
  id: z.uuid(),
  number: Code,
  serviceGroup: z.object({ id: z.uuid(), name: z.string(), prefix: z.string() }),
  state: z.enum(TICKET_STATES),
  priorityClass: z.enum(PRIORITY_CLASSES),
  priorityConfirmed: z.boolean(),
  channel: z.enum(['KIOSK', 'DESK', 'ONLINE', 'PHONE']),
  language: z.enum(['vi', 'en']),
  procedures: z.array(z.string()),
  issuedAt: Instant,
  waitedMinutes: z.number(),
  calledAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  heldUntil: Instant.nullable(),
  calls: z.int(),
  note: z.string().nullable(),
  dossiers: z.array(z.string()),
  why: Words.nullable().describe('By which rule it was called or will be'),
  version: z.int(),
})
export type QueueTicket = z.output<typeof QueueTicket>

/** A counter's strip: who is served, who comes next, what may be done. */
export const CounterQueue = z.object({
  counter: z.object({ id: Counter, centre: Centre, number: z.int(), name: z.string() }),
  state: z.enum(COUNTER_STATES),
  reason: z.string().nullable(),
  until: Instant.nullable(),
  officer: z.object({ id: z.string(), name: z.string() }).nullable(),
  helpSince: Instant.nullable(),
  current: QueueTicket.nullable(),
  next: z.array(QueueTicket).describe('The first ones in the order in which they would be called'),
  held: z.array(QueueTicket),
  missed: z.array(QueueTicket).describe('Missed their call and may still come back'),
  waiting: z.int(),
  undoUntil: Instant.nullable().describe('Until when the last call can be taken back'),
})
export type CounterQueue = z.output<typeof CounterQueue>
