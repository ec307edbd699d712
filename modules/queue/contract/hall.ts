import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { CALLING_BOUNDS, type CallingRule } from '../rules.ts'
import { Centre, Instant } from './shared.ts'

const Minute = z.int().min(0).max(1_440).describe('Minutes since midnight in Vietnam')
const Notice = z.object({ vi: z.string().trim().min(3).max(240), en: z.string().trim().max(240) })
const Slide = z.object({
  title: z.string().trim().min(2).max(120),
  text: z.string().trim().max(400),
  /** Small enough that all of them go with one request and are kept with the settings: a poster, not a film. */
  picture: z
    .string()
    .max(110_000)
    .regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/)
    .nullable(),
})
const Session = z
  .object({ days: z.array(z.int().min(1).max(7)).min(1).max(7), from: Minute, to: Minute })
  .refine(({ from, to }) => to > from, { path: ['to'], message: 'Giờ kết thúc phải sau giờ bắt đầu.' })
const QuietMinute = z.int().min(0).max(1_439).describe('Minutes since midnight in Vietnam')

const within = (key: keyof CallingRule) => {
  const [least, most] = CALLING_BOUNDS[key]
  return z.int().min(least, `Ghi từ ${least} đến ${most}.`).max(most, `Ghi từ ${least} đến ${most}.`)
}
const Calling = z.object({
  priorityInRow: within('priorityInRow').describe('After so many calls with priority comes one without'),
  ageingMinutes: within('ageingMinutes').describe('Minutes of waiting that count as one level'),
  graceMinutes: within('graceMinutes').describe('Minutes that an appointment may be early or late'),
  callsBeforeMissing: within('callsBeforeMissing'),
  secondsBetweenCalls: within('secondsBetweenCalls'),
  returnTimes: within('returnTimes').describe('How often who missed the call may come back'),
  returnMinutes: within('returnMinutes').describe('Within how long'),
  returnAfter: within('returnAfter').describe('Called after so many others'),
  holdMinutes: within('holdMinutes').describe('How long a time is kept that is not booked yet'),
  helpMinutes: within('helpMinutes').describe('When a call for help that nobody took is told again'),
})

const HallSettings = z.object({
  region: z.enum(['north', 'south']).describe('How numbers are said'),
  volume: z.int().min(0).max(100),
  quiet: z
    .object({ from: QuietMinute, to: QuietMinute })
    .nullable()
    .describe('Nothing is said aloud between these'),
  motion: z.boolean().describe('Whether blocks pulse and pages turn'),
  sessions: z.array(Session).max(30).nullable().describe('When numbers are given; null: the working hours'),
  notices: z.array(Notice).max(12),
  slides: z.array(Slide).max(8),
  calling: Calling.describe('Whose turn it is, and what becomes of who does not come'),
})
/** How a hall calls, how it speaks, and what its displays show besides calls. */
export type HallSettings = z.output<typeof HallSettings>

export const getHall = defineOperation({
  id: 'queue.get-hall',
  method: 'GET',
  path: '/centres/:centre/hall',
  summary: 'How a hall calls, speaks, and what it shows',
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
  summary: 'Change how a hall calls, speaks, and what it shows',
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
