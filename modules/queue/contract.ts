import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { CounterQueue, QueueTicket } from './contract/queue-ticket.ts'
import { Centre, Code, Counter, Crowd, GROUP_KINDS, Instant, WaitRange, Words } from './contract/shared.ts'
import { COUNTER_STATES, PRIORITY_CLASSES, TICKET_STATES } from './rules.ts'

export * from './contract/appointments.ts'
export * from './contract/devices.ts'
export * from './contract/floor.ts'
export * from './contract/hall.ts'
export * from './contract/help.ts'
export * from './contract/offline.ts'
export * from './contract/openings.ts'
export * from './contract/paper.ts'
export { CounterQueue, QueueTicket } from './contract/queue-ticket.ts'
export * from './contract/rating.ts'
export { Crowd, WaitRange } from './contract/shared.ts'
export * from './contract/waiting.ts'

export { PRIORITY_CLASSES, type PriorityClass, type TicketState } from './rules.ts'

const Reason = z.string().trim().min(3, 'Ghi rõ lý do, ít nhất 3 ký tự.').max(500)

/** A group of services as the visitor chooses it. */
export const ServiceGroup = z.object({
  id: z.uuid(),
  centre: Centre,
  prefix: z.string(),
  name: z.string(),
  nameEn: z.string(),
  kind: z.enum(GROUP_KINDS),
  fields: z.array(z.string()).describe('Fields of procedures; empty for all'),
  agencies: z.array(z.object({ id: z.string(), name: z.string() })).describe('For whom it receives'),
  counters: z.array(z.int()).describe('Numbers of the counters that serve it'),
  receives: z.boolean().nullable().describe('Whether it receives the procedure asked for; null: none asked'),
  openCounters: z.int(),
  waiting: z.int(),
  wait: WaitRange.nullable(),
  crowd: Crowd,
  comeBackAt: Instant.nullable().describe('Nine in ten who come now are not called earlier'),
  servedToday: z.boolean().nullable().describe('Of who takes a number now; null while unknown'),
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
  promised: WaitRange.nullable().describe('What was said when the number was taken'),
  procedures: z.array(z.string()),
  calledAt: Instant.nullable(),
  /** Who missed the call may come back until then; null when that is over, was done before or is not the case. */
  returnBy: Instant.nullable(),
  may: z.object({ cancel: z.boolean(), returnToLine: z.boolean(), rate: z.boolean() }),
})
export type VisitorTicket = z.output<typeof VisitorTicket>

export const listServiceGroups = defineOperation({
  id: 'queue.list-service-groups',
  method: 'GET',
  path: '/centres/:centre/service-groups',
  summary: 'Services of a centre with who waits now',
  access: 'public',
  input: z.object({
    centre: Centre,
    procedure: z.string().max(40).optional().describe('Marks the services that receive it'),
  }),
  output: z.object({ items: z.array(ServiceGroup) }),
  errors: ['queue.unknown-centre'],
})

const TicketErrors = [
  'queue.unknown-centre',
  'queue.unknown-service-group',
  'queue.centre-closed',
  'queue.closing-soon',
  'queue.no-counter-open',
  'queue.daily-limit-reached',
] as const

/** A number for a visitor. With `Idempotency-Key` a double tap, a reload or a retry after a crash gives the same number. */
export const takeTicket = defineOperation({
  id: 'queue.take-ticket',
  method: 'POST',
  path: '/centres/:centre/tickets',
  summary: 'Take a number',
  access: 'public',
  input: z.object({
    centre: Centre,
    serviceGroup: z.uuid(),
    priorityClass: z.enum(PRIORITY_CLASSES).default('NONE'),
    channel: z.enum(['KIOSK', 'DESK', 'ONLINE', 'PHONE']).default('KIOSK'),
    procedures: z.array(z.string().max(40)).max(10).default([]),
    missingPapers: z
      .int()
      .min(0)
      .max(50)
      .optional()
      .describe('Papers that the visitor says are not there yet: the officer is told to look first'),
    language: z.enum(['vi', 'en']).default('vi'),
  }),
  output: VisitorTicket,
  status: 201,
  errors: TicketErrors,
  idempotent: true,
})

export const getTicket = defineOperation({
  id: 'queue.get-ticket',
  method: 'GET',
  path: '/tickets/:token',
  summary: 'My ticket now: how many are ahead, when to come back, which counter',
  access: 'public',
  input: z.object({ token: z.string().max(80) }),
  output: VisitorTicket,
  errors: ['queue.unknown-ticket'],
})

/** For whoever lost the paper or got none: the same number, marked as printed again, and who did it is kept. */
export const printTicketAgain = defineOperation({
  id: 'queue.print-ticket-again',
  method: 'POST',
  path: '/centres/:centre/tickets/:ticket/print-again',
  summary: 'What an officer needs to print a ticket again',
  access: 'staff',
  input: z.object({ centre: Centre, ticket: z.uuid() }),
  output: VisitorTicket,
  errors: ['queue.unknown-centre', 'queue.not-your-centre', 'queue.unknown-ticket'],
})

export const cancelTicket = defineOperation({
  id: 'queue.cancel-ticket',
  method: 'POST',
  path: '/tickets/:token/cancel',
  summary: 'I do not wait any more',
  access: 'public',
  input: z.object({ token: z.string().max(80) }),
  output: VisitorTicket,
  errors: ['queue.unknown-ticket', 'queue.ticket-moved-on'],
})

/** Missed is not punished: once within the hour the visitor is back in line, a little behind its head. */
export const returnToLine = defineOperation({
  id: 'queue.return-to-line',
  method: 'POST',
  path: '/tickets/:token/return',
  summary: 'I missed my call and am back',
  access: 'public',
  input: z.object({ token: z.string().max(80) }),
  output: VisitorTicket,
  errors: ['queue.unknown-ticket', 'queue.ticket-moved-on', 'queue.return-too-late', 'queue.returned-before'],
})

/** Why that number was called before mine, in words; nothing of the person behind it. */
export const explainOrder = defineOperation({
  id: 'queue.explain-order',
  method: 'GET',
  path: '/tickets/:token/order',
  summary: 'Who was called before me since I came, and by which rule',
  access: 'public',
  input: z.object({ token: z.string().max(80) }),
  output: z.object({
    rule: z.array(Words),
    calledBefore: z.array(z.object({ number: Code, calledAt: Instant, why: Words })),
  }),
  errors: ['queue.unknown-ticket'],
})

const CounterErrors = ['queue.unknown-counter', 'queue.not-your-counter'] as const
const AtCounter = z.object({ counter: Counter })

export const getCounterQueue = defineOperation({
  id: 'queue.get-counter',
  method: 'GET',
  path: '/counters/:counter/queue',
  summary: 'What this counter serves, who comes next',
  access: 'staff',
  input: AtCounter,
  output: CounterQueue,
  errors: CounterErrors,
})

export const openCounter = defineOperation({
  id: 'queue.serve-at-counter',
  method: 'POST',
  path: '/counters/:counter/start-serving',
  summary: 'Sit down at a counter and serve; also after a pause',
  access: 'staff',
  input: AtCounter,
  output: CounterQueue,
  errors: [...CounterErrors, 'queue.officer-elsewhere', 'queue.counter-taken'],
})

export const pauseCounter = defineOperation({
  id: 'queue.pause-counter',
  method: 'POST',
  path: '/counters/:counter/pause',
  summary: 'Pause a counter with a reason',
  access: 'staff',
  input: z.object({ counter: Counter, reason: Reason, until: z.iso.datetime({ offset: true }).optional() }),
  output: CounterQueue,
  errors: [...CounterErrors, 'queue.counter-closed', 'queue.visitor-at-counter'],
})

export const closeCounterForNow = defineOperation({
  id: 'queue.close-counter',
  method: 'POST',
  path: '/counters/:counter/stop-serving',
  summary: 'Leave a counter',
  access: 'staff',
  input: AtCounter,
  output: CounterQueue,
  errors: [...CounterErrors, 'queue.counter-closed', 'queue.visitor-at-counter'],
})

export const askForHelp = defineOperation({
  id: 'queue.ask-for-help',
  method: 'POST',
  path: '/counters/:counter/help',
  summary: 'Ask a colleague to come, or say that it is done',
  access: 'staff',
  input: z.object({ counter: Counter, wanted: z.boolean().default(true) }),
  output: CounterQueue,
  errors: [...CounterErrors, 'queue.counter-closed'],
})

/** One key: the visitor being served is done, and whose turn it is is called to this counter. */
export const callNext = defineOperation({
  id: 'queue.call-next',
  method: 'POST',
  path: '/counters/:counter/call-next',
  summary: 'Call whose turn it is',
  access: 'staff',
  input: AtCounter,
  output: QueueTicket,
  errors: [...CounterErrors, 'queue.counter-closed', 'queue.counter-paused', 'queue.nobody-waiting'],
  idempotent: true,
})

/** Out of order: its own permission, with a reason that is logged and told to whoever asks. */
export const callTicket = defineOperation({
  id: 'queue.call-ticket',
  method: 'POST',
  path: '/counters/:counter/call/:ticket',
  summary: 'Call one ticket out of order',
  access: 'staff',
  input: z.object({ counter: Counter, ticket: z.uuid(), reason: Reason }),
  output: QueueTicket,
  errors: [
    ...CounterErrors,
    'queue.counter-closed',
    'queue.counter-paused',
    'queue.unknown-ticket',
    'queue.ticket-moved-on',
    'queue.out-of-order-not-allowed',
    'queue.visitor-at-counter',
  ],
})

const OnTicket = z.object({ counter: Counter, ticket: z.uuid() })
const TicketMoveErrors = [...CounterErrors, 'queue.unknown-ticket', 'queue.ticket-moved-on'] as const
const ticketMove = <const P extends `/${string}`, const I extends string, E extends readonly string[]>(
  id: I,
  path: P,
  summary: string,
  errors: E,
) =>
  defineOperation({
    id: `queue.${id}`,
    method: 'POST',
    path: `/counters/:counter/tickets/:ticket${path}`,
    summary,
    access: 'staff',
    input: OnTicket,
    output: CounterQueue,
    errors: [...TicketMoveErrors, ...errors],
  })

export const recallTicket = ticketMove('recall', '/recall', 'Call again', ['queue.recall-too-soon'])
export const startService = ticketMove('start', '/start', 'The visitor has come', [])
export const finishService = ticketMove('finish', '/finish', 'The visitor has been served', [])
export const missTicket = ticketMove('miss', '/miss', 'Nobody came', ['queue.call-again-first'])
export const undoCall = ticketMove('undo', '/undo', 'Take the last call back', ['queue.undo-too-late'])
export const confirmPriority = ticketMove(
  'confirm-priority',
  '/confirm-priority',
  'What entitles was seen',
  [],
)
export const declinePriority = ticketMove(
  'decline-priority',
  '/decline-priority',
  'Nothing entitles to priority',
  [],
)

export const holdTicket = defineOperation({
  id: 'queue.hold',
  method: 'POST',
  path: '/counters/:counter/tickets/:ticket/hold',
  summary: 'Let the visitor finish something and come back, at the latest after so many minutes',
  access: 'staff',
  input: OnTicket.extend({ minutes: z.int().min(1).max(180), note: z.string().trim().max(300).optional() }),
  output: CounterQueue,
  errors: TicketMoveErrors,
})

export const resumeTicket = defineOperation({
  id: 'queue.resume',
  method: 'POST',
  path: '/counters/:counter/tickets/:ticket/resume',
  summary: 'Put a held ticket back in line, with its seniority',
  access: 'staff',
  input: OnTicket,
  output: CounterQueue,
  errors: TicketMoveErrors,
})

/** Keeps number and seniority: one visitor, several counters, one ticket. */
export const transferTicket = defineOperation({
  id: 'queue.transfer',
  method: 'POST',
  path: '/counters/:counter/tickets/:ticket/transfer',
  summary: 'Send the visitor on to another service',
  access: 'staff',
  input: OnTicket.extend({ serviceGroup: z.uuid(), note: z.string().trim().min(3).max(300) }),
  output: CounterQueue,
  errors: [...TicketMoveErrors, 'queue.unknown-service-group', 'queue.same-service-group'],
})

/** The dossier saved for this visitor; waiting and service then count for its procedure. */
export const tieDossier = defineOperation({
  id: 'queue.tie-dossier',
  method: 'POST',
  path: '/counters/:counter/tickets/:ticket/dossiers',
  summary: 'Tie a dossier to the ticket',
  access: 'staff',
  input: OnTicket.extend({ code: z.string().trim().max(60), procedure: z.string().trim().max(40) }),
  output: CounterQueue,
  errors: TicketMoveErrors,
})

const BoardCall = z.object({
  ticket: z.uuid(),
  number: Code,
  counter: z.int(),
  counterName: z.string(),
  service: z.string(),
  calls: z.int(),
  at: Instant,
})
/** What a hall's board shows; no names, no codes of dossiers. */
export const Board = z.object({
  centre: z.object({ id: Centre, name: z.string() }),
  at: Instant,
  /** Newest first. */
  calls: z.array(BoardCall),
  counters: z.array(
    z.object({
      id: Counter,
      number: z.int(),
      name: z.string(),
      state: z.enum(COUNTER_STATES),
      until: Instant.nullable(),
      ticket: Code.nullable(),
      officer: z.string().nullable().describe('Who serves there now'),
      groups: z.array(z.string()).describe('Prefixes of the services it serves'),
    }),
  ),
  groups: z.array(
    z.object({
      prefix: z.string(),
      name: z.string(),
      nameEn: z.string(),
      waiting: z.int(),
      next: z.array(Code),
    }),
  ),
})
export type Board = z.output<typeof Board>
export type BoardCall = z.output<typeof BoardCall>

export const getBoard = defineOperation({
  id: 'queue.get-board',
  method: 'GET',
  path: '/centres/:centre/board',
  summary: 'The hall board as it is now',
  access: 'public',
  input: z.object({ centre: Centre }),
  output: Board,
  errors: ['queue.unknown-centre'],
})

/**
 * Events `snapshot` (a board) first, then `call`, `recall` and `change` in the order in which they happened, and every quarter
 * of a minute a `beat` with the server's time, by which a display knows that its data are fresh. `Last-Event-ID` resumes;
 * `after` does the same for a page that was loaded anew.
 */
export const followBoard = defineOperation({
  id: 'queue.follow-board',
  method: 'GET',
  path: '/centres/:centre/board/events',
  summary: 'The hall board as it changes',
  access: 'public',
  input: z.object({ centre: Centre, after: z.coerce.number().int().min(0).optional() }),
  output: z.unknown(),
  produces: 'text/event-stream',
  errors: ['queue.unknown-centre'],
})

/** Events of this module: the subject is the ticket or the counter, the centre stands in the data. */
export const QUEUE_EVENTS = [
  'ticket-issued',
  'ticket-called',
  'ticket-recalled',
  'ticket-started',
  'ticket-finished',
  'ticket-missed',
  'ticket-returned',
  'ticket-held',
  'ticket-resumed',
  'ticket-transferred',
  'ticket-cancelled',
  'ticket-call-undone',
  'ticket-printed-again',
  'priority-confirmed',
  'priority-declined',
  'dossier-tied',
  'counter-opened',
  'counter-paused',
  'counter-closed',
  'help-asked',
  'help-taken',
  'help-overdue',
  'help-ended',
  'visit-rated',
  'rating-tablet-linked',
  'rating-tablet-unlinked',
  'hall-changed',
  'service-group-set-up',
  'opening-changed',
  'appointment-booked',
  'appointment-moved',
  'appointment-cancelled',
  'appointment-arrived',
  'appointment-expired',
  'appointment-reminded',
  'appointment-missed',
  'device-registered',
  'device-token-renewed',
  'device-retired',
  'printer-state-changed',
  'numbers-unused',
] as const
export type QueueEventType = (typeof QUEUE_EVENTS)[number]
