import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Centre, Code, Counter, Instant } from './shared.ts'

/** What may have been wrong, or well; the words are the screens'. Decree 118/2025 Article 33 names the contents. */
export const RATING_REASONS = [
  'LONG_WAIT',
  'UNCLEAR',
  'MANY_TRIPS',
  'ATTITUDE',
  'EXTRA_PAPERS',
  'EXTRA_COST',
  'PLACE',
] as const
export type RatingReason = (typeof RATING_REASONS)[number]

const Token = z.string().max(80).describe('Of a ticket, or of the tablet at a counter')

const RatingPlace = z.object({
  centre: z.object({ id: Centre, name: z.string() }),
  /** Whose tablet this is; null on a phone or kiosk. */
  tablet: z.object({ counter: z.int() }).nullable(),
  /** The visit that can be rated now. */
  visit: z
    .object({
      id: z.uuid(),
      number: Code,
      counter: z.int().nullable(),
      service: z.string(),
      serviceEn: z.string(),
      endedAt: Instant,
      /** Until when it can be rated here. */
      until: Instant,
    })
    .nullable(),
  /** Why there is none. */
  nothing: z.enum(['NOT_SERVED_YET', 'RATED', 'TOO_LATE']).nullable(),
})
/** What a rating page asks about: the last visit of a ticket, or who was just served at a tablet's counter. */
export type RatingPlace = z.output<typeof RatingPlace>

export const getVisitToRate = defineOperation({
  id: 'queue.get-visit-to-rate',
  method: 'GET',
  path: '/ratings/:token',
  summary: 'The visit that can be rated now',
  access: 'public',
  input: z.object({ token: Token }),
  output: RatingPlace,
  errors: ['queue.unknown-rating-place'],
})

/** Anonymous, once a visit. A low score without reasons is as good as one with them. */
export const rateVisit = defineOperation({
  id: 'queue.rate-visit',
  method: 'POST',
  path: '/ratings/:token',
  summary: 'Say how the visit was',
  access: 'public',
  input: z.object({
    token: Token,
    visit: z.uuid(),
    score: z.int().min(1).max(5).describe('5: very content, 1: not at all'),
    reasons: z.array(z.enum(RATING_REASONS)).max(RATING_REASONS.length).default([]),
    comment: z.string().trim().max(1_000).optional(),
    place: z.enum(['PHONE', 'KIOSK']).default('PHONE').describe('A tablet is known by its token'),
  }),
  output: z.object({ visit: z.uuid(), score: z.int() }),
  status: 201,
  errors: [
    'queue.unknown-rating-place',
    'queue.nothing-to-rate',
    'queue.rated-before',
    'queue.rating-too-late',
  ],
  idempotent: true,
})

export const unlinkRatingTablet = defineOperation({
  id: 'queue.unlink-rating-tablet',
  method: 'POST',
  path: '/counters/:counter/rating-tablet/unlink',
  summary: 'End the address of the rating tablet at a counter',
  access: 'staff',
  input: z.object({ counter: Counter }),
  output: z.object({ counter: Counter }),
  errors: ['queue.unknown-counter', 'queue.not-your-counter'],
})

/** Makes a new address each time, so that one that got into wrong hands is worth nothing any more. */
export const linkRatingTablet = defineOperation({
  id: 'queue.link-rating-tablet',
  method: 'POST',
  path: '/counters/:counter/rating-tablet',
  summary: 'The address for the rating tablet at a counter; the former one ends',
  access: 'staff',
  input: z.object({ counter: Counter }),
  output: z.object({ token: z.string(), path: z.string().describe('Opened on the tablet') }),
  errors: ['queue.unknown-counter', 'queue.not-your-counter'],
})
