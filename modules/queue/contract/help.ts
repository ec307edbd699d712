import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Centre, Instant } from './shared.ts'

const Call = z.uuid().describe('Id of a call for help')

/** Somebody who wants a colleague, as the hall's officers see it. */
export const HelpCall = z.object({
  id: Call,
  kind: z.enum(['COUNTER', 'KIOSK']),
  place: z.string().describe('Where to go'),
  counter: z.int().nullable(),
  askedAt: Instant,
  askedBy: z.string().nullable().describe('The officer; null for a visitor'),
  taken: z.object({ by: z.string(), mine: z.boolean(), at: Instant }).nullable(),
  overdue: z.boolean().describe('Nobody has taken it within the minutes that the hall allows'),
})
export type HelpCall = z.output<typeof HelpCall>

/** The same as the visitor at the kiosk sees it. */
export const KioskHelp = z.object({
  id: Call,
  askedAt: Instant,
  comes: z.string().nullable().describe('Who is on the way'),
  overdue: z.boolean(),
  over: z.boolean().describe('Ended, by whoever came or by the visitor'),
})
export type KioskHelp = z.output<typeof KioskHelp>

/** One open call a kiosk: a second tap, and the next visitor, join the call that is open. */
export const askForHelpAtKiosk = defineOperation({
  id: 'queue.ask-for-help-at-kiosk',
  method: 'POST',
  path: '/centres/:centre/help-calls',
  summary: 'Ask an officer to come to a kiosk',
  access: 'public',
  input: z.object({
    centre: Centre,
    token: z.string().min(20).max(80).optional().describe('Of a paired kiosk, so that its place is known'),
  }),
  output: KioskHelp,
  errors: ['queue.unknown-centre', 'queue.device-not-paired'],
})

export const getKioskHelp = defineOperation({
  id: 'queue.get-kiosk-help',
  method: 'GET',
  path: '/help-calls/:call',
  summary: 'Whether somebody comes to the kiosk',
  access: 'public',
  input: z.object({ call: Call }),
  output: KioskHelp,
  errors: ['queue.unknown-help-call'],
})

export const withdrawKioskHelp = defineOperation({
  id: 'queue.withdraw-kiosk-help',
  method: 'POST',
  path: '/help-calls/:call/withdraw',
  summary: 'Nobody needs to come to the kiosk any more',
  access: 'public',
  input: z.object({ call: Call }),
  output: KioskHelp,
  errors: ['queue.unknown-help-call'],
})

/** "I am coming": the others are told that somebody goes. */
export const takeHelpCall = defineOperation({
  id: 'queue.take-help-call',
  method: 'POST',
  path: '/help-calls/:call/take',
  summary: 'Go to somebody who asked for help',
  access: 'staff',
  input: z.object({ call: Call }),
  output: HelpCall,
  errors: ['queue.unknown-help-call', 'queue.not-your-centre', 'queue.help-taken', 'queue.help-over'],
})

export const endHelpCall = defineOperation({
  id: 'queue.end-help-call',
  method: 'POST',
  path: '/help-calls/:call/end',
  summary: 'Somebody was helped',
  access: 'staff',
  input: z.object({ call: Call }),
  output: z.object({ id: Call }),
  errors: ['queue.unknown-help-call', 'queue.not-your-centre'],
})
