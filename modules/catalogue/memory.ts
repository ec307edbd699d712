import { type Db, isUnavailable } from '#platform/db/connect.ts'
import type { Content } from './rules/content.ts'
import { inForce, type Limit } from './rules/durations.ts'
import { buildSearchIndex, type FoldedTexts, type SearchIndex, type SearchWords } from './rules/search.ts'
import * as store from './store.ts'

export type Entry = store.EntryRow

/** The catalogue as one revision of the database has it. Never changed: a new revision is a new snapshot. */
export type Snapshot = {
  revision: number
  versions: ReadonlyMap<string, readonly store.VersionHead[]>
  headById: ReadonlyMap<string, store.VersionHead>
  limits: ReadonlyMap<string, readonly Limit[]>
  marks: ReadonlyMap<string, ReadonlyMap<string, boolean>>
  fields: readonly { id: string; name: string }[]
  situations: Awaited<ReturnType<typeof store.listSituations>>
  entryOfVersion: ReadonlyMap<string, Entry>
  /** What may be found on a day; made when first asked, since the day changes once a day. */
  on: (date: string) => { index: SearchIndex; entries: ReadonlyMap<string, Entry> }
}

type ReadWords = () => Promise<SearchWords>

const load = async (db: Db, readWords: ReadWords, texts: FoldedTexts): Promise<Snapshot> => {
  // The revision is read first: a change that lands in between is seen again at the next check.
  const revision = await store.readRevision(db)
  const [words, heads, entries, limits, marks, fields, situations] = await Promise.all([
    readWords(),
    store.listHeads(db),
    store.listEntries(db),
    store.listLimits(db),
    store.listMarks(db),
    store.listFields(db),
    store.listSituations(db),
  ])
  const entryOfVersion = new Map(entries.map((entry) => [entry.versionId, entry]))
  const versions = Map.groupBy(heads, (head) => head.code)
  const days = new Map<string, ReturnType<Snapshot['on']>>()
  const on: Snapshot['on'] = (date) => {
    const known = days.get(date)
    if (known) return known
    const inForceThen = heads
      .filter((head) => inForce(head, date))
      .flatMap((head) => entryOfVersion.get(head.id) ?? [])
    // From one day to the next nothing changes, as a rule: then neither does the index.
    const same = [...days.values()].find(
      (day) =>
        day.entries.size === inForceThen.length &&
        inForceThen.every((entry) => day.entries.get(entry.code) === entry),
    )
    const made = same ?? {
      index: buildSearchIndex(inForceThen, words, texts),
      entries: new Map(inForceThen.map((entry) => [entry.code, entry])),
    }
    if (days.size >= 3) days.clear()
    days.set(date, made)
    return made
  }
  const marksOf = Map.groupBy(marks, (mark) => mark.code)
  return {
    revision,
    versions,
    headById: new Map(heads.map((head) => [head.id, head])),
    limits: Map.groupBy(limits, (limit) => limit.code),
    marks: new Map(
      [...marksOf].map(([code, list]) => [
        code,
        new Map(list.map((mark) => [mark.component, mark.mandatory])),
      ]),
    ),
    fields,
    situations,
    entryOfVersion,
    on,
  }
}

export type CatalogueMemory = {
  /** The snapshot, at most `freshFor` milliseconds behind the database. */
  current: () => Promise<Snapshot>
  /** After a change of our own: the next reader sees it. */
  forget: () => void
  content: (id: string) => Promise<{ head: store.VersionHead; content: Content } | undefined>
}

/** Contents are kept by version id; published ones never change. Enough for every procedure a province handles. */
const CONTENTS_KEPT = 4_000

/**
 * The catalogue of one process. Another process publishing raises the revision row, which is asked for at most once every
 * `freshFor` milliseconds (whatever the load), so a storm of look-ups costs the database one small query a second.
 */
export const createCatalogueMemory = (db: Db, readWords: ReadWords, freshFor: number): CatalogueMemory => {
  let snapshot: Promise<Snapshot> | undefined
  let checkedAt = 0
  const texts: FoldedTexts = new Map()
  let checking: Promise<Snapshot> | undefined
  const contents = new Map<string, Promise<{ head: store.VersionHead; content: Content } | undefined>>()

  const loadNow = (): Promise<Snapshot> => {
    checkedAt = performance.now()
    const loading = load(db, readWords, texts)
    snapshot = loading
    // A failed load must not be remembered as the catalogue.
    loading.catch(() => {
      if (snapshot === loading) snapshot = undefined
    })
    return loading
  }

  const check = async (known: Promise<Snapshot>): Promise<Snapshot> => {
    const before = await known
    checkedAt = performance.now()
    try {
      const revision = await store.readRevision(db)
      return revision === before.revision ? before : await loadNow()
    } catch (error) {
      // What was published an instant ago still holds: look-ups go on while the database is away.
      if (!isUnavailable(error)) throw error
      snapshot = known
      return before
    }
  }

  const current = (): Promise<Snapshot> => {
    if (!snapshot) return loadNow()
    if (performance.now() - checkedAt < freshFor) return snapshot
    checking ??= check(snapshot).finally(() => {
      checking = undefined
    })
    return checking
  }

  const content: CatalogueMemory['content'] = (id) => {
    const known = contents.get(id)
    if (known) return known
    const found = store.findContent(db, id)
    if (contents.size >= CONTENTS_KEPT) contents.clear()
    contents.set(id, found)
    const drop = (): void => void contents.delete(id)
    found.then((row) => {
      // Drafts change state and may be rewritten; only what was published is kept.
      if (!row || row.head.state === 'DRAFT' || row.head.state === 'CHECKED') drop()
    }, drop)
    return found
  }

  return {
    current,
    forget: () => {
      snapshot = undefined
    },
    content,
  }
}
