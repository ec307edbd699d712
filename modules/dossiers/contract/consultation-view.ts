import { z } from 'zod'
import { ASK_STATES, OPINIONS, SILENCES } from '../rules/consultation.ts'
import { Instant, Pace } from './vocabulary.ts'

const Named = z.object({ id: z.string(), name: z.string() })
const Words = z.object({ vi: z.string(), en: z.string() })
const FileRef = z.object({ id: z.uuid(), name: z.string() })

/** What one agency was asked, and what it said. */
export const ConsultedAgency = z.object({
  unit: Named,
  state: z.enum(ASK_STATES),
  stateWords: Words,
  opinion: z.enum(OPINIONS).nullable(),
  opinionWords: Words.nullable(),
  answer: z.string().nullable(),
  file: FileRef.nullable(),
  answeredAt: Instant.nullable(),
  answeredBy: z.string().nullable(),
  /** When its silence was recorded. */
  silentAt: Instant.nullable(),
  /** Answered after the time. */
  late: z.boolean(),
  reminders: z.int(),
  remindedAt: Instant.nullable(),
  withdrawnReason: z.string().nullable(),
  mayAnswer: z.boolean(),
})
export type ConsultedAgency = z.infer<typeof ConsultedAgency>

/** One question to one or several agencies, with a clock of its own beside the dossier's. */
export const ConsultationView = z.object({
  id: z.uuid(),
  number: z.int(),
  from: Named,
  step: z.string(),
  question: z.string(),
  files: z.array(FileRef),
  askedAt: Instant,
  askedBy: z.string(),
  due: Instant,
  /** Of the time to answer; finished when nobody is waited for. */
  pace: Pace,
  paceWords: Words,
  silence: z.enum(SILENCES),
  /** What silence means, in words for both sides. */
  silenceWords: Words,
  silenceBasis: z.string().nullable(),
  /** The answer may come only after the day promised to the applicant. */
  beyondDue: z.boolean(),
  agencies: z.array(ConsultedAgency),
  /** The reader is of the asking side and somebody is still waited for: remind, or ask no longer. */
  mayFollow: z.boolean(),
})
export type ConsultationView = z.infer<typeof ConsultationView>
