import type { Facts, FactType } from './facts.ts'

/** What a step asks of its officer, in the words of `motcua:action`. */
export const STEP_ACTIONS = [
  'transfer',
  'assign',
  'appraise',
  'review',
  'approve',
  'issue',
  'return',
] as const
export type StepAction = (typeof STEP_ACTIONS)[number]

/** Whose unit holds a step: each place is a separate reference of the dossier. */
export const STEP_PLACES = ['receivingCentre', 'resolvingAgency', 'returningPlace'] as const
export type StepPlace = (typeof STEP_PLACES)[number]

/** What must be at hand before a step can be completed. */
export const STEP_REQUIREMENTS = ['opinion', 'result', 'signature'] as const
export type StepRequirement = (typeof STEP_REQUIREMENTS)[number]

/** What an agency is to the matter when several work on it (decree 118/2025, articles 19(4) and 20(2)). */
export const STEP_PARTS = ['lead', 'participant', 'consultee'] as const
export type StepPart = (typeof STEP_PARTS)[number]

/** One of the answers among which the officer of a step chooses. */
export type Decision = { value: string; label: string }

export type Step = {
  id: string
  name: string
  /** A role of the identity module. */
  role: string
  place: StepPlace
  /** The unit that does the step, when the process names one; else the place's. */
  agency: string | null
  part: StepPart | null
  /** Working hours; null in a process without a limit. */
  hours: number | null
  action: StepAction
  requires: readonly StepRequirement[]
  /** Earlier steps to which this one may send the dossier back. */
  canReturnTo: readonly string[]
  /** Empty when there is nothing to choose. */
  decisions: readonly Decision[]
  /** What must be undone, in words, when the dossier is sent back over this step; null when nothing. */
  compensation: string | null
}

export type Expression<T> = { source: string; evaluate: (facts: Facts) => T }

export type Flow = {
  id: string
  name: string
  from: string
  to: string
  condition: Expression<boolean> | null
}

/** When a timer is due: after working hours of a unit's calendar, after elapsed time, or at a moment. */
export type Timer =
  | { kind: 'working-hours'; hours: Expression<number | null> }
  | { kind: 'elapsed'; milliseconds: number }
  | { kind: 'moment'; at: string }

/** Whose calendar and officers an event belongs to. */
export type EventPlace = { place: StepPlace; agency: string | null }

export type BoundaryEvent =
  | ({ kind: 'timer'; timer: Timer } & EventPlace)
  | { kind: 'message'; message: string }
  | { kind: 'error'; error: string | null }

export type EndKind = 'path' | 'terminate' | 'error'

type NodeOf = {
  id: string
  name: string
  /** The embedded sub-process that holds it; null on the first level. */
  scope: string | null
  outgoing: readonly Flow[]
  /** Ids of the flows that lead here. */
  incoming: readonly string[]
  /** Events on its border. */
  boundary: readonly string[]
}
export type StepNode = NodeOf & { kind: 'step'; step: Step }
export type GatewayNode = NodeOf & {
  kind: 'exclusive' | 'parallel' | 'inclusive'
  /** The flow taken when no condition holds. */
  otherwise: string | null
}
export type ReceiveNode = NodeOf & { kind: 'receive'; message: string; hours: number | null } & EventPlace
export type TimerNode = NodeOf & { kind: 'timer'; timer: Timer } & EventPlace
export type ServiceNode = NodeOf & { kind: 'service'; operation: string }
export type SendNode = NodeOf & { kind: 'send'; message: string; to: string | null }
export type EndNode = NodeOf & { kind: 'end'; ends: EndKind; error: string | null }
export type SubProcessNode = NodeOf & { kind: 'sub-process'; start: string }
export type CallNode = NodeOf & { kind: 'call'; process: string }
export type BoundaryNode = NodeOf & {
  kind: 'boundary'
  on: string
  interrupting: boolean
  event: BoundaryEvent
}
export type GraphNode =
  | (NodeOf & { kind: 'start' })
  | StepNode
  | GatewayNode
  | ReceiveNode
  | TimerNode
  | ServiceNode
  | SendNode
  | EndNode
  | SubProcessNode
  | CallNode
  | BoundaryNode

/** A process version, compiled once and never changed. */
export type ProcessGraph = {
  id: string
  name: string
  /** Working hours that the longest way may take; null when the process names none. */
  limitHours: number | null
  start: string
  nodes: ReadonlyMap<string, GraphNode>
  flows: ReadonlyMap<string, Flow>
  /** In an order in which a dossier may pass them, those of sub-processes at their place. */
  steps: readonly Step[]
  /** Keys of the processes that it calls. */
  calls: readonly string[]
  /** Variables of its own, set by messages and operations. */
  variables: ReadonlyMap<string, FactType>
}

export const nodeOf = (graph: ProcessGraph, id: string): GraphNode => {
  const node = graph.nodes.get(id)
  if (!node) throw new Error(`process ${graph.id} has no node ${id}`)
  return node
}
