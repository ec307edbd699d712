/** T1–T20 of a dossier's life (domain 2.4). */
export const TRANSITIONS = Array.from({ length: 20 }, (_, i) => `T${i + 1}` as const)
export type Transition = (typeof TRANSITIONS)[number]

type Told = { type: string; data: Readonly<Record<string, unknown>> }

const ONE: Readonly<Record<string, Transition>> = {
  'dossier-submitted': 'T1',
  'intake-supplement-requested': 'T4',
  'intake-refused': 'T5',
  'dossier-resubmitted': 'T6',
  'dossier-transferred': 'T7',
  'dossier-assigned': 'T8',
  'dossier-appraised': 'T8',
  'dossier-reviewed': 'T8',
  'dossier-approved': 'T8',
  'supplement-requested': 'T9',
  'supplement-received': 'T10',
  'dossier-closed': 'T11',
  'payment-requested': 'T12',
  'payment-confirmed': 'T13',
  'dossier-withdrawn': 'T14',
  'dossier-stopped': 'T15',
  'result-issued': 'T16',
  'result-returned': 'T17',
  'due-extended': 'T18',
  'result-corrected': 'T19',
  'task-reassigned': 'T20',
}

/** What a dossier's own events prove that it went through; written from the table of the law and not from the product's chart. */
export const transitionsIn = (events: readonly Told[]): Transition[] => {
  let state: unknown = null
  return events.flatMap(({ type, data }): Transition[] => {
    const before = state
    state = typeof data.state === 'string' ? data.state : state
    if (type === 'dossier-accepted') {
      if (before === null) return ['T2']
      return before === 'SUBMITTED' ? ['T3'] : ['T6']
    }
    const one = ONE[type]
    return one ? [one] : []
  })
}
