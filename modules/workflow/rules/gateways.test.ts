import { describe, expect, it } from 'vitest'
import { compileProcess } from './compile.ts'
import {
  call,
  chain,
  END,
  endWith,
  errorOn,
  flow,
  flowIf,
  gateway,
  messageOn,
  process,
  receive,
  START,
  service,
  subProcess,
  task,
  timer,
  timerOn,
} from './drawing.fixture.ts'
import type { Facts } from './facts.ts'
import type { ProcessGraph } from './graph.ts'
import {
  chooseBy,
  complete,
  fail,
  happen,
  type Plan,
  sendBack,
  start,
  type Token,
  tokensAfter,
  type World,
} from './interpret.ts'

const graphOf = async (xml: string): Promise<ProcessGraph> => {
  const compiled = await compileProcess(xml, { roles: new Set(['SPECIALIST']) })
  if (!compiled.ok) throw new Error(compiled.problems.map(({ en }) => en).join(' '))
  return compiled.graph
}
const FACTS: Facts = { case: null, procedure: null, channel: null, outcome: null, fees: null, decisions: {} }

/** One instance in memory: what is open, by node; moves by the name of a step or event. */
async function travel(xml: string, facts: Facts = FACTS, called: Record<string, string> = {}) {
  const graph = await graphOf(xml)
  const others = new Map(
    await Promise.all(Object.entries(called).map(async ([key, body]) => [key, await graphOf(body)] as const)),
  )
  let known = facts
  const world: World = {
    graphOf: (version) => (version === null ? graph : (others.get(version) ?? graph)),
    called: (key) => key,
    choose: chooseBy(() => known),
  }
  let tokens: Token[] = []
  let number = 0
  let last: Plan
  const apply = (plan: Plan): Plan => {
    number += 1
    // Keys as a database would give them: new ones unique over the whole life.
    const name = (key: string) => (/^new-\d+$/.test(key) ? `${key}@${number}` : key)
    const renamed = {
      ...plan,
      tokens: plan.tokens.map((one) => ({ ...one, key: name(one.key), scope: one.scope && name(one.scope) })),
    }
    tokens = tokensAfter(tokens, renamed)
    last = plan
    return plan
  }
  last = apply(start(world))
  const at = (node: string): Token => {
    const found = tokens.find((token) => token.node === node && token.via === null)
    if (!found) throw new Error(`nothing is at ${node}, but at ${tokens.map((one) => one.node).join(', ')}`)
    return found
  }
  return {
    tokens: () => tokens.map(({ node }) => node).toSorted(),
    plan: () => last,
    know: (facts: Facts) => {
      known = facts
    },
    does: (step: string) => apply(complete(world, tokens, { id: step, token: at(step).key, step })),
    happens: (node: string, on = node) => apply(happen(world, tokens, { token: at(on).key, node })),
    fails: (node: string, error = 'x') => {
      const plan = fail(world, tokens, { token: at(node).key, error })
      return plan && apply(plan)
    },
    returns: (step: string, to: string, passed: string[] = []) =>
      apply(
        sendBack(
          world,
          tokens,
          { id: step, token: at(step).key, step },
          { step: to, passed: new Set(passed) },
        ),
      ),
  }
}

const fork = (kind: 'parallel' | 'inclusive', out: string, byDefault?: string) =>
  process(
    START +
      gateway(kind, 'g', byDefault) +
      task('a') +
      task('b') +
      task('c') +
      gateway(kind, 'j') +
      task('z', { canReturnTo: 'a' }) +
      END +
      chain('s→g') +
      out +
      chain('a→j') +
      chain('b→j') +
      chain('c→j→z→e'),
  )
const three = fork('parallel', flow('g', 'a') + flow('g', 'b') + flow('g', 'c'))
const some = fork(
  'inclusive',
  flowIf('g', 'a', 'channel = "online"') + flowIf('g', 'b', 'fees > 100') + flow('g', 'c'),
  'g-c',
)

describe('gateways', () => {
  it('parallel: all branches at once, and on when the last has come', async () => {
    const t = await travel(three)
    expect(t.tokens()).toEqual(['a', 'b', 'c'])
    t.does('b')
    t.does('a')
    expect(t.tokens()).toEqual(['c', 'j', 'j'])
    t.does('c')
    expect(t.tokens()).toEqual(['z'])
    expect(t.does('z').ended).toBe(true)
  })

  it.each([
    ['one holds', { channel: 'online', fees: 0 }, ['a']],
    ['the other holds', { channel: 'direct', fees: 200 }, ['b']],
    ['both hold', { channel: 'online', fees: 200 }, ['a', 'b']],
    ['none holds', { channel: 'postal', fees: 0 }, ['c']],
    ['nothing is known', {}, ['c']],
  ])('inclusive, when %s: as many as were taken come together', async (_, facts, open) => {
    const t = await travel(some, { ...FACTS, ...facts })
    expect(t.tokens()).toEqual(open)
    for (const step of open) {
      expect(t.tokens()).not.toContain('z')
      t.does(step)
    }
    expect(t.tokens()).toEqual(['z'])
  })

  it('exclusive: the first condition that holds, and a loop back through it', async () => {
    const xml = process(
      START +
        task('a', { decisions: 'again=Làm lại|on=Tiếp' }) +
        gateway('exclusive', 'g', 'g-e') +
        END +
        chain('s→a→g') +
        flowIf('g', 'a', 'decisions.a = "again"') +
        flow('g', 'e'),
    )
    const t = await travel(xml, { ...FACTS, decisions: { a: 'again' } })
    t.does('a')
    expect(t.tokens()).toEqual(['a'])
    t.know({ ...FACTS, decisions: { a: 'on' } })
    expect(t.does('a').ended).toBe(true)
  })

  it('inclusive join: waits for a branch that can still come, not for one that went elsewhere', async () => {
    const xml = process(
      START +
        gateway('inclusive', 'g', 'g-a') +
        task('a') +
        task('b', { decisions: 'stop=Dừng|on=Tiếp' }) +
        gateway('exclusive', 'x', 'x-j') +
        gateway('inclusive', 'j') +
        task('z') +
        END +
        '<bpmn:endEvent id="e2"/>' +
        chain('s→g→a→j→z→e') +
        flowIf('g', 'b', 'fees > 0') +
        chain('b→x→j') +
        flowIf('x', 'e2', 'decisions.b = "stop"'),
    ).replace('id="g-a"', 'id="g-a"')
    // Both: `a` is the default, so it needs a condition to be taken beside `b`.
    const both = xml
      .replace('default="g-a"', 'default="g-c"')
      .replace(flow('g', 'a'), flowIf('g', 'a', 'fees > 0') + flow('g', 'c') + task('c') + flow('c', 'e'))
    const t = await travel(both, { ...FACTS, fees: 1, decisions: { b: 'stop' } })
    t.does('a')
    expect(t.tokens()).toEqual(['b', 'j'])
    t.does('b')
    expect(t.tokens()).toEqual(['z'])
  })
})

describe('events on the border of a step', () => {
  const bordered = (interrupting: boolean) =>
    process(
      START +
        task('a') +
        timerOn('late', 'a', '8', interrupting) +
        messageOn('news', 'a', 'tin', false) +
        task('b') +
        task('c') +
        END +
        '<bpmn:endEvent id="e2"/><bpmn:endEvent id="e3"/>' +
        chain('s→a→e') +
        chain('late→b→e2') +
        chain('news→c→e3'),
    )

  it('an interrupting one takes the token away and cancels the task', async () => {
    const t = await travel(bordered(true))
    expect(t.plan().waits.map(({ kind, node }) => [kind, node])).toEqual([
      ['timer', 'late'],
      ['message', 'news'],
    ])
    const plan = t.happens('late', 'a')
    expect(plan.left).toMatchObject([{ cause: 'interrupted' }])
    expect(t.tokens()).toEqual(['b'])
  })

  it('one that does not interrupt adds a token, and the process ends when both have', async () => {
    const t = await travel(bordered(false))
    t.happens('late', 'a')
    t.happens('news', 'a')
    expect(t.tokens()).toEqual(['a', 'b', 'c'])
    expect(t.does('a').left).toMatchObject([{ cause: null }])
    t.does('b')
    expect(t.does('c').ended).toBe(true)
  })
})

describe('waiting in the flow', () => {
  it('for a moment, a message and an operation, one after the other', async () => {
    const t = await travel(
      process(
        START +
          task('a') +
          timer('t', '2') +
          receive('r', 'thue') +
          service('o', 'announce') +
          END +
          chain('s→a→t→r→o→e'),
      ),
    )
    t.does('a')
    const kinds = ['t', 'r', 'o'].map((node) => {
      const [wait] = t.plan().waits
      t.happens(node)
      return wait?.kind
    })
    expect(kinds).toEqual(['timer', 'message', 'operation'])
    expect(t.plan().ended).toBe(true)
  })
})

const inner = (body: string) => `<bpmn:startEvent id="is"/>${body}`

describe('sub-processes', () => {
  const twoInside = process(
    START +
      subProcess(
        'sub',
        inner(
          gateway('parallel', 'g') +
            task('a') +
            task('b') +
            '<bpmn:endEvent id="ie"/><bpmn:endEvent id="ie2"/>' +
            chain('is→g→a→ie') +
            chain('g→b→ie2'),
        ),
      ) +
      timerOn('late', 'sub', '8') +
      task('after') +
      task('instead') +
      END +
      '<bpmn:endEvent id="e2"/>' +
      chain('s→sub→after→e') +
      chain('late→instead→e2'),
  )

  it('goes on when everything inside has ended', async () => {
    const t = await travel(twoInside)
    expect(t.tokens()).toEqual(['a', 'b', 'sub'])
    t.does('a')
    expect(t.tokens()).toEqual(['b', 'sub'])
    t.does('b')
    expect(t.tokens()).toEqual(['after'])
  })

  it('a timer around it ends everything inside', async () => {
    const t = await travel(twoInside)
    const plan = t.happens('late', 'sub')
    expect(plan.left.filter(({ cause }) => cause === 'interrupted')).toHaveLength(3)
    expect(t.tokens()).toEqual(['instead'])
  })

  it('an error inside is caught on its border, a termination ends only what is inside', async () => {
    const body = (kind: 'error' | 'terminate') =>
      process(
        START +
          subProcess(
            'sub',
            inner(
              gateway('parallel', 'g') +
                task('a') +
                task('b') +
                endWith('ie', kind) +
                '<bpmn:endEvent id="ie2"/>' +
                chain('is→g→a→ie') +
                chain('g→b→ie2'),
            ),
          ) +
          errorOn('caught', 'sub') +
          task('after') +
          task('repair') +
          END +
          '<bpmn:endEvent id="e2"/>' +
          chain('s→sub→after→e') +
          chain('caught→repair→e2'),
      )
    const error = await travel(body('error'))
    expect(error.does('a').left).toMatchObject([{ cause: 'interrupted' }, { cause: null }])
    expect(error.tokens()).toEqual(['repair'])
    const ended = await travel(body('terminate'))
    ended.does('a')
    expect(ended.tokens()).toEqual(['after'])
  })

  it('an error that nobody catches ends the process with all its branches', async () => {
    const t = await travel(
      process(
        START +
          gateway('parallel', 'g') +
          task('a') +
          task('b') +
          endWith('x', 'error') +
          END +
          chain('s→g→a→x') +
          chain('g→b→e'),
      ),
    )
    expect(t.does('a').ended).toBe(true)
    expect(t.tokens()).toEqual([])
  })

  it('a called process runs inside and returns; its error is caught outside', async () => {
    const called = process(
      START +
        task('x', { decisions: 'bad=Hỏng|good=Được' }) +
        gateway('exclusive', 'g', 'g-e') +
        END +
        endWith('broken', 'error') +
        chain('s→x→g→e') +
        flowIf('g', 'broken', 'decisions.x = "bad"'),
    )
    const caller = process(
      START +
        call('c', 'other') +
        errorOn('caught', 'c') +
        task('after') +
        task('repair') +
        END +
        '<bpmn:endEvent id="e2"/>' +
        chain('s→c→after→e') +
        chain('caught→repair→e2'),
    )
    const good = await travel(caller, FACTS, { other: called })
    expect(good.tokens()).toEqual(['c', 'x'])
    good.does('x')
    expect(good.tokens()).toEqual(['after'])
    const bad = await travel(caller, { ...FACTS, decisions: { x: 'bad' } }, { other: called })
    bad.does('x')
    expect(bad.tokens()).toEqual(['repair'])
  })

  it('an operation’s error goes to the event that knows it, or to nobody', async () => {
    const xml = process(
      START +
        task('a') +
        service('o', 'announce') +
        errorOn('caught', 'o') +
        task('repair') +
        service('o2', 'announce') +
        END +
        '<bpmn:endEvent id="e2"/>' +
        chain('s→a→o→o2→e') +
        chain('caught→repair→e2'),
    )
    const t = await travel(xml)
    t.does('a')
    t.fails('o')
    expect(t.tokens()).toEqual(['repair'])
    const other = await travel(xml)
    other.does('a')
    other.happens('o')
    expect(other.fails('o2')).toBeUndefined()
  })
})

describe('sending back across gateways', () => {
  it('to before a parallel gateway cancels every branch', async () => {
    const t = await travel(
      process(
        START +
          task('first') +
          gateway('parallel', 'g') +
          task('a', { canReturnTo: 'first' }) +
          task('b') +
          task('b2') +
          gateway('parallel', 'j') +
          END +
          chain('s→first→g→a→j→e') +
          chain('g→b→b2→j'),
      ),
    )
    t.does('first')
    t.does('b')
    const plan = t.returns('a', 'first')
    expect(plan.left.filter(({ cause }) => cause === 'returned')).toHaveLength(1)
    expect(plan.openTasks).toMatchObject([{ step: { id: 'first' }, returnedFrom: 'a' }])
    expect(t.tokens()).toEqual(['first'])
  })

  it('within a branch leaves the other branches alone, also those that wait at the join', async () => {
    const t = await travel(
      process(
        START +
          gateway('parallel', 'g') +
          task('a') +
          task('a2', { canReturnTo: 'a' }) +
          task('b') +
          task('c') +
          gateway('parallel', 'j') +
          END +
          chain('s→g→a→a2→j→e') +
          chain('g→b→j') +
          chain('g→c→j'),
      ),
    )
    t.does('a')
    t.does('b')
    t.returns('a2', 'a')
    expect(t.tokens()).toEqual(['a', 'c', 'j'])
    for (const step of ['a', 'a2']) t.does(step)
    expect(t.does('c').ended).toBe(true)
  })

  it('into a branch from after the join does not wait for the others again', async () => {
    const t = await travel(three)
    for (const step of ['a', 'b', 'c']) t.does(step)
    t.returns('z', 'a')
    expect(t.tokens()).toEqual(['a', 'j', 'j'])
    t.does('a')
    expect(t.tokens()).toEqual(['z'])
    expect(t.does('z').ended).toBe(true)
  })

  it('states what must be undone of the steps that were passed, in their order', async () => {
    const t = await travel(
      process(
        START +
          task('a') +
          task('b', { compensation: 'Thu hồi công văn' }) +
          task('c', { compensation: 'Hủy số' }) +
          task('d', { canReturnTo: 'a' }) +
          END +
          chain('s→a→b→c→d→e'),
      ),
    )
    for (const step of ['a', 'b', 'c']) t.does(step)
    expect(t.returns('d', 'a', ['a', 'b', 'c']).compensations.map(({ text }) => text)).toEqual([
      'Thu hồi công văn',
      'Hủy số',
    ])
  })

  it('out of a sub-process ends it', async () => {
    const t = await travel(
      process(
        START +
          task('first') +
          subProcess(
            'sub',
            inner(
              gateway('parallel', 'g') +
                task('a', { canReturnTo: 'first' }) +
                task('b') +
                '<bpmn:endEvent id="ie"/><bpmn:endEvent id="ie2"/>' +
                chain('is→g→a→ie') +
                chain('g→b→ie2'),
            ),
          ) +
          END +
          chain('s→first→sub→e'),
      ),
    )
    t.does('first')
    t.returns('a', 'first')
    expect(t.tokens()).toEqual(['first'])
  })
})
