import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLE_NAMES } from '#modules/identity/contract.ts'
import { compileProcess } from './compile.ts'
import type { ProcessGraph } from './graph.ts'
import {
  chooseBy,
  complete,
  type Plan,
  sendBack,
  start,
  type Token,
  tokensAfter,
  type World,
} from './interpret.ts'
import { standardProcess } from './standard-process.ts'

const graphOf = async (limitHours: number): Promise<ProcessGraph> => {
  const xml = await standardProcess({ limitHours, name: 'Quy trình chuẩn' })
  const compiled = await compileProcess(xml, { roles: new Set<string>(ROLE_NAMES) })
  if (!compiled.ok) throw new Error(compiled.problems[0]?.en)
  return compiled.graph
}
const graphs = [await graphOf(8), await graphOf(40)]
const worldOf = (graph: ProcessGraph): World => ({
  graphOf: () => graph,
  called: () => null,
  choose: chooseBy(() => ({})),
})
const at = (key: string, node: string): Token => ({ key, node, via: null, scope: null, version: null })
/** The task that a plan opened, with the id that its opener would give. */
const openedBy = (plan: Plan, id: string) => {
  const [task] = plan.openTasks
  return task && { id, token: task.token, step: task.step.id }
}

describe('a token on its way', () => {
  it('starts on the first step as a new token', () => {
    for (const graph of graphs) {
      const plan = start(worldOf(graph))
      expect(plan).toMatchObject({
        closeTasks: [],
        openTasks: [{ step: { id: 'receive' }, returnedFrom: null }],
        ended: false,
      })
      expect(plan.tokens).toEqual([{ ...at('new-0', 'receive'), isNew: true, parent: null, state: 'active' }])
    }
  })

  it('ends only when no other token is left', () => {
    const [graph] = graphs
    if (!graph) throw new Error('no graph')
    const task = { id: 't', token: 'k', step: 'return' }
    const last = complete(worldOf(graph), [at('k', 'return')], task)
    expect(last).toMatchObject({
      ended: true,
      openTasks: [],
      tokens: [{ key: 'k', node: 'end', state: 'ended' }],
    })
    const beside = [at('k', 'return'), at('other', 'appraise')]
    const one = complete(worldOf(graph), beside, task)
    expect(one.ended).toBe(false)
    expect(tokensAfter(beside, one)).toEqual([at('other', 'appraise')])
  })

  it('does not act on what is no step, nor return where it may not', () => {
    const [graph] = graphs
    if (!graph) throw new Error('no graph')
    const tokens = [at('k', 'receive')]
    const world = worldOf(graph)
    expect(() => complete(world, tokens, { id: 't', token: 'k', step: 'end' })).toThrow('is not where')
    expect(() => complete(world, [at('k', 'gone')], { id: 't', token: 'k', step: 'gone' })).toThrow(
      'no node gone',
    )
    const task = { id: 't', token: 'k', step: 'receive' }
    const to = { step: 'approve', passed: new Set<string>() }
    expect(() => sendBack(world, tokens, task, to)).toThrow('does not return to approve')
  })

  it('always has one open task on the step of its one token, closes what it leaves, and reaches the end', () => {
    // Each choice: go on, or (when the step may) back to one of the earlier steps.
    const choices = fc.array(fc.option(fc.nat({ max: 9 }), { freq: 3 }), { maxLength: 40 })
    const property = fc.property(fc.constantFrom(...graphs), choices, (graph, walk) => {
      const first = start(worldOf(graph))
      let tokens = tokensAfter([], first)
      let task = openedBy(first, 'task-0')
      const forward: (number | null)[] = Array.from({ length: graph.steps.length }, () => null)
      for (const [index, choice] of [...walk, ...forward].entries()) {
        if (!task) break
        const current = task
        const index0 = graph.steps.findIndex(({ id }) => id === current.step)
        const targets = graph.steps[index0]?.canReturnTo ?? []
        const target = choice === null ? undefined : targets[choice % Math.max(targets.length, 1)]
        const plan =
          target === undefined
            ? complete(worldOf(graph), tokens, current)
            : sendBack(worldOf(graph), tokens, current, { step: target, passed: new Set() })
        expect(plan.closeTasks).toEqual([
          { task: current.id, outcome: target === undefined ? 'completed' : 'returned' },
        ])
        tokens = tokensAfter(tokens, plan)
        expect(tokens).toHaveLength(plan.ended ? 0 : 1)
        expect(plan.openTasks.map(({ step }) => step.id)).toEqual(tokens.map(({ node }) => node))
        const expected = target ?? graph.steps[index0 + 1]?.id
        expect(tokens[0]?.node).toBe(expected)
        expect(plan.openTasks[0]?.returnedFrom ?? null).toBe(target === undefined ? null : current.step)
        task = openedBy(plan, `task-${index + 1}`)
      }
      expect(tokens).toEqual([])
    })
    fc.assert(property, { numRuns: 300 })
  })
})
