import type { Db } from '#platform/db/connect.ts'
import { buildTree, type Tree } from './rules.ts'
import { loadRecords, readVersion } from './store.ts'

/** How long another process's change may stay unseen here. */
const CHECK_EVERY_MS = 1_000

export type TreeCache = {
  /** The organisation now: one look at a version number a second, and a reading of the whole only after a change. */
  get: () => Promise<Tree>
  /** After an own change: the next reader sees it. */
  forget: () => void
}

/** `monotonic` in milliseconds; legal time may stand still, freshness may not. */
export const createTreeCache = (db: Db, monotonic: () => number = () => performance.now()): TreeCache => {
  let tree: Tree | undefined
  let checkedAt = Number.NEGATIVE_INFINITY
  let loading: Promise<Tree> | undefined
  let generation = 0
  const refresh = async (): Promise<Tree> => {
    const mine = generation
    const startedAt = monotonic()
    const version = await readVersion(db)
    const fresh = tree && tree.version === version ? tree : buildTree(await loadRecords(db))
    // A reading that began before an own change must not hide it.
    if (mine === generation) {
      tree = fresh
      checkedAt = startedAt
    }
    return fresh
  }
  return {
    get: () => {
      if (tree && monotonic() - checkedAt < CHECK_EVERY_MS) return Promise.resolve(tree)
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
