import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Centre, Crowd, Instant } from './shared.ts'

/** Every hall of the province at a glance, so that somebody who may go anywhere goes where it is empty. */
export const listHalls = defineOperation({
  id: 'queue.list-halls',
  method: 'GET',
  path: '/halls',
  summary: 'How many wait in each hall now',
  access: 'public',
  input: z.object({}),
  output: z.object({
    at: Instant,
    items: z.array(
      z.object({
        centre: Centre,
        name: z.string(),
        waiting: z.int(),
        openCounters: z.int(),
        crowd: Crowd,
        open: z.boolean(),
        closesAt: Instant.nullable(),
        opensAt: Instant,
      }),
    ),
  }),
  errors: [],
})

const Measured = z.object({
  tickets: z.int().describe('Called visitors who had been promised a range'),
  within: z.int().describe('Of them, called within it'),
  sooner: z.int(),
  later: z.int(),
  tooEarly: z.int().describe('Called before the moment they were told to be back'),
  promised: z.number().nullable().describe('Median of what was promised, minutes'),
  waited: z.number().nullable().describe('Median of what it was'),
  ninety: z.number().nullable().describe('Nine in ten waited at most so long'),
})
/** Promises held against what came of them. */
export type Measured = z.output<typeof Measured>

/** We said, and it was: by service and by hour, so that anybody can judge the next promise. Nothing under thirty tickets. */
export const measurePromises = defineOperation({
  id: 'queue.measure-promises',
  method: 'GET',
  path: '/centres/:centre/promises',
  summary: 'Waiting times promised against those that happened',
  access: 'public',
  input: z.object({ centre: Centre, days: z.coerce.number().int().min(1).max(60).default(30) }),
  output: z.object({
    centre: z.object({ id: Centre, name: z.string() }),
    from: z.string(),
    to: z.string(),
    whole: Measured,
    services: z.array(Measured.extend({ name: z.string(), nameEn: z.string(), prefix: z.string() })),
    hours: z.array(z.object({ hour: z.int(), tickets: z.int(), waited: z.number(), ninety: z.number() })),
  }),
  errors: ['queue.unknown-centre'],
})
