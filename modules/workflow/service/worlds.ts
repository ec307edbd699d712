import type { Db } from '#platform/db/connect.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { chooseBy, factsFor, type ProcessGraph, type Variables, type World } from '../rules.ts'
import type { Travelling } from '../store/instances.ts'
import { lastVersions, versionsInForce } from '../store/processes.ts'
import type { GraphCache } from './graphs.ts'

export type Worlds = {
  /** What an instance's tokens travel in; `variables` are what conditions see. */
  of: (on: Pick<Travelling, 'version'>, variables: Variables) => World
  graphOf: (version: string) => ProcessGraph
}

/** The version of a called process is that in force when it is called; of one withdrawn meanwhile, the last that was. */
async function calledVersions(db: Db, keys: readonly string[], at: Date): Promise<Map<string, string>> {
  const inForce = await versionsInForce(db, keys, localDateOf(at))
  const missing = keys.filter((key) => !inForce.has(key))
  return missing.length === 0 ? inForce : new Map([...(await lastVersions(db, missing)), ...inForce])
}

/** Loads the graphs of some instances and of all that they may call; most call nothing, then it is a look into memory. */
export async function loadWorlds(
  db: Db,
  { graphsOf }: GraphCache,
  { versions, at }: { versions: readonly string[]; at: Date },
): Promise<Worlds> {
  const graphs = new Map(await graphsOf(db, versions))
  const called = new Map<string, string>()
  for (;;) {
    const keys = [...graphs.values()].flatMap(({ calls }) => calls.filter((key) => !called.has(key)))
    if (keys.length === 0) break
    const found = await calledVersions(db, [...new Set(keys)], at)
    for (const key of keys) {
      const version = found.get(key)
      if (version === undefined) throw new Error(`the called process ${key} has no version`)
      called.set(key, version)
    }
    for (const [id, graph] of await graphsOf(db, [...found.values()])) graphs.set(id, graph)
  }
  const graphOf = (version: string): ProcessGraph => {
    const graph = graphs.get(version)
    if (!graph) throw new Error(`the graph of ${version} was not loaded`)
    return graph
  }
  const factsOf = (graph: ProcessGraph, version: string | null, variables: Variables) =>
    factsFor(variables, version, { own: graph.variables, steps: deciding(graph) })
  return {
    graphOf,
    of: (on, variables) => {
      const inWorld = (version: string | null) => graphOf(version ?? on.version)
      return {
        graphOf: inWorld,
        called: (process) => called.get(process) ?? null,
        choose: chooseBy((version) => factsOf(inWorld(version), version, variables)),
      }
    },
  }
}

const deciding = ({ steps }: ProcessGraph): string[] =>
  steps.filter(({ decisions }) => decisions.length > 0).map(({ id }) => id)

/** Every version whose nodes an instance's tokens stand on. */
export const versionsOf = (on: Pick<Travelling, 'version' | 'tokens'>): string[] => [
  on.version,
  ...on.tokens.flatMap(({ version }) => (version === null ? [] : [version])),
]
