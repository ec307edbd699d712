import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { Deadline, FeeLine } from './dossier.ts'
import { IntakeGroup } from './group-view.ts'
import {
  Channel,
  HandedIn,
  Instant,
  Party,
  Reason,
  Representative,
  ResultReturn,
  State,
} from './vocabulary.ts'

export const Intake = z.object({
  /** National code of the procedure, e.g. 1.013833. */
  procedure: z.string().trim().min(1).max(40),
  /** Case of the procedure; may be left out when it has only one. */
  case: z.string().trim().max(60).optional(),
  receivingCentre: z.string().trim().min(1).max(80),
  channel: Channel.default('direct'),
  owner: Party,
  /** Who hands it in, when it is not the owner. */
  submitter: Party.optional(),
  representative: Representative.optional(),
  components: z.array(HandedIn).max(300).default([]),
  resultReturn: ResultReturn.prefault({}),
  /** How many sets of the dossier are handed in. */
  sets: z.int().min(1).max(20).default(1),
  note: z.string().trim().max(2_000).optional(),
  /** Exact agency when several could resolve it, e.g. the commune of the land; else found by level and place. */
  resolvingUnit: z.string().trim().max(120).optional(),
})
export type Intake = z.output<typeof Intake>
export type IntakeRequest = z.input<typeof Intake>

export const INTAKE_ERRORS = [
  'catalogue.unknown-procedure',
  'catalogue.not-in-force',
  'dossiers.unknown-case',
  'dossiers.case-required',
  'dossiers.unknown-centre',
  'dossiers.not-at-this-centre',
  'dossiers.channel-not-offered',
  'dossiers.unknown-component',
  'dossiers.missing-components',
  'dossiers.invalid-personal-id',
  'dossiers.invalid-tax-code',
  'dossiers.invalid-phone',
  'dossiers.date-in-future',
  'dossiers.personal-id-mismatch',
  'dossiers.authorisation-expired',
  'dossiers.authorisation-not-yet',
  'dossiers.authorisation-not-for-submitting',
  'dossiers.authorisation-other-procedure',
  'dossiers.authorisation-ended',
  'dossiers.unknown-file',
  'dossiers.unknown-unit',
  'dossiers.no-resolving-unit',
] as const

export const Accepted = z.object({
  code: z.string(),
  /** Look-up PIN printed on the slip. */
  pin: z.string(),
  due: Instant.nullable(),
  state: State,
  version: z.int(),
  /** Steps that wait now, for whoever goes on without asking. */
  tasks: z.array(z.uuid()),
})

/** T2: a complete dossier becomes ACCEPTED, with its code, due date, first task and event in one transaction. */
export const createDossier = defineOperation({
  id: 'dossiers.create',
  method: 'POST',
  path: '/dossiers',
  summary: 'Receive a complete dossier',
  access: 'staff',
  input: Intake,
  output: Accepted,
  status: 201,
  errors: INTAKE_ERRORS,
  idempotent: true,
})

/**
 * T1: what came by post or net is recorded as it came, complete or not, with its code and without a clock; it waits to be
 * checked within eight working hours (Article 17(2)(c), Decree 118/2025). Reception records it, or the post's own officer.
 */
export const submitDossier = defineOperation({
  id: 'dossiers.submit',
  method: 'POST',
  path: '/dossiers/submitted',
  summary: 'Record a dossier that arrived by post or online, to be checked',
  access: 'staff',
  input: Intake.extend({
    /** A person at the counter is answered at once, so nothing is put aside there. */
    channel: z.enum(['online', 'postal']),
  }),
  output: Accepted,
  status: 201,
  errors: INTAKE_ERRORS.filter((code) => code !== 'dossiers.missing-components'),
  idempotent: true,
})

/** T4 at the counter: missing papers are named once, completely, with reasons and legal basis (form 02). */
export const requestIntakeSupplement = defineOperation({
  id: 'dossiers.request-intake-supplement',
  method: 'POST',
  path: '/dossiers/incomplete',
  summary: 'Record an incomplete dossier and ask for what is missing, once',
  access: 'staff',
  input: Intake.extend({
    items: z
      .array(z.object({ component: z.string().max(80).optional(), what: Reason, reason: Reason }))
      .min(1, 'Nêu ít nhất một giấy tờ hoặc nội dung cần bổ sung.')
      .max(100),
    legalBasis: z.string().trim().max(500).optional(),
  }),
  output: Accepted,
  status: 201,
  errors: INTAKE_ERRORS,
  idempotent: true,
})

/** T5 at the counter: refused at reception with a reason (form 03); a wrong address names the right authority. */
export const refuseIntake = defineOperation({
  id: 'dossiers.refuse-intake',
  method: 'POST',
  path: '/dossiers/refused',
  summary: 'Refuse to receive a dossier, with the reason',
  access: 'staff',
  input: Intake.extend({
    reasonCode: z.enum(['WRONG_AUTHORITY', 'NOT_ELIGIBLE', 'FORGED_PAPERS', 'OTHER']),
    reason: Reason,
    rightAuthority: z.string().trim().max(300).optional(),
  }),
  output: Accepted,
  status: 201,
  errors: [...INTAKE_ERRORS, 'dossiers.right-authority-required'],
  idempotent: true,
})

/** What the intake screen shows while typing: the date with its reasons, fees, the agency, and what is still missing. */
export const previewIntake = defineOperation({
  id: 'dossiers.preview-intake',
  method: 'POST',
  path: '/dossiers/preview',
  summary: 'Due date, fees, resolving agency and missing papers of an intake, without saving',
  access: 'staff',
  input: Intake.partial().extend({
    procedure: Intake.shape.procedure,
    receivingCentre: Intake.shape.receivingCentre,
  }),
  output: z.object({
    deadline: Deadline,
    fees: z.object({ lines: z.array(FeeLine), total: z.int().nullable() }),
    resolvingUnit: z.object({ id: z.string(), name: z.string() }).nullable(),
    nonTerritorial: z.boolean(),
    group: IntakeGroup.nullable().describe('null: not a group of procedures'),
    missing: z.array(z.object({ component: z.string(), name: z.string() })),
    problems: z.array(z.object({ path: z.string(), code: z.string(), vi: z.string(), en: z.string() })),
  }),
  errors: INTAKE_ERRORS,
})

const DraftId = z.uuid()
/** A draft is the screen's own state, kept for its author alone; only its size is bounded. */
const DraftContent = z.record(z.string(), z.unknown())

export const saveDraft = defineOperation({
  id: 'dossiers.save-draft',
  method: 'PUT',
  path: '/intake-drafts/:id',
  summary: 'Keep what was typed at intake',
  access: 'staff',
  input: z.object({ id: DraftId, content: DraftContent }),
  output: z.object({ id: DraftId, savedAt: Instant }),
  errors: ['dossiers.draft-too-large'],
})

export const listDrafts = defineOperation({
  id: 'dossiers.list-drafts',
  method: 'GET',
  path: '/intake-drafts',
  summary: 'My unfinished intakes',
  access: 'staff',
  input: z.object({}),
  output: z.object({ items: z.array(z.object({ id: DraftId, savedAt: Instant, content: DraftContent })) }),
  errors: [],
})

export const discardDraft = defineOperation({
  id: 'dossiers.discard-draft',
  method: 'DELETE',
  path: '/intake-drafts/:id',
  summary: 'Throw an unfinished intake away',
  access: 'staff',
  input: z.object({ id: DraftId }),
  output: z.object({}),
  status: 204,
  errors: [],
})
