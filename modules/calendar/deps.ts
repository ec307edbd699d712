import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import type { EventLog } from '#platform/log/log.ts'

/** What the calendar's services use. */
export type CalendarDeps = {
  db: Db
  log: Pick<EventLog, 'append'>
  clock: Clock
  /** Whether an organisation unit is a centre; the organisation knows. */
  isCentre: (id: string) => Promise<boolean>
}
