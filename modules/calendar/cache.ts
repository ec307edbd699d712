import type { Db } from '#platform/db/connect.ts'
import { type Calendar, compileCalendar } from './rules/compile.ts'
import type { CalendarLayer } from './rules/model.ts'
import type { LocalValue } from './rules/parameters.ts'
import * as store from './store.ts'
import { readLocalValues } from './store-parameters.ts'

/** How long an answer is trusted before the version is asked again … */
const TRUSTED_MS = 500
/** … and for how long after that it is still given while the version is being asked, so that busy requests never wait. */
const TOLERATED_MS = 500

type Loaded = {
  version: number
  layers: Map<string, CalendarLayer>
  parameters: LocalValue[]
  compiled: Map<string, Calendar>
}

/**
 * Compiled calendars of this process. One number read at most twice a second tells whether anything changed; centres that
 * say nothing of their own share the province's. A failed read is not remembered.
 *
 * Whoever has to wait reads on the connection it holds already: sixteen transactions that wait for a seventeenth
 * connection would wait for one another. What is read ahead of need uses the pool.
 */
export const createCalendarCache = (pool: Db) => {
  let loaded: Loaded | undefined
  let trustedUntil = Number.NEGATIVE_INFINITY
  let underway: Promise<Loaded> | undefined

  const load = async (db: Db): Promise<Loaded> => {
    const version = await store.readVersion(db)
    if (loaded?.version === version) return loaded
    // Layers read after the version may be newer than it; the next look at the version then loads once more.
    return {
      version,
      layers: await store.readLayers(db),
      parameters: await readLocalValues(db),
      compiled: new Map(),
    }
  }

  const refresh = (db: Db): Promise<Loaded> => {
    if (underway) return underway
    const started = load(db)
      .then((fresh) => {
        // A change of this process may have happened meanwhile: then what was read must not be trusted.
        if (underway === started) {
          loaded = fresh
          trustedUntil = performance.now() + TRUSTED_MS
        }
        return fresh
      })
      .finally(() => {
        if (underway === started) underway = undefined
      })
    underway = started
    return started
  }

  const compiledFor = ({ layers, compiled }: Loaded, centre: string | null): Calendar => {
    const own = centre !== null && layers.has(centre) ? centre : 'province'
    const known = compiled.get(own)
    if (known) return known
    const ids = own === 'province' ? ['nation', 'province'] : ['nation', 'province', own]
    const chain = ids.map((id) => layers.get(id)).filter((layer) => layer !== undefined)
    if (chain[0]?.scope !== 'NATION') throw new Error('the nation’s calendar has not been seeded')
    const calendar = compileCalendar(chain)
    compiled.set(own, calendar)
    return calendar
  }

  const current = async (db: Db): Promise<Loaded> => {
    const late = performance.now() - trustedUntil
    if (!loaded || late > TOLERATED_MS) return refresh(db)
    // A failed look ahead is tried again by the next question, which waits once the answer is too old.
    if (late > 0) refresh(pool).catch(() => undefined)
    return loaded
  }

  return {
    calendarFor: async (db: Db, centre: string | null): Promise<Calendar> =>
      compiledFor(await current(db), centre),
    localValues: async (db: Db): Promise<readonly LocalValue[]> => (await current(db)).parameters,
    /** After a change of this process: the next question reads anew. */
    forget: (): void => {
      trustedUntil = Number.NEGATIVE_INFINITY
      underway = undefined
    },
  }
}

export type CalendarCache = ReturnType<typeof createCalendarCache>
