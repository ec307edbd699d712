import { z } from 'zod'
import { taskHoldErrors, taskMoveErrors } from '#modules/workflow/contract.ts'
import { defineOperation } from '#platform/operation.ts'
import { DossierSummary, DossierView, Escalation, StepPart, TaskAbility } from './dossier.ts'
import {
  Action,
  Adjustment,
  Day,
  DossierCode,
  HandedBack,
  HandedIn,
  Instant,
  LostPaper,
  Outcome,
  Pace,
  Reason,
  ResultDocument,
  ReturnWay,
  State,
  Status,
} from './vocabulary.ts'

const Page = {
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}
/** "10,000+" beyond the cap, so that no list counts a whole table. */
const Count = z.object({ value: z.int(), capped: z.boolean() })

export const listDossiers = defineOperation({
  id: 'dossiers.list',
  method: 'GET',
  path: '/dossiers',
  summary:
    'Dossiers that I may see, newest first; searched by code, name, card number, phone, without accents',
  access: 'staff',
  input: z.object({
    q: z.string().trim().max(200).optional(),
    state: State.optional(),
    centre: z.string().max(80).optional(),
    procedure: z.string().max(40).optional(),
    pace: z
      .enum(['DUE_SOON', 'OVERDUE', 'UNEXPLAINED'])
      .optional()
      .describe('UNEXPLAINED: late, running or finished, and nobody has said why'),
    ...Page,
  }),
  output: z.object({ items: z.array(DossierSummary), next: z.string().nullable(), total: Count }),
  errors: [],
})

export const getDossier = defineOperation({
  id: 'dossiers.get',
  method: 'GET',
  path: '/dossiers/:code',
  summary: 'One dossier, with what this person may do now',
  access: 'staff',
  input: z.object({ code: DossierCode }),
  output: DossierView,
  errors: ['dossiers.unknown'],
})

/** A masked number is opened with a reason, and the reason is logged with who saw it. */
export const revealPersonalData = defineOperation({
  id: 'dossiers.reveal-personal-data',
  method: 'POST',
  path: '/dossiers/:code/personal-data',
  summary: 'See the full personal numbers of a dossier, giving the reason',
  access: 'staff',
  input: z.object({ code: DossierCode, reason: Reason }),
  output: z.object({
    owner: z.object({ personalId: z.string().nullable(), phone: z.string().nullable() }),
    submitter: z.object({ personalId: z.string().nullable(), phone: z.string().nullable() }),
    representative: z.object({ personalId: z.string().nullable(), phone: z.string().nullable() }).nullable(),
  }),
  errors: ['dossiers.unknown'],
})

/** T3–T19 of the state chart; which are open to this person is in the dossier's `actions`. */
export const actOnDossier = defineOperation({
  id: 'dossiers.act',
  method: 'POST',
  path: '/dossiers/:code/actions/:action',
  summary: 'Do something with a whole dossier',
  access: 'staff',
  input: z.object({
    code: DossierCode,
    action: Action,
    /** The version read; a stale one is refused and nothing is lost. */
    version: z.int().optional(),
    reason: Reason.optional(),
    reasonCode: z.enum(['WRONG_AUTHORITY', 'NOT_ELIGIBLE', 'FORGED_PAPERS', 'OTHER']).optional(),
    rightAuthority: z.string().trim().max(300).optional(),
    legalBasis: z.string().trim().max(500).optional(),
    items: z
      .array(z.object({ component: z.string().max(80).optional(), what: Reason, reason: Reason }))
      .max(100)
      .optional(),
    components: z.array(HandedIn).max(300).optional(),
    /** New promised moment of an extension. */
    newDue: Day.optional(),
    /** đồng */
    amount: z.int().min(1).max(1_000_000_000_000).optional(),
    result: ResultDocument.optional(),
    receiver: z
      .object({
        name: z.string().trim().min(2).max(200),
        personalId: z.string().trim().max(30).optional(),
        relation: z.enum(['owner', 'representative', 'family', 'postal']).default('owner'),
        authorisationPaper: z.string().trim().max(200).optional(),
        /** The slip was shown; otherwise the person was identified by their card. */
        slipShown: z.boolean().default(true),
      })
      .optional(),
    way: ReturnWay.optional(),
    /** Beyond twice an applicant is sent for papers only when the guidance was not followed (Decree 63/2010, Article 20(4)). */
    applicantFault: z.boolean().optional(),
    adjustment: Adjustment.optional(),
    lost: z.array(LostPaper).max(100).optional(),
    handedBack: z.array(HandedBack).max(100).optional(),
  }),
  output: DossierView,
  errors: [
    'dossiers.unknown',
    'dossiers.stale-version',
    'dossiers.action-not-allowed',
    'dossiers.not-your-role',
    'dossiers.segregation',
    'dossiers.already-approved',
    'dossiers.reason-required',
    'dossiers.items-required',
    'dossiers.missing-components',
    'dossiers.unknown-component',
    'dossiers.unknown-file',
    'dossiers.supplement-already-asked',
    'dossiers.supplement-too-late',
    'dossiers.ordinary-supplement-open',
    'dossiers.supplement-trips-used',
    'dossiers.too-early-to-close',
    'dossiers.no-closing-rule',
    'dossiers.extension-already-used',
    'dossiers.extension-too-late',
    'dossiers.extension-not-later',
    'dossiers.amount-required',
    'dossiers.result-required',
    'dossiers.result-number-taken',
    'dossiers.date-in-future',
    'dossiers.receiver-required',
    'dossiers.invalid-personal-id',
    'dossiers.receiver-not-entitled',
    'dossiers.authorisation-over',
    'dossiers.authorisation-not-for-receiving',
    'dossiers.right-authority-required',
    'dossiers.already-returned',
    'dossiers.basis-required',
    'dossiers.adjustment-required',
    'dossiers.invalid-phone',
    'dossiers.lost-required',
    'dossiers.lost-papers-open',
    'dossiers.nothing-lost',
  ],
  idempotent: true,
  versioned: true,
})

export const TaskItem = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.string(),
  unit: z.object({ id: z.string(), name: z.string() }),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  state: z.enum(['open', 'claimed']),
  openedAt: Instant,
  due: Instant.nullable(),
  pace: Pace,
  paceWords: z.object({ vi: z.string(), en: z.string() }),
  dossier: z.object({
    code: z.string(),
    procedure: z.string(),
    procedureName: z.string(),
    owner: z.string(),
    state: State,
    status: Status,
    due: Instant.nullable(),
    receivedAt: Instant,
    receivingCentre: z.string(),
    version: z.int(),
  }),
  /** What the former step left. */
  lastOpinion: z.object({ text: z.string(), actor: z.string(), at: Instant }).nullable(),
  /** A leader asked after it: the last time. */
  urged: z.object({ at: Instant, by: z.string(), message: z.string() }).nullable(),
  usedHours: z.number(),
  hours: z.number(),
  part: StepPart.nullable(),
  escalation: Escalation,
  /** The colleague whose task this is, when I have it by delegation ("thay mặt"). */
  onBehalfOf: z.object({ id: z.string(), name: z.string() }).nullable(),
})
export type TaskItem = z.infer<typeof TaskItem>

export const listTasks = defineOperation({
  id: 'dossiers.list-tasks',
  method: 'GET',
  path: '/tasks',
  summary: 'Steps waiting for me: in my hands, free to take, or waiting for somebody else; by due date',
  access: 'staff',
  input: z.object({
    /**
     * `mine` in my hands; `claimable` free for my role; `all` both; `unit` every step of the units that I lead; `waiting`
     * dossiers of mine that wait for the applicant.
     */
    filter: z.enum(['mine', 'claimable', 'all', 'unit', 'waiting']).default('all'),
    /** Of `unit`: in these hands, or `nobody`; at this unit; due before this moment, and not before that one. */
    officer: z.string().max(80).optional(),
    unit: z.string().max(80).optional(),
    dueBefore: z.iso.datetime({ offset: true }).optional(),
    dueFrom: z.iso.datetime({ offset: true }).optional(),
    step: z.string().max(80).optional(),
    kind: z.enum(['transfer', 'assign', 'appraise', 'review', 'approve', 'issue', 'return']).optional(),
    ...Page,
  }),
  output: z.object({
    items: z.array(TaskItem),
    next: z.string().nullable(),
    counts: z.object({ mine: Count, claimable: Count, waiting: Count, toReturn: Count }),
  }),
  errors: [],
})

const TASK_ERRORS = [
  ...taskMoveErrors,
  'dossiers.opinions-awaited',
  'dossiers.not-your-role',
  'dossiers.segregation',
  'dossiers.action-not-allowed',
] as const
const HOLD_ERRORS = [...taskHoldErrors, 'dossiers.not-your-role'] as const
const TaskDone = z.object({
  code: z.string(),
  state: State,
  version: z.int(),
  /** Names of the steps that opened, and their tasks. */
  next: z.array(z.string()),
  tasks: z.array(z.uuid()),
})

export const claimTask = defineOperation({
  id: 'dossiers.claim-task',
  method: 'POST',
  path: '/tasks/:id/claim',
  summary: 'Take a step into my hands',
  access: 'staff',
  input: z.object({ id: z.uuid() }),
  output: TaskAbility,
  errors: HOLD_ERRORS,
})

export const releaseTask = defineOperation({
  id: 'dossiers.release-task',
  method: 'POST',
  path: '/tasks/:id/release',
  summary: 'Put a step back for others to take',
  access: 'staff',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  errors: HOLD_ERRORS,
})

/** T7, T8, T16: the step, the process, the dossier's state and its event move in one transaction. */
export const completeTask = defineOperation({
  id: 'dossiers.complete-task',
  method: 'POST',
  path: '/tasks/:id/complete',
  summary: 'Finish a step: transfer, assign, submit, approve, issue',
  access: 'staff',
  input: z.object({
    id: z.uuid(),
    opinion: z.string().trim().max(8_000).optional(),
    /** Whom the next step is for, when this step assigns. */
    assignee: z.string().max(80).optional(),
    /** At approval: granted unless told; a refusal needs the opinion as its reason (Article 19(3), Decree 118/2025). */
    outcome: Outcome.optional(),
    /** One of the step's `decisions`, when it has any. */
    decision: z.string().max(40).optional(),
    result: ResultDocument.optional(),
  }),
  output: TaskDone,
  errors: [
    ...TASK_ERRORS,
    'dossiers.opinion-required',
    'dossiers.date-in-future',
    'dossiers.unknown-file',
    'dossiers.unknown-assignee',
    'dossiers.result-number-taken',
    'dossiers.return-by-action',
  ],
  idempotent: true,
})

export const sendTaskBack = defineOperation({
  id: 'dossiers.send-task-back',
  method: 'POST',
  path: '/tasks/:id/send-back',
  summary: 'Send the dossier back to an earlier step, with the reason',
  access: 'staff',
  input: z.object({ id: z.uuid(), reason: Reason, toStep: z.string().max(80).optional() }),
  output: TaskDone,
  errors: [...TASK_ERRORS],
  idempotent: true,
})

export const reassignTask = defineOperation({
  id: 'dossiers.reassign-task',
  method: 'POST',
  path: '/tasks/:id/reassign',
  summary: 'Give a step to another officer of the unit, with the reason',
  access: 'staff',
  input: z.object({ id: z.uuid(), assignee: z.string().max(80), reason: Reason }),
  output: z.object({ id: z.uuid(), assignee: z.object({ id: z.string(), name: z.string() }) }),
  errors: [...HOLD_ERRORS, 'dossiers.unknown-assignee'],
})

export const listAssignees = defineOperation({
  id: 'dossiers.list-assignees',
  method: 'GET',
  path: '/tasks/:id/assignees',
  summary: 'Officers who may take this step, with what they hold now',
  access: 'staff',
  input: z.object({
    id: z.uuid(),
    next: z.coerce.boolean().default(false).describe('Of the step after this one'),
  }),
  output: z.object({
    items: z.array(z.object({ id: z.string(), name: z.string(), position: z.string(), holding: z.int() })),
  }),
  errors: ['workflow.task-not-found'],
})

export const getDossierFile = defineOperation({
  id: 'dossiers.get-file',
  method: 'GET',
  path: '/dossiers/:code/files/:file',
  summary: 'A file of the dossier',
  access: 'staff',
  input: z.object({ code: DossierCode, file: z.uuid() }),
  output: z.unknown(),
  produces: 'application/octet-stream',
  errors: ['dossiers.unknown', 'dossiers.unknown-file'],
})
