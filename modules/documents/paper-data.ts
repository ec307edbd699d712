import { z } from 'zod'

/** RFC 3339 with offset; printed in Vietnam's time. */
const Instant = z.iso.datetime({ offset: true }).describe('RFC 3339 instant with offset')
/** `YYYY-MM-DD`. */
const LegalDay = z.iso.date()
const Line = z.string().trim().min(1).max(300)
const Prose = z.string().trim().min(1).max(4_000)
const Dong = z.number().int().nonnegative().max(1e13).describe('đồng')

/** Head block of Nghị định 30/2020/NĐ-CP: superior body, own name, place of issue. */
const Letterhead = z.object({ superior: Line, agency: Line, place: Line })

/** Book and running number of the dossier register (form 07). */
const BookEntry = z.object({ volume: z.number().int().positive(), number: z.number().int().positive() })

const Identity = z.object({
  kind: z.enum(['personal-id', 'old-id', 'passport', 'tax-code', 'registration-number']),
  number: Line,
})

const Applicant = z.object({
  kind: z.enum(['person', 'organisation']),
  name: Line.describe('Owner of the dossier'),
  representative: Line.nullable().default(null).describe('Who hands the dossier in, when not the owner'),
  identity: Identity.nullable().default(null),
  address: Prose.nullable().default(null),
  phone: Line.nullable().default(null),
  email: Line.nullable().default(null),
})

const Procedure = z.object({ code: Line, name: z.string().trim().min(1).max(4_000) })

const count = z.number().int().nonnegative().max(9_999)
const Component = z.object({
  name: Prose,
  originals: count.default(0),
  certified: count.default(0),
  copies: count.default(0),
  electronic: z.boolean().default(false),
})

const Duration = z.object({
  amount: z.number().nonnegative().max(9_999).nullable(),
  unit: z.enum([
    'WORKING_DAY',
    'CALENDAR_DAY',
    'WORKING_HOUR',
    'HOUR',
    'MINUTE',
    'MONTH',
    'YEAR',
    'SAME_DAY',
    'IMMEDIATE',
    'NONE',
  ]),
})

const Fee = z.object({ name: Line, amount: Dong, paid: z.boolean().default(false) })

const ResultReturn = z.object({
  way: z.enum(['counter', 'post', 'online', 'other-centre']),
  place: Prose.nullable().default(null).describe('Counter and centre, or postal address'),
})

/** What everybody needs to follow the dossier; the QR carries `url`. */
const Tracking = z.object({
  url: z.url().max(300),
  pin: z
    .string()
    .regex(/^\d{4,8}$/)
    .nullable()
    .default(null),
  hotline: Line.nullable().default(null),
})

const base = {
  letterhead: Letterhead,
  issuedAt: Instant,
  sample: z.boolean().default(false).describe('Prints MẪU on each page (TT 01/2018 Đ5(2))'),
}
const dossierBase = { ...base, dossierCode: Line, applicant: Applicant, procedure: Procedure }
const signer = z.object({ title: Line, name: Line })

/** Form 01: receipt and appointment. Two copies are two papers of one print. */
export const Form01Data = z.object({
  ...dossierBase,
  desk: Line.describe('The receiving desk (bộ phận tiếp nhận và trả kết quả)'),
  copies: z
    .array(z.enum(['archive', 'applicant']))
    .min(1)
    .max(2)
    .default(['archive', 'applicant']),
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
  papersSubmitted: count.nullable().default(null),
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
  signer,
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
  signer,
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

/** Giấy biên nhận trả kết quả: who took which results, and when. */
export const ResultReceiptData = z.object({
  ...dossierBase,
  returnedAt: Instant,
  results: z
    .array(
      z.object({
        name: Prose,
        number: Line.nullable().default(null),
        day: LegalDay.nullable().default(null),
        originals: count.default(1),
      }),
    )
    .min(1)
    .max(100),
  returnedPapers: z.array(Prose).max(100).default([]),
  receiver: z.object({
    name: Line,
    identity: Identity.nullable().default(null),
    authorised: z.boolean().default(false),
  }),
  officer: Line,
  tracking: Tracking,
})

/** Merge data of each paper, raw: instants, days, numbers and lists. `rules.ts` turns them into print. */
export const paperData = {
  'form-01': Form01Data,
  'form-02': Form02Data,
  'form-03': Form03Data,
  'form-04': Form04Data,
  'form-05': Form05Data,
  'form-06': Form06Data,
  'form-07': Form07Data,
  'result-receipt': ResultReceiptData,
} as const

export const PaperKind = z.enum([
  'form-01',
  'form-02',
  'form-03',
  'form-04',
  'form-05',
  'form-06',
  'form-07',
  'result-receipt',
])
export type PaperKind = z.output<typeof PaperKind>
/** After validation and defaults. */
export type PaperData<K extends PaperKind = PaperKind> = z.output<(typeof paperData)[K]>
/** What a caller gives. */
export type PaperInput<K extends PaperKind = PaperKind> = z.input<(typeof paperData)[K]>
