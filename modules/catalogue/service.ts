import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import type { EventLog } from '#platform/log/log.ts'
import { createAdministration } from './administration.ts'
import { createCatalogueMemory } from './memory.ts'
import { createReading } from './reading.ts'
import { readSearchWords } from './seed.ts'

export type CatalogueDeps = {
  db: Db
  log: Pick<EventLog, 'append'>
  clock: Clock
  /** Milliseconds that a change by another process may stay unseen. */
  freshFor?: number
}

/** Reading (`reading.ts`) and administration (`administration.ts`) over one catalogue in memory. */
export const createCatalogueService = ({ db, log, clock, freshFor = 1_000 }: CatalogueDeps) => {
  const memory = createCatalogueMemory(db, readSearchWords, freshFor)
  const { versionOn, ...reading } = createReading(memory, clock)
  return {
    ...reading,
    ...createAdministration({ db, log, clock, memory, versionOn, getVersion: reading.getVersion }),
  }
}

export type CatalogueService = ReturnType<typeof createCatalogueService>
