import { describe, expect, it } from 'vitest'
import { compileProcess } from './compile.ts'
import { totalHours } from './graph.ts'
import { PROBLEM_CODES } from './problems.ts'

const roles = new Set(['RECEPTION', 'SPECIALIST', 'AGENCY_LEAD'])
const compile = (xml: string) => compileProcess(xml, { roles })

const document = (body: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:motcua="urn:mot-cua:bpmn:1"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  id="definitions" targetNamespace="urn:test">${body}</bpmn:definitions>`
const process = (body: string, attributes = ''): string =>
  document(`<bpmn:process id="p" name="Quy trình thử" ${attributes}>${body}</bpmn:process>`)

const START = '<bpmn:startEvent id="s"/>'
const END = '<bpmn:endEvent id="e"/>'
const flow = (from: string, to: string, body = '') =>
  `<bpmn:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">${body}</bpmn:sequenceFlow>`
const STEP = {
  name: 'Thẩm định',
  role: 'SPECIALIST',
  place: 'resolvingAgency',
  hours: '4',
  action: 'appraise',
}
const task = (id: string, changes: Record<string, string | undefined> = {}, body = '') => {
  const { name, ...rest } = { ...STEP, ...changes }
  const own = Object.entries(rest).flatMap(([key, value]) =>
    value === undefined ? [] : [`motcua:${key}="${value}"`],
  )
  return `<bpmn:userTask id="${id}" ${name === undefined ? '' : `name="${name}"`} ${own.join(' ')}>${body}</bpmn:userTask>`
}
/** start → a → b → end */
const sequence = (a: string, b = task('b'), attributes = '') =>
  process(START + a + b + END + flow('s', 'a') + flow('a', 'b') + flow('b', 'e'), attributes)
/** start → a → end, with something beside it */
const beside = (extra: string, a = task('a')) =>
  process(START + a + END + flow('s', 'a') + flow('a', 'e') + extra)

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
  ['branching-flow', 'e', beside(task('b') + flow('b', 'e'))],
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
  ['unsupported-element', 'x', beside('<bpmn:serviceTask id="x" name="Gọi dịch vụ"/>')],
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
    expect(new Set(table.map(([code]) => code))).toEqual(new Set(PROBLEM_CODES))
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
    ...['exclusiveGateway', 'parallelGateway', 'inclusiveGateway', 'complexGateway', 'eventBasedGateway'],
    ...['serviceTask', 'scriptTask', 'businessRuleTask', 'sendTask', 'receiveTask', 'manualTask', 'task'],
    ...[
      'subProcess',
      'adHocSubProcess',
      'transaction',
      'callActivity',
      'intermediateCatchEvent',
      'intermediateThrowEvent',
    ],
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
      'bpmn:TerminateEventDefinition',
      process(
        `${START}${task('a')}<bpmn:endEvent id="x" name="Tên của nó"><bpmn:terminateEventDefinition id="t"/></bpmn:endEvent>`,
      ),
    ],
    [
      'bpmn:MultiInstanceLoopCharacteristics',
      process(
        START + task('x', { name: 'Tên của nó' }, '<bpmn:multiInstanceLoopCharacteristics id="m"/>') + END,
      ),
    ],
    [
      'bpmn:FormalExpression',
      process(
        `${START}${task('a')}${END}<bpmn:sequenceFlow id="x" name="Tên của nó" sourceRef="s" targetRef="a"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">a</bpmn:conditionExpression></bpmn:sequenceFlow>`,
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
    const two = '<bpmn:exclusiveGateway id="x1" name="Đủ?"/><bpmn:scriptTask id="x2" name="Tính"/>'
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
