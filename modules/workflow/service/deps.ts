import type { Actor } from '#modules/identity/contract.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import type { EventActor, EventLog } from '#platform/log/log.ts'

export type WorkflowDeps = {
  db: Db
  log: Pick<EventLog, 'append'>
  clock: Clock
  /** When so many working hours of a unit are over; the calendar's. */
  deadline: (from: Date, hours: number, unit: string) => Date | Promise<Date>
  /** Whoever imported a version may not publish it. */
  fourEyes: boolean
}

export const eventActor = (actor: Actor): EventActor => {
  if (actor.kind === 'staff') return { kind: 'staff', id: actor.id, name: actor.name }
  return { kind: actor.kind, id: null, name: actor.kind === 'system' ? actor.name : '' }
}
