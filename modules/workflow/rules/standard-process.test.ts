import { describe, expect, it } from 'vitest'
import { ROLE_NAMES } from '#modules/identity/contract.ts'
import { compileProcess } from './compile.ts'
import { childOf, childrenOf, createModdle, textOf } from './moddle.ts'
import { standardKey, standardProcess, standardSteps } from './standard-process.ts'

const roles = new Set<string>(ROLE_NAMES)
const ORDER = ['receive', 'assign', 'appraise', 'review', 'approve', 'issue', 'return']

describe('hours of the standard steps', () => {
  it('add up exactly to every limit from 1 to 2,000 hours, none negative, in the order of the list', () => {
    for (let limit = 1; limit <= 2_000; limit++) {
      const steps = standardSteps(limit)
      const hours = steps.map((step) => step.hours ?? Number.NaN)
      const sum = hours.reduce((all, one) => all + one, 0)
      const places = steps.map(({ id }) => ORDER.indexOf(id))
      // One assertion a limit: 2,000 of each would be slow without telling more.
      expect({
        limit,
        sum,
        negative: hours.some((one) => !(one >= 0)),
        quarters: hours.every((one) => Number.isInteger(one * 4)),
        ordered: places.every((place, index) => index === 0 || place > (places[index - 1] ?? place)),
        worked: steps
          .filter(({ action, hours: own }) => action !== 'return' && own === 0)
          .map(({ id }) => id),
        returning: steps.at(-1)?.hours,
      }).toEqual({
        limit,
        sum: limit,
        negative: false,
        quarters: true,
        ordered: true,
        worked: [],
        returning: 0,
      })
    }
  })

  // [limit, hours of the steps, reason]
  it.each([
    [8, [2, 3, 2, 1, 0], 'the published process of 2.000908'],
    [4, [1, 1.5, 1, 0.5, 0], 'half a day: the same proportion'],
    [1, [0.25, 0.25, 0.25, 0.25, 0], 'everybody has at least a quarter'],
    [16, [2, 1, 7, 2, 3, 1, 0], 'two days: all seven steps'],
    [24, [4, 2, 10, 2, 4, 2, 0], 'three days: half a day for reception'],
    [40, [4, 2, 24, 4, 4, 2, 0], 'five days: .5, .25, n, .5, .5, .25'],
    [120, [4, 4, 92, 8, 8, 4, 0], 'fifteen days'],
    [0, [0, 0, 0, 0, 0], 'at once'],
  ])('%s hours: %j (%s)', (limit, hours) => {
    expect(standardSteps(limit).map((step) => step.hours)).toEqual(hours)
  })

  it.each([-1, 0.3, Number.NaN, 20_001, Number.POSITIVE_INFINITY])('%s hours is no limit', (limit) => {
    expect(() => standardSteps(limit)).toThrow(RangeError)
  })
})

describe('the standard process as BPMN', () => {
  it.each([null, 0, 0.25, 1, 2, 3, 8, 8.25, 9, 12, 23, 24, 39, 40, 56, 80, 160, 240, 480, 1_440, 2_000])(
    'of %s hours is valid',
    async (limitHours) => {
      const xml = await standardProcess({ limitHours, name: 'Quy trình chuẩn' })
      const compiled = await compileProcess(xml, { roles })
      if (!compiled.ok) throw new Error(compiled.problems.map(({ en }) => en).join(' '))
      const { steps } = compiled.graph
      const expected = standardSteps(limitHours)
      const alone = { agency: null, part: null, decisions: [], compensation: null }
      expect(steps).toEqual(expected.map((step) => ({ ...step, ...alone })))
      expect(compiled.graph.limitHours).toBe(limitHours)
      expect(xml).toContain('<bpmn:userTask ')
    },
  )

  it('has a shape for every node and an edge for every flow, none on another', async () => {
    const xml = await standardProcess({ limitHours: 40, name: 'Quy trình chuẩn' })
    const { rootElement } = await createModdle().fromXML(xml)
    const [process] = childrenOf(rootElement, 'rootElements')
    const [diagram] = childrenOf(rootElement, 'diagrams')
    const plane = diagram && childOf(diagram, 'plane')
    if (!process || !plane) throw new Error('there is no diagram')
    const drawn = childrenOf(plane, 'planeElement')
    const drawnIds = drawn.map((one) => textOf(childOf(one, 'bpmnElement') ?? one, 'id'))
    expect(drawnIds.toSorted()).toEqual(
      childrenOf(process, 'flowElements')
        .map((one) => textOf(one, 'id'))
        .toSorted(),
    )
    const boxes = drawn.flatMap((one) => {
      const bounds = childOf(one, 'bounds')
      return bounds ? [{ x: Number(bounds.get('x')), width: Number(bounds.get('width')) }] : []
    })
    expect(boxes).toHaveLength(9)
    for (const [index, box] of boxes.entries())
      expect(box.x).toBeGreaterThan((boxes[index - 1]?.x ?? 0) + (boxes[index - 1]?.width ?? 0))
  })

  it('keeps a name with marks that XML uses itself', async () => {
    const xml = await standardProcess({ limitHours: 8, name: 'Cấp “bản sao” <A & B>' })
    expect(await compileProcess(xml, { roles })).toMatchObject({ graph: { name: 'Cấp “bản sao” <A & B>' } })
  })

  it('is shared by all procedures with the same limit', () => {
    expect([80, 0.5, null].map(standardKey)).toEqual(['standard/80h', 'standard/0.5h', 'standard/none'])
  })
})
