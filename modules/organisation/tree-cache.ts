import type { Db } from '#platform/db/connect.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import { buildTree, type OrganisationRecords, signingOn, type Tree } from './rules.ts'
import { loadRecords, readVersion } from './store.ts'

/** How long another process's change may stay unseen here. */
const CHECK_EVERY_MS = 1_000

export type TreeCache = {
  /** The organisation now: one look at a version number a second, and a reading of the whole only after a change. */
  get: () => Promise<Tree>
  /** After an own change: the next reader sees it. */
  forget: () => void
}

type Held = { tree: Tree; records: OrganisationRecords; day: LocalDate }

/**
 * `monotonic` in milliseconds; legal time may stand still, freshness may not. `today` is the legal day: mandates to sign begin
 * and end with days, so that the snapshot of yesterday is not today's.
 */
export const createTreeCache = (
  db: Db,
  today: () => LocalDate,
  monotonic: () => number = () => performance.now(),
): TreeCache => {
  let held: Held | undefined
  let checkedAt = Number.NEGATIVE_INFINITY
  let loading: Promise<Tree> | undefined
  let generation = 0
  const refresh = async (): Promise<Tree> => {
    const mine = generation
    const startedAt = monotonic()
    const version = await readVersion(db)
    const day = today()
    const fresh = held && held.records.version === version ? onDay(held, day) : await read(day)
    // A reading that began before an own change must not hide it.
    if (mine === generation) {
      held = fresh
      checkedAt = startedAt
    }
    return fresh.tree
  }
  const read = async (day: LocalDate): Promise<Held> => {
    const records = await loadRecords(db)
    return { records, day, tree: buildTree(records, day) }
  }
  return {
    get: () => {
      if (held && monotonic() - checkedAt < CHECK_EVERY_MS) {
        held = onDay(held, today())
        return Promise.resolve(held.tree)
      }
      const begun = loading ?? refresh()
      loading = begun
      const finish = () => {
        if (loading === begun) loading = undefined
      }
      begun.then(finish, finish)
      return begun
    },
    forget: () => {
      generation += 1
      checkedAt = Number.NEGATIVE_INFINITY
      loading = undefined
    },
  }
}

const onDay = (held: Held, day: LocalDate): Held =>
  held.day === day
    ? held
    : { ...held, day, tree: { ...held.tree, signing: signingOn(held.records.signing, day) } }
