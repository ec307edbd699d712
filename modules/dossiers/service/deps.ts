import type { Calendar, LocalValue } from '#modules/calendar/rules.ts'
import type { CatalogueService } from '#modules/catalogue/index.ts'
import type { DocumentsService } from '#modules/documents/index.ts'
import type { Actor, StaffActor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import type { WorkflowService } from '#modules/workflow/index.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { EventActor, EventLog } from '#platform/log/log.ts'

/** Who asks, and under which idempotency key. */
export type Asked = { actor: StaffActor; idempotency: Idempotency | undefined }

/** A reading of personal data. */
export type AccessRecord = {
  actor: EventActor
  subject: { kind: string; id: string }
  fields: readonly string[]
  purpose: string
}

export type DossierDeps = {
  db: Db
  clock: Clock
  log: EventLog
  catalogue: CatalogueService
  workflow: WorkflowService
  documents: DocumentsService
  /** Writes down who saw which personal data and why, before the answer leaves. */
  recordAccess: (access: AccessRecord) => Promise<void>
  /** The organisation as it is now. */
  tree: () => Promise<Tree>
  /** Working time of a unit; null for the nation's. */
  calendarFor: (unit: string | null) => Promise<Calendar>
  /** The province's own numbers beside the law's. */
  parameters: () => Promise<readonly LocalValue[]>
  /** Officers who hold a role at a unit, for assignment. */
  officersAt: (role: string, unit: string) => Promise<{ id: string; name: string; position: string }[]>
  /** Sample numbers (000…) and sample tax codes are accepted, and papers are marked MẪU: only the demo province does. */
  samples: boolean
  /** Where tracking is found by citizens; the QR of the slip carries it. */
  publicUrl: () => string
  hotline: string
}

export const eventActor = (actor: Actor): EventActor => {
  if (actor.kind === 'staff') return { kind: 'staff', id: actor.id, name: actor.name }
  return { kind: actor.kind, id: null, name: actor.kind === 'system' ? actor.name : '' }
}
