import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Deadline } from './dossier.ts'
import { DossierCode, Instant, State, Status } from './vocabulary.ts'

/** What anybody may see with the code alone: how far it is, nothing else (Article 16(2)(d), Circular 01/2018). */
const Tracking = z.object({
  code: z.string(),
  /** Per cent of the path done. */
  completion: z.int().min(0).max(100),
  /** The rest needs the PIN of the slip, or the last four digits of the applicant's number or phone. */
  state: State.optional(),
  status: Status.optional(),
  /** Why it was refused after appraisal, as the head who signed put it (Article 19(3), Decree 118/2025). */
  refusal: z.object({ reason: z.string() }).nullable().optional(),
  procedure: z.object({ code: z.string(), name: z.string(), officialName: z.string() }).optional(),
  due: Instant.nullable().optional(),
  deadline: Deadline.optional(),
  receivedAt: Instant.optional(),
  receivingCentre: z.string().optional(),
  returning: z.string().optional(),
  /** The path as places, without officers' names: done, now, expected. */
  timeline: z
    .array(
      z.object({
        title: z.object({ vi: z.string(), en: z.string() }),
        place: z.string(),
        state: z.enum(['done', 'current', 'expected']),
        at: Instant.nullable(),
        /** Expected or latest moment of steps to come. */
        expected: Instant.nullable(),
        note: z.object({ vi: z.string(), en: z.string() }).nullable(),
      }),
    )
    .optional(),
  /** What the applicant does next, or that nothing is needed. */
  next: z
    .object({
      kind: z.enum(['nothing', 'supplement', 'pay', 'collect', 'refused', 'done', 'ended']),
      vi: z.string(),
      en: z.string(),
    })
    .optional(),
  /** Papers asked for, when waiting for the applicant. */
  requested: z.array(z.object({ what: z.string(), reason: z.string() })).optional(),
  until: Instant.nullable().optional(),
  /** Reason of a delay or of an extension, with the apology. */
  delay: z
    .object({
      reason: z.object({ vi: z.string(), en: z.string() }).nullable(),
      apology: z.object({ vi: z.string(), en: z.string() }),
    })
    .nullable()
    .optional(),
  phoneHint: z.string().nullable().optional(),
})
export type Tracking = z.infer<typeof Tracking>

const errors = ['dossiers.unknown', 'dossiers.wrong-pin', 'dossiers.tracking-locked'] as const

export const trackDossier = defineOperation({
  id: 'dossiers.track',
  method: 'GET',
  path: '/tracking/:code',
  summary: 'How far a dossier is; with the PIN of the slip also its path and date',
  access: 'public',
  input: z.object({ code: DossierCode, pin: z.string().trim().max(20).optional() }),
  output: Tracking,
  errors,
})

/** The same with the second factor in the body, so that digits of a person's number never stand in an address. */
export const openTracking = defineOperation({
  id: 'dossiers.open-tracking',
  method: 'POST',
  path: '/tracking/:code',
  summary:
    'Path and date of a dossier, with the PIN or the last four digits of the applicant’s number or phone',
  access: 'public',
  input: z.object({ code: DossierCode, pin: z.string().trim().min(4).max(20) }),
  output: Tracking,
  errors,
})
