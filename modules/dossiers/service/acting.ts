import type { Calendar } from '#modules/calendar/rules.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import type { Tx } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { JsonObject } from '#platform/log/log.ts'
import type { Input } from '#platform/operation.ts'
import type { actOnDossier } from '../contract/work.ts'
import type { LifeRules } from '../rules/life-rules.ts'
import type { DossierPatch, DossierRow } from '../store/dossiers.ts'
import type { DossierDeps } from './deps.ts'

export type ActInput = Input<typeof actOnDossier>

/** One locked dossier and everything that an action looks at. */
export type Acting = {
  tx: Tx
  dossier: DossierRow
  input: ActInput
  actor: StaffActor
  tree: Tree
  calendar: Calendar
  /** The numbers of the day on which the dossier came. */
  rules: LifeRules
  now: Date
  deps: DossierDeps
  /** Of actions that start a process; looked up before the transaction, which must not wait for a second connection. */
  processVersion: string | null
}

/** What an action changes besides the state: columns, and what its event tells. */
export type Effect = { patch: DossierPatch; data: JsonObject }

/** A field that the action cannot do without. */
export const required = <T>(value: T | undefined, code: string): T => {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    throw new Refusal(code)
  return value
}

export const reasonOf = ({ input }: Acting): string => required(input.reason, 'dossiers.reason-required')
