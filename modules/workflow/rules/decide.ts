import { localDateOf, minuteOfDay, textFromMinute, toLocalIso } from '#platform/time/vietnam.ts'
import type { WorkflowErrorCode } from '../errors.ts'
import type { FactValue, Variables } from './facts.ts'
import type { ProcessGraph, Step } from './graph.ts'

/** An expected "no", as data: a batch refuses one item and goes on with the others. */
export type WorkflowRefusal = { code: WorkflowErrorCode; details: Record<string, unknown> }
export type Officer = { id: string; name: string }
/** Who acts, and for whom besides: colleagues whose tasks, in these roles, are theirs to do for a period. */
export type ActingOfficer = Officer & { for?: readonly (Officer & { roles: readonly string[] })[] }
/** Why open work ended that nobody completed. */
export type Cancelled = { cause: 'ended' | 'interrupted' | 'terminated' | 'returned'; reason: string | null }

/** What of a task decides who may act on it now. */
export type TaskStanding = {
  role: string
  state: 'open' | 'claimed' | 'done' | 'cancelled'
  assignee: Officer | null
  claimedAt: Date | null
  closedBy: Officer | null
  closedAt: Date | null
  cancelled: Cancelled | null
}

const CAUSES: Readonly<Record<Cancelled['cause'], { vi: string; en: string }>> = {
  ended: { vi: 'hồ sơ dừng lại', en: 'the dossier stopped' },
  interrupted: {
    vi: 'một sự kiện của quy trình đã thay thế việc này',
    en: 'an event of the process took over',
  },
  terminated: { vi: 'một nhánh khác đã kết thúc quy trình', en: 'another branch ended the process' },
  returned: { vi: 'hồ sơ được trả về bước trước', en: 'the dossier was sent back to an earlier step' },
}

/** Why a task was cancelled, in words; what somebody wrote as the reason is said as it was written. */
export const cancelWords = ({ cause, reason }: Cancelled): { vi: string; en: string } => {
  const { vi, en } = CAUSES[cause]
  return reason === null ? { vi, en } : { vi: `${vi} (${reason})`, en: `${en} (${reason})` }
}

/** The colleague for whom this officer acts on a task; null when it is their own or free. */
export function actingFor(
  { assignee, role }: Pick<TaskStanding, 'assignee' | 'role'>,
  by: ActingOfficer,
): Officer | null {
  if (assignee === null || assignee.id === by.id) return null
  const giver = by.for?.find(({ id, roles }) => id === assignee.id && roles.includes(role))
  return giver ? { id: giver.id, name: giver.name } : null
}

/** `at` for programs, `when` for people: 08:58 21/04/2026. */
function moment(instant: Date | null): { at: string; when: string } {
  if (!instant) return { at: '', when: '' }
  const day = localDateOf(instant).split('-').reverse().join('/')
  return { at: toLocalIso(instant), when: `${textFromMinute(minuteOfDay(instant))} ${day}` }
}

/** Why this officer may not act on the task now, told so that the second of two knows who was first, and when. */
export function refuseStanding(task: TaskStanding, by: ActingOfficer): WorkflowRefusal | undefined {
  const name = (officer: Officer | null) => officer?.name ?? ''
  if (task.state === 'done')
    return { code: 'workflow.task-done', details: { by: name(task.closedBy), ...moment(task.closedAt) } }
  if (task.state === 'cancelled') {
    const why = cancelWords(task.cancelled ?? { cause: 'ended', reason: null })
    return { code: 'workflow.task-cancelled', details: { ...moment(task.closedAt), why } }
  }
  const free = task.assignee === null || task.assignee.id === by.id || actingFor(task, by) !== null
  if (free || task.assignee === null) return undefined
  return task.state === 'claimed'
    ? { code: 'workflow.task-taken', details: { by: name(task.assignee), ...moment(task.claimedAt) } }
    : { code: 'workflow.task-assigned', details: { by: name(task.assignee) } }
}

/** What the officer brings to the completion of a step. */
export type Completion = {
  opinion?: string | null
  /** A result with number and date is registered. */
  hasResult?: boolean
  /** The paper of this step is signed. */
  signed?: boolean
  /** What was chosen of the step's decisions. */
  decision?: string | null
  /** What an approval decided; conditions may ask for it. */
  outcome?: string | null
}

const REQUIREMENTS = {
  opinion: ['workflow.opinion-required', (given: Completion) => (given.opinion ?? '').trim() !== ''],
  result: ['workflow.result-required', (given: Completion) => given.hasResult === true],
  signature: ['workflow.signature-required', (given: Completion) => given.signed === true],
} as const

/** Why the step cannot be completed with this; the desk shows the same before anybody presses. */
export function refuseCompletion(step: Step, given: Completion): WorkflowRefusal | undefined {
  const missing = step.requires.find((requirement) => !REQUIREMENTS[requirement][1](given))
  if (missing) return { code: REQUIREMENTS[missing][0], details: { step: step.name } }
  const { decisions } = step
  if (decisions.length === 0 || decisions.some(({ value }) => value === given.decision)) return undefined
  const choices = decisions.map(({ label }) => `“${label}”`).join(', ')
  return {
    code: 'workflow.decision-required',
    details: { step: step.name, choices, decisions: [...decisions] },
  }
}

/** What the instance knows after a step: what was chosen there, and what an approval decided. */
export function remember(
  variables: Variables,
  { version, step, given }: { version: string | null; step: Step; given: Completion },
): Variables {
  const { decision, outcome } = given
  const known = step.action === 'approve' && outcome ? { ...variables.facts, outcome } : variables.facts
  if (step.decisions.length === 0 || !decision) return { ...variables, facts: known }
  const of = version ?? ''
  const decisions = { ...variables.decisions, [of]: { ...variables.decisions[of], [step.id]: decision } }
  return { ...variables, facts: known, decisions }
}

/** What a message or an operation says of the process' own variables. */
export const rememberOwn = (variables: Variables, own: Readonly<Record<string, FactValue>>): Variables => ({
  ...variables,
  own: { ...variables.own, ...own },
})

/** Why the step cannot send the dossier back there, or for this reason. */
export function refuseSendBack(
  graph: ProcessGraph,
  step: Step,
  toStep: string,
  reason: string,
): WorkflowRefusal | undefined {
  const named = (id: string) => graph.steps.find((one) => one.id === id)?.name ?? id
  if (!step.canReturnTo.includes(toStep)) {
    const allowed = step.canReturnTo.map(named).join(', ')
    return { code: 'workflow.return-not-allowed', details: { step: named(toStep), allowed } }
  }
  return reason.trim() === '' ? { code: 'workflow.reason-required', details: {} } : undefined
}
