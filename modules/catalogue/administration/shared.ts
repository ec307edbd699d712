import type { Actor } from '#modules/identity/contract.ts'
import { holds } from '#modules/identity/rules.ts'
import type { Clock } from '#platform/clock/clock.ts'
import { type Db, inTransaction } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { EventLog, JsonObject } from '#platform/log/log.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type * as contract from '../contract.ts'
import type { CatalogueMemory } from '../memory.ts'
import type { Reading } from '../reading.ts'
import * as store from '../store.ts'

export type AdministrationDeps = {
  db: Db
  log: Pick<EventLog, 'append'>
  clock: Clock
  memory: CatalogueMemory
  versionOn: Reading['versionOn']
  getVersion: Reading['getVersion']
}

const ACTOR_NAMES = { public: 'Người dân', system: 'Hệ thống' } as const

const eventActor = (actor: Actor): { kind: Actor['kind']; id: string | null; name: string } =>
  actor.kind === 'staff'
    ? { kind: 'staff', id: actor.id, name: actor.name }
    : { kind: actor.kind, id: null, name: actor.kind === 'system' ? actor.name : ACTOR_NAMES.public }

export const authorOf = (actor: Actor): string => (actor.kind === 'staff' ? actor.id : actor.kind)

export const assertAdmin = (actor: Actor): void => {
  if (actor.kind !== 'system' && !holds(actor, 'CATALOG_ADMIN')) throw new Refusal('platform.forbidden')
}

type Change = { type: contract.CatalogueEventType; code: string; data: JsonObject }

/** What every change of the catalogue stands on: one transaction with its event, one at a time. */
export const createShared = (deps: AdministrationDeps) => {
  const { db, log, clock, memory } = deps
  return {
    ...deps,
    today: (): string => localDateOf(clock.now()),

    change: async <T>(work: (tx: Db) => Promise<T>): Promise<T> => {
      const result = await inTransaction(db, async (tx) => {
        await store.raiseRevision(tx)
        return work(tx)
      })
      memory.forget()
      return result
    },

    record: (tx: Db, actor: Actor, changes: readonly Change[]): Promise<unknown> =>
      log.append(
        tx,
        changes.map(({ type, code, data }) => ({
          type,
          at: clock.now(),
          actor: eventActor(actor),
          subject: { kind: 'procedure', id: code },
          data,
        })),
      ),
  }
}
export type Shared = ReturnType<typeof createShared>
