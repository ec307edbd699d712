import type { Role } from '#modules/identity/contract.ts'
import type { Asker, Reach, World } from './world.ts'

export type Ask = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  body?: object | string
  headers?: Record<string, string>
}

/** Who may: everybody on the staff, or these roles where the thing is (`any`: wherever they hold the role). */
export type May =
  | 'anyone'
  | { readonly roles: readonly Role[]; readonly any?: true }
  | { readonly only: readonly `${Role} ${Reach}`[] }

export type Row = {
  ask: (world: World, asker: Asker) => Ask
  may: May
  /** What the others are answered. */
  denied?: string
  /** What those are answered who may read the dossier, but not do this. */
  readersDenied?: string
  /** What administrators of other places are answered: it is no matter of their role but of their reach. */
  administratorsDenied?: string
  /** Refusals that only somebody with the right comes to; the requests are made so that nothing much changes. */
  past?: readonly string[]
  /** The answer costs seconds (a password's hash): of those who may, one is asked. */
  slow?: true
  /** Rows that end the asker's own session come after all others. */
  last?: true
}
