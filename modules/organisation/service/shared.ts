import { v7 } from 'uuid'
import type { Actor } from '#modules/identity/contract.ts'
import type { Clock } from '#platform/clock/clock.ts'
import { type Db, inTransaction, type Tx } from '#platform/db/connect.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { EventLog, JsonObject } from '#platform/log/log.ts'
import type { Operation } from '#platform/operation.ts'
import { type LocalDate, localDateOf } from '#platform/time/vietnam.ts'
import { refuseAny } from '../rights.ts'
import type { Tree, Unit } from '../rules.ts'
import { createTreeCache } from '../tree-cache.ts'

export type OrganisationDeps = {
  db: Db
  log: Pick<EventLog, 'append'>
  clock: Clock
  newId?: () => string
  /** Milliseconds for the tree's freshness; legal time may stand still. */
  monotonic?: () => number
}

/** Who asks, and the key under which a repeat is recognised. */
export type Asked = { actor: Actor; idempotency?: Idempotency | undefined }
type Subject = { kind: string; id: string }

/** What every use case of the module stands on. */
export const createShared = (deps: OrganisationDeps) => {
  const { db, log, clock } = deps
  const today = (): LocalDate => localDateOf(clock.now())
  const cache = createTreeCache(db, today, deps.monotonic)
  return {
    db,
    clock,
    cache,
    newId: deps.newId ?? v7,
    today,

    /** One transaction with its event, the raised version and the stored answer; readers here see it at once. */
    change: async (work: (tx: Tx) => Promise<void>): Promise<void> => {
      await inTransaction(db, work)
      cache.forget()
    },
    record: (tx: Tx, actor: Actor, type: string, subject: Subject, data: JsonObject) =>
      log.append(tx, [{ type, at: clock.now(), actor: eventActor(actor), subject, data }]),
  }
}
export type Shared = ReturnType<typeof createShared>

export const getCentreUnit = (operation: Operation, tree: Tree, id: string): Unit => {
  const unit = tree.centres.has(id) ? tree.units.get(id) : undefined
  return unit ?? refuseAny(operation, 'organisation.centre-not-found', { centre: id })
}
export const unitOf = (operation: Operation, tree: Tree, id: string): Unit =>
  tree.units.get(id) ?? refuseAny(operation, 'organisation.unit-not-found', { unit: id })

const eventActor = (actor: Actor) => {
  if (actor.kind === 'staff') return { kind: actor.kind, id: actor.id, name: actor.name }
  return actor.kind === 'system'
    ? { kind: actor.kind, id: null, name: actor.name }
    : { kind: actor.kind, id: null, name: 'public' }
}
