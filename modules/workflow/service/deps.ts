import type { Actor } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import type { EventActor, EventLog } from '#platform/log/log.ts'
import type { FactValue, HeldRight } from '../rules.ts'
import type { Subject } from '../store/instances.ts'

/**
 * What a service task calls. It runs after the move that asked for it is committed, at least once: `key` is the same in every
 * attempt, so that what it does outside is done once. What it answers goes into the variables that the process declares.
 */
export type ServiceOperation = {
  /** For people who see that it failed. */
  name: { vi: string; en: string }
  run: (call: { key: string; subject: Subject; at: Date }) => Promise<Record<string, FactValue> | undefined>
}
export type ServiceOperations = Readonly<Record<string, ServiceOperation>>

/** A failure that the process may know: the error event on the task's border takes over, if there is one. */
export class OperationError extends Error {
  readonly error: string
  constructor(error: string) {
    super(error)
    this.name = 'OperationError'
    this.error = error
  }
}

export type WorkflowDeps = {
  db: Db
  log: Pick<EventLog, 'append'>
  clock: Clock
  /** When so many working hours of a unit are over; the calendar's. */
  deadline: (from: Date, hours: number, unit: string) => Date | Promise<Date>
  /** The due moment when the clock stood still from one instant to the other; the calendar's. */
  movedByPause: (due: Date, from: Date, to: Date, unit: string) => Date | Promise<Date>
  /** Whoever imported a version may not publish it. */
  fourEyes: boolean
  /** What service tasks may call. */
  operations: ServiceOperations
  /** Units that a step may name. */
  agencies: () => Promise<ReadonlySet<string>>
  /** The organisation as it is now. */
  tree: () => Promise<Tree>
  /** Rights of all open accounts to roles that do steps. */
  rightsHeld: () => Promise<readonly HeldRight[]>
  /** What people call the subjects of instances, by id. */
  subjectCodes: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Officers who hold a role at a unit. */
  officersAt: (role: string, unit: string) => Promise<readonly { id: string; name: string }[]>
}

export const eventActor = (actor: Actor): EventActor => {
  if (actor.kind === 'staff') return { kind: 'staff', id: actor.id, name: actor.name }
  return { kind: actor.kind, id: null, name: actor.kind === 'system' ? actor.name : '' }
}
