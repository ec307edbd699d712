import type { Calendar } from '#modules/calendar/rules.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { CounterView } from '#modules/organisation/contract.ts'
import { grantCovers, type Tree } from '#modules/organisation/rules.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db, Tx } from '#platform/db/connect.ts'
import type { EventActor, EventLog, JsonObject } from '#platform/log/log.ts'
import type { QueueEventType } from '../contract.ts'
import type { CallingRule } from '../rules.ts'

export type QueueDeps = {
  db: Db
  clock: Clock
  log: EventLog
  /** Chance for waiting-time draws and the visitor's token. */
  chance: () => number
  token: () => string
  tree: () => Promise<Tree>
  /** Counters of a centre that are not closed for good. */
  countersOf: (centre: string) => Promise<CounterView[]>
  calendarFor: (unit: string | null) => Promise<Calendar>
  /** The written rule of a hall. */
  ruleOf: (centre: string) => Promise<CallingRule>
  /** The agency that resolves a procedure received at this centre, with those above it, and its field; null where nobody knows. */
  resolvedBy: (
    centre: string,
    procedure: string,
  ) => Promise<{ agencies: readonly string[]; field: string | null } | null>
}

/** Who sits at counters, and who may call out of order. */
export const AT_COUNTERS = ['RECEPTION', 'NON_TERRITORIAL', 'RETURN_DESK', 'CASHIER', 'GUIDE'] as const
export const ORDERS = ['GUIDE', 'CENTRE_OFFICER', 'CENTRE_DIRECTOR'] as const
/** Who decides which services the hall offers and which machines stand in it. */
export const SETS_UP = ['CENTRE_OFFICER', 'CENTRE_DIRECTOR', 'SYSTEM_ADMIN'] as const
/** Who decides how the hall calls, speaks and what it shows. */
export const CHANGES_HALL = ['CENTRE_OFFICER', 'CENTRE_DIRECTOR'] as const

export const holdsAtCentre = (
  tree: Tree,
  actor: StaffActor,
  roles: readonly string[],
  centre: string,
): boolean => actor.grants.some((grant) => roles.includes(grant.role) && grantCovers(tree, grant, centre))

const PUBLIC: EventActor = { kind: 'public', id: null, name: '' }
export const staffActor = ({ id, name }: StaffActor): EventActor => ({ kind: 'staff', id, name })

/** One event of the hall; boards follow `centre` in its data. */
export const record = (
  { log }: Pick<QueueDeps, 'log'>,
  tx: Tx,
  event: {
    type: QueueEventType
    at: Date
    actor?: EventActor
    subject: {
      kind: 'ticket' | 'counter' | 'hall' | 'device' | 'service-group' | 'appointment'
      id: string
    }
    data: JsonObject
  },
) => log.append(tx, [{ ...event, actor: event.actor ?? PUBLIC }])
