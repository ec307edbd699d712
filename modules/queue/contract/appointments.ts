import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { isRealDate } from '#platform/time/days.ts'
import { Centre, Code, Instant } from './shared.ts'

const Day = z
  .string()
  .refine(isRealDate, 'Ngày không có thật. Ghi theo dạng 2026-04-30.')
  .meta({ format: 'date', description: 'A day of Vietnam, YYYY-MM-DD' })
const Token = z.object({ token: z.string().max(80) })
const At = z.iso.datetime({ offset: true }).describe('Beginning of a time that is offered')
/** One visit with several procedures takes several times in a row. */
const Slots = z.int().min(1).max(6).default(1)
const Name = z.string().trim().min(2, 'Ghi họ và tên.').max(120)
const Phone = z
  .string()
  .trim()
  .regex(/^0\d{9}$/, 'Số điện thoại có 10 chữ số, bắt đầu bằng 0.')
const Procedures = z.array(z.string().max(40)).max(10).default([])

export const APPOINTMENT_STATES = ['HELD', 'BOOKED', 'ARRIVED', 'CANCELLED', 'EXPIRED', 'MISSED'] as const

/** An appointment as its holder sees it. */
export const Appointment = z.object({
  token: z.string().describe('Opens the appointment’s own page; random'),
  centre: z.object({ id: Centre, name: z.string() }),
  serviceGroup: z.object({ id: z.uuid(), name: z.string(), nameEn: z.string() }),
  state: z.enum(APPOINTMENT_STATES),
  startsAt: Instant,
  endsAt: Instant,
  heldUntil: Instant.nullable().describe('The time is kept until then; give a name before'),
  name: z.string().nullable(),
  phone: z.string().nullable().describe('Its last three digits'),
  procedures: z.array(z.string()),
  slots: z.int().describe('How many times in a row it takes'),
  /** Whoever arrives within counts from the appointment; later as who came without one. */
  grace: z.object({ from: Instant, to: Instant }),
  ticket: z.string().nullable().describe('Token of the ticket once arrived'),
  may: z.object({ confirm: z.boolean(), move: z.boolean(), cancel: z.boolean(), arrive: z.boolean() }),
})
export type Appointment = z.output<typeof Appointment>

export const listSlots = defineOperation({
  id: 'queue.list-slots',
  method: 'GET',
  path: '/centres/:centre/service-groups/:group/slots',
  summary: 'Times that can be booked, day by day',
  access: 'public',
  input: z.object({
    centre: Centre,
    group: z.uuid(),
    from: Day.optional().describe('Today when left out'),
    days: z.coerce.number().int().min(1).max(31).default(14),
    slots: z.coerce.number().int().min(1).max(6).default(1).describe('Times in a row that the visit needs'),
  }),
  output: z.object({
    days: z.array(
      z.object({
        date: z.string(),
        times: z.array(z.object({ at: Instant, until: Instant, left: z.int() })),
      }),
    ),
    lastDay: z.string().describe('Nothing is offered later than that'),
  }),
  errors: ['queue.unknown-centre', 'queue.unknown-service-group'],
})

const TimeErrors = ['queue.no-such-time', 'queue.time-taken', 'queue.time-over'] as const

/** The time is kept for a few minutes while the visitor writes a name; then it is free again. */
export const holdSlot = defineOperation({
  id: 'queue.hold-slot',
  method: 'POST',
  path: '/centres/:centre/appointments',
  summary: 'Keep a time for a few minutes',
  access: 'public',
  input: z.object({ centre: Centre, group: z.uuid(), at: At, slots: Slots }),
  output: Appointment,
  status: 201,
  errors: ['queue.unknown-centre', 'queue.unknown-service-group', ...TimeErrors],
  idempotent: true,
})

export const confirmAppointment = defineOperation({
  id: 'queue.confirm-appointment',
  method: 'POST',
  path: '/appointments/:token/confirm',
  summary: 'Book the time that is kept',
  access: 'public',
  input: Token.extend({ name: Name, phone: Phone, procedures: Procedures }),
  output: Appointment,
  errors: ['queue.unknown-appointment', 'queue.hold-expired', 'queue.appointment-moved-on'],
})

export const getAppointment = defineOperation({
  id: 'queue.get-appointment',
  method: 'GET',
  path: '/appointments/:token',
  summary: 'My appointment',
  access: 'public',
  input: Token,
  output: Appointment,
  errors: ['queue.unknown-appointment'],
})

export const moveAppointment = defineOperation({
  id: 'queue.move-appointment',
  method: 'POST',
  path: '/appointments/:token/move',
  summary: 'Another time for my appointment; the first is free again',
  access: 'public',
  input: Token.extend({ at: At }),
  output: Appointment,
  errors: ['queue.unknown-appointment', 'queue.appointment-moved-on', 'queue.moved-too-often', ...TimeErrors],
})

export const cancelAppointment = defineOperation({
  id: 'queue.cancel-appointment',
  method: 'POST',
  path: '/appointments/:token/cancel',
  summary: 'I do not come',
  access: 'public',
  input: Token,
  output: Appointment,
  errors: ['queue.unknown-appointment', 'queue.appointment-moved-on'],
})

/** At the kiosk or by phone at the door; asked twice it gives the same number. */
export const arriveForAppointment = defineOperation({
  id: 'queue.arrive',
  method: 'POST',
  path: '/appointments/:token/arrive',
  summary: 'I am here for my appointment: a number',
  access: 'public',
  input: Token.extend({ channel: z.enum(['KIOSK', 'PHONE']).default('KIOSK') }),
  output: z.object({ token: z.string().describe('Opens the ticket’s own page'), number: Code }),
  errors: [
    'queue.unknown-appointment',
    'queue.appointment-moved-on',
    'queue.hold-expired',
    'queue.not-today',
  ],
})

/** Through an officer, from the share that is kept for them. */
export const bookForVisitor = defineOperation({
  id: 'queue.book-for-visitor',
  method: 'POST',
  path: '/centres/:centre/appointments/by-staff',
  summary: 'Book for a visitor who calls or stands here',
  access: 'staff',
  input: z.object({
    ...{ centre: Centre, group: z.uuid(), at: At, slots: Slots },
    ...{ name: Name, phone: Phone, procedures: Procedures },
  }),
  output: Appointment,
  status: 201,
  errors: ['queue.unknown-centre', 'queue.not-your-centre', 'queue.unknown-service-group', ...TimeErrors],
  idempotent: true,
})

export const listAppointments = defineOperation({
  id: 'queue.list-appointments',
  method: 'GET',
  path: '/centres/:centre/appointments',
  summary: 'Who is booked for a day',
  access: 'staff',
  input: z.object({ centre: Centre, day: Day.optional().describe('Today when left out') }),
  output: z.object({
    day: z.string(),
    items: z.array(Appointment.extend({ side: z.enum(['PUBLIC', 'STAFF']), madeBy: z.string().nullable() })),
  }),
  errors: ['queue.unknown-centre', 'queue.not-your-centre'],
})
