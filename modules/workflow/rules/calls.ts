import { namedNode } from './compile.ts'
import type { ProcessGraph } from './graph.ts'
import { totalHours } from './paths.ts'
import { type Problem, problem } from './problems.ts'

type Called = ReadonlyMap<string, ProcessGraph>

/** The way by which a process comes to call itself, or undefined. */
function circleOf(key: string, called: Called, way: readonly string[]): readonly string[] | undefined {
  for (const next of called.get(key)?.calls ?? []) {
    if (next === way[0]) return [...way, next]
    const found = way.includes(next) ? undefined : circleOf(next, called, [...way, next])
    if (found) return found
  }
  return undefined
}

/** Working hours of a called process on its longest way, with what it calls itself; circles are refused before. */
const hoursOf = (graph: ProcessGraph, called: Called): number =>
  totalHours(
    graph,
    new Map(
      graph.calls.flatMap((key): [string, number][] => {
        const one = called.get(key)
        return one ? [[key, hoursOf(one, called)]] : []
      }),
    ),
  )

/** What is wrong with the calls of a process: nobody published it, they go round, or all together take too long. */
export function callProblems(key: string, graph: ProcessGraph, called: Called): Problem[] {
  const calls = [...graph.nodes.values()].filter((node) => node.kind === 'call')
  const unknown = calls.filter(({ process }) => process !== key && !called.has(process))
  if (unknown.length > 0)
    return unknown.map((node) => problem('unknown-process', namedNode(node), { value: node.process }))
  const circle = circleOf(key, new Map([...called, [key, graph]]), [key])
  if (circle) return [problem('call-cycle', null, { value: circle.join(' → ') })]
  const { limitHours: limit } = graph
  const total = hoursOf(graph, called)
  return limit !== null && total > limit ? [problem('hours-over-limit', null, { total, limit })] : []
}
