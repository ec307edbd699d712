import { localDateOf, minuteOfDay, textFromMinute, toLocalIso } from '#platform/time/vietnam.ts'
import type { WorkflowErrorCode } from '../errors.ts'
import type { ProcessGraph, Step } from './graph.ts'

/** An expected "no", as data: a batch refuses one item and goes on with the others. */
export type WorkflowRefusal = { code: WorkflowErrorCode; details: Record<string, unknown> }
export type Officer = { id: string; name: string }

/** What of a task decides who may act on it now. */
export type TaskStanding = {
  state: 'open' | 'claimed' | 'done' | 'cancelled'
  assignee: Officer | null
  claimedAt: Date | null
  closedBy: Officer | null
  closedAt: Date | null
}

/** `at` for programs, `when` for people: 08:58 21/04/2026. */
function moment(instant: Date | null): { at: string; when: string } {
  if (!instant) return { at: '', when: '' }
  const day = localDateOf(instant).split('-').reverse().join('/')
  return { at: toLocalIso(instant), when: `${textFromMinute(minuteOfDay(instant))} ${day}` }
}

/** Why this officer may not act on the task now, told so that the second of two knows who was first, and when. */
export function refuseStanding(task: TaskStanding, by: Officer): WorkflowRefusal | undefined {
  const name = (officer: Officer | null) => officer?.name ?? ''
  if (task.state === 'done')
    return { code: 'workflow.task-done', details: { by: name(task.closedBy), ...moment(task.closedAt) } }
  if (task.state === 'cancelled') return { code: 'workflow.task-cancelled', details: moment(task.closedAt) }
  if (task.assignee === null || task.assignee.id === by.id) return undefined
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
}

const REQUIREMENTS = {
  opinion: ['workflow.opinion-required', (given: Completion) => (given.opinion ?? '').trim() !== ''],
  result: ['workflow.result-required', (given: Completion) => given.hasResult === true],
  signature: ['workflow.signature-required', (given: Completion) => given.signed === true],
} as const

/** Why the step cannot be completed with this; the desk shows the same before anybody presses. */
export function refuseCompletion(step: Step, given: Completion): WorkflowRefusal | undefined {
  const missing = step.requires.find((requirement) => !REQUIREMENTS[requirement][1](given))
  return missing && { code: REQUIREMENTS[missing][0], details: { step: step.name } }
}

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
