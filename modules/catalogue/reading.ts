import type { Clock } from '#platform/clock/clock.ts'
import { refuse } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import * as contract from './contract.ts'
import type { CatalogueMemory, Entry, Snapshot } from './memory.ts'
import { inForce, limitsOn } from './rules/durations.ts'
import type * as store from './store.ts'
import { detailOf, type ProcedureVersion, summaryOf, withMarks } from './views.ts'

/** Frozen to the leaves: the same object is handed to every request. */
const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) freeze(part)
  }
  return value
}

/** What everybody may ask; answered from memory. */
export const createReading = (memory: CatalogueMemory, clock: Clock) => {
  /** Parsed versions of one snapshot; a new snapshot starts anew. */
  let parsed: { snapshot: Snapshot; versions: Map<string, Promise<ProcedureVersion>> } | undefined

  const today = (): string => localDateOf(clock.now())

  const parse = async (
    snapshot: Snapshot,
    head: store.VersionHead,
    date: string,
  ): Promise<ProcedureVersion> => {
    const found = await memory.content(head.id)
    if (!found) throw new Error(`Version ${head.id} of ${head.code} has no content`)
    return freeze({
      id: head.id,
      code: head.code,
      state: head.state,
      effectiveFrom: head.from,
      effectiveTo: head.to,
      decisionNo: head.decisionNo,
      decisionDate: head.decisionDate,
      plainName: snapshot.entryOfVersion.get(head.id)?.plainName ?? null,
      content: withMarks(found.content, snapshot.marks.get(head.code)),
      limits: limitsOn(snapshot.limits.get(head.code) ?? [], date),
    })
  }

  const versionOn = (
    snapshot: Snapshot,
    head: store.VersionHead,
    date: string,
  ): Promise<ProcedureVersion> => {
    if (parsed?.snapshot !== snapshot) parsed = { snapshot, versions: new Map() }
    const { versions } = parsed
    const key = `${head.id} ${date}`
    const known = versions.get(key)
    if (known) return known
    const made = parse(snapshot, head, date)
    if (versions.size > 10_000) versions.clear()
    versions.set(key, made)
    made.catch(() => versions.delete(key))
    return made
  }

  const headOn = (snapshot: Snapshot, code: string, date: string): store.VersionHead => {
    const heads = snapshot.versions.get(code)
    if (!heads) return refuse(contract.getProcedure, 'catalogue.unknown-procedure', { code })
    const head = heads.find((one) => inForce(one, date))
    return head ?? refuse(contract.getProcedure, 'catalogue.not-in-force', { code, date })
  }

  /** The version in force on a day, from memory. Refuses `catalogue.unknown-procedure` and `catalogue.not-in-force`. */
  const getInForce = async (code: string, date: string = today()): Promise<ProcedureVersion> => {
    const snapshot = await memory.current()
    return versionOn(snapshot, headOn(snapshot, code, date), date)
  }

  /** A version by its id whatever its state, with the limits in force on a day: what a dossier keeps. */
  const getVersion = async (id: string, date: string = today()): Promise<ProcedureVersion> => {
    const snapshot = await memory.current()
    const published = snapshot.headById.get(id)
    if (published) return versionOn(snapshot, published, date)
    // Drafts still change their state, so they are read each time.
    const draft = await memory.content(id)
    if (!draft) return refuse(contract.checkVersion, 'catalogue.unknown-version', { version: id })
    return parse(snapshot, draft.head, date)
  }

  /** All published versions of a procedure with their days, oldest or newest first as they are kept; none when unknown. */
  const headsOf = async (code: string): Promise<readonly store.VersionHead[]> =>
    (await memory.current()).versions.get(code) ?? []

  const search = async (
    input: Input<typeof contract.searchProcedures>,
  ): Promise<Output<typeof contract.searchProcedures>> => {
    const snapshot = await memory.current()
    const date = today()
    const { index, entries } = snapshot.on(date)
    const summary = (entry: Entry) => summaryOf(entry, snapshot.limits.get(entry.code) ?? [], date)
    const summaries = (codes: readonly string[]) =>
      codes.flatMap((code) => {
        const entry = entries.get(code)
        return entry ? [summary(entry)] : []
      })
    const codes = index.find(input)
    const start = input.after === undefined ? 0 : codes.indexOf(input.after) + 1
    const page = input.after !== undefined && start === 0 ? [] : codes.slice(start, start + input.limit)
    const more = start + page.length < codes.length && page.length > 0
    return {
      items: summaries(page),
      next: more ? (page.at(-1) ?? null) : null,
      total: codes.length,
      ...(codes.length === 0 && input.q ? { near: summaries(index.near(input.q)) } : {}),
    }
  }

  const get = async ({
    code,
    on,
  }: Input<typeof contract.getProcedure>): Promise<contract.ProcedureDetail> => {
    const snapshot = await memory.current()
    const version = await versionOn(snapshot, headOn(snapshot, code, on ?? today()), on ?? today())
    return detailOf(version, snapshot.entryOfVersion.get(version.id), snapshot)
  }

  /** Loads the catalogue before the first visitor asks. */
  const warm = async (): Promise<void> => {
    const snapshot = await memory.current()
    snapshot.on(today())
  }

  const situations = async (): Promise<Output<typeof contract.listSituations>> => {
    const snapshot = await memory.current()
    const { entries } = snapshot.on(today())
    return {
      items: snapshot.situations.map(({ codes, ...situation }) => ({
        ...situation,
        procedures: codes.flatMap((code) => {
          const entry = entries.get(code)
          return entry ? [{ code, name: entry.name, plainName: entry.plainName }] : []
        }),
      })),
    }
  }

  const fields = async (): Promise<Output<typeof contract.listFields>> => {
    const snapshot = await memory.current()
    const counts = Map.groupBy(snapshot.on(today()).entries.values(), (entry) => entry.field)
    return {
      items: snapshot.fields.map((field) => ({ ...field, count: counts.get(field.id)?.length ?? 0 })),
    }
  }

  return { warm, versionOn, getInForce, getVersion, headsOf, search, get, situations, fields }
}

export type Reading = ReturnType<typeof createReading>
