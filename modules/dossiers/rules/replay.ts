import type { State } from '../contract/vocabulary.ts'

/** What the events of a dossier say of it; stored rows must say the same. */
export type Replayed = {
  state: State
  /** Changes of the dossier itself, which is what its version counts. */
  version: number
  due: string | null
  outcome: string | null
  extensions: number
  supplements: number
  beyondRule: boolean
  lostOpen: boolean
  returned: boolean
}

export type Told = { type: string; data: Readonly<Record<string, unknown>> }

/** Who holds a step or reads a page leaves the dossier as it is. */
const BESIDE = [
  'task-claimed',
  'task-released',
  'task-reassigned',
  'personal-data-read',
  'lateness-explained',
]

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const once = (before: Replayed | undefined, { type, data }: Told): Replayed => {
  const now: Replayed = before ?? {
    ...{ state: 'SUBMITTED', version: 0, due: null, outcome: null, extensions: 0, supplements: 0 },
    ...{ beyondRule: false, lostOpen: false, returned: false },
  }
  return {
    ...now,
    // Every event that changes a dossier carries the state that it leads to, a word of the contract.
    state: data.state as State,
    version: now.version + 1,
    due: 'due' in data ? text(data.due) : now.due,
    outcome: 'outcome' in data ? text(data.outcome) : now.outcome,
    extensions: now.extensions + (type === 'due-extended' ? 1 : 0),
    supplements: now.supplements + (type === 'supplement-requested' ? 1 : 0),
    beyondRule: now.beyondRule || data.beyondRule === true,
    lostOpen: type === 'papers-lost' || (now.lostOpen && type !== 'lost-papers-settled'),
    returned: now.returned || type === 'result-returned',
  }
}

/** The events of one dossier in their order, folded. */
export const replay = (events: readonly Told[]): Replayed | undefined =>
  events.filter(({ type }) => !BESIDE.includes(type)).reduce<Replayed | undefined>(once, undefined)
