import type { Db } from '#platform/db/connect.ts'
import { compileProcess, type ProcessGraph } from '../rules.ts'
import { findVersionSources } from '../store/processes.ts'
import { ROLE_SET } from './roles.ts'

export type GraphCache = {
  /** Graphs by version id. A version's XML never changes, so each is compiled once per process. */
  graphsOf: (db: Db, versions: readonly string[]) => Promise<Map<string, ProcessGraph>>
}

export function createGraphCache(): GraphCache {
  const compiled = new Map<string, ProcessGraph>()

  const load = async (db: Db, missing: readonly string[]) => {
    for (const { id, xml } of await findVersionSources(db, missing)) {
      const result = await compileProcess(xml, { roles: ROLE_SET, stored: true })
      if (!result.ok) throw new Error(`process version ${id} no longer compiles: ${result.problems[0]?.en}`)
      compiled.set(id, result.graph)
    }
  }

  return {
    graphsOf: async (db, versions) => {
      const missing = [...new Set(versions)].filter((id) => !compiled.has(id))
      if (missing.length > 0) await load(db, missing)
      return new Map(
        versions.map((id): [string, ProcessGraph] => {
          const graph = compiled.get(id)
          if (!graph) throw new Error(`there is no process version ${id}`)
          return [id, graph]
        }),
      )
    },
  }
}
