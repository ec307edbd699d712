import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { PRIORITY_CLASSES } from '../rules.ts'
import { Instant } from './shared.ts'

const Token = z.string().min(20).max(80).describe('Given when the kiosk was registered')

/** A moment as a kiosk knows it: its clock, and a clock that nobody sets (`performance.now()`) in its run of the page. */
const KioskMoment = z.object({
  at: z.int().min(0).describe('Milliseconds since 1970 by the kiosk’s clock'),
  session: z.string().min(8).max(64),
  mono: z.number().min(0).describe('Milliseconds since that session began'),
})

const LEASES = 300

/**
 * Blocks of numbers in store for the time without network. The kiosk makes the ids of its leases, so that asking again after a
 * lost answer gives the same blocks; a lease that it does not name any more counts as lost, and its numbers are given to nobody.
 */
export const leaseNumbers = defineOperation({
  id: 'queue.lease-numbers',
  method: 'POST',
  path: '/kiosks/leases',
  summary: 'Numbers for a kiosk to give while it has no network',
  access: 'public',
  input: z.object({
    token: Token,
    moment: KioskMoment,
    holds: z.array(z.uuid()).max(LEASES),
    wanted: z.array(z.object({ lease: z.uuid(), serviceGroup: z.uuid() })).max(60),
  }),
  output: z.object({
    at: z.int().describe('Our clock, milliseconds since 1970'),
    day: z.string().describe('The business day, YYYY-MM-DD'),
    /** What a ticket says that is printed without us. */
    paper: z.object({
      ...{ centre: z.string(), hotline: z.string(), url: z.string().describe('Of the portal') },
      returnMinutes: z.int().nullable().describe('For whoever misses the call; null: no coming back'),
    }),
    groups: z.array(
      z.object({
        id: z.uuid(),
        prefix: z.string(),
        name: z.string(),
        nameEn: z.string(),
        from: Instant.nullable().describe('When numbers are given today; null: no more today'),
        until: Instant.nullable(),
      }),
    ),
    /** Those of today that the kiosk holds, the wanted ones among them; where no number is left there is none. */
    leases: z.array(
      z.object({ id: z.uuid(), serviceGroup: z.uuid(), day: z.string(), first: z.int(), last: z.int() }),
    ),
  }),
  errors: ['queue.device-not-paired'],
})

const OfflineTicket = z.object({
  id: z.uuid().describe('Made by the kiosk; the same ticket twice is one'),
  key: z
    .string()
    .max(200)
    .nullable()
    .describe('Idempotency-Key under which it was asked for before the network was lost'),
  lease: z.uuid(),
  number: z.int().min(1).max(1_000_000),
  token: z.string().regex(/^[\w-]{20}$/),
  taken: KioskMoment,
  behind: z
    .int()
    .nullable()
    .describe('By how many milliseconds the kiosk’s clock was behind when it was last measured'),
  priorityClass: z.enum(PRIORITY_CLASSES),
  procedures: z.array(z.string().max(40)).max(10),
  language: z.enum(['vi', 'en']),
  missingPapers: z.int().min(0).max(50).default(0).describe('Papers that the visitor says are not there yet'),
})

/** What a kiosk gave by itself, in its order. Sent until it is answered: a repeat changes nothing and is answered the same. */
export const bringTickets = defineOperation({
  id: 'queue.bring-tickets',
  method: 'POST',
  path: '/kiosks/tickets',
  summary: 'Take in the tickets that a kiosk gave without network',
  access: 'public',
  input: z.object({ token: Token, moment: KioskMoment, tickets: z.array(OfflineTicket).min(1).max(100) }),
  output: z.object({
    at: z.int(),
    items: z.array(
      z.object({
        id: z.uuid(),
        outcome: z.enum(['TAKEN_IN', 'KNOWN', 'REFUSED']),
        code: z.string().nullable().describe('Why refused'),
      }),
    ),
  }),
  errors: ['queue.device-not-paired'],
})
