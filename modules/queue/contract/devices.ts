import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Centre, Counter, Instant } from './shared.ts'

const Device = z.uuid()

export const DEVICE_KINDS = ['PRINTER', 'KIOSK'] as const
/** As the agent beside a printer reports it; what stops printing comes first. */
export const PRINTER_STATES = [
  'READY',
  'PAPER_LOW',
  'PAPER_OUT',
  'COVER_OPEN',
  'FAULT',
  'OFFLINE',
  'UNREADABLE',
] as const

/** A machine of the hall, as its people look after it. */
export const HallDevice = z.object({
  id: Device,
  centre: Centre,
  kind: z.enum(DEVICE_KINDS),
  name: z.string(),
  width: z.int().nullable().describe('Dots across, of a printer'),
  contact: z
    .enum(['NEVER', 'LIVE', 'SILENT'])
    .describe('Whether it speaks to us; silent after a minute without a word'),
  seenAt: Instant.nullable(),
  state: z.enum(PRINTER_STATES).nullable(),
  stateSince: Instant.nullable(),
  queued: z.int().describe('Papers that wait in front of the printer'),
  doubtful: z.int().describe('Papers of the last day of which nobody knows whether they came out'),
  clockBehindSeconds: z.int().nullable().describe('Of a kiosk; negative when its clock is ahead'),
  numbersHeld: z.int().describe('Numbers of today in a kiosk’s hands, given or not'),
  registeredAt: Instant,
})
export type HallDevice = z.output<typeof HallDevice>

/** The token is shown this once; only its hash is kept. */
const Paired = z.object({ device: HallDevice, token: z.string() })

export const listDevices = defineOperation({
  id: 'queue.list-devices',
  method: 'GET',
  path: '/centres/:centre/devices',
  summary: 'Printers, kiosks and rating tablets of a hall and how they are',
  access: 'staff',
  input: z.object({ centre: Centre }),
  output: z.object({
    items: z.array(HallDevice),
    counters: z
      .array(z.object({ id: Counter, number: z.int(), name: z.string(), tabletSince: Instant.nullable() }))
      .describe('Each with whether a rating tablet is linked to it, and since when'),
    may: z.object({ register: z.boolean(), link: z.boolean().describe('Link rating tablets') }),
  }),
  errors: ['queue.unknown-centre', 'queue.not-your-centre'],
})

export const registerDevice = defineOperation({
  id: 'queue.register-device',
  method: 'POST',
  path: '/centres/:centre/devices',
  summary: 'Register a printer or a kiosk and get its token, once',
  access: 'staff',
  input: z.object({
    centre: Centre,
    kind: z.enum(DEVICE_KINDS),
    name: z.string().trim().min(2, 'Đặt tên máy, ít nhất 2 ký tự.').max(80),
    width: z.enum(['576', '384']).default('576').describe('Of a printer: paper of 80 or of 58 mm'),
  }),
  output: Paired,
  status: 201,
  errors: ['queue.unknown-centre', 'queue.not-your-centre', 'queue.device-name-taken'],
})

export const renewDeviceToken = defineOperation({
  id: 'queue.renew-device-token',
  method: 'POST',
  path: '/devices/:device/token',
  summary: 'Give a device a new token; the former one opens nothing any more',
  access: 'staff',
  input: z.object({ device: Device }),
  output: Paired,
  errors: ['queue.unknown-device', 'queue.not-your-centre'],
})

export const retireDevice = defineOperation({
  id: 'queue.retire-device',
  method: 'POST',
  path: '/devices/:device/retire',
  summary: 'Take a device out of use',
  access: 'staff',
  input: z.object({ device: Device }),
  output: z.object({ id: Device }),
  errors: ['queue.unknown-device', 'queue.not-your-centre'],
})

const Token = z.string().min(20).max(80).describe('Given when the device was registered')

export const reportPrinter = defineOperation({
  id: 'queue.report-printer',
  method: 'POST',
  path: '/printers/report',
  summary: 'The agent beside a printer says how it is',
  access: 'public',
  input: z.object({
    token: Token,
    state: z.enum(PRINTER_STATES),
    queued: z.int().min(0).max(100_000),
    doubtful: z.int().min(0).max(100_000),
  }),
  output: z.object({ at: Instant }),
  errors: ['queue.device-not-paired'],
})
