import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Centre, Instant } from './shared.ts'

const Minute = z.int().min(0).max(1_440).describe('Minutes since midnight in Vietnam')
const Notice = z.object({ vi: z.string().trim().min(3).max(240), en: z.string().trim().max(240) })
const Slide = z.object({
  title: z.string().trim().min(2).max(120),
  text: z.string().trim().max(400),
  /** Small enough to be kept with the settings: a media zone is a poster, not a film. */
  picture: z
    .string()
    .max(400_000)
    .regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/)
    .nullable(),
})
const Session = z.object({ days: z.array(z.int().min(1).max(7)).min(1).max(7), from: Minute, to: Minute })

const HallSettings = z.object({
  region: z.enum(['north', 'south']).describe('How numbers are said'),
  volume: z.int().min(0).max(100),
  quiet: z.object({ from: Minute, to: Minute }).nullable().describe('Nothing is said aloud between these'),
  motion: z.boolean().describe('Whether blocks pulse and pages turn'),
  sessions: z.array(Session).max(30).nullable().describe('When numbers are given; null: the working hours'),
  notices: z.array(Notice).max(12),
  slides: z.array(Slide).max(8),
})
/** How a hall speaks and what its displays show besides calls. */
export type HallSettings = z.output<typeof HallSettings>

export const getHall = defineOperation({
  id: 'queue.get-hall',
  method: 'GET',
  path: '/centres/:centre/hall',
  summary: 'How a hall speaks and what it shows',
  access: 'public',
  input: z.object({ centre: Centre }),
  output: HallSettings.extend({
    centre: z.object({ id: Centre, name: z.string() }),
    open: z.boolean(),
    closesAt: Instant.nullable().describe('Today’s last closing; null when today is over'),
    opensAt: Instant.describe('The next opening after that'),
    version: z.int(),
  }),
  errors: ['queue.unknown-centre'],
})

export const changeHall = defineOperation({
  id: 'queue.change-hall',
  method: 'PUT',
  path: '/centres/:centre/hall',
  summary: 'Change how a hall speaks and what it shows',
  access: 'staff',
  input: HallSettings.extend({
    centre: Centre,
    version: z.coerce.number().int().min(1).describe('The version read (If-Match)'),
  }),
  output: HallSettings.extend({ version: z.int() }),
  errors: ['queue.unknown-centre', 'queue.not-your-hall', 'queue.hall-changed-meanwhile'],
  versioned: true,
})

/** Several displays hang in a hall: the one that holds the lease speaks, and when it falls silent the next one takes over. */
export const holdAnnouncer = defineOperation({
  id: 'queue.hold-announcer',
  method: 'POST',
  path: '/centres/:centre/announcer',
  summary: 'Be the one display that speaks, for a few seconds at a time',
  access: 'public',
  input: z.object({
    centre: Centre,
    display: z.uuid().describe('Made by the display itself at its start'),
    leave: z.boolean().default(false).describe('Gives the lease back'),
  }),
  output: z.object({ speaks: z.boolean(), until: Instant.nullable() }),
  errors: ['queue.unknown-centre'],
})
