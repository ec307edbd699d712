import { z } from 'zod'
import { Role } from '#modules/identity/contract.ts'
import { defineOperation } from '#platform/operation.ts'
import { STUCK_KINDS } from './rules/dispatch.ts'
import { STEP_ACTIONS, STEP_PARTS, STEP_PLACES, STEP_REQUIREMENTS } from './rules/graph.ts'

/** Names a process: `standard/80h`, or what its author chose. In a path it is percent-encoded. */
export const ProcessKey = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.\-/]{0,99}$/, {
    error: 'Mã quy trình chỉ gồm chữ không dấu, số và _ . - /',
  })
  .describe('Key of the process, shared by its versions')

const Instant = z.iso.datetime({ offset: true })
const Day = z.iso.date().describe('Legal day, YYYY-MM-DD')
const Hours = z.number().min(0).max(20_000).describe('Working hours')

/** One step as a person reads it. */
export const ProcessStep = z.object({
  id: z.string(),
  name: z.string(),
  role: Role.describe('Role that does the step'),
  place: z.enum(STEP_PLACES).describe('Whose unit holds the step'),
  hours: Hours.nullable().describe('Working hours; null when the process has no limit'),
  action: z.enum(STEP_ACTIONS),
  requires: z.array(z.enum(STEP_REQUIREMENTS)).describe('What completing the step needs'),
  canReturnTo: z.array(z.string()).describe('Ids of earlier steps to which it may send back'),
  agency: z.string().nullable().describe('Unit that does it, when the process names one'),
  part: z.enum(STEP_PARTS).nullable().describe('What that agency is to the matter'),
  decisions: z.array(z.object({ value: z.string(), label: z.string() })),
  compensation: z.string().nullable().describe('What a return over it says must be undone'),
})

const VersionState = z.enum(['draft', 'published', 'withdrawn'])

/** One version of a process; published versions never change. */
export const ProcessVersion = z.object({
  id: z.uuid(),
  key: ProcessKey,
  version: z.number().int().positive(),
  title: z.string(),
  state: VersionState,
  stepCount: z.number().int().positive(),
  totalHours: Hours.describe('Sum of the steps, working hours'),
  limitHours: Hours.nullable().describe('What the sum may not exceed, working hours; null without a limit'),
  decisionNumber: z.string().nullable().describe('Decision that approved it'),
  createdAt: Instant,
  createdBy: z.string().describe('Name of who brought it in'),
  approvedBy: z.string().nullable(),
  publishedAt: Instant.nullable(),
  effectiveFrom: Day.nullable(),
  effectiveTo: Day.nullable(),
})
export type ProcessVersion = z.output<typeof ProcessVersion>

/** A version with what is inside it. */
export const ProcessVersionDetail = ProcessVersion.extend({
  steps: z.array(ProcessStep),
  warnings: z
    .array(z.object({ code: z.string(), vi: z.string(), en: z.string() }))
    .describe('Told to who publishes; they stop nothing'),
  xml: z.string().describe('BPMN 2.0 XML as imported'),
})
export type ProcessVersionDetail = z.output<typeof ProcessVersionDetail>

/** A process with the version in force today (or, before the first is, its newest) and all versions, newest first. */
export const ProcessDetail = z.object({
  key: ProcessKey,
  title: z.string(),
  current: ProcessVersionDetail,
  versions: z.array(ProcessVersion),
})
export type ProcessDetail = z.output<typeof ProcessDetail>

/**
 * Takes BPMN 2.0 XML (as an XML body, as `xml` in JSON, or as a file) as a new draft version. What it holds beyond sequences of user
 * tasks is refused with 422: `elements` names each unsupported element (`id`, `type`, `name`), `problems` everything else
 * that is wrong. The same file again answers with the version that is already there.
 */
export const importProcess = defineOperation({
  id: 'workflow.import-process',
  method: 'POST',
  path: '/processes/import',
  summary: 'Import a process from BPMN 2.0 as a draft version',
  access: 'staff',
  input: z.object({
    xml: z.string().min(1).max(1_000_000).optional().describe('BPMN 2.0 XML; absent when it comes as a file'),
    key: ProcessKey.optional().describe('Process it is a version of; the id of the BPMN process unless told'),
  }),
  output: ProcessVersionDetail,
  status: 201,
  errors: ['workflow.process-unreadable', 'workflow.unsupported-elements', 'workflow.process-invalid'],
})

/** Processes by key, with their newest version; `q` looks into key and title without regard to accents' case. */
export const listProcesses = defineOperation({
  id: 'workflow.list-processes',
  method: 'GET',
  path: '/processes',
  summary: 'List processes',
  access: 'staff',
  input: z.object({
    q: z.string().trim().max(100).optional(),
    after: ProcessKey.optional().describe('Key of the last one seen'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ items: z.array(ProcessVersion), next: ProcessKey.nullable() }),
  errors: [],
})

export const getProcess = defineOperation({
  id: 'workflow.get-process',
  method: 'GET',
  path: '/processes/:key',
  summary: 'One process with its steps, hours and versions',
  access: 'staff',
  input: z.object({ key: ProcessKey }),
  output: ProcessDetail,
  errors: ['workflow.process-not-found'],
})

export const getProcessVersion = defineOperation({
  id: 'workflow.get-process-version',
  method: 'GET',
  path: '/process-versions/:id',
  summary: 'One version of a process with its steps and BPMN',
  access: 'staff',
  input: z.object({ id: z.uuid() }),
  output: ProcessVersionDetail,
  errors: ['workflow.process-not-found'],
})

/** How many dossiers stand at each node of a version now, called ones included; nodes without any are left out. */
export const getProcessPositions = defineOperation({
  id: 'workflow.get-process-positions',
  method: 'GET',
  path: '/process-versions/:id/positions',
  summary: 'Where running dossiers stand in one version',
  access: 'staff',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    items: z.array(z.object({ node: z.string(), count: z.number().int().positive() })),
  }),
  errors: ['workflow.process-not-found'],
})

/** Puts a draft in force from a day on (decree 118/2025, article 38(1)(d)); dossiers under way stay on theirs. */
export const publishProcessVersion = defineOperation({
  id: 'workflow.publish-process-version',
  method: 'POST',
  path: '/process-versions/:id/publish',
  summary: 'Publish a draft version',
  access: 'staff',
  input: z.object({
    id: z.uuid(),
    decisionNumber: z.string().trim().min(1).max(100).describe('Decision that approves it'),
    effectiveFrom: Day,
  }),
  output: ProcessVersionDetail,
  errors: [
    'workflow.process-not-found',
    'workflow.not-a-draft',
    'workflow.four-eyes',
    'workflow.effective-date-taken',
    'workflow.process-invalid',
    'workflow.process-unreadable',
    'workflow.unsupported-elements',
  ],
})

/** No dossier starts on it any more; those under way finish on it. */
export const withdrawProcessVersion = defineOperation({
  id: 'workflow.withdraw-process-version',
  method: 'POST',
  path: '/process-versions/:id/withdraw',
  summary: 'Withdraw a published version',
  access: 'staff',
  input: z.object({ id: z.uuid() }),
  output: ProcessVersionDetail,
  errors: ['workflow.process-not-found', 'workflow.not-published'],
})

const Words = z.object({ vi: z.string(), en: z.string() })
const Reason = z.string().trim().min(3).max(1_000).describe('Why; kept in the log')
const Count = z.number().int().min(0).max(10_000)

/** Something that stands still: why, and what the reader may do about it. */
export const DispatchItem = z.object({
  id: z.uuid().describe('Of the task, or of what a process waits for'),
  kind: z.enum(STUCK_KINDS),
  subject: z.object({ kind: z.string(), id: z.uuid() }),
  code: z.string().nullable().describe('Code of the dossier'),
  name: z.string().describe('Of the step or event'),
  unit: z.object({ id: z.string(), name: z.string() }),
  role: Role.nullable(),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  since: Instant,
  due: Instant.nullable(),
  operation: Words.nullable().describe('Of an operation or message, its name'),
  error: z.string().nullable().describe('What the operation said'),
  why: Words,
  may: z.object({
    reassign: z.boolean(),
    release: z.boolean(),
    retry: z.boolean(),
    deliver: z.boolean(),
  }),
})
export type DispatchItem = z.output<typeof DispatchItem>

/**
 * What stands still within the reader's units, oldest first: tasks that nobody can do or whose officer is gone, operations
 * that failed, answers that are overdue. For heads, centre officers and the system's administrator; for others it is empty.
 */
export const listDispatch = defineOperation({
  id: 'workflow.list-dispatch',
  method: 'GET',
  path: '/dispatch',
  summary: 'Work that stands still, with why and what may be done',
  access: 'staff',
  input: z.object({
    kind: z.enum(STUCK_KINDS).optional(),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    items: z.array(DispatchItem),
    next: z.string().nullable(),
    counts: z.record(z.enum(STUCK_KINDS), Count),
    escalated: z
      .object({ half: Count, fourFifths: Count, all: Count })
      .describe('Open steps by the part of their time that is over: 50, 80, 100 per cent'),
  }),
  errors: [],
})

const stuckErrors = [
  'workflow.not-stuck',
  'workflow.task-not-found',
  'workflow.task-done',
  'workflow.task-cancelled',
] as const

export const reassignStuckTask = defineOperation({
  id: 'workflow.reassign-stuck-task',
  method: 'POST',
  path: '/dispatch/tasks/:id/reassign',
  summary: 'Give a stuck task to another officer or unit, with the reason',
  access: 'staff',
  input: z.object({
    id: z.uuid(),
    assignee: z.string().max(80).optional().describe('Account of the officer'),
    unit: z.string().max(100).optional().describe('Unit; without an officer, everybody of the role there'),
    reason: Reason,
  }),
  output: z.object({
    id: z.uuid(),
    unit: z.string(),
    assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  }),
  errors: [...stuckErrors, 'workflow.reassign-target', 'workflow.unknown-unit', 'workflow.officer-unfit'],
})

export const releaseStuckTask = defineOperation({
  id: 'workflow.release-stuck-task',
  method: 'POST',
  path: '/dispatch/tasks/:id/release',
  summary: 'Give the task of an officer who is gone back to everybody of the role, with the reason',
  access: 'staff',
  input: z.object({ id: z.uuid(), reason: Reason }),
  output: z.object({ id: z.uuid() }),
  errors: stuckErrors,
})

export const retryStuckWait = defineOperation({
  id: 'workflow.retry-stuck-wait',
  method: 'POST',
  path: '/dispatch/waits/:id/retry',
  summary: 'Let a failed operation or timer run again, with the reason',
  access: 'staff',
  input: z.object({ id: z.uuid(), reason: Reason }),
  output: z.object({ id: z.uuid() }),
  errors: ['workflow.not-stuck', 'workflow.hours-unknown'],
})

export const deliverStuckMessage = defineOperation({
  id: 'workflow.deliver-stuck-message',
  method: 'POST',
  path: '/dispatch/waits/:id/deliver',
  summary: 'Record an overdue answer that came another way, with the reason',
  access: 'staff',
  input: z.object({
    id: z.uuid(),
    payload: z
      .record(z.string().max(60), z.union([z.string().max(2_000), z.number(), z.boolean()]))
      .default({})
      .describe('Values of the variables that the process declares'),
    reason: Reason,
  }),
  output: z.object({ id: z.uuid() }),
  errors: ['workflow.not-stuck'],
})

/** Codes that completing or sending back a task may answer with; operations of other modules that move tasks declare them. */
export const taskMoveErrors = [
  'workflow.task-not-found',
  'workflow.task-taken',
  'workflow.task-assigned',
  'workflow.task-done',
  'workflow.task-cancelled',
  'workflow.return-not-allowed',
  'workflow.reason-required',
  'workflow.opinion-required',
  'workflow.result-required',
  'workflow.signature-required',
  'workflow.decision-required',
] as const

/** Codes of claiming, releasing and reassigning a task. */
export const taskHoldErrors = [
  'workflow.task-not-found',
  'workflow.task-taken',
  'workflow.task-assigned',
  'workflow.task-done',
  'workflow.task-cancelled',
  'workflow.task-not-held',
  'workflow.reason-required',
] as const

/** Events of this module. The subject is the process version, or what the task belongs to (a dossier). */
export type WorkflowEvent =
  | {
      type: 'process-imported' | 'process-published' | 'process-withdrawn'
      data: { key: string; version: number }
    }
  | {
      type: 'task-claimed' | 'task-released'
      data: { task: string; step: string; onBehalfOf?: { id: string; name: string } }
    }
  | { type: 'task-reassigned'; data: { task: string; step: string; to: string; reason: string } }
  /** To another unit, by dispatch. */
  | { type: 'task-moved'; data: { task: string; name: string; from: string; to: string; reason: string } }
  /** 50, 80, 100 per cent of a step's time are over; each is told once. `accounts`: whom it concerned then. */
  | {
      type: 'task-escalated'
      data: {
        task: string
        step: string
        name: string
        unit: string
        level: 50 | 80 | 100
        concerns: 'assignee' | 'section-lead' | 'agency-lead'
        accounts: string[]
        due: string | null
      }
    }
  | { type: 'timer-fired'; data: { node: string; name: string; due: string } }
  | { type: 'message-sent'; data: { message: string; to: string | null; name: string } }
  | { type: 'message-received'; data: { message: string } }
  | { type: 'message-recorded'; data: { name: string; reason: string } }
  | { type: 'operation-done'; data: { node: string; name: string; operation: string } }
  | {
      type: 'operation-failed' | 'operation-refused'
      data: { node: string; name: string; operation: string; error: string }
    }
  | { type: 'operation-retried'; data: { wait: string; name: string; reason: string } }
