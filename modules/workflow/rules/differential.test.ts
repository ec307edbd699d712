import { EventEmitter } from 'node:events'
import { setImmediate as breathe } from 'node:timers/promises'
import { Engine } from 'bpmn-engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileProcess } from './compile.ts'
import { rememberOwn } from './decide.ts'
import { chain, flow, flowIf, gateway, process, receive, task } from './drawing.fixture.ts'
import { factsFor, noVariables } from './facts.ts'
import {
  chooseBy,
  complete,
  happen,
  type Plan,
  start,
  type Token,
  tokensAfter,
  type World,
} from './interpret.ts'

/** A process as blocks in blocks: what is drawn from it is sound, whatever the data say. */
type Block =
  | { kind: 'task' }
  | { kind: 'receive' }
  | { kind: 'sequence'; parts: Block[] }
  | { kind: 'sub-process'; body: Block }
  | { kind: 'parallel'; branches: Block[] }
  | { kind: 'exclusive'; branches: Block[]; chosen: number }
  /** Which branches the data take; when none, the last one by default. */
  | { kind: 'inclusive'; branches: Block[]; holds: boolean[] }
  | { kind: 'loop'; body: Block; again: number }

const blocks = fc.letrec<{ block: Block }>((tie) => {
  const branches = fc.array(tie('block'), { minLength: 2, maxLength: 3 })
  return {
    block: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.record({ kind: fc.constantFrom('task' as const, 'receive' as const) }),
      fc.record({
        kind: fc.constant('sequence' as const),
        parts: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('sub-process' as const), body: tie('block') }),
      fc.record({ kind: fc.constant('parallel' as const), branches }),
      fc.record({ kind: fc.constant('exclusive' as const), branches, chosen: fc.nat({ max: 2 }) }),
      fc.record({
        kind: fc.constant('inclusive' as const),
        branches,
        holds: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('loop' as const), body: tie('block'), again: fc.nat({ max: 2 }) }),
    ) as fc.Arbitrary<Block>, // each record is one of the kinds
  }
}).block

/** What conditions read, by name; loops change theirs when their last step is done. */
type Data = { own: Record<string, boolean>; again: Map<string, { variable: string; left: number }> }
type Drawn = { xml: string; entry: string; exit: string }
/**
 * How the two engines write the same: a condition; an inclusive block, which the reference has no join for; and every place where
 * a flow may stay untaken. The reference tells each node beyond such a flow that it was not taken, and a parallel join beyond
 * counts that as an arrival; where a sub-process lies around the choice, the telling ends at its border.
 */
type Dialect = {
  when: (from: string, to: string, variable: string) => string
  inclusive: 'gateway' | 'guarded'
  choices: 'bare' | 'enclosed'
}

const OURS: Dialect = {
  when: (from, to, variable) => flowIf(from, to, `${variable} = true`),
  inclusive: 'gateway',
  choices: 'bare',
}
const THEIRS: Dialect = {
  when: (from, to, variable) => flowIf(from, to, `\${environment.variables.${variable}}`),
  inclusive: 'guarded',
  choices: 'enclosed',
}

function draw(root: Block, dialect: Dialect): { xml: string; data: Data } {
  const data: Data = { own: {}, again: new Map() }
  // Counted by kind: what only one dialect needs does not rename the steps.
  const made = new Map<string, number>()
  const id = (prefix: string): string => {
    made.set(prefix, (made.get(prefix) ?? 0) + 1)
    return `${prefix}_${made.get(prefix)}`
  }
  const variable = (value: boolean): string => {
    const name = id('v')
    data.own[name] = value
    return name
  }
  const join = (parts: readonly Drawn[]): Drawn => {
    const [first] = parts
    const last = parts.at(-1)
    if (!first || !last) throw new Error('nothing to join')
    const flows = parts.slice(1).map((part, index) => flow(parts[index]?.exit ?? '', part.entry))
    return { xml: [...parts.map(({ xml }) => xml), ...flows].join(''), entry: first.entry, exit: last.exit }
  }
  const fork = (
    kind: 'parallel' | 'exclusive' | 'inclusive',
    branches: readonly Drawn[],
    variables: readonly (string | null)[],
  ): Drawn => {
    const [split, meet] = [id('g'), id('j')]
    const byDefault = variables.indexOf(null)
    const ways = branches.map(({ entry }, index) => {
      const name = variables[index]
      return typeof name === 'string' ? dialect.when(split, entry, name) : flow(split, entry)
    })
    const defaultFlow = kind === 'parallel' ? undefined : `${split}-${branches[byDefault]?.entry}`
    return {
      xml: [
        gateway(kind, split, defaultFlow),
        gateway(kind === 'exclusive' ? 'exclusive' : kind, meet),
        ...branches.map(({ xml }) => xml),
        ...ways,
        ...branches.map(({ exit }) => flow(exit, meet)),
      ].join(''),
      entry: split,
      exit: meet,
    }
  }
  const skip = (): Drawn => {
    const name = id('x')
    return { xml: gateway('exclusive', name), entry: name, exit: name }
  }
  const inclusive = (branches: readonly Block[], holds: readonly boolean[]): Drawn => {
    const taken = branches.slice(0, -1).map((_branch, index) => holds[index] === true)
    const drawn = branches.map(visit)
    const names = taken.map(variable)
    const none = variable(!taken.includes(true))
    if (dialect.inclusive === 'gateway') return fork('inclusive', drawn, [...names, null])
    const guarded = drawn.map((one, index) =>
      choice(fork('exclusive', [one, skip()], [names[index] ?? none, null])),
    )
    return fork('parallel', guarded, [])
  }
  const enclosed = (inner: Drawn): Drawn => {
    const [name, first, last] = [id('s'), id('b'), id('e')]
    const body = `<bpmn:startEvent id="${first}"/>${inner.xml}<bpmn:endEvent id="${last}"/>${flow(first, inner.entry)}${flow(inner.exit, last)}`
    return { xml: `<bpmn:subProcess id="${name}">${body}</bpmn:subProcess>`, entry: name, exit: name }
  }
  const choice = (drawn: Drawn): Drawn => (dialect.choices === 'enclosed' ? enclosed(drawn) : drawn)
  const visit = (block: Block): Drawn => {
    switch (block.kind) {
      case 'task':
      case 'receive': {
        const name = id('t')
        const xml = block.kind === 'task' ? task(name) : receive(name, `m${name}`)
        return { xml, entry: name, exit: name }
      }
      case 'sequence':
        return join(block.parts.map(visit))
      case 'sub-process':
        return enclosed(visit(block.body))
      case 'parallel':
        return fork('parallel', block.branches.map(visit), [])
      case 'exclusive': {
        const chosen = block.chosen % block.branches.length
        const drawn = block.branches.map(visit)
        const names = drawn.slice(0, -1).map((_one, index) => variable(index === chosen))
        return choice(fork('exclusive', drawn, [...names, null]))
      }
      case 'inclusive':
        return inclusive(block.branches, block.holds)
      case 'loop': {
        const [into, last, out] = [id('x'), id('t'), id('x')]
        const body = visit(block.body)
        const name = variable(false)
        data.again.set(last, { variable: name, left: block.again })
        const after = id('x')
        const drawn = {
          xml: [
            gateway('exclusive', into),
            body.xml,
            task(last),
            gateway('exclusive', out, `${out}-${after}`),
            gateway('exclusive', after),
            flow(into, body.entry),
            flow(body.exit, last),
            chain(`${last}→${out}→${after}`),
            dialect.when(out, into, name),
          ].join(''),
          entry: into,
          exit: after,
        }
        return choice(drawn)
      }
    }
  }
  const drawn = visit(root)
  const declared = Object.keys(data.own).map((name) => `${name}:boolean`)
  const ends = `<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>${flow('s', drawn.entry)}${flow(drawn.exit, 'e')}`
  // A process has at least one step, also when its blocks have none.
  const xml = process(
    `${task('first')}${drawn.xml}${ends.replace(flow('s', drawn.entry), chain(`s→first→${drawn.entry}`))}`,
    `isExecutable="true" motcua:limitHours="none" ${declared.length > 0 ? `motcua:variables="${declared.join(' ')}"` : ''}`,
  )
  return { xml, data }
}

/** The value that a loop's condition has once its last step is done. */
const turned = ({ again }: Data, step: string): Record<string, boolean> => {
  const loop = again.get(step)
  if (!loop) return {}
  loop.left -= 1
  return { [loop.variable]: loop.left >= 0 }
}

type Runner = {
  open: () => string[]
  does: (step: string) => Promise<void>
  ended: () => boolean
  conserved: () => boolean
}

async function ours(root: Block): Promise<Runner> {
  const { xml, data } = draw(root, OURS)
  const compiled = await compileProcess(xml, { roles: new Set(['SPECIALIST']), stored: true })
  if (!compiled.ok) throw new Error(`${compiled.problems.map(({ en }) => en).join(' ')}\n${xml}`)
  const { graph } = compiled
  let variables = rememberOwn(noVariables(), data.own)
  const world: World = {
    graphOf: () => graph,
    called: () => null,
    choose: chooseBy(() => factsFor(variables, null, { own: graph.variables, steps: [] })),
  }
  let tokens: Token[] = []
  let made = 0
  let last: Plan | undefined
  const ids = new Set<string>()
  let fresh = true
  const apply = (plan: Plan): void => {
    made += 1
    const name = (key: string) => (/^new-\d+$/.test(key) ? `${key}@${made}` : key)
    const named = {
      ...plan,
      tokens: plan.tokens.map((one) => ({ ...one, key: name(one.key), scope: one.scope && name(one.scope) })),
    }
    // A new token is new once, and one that ended never comes back.
    for (const { key, isNew } of named.tokens) {
      if (isNew === ids.has(key)) fresh = false
      ids.add(key)
    }
    tokens = tokensAfter(tokens, named)
    last = plan
  }
  apply(start(world))
  const waiting = () =>
    tokens.filter(
      ({ node, via }) => via === null && ['step', 'receive'].includes(graph.nodes.get(node)?.kind ?? ''),
    )
  return {
    open: () =>
      waiting()
        .map(({ node }) => node)
        .toSorted(),
    does: async (step) => {
      const token = waiting().find(({ node }) => node === step)
      if (!token) throw new Error(`${step} is not open`)
      variables = rememberOwn(variables, turned(data, step))
      apply(
        graph.nodes.get(step)?.kind === 'step'
          ? complete(world, tokens, { id: step, token: token.key, step })
          : happen(world, tokens, { token: token.key, node: step }),
      )
    },
    ended: () => last?.ended === true && tokens.length === 0,
    conserved: () => fresh && (last?.ended === true) === (tokens.length === 0),
  }
}

type Waiting = {
  id: string
  owner: { environment: { variables: Record<string, unknown> } }
  signal: () => void
}

async function theirs(root: Block): Promise<Runner> {
  const { xml, data } = draw(root, THEIRS)
  const waiting = new Map<string, Waiting>()
  const listener = new EventEmitter()
  listener.on('activity.wait', (api: Waiting) => waiting.set(api.id, api))
  const variables: Record<string, unknown> = { ...data.own }
  const engine = new Engine({ name: 'reference', source: xml, variables })
  let ended = false
  engine.once('end', () => {
    ended = true
  })
  const execution = await engine.execute({ listener: listener as never, variables }) // its type asks for its own emitter
  await breathe()
  return {
    open: () => [...waiting.keys()].toSorted(),
    does: async (step) => {
      const api = waiting.get(step)
      if (!api) throw new Error(`${step} does not wait`)
      waiting.delete(step)
      const values = turned(data, step)
      execution.environment.assignVariables(values)
      for (const [name, value] of Object.entries(values)) api.owner.environment.variables[name] = value
      for (const { environment } of execution.definitions) environment.assignVariables(values)
      api.signal()
      await breathe()
    },
    ended: () => ended,
    conserved: () => true,
  }
}

const picks = fc.array(fc.nat({ max: 9 }), { minLength: 60, maxLength: 60 })

describe('against the reference engine', () => {
  it('the same steps are open after each step, and both end, whatever is finished first', async () => {
    const property = fc.asyncProperty(blocks, picks, async (root, order) => {
      const [mine, reference] = [await ours(root), await theirs(root)]
      for (const pick of order) {
        const open = mine.open()
        expect(reference.open()).toEqual(open)
        expect(reference.ended()).toBe(mine.ended())
        expect(mine.conserved()).toBe(true)
        if (open.length === 0) break
        const step = open[pick % open.length] ?? ''
        await mine.does(step)
        await reference.does(step)
      }
    })
    await fc.assert(property, { numRuns: 20 })
  }, 180_000)
})

describe('by itself', () => {
  it('ends exactly once, and the same decisions in the same order lead to the same places', async () => {
    const property = fc.asyncProperty(blocks, picks, async (root, order) => {
      const [one, again] = [await ours(root), await ours(root)]
      let ends = 0
      for (const pick of order) {
        const open = one.open()
        expect(again.open()).toEqual(open)
        if (open.length === 0) break
        const step = open[pick % open.length] ?? ''
        await one.does(step)
        await again.does(step)
        if (one.ended()) ends += 1
      }
      if (one.open().length === 0) expect([ends, one.ended(), again.ended()]).toEqual([1, true, true])
    })
    await fc.assert(property, { numRuns: 20 })
  }, 180_000)
})
