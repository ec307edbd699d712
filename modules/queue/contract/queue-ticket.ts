import { z } from 'zod'
import { COUNTER_STATES, PRIORITY_CLASSES, TICKET_STATES } from '../rules.ts'
import { HelpCall } from './help.ts'
import { Centre, Code, Counter, Instant, Words } from './shared.ts'

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
  help: HelpCall.nullable().describe('A colleague was asked to come'),
  current: QueueTicket.nullable(),
  next: z.array(QueueTicket).describe('The first ones in the order in which they would be called'),
  held: z.array(QueueTicket),
  missed: z.array(QueueTicket).describe('Missed their call and may still come back'),
  waiting: z.int(),
  undoUntil: Instant.nullable().describe('Until when the last call can be taken back'),
})
export type CounterQueue = z.output<typeof CounterQueue>
