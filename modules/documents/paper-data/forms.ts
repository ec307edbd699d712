import { z } from 'zod'
import {
  BookEntry,
  base,
  Component,
  Count,
  Duration,
  dossierBase,
  Fee,
  Instant,
  LegalDay,
  Line,
  Prose,
  ResultReturn,
  Signer,
  Tracking,
} from './parts.ts'

/** From 2 on when the paper is issued again, e.g. the receipt after a supplement ("lần 2"). */
const Edition = z.number().int().min(1).max(99).default(1)

/** Form 01: receipt and appointment. Two copies are two papers of one print. */
export const Form01Data = z.object({
  ...dossierBase,
  desk: Line.describe('The receiving desk (bộ phận tiếp nhận và trả kết quả)'),
  copies: z
    .array(z.enum(['archive', 'applicant', 'electronic']))
    .min(1)
    .max(2)
    .default(['archive', 'applicant'])
    .describe('`electronic`: the one copy of a dossier that came online'),
  edition: Edition,
  components: z.array(Component).max(200),
  sets: z.number().int().positive().max(99).default(1),
  duration: Duration,
  receivedAt: Instant,
  due: z
    .object({
      at: Instant,
      provisional: z.boolean().default(false),
      explanation: Prose.nullable().default(null).describe('One sentence: why that day'),
    })
    .nullable()
    .default(null),
  secondPhase: z.object({ receiveAt: Instant, returnAt: Instant }).nullable().default(null),
  fees: z
    .array(Fee)
    .max(50)
    .nullable()
    .default(null)
    .describe('null: not yet known; empty: nothing is charged'),
  resultReturn: ResultReturn,
  officer: Line,
  tracking: Tracking,
  book: BookEntry.nullable().default(null),
  note: Prose.nullable().default(null),
})

/** Form 02: request to supplement, once and complete (NĐ 118/2025 Đ19(5)). */
export const Form02Data = z.object({
  ...dossierBase,
  number: Line,
  edition: Edition,
  stage: z.enum(['reception', 'appraisal']).default('appraisal').describe('Before acceptance, or after it'),
  requirements: z
    .array(z.object({ text: Prose, quantity: Line.nullable().default(null) }))
    .min(1)
    .max(100),
  reason: Prose,
  legalBasis: Prose.nullable().default(null),
  deadline: LegalDay.nullable().default(null),
  contact: z.object({ name: Line, phone: Line }),
  officer: Line,
  tracking: Tracking,
})

/** Form 03: refusal to receive, with the right authority when the applicant came to the wrong one. */
export const Form03Data = z.object({
  ...dossierBase,
  dossierCode: Line.nullable().default(null).describe('null when nothing was registered'),
  number: Line,
  submittedAt: Instant.nullable().default(null).describe('Online submissions'),
  papersSubmitted: Count.nullable().default(null),
  reason: Prose,
  legalBasis: Prose.nullable().default(null),
  rightAuthority: Prose.nullable().default(null),
  officer: Line,
})

/** Form 04: apology and the one new appointment (NĐ 118/2025 Đ19(6)). */
export const Form04Data = z.object({
  ...dossierBase,
  number: Line,
  receivedAt: Instant,
  promisedAt: Instant,
  reason: Prose,
  newDueAt: Instant,
  recipients: z.array(Line).max(20).default([]),
  signer: Signer,
})

/** Form 05: processing stops (NĐ 118/2025 Đ19(5), Đ21). */
export const Form05Data = z.object({
  ...dossierBase,
  number: Line,
  receivedAt: Instant,
  ground: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('applicant-request'), day: LegalDay }),
    z.object({ kind: z.literal('not-completed'), noticeNumber: Line, noticeDay: LegalDay }),
    z.object({ kind: z.literal('other'), text: Prose }),
  ]),
  stoppedFrom: LegalDay,
  papersReturned: z.array(Prose).max(100).default([]),
  feeHandling: Prose.nullable().default(null),
  recipients: z.array(Line).max(20).default([]),
  signer: Signer,
})

/** Form 06: control sheet, one row per hand-over. */
export const Form06Data = z.object({
  ...dossierBase,
  book: BookEntry.nullable().default(null),
  receivedAt: Instant,
  dueAt: Instant.nullable().default(null),
  responsible: Line,
  coordinating: z.array(Line).max(20).default([]),
  handovers: z
    .array(
      z.object({
        from: Line,
        to: Line,
        at: Instant.nullable().default(null),
        giver: Line.nullable().default(null),
        receiver: Line.nullable().default(null),
        outcome: z.enum(['early', 'on-time', 'late']).nullable().default(null),
        note: Prose.nullable().default(null),
        electronic: z.boolean().default(false),
      }),
    )
    .max(500),
})

/** Form 07: the year's register of one field. */
export const Form07Data = z.object({
  ...base,
  field: Line,
  volume: z.number().int().positive(),
  year: z.number().int().min(2000).max(2200),
  rows: z
    .array(
      z.object({
        number: z.number().int().positive(),
        dossierCode: Line,
        procedure: z.string().trim().min(1).max(4_000),
        sets: z.number().int().positive(),
        applicant: Line,
        contact: Prose.nullable().default(null),
        responsible: Line,
        receivedOn: LegalDay,
        dueOn: LegalDay.nullable().default(null),
        returnedOn: LegalDay.nullable().default(null),
        way: ResultReturn.shape.way,
        note: Prose.nullable().default(null),
      }),
    )
    .max(5_000),
})
