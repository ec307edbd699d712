import type { CatalogueService, ProcedureVersion } from '#modules/catalogue/index.ts'
import { durationFor, type FeeAssessment } from '#modules/catalogue/rules.ts'

type Head = { id: string; from: string | null; to: string | null }
type Known = { heads: readonly Head[]; versions: ReadonlyMap<string, ProcedureVersion> }

/** What a dossier keeps of its procedure. */
export type ProcedureColumns = {
  code: string
  version: string
  name: string
  official: string
  field: string | null
  caseId: string
  caseName: string
  amount: number | null
  unit: string | null
}

/** What was paid then stands in the former system; nothing is asked for any more. */
export const NO_FEES: FeeAssessment = { lines: [], total: null, text: null }

/**
 * Procedures of a file's lines. The version in force when the dossier was received, else the first one after, else the last:
 * the catalogue begins later than the offices do.
 */
export const createProcedureFinder = (catalogue: Pick<CatalogueService, 'headsOf' | 'getVersion'>) => {
  const known = new Map<string, Known>()
  const chosen = new Map<string, ProcedureColumns>()

  const load = async (code: string): Promise<void> => {
    const heads = await catalogue.headsOf(code)
    const versions = new Map<string, ProcedureVersion>()
    for (const { id, from } of heads) versions.set(id, await catalogue.getVersion(id, from ?? undefined))
    known.set(code, { heads, versions })
  }

  const columns = (version: ProcedureVersion, wanted: string): ProcedureColumns => {
    const { content, code } = version
    const found = content.cases.find(({ id, name }) => id === wanted || name === wanted)
    const first = wanted === '' ? content.cases[0] : undefined
    const caseId = found?.id ?? first?.id ?? `${code}.c${wanted === '' ? 1 : 0}`
    const limit = durationFor(version, caseId, 'direct')
    return {
      code,
      version: version.id,
      name: version.plainName ?? content.name,
      official: content.name,
      field: content.field,
      caseId,
      // A case that the catalogue no longer has keeps the name it had.
      caseName: found?.name ?? first?.name ?? wanted,
      amount: limit?.amount ?? null,
      unit: limit?.unit ?? null,
    }
  }

  return {
    /** Before `find`: reads what these lines need and is not known yet. */
    learn: async (codes: Iterable<string>): Promise<void> => {
      for (const code of codes) if (!known.has(code)) await load(code)
    },
    find: (code: string, day: string, wantedCase: string): ProcedureColumns | undefined => {
      const { heads = [], versions } = known.get(code) ?? {}
      const head =
        heads.find(({ from, to }) => (from === null || from <= day) && (to === null || day < to)) ??
        heads.findLast(({ from }) => from !== null && from > day) ??
        heads[0]
      const version = head && versions?.get(head.id)
      if (!version) return undefined
      const key = `${version.id} ${wantedCase}`
      const before = chosen.get(key)
      if (before) return before
      const made = columns(version, wantedCase)
      if (chosen.size < 100_000) chosen.set(key, made)
      return made
    },
  }
}

export type ProcedureFinder = ReturnType<typeof createProcedureFinder>
