import { describe, expect, it } from 'vitest'
import { compileProcess } from './compile.ts'
import {
  call,
  chain,
  document,
  END,
  flow,
  flowIf,
  gateway,
  process,
  receive,
  START,
  service,
  subProcess,
  task,
  timer,
} from './drawing.fixture.ts'
import { totalHours } from './paths.ts'
import { PROBLEM_CODES } from './problems.ts'

const roles = new Set(['RECEPTION', 'SPECIALIST', 'AGENCY_LEAD'])
const known = { agencies: new Set(['so-xay-dung', 'so-y-te']), operations: new Set(['announce']) }
const compile = (xml: string) => compileProcess(xml, { roles, ...known })

/** start → a → b → end */
const sequence = (a: string, b = task('b'), attributes = '') =>
  process(START + a + b + END + flow('s', 'a') + flow('a', 'b') + flow('b', 'e'), attributes)
/** start → a → end, with something beside it */
const beside = (extra: string, a = task('a')) =>
  process(START + a + END + flow('s', 'a') + flow('a', 'e') + extra)

/** start → gateway → a or b → end */
const choice = (out: string, byDefault?: string, kind: 'exclusive' | 'parallel' = 'exclusive') =>
  process(
    START +
      gateway(kind, 'g', byDefault) +
      task('a') +
      task('b') +
      END +
      chain('s→g') +
      out +
      chain('a→e') +
      chain('b→e'),
  )
/** Way a under a condition, way b else. */
const when = (condition: string) => choice(flowIf('g', 'a', condition) + flow('g', 'b'), 'g-b')
/** Two ways that part at one kind of gateway and meet at another. */
const joined = (parting: 'exclusive' | 'parallel', meeting: 'exclusive' | 'parallel') =>
  process(
    START +
      gateway(parting, 'g', 'g-a2') +
      task('a1') +
      task('a2') +
      gateway(meeting, 'j') +
      task('b') +
      END +
      chain('s→g→a2→j→b→e') +
      (parting === 'parallel' ? flow('g', 'a1') : flowIf('g', 'a1', 'fees > 0')) +
      chain('a1→j'),
  )
const waitFor = (duration: string) =>
  `<bpmn:intermediateCatchEvent id="x"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`
/** So many branches at once, each of so many steps. */
const wide = (branches: number, length: number) => {
  const ids = Array.from({ length: branches }, (_, b) => Array.from({ length }, (_, n) => `t${b}_${n}`))
  return process(
    START +
      gateway('parallel', 'g') +
      gateway('parallel', 'j') +
      END +
      ids
        .flat()
        .map((id) => task(id))
        .join('') +
      chain('s→g') +
      ids.map((row) => chain(`g→${row.join('→')}→j`)).join('') +
      chain('j→e'),
  )
}

// Each row: the problem's code, the id of the element it must name (null when there is none), the drawing.
const table: [code: string, element: string | null, xml: string][] = [
  ['unreadable', null, 'không phải XML'],
  ['unreadable', null, '<html/>'],
  ['unreadable', null, document('<bpmn:process id="p"><bpmn:startEvent id="s">')],
  ['no-process', null, document('')],
  ['several-processes', null, document('<bpmn:process id="p"/><bpmn:process id="q"/>')],
  ['duplicate-id', 'a', process(START + task('a') + task('a') + END)],
  ['unresolved-reference', 'đâu', process(START + task('a') + END + flow('s', 'a') + flow('a', 'đâu'))],
  ['unknown-attribute', null, sequence(task('a', { hour: '4' }))],
  ['no-start', null, process(task('a') + END + flow('a', 'e'))],
  ['several-starts', 's2', beside('<bpmn:startEvent id="s2"/>')],
  ['no-end', null, process(START + task('a') + flow('s', 'a'))],
  ['no-steps', null, process(START + END + flow('s', 'e'))],
  ['branching-flow', 'a', beside(task('b') + flow('a', 'b'))],
  ['unreachable-step', 'b', beside(task('b') + flow('b', 'e'))],
  ['branching-flow', 'e', beside(flow('e', 'a'))],
  [
    'crossing-flow',
    'a-i',
    process(
      START +
        task('a') +
        subProcess(
          'sub',
          `<bpmn:startEvent id="is"/>${task('i')}<bpmn:endEvent id="ie"/>${chain('is→i→ie')}`,
        ) +
        END +
        chain('s→a→i') +
        chain('sub→e'),
    ),
  ],
  ['no-start', 'sub', process(START + subProcess('sub', task('i')) + END + chain('s→sub→e'))],
  ['no-default', 'g', choice(flowIf('g', 'a', 'fees > 0') + flowIf('g', 'b', 'fees = 0'))],
  ['no-condition', 'g-a', choice(flow('g', 'a') + flow('g', 'b'), 'g-b')],
  [
    'condition-not-allowed',
    's-a',
    process(START + task('a') + END + flowIf('s', 'a', 'fees > 0') + chain('a→e')),
  ],
  [
    'condition-not-allowed',
    'g-a',
    choice(flowIf('g', 'a', 'fees > 0') + flow('g', 'b'), undefined, 'parallel'),
  ],
  ['expression-syntax', 'g-a', when('fees >')],
  ['expression-syntax', 'g-a', when('approved && paid')],
  ['expression-syntax', 'g-a', when('')],
  ['unknown-variable', 'g-a', when('feees > 0')],
  ['unknown-variable', 'g-a', when('decisions.b = "agree"')],
  ['expression-type', 'g-a', when('fees')],
  ['expression-type', 'g-a', when('fees = "many"')],
  ['expression-type', 'g-a', when('channel = "onlin"')],
  ['expression-type', 'g-a', when('channel in ("online", "by-post")')],
  ['expression-type', 'g-a', when('not(fees)')],
  ['expression-unsupported', 'g-a', when('today() > date("2026-01-01")')],
  ['expression-unsupported', 'g-a', when('some x in [1] satisfies x > 0')],
  ['expression-type', 't', process(START + task('a') + timer('t', 'channel') + END + chain('s→a→t→e'))],
  ['bad-variable', null, sequence(task('a'), task('b'), 'motcua:variables="tax:money"')],
  ['bad-variable', null, sequence(task('a'), task('b'), 'motcua:variables="fees:number"')],
  ['unknown-agency', 'a', sequence(task('a', { agency: 'so-khong-co' }))],
  ['unknown-part', 'a', sequence(task('a', { part: 'helper' }))],
  [
    'several-leads',
    null,
    sequence(task('a', { part: 'lead', agency: 'so-y-te' }), task('b', { part: 'lead' })),
  ],
  ['no-lead', null, sequence(task('a', { part: 'consultee', agency: 'so-y-te' }))],
  ['bad-decision', 'a', sequence(task('a', { decisions: 'Đồng ý|Không' }))],
  ['bad-decision', 'a', sequence(task('a', { decisions: 'yes=Đồng ý' }))],
  ['bad-decision', 'a', sequence(task('a', { decisions: 'yes=Đồng ý|yes=Không' }))],
  ['unknown-operation', 'x', process(START + task('a') + service('x', 'dance') + END + chain('s→a→x→e'))],
  ['no-message', 'x', process(START + task('a') + receive('x', '') + END + chain('s→a→x→e'))],
  ['bad-timer', 'x', process(START + task('a') + waitFor('P1Y') + END + chain('s→a→x→e'))],
  ['no-called-process', 'x', process(START + task('a') + call('x', '') + END + chain('s→a→x→e'))],
  ['deadlock', 'j', joined('exclusive', 'parallel')],
  ['unsynchronised', 'b', joined('parallel', 'exclusive')],
  [
    'endless-loop',
    'g',
    process(
      START +
        task('a') +
        gateway('exclusive', 'g', 'g-e') +
        gateway('exclusive', 'h', 'h-g') +
        END +
        chain('s→a→g') +
        flowIf('g', 'h', 'fees > 0') +
        flow('g', 'e') +
        flow('h', 'g') +
        flowIf('h', 'e', 'fees > 1'),
    ),
  ],
  ['too-complex', null, wide(5, 8)],
  ['unreachable-step', 'lost', beside(task('lost'))],
  ['unreachable-step', 'e2', beside('<bpmn:endEvent id="e2"/>')],
  ['unreachable-step', 'b', beside(task('b') + task('c') + flow('b', 'c') + flow('c', 'b'))],
  ['dead-end', 'b', process(START + task('a') + task('b') + END + flow('s', 'a') + flow('a', 'b'))],
  ['dead-end', 'a', process(START + task('a') + END + flow('s', 'a') + flow('a', 's'))],
  ['no-name', 'a', sequence(task('a', { name: undefined }))],
  ['no-role', 'a', sequence(task('a', { role: undefined }))],
  ['unknown-role', 'a', sequence(task('a', { role: 'GIAM_DOC' }))],
  ['unknown-place', 'a', sequence(task('a', { place: 'somewhere' }))],
  ['unknown-place', 'a', sequence(task('a', { place: undefined }))],
  ['unknown-action', 'a', sequence(task('a', { action: 'dance' }))],
  ['unknown-requirement', 'a', sequence(task('a', { requires: 'opinion stamp' }))],
  ['no-hours', 'a', sequence(task('a', { hours: undefined }))],
  ['bad-hours', 'a', sequence(task('a', { hours: '-1' }))],
  ['bad-hours', 'a', sequence(task('a', { hours: '1.3' }))],
  ['bad-hours', 'a', sequence(task('a', { hours: 'bốn' }))],
  ['bad-hours', 'p', sequence(task('a'), task('b'), 'motcua:limitHours="nhiều"')],
  ['bad-return', 'a', sequence(task('a', { canReturnTo: 'b' }))],
  ['bad-return', 'b', sequence(task('a'), task('b', { canReturnTo: 'b' }))],
  ['hours-over-limit', null, sequence(task('a'), task('b'), 'motcua:limitHours="7.75"')],
  ['unsupported-element', 'x', beside('<bpmn:scriptTask id="x" name="Tính"/>')],
]

describe('a process that cannot be travelled is refused by name', () => {
  it.each(table)('%s at %s', async (code, element, xml) => {
    const compiled = await compile(xml)
    if (compiled.ok) throw new Error('it was compiled')
    const found = compiled.problems.filter((one) => one.code === code)
    expect(found.map((one) => one.element?.id ?? null)).toContain(element)
    for (const { vi, en } of compiled.problems) expect(`${vi} ${en}`).not.toMatch(/\{\w+\}/)
  })

  it('has a case for every problem', () => {
    // What other processes and the sum of agencies say is judged apart.
    const elsewhere = ['unknown-process', 'call-cycle', 'agency-hours-over-limit']
    expect(new Set([...table.map(([code]) => code), ...elsewhere])).toEqual(new Set(PROBLEM_CODES))
  })

  it('names every problem of a file, not only the first', async () => {
    const compiled = await compile(
      sequence(task('a', { role: 'X', hours: undefined }), task('b', { place: 'Y' })),
    )
    const codes = compiled.ok ? [] : compiled.problems.map(({ code }) => code)
    expect(codes).toEqual(['unknown-role', 'no-hours', 'unknown-place'])
  })
})

describe('elements that are not supported yet', () => {
  const named: [type: string, xml: string][] = [
    ...['complexGateway', 'eventBasedGateway', 'scriptTask', 'businessRuleTask', 'manualTask', 'task'],
    ...['adHocSubProcess', 'transaction', 'intermediateCatchEvent', 'intermediateThrowEvent'],
  ].map((tag): [string, string] => [
    `bpmn:${tag[0]?.toUpperCase()}${tag.slice(1)}`,
    beside(`<bpmn:${tag} id="x" name="Tên của nó"/>`),
  ])
  it.each([
    ...named,
    ['bpmn:BoundaryEvent', beside('<bpmn:boundaryEvent id="x" name="Tên của nó" attachedToRef="a"/>')],
    [
      'bpmn:TimerEventDefinition',
      process(
        `<bpmn:startEvent id="x" name="Tên của nó"><bpmn:timerEventDefinition id="t"/></bpmn:startEvent>${task('a')}${END}`,
      ),
    ],
    [
      'bpmn:SignalEventDefinition',
      beside('<bpmn:endEvent id="x" name="Tên của nó"><bpmn:signalEventDefinition id="t"/></bpmn:endEvent>'),
    ],
    ['bpmn:EventSubProcess', beside('<bpmn:subProcess id="x" name="Tên của nó" triggeredByEvent="true"/>')],
    [
      'bpmn:TimeCycle',
      beside(
        '<bpmn:boundaryEvent id="x" name="Tên của nó" attachedToRef="a"><bpmn:timerEventDefinition><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R3/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>',
      ),
    ],
    [
      'bpmn:MultiInstanceLoopCharacteristics',
      process(
        START + task('x', { name: 'Tên của nó' }, '<bpmn:multiInstanceLoopCharacteristics id="m"/>') + END,
      ),
    ],
    [
      'bpmn:Participant',
      document(
        `<bpmn:collaboration id="c"><bpmn:participant id="x" name="Tên của nó"/></bpmn:collaboration><bpmn:process id="p">${START}${task('a')}${END}</bpmn:process>`,
      ),
    ],
  ])('%s is named with id, type and name', async (type, xml) => {
    const compiled = await compile(xml)
    const found = compiled.ok ? [] : compiled.problems.filter(({ code }) => code === 'unsupported-element')
    expect(found.map(({ element }) => element)).toEqual([{ id: 'x', type, name: 'Tên của nó' }])
  })

  it('are all named, and only they', async () => {
    const two = '<bpmn:complexGateway id="x1" name="Đủ?"/><bpmn:scriptTask id="x2" name="Tính"/>'
    const compiled = await compile(beside(two, task('a', { role: 'X' })))
    const ids = compiled.ok ? [] : compiled.problems.map(({ code, element }) => [code, element?.id])
    expect(ids).toEqual([
      ['unsupported-element', 'x1'],
      ['unsupported-element', 'x2'],
    ])
  })

  it('an element that BPMN does not know either is named by its type', async () => {
    const compiled = await compile(beside('<bpmn:magicTask id="x"/>'))
    expect(compiled.ok ? [] : compiled.problems).toMatchObject([
      { code: 'unsupported-element', element: { type: 'bpmn:MagicTask' } },
    ])
  })
})

describe('a good process', () => {
  it('compiles to its steps in the order of the flow, whatever the order in the file', async () => {
    const xml = process(
      flow('b', 'e') +
        task('b', { canReturnTo: 'a', requires: 'opinion signature' }) +
        END +
        flow('a', 'b') +
        task('a') +
        flow('s', 'a') +
        START,
      'motcua:limitHours="8"',
    )
    const compiled = await compile(xml)
    if (!compiled.ok) throw new Error(compiled.problems[0]?.en)
    const { graph } = compiled
    expect(graph.steps.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(graph.steps[1]).toMatchObject({ requires: ['opinion', 'signature'], canReturnTo: ['a'], hours: 4 })
    expect([graph.id, graph.limitHours, totalHours(graph)]).toEqual(['p', 8, 8])
    expect(() => Object.assign(graph.steps[0] ?? {}, { role: 'X' })).toThrow(TypeError)
  })

  it('may be drawn in a pool with lanes, notes and data, and keep the attributes of other tools', async () => {
    const drawing = `<bpmn:collaboration id="c"><bpmn:participant id="pool" processRef="p"/></bpmn:collaboration>`
    const inside = `<bpmn:laneSet id="l"><bpmn:lane id="l1"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
      ${START}${task('a').replace('<bpmn:userTask', '<bpmn:userTask camunda:assignee="an"')}${END}${flow('s', 'a')}${flow('a', 'e')}
      <bpmn:dataObjectReference id="d" dataObjectRef="do"/><bpmn:dataObject id="do"/>
      <bpmn:textAnnotation id="n"><bpmn:text>Ghi chú</bpmn:text></bpmn:textAnnotation>
      <bpmn:association id="as" sourceRef="a" targetRef="n"/>`
    const compiled = await compile(document(`${drawing}<bpmn:process id="p">${inside}</bpmn:process>`))
    expect(compiled.ok ? [] : compiled.problems).toEqual([])
  })

  it('needs no hours when it says that it has no limit', async () => {
    const compiled = await compile(
      sequence(task('a', { hours: undefined }), task('b'), 'motcua:limitHours="none"'),
    )
    expect(compiled).toMatchObject({
      ok: true,
      graph: { limitHours: null, steps: [{ hours: null }, { hours: 4 }] },
    })
  })
})
