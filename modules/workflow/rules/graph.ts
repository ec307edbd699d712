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

export type Step = {
  id: string
  name: string
  /** A role of the identity module. */
  role: string
  place: StepPlace
  /** Working hours; null in a process without a limit. */
  hours: number | null
  action: StepAction
  requires: readonly StepRequirement[]
  /** Earlier steps to which this one may send the dossier back. */
  canReturnTo: readonly string[]
}

export type GraphNode =
  | { kind: 'start'; id: string; next: string }
  | { kind: 'step'; id: string; next: string; step: Step }
  | { kind: 'end'; id: string }

/** A process version, compiled once and never changed. */
export type ProcessGraph = {
  id: string
  name: string
  /** Working hours that all steps together may take; null when the process names none. */
  limitHours: number | null
  start: string
  nodes: ReadonlyMap<string, GraphNode>
  /** In the order in which a dossier passes them. */
  steps: readonly Step[]
}

export const totalHours = (graph: ProcessGraph): number =>
  graph.steps.reduce((sum, step) => sum + (step.hours ?? 0), 0)
