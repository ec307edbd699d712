import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Day, DossierCode } from './vocabulary.ts'

/**
 * Papers of one dossier. The national forms 01–06 (Circular 03/2025/TT-VPCP), and what centres print beside them; `form-06` and
 * `progress` are drawn from the history as it stands, the others are issued once, when what they certify happens.
 */
export const PAPER_FORMS = [
  'form-01',
  'form-02',
  'form-03',
  'form-04',
  'form-05',
  'form-06',
  'handover',
  'payment-notice',
  'return-minutes',
  'result-error',
  'lost-papers',
  'transfer-slip',
  'progress',
] as const
export const PaperForm = z.enum(PAPER_FORMS)
export type PaperForm = z.infer<typeof PaperForm>

/** A paper that can be printed now. */
export const PaperEntry = z.object({
  form: PaperForm,
  title: z.string(),
  /** The first, second … of its form for this dossier: a receipt after a supplement is "lần 2". */
  edition: z.int().min(1),
  /** When what it certifies happened; null for what is drawn anew at each print. */
  issuedAt: z.string().nullable(),
})
export type PaperEntry = z.infer<typeof PaperEntry>

/** The last paper of the form unless an edition is named. What is printed after the original has left is marked as a copy. */
export const getPaper = defineOperation({
  id: 'dossiers.get-paper',
  method: 'GET',
  path: '/dossiers/:code/papers/:form',
  summary: 'A printed form of the dossier as PDF',
  access: 'staff',
  input: z.object({
    code: DossierCode,
    form: PaperForm,
    edition: z.coerce.number().int().min(1).max(99).optional(),
  }),
  output: z.unknown(),
  produces: 'application/pdf',
  errors: ['dossiers.unknown', 'dossiers.paper-not-issued'],
})

export const getRegister = defineOperation({
  id: 'dossiers.get-register',
  method: 'GET',
  path: '/centres/:centre/register',
  summary: 'Register of dossiers of a centre and period (form 07) as PDF',
  access: 'staff',
  input: z.object({ centre: z.string().max(80), from: Day, to: Day }),
  output: z.unknown(),
  produces: 'application/pdf',
  errors: ['dossiers.unknown-centre', 'dossiers.period-too-long'],
})

const Share = z.object({ accepted: z.int(), appraised: z.int(), approved: z.int(), sealed: z.int() })

/** Codes separated by commas: the address is what the browser opens. */
const Codes = z
  .string()
  .max(8_000)
  .transform((text) => [...new Set(text.split(',').map((one) => one.trim().toUpperCase()))])
  .pipe(z.array(DossierCode).min(1).max(200))

/**
 * One person handed in many dossiers at once: one receipt with the list, its bar codes and appointments. All were accepted at
 * one centre; the same list again gets the same number.
 */
export const getBatchReceipt = defineOperation({
  id: 'dossiers.get-batch-receipt',
  method: 'GET',
  path: '/papers/batch-receipt',
  summary: 'Receipt of many dossiers handed in together, as PDF',
  access: 'staff',
  input: z.object({ codes: Codes }),
  output: z.unknown(),
  produces: 'application/pdf',
  errors: ['dossiers.unknown', 'dossiers.paper-not-issued', 'dossiers.not-one-batch'],
})

export const getOverdueReport = defineOperation({
  id: 'dossiers.get-overdue-report',
  method: 'GET',
  path: '/papers/overdue-report',
  summary: 'Dossiers of a unit and what is under it that are past their day, as PDF',
  access: 'staff',
  input: z.object({ unit: z.string().max(80) }),
  output: z.unknown(),
  produces: 'application/pdf',
  errors: ['dossiers.unknown-unit'],
})

export const getUnclaimedResults = defineOperation({
  id: 'dossiers.get-unclaimed-results',
  method: 'GET',
  path: '/papers/unclaimed-results',
  summary: 'Results at a centre that nobody has fetched yet, as PDF',
  access: 'staff',
  input: z.object({ centre: z.string().max(80) }),
  output: z.unknown(),
  produces: 'application/pdf',
  errors: ['dossiers.unknown-centre'],
})

/** Beyond the law's forms: which results carry an agency's second seal kept at a centre (Decree 118/2025, Article 14). */
export const getSealRegister = defineOperation({
  id: 'dossiers.get-seal-register',
  method: 'GET',
  path: '/papers/seal-register',
  summary: 'Uses of a second seal in a period of at most a year, as PDF',
  access: 'staff',
  input: z.object({ seal: z.uuid(), from: Day, to: Day }),
  output: z.unknown(),
  produces: 'application/pdf',
  errors: ['dossiers.unknown-seal', 'dossiers.period-too-long'],
})

export const BOOKS = ['register', 'overdue', 'unclaimed', 'seal'] as const

/** Screens offer what this tells and nothing else. */
export const listBooks = defineOperation({
  id: 'dossiers.list-books',
  method: 'GET',
  path: '/books',
  summary: 'Books and lists that this person may print, and of which places or seals',
  access: 'staff',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        book: z
          .enum(BOOKS)
          .describe('register: form 07; overdue and unclaimed: as of now; seal: uses of a second seal'),
        places: z.array(
          z.object({
            id: z.string().describe('Of a centre, a unit or a seal'),
            name: z.string(),
          }),
        ),
      }),
    ),
  }),
  errors: [],
})

/** "5 tại chỗ": how much of what a centre accepted is done on its spot (Circular 01/2018, Article 6). */
export const getOnSiteShare = defineOperation({
  id: 'dossiers.get-on-site-share',
  method: 'GET',
  path: '/centres/:centre/on-site-share',
  summary:
    'Share of dossiers and procedures appraised, approved and sealed at the centre, by day of acceptance',
  access: 'staff',
  input: z.object({ centre: z.string().max(80), from: Day, to: Day }),
  output: z.object({
    dossiers: Share,
    procedures: Share.describe('Procedures of which at least one dossier was accepted'),
  }),
  errors: ['dossiers.unknown-centre', 'dossiers.period-too-long'],
})

/** What to bring, where, how long it takes and what it costs; before there is a dossier. */
export const getGuidance = defineOperation({
  id: 'dossiers.get-guidance',
  method: 'GET',
  path: '/papers/guidance',
  summary: 'Guidance sheet of a procedure at a centre, as PDF',
  access: 'staff',
  input: z.object({
    procedure: z.string().trim().min(1).max(40),
    case: z.string().trim().max(60).optional(),
    centre: z.string().max(80),
  }),
  output: z.unknown(),
  produces: 'application/pdf',
  errors: [
    'dossiers.unknown-centre',
    'dossiers.unknown-case',
    'catalogue.unknown-procedure',
    'catalogue.not-in-force',
  ],
})
