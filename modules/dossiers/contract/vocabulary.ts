import { z } from 'zod'
import { SCOPE } from '../rules/authorisation.ts'

/** The life of a dossier; meanings and clocks in `rules/state-chart.ts`. */
export const STATES = [
  'SUBMITTED',
  'INTAKE_SUPPLEMENT',
  'NOT_ACCEPTED',
  'ACCEPTED',
  'PROCESSING',
  'SUPPLEMENT',
  'AWAITING_PAYMENT',
  'WITHDRAWN',
  'CLOSED_NO_SUPPLEMENT',
  'STOPPED',
  'COMPLETED',
  'RETURNED',
  'RESULT_ERROR',
] as const
export type State = (typeof STATES)[number]
export const State = z.enum(STATES)

export const OUTCOMES = ['GRANTED', 'REFUSED'] as const
export const Outcome = z.enum(OUTCOMES)
export type Outcome = z.infer<typeof Outcome>

/** What a reader is told of a dossier: its state, or that the result is a refusal. */
export const STATUSES = [...STATES, 'REFUSED'] as const
export const Status = z.enum(STATUSES)
export type Status = z.infer<typeof Status>

/** Against the promised moment: finished early, in time or late; running on track, due within 24 working-clock hours, or past. */
export const PACES = [
  'EARLY',
  'ON_TIME',
  'LATE',
  'ON_TRACK',
  'DUE_SOON',
  'OVERDUE',
  'PAUSED',
  'NO_LIMIT',
] as const
export const Pace = z.enum(PACES)
export type Pace = z.infer<typeof Pace>

/** What an officer may do with a whole dossier; steps of the process are done through its tasks. */
export const ACTIONS = [
  'accept',
  'request-intake-supplement',
  'resubmit',
  'complete-intake',
  'refuse-intake',
  'reopen',
  'request-supplement',
  'request-late-supplement',
  'receive-supplement',
  'close-unsupplemented',
  'request-payment',
  'confirm-payment',
  'withdraw',
  'stop',
  'extend',
  'adjust',
  'report-lost-papers',
  'settle-lost-papers',
  'return',
  'report-result-error',
  'correct-result',
] as const
export const Action = z.enum(ACTIONS)
export type Action = z.infer<typeof Action>

const aliases = (table: Record<string, string>) => (value: unknown) => {
  if (typeof value !== 'string') return value
  const lower = value.trim().toLowerCase().replaceAll('_', '-')
  return table[lower] ?? lower
}

/** How the dossier reached the centre. */
export const Channel = z.preprocess(
  aliases({ counter: 'direct', 'at-counter': 'direct', post: 'postal' }),
  z.enum(['direct', 'online', 'postal']),
)
export type Channel = z.output<typeof Channel>

/** How the result goes back; `counter` = at the returning centre. */
export const ReturnWay = z.preprocess(
  aliases({
    direct: 'counter',
    'at-counter': 'counter',
    'at-submission-place': 'counter',
    post: 'postal',
    'at-home': 'postal',
    online: 'electronic',
  }),
  z.enum(['counter', 'postal', 'electronic']),
)
export type ReturnWay = z.output<typeof ReturnWay>

export const PartyKind = z.preprocess(
  aliases({
    citizen: 'person',
    individual: 'person',
    organization: 'organisation',
    enterprise: 'organisation',
    business: 'organisation',
  }),
  z.enum(['person', 'organisation']),
)

export const DossierCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{3}(\.[A-Z0-9]+)*-\d{6}-\d{4,}$/, 'Mã hồ sơ có dạng H49-260421-0007.')
  .describe(
    'Dossier code: identifier of the resolving agency, day, running number (Article 28, Decree 118/2025).',
  )
export type DossierCode = z.infer<typeof DossierCode>

const text = (max: number) => z.string().trim().max(max)
/** Reasons and opinions: said to a person, so never empty. */
export const Reason = text(4_000).min(3, 'Ghi rõ lý do, ít nhất 3 ký tự.')

/** An instant as it leaves the API: RFC 3339 with Vietnam's offset. */
export const Instant = z.string().describe('RFC 3339 with offset')
/** A legal day, `YYYY-MM-DD`. */
export const Day = z.iso.date('Ngày có dạng năm-tháng-ngày, ví dụ 2026-04-21.')

/** Whose dossier it is, who hands it in, or who represents them. */
export const Party = z.object({
  kind: PartyKind.default('person'),
  name: text(200).min(2, 'Ghi họ tên hoặc tên tổ chức.'),
  /** Personal identification number, 12 digits; of an organisation its tax code, 10 or 13 digits. */
  personalId: text(30)
    .transform((value) => value.replace(/[\s.]/g, ''))
    .optional(),
  birthDate: Day.optional(),
  gender: z.enum(['male', 'female', 'other']).optional(),
  phone: text(30)
    .transform((value) => value.replace(/[\s.]/g, ''))
    .optional(),
  email: z.email('Thư điện tử có dạng ten@noi.vn.').max(200).optional(),
  address: text(300).optional(),
  /** GSO code of the commune, for procedures that go to the applicant's commune. */
  commune: text(10).optional(),
})
export type Party = z.output<typeof Party>

/** Who acts for the owner, and on what paper (Article 6(2)(c), Decree 118/2025). */
export const Representative = Party.extend({
  paper: z.enum(['authorisation', 'introduction', 'family', 'law']).describe('Kind of the authorising paper'),
  paperNumber: text(100).optional(),
  paperDate: Day.optional().describe('When the paper was made'),
  /** What it is for; left out, for everything of the matter. */
  scope: z.array(z.enum(SCOPE)).min(1, 'Chọn ít nhất một việc được ủy quyền.').max(4).optional(),
  /** Codes of procedures; left out, for whatever the owner asks for. */
  procedures: z.array(text(40).min(3)).max(50).optional(),
  validFrom: Day.optional(),
  validUntil: Day.optional(),
})
export type Representative = z.output<typeof Representative>

/** A paper of the case as it lies on the desk. */
export const HandedIn = z.object({
  component: text(80).min(1),
  originals: z.int().min(0).max(99).default(0),
  copies: z.int().min(0).max(99).default(0),
  certifiedCopies: z.int().min(0).max(99).default(0),
  /** Not asked from the applicant: in a database or the citizen's store already, or the condition does not apply. */
  status: z.enum(['present', 'in-database', 'not-applicable', 'missing']).default('present'),
  reason: text(1_000).optional(),
  /** Files uploaded before (`POST /api/files`). */
  files: z.array(z.uuid()).max(50).default([]),
})
export type HandedIn = z.output<typeof HandedIn>

export const ResultReturn = z.object({
  way: ReturnWay.default('counter'),
  /** Centre of return when it is not the receiving one. */
  centre: text(80).optional(),
  address: text(300).optional(),
})

/** The result of the whole procedure, as entered in the agency's register. */
export const ResultDocument = z.object({
  /** Number in the register of results; taken from the register when left out. */
  number: text(60).min(1).optional(),
  /** Day of the document; today when left out, never in the future. */
  date: Day.optional(),
  summary: text(500).optional(),
  file: z.uuid().optional(),
})

/** What the applicant asks to be changed in a dossier under way (Article 21, Decree 118/2025); what is left out stays. */
export const Adjustment = z.object({
  phone: text(30)
    .transform((value) => value.replace(/[\s.]/g, ''))
    .optional(),
  email: z.email('Thư điện tử có dạng ten@noi.vn.').max(200).optional(),
  address: text(300).optional(),
  note: text(2_000).optional(),
  returnWay: ReturnWay.optional(),
  returnAddress: text(300).optional(),
})
export type Adjustment = z.output<typeof Adjustment>

/** A paper that the administration lost: what it was, who makes it again, and how. */
export const LostPaper = z.object({
  component: text(80).optional(),
  what: Reason,
  remadeBy: text(200).min(2, 'Ghi ai làm lại giấy này.'),
  how: text(1_000).optional(),
})
export type LostPaper = z.output<typeof LostPaper>

/** Papers handed back to the applicant when a dossier ends without a result. */
export const HandedBack = z.object({
  component: text(80).optional(),
  what: Reason,
  originals: z.int().min(0).max(99).default(1),
})
export type HandedBack = z.output<typeof HandedBack>
