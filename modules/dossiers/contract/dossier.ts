import { z } from 'zod'
import type { DayRuler } from '#modules/calendar/rules.ts'
import { SCOPE } from '../rules/authorisation.ts'
import { ConsultationView } from './consultation-view.ts'
import { GroupView } from './group-view.ts'
import { HandsView } from './hands.ts'
import { PaperEntry } from './papers.ts'
import {
  Action,
  Channel,
  HandedBack,
  Instant,
  LostPaper,
  Outcome,
  Pace,
  PartyKind,
  ReturnWay,
  State,
  Status,
} from './vocabulary.ts'

const Named = z.object({ id: z.string(), name: z.string() })

/** Why an action is closed to this person now, in words; nothing of it is decided by the screen. */
export const Ability = z.object({
  action: Action,
  label: z.object({ vi: z.string(), en: z.string() }),
  /** Fields that the action's body must or may hold. */
  needs: z.array(z.object({ field: z.string(), required: z.boolean() })),
  allowed: z.boolean(),
  blockedBy: z.object({ code: z.string(), vi: z.string(), en: z.string() }).optional(),
  /** Until when it may be done, e.g. asking for papers within three working days. */
  until: Instant.optional(),
  untilWords: z.object({ vi: z.string(), en: z.string() }).optional(),
  irreversible: z.boolean(),
  /** The one to fill; at most one in a list. */
  main: z.boolean(),
})
export type Ability = z.infer<typeof Ability>

/** Made by the calendar's pure rules and drawn as it is; its shape is theirs. */
const Ruler = z.custom<DayRuler>((value) => typeof value === 'object' && value !== null)

/** The due date with its reasons; `ruler` feeds "Vì sao ngày này?". */
export const Deadline = z.object({
  due: Instant.nullable(),
  originalDue: Instant.nullable(),
  /** When the promised day is another than the first one: that day and why, in the words of the reader. */
  moved: z.object({ from: Instant, reason: z.string() }).nullable(),
  provisional: z.boolean(),
  pace: Pace,
  /** "Còn 7 ngày làm việc", "Quá 1 ngày". */
  paceWords: z.object({ vi: z.string(), en: z.string() }),
  amount: z.string().describe('The limit in words, e.g. 10 ngày làm việc'),
  explanation: z.array(z.string()),
  legalBasis: z.string().nullable(),
  ruler: Ruler.nullable(),
})
export type Deadline = z.infer<typeof Deadline>

export const FeeLine = z.object({
  name: z.string(),
  /** đồng; null = not fixed by the catalogue. */
  amount: z.int().nullable(),
  note: z.string().nullable(),
})

export const PartyView = z.object({
  kind: PartyKind,
  name: z.string(),
  /** Masked to the last four digits unless opened with a reason (`reveal-personal-data`). */
  personalId: z.string().nullable(),
  birthDate: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  address: z.string().nullable(),
})

export const StepView = z.object({
  task: z.uuid().nullable(),
  step: z.string(),
  name: z.string(),
  role: z.string(),
  unit: Named.nullable(),
  /** Working hours of the step. */
  hours: z.number(),
  usedHours: z.number().nullable(),
  state: z.enum(['done', 'current', 'expected']),
  assignee: z.string().nullable(),
  openedAt: Instant.nullable(),
  doneAt: Instant.nullable(),
  due: Instant.nullable(),
})
export type StepView = z.infer<typeof StepView>

/** What the agency of a step is to the matter when several work on it (Articles 19(4), 20(2), Decree 118/2025). */
export const StepPart = z.enum(['lead', 'participant', 'consultee'])
/** The part of the step's time that is over, as told to those concerned: 50, 80, 100 per cent. */
export const Escalation = z.union([z.literal(0), z.literal(50), z.literal(80), z.literal(100)])

export const TaskAbility = z.object({
  id: z.uuid(),
  name: z.string(),
  unit: Named,
  part: StepPart.nullable(),
  escalation: Escalation,
  /** The colleague whose task this is, when I have it by delegation ("thay mặt"). */
  onBehalfOf: Named.nullable(),
  /** At an approval: how I would sign, by which decision when it is by a mandate, and until when that stands. */
  signs: z
    .object({ lines: z.array(z.string()), decisionNo: z.string().nullable(), until: z.string().nullable() })
    .nullable(),
  /** What one of them must be chosen to complete the step; empty when there is nothing to choose. */
  decisions: z.array(z.object({ value: z.string(), label: z.string() })),
  /** What the return that opened this step says must be undone. */
  compensations: z.array(z.object({ name: z.string(), text: z.string() })),
  due: Instant.nullable(),
  pace: Pace,
  paceWords: z.object({ vi: z.string(), en: z.string() }),
  assignee: Named.nullable(),
  /** Verb of the main button, e.g. "Trình lãnh đạo ký". */
  label: z.object({ vi: z.string(), en: z.string() }),
  needs: z.array(
    z.object({
      field: z.enum(['opinion', 'outcome', 'decision', 'result', 'assignee']),
      required: z.boolean(),
    }),
  ),
  mayClaim: z.boolean(),
  mayComplete: z.boolean(),
  maySendBack: z.boolean(),
  mayReassign: z.boolean(),
  sendBackTo: z.array(z.object({ step: z.string(), name: z.string() })),
  blockedBy: z.object({ code: z.string(), vi: z.string(), en: z.string() }).optional(),
})
export type TaskAbility = z.infer<typeof TaskAbility>

export const TimelineEntry = z.object({
  at: Instant,
  type: z.string(),
  /** "Ghi ý kiến thẩm định". */
  title: z.object({ vi: z.string(), en: z.string() }),
  detail: z.string().nullable(),
  actor: z.string(),
  sealed: z.boolean(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const ComponentView = z.object({
  component: z.string(),
  name: z.string(),
  group: z.string().nullable(),
  mandatory: z.boolean(),
  originals: z.int(),
  copies: z.int(),
  certifiedCopies: z.int(),
  status: z.enum(['present', 'in-database', 'not-applicable', 'missing']),
  reason: z.string().nullable(),
  files: z.array(z.object({ id: z.uuid(), name: z.string(), mediaType: z.string(), size: z.int() })),
})

export const DossierSummary = z.object({
  code: z.string(),
  procedure: z.object({ code: z.string(), name: z.string(), officialName: z.string() }),
  owner: z.string(),
  state: State,
  outcome: Outcome.nullable(),
  status: Status,
  pace: Pace,
  paceWords: z.object({ vi: z.string(), en: z.string() }),
  due: Instant.nullable(),
  receivedAt: Instant,
  receivingCentre: Named,
  resolvingUnit: Named,
  /** The step in hand and who holds it. */
  current: z.object({ step: z.string(), unit: z.string(), assignee: z.string().nullable() }).nullable(),
  version: z.int(),
})
export type DossierSummary = z.infer<typeof DossierSummary>

const LatenessReason = z.object({ code: z.string(), name: z.object({ vi: z.string(), en: z.string() }) })

/** Of a dossier past its date: what was missed, why, and whether this person may say why. */
export const LatenessView = z.object({
  due: Instant.describe('The promised moment that was missed'),
  explanation: z
    .object({
      edition: z.int().min(1),
      reason: LatenessReason,
      text: z.string(),
      by: z.string(),
      at: Instant,
    })
    .nullable()
    .describe('Null while it is owed'),
  mayExplain: z.boolean(),
  reasons: z.array(LatenessReason).describe('To choose from; empty for who may not explain'),
})
export type LatenessView = z.infer<typeof LatenessView>
/** Every clock of a dossier: its own as intervals without a gap, what moved its date, and the limits beside it. */
export const ClocksView = z.object({
  intervals: z.array(
    z.object({
      kind: z.enum(['RUNNING', 'SUPPLEMENT', 'PAYMENT', 'APPLICANT_WAIT', 'FORCE_MAJEURE']),
      /** The whole limit is counted anew from its beginning. */
      fromZero: z.boolean(),
      from: Instant,
      to: Instant.nullable(),
      reason: z.string().nullable(),
      document: z.string().nullable(),
    }),
  ),
  moves: z.array(
    z.object({
      /** `MEMBER`: of a group, when one of its procedures takes longer. */
      kind: z.enum(['EXTENSION', 'CALENDAR', 'PROMISE_KEPT', 'MEMBER']),
      at: Instant,
      before: Instant,
      due: Instant,
      reason: z.string(),
      document: z.string().nullable(),
    }),
  ),
  limits: z.array(
    z.object({
      kind: z.enum([
        'INTAKE_CHECK',
        'APPLICANT',
        'PAYMENT',
        'CORRECTION',
        'CONSULTATION',
        'SUPPLEMENT_NOTICE',
        'EXTENSION_NOTICE',
      ]),
      from: Instant,
      due: Instant.nullable(),
      to: Instant.nullable(),
      reason: z.string().nullable(),
      document: z.string().nullable(),
    }),
  ),
  /** Against what was promised before any apology, and after it. */
  lateVsOriginal: z.boolean(),
  lateVsExtended: z.boolean(),
  /** In honest statistics: late against the first promise, or sent for papers beyond the rule (Decision 766/QĐ-TTg). */
  countsAsLate: z.boolean(),
})
export type ClocksView = z.infer<typeof ClocksView>

/** Everything the dossier page shows, in one answer. */
export const DossierView = DossierSummary.extend({
  id: z.uuid(),
  nationalStatus: z.int().min(1).max(10),
  case: Named,
  channel: Channel,
  /** What of it is done at the centre (appraised, approved, sealed there). */
  onSite: z.array(z.enum(['appraise', 'approve', 'seal'])),
  nonTerritorial: z.boolean(),
  returningCentre: Named,
  resultReturn: z.object({ way: ReturnWay, address: z.string().nullable() }),
  ownerParty: PartyView,
  submitter: PartyView,
  representative: PartyView.extend({
    paper: z.string(),
    paperNumber: z.string().nullable(),
    paperDate: z.string().nullable(),
    scope: z.array(z.enum(SCOPE)),
    procedures: z.array(z.string()),
    validFrom: z.string().nullable(),
    validUntil: z.string().nullable(),
    /** Whether this person may take the result today, and if not why. */
    mayReceive: z.boolean(),
    whyNot: z.object({ vi: z.string(), en: z.string() }).nullable(),
    /** The kept paper, for whoever takes it back for the owner. */
    authorisation: z.uuid().nullable(),
  }).nullable(),
  components: z.array(ComponentView),
  fees: z.object({ lines: z.array(FeeLine), total: z.int().nullable() }),
  deadline: Deadline,
  lateness: LatenessView.nullable(),
  clocks: ClocksView,
  /** The clocks of centre, courier and agency, each its own. */
  hands: HandsView,
  /** Papers that the administration lost and makes again. */
  lost: z
    .object({
      reportedAt: Instant,
      settledAt: Instant.nullable(),
      papers: z.array(LostPaper),
    })
    .nullable(),
  handedBack: z.array(HandedBack),
  process: z
    .object({
      name: z.string(),
      version: z.int(),
      totalHours: z.number(),
      steps: z.array(StepView),
      /** What the process waits for besides its officers: a message, a moment, an operation. */
      waiting: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(['timer', 'message', 'operation']),
          since: Instant,
          due: Instant.nullable(),
          failed: z.boolean(),
        }),
      ),
    })
    .nullable(),
  /** The step that is mine to do, else the first that I may see; null when there is none. */
  task: TaskAbility.nullable(),
  /** All open steps that I may do or lead, mine first: several agencies may work at once. */
  tasks: z.array(TaskAbility),
  actions: z.array(Ability),
  /** Of a group of procedures that was received once: its procedures, each with a dossier of its own. */
  group: GroupView.nullable(),
  /** The group that this dossier is a procedure of. */
  parent: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** What other agencies were asked, each with a clock of its own, in the order asked. */
  consultations: z.array(ConsultationView),
  /** This person has a step in hand in which opinions may be asked. */
  mayAskOpinions: z.boolean(),
  opinions: z.array(z.object({ at: Instant, actor: z.string(), step: z.string(), text: z.string() })),
  timeline: z.array(TimelineEntry),
  result: z
    .object({
      number: z.string(),
      date: z.string(),
      summary: z.string().nullable(),
      outcome: Outcome,
      signer: z.string().nullable(),
      file: z.object({ id: z.uuid(), name: z.string() }).nullable(),
      /** What stands above the signer's name; empty for results of before this was kept. */
      signedAs: z.array(z.string()),
      /** The agency's second seal, when it was sealed at the centre. */
      seal: z.string().nullable(),
    })
    .nullable(),
  handover: z
    .object({ at: Instant, receiver: z.string(), relation: z.string(), way: ReturnWay, by: z.string() })
    .nullable(),
  /** Papers that can be printed now. */
  papers: z.array(PaperEntry),
  pin: z.string().nullable().describe('Look-up PIN, for those who print the slip; null for others'),
})
export type DossierView = z.infer<typeof DossierView>
